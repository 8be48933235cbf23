"""Batches of disbursements: submitted, processed, and retried item by item."""

from decimal import Decimal

from paycli.sandbox.http import Call, Reply, as_json
from paycli.sandbox.routes import Ask, Refused, Route
from paycli.sandbox.shapes import array, money, table, text, uuid
from paycli.sandbox.terapay.state import Batch, Item, State, exact

AMOUNT = Decimal("10.00")
HUNDRED = 100
# Amounts that end so decide what happens, as everywhere in the sandbox.
FAILS, WAITS = 51, 52

SUBMIT = table(
    {
        "batchName": (True, text(1)),
        "items": (True, array(table({"destination": (True, text(1)), "amount": (True, money)}))),
    }
)
RETRY = table({"batchId": (True, uuid), "itemIds": (True, array(uuid))})


def _submit(state: State, ask: Ask) -> Reply:
    items = [Item(state.world.fresh_id(), item["destination"], exact(item["amount"])) for item in ask.body["items"]]
    batch = Batch(state.world.fresh_id(), ask.body["batchName"], items, state.now())
    state.batches[batch.id] = batch
    answer = {"batchId": batch.id, "itemIds": [item.id for item in items], "status": batch.status}
    return as_json(201, answer, executed=True)


def _process(state: State, ask: Ask) -> Reply:
    batch = _batch(state, ask)
    if batch.status != "Submitted":
        raise Refused(422, "INVALID_STATE", f"The batch is {batch.status}")
    return _disbursed(state, ask.call, batch, batch.items)


def _retry(state: State, ask: Ask) -> Reply:
    batch = _batch(state, ask)
    if ask.body["batchId"].lower() != batch.id:
        raise Refused(400, "INVALID_BODY", "batchId is not the one of the path")
    wanted = {number.lower() for number in ask.body["itemIds"]}
    items = [item for item in batch.items if item.id in wanted]
    if len(items) < len(wanted):
        raise Refused(422, "UNKNOWN_ITEM", "An item is not of this batch")
    if any(item.status != "Failed" for item in items):
        raise Refused(422, "INVALID_STATE", "Only items that failed are retried")
    return _disbursed(state, ask.call, batch, items)


def _disbursed(state: State, call: Call, batch: Batch, items: list[Item]) -> Reply:
    for item in items:
        _disburse(state, call, item)
    status = 202 if batch.status == "Processing" else 200
    return as_json(status, batch.shown(), executed=True)


def _disburse(state: State, call: Call, item: Item) -> None:
    item.attempts += 1
    ending = int(item.amount * HUNDRED) % HUNDRED
    item.failure = _failure(state, item, ending)
    item.doomed = False
    if item.failure:
        item.status = "Failed"
        return
    state.balance -= item.amount
    item.status = "Processing" if call.pending or ending == WAITS else "Completed"


def _failure(state: State, item: Item, ending: int) -> str | None:
    if item.doomed or (ending == FAILS and item.attempts == 1):
        return "The destination did not take the payment"
    return "The balance of the account does not suffice" if item.amount > state.balance else None


def _show(state: State, ask: Ask) -> Reply:
    return as_json(200, _batch(state, ask).shown())


def _batch(state: State, ask: Ask) -> Batch:
    number = ask.uuid("batchId")
    if number not in state.batches:
        raise Refused(404, "BATCH_NOT_FOUND", f"There is no batch {number}")
    return state.batches[number]


def _furnish(state: State, ask: Ask) -> None:
    _make(state, ask, Item(state.world.fresh_id(), "23270000000", AMOUNT))


def _furnish_retry(state: State, ask: Ask) -> None:
    numbers = dict.fromkeys(number.lower() for number in ask.body["itemIds"])
    _make(state, ask, *(Item(number, "23270000000", AMOUNT, "Failed", 1) for number in numbers))


def _make(state: State, ask: Ask, *items: Item) -> None:
    number = ask.uuid("batchId")
    state.batches.setdefault(number, Batch(number, "furnished", list(items), state.now()))
    state.afford(AMOUNT * len(items))


ROUTES: tuple[Route[State], ...] = (
    Route("POST", "/api/batches", _submit, SUBMIT),
    Route("POST", "/api/batches/{batchId}/process", _process, furnish=_furnish),
    Route("GET", "/api/batches/{batchId}", _show, furnish=_furnish),
    Route("POST", "/api/batches/{batchId}/retry", _retry, RETRY, furnish=_furnish_retry),
)
