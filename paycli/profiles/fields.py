"""Checks of a field before it is written into profiles.yaml."""

from paycli.errors import UsageProblem
from paycli.operations.provider import Provider
from paycli.operations.routes import FIELD, check_routes
from paycli.profiles.settings import check, find


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
