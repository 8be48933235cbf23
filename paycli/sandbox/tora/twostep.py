"""The second step of what was made with confirm=false: take the money, or let it go."""

from functools import partial

from paycli.sandbox.http import Reply, as_json
from paycli.sandbox.routes import Ask, Refused, Route
from paycli.sandbox.tora.state import State, Transaction

AMOUNT = 1000
# The document has words for captured and canceled only; what waits for its second step is our word.
WAITING = "pending"


def first_status(*, confirm: bool) -> str:
    """Return the status of a new transaction."""
    return "captured" if confirm else WAITING


def routes(path: str, kind: str) -> tuple[Route[State], Route[State]]:
    """Return capture and void below a path, for one type of transaction."""
    furnish = partial(_furnish, kind)
    return (
        Route("POST", f"{path}/{{id}}/capture", partial(_capture, kind), furnish=furnish, terminal=True),
        Route("POST", f"{path}/{{id}}/void", partial(_void, kind), furnish=furnish, terminal=True),
    )


def _capture(kind: str, state: State, ask: Ask) -> Reply:
    transaction = _waiting(kind, state, ask)
    transaction.status = "captured"
    return as_json(200, transaction.shown(), executed=True)


def _void(kind: str, state: State, ask: Ask) -> Reply:
    transaction = _waiting(kind, state, ask)
    state.cancel(transaction)
    return as_json(200, transaction.shown(), executed=True)


def _waiting(kind: str, state: State, ask: Ask) -> Transaction:
    transaction = state.transactions.get(ask.named["id"])
    if transaction is None or transaction.type != kind:
        raise Refused(404, "TRANSACTION_NOT_FOUND", f"There is no such transaction of type {kind}")
    if transaction.status != WAITING:
        raise Refused(422, "INVALID_STATE", f"The transaction is {transaction.status}, not waiting for a second step")
    return transaction


def _furnish(kind: str, state: State, ask: Ask) -> None:
    number = ask.named["id"]
    if number not in state.transactions:
        product = ("FURNISHED", "Προϊόν")
        state.transactions[number] = Transaction(number, kind, product, AMOUNT, None, state.now(), status=WAITING)
