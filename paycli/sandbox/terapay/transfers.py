"""Transfers: to a bank account behind a one-time password, to telephones, and to a client many at once."""

from decimal import Decimal
from typing import Any

from paycli.sandbox.http import Reply, as_json
from paycli.sandbox.routes import Ask, Refused, Route
from paycli.sandbox.shapes import array, money, nullable, pattern, phone, table, text, uuid
from paycli.sandbox.terapay.clients import find_client, furnish_client
from paycli.sandbox.terapay.state import Client, State, Transfer, exact

AMOUNT = Decimal("10.00")
OTP_DIGITS = 6
WAITING = "AwaitingOtp"
BANK_CODE_DIGITS = 3
BANKS = {"001": "Bank of the Peninsula", "002": "Cotton Tree Commercial Bank", "003": "Harbour Trust Bank"}

_ENTRY = table({"amount": (True, money), "narration": (False, nullable(text()))})
BANK = table({"accountNumber": (True, text(1, 34)), "amount": (True, money), "narration": (False, nullable(text()))})
RESEND = table({"transactionId": (True, uuid)})
MOBILE = table({"payments": (True, array(table({"phoneNumber": (True, phone), "amount": (True, money)})))})
CLIENT_BANK = table(
    {
        "destinationClientId": (True, uuid),
        "accountNumber": (True, pattern(r"[0-9]{3}\S*", "must begin with at least 3 digits")),
        "entries": (True, array(_ENTRY)),
    }
)
CLIENT_MOBILE = table(
    {"destinationClientId": (True, uuid), "phoneNumber": (True, phone), "entries": (True, array(_ENTRY))}
)


def _bank(state: State, ask: Ask) -> Reply:
    body = ask.body
    account = body["accountNumber"]
    narration = body.get("narration") or f"Transfer to {account}"
    made = _make(state, "bank", account, exact(body["amount"]), narration, WAITING)
    state.pay_out(made.amount)
    state.transfers[made.id] = made
    send_otp(state, made)
    return as_json(202, made.shown(), executed=True)


def _resend(state: State, ask: Ask) -> Reply:
    number = ask.body["transactionId"].lower()
    transfer = state.transfers.get(number)
    if transfer is None:
        raise Refused(404, "TRANSACTION_NOT_FOUND", f"There is no transaction {number}")
    if transfer.status != WAITING:
        raise Refused(422, "INVALID_STATE", f"The transaction is {transfer.status}")
    send_otp(state, transfer)
    return as_json(200, {"transactionId": number, "message": "The one-time password was sent"}, executed=True)


def send_otp(state: State, transfer: Transfer) -> None:
    """Send the one-time password of a transfer, a new one every time."""
    transfer.otp = state.world.digits(OTP_DIGITS)
    told = f"{transfer.otp} is the one-time password for {transfer.amount} to {transfer.receiver}"
    state.world.tell(f"terapay: SMS to the account's owner: {told}, transaction {transfer.id}")


def _mobile(state: State, ask: Ask) -> Reply:
    entries = [(payment["phoneNumber"], payment) for payment in ask.body["payments"]]
    return _many(state, ask, "mobile", entries, None)


def _client_bank(state: State, ask: Ask) -> Reply:
    client = _approved(state, ask.body["destinationClientId"])
    return _many(state, ask, "bank", [(ask.body["accountNumber"], entry) for entry in ask.body["entries"]], client)


def _client_mobile(state: State, ask: Ask) -> Reply:
    client = _approved(state, ask.body["destinationClientId"])
    return _many(state, ask, "mobile", [(ask.body["phoneNumber"], entry) for entry in ask.body["entries"]], client)


def _approved(state: State, number: str) -> Client:
    client = find_client(state, number)
    if client.status != "Approved":
        raise Refused(422, "INVALID_STATE", f"The client is {client.status}, not Approved")
    return client


def _many(
    state: State, ask: Ask, channel: str, entries: list[tuple[str, dict[str, Any]]], client: Client | None
) -> Reply:
    """Pay all of them, or none when the balance does not suffice for all."""
    status = "Processing" if ask.call.pending else "Completed"
    made = [
        _make(state, channel, receiver, exact(entry["amount"]), entry.get("narration") or "", status)
        for receiver, entry in entries
    ]
    total = sum((one.amount for one in made), Decimal("0.00"))
    state.pay_out(total)
    for one in made:
        one.client = client.id if client else None
        state.transfers[one.id] = one
    answer = {"status": status, "totalAmount": total, "results": [one.shown() for one in made]}
    return as_json(202 if ask.call.pending else 200, answer, executed=True)


def _make(state: State, channel: str, receiver: str, amount: Decimal, narration: str, status: str) -> Transfer:
    code = receiver[:BANK_CODE_DIGITS] if channel == "bank" else telco_code(receiver)
    return Transfer(state.world.fresh_id(), amount, receiver, code, channel, narration, status, state.now())


def telco_code(number: str) -> str:
    """Return the code of a telephone's network: its two digits after the country's, with the leading zero."""
    return f"0{number.removeprefix('+').removeprefix('232').removeprefix('0')[:2]}"


def _banks(_state: State, _ask: Ask) -> Reply:
    return as_json(200, [{"bankCode": code, "bankName": name} for code, name in BANKS.items()])


def _furnish_amount(state: State, ask: Ask) -> None:
    state.afford(exact(ask.body["amount"]))


def _furnish_payments(state: State, ask: Ask) -> None:
    state.afford(sum((exact(payment["amount"]) for payment in ask.body["payments"]), Decimal(0)))


def _furnish_entries(state: State, ask: Ask) -> None:
    state.afford(sum((exact(entry["amount"]) for entry in ask.body["entries"]), Decimal(0)))
    furnish_client(state, ask.body["destinationClientId"], "Approved").status = "Approved"


def _furnish_resend(state: State, ask: Ask) -> None:
    number = ask.body["transactionId"].lower()
    made = Transfer(number, AMOUNT, "001000001", "001", "bank", "furnished", WAITING, state.now())
    state.transfers.setdefault(number, made)


ROUTES: tuple[Route[State], ...] = (
    Route("POST", "/api/transfers/bank", _bank, BANK, furnish=_furnish_amount),
    Route("POST", "/api/transfers/resend-otp", _resend, RESEND, furnish=_furnish_resend),
    Route("POST", "/api/transfers/mobile", _mobile, MOBILE, furnish=_furnish_payments),
    Route("POST", "/api/transfers/client/bank", _client_bank, CLIENT_BANK, furnish=_furnish_entries),
    Route("POST", "/api/transfers/client/mobile", _client_mobile, CLIENT_MOBILE, furnish=_furnish_entries),
    Route("GET", "/api/banks", _banks),
)
