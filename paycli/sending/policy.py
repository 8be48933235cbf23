"""What this machine refuses before anything is sent, each with its own message; exit 10.

Policy sits in the pipeline, so that every way to send a change passes it.
"""

from collections.abc import Iterator, Sequence

from paycli.errors import RefusedHere
from paycli.operations.operation import Operation, Request
from paycli.operations.provider import Provider
from paycli.operations.routes import assumed, block
from paycli.operations.scan import body_holds_card_number, holds_card_number
from paycli.profiles.profile import Profile
from paycli.values import replace


def findings(operation: Operation, profile: Profile, reason: str | None, provider: Provider) -> list[RefusedHere]:
    """Return every reason why the operation may not go out under this profile; a read lacks at most its route."""
    checks = (
        _access(operation, profile),
        _route(operation, profile, provider),
        _reason(operation, profile, reason),
        _card_data(operation, profile),
    )
    return [finding for finding in checks if finding]


def keep_to_reads(operation: Operation, *, reads_only: bool) -> None:
    """Raise RefusedHere for what changes something where only reads may go out; a sign-in is no change."""
    if reads_only and operation.changes:
        raise RefusedHere(
            f"{operation.name} changes something, and only reads may go out here.", money="Nothing was sent."
        )


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


def _route(operation: Operation, profile: Profile, provider: Provider) -> RefusedHere | None:
    if not profile.live:
        return None
    needed = [op for op in (operation, *_reads_of(operation, provider)) if assumed(op, profile.plain)]
    return assumed_routes(needed, profile, provider) if needed else None


def assumed_routes(needed: Sequence[Operation], profile: Profile, provider: Provider) -> RefusedHere:
    """Return the refusal to send operations whose routes nobody vouches for, with what to write into the profile."""
    told = " and ".join(op.name for op in needed)
    verb = "route of {} is" if len(needed) == 1 else "routes of {} are"
    return RefusedHere(
        f"The {verb.format(told)} assumed: the provider's document does not say, and neither does the live profile "
        f"{profile.name}.",
        next_step=f"ask {provider.title}, then add to {profile.name} in profiles.yaml, with the routes it has:\n"
        f"{block(needed)}\n(all of them: paycli operations export-routes {provider.name}; more: paycli help profiles)",
        money="Nothing was sent.",
    )


def _reads_of(operation: Operation, provider: Provider) -> Iterator[Operation]:
    """Yield the reads that go out with a change: before it, and to find out what became of it."""
    if command := operation.retry.settled_by:
        yield provider.load(command.split(maxsplit=1)[0])[command]


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
