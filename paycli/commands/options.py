"""What the ordinary Typer commands share: the output option and the session."""

from collections.abc import Callable, Iterable
from typing import Annotated, Any

import typer

from paycli.commands.session import Session
from paycli.commands.shared import parse_columns, parse_query
from paycli.operations.meant import sentence
from paycli.operations.params import one_of
from paycli.output.screen import FORMATS, Screen


def parsed_by(parse: Callable[[str], Any]) -> Callable[[str], Any]:
    """Return a parser whose ValueError is told as a usage error of its option."""

    def parsed(text: str) -> Any:
        try:
            return parse(text)
        except ValueError as problem:
            raise typer.BadParameter(sentence(problem)) from None

    return parsed


def word_of(words: Iterable[str]) -> Callable[[str], str]:
    """Return a parser that takes one of the words, and says of another which was probably meant."""
    return parsed_by(one_of(*words))


OutputOption = Annotated[
    str | None,
    typer.Option("-o", "--output", metavar="|".join(FORMATS), parser=word_of(FORMATS), help="Form of the output."),
]

QueryOption = Annotated[
    str | None,
    typer.Option(
        "--query", metavar="JMESPATH", parser=parsed_by(parse_query), help="Only what this JMESPath expression finds."
    ),
]
ColumnsOption = Annotated[
    str | None,
    typer.Option("--columns", metavar="a,b.c", help="Only these fields; points lead inside."),
]


def screen_of(ctx: typer.Context, output: str | None, query: str | None = None, columns: str | None = None) -> Screen:
    """Return the screen in the form that was asked for."""
    try:
        names = parse_columns(columns) if columns else ()
    except ValueError as problem:
        raise typer.BadParameter(f"{problem}.", param_hint="'--columns'") from None
    return session_of(ctx).screen(output, query=query, columns=names)


def session_of(ctx: typer.Context) -> Session:
    """Return this run's session."""
    session: Session = ctx.obj
    return session
