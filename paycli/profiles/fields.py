"""Checks of a field before it is written into profiles.yaml."""

from paycli.errors import UsageProblem
from paycli.operations.catalog import PROVIDERS, provider
from paycli.operations.provider import Provider, Setting
from paycli.operations.routes import FIELD, check_routes
from paycli.profiles.settings import COMMON, check, find


def settings_of_all(*, secret: bool = False) -> list[Setting]:
    """Return the settings of all providers, once each: the plain ones, or the secret ones."""
    found: dict[str, Setting] = {}
    for setting in (*COMMON, *(own for name in PROVIDERS for own in provider(name).settings)):
        if setting.secret is secret:
            found.setdefault(setting.name, setting)
    return list(found.values())


def checked(declared: Provider, profile: str, field: str, value: str) -> str:
    """Return the value when the field may hold it; raises UsageProblem with what to do instead."""
    if field in declared.secrets:
        raise UsageProblem(
            f"{field} is a secret and never stands in profiles.yaml.", next_step=f"paycli secrets set {profile} {field}"
        )
    setting = find(field, declared.settings)
    if setting is None:
        raise UsageProblem(
            f"{field!r} is not a field of a {declared.name} profile.", next_step=f"see: paycli profiles show {profile}"
        )
    if not value:
        raise UsageProblem(f"{field} cannot be empty.")
    try:
        check(setting, value)
        if field.startswith(FIELD):
            check_routes(declared.load(), field.removeprefix(FIELD), value)
    except ValueError as problem:
        raise UsageProblem(f"{field}: {problem}.") from None
    return value
