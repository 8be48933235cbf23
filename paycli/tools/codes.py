"""``paycli tranzzo codes``: the status codes, and who can do what about each."""

from dataclasses import asdict
from typing import Annotated

import typer

from paycli.commands.options import ColumnsOption, OutputOption, QueryOption, screen_of
from paycli.errors import NotFound
from paycli.operations.columns import identifier, status, text
from paycli.providers.tranzzo.codes import CODES

app = typer.Typer(rich_markup_mode=None, add_completion=False, pretty_exceptions_enable=False)

COLUMNS = (identifier("code", primary=True), status("status"), text("who"), text("sentence"))


@app.command("list")
def list_(
    ctx: typer.Context,
    output: OutputOption = None,
    query: QueryOption = None,
    columns: ColumnsOption = None,
) -> None:
    """List every status code, with its status, who can do something about it, and what.

    Example: paycli tranzzo codes list -o csv
    """
    screen_of(ctx, output, query, columns).show([asdict(code) for code in CODES.values()], COLUMNS)


@app.command()
def show(
    ctx: typer.Context,
    code: Annotated[str, typer.Argument(metavar="CODE", help="Such as 4009.")],
    output: OutputOption = None,
    query: QueryOption = None,
    columns: ColumnsOption = None,
) -> None:
    """Show what one status code means, and who can do what about it.

    Example: paycli tranzzo codes show 4009
    """
    if code not in CODES:
        raise NotFound(f"The document has no status code {code!r}.", next_step="see: paycli tranzzo codes list")
    screen_of(ctx, output, query, columns).show(asdict(CODES[code]), COLUMNS)
