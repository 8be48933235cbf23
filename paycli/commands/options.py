"""What the ordinary Typer commands share: the output option and the session."""

from typing import Annotated

import typer

from paycli.commands.session import Session
from paycli.output.screen import FORMATS


def _format(text: str) -> str:
    if text not in FORMATS:
        raise typer.BadParameter(f"{text!r} is not one of {', '.join(FORMATS)}.")
    return text


OutputOption = Annotated[
    str | None,
    typer.Option("-o", "--output", metavar="|".join(FORMATS), parser=_format, help="Form of the output."),
]


def session_of(ctx: typer.Context) -> Session:
    """Return this run's session."""
    session: Session = ctx.obj
    return session
