"""A wallet: credited, moved to another, paid from, and its statement."""

import csv
import io
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from paycli.sandbox.http import Reply, as_json
from paycli.sandbox.moments import read_day, read_moment, write_moment
from paycli.sandbox.routes import Ask, Refused, Route
from paycli.sandbox.shapes import day, either, moment, money, table, text, uuid, word
from paycli.sandbox.terapay.access import WALLET, wallet_of
from paycli.sandbox.terapay.state import TEN, State, Wallet, exact

DESCRIPTION = text(1, 200)
TOP_UP = table({"amount": (True, money), "description": (True, DESCRIPTION)})
TRANSFER = table({"recipientCustomerId": (True, uuid), "amount": (True, money), "description": (True, DESCRIPTION)})
PAY = table({"amount": (True, money), "description": (True, DESCRIPTION), "externalReference": (True, text(1, 100))})
# What type and format may be is cut off in the document.
STATEMENT = {
    "startDate": (False, either(day, moment)),
    "endDate": (False, either(day, moment)),
    "type": (False, text(1)),
    "format": (False, word("json", "csv")),
}
CSV_FIELDS = ("transactionId", "createdAt", "type", "direction", "amount", "balance", "description")


def _top_up(state: State, ask: Ask) -> Reply:
    wallet = wallet_of(state, ask.call)
    return as_json(200, _enter(state, wallet, "TopUp", exact(ask.body["amount"]), ask.body), executed=True)


def _transfer(state: State, ask: Ask) -> Reply:
    wallet, amount = wallet_of(state, ask.call), exact(ask.body["amount"])
    recipient = state.customers.get(ask.body["recipientCustomerId"].lower())
    if recipient is None or recipient is wallet:
        raise Refused(422, "UNKNOWN_RECIPIENT", "There is no other customer with this identifier")
    _suffices(wallet, amount)
    _enter(state, recipient, "Transfer", amount, ask.body, counterparty=wallet.id)
    done = _enter(state, wallet, "Transfer", -amount, ask.body, counterparty=recipient.id)
    return as_json(200, done, executed=True)


def _pay(state: State, ask: Ask) -> Reply:
    wallet, amount = wallet_of(state, ask.call), exact(ask.body["amount"])
    _suffices(wallet, amount)
    reference = ask.body["externalReference"]
    return as_json(200, _enter(state, wallet, "Payment", -amount, ask.body, externalReference=reference), executed=True)


def _suffices(wallet: Wallet, amount: Decimal) -> None:
    if amount > wallet.balance:
        raise Refused(422, "INSUFFICIENT_FUNDS", "The balance of the wallet does not suffice")


def _enter(state: State, wallet: Wallet, kind: str, amount: Decimal, body: Any, **more: str) -> dict[str, Any]:
    """Move money in the wallet and return the ledger's entry."""
    wallet.balance += amount
    counterparty = {"counterpartyCustomerId": more.pop("counterparty")} if "counterparty" in more else {}
    entry = {
        "transactionId": state.world.fresh_id(),
        "type": kind,
        "direction": "credit" if amount > 0 else "debit",
        "amount": abs(amount),
        "balance": wallet.balance,
        "description": body["description"],
        **counterparty,
        **more,
        "createdAt": write_moment(state.now()),
    }
    wallet.entries.append(entry)
    return entry


def _statement(state: State, ask: Ask) -> Reply:
    query = ask.query
    first = _moment(query["startDate"]) if "startDate" in query else None
    last = _moment(query["endDate"], ends=True) if "endDate" in query else None
    kind = query.get("type", "").lower()
    found = [
        entry
        for entry in wallet_of(state, ask.call).entries
        if (first is None or read_moment(entry["createdAt"]) >= first)
        and (last is None or read_moment(entry["createdAt"]) <= last)
        and kind in {"", entry["type"].lower()}
    ]
    return _as_csv(found) if query.get("format") == "csv" else as_json(200, found)


def _moment(written: str, *, ends: bool = False) -> datetime:
    # A day at the end of a period is part of it.
    if day(written):
        return read_moment(written)
    midnight = datetime.combine(read_day(written), time(), UTC)
    return midnight + timedelta(days=1, seconds=-1) if ends else midnight


def _as_csv(entries: list[dict[str, Any]]) -> Reply:
    file = io.StringIO()
    writer = csv.DictWriter(file, CSV_FIELDS, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(entries)
    return Reply(200, file.getvalue().encode(), {"Content-Type": "text/csv; charset=utf-8"})


def _furnish(state: State, ask: Ask) -> None:
    wallet, amount = wallet_of(state, ask.call), exact(ask.body["amount"])
    if wallet.balance < amount:
        _enter(state, wallet, "TopUp", TEN * amount, {"description": "furnished"})


def _furnish_transfer(state: State, ask: Ask) -> None:
    number = ask.body["recipientCustomerId"].lower()
    state.customers.setdefault(number, Wallet(number, f"{number}@sandbox.example", ""))
    _furnish(state, ask)


ROUTES: tuple[Route[State], ...] = (
    Route("POST", "/api/wallet/top-up", _top_up, TOP_UP, open_to=WALLET),
    Route("POST", "/api/wallet/transfer", _transfer, TRANSFER, furnish=_furnish_transfer, open_to=WALLET),
    Route("POST", "/api/wallet/pay", _pay, PAY, furnish=_furnish, open_to=WALLET),
    Route("GET", "/api/wallet/statement", _statement, query=STATEMENT, open_to=WALLET),
)
