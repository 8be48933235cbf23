"""``paycli operations``: every declared operation."""

from typing import Annotated, Any

import typer

from paycli.commands.options import ColumnsOption, OutputOption, QueryOption, screen_of, word_of
from paycli.errors import NotFound
from paycli.operations.catalog import PROVIDERS, all_operations
from paycli.operations.catalog import provider as declared
from paycli.operations.columns import Column
from paycli.operations.operation import Operation, Route
from paycli.operations.routes import block
from paycli.operations.signature import arguments

app = typer.Typer(rich_markup_mode=None, add_completion=False, pretty_exceptions_enable=False)

KEYS = ("provider", "command", "arguments", "method", "path", "effect", "retry", "route")
MORE = ("summary", "documented_as", "creates", "same", "example")


def as_row(operation: Operation) -> dict[str, Any]:
    """Return what is declared of an operation, keyed as the columns of the list of operations."""
    return {
        "provider": operation.provider,
        "command": operation.command,
        "arguments": arguments(operation),
        "method": operation.method,
        "path": operation.path,
        "effect": operation.effect.value,
        "retry": operation.retry.rule,
        "route": operation.route.value,
    }


@app.command("list")
def list_(
    ctx: typer.Context,
    provider: Annotated[
        str | None, typer.Option(metavar="|".join(PROVIDERS), parser=word_of(PROVIDERS), help="Only this provider's.")
    ] = None,
    output: OutputOption = None,
    query: QueryOption = None,
    columns: ColumnsOption = None,
) -> None:
    """List every declared operation: method, path, effect, retry rule, and where the route comes from.

    Example: paycli operations list --provider toman

    Example: paycli operations list --query "[?effect=='moves-money'].command"
    """
    rows = [as_row(operation) for operation in all_operations() if provider in (None, operation.provider)]
    screen_of(ctx, output, query, columns).show(rows, [Column(key, primary=key == "command") for key in KEYS])


@app.command()
def show(
    ctx: typer.Context,
    command: Annotated[list[str], typer.Argument(metavar="COMMAND...", help="As typed, such as: tranzzo orders show.")],
    output: OutputOption = None,
    query: QueryOption = None,
    columns: ColumnsOption = None,
) -> None:
    """Show what is declared of one operation.

    Example: paycli operations show tranzzo refund
    """
    name = " ".join(command)
    found = next((operation for operation in all_operations() if operation.name == name), None)
    if found is None:
        raise NotFound(f"There is no operation {name!r}.", next_step="see: paycli operations list")
    row = {
        **as_row(found),
        "summary": found.summary,
        "documented_as": found.documented_as,
        "creates": found.creates,
        "same": list(found.same),
        "example": found.example,
    }
    screen_of(ctx, output, query, columns).show(row, [Column(key) for key in (*KEYS, *MORE)])


@app.command("export-routes")
def export_routes(
    ctx: typer.Context,
    provider: Annotated[
        str, typer.Argument(metavar="PROVIDER", parser=word_of(PROVIDERS), help="Whose assumed routes.")
    ],
) -> None:
    """Print the routes that a provider's document does not name, as lines for a profile of profiles.yaml.

    Correct them with what the provider says; a live profile sends an assumed route only when it names it.

    Example: paycli operations export-routes tora
    """
    screen = screen_of(ctx, None)
    assumed = [operation for operation in declared(provider).load().values() if operation.route is Route.ASSUMED]
    if not assumed:
        screen.say(f"No route of {provider} is assumed; its document names them all.")
        return
    screen.write(f"    # Routes of {provider} that its document does not name: put what the provider says.\n")
    screen.write(f"{block(assumed)}\n")
