"""``paycli secrets``: a profile's secrets in the operating system's keyring."""

import sys
from typing import Annotated, Any

import typer

from paycli.commands.options import ColumnsOption, OutputOption, QueryOption, screen_of, session_of
from paycli.commands.questions import confirmed
from paycli.errors import UsageProblem
from paycli.operations.catalog import provider
from paycli.operations.columns import Column, Kind
from paycli.operations.provider import Setting
from paycli.profiles.fields import settings_of_all
from paycli.profiles.keyring import Keyring, KeyringProblem
from paycli.profiles.person import ask_hidden, present
from paycli.profiles.profile import Profile
from paycli.profiles.resolve import Profiles
from paycli.profiles.secrets import EnvironmentSecrets
from paycli.profiles.stored import Stored, forget, hosts_of, load, store

app = typer.Typer(rich_markup_mode=None, add_completion=False, pretty_exceptions_enable=False)

Name = Annotated[str, typer.Argument(metavar="PROFILE", help="The profile's name.")]
Field = Annotated[
    str | None,
    typer.Argument(
        metavar="[FIELD]",
        help="One secret; without it, all of them.",
        autocompletion=lambda: [setting.name for setting in settings_of_all(secret=True)],
    ),
]
STATUS = (
    Column("profile", Kind.ID, primary=True),
    Column("field"),
    Column("source", Kind.STATUS),
    Column("since", Kind.TIME),
    Column("hosts"),
)
LONGEST = 65536


@app.command("set")
def set_(ctx: typer.Context, profile: Name, field: Field = None) -> None:
    """Store a profile's secrets in the keyring, for the hosts that the profile names now.

    The value comes from a hidden prompt, or for one FIELD from standard input; never from an argument.

    Example: paycli secrets set shop-test

    Example: paycli secrets set shop-test api_key < key.txt
    """
    store_asked(ctx, profile, field)


def store_asked(ctx: typer.Context, profile: str, field: str | None = None) -> None:
    """Ask for secrets, at hidden prompts or from standard input, and store them."""
    chosen = _own(profile)
    settings = _settings(chosen, field)
    values = _asked(chosen, settings) if present() else _piped(settings, field)
    session_of(ctx).masker.learn(values.values())
    with_remedy(chosen, lambda: store(_keyring(ctx), chosen, values))
    sys.stderr.write(f"Stored {', '.join(values)} of {chosen.name} for {', '.join(hosts_of(chosen))}.\n")


@app.command()
def delete(
    ctx: typer.Context,
    profile: Name,
    field: Field = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Remove a profile's secrets from the keyring.

    Example: paycli secrets delete shop-test api_key --yes
    """
    if field:
        _settings(_own(profile), field)
    confirmed(f"Remove {field or 'all secrets'} of {profile} from the keyring?", yes=yes)
    removed = forget(_keyring(ctx), profile, (field,) if field else None)
    sys.stderr.write(f"Removed {', '.join(removed)} of {profile}.\n" if removed else "There was nothing to remove.\n")


@app.command()
def status(
    ctx: typer.Context, output: OutputOption = None, query: QueryOption = None, columns: ColumnsOption = None
) -> None:
    """Say of every secret where it comes from, since when and for which hosts; never its value.

    Example: paycli secrets status
    """
    profiles = Profiles()
    keyring = _keyring(ctx)
    problem: KeyringProblem | None = None
    rows: list[dict[str, Any]] = []
    for chosen in map(profiles.profile, profiles.names()):
        held: Stored | None = None
        # One that did not answer is not asked again for each further profile.
        if problem is None:
            try:
                held = load(keyring, chosen.name)
            except KeyringProblem as found:
                problem = found
        rows += [_row(chosen, field, held) for field in _secret_names(chosen)]
    screen_of(ctx, output, query, columns).show(rows, STATUS)
    if problem:
        raise problem


def _row(profile: Profile, field: str, held: Stored | None) -> dict[str, Any]:
    row = {"profile": profile.name, "field": field, "source": "missing", "since": None, "hosts": None}
    if given := EnvironmentSecrets().find(profile, field):
        return {**row, "source": given.source}
    if held is None:
        return {**row, "source": "not known"}
    if field in held.secrets:
        return {**row, "source": "keyring", "since": held.since.get(field), "hosts": ", ".join(held.hosts)}
    return row


def _own(name: str) -> Profile:
    found = Profiles().profile(name)
    if found.built_in:
        raise UsageProblem(
            "The built-in sandbox profiles have public made-up credentials; there is nothing to store.",
            next_step="make a profile of your own: paycli profiles add NAME",
        )
    return found


def _secret_names(profile: Profile) -> list[str]:
    return [setting.name for setting in provider(profile.provider).settings if setting.secret]


def _settings(profile: Profile, field: str | None) -> list[Setting]:
    secret = [setting for setting in provider(profile.provider).settings if setting.secret]
    chosen = [setting for setting in secret if field in {None, setting.name}]
    if not chosen:
        names = ", ".join(setting.name for setting in secret)
        raise UsageProblem(f"{field!r} is no secret of {profile.provider}.", next_step=f"its secrets are: {names}")
    return chosen


def _asked(profile: Profile, settings: list[Setting]) -> dict[str, str]:
    values = {}
    for setting in settings:
        optional = "" if setting.needed else " (Enter leaves it out)"
        text = ask_hidden(f"{setting.name} of {profile.name}{optional}: ")
        if text:
            values[setting.name] = _sound(setting.name, text)
        elif setting.needed:
            raise UsageProblem(
                f"{setting.name} was left empty; nothing was stored.",
                next_step="run it again; Ctrl-C stops at any question",
            )
    if not values:
        raise UsageProblem(
            "Everything was left empty; nothing was stored.", next_step="run it again; Ctrl-C stops at any question"
        )
    return values


def _piped(settings: list[Setting], field: str | None) -> dict[str, str]:
    if field is None:
        names = ", ".join(setting.name for setting in settings)
        raise UsageProblem("Without a terminal one FIELD is stored at a time.", next_step=f"name one of: {names}")
    text = sys.stdin.read(LONGEST + 1) if sys.stdin else ""
    text = text.removesuffix("\n").removesuffix("\r")
    if not text or len(text) > LONGEST:
        raise UsageProblem(
            f"Standard input holds no usable value for {field}; nothing was stored.",
            next_step="give one line with the value, such as: < key.txt",
        )
    return {field: _sound(field, text)}


def _sound(field: str, text: str) -> str:
    if not text.isprintable():
        raise UsageProblem(
            f"The value of {field} holds control characters or line ends; nothing was stored.",
            next_step="give one line with the value and nothing else",
        )
    return text


def _keyring(ctx: typer.Context) -> Keyring:
    return Keyring(person=present(), notice=session_of(ctx).screen().say)


def with_remedy(profile: Profile, action: Any) -> None:
    """Run the action; a keyring that cannot be used is told with the variables that serve instead."""
    try:
        action()
    except KeyringProblem as problem:
        variables = ", ".join(profile.variable(field) for field in _secret_names(profile))
        raise KeyringProblem(problem.message, next_step=f"without a keyring, set the variables {variables}") from None
