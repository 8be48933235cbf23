"""What happens at Tora without a request of the shop."""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal

from paycli.sandbox.tora.reports import DONE
from paycli.sandbox.tora.state import Reclamation, State
from paycli.sandbox.world import NoSuchThingError


def _otp(state: State, target: str) -> str:
    """Read the customer's telephone."""
    wish = state.request(target)
    return f"the one-time password of e-laiko request {target} is {wish.otp}"


def _finish(state: State, target: str) -> str:
    """Finish a report without more asking."""
    if target not in state.reports:
        raise NoSuchThingError(f"Tora's sandbox has no report {target!r}.")
    state.reports[target].status = DONE
    state.reports[target].polls = 10**6
    return f"report {target} is {DONE}"


def _accept(state: State, target: str) -> str:
    """Cancel the transaction that a reclamation names and give the money back."""
    claim = _claim(state, target)
    if state.transactions[claim.transaction].status != "captured":
        raise NoSuchThingError(f"Transaction {claim.transaction} is no longer captured.")
    claim.status = "accepted"
    state.cancel(state.transactions[claim.transaction])
    return f"reclamation {target} is accepted, transaction {claim.transaction} is canceled"


def _reject(state: State, target: str) -> str:
    """Leave the transaction as it is."""
    claim = _claim(state, target)
    claim.status = "rejected"
    return f"reclamation {target} is rejected"


def _claim(state: State, target: str) -> Reclamation:
    claim = next((claim for claim in state.reclamations.values() if str(claim.id) == target), None)
    if claim is None or claim.status != "pending":
        raise NoSuchThingError(f"Tora's sandbox has no pending reclamation {target!r}.")
    return claim


def _balance(state: State, target: str) -> str:
    """Set what the shop may still spend, in euro."""
    if not re.fullmatch(r"[0-9]{1,9}(\.[0-9]{2})?", target):
        raise NoSuchThingError(f"{target!r} is no amount in euro; write such as 250.00.")
    state.balance = int(Decimal(target) * 100)
    return f"the balance is {Decimal(state.balance) / 100:.2f} EUR"


EVENTS: Mapping[str, Callable[[State, str], str]] = {
    "otp": _otp,
    "finish": _finish,
    "accept": _accept,
    "reject": _reject,
    "balance": _balance,
}
