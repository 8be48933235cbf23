"""Cards and checkout sessions."""

from datetime import timedelta
from typing import Any

from paycli.sandbox.http import Reply, as_json
from paycli.sandbox.moments import write_moment
from paycli.sandbox.routes import Ask, Refused, Route
from paycli.sandbox.shapes import number, pattern, table, text, uri, whole
from paycli.sandbox.terapay.state import State

SESSION = timedelta(minutes=30)
LAST_MONTH = 12
FIRST_YEAR, LAST_YEAR = 2021, 2100


def card_number(value: Any) -> str | None:
    """Check a card number by its length and its check digit."""
    if problem := pattern(r"[0-9]{12,19}", "must be a card number")(value):
        return problem
    doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(value))]
    return "must be a card number" if sum(digit - 9 * (digit > 9) for digit in doubled) % 10 else None  # noqa: PLR2004


CARD = table(
    {
        "cardNumber": (True, card_number),
        "expiryMonth": (False, whole(1, LAST_MONTH)),
        "expiryYear": (False, whole(FIRST_YEAR, LAST_YEAR)),
        "cvv": (True, text(3, 4)),
    }
)
SESSION_REQUEST = table({"amount": (True, number), "currency": (True, text(3, 3)), "returnUrl": (True, uri)})


def _card(state: State, ask: Ask) -> Reply:
    body, now = ask.body, state.now()
    expires = (body.get("expiryYear", LAST_YEAR), body.get("expiryMonth", LAST_MONTH))
    if expires < (now.year, now.month):
        raise Refused(422, "CARD_EXPIRED", "The card has expired")
    masked = f"{body['cardNumber'][:6]}******{body['cardNumber'][-4:]}"
    return as_json(200, {"cardId": state.world.fresh_id(), "cardNumber": masked, "status": "Accepted"}, executed=True)


def _checkout(state: State, ask: Ask) -> Reply:
    session = state.world.fresh_id()
    answer = {
        "sessionId": session,
        "checkoutUrl": f"https://checkout.invalid/terapay/{session}",
        **ask.body,
        "status": "Open",
        "expiresAt": write_moment(state.now() + SESSION),
    }
    return as_json(201, answer, executed=True)


ROUTES: tuple[Route[State], ...] = (
    Route("POST", "/api/cards", _card, CARD),
    Route("POST", "/api/checkout/sessions", _checkout, SESSION_REQUEST),
)
