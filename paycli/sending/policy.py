"""What this machine refuses before anything is sent, each with its own message; exit 10.

Policy sits in the pipeline, so that every way to send a change passes it.
"""

from dataclasses import replace

from paycli.errors import RefusedHere
from paycli.operations.operation import Operation, Request, Route
from paycli.operations.scan import body_holds_card_number, holds_card_number
from paycli.profiles.profile import Profile


def findings(operation: Operation, profile: Profile, reason: str | None) -> list[RefusedHere]:
    """Return every reason why the change may not go out under this profile; none for a read."""
    checks = (
        _access(operation, profile),
        _route(operation, profile),
        _reason(operation, profile, reason),
        _card_data(operation, profile),
    )
    return [finding for finding in checks if finding]


def card_findings(operation: Operation, request: Request, profile: Profile) -> list[RefusedHere]:
    """Return why a request that was composed may not go out: it holds a card number, whatever its command is."""
    if not (body_holds_card_number(request.raw) if request.raw is not None else holds_card_number(request.body)):
        return []
    finding = _card_data(replace(operation, card_data=True), profile)
    return [finding] if finding else []


def _access(operation: Operation, profile: Profile) -> RefusedHere | None:
    if not operation.changes or profile.may_write:
        return None
    kind = "a live profile that does not say access: write" if profile.live else "set to access: read"
    return RefusedHere(
        f"{operation.name} changes something, and profile {profile.name} is {kind}.",
        next_step=f"set access: write in the profile, or {profile.variable('access')}=write",
        money="Nothing was sent.",
    )


def _route(operation: Operation, profile: Profile) -> RefusedHere | None:
    if operation.route is not Route.ASSUMED or not profile.live or profile.get(f"routes.{operation.command}"):
        return None
    return RefusedHere(
        f"The route of {operation.name} is assumed: the provider's document does not name it.",
        next_step=f'ask the provider, then add to the profile: routes: {{"{operation.command}": '
        f'"{operation.verb} {operation.path}"}}',
        money="Nothing was sent.",
    )


def _reason(operation: Operation, profile: Profile, reason: str | None) -> RefusedHere | None:
    if not operation.changes or reason or profile.get("require_reason") != "true":
        return None
    return RefusedHere(
        f"Profile {profile.name} wants a reason for every change.",
        next_step="add --reason TEXT",
        money="Nothing was sent.",
    )


def _card_data(operation: Operation, profile: Profile) -> RefusedHere | None:
    if not operation.card_data or not profile.live or profile.get("card_data") == "true":
        return None
    return RefusedHere(
        f"{operation.name} takes card data, and the live profile {profile.name} does not say card_data: true.",
        next_step=f"where cards may be typed: paycli profiles set {profile.name} card_data true",
        money="Nothing was sent.",
    )
