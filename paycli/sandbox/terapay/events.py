"""What happens at TeraPay without a request: passwords that are typed or forgotten, items that fail."""

import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal

from paycli.sandbox.terapay.portal import send_reset_token
from paycli.sandbox.terapay.state import Batch, Item, State, Transfer, exact
from paycli.sandbox.terapay.transfers import WAITING
from paycli.sandbox.world import NoSuchThingError


def _approve(state: State, target: str) -> str:
    """Type the one-time password in."""
    transfer = _waiting(state, target)
    transfer.status, transfer.otp = "Completed", None
    return f"the one-time password was right: transaction {target} is Completed"


def _decline(state: State, target: str) -> str:
    """Let the one-time password go unused; the money comes back."""
    transfer = _waiting(state, target)
    transfer.status, transfer.otp = "Declined", None
    state.balance += transfer.amount
    return f"transaction {target} is Declined"


def _finish(state: State, target: str) -> str:
    """Finish what is being processed: a batch or a transfer."""
    done = [one for one in _found(state, target) if one.status == "Processing"]
    if not done:
        raise NoSuchThingError(f"Nothing that TeraPay's sandbox processes has the id {target!r}.")
    for one in done:
        one.status = "Completed"
    return f"{len(done)} of {target} now Completed"


def _fail(state: State, target: str) -> str:
    """Let an item of a batch fail: now when it is processed, else at its next try."""
    items = (item for batch in state.batches.values() for item in batch.items)
    item = next((item for item in items if item.id == target.lower()), None)
    if item is None or item.status == "Completed":
        raise NoSuchThingError(f"TeraPay's sandbox has no open item {target!r} in a batch.")
    if item.status == "Processing":
        item.status, item.failure = "Failed", "The destination did not take the payment"
        state.balance += item.amount
        return f"item {target} is Failed"
    item.doomed = True
    return f"item {target} fails when it is tried next"


def _forgot(state: State, target: str) -> str:
    """Send a portal user a token for a new password."""
    user = state.user_by_email(target)
    if user is None:
        raise NoSuchThingError(f"TeraPay's sandbox has no portal user {target!r}.")
    send_reset_token(state, user)
    return f"the token for a new password of {target} is {user.reset_token}"


def _balance(state: State, target: str) -> str:
    """Set what the account holds."""
    if not re.fullmatch(r"[0-9]{1,9}(\.[0-9]{2})?", target):
        raise NoSuchThingError(f"{target!r} is no amount; write such as 250.00.")
    state.balance = exact(Decimal(target))
    return f"the balance is {state.balance}"


def _waiting(state: State, target: str) -> Transfer:
    transfer = state.transfers.get(target.lower())
    if transfer is None or transfer.status != WAITING:
        raise NoSuchThingError(f"No transaction {target!r} waits for a one-time password.")
    return transfer


def _found(state: State, target: str) -> Iterable[Item | Transfer]:
    batch: Batch | None = state.batches.get(target.lower())
    transfer = state.transfers.get(target.lower())
    return batch.items if batch else [transfer] if transfer else []


EVENTS: Mapping[str, Callable[[State, str], str]] = {
    "approve": _approve,
    "decline": _decline,
    "finish": _finish,
    "fail": _fail,
    "forgot": _forgot,
    "balance": _balance,
}
