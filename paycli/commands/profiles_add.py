"""``paycli profiles add``: a guided dialogue on a terminal, flags without one."""

import sys
from collections.abc import Iterator
from typing import Any

from typer.core import TyperArgument, TyperOption

from paycli.commands.guide import GuidedCommand
from paycli.commands.secrets import store_asked
from paycli.errors import UsageProblem
from paycli.operations.catalog import PROVIDERS, provider
from paycli.operations.meant import meant
from paycli.operations.provider import Provider
from paycli.profiles.edit import add_profile
from paycli.profiles.fields import checked, settings_of_all
from paycli.profiles.person import ask, present
from paycli.profiles.resolve import NAME, Profiles
from paycli.profiles.settings import COMMON
from paycli.profiles.write import change

HELP = """Add a profile to profiles.yaml.

On a terminal what is missing is asked for; secrets are stored in the keyring, never in the file.

Example: paycli profiles add shop-two --provider tranzzo --environment test --pos-id $POS_ID
"""
ASKED = ("environment", "access", "currency")
TEST = {"environment": "test"}


class AddCommand(GuidedCommand):
    """Adds a profile; its options are the plain fields of all providers."""

    def __init__(self) -> None:
        super().__init__(
            name="add",
            params=[
                TyperArgument(param_decls=["name"], metavar="NAME", required=True, help="The new name."),
                *_options(),
            ],
            help=HELP,
        )

    def invoke(self, ctx: Any) -> None:
        """Gather the fields, write the profile, and offer to store its secrets."""
        typed = {field: value for field, value in ctx.params.items() if value is not None}
        name = _new(typed.pop("name"))
        given = {field: str(value) for field, value in typed.items()}
        person = present()
        if "provider" not in given:
            given["provider"] = _provider(person=person)
        if given["provider"] not in PROVIDERS:
            raise UsageProblem(
                f"{given['provider']!r} is no provider.{meant(given['provider'], PROVIDERS)}",
                next_step=f"one of: {', '.join(PROVIDERS)}",
            )
        declared = provider(given["provider"])
        for field, value in given.items():
            checked(declared, name, field, value)
        if person:
            given |= _dialogue(declared, name, given)
        ordered = {"provider": given.pop("provider"), **given}
        written = change(lambda text, path: add_profile(text, path, name, ordered), name)
        sys.stderr.write(f"Added {name} to {written}.\n")
        _secrets(ctx, name, declared, person=person)


def _new(name: str) -> str:
    if not NAME.fullmatch(name):
        raise UsageProblem(
            f"{name!r} cannot be a profile's name.",
            next_step="use small letters, digits, points and hyphens, beginning with a letter or digit",
        )
    if name in Profiles().file.profiles:
        raise UsageProblem(f"There is a profile {name} already.", next_step=f"paycli profiles set {name} FIELD VALUE")
    return name


def _provider(*, person: bool) -> str:
    if len(PROVIDERS) == 1:
        return next(iter(PROVIDERS))
    if not person:
        raise UsageProblem("Which provider?", next_step=f"add --provider {'|'.join(PROVIDERS)}")
    return _answer("provider", tuple(PROVIDERS), None, _known)


def _known(text: str) -> str:
    if text not in PROVIDERS:
        raise UsageProblem(f"{text!r} is no provider.{meant(text, PROVIDERS)}")
    return text


def _dialogue(declared: Provider, name: str, given: dict[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    common = [setting for setting in COMMON if setting.name in ASKED]
    needed = [setting for setting in declared.settings if setting.needed and not setting.secret]
    for setting in (*common, *needed):
        if setting.name in given:
            continue
        usual = TEST.get(setting.name) or (_usual_access(given | found) if setting.name == "access" else None)
        value = _answer(
            setting.name,
            setting.choices,
            usual,
            lambda text, setting=setting: checked(declared, name, setting.name, text),
            optional=not setting.needed,
        )
        if value:
            found[setting.name] = value
    return found


def _usual_access(given: dict[str, str]) -> str:
    return "read" if given.get("environment", "live") == "live" else "write"


def _answer(what: str, choices: tuple[str, ...], usual: str | None, check: Any, *, optional: bool = False) -> str:
    hint = f" ({'|'.join(choices)})" if choices else (" (Enter leaves it out)" if optional and not usual else "")
    shown = f" [{usual}]" if usual else ""
    while True:
        text = ask(f"{what}{hint}{shown}: ").strip() or usual or ""
        if not text and optional:
            return ""
        try:
            return str(check(text))
        except UsageProblem as problem:
            sys.stderr.write(f"  {problem.message}\n")


def _secrets(ctx: Any, name: str, declared: Provider, *, person: bool) -> None:
    if not declared.secrets:
        return
    if person and ask("Store its secrets in the keyring now? [Y/n] ").strip().lower() in {"", "y", "yes"}:
        store_asked(ctx, name)
        return
    sys.stderr.write(f"Next: paycli secrets set {name}; then: paycli profiles check {name}\n")


def _options() -> Iterator[TyperOption]:
    for setting in settings_of_all():
        yield TyperOption(
            param_decls=[setting.name, f"--{setting.name.replace('_', '-')}"],
            metavar="|".join(setting.choices) or "TEXT",
            help=setting.help,
        )
