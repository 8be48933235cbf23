"""``paycli profiles``: which accounts this machine knows, and where each value comes from."""

import sys
from typing import Annotated, Any

import typer

from paycli.commands.options import ColumnsOption, OutputOption, QueryOption, screen_of
from paycli.operations.catalog import provider
from paycli.operations.columns import Column, Kind
from paycli.profiles.person import secret_sources
from paycli.profiles.places import profiles_file
from paycli.profiles.profile import Profile
from paycli.profiles.resolve import Profiles
from paycli.profiles.secrets import SecretSource, Sources

app = typer.Typer(rich_markup_mode=None, add_completion=False, pretty_exceptions_enable=False)

LIST = (
    Column("name", Kind.ID, primary=True),
    Column("provider"),
    Column("environment", Kind.STATUS),
    Column("access"),
    Column("currency"),
    Column("base_url"),
    Column("default"),
)
SHOW = (Column("field"), Column("value"), Column("source"), Column("shadows"))


@app.command("list")
def list_(
    ctx: typer.Context, output: OutputOption = None, query: QueryOption = None, columns: ColumnsOption = None
) -> None:
    """List the profiles; the built-in sandbox ones are not counted."""
    profiles = Profiles()
    defaults = {written.text for written in profiles.file.defaults.values()}
    rows = []
    for name in profiles.names():
        profile = profiles.profile(name)
        rows.append(
            {
                "name": name,
                "provider": profile.provider,
                "environment": profile.get("environment"),
                "access": "write" if profile.may_write else "read",
                "currency": profile.get("currency") or None,
                "base_url": profile.get("base_url"),
                "default": name in defaults,
            }
        )
    screen = screen_of(ctx, output, query, columns)
    screen.show(rows, LIST)
    if not rows:
        screen.say(f"No profile yet in {profiles_file()}; try one without: paycli demo")


@app.command()
def show(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME")],
    output: OutputOption = None,
    query: QueryOption = None,
    columns: ColumnsOption = None,
) -> None:
    """Show each value of a profile, where it came from and what it shadows; never a secret."""
    profile = Profiles().profile(name)
    declared = provider(profile.provider)
    screen = screen_of(ctx, output, query, columns)
    rows: list[dict[str, Any]] = [
        {"field": field, "value": value.text, "source": value.source, "shadows": ", ".join(value.shadows) or None}
        for field, value in profile.values.items()
    ]
    if "access" not in profile.values:
        implied = "write" if profile.may_write else "read"
        rows.append({"field": "access", "value": implied, "source": "default", "shadows": None})
    sources = secret_sources(declared, screen.say)
    rows += [_secret_row(profile, setting.name, sources) for setting in declared.settings if setting.secret]
    if sources.keyring and sources.keyring.problem:
        screen.say(f"warning: {sources.keyring.problem.message}")
    screen.show(rows, SHOW)


def _secret_row(profile: Profile, field: str, sources: Sources) -> dict[str, Any]:
    layers: list[SecretSource] = [*sources.first, *([sources.keyring] if sources.keyring else [])]
    found = [secret.source for source in layers if (secret := source.find(profile, field))]
    return {
        "field": field,
        "value": "(secret)" if found else None,
        "source": found[0] if found else "missing",
        "shadows": ", ".join(found[1:]) or None,
    }


@app.command()
def path() -> None:
    """Print where profiles.yaml lies."""
    sys.stdout.write(f"{profiles_file()}\n")
