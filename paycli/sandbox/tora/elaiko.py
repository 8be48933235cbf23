"""Lottery tickets: the customer picks, gets a one-time password, and the ticket is issued for it."""

from datetime import timedelta
from typing import Any

from paycli.sandbox.http import Reply, as_json
from paycli.sandbox.routes import Ask, Refused, Route
from paycli.sandbox.shapes import nullable, phone, table, text, whole, word
from paycli.sandbox.tora.access import terminal
from paycli.sandbox.tora.catalogue import TicketProduct
from paycli.sandbox.tora.state import State, TicketRequest

BARCODE_CENTS = 200
BARCODE_DIGITS = 35
OTP_DIGITS = 6
THOUSANDS = 80
DAYS_TO_DRAW = 7
DAYS_TO_PAYMENT = 8

_PICK = table(
    {
        "productCode": (True, text(1)),
        "mobile": (True, phone),
        "ending": (False, whole(0, 9)),
        "thousand": (False, whole(0, THOUSANDS)),
        "oddOrEven": (False, nullable(word("ODD", "EVEN"))),
    }
)
ISSUE = table({"requestId": (True, text(1)), "otp": (True, text(1))})


def pick(body: Any) -> str | None:
    """Check a request for a ticket: odd or even goes with neither an ending nor a thousand.

    The document's own example sends all three; its text forbids that, and the text counts.
    """
    if problem := _PICK(body):
        return problem
    if body.get("oddOrEven") and ("ending" in body or "thousand" in body):
        return "oddOrEven cannot be combined with thousand or ending"
    return None


def _request(state: State, ask: Ask) -> Reply:
    body = ask.body
    product = state.tickets.get(body["productCode"])
    if product is None:
        raise Refused(422, "UNKNOWN_PRODUCT", f"There is no e-laiko product {body['productCode']}")
    number = state.world.fresh_id()
    wish = TicketRequest(
        product,
        body["mobile"],
        state.world.digits(OTP_DIGITS),
        terminal(ask.call),
        body.get("ending"),
        body.get("thousand"),
        body.get("oddOrEven"),
    )
    state.requests[number] = wish
    state.world.tell(f"tora: SMS to {wish.mobile}: {wish.otp} is the one-time password for e-laiko request {number}")
    return as_json(200, {"requestId": number}, executed=True)


def _issue(state: State, ask: Ask) -> Reply:
    wish = state.requests.get(ask.body["requestId"])
    if wish is None:
        raise Refused(422, "UNKNOWN_REQUEST", "There is no such e-laiko request")
    if wish.issued:
        raise Refused(422, "INVALID_STATE", "The ticket of this request was issued")
    if wish.otp != ask.body["otp"]:
        raise Refused(422, "INVALID_OTP", "The one-time password is wrong")
    product = wish.product
    sold = state.record("ELAIKO", (product.code, product.draw), product.cents, wish.terminal)
    wish.issued = True
    return as_json(200, {"id": sold.id, "amount": sold.amount, **_ticket(state, wish)}, executed=True)


def _ticket(state: State, wish: TicketRequest) -> dict[str, Any]:
    today = state.now().date()
    return {
        "ticketNumber": f"{_number(state, wish):05}",
        "ticketRow": f"{state.world.chance.randrange(1, 100)}",
        "barcodes": [state.world.digits(BARCODE_DIGITS) for _ in range(wish.product.barcodes)],
        "barcodeCost": wish.product.barcode_cents,
        "drawId": 1,
        "drawDate": (today + timedelta(days=DAYS_TO_DRAW)).isoformat(),
        "drawType": wish.product.draw,
        "drawPayment": (today + timedelta(days=DAYS_TO_PAYMENT)).isoformat(),
    }


def _number(state: State, wish: TicketRequest) -> int:
    """Return a ticket number with the thousand, the ending or the parity that the customer picked."""
    chance = state.world.chance
    thousand = chance.randint(0, THOUSANDS) if wish.thousand is None else wish.thousand
    ending = chance.randrange(10) if wish.ending is None else wish.ending
    if wish.odd_or_even:
        ending = ending // 2 * 2 + (wish.odd_or_even == "ODD")
    return thousand * 1000 + chance.randrange(100) * 10 + ending


def _furnish_request(state: State, ask: Ask) -> None:
    code = ask.body["productCode"]
    state.tickets.setdefault(code, TicketProduct(code, "ΚΛΑΣΙΚΗ", BARCODE_CENTS))


def _furnish_issue(state: State, ask: Ask) -> None:
    product = next(iter(state.tickets.values()))
    wish = TicketRequest(product, "6900000000", ask.body["otp"], None)
    state.afford(state.requests.setdefault(ask.body["requestId"], wish).product.cents)


ROUTES: tuple[Route[State], ...] = (
    Route("POST", "/elaiko/requests", _request, pick, furnish=_furnish_request, keyed=True, terminal=True),
    Route("POST", "/elaiko/tickets", _issue, ISSUE, furnish=_furnish_issue, keyed=True),
)
