"""``paycli profiles``: which accounts this machine knows, and where each value comes from."""

import sys
from typing import Annotated, Any

import typer

from paycli.commands.options import ColumnsOption, OutputOption, QueryOption, screen_of, session_of
from paycli.commands.profiles_add import AddCommand
from paycli.commands.questions import confirmed
from paycli.commands.reporter import ScreenReporter
from paycli.errors import ConfigurationProblem
from paycli.operations.catalog import provider
from paycli.operations.columns import Column, Kind
from paycli.profiles.edit import remove_profile, set_default, set_field
from paycli.profiles.fields import checked, settings_of_all
from paycli.profiles.keyring import Keyring, KeyringProblem
from paycli.profiles.person import present, secret_sources
from paycli.profiles.places import profiles_file
from paycli.profiles.profile import Profile
from paycli.profiles.resolve import Profiles
from paycli.profiles.secrets import SecretSource, Sources
from paycli.profiles.settings import NESTED
from paycli.profiles.stored import forget
from paycli.profiles.write import change, mode_warning
from paycli.sending.examine import examine

app = typer.Typer(rich_markup_mode=None, add_completion=False, pretty_exceptions_enable=False)

COMMANDS = {"add": AddCommand}
LIST = (
    Column("name", Kind.ID, primary=True),
    Column("provider"),
    Column("environment", Kind.STATUS),
    Column("access"),
    Column("currency"),
    Column("base_url"),
    Column("default"),
    Column("problem"),
)
CHECK = (Column("what"), Column("result", Kind.STATUS), Column("detail"))
Name = Annotated[str, typer.Argument(metavar="NAME", help="The profile's name.")]
SHOW = (Column("field"), Column("value"), Column("source"), Column("shadows"))


@app.command("list")
def list_(
    ctx: typer.Context, output: OutputOption = None, query: QueryOption = None, columns: ColumnsOption = None
) -> None:
    """List the profiles; the built-in sandbox ones are not counted.

    Example: paycli profiles list
    """
    profiles = Profiles()
    defaults = {written.text for written in profiles.file.defaults.values()}
    rows: list[dict[str, Any]] = []
    wrong: ConfigurationProblem | None = None
    for name in profiles.names():
        try:
            rows.append(_list_row(profiles.profile(name), default=name in defaults))
        except ConfigurationProblem as problem:
            wrong = wrong or problem
            rows.append({"name": name, "problem": problem.message})
    screen = screen_of(ctx, output, query, columns)
    screen.show(rows, LIST)
    if warning := mode_warning(profiles_file()):
        screen.say(f"warning: {warning}")
    if not rows:
        screen.say(f"No profile yet in {profiles_file()}; try one without: paycli demo")
    if wrong:
        raise wrong


def _list_row(profile: Profile, *, default: bool) -> dict[str, Any]:
    return {
        "name": profile.name,
        "provider": profile.provider,
        "environment": profile.get("environment"),
        "access": "write" if profile.may_write else "read",
        "currency": profile.get("currency") or None,
        "base_url": profile.get("base_url"),
        "default": default,
    }


@app.command()
def show(
    ctx: typer.Context,
    name: Name,
    output: OutputOption = None,
    query: QueryOption = None,
    columns: ColumnsOption = None,
) -> None:
    """Show each value of a profile, where it came from and what it shadows; never a secret.

    Example: paycli profiles show shop-test
    """
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


@app.command("set")
def set_(
    name: Name,
    field: Annotated[
        str,
        typer.Argument(
            metavar="FIELD",
            help="Such as currency, or timeout.read.",
            autocompletion=lambda: [*(setting.name for setting in settings_of_all()), *NESTED],
        ),
    ],
    value: Annotated[str, typer.Argument(metavar="VALUE", help="Never a secret.")],
) -> None:
    """Set one field of a profile in profiles.yaml; comments, order and quoting of everything else stay.

    Example: paycli profiles set shop-test currency EUR
    """
    _of_file(name)
    checked(Profiles().provider_of(name), name, field, value)
    written = change(lambda text, path: set_field(text, path, name, field, value), name)
    sys.stderr.write(f"Set {field} of {name} in {written}.\n")


@app.command()
def use(name: Name) -> None:
    """Make a profile the one that its provider's commands use when none is named.

    Example: paycli profiles use shop-test
    """
    _of_file(name)
    found = Profiles().profile(name)
    written = change(lambda text, path: set_default(text, path, found.provider, name))
    sys.stderr.write(f"{found.provider} now uses {name} ({written}).\n")


@app.command()
def remove(
    ctx: typer.Context, name: Name, yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False
) -> None:
    """Remove a profile from profiles.yaml, and its secrets from the keyring.

    Example: paycli profiles remove shop-test --yes
    """
    _of_file(name)
    confirmed(f"Remove profile {name} and its stored secrets?", yes=yes)
    written = change(lambda text, path: remove_profile(text, path, name))
    sys.stderr.write(f"Removed {name} from {written}.\n")
    screen = session_of(ctx).screen()
    try:
        removed = forget(Keyring(person=present(), notice=screen.say), name, None)
    except KeyringProblem as problem:
        screen.say(f"warning: its secrets may still be stored: {problem.message}")
    else:
        if removed:
            sys.stderr.write(f"Removed {', '.join(removed)} from the keyring.\n")


@app.command()
def check(
    ctx: typer.Context,
    name: Name,
    output: OutputOption = None,
    query: QueryOption = None,
    columns: ColumnsOption = None,
) -> None:
    """Ask the provider harmlessly whether host, credentials and signing scheme of a profile are right.

    Example: paycli profiles check sandbox-tranzzo

    Effect: reads only

    If the answer is lost: run it again
    """
    found = Profiles().profile(name)
    screen = screen_of(ctx, output, query, columns)
    pipeline = session_of(ctx).pipeline(provider(found.provider), ScreenReporter(screen))
    findings = examine(found, pipeline)
    screen.show([finding.as_row() for finding in findings], CHECK)
    wrong = next((finding for finding in findings if finding.problem), None)
    if wrong and wrong.problem:
        raise wrong.problem


@app.command()
def path() -> None:
    """Print where profiles.yaml lies.

    Example: paycli profiles path
    """
    sys.stdout.write(f"{profiles_file()}\n")


def _of_file(name: str) -> None:
    profiles = Profiles()
    if name not in profiles.file.profiles:
        profiles.profile(name)
        raise ConfigurationProblem(
            f"Profile {name} does not stand in {profiles_file()}; it is built in or comes from variables.",
            next_step=f"see where its values come from: paycli profiles show {name}",
        )
