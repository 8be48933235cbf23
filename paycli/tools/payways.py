"""``paycli tranzzo payways``: the alternative payment methods, as paycli knows them."""

from typing import Annotated

import typer

from paycli.commands.options import ColumnsOption, OutputOption, QueryOption, screen_of, word_of
from paycli.errors import NotFound
from paycli.operations.columns import identifier, text
from paycli.providers.tranzzo.payways import IN, OUT, PAYWAYS, Payway

app = typer.Typer(rich_markup_mode=None, add_completion=False, pretty_exceptions_enable=False)

COLUMNS = (
    identifier("method", primary=True),
    text("payway"),
    text("currency"),
    text("direction"),
    text("required"),
    text("optional"),
)
SHORT = COLUMNS[:4]
Direction = Annotated[
    str | None,
    typer.Option(metavar=f"{IN}|{OUT}", parser=word_of((IN, OUT)), help="Only payments in, or only payouts."),
]


@app.command("list")
def list_(
    ctx: typer.Context,
    direction: Direction = None,
    output: OutputOption = None,
    query: QueryOption = None,
    columns: ColumnsOption = None,
) -> None:
    """List every method: its name here, the provider's, its currency and direction, and the fields that it wants.

    Example: paycli tranzzo payways list --direction out
    """
    screen = screen_of(ctx, output, query, columns)
    screen.show(
        [payway.as_row() for payway in _chosen(direction)], SHORT if screen.shape.format == "table" else COLUMNS
    )


@app.command()
def show(
    ctx: typer.Context,
    method: Annotated[str, typer.Argument(metavar="METHOD", help="As in the list, such as brazil-pix.")],
    direction: Direction = None,
    output: OutputOption = None,
    query: QueryOption = None,
    columns: ColumnsOption = None,
) -> None:
    """Show what a method wants, in each direction that it has.

    Example: paycli tranzzo payways show brazil-pix
    """
    rows = [payway.as_row() for payway in _chosen(direction) if payway.method == method]
    if not rows:
        raise NotFound(f"There is no method {method!r}.", next_step="see: paycli tranzzo payways list")
    screen_of(ctx, output, query, columns).show(rows, COLUMNS)


def _chosen(direction: str | None) -> list[Payway]:
    return [payway for payway in PAYWAYS if direction in {None, payway.direction}]
