"""What the shop sold: the list, one of them, and the wish to cancel one."""

from collections.abc import Iterator

from paycli.sandbox.http import Reply, as_json
from paycli.sandbox.moments import read_moment
from paycli.sandbox.routes import Ask, Refused, Route
from paycli.sandbox.shapes import moment, table, text, whole, word, written
from paycli.sandbox.tora.access import MERCHANT_ID
from paycli.sandbox.tora.state import Reclamation, State, Transaction

AMOUNT = 1000
SHORTEST_PAGE, LONGEST_PAGE = 10, 100

# Where pages begin is not said; here the first one is page 1.
LIST = {
    "from": (False, moment),
    "to": (False, moment),
    "type": (False, word("BP", "TOPUP", "ELAIKO")),
    "mid": (False, text()),
    "terminalId": (False, written(whole())),
    "status": (False, word("captured", "canceled")),
    "cancelFrom": (False, moment),
    "cancelTo": (False, moment),
    "reference": (False, text()),
    "page": (False, written(whole(1))),
    "limit": (False, written(whole(SHORTEST_PAGE, LONGEST_PAGE))),
}
RECLAMATION = table({"transactionId": (True, text(1)), "reason": (False, text())})


def _list(state: State, ask: Ask) -> Reply:
    limit = int(ask.query.get("limit", SHORTEST_PAGE))
    start = (int(ask.query.get("page", 1)) - 1) * limit
    newest_first = [one.row() for one in reversed(state.transactions.values()) if all(_fits(one, ask))]
    return as_json(200, newest_first[start : start + limit])


def _fits(one: Transaction, ask: Ask) -> Iterator[bool]:
    query = ask.query
    equal = {"type": one.type, "mid": MERCHANT_ID, "status": one.status, "reference": one.reference}
    yield from (query[name] == held for name, held in equal.items() if name in query)
    if "terminalId" in query:
        yield int(query["terminalId"]) == one.terminal
    for first, last, at in (("from", "to", one.created), ("cancelFrom", "cancelTo", one.canceled)):
        if first in query:
            yield at is not None and at >= read_moment(query[first])
        if last in query:
            yield at is not None and at <= read_moment(query[last])


def _show(state: State, ask: Ask) -> Reply:
    one = state.transactions.get(ask.named["id"])
    if one is None:
        raise Refused(404, "TRANSACTION_NOT_FOUND", f"There is no transaction {ask.named['id']}")
    return as_json(200, one.shown())


def _reclaim(state: State, ask: Ask) -> Reply:
    number = ask.body["transactionId"]
    one = state.transactions.get(number)
    if one is None:
        raise Refused(422, "TRANSACTION_NOT_FOUND", f"There is no transaction {number}")
    if one.status != "captured":
        raise Refused(422, "INVALID_STATE", f"The transaction is {one.status}")
    if any(held.transaction == number and held.status == "pending" for held in state.reclamations.values()):
        raise Refused(422, "INVALID_STATE", "A reclamation of this transaction is pending")
    made = Reclamation(state.world.chance.randrange(10**5, 10**9), number, one.amount)
    state.reclamations[made.id] = made
    answer = {"id": made.id, "transactionId": number, "status": made.status, "totalAmount": made.amount}
    return as_json(200, answer, executed=True)


def _furnish(state: State, number: str) -> None:
    product = ("FURNISHED", "Προϊόν")
    state.transactions.setdefault(number, Transaction(number, "TOPUP", product, AMOUNT, None, state.now()))


ROUTES: tuple[Route[State], ...] = (
    Route("GET", "/transactions", _list, query=LIST),
    Route("GET", "/transactions/{id}", _show, furnish=lambda state, ask: _furnish(state, ask.named["id"])),
    Route(
        "POST",
        "/reclamations",
        _reclaim,
        RECLAMATION,
        furnish=lambda state, ask: _furnish(state, ask.body["transactionId"]),
        keyed=True,
    ),
)
