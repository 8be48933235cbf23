"""Wallet customers: registered and signed in."""

from datetime import timedelta
from typing import Any

from paycli.sandbox import shapes
from paycli.sandbox.http import Reply, as_json
from paycli.sandbox.moments import write_moment
from paycli.sandbox.routes import Ask, Refused, Route
from paycli.sandbox.shapes import nullable, table, text
from paycli.sandbox.terapay.access import ANYONE
from paycli.sandbox.terapay.people import seal
from paycli.sandbox.terapay.state import State, Wallet

TOKEN_LIFETIME = timedelta(hours=24)
LONGEST = 200
SHORTEST_PASSWORD = 8


def _address(value: Any) -> str | None:
    return shapes.email(value) or text(1, LONGEST)(value)


REGISTER = table(
    {
        "email": (True, _address),
        "password": (True, text(SHORTEST_PASSWORD)),
        "fullName": (False, nullable(text(0, LONGEST))),
    }
)
LOGIN = table({"email": (True, _address), "password": (True, text(SHORTEST_PASSWORD))})


def _register(state: State, ask: Ask) -> Reply:
    if state.customer_by_email(ask.body["email"]):
        raise Refused(422, "DUPLICATE_EMAIL", "There is a customer with this e-mail address")
    made = _add(state, ask.body)
    answer = {"customerId": made.id, "email": made.email, "fullName": made.full_name, "balance": made.balance}
    return as_json(201, answer, executed=True)


def _login(state: State, ask: Ask) -> Reply:
    customer = state.customer_by_email(ask.body["email"])
    if customer is None or customer.password != seal(ask.body["password"]):
        raise Refused(401, "INVALID_CREDENTIALS", "The e-mail address or the password is wrong")
    token, until = f"{state.world.chance.getrandbits(192):048x}", state.now() + TOKEN_LIFETIME
    state.tokens[token] = (customer.id, until)
    return as_json(200, {"customerId": customer.id, "token": token, "expiresAt": write_moment(until)})


def _add(state: State, body: dict[str, Any]) -> Wallet:
    made = Wallet(state.world.fresh_id(), body["email"], seal(body["password"]), body.get("fullName"))
    state.customers[made.id] = made
    return made


def _furnish_login(state: State, ask: Ask) -> None:
    if state.customer_by_email(ask.body["email"]) is None:
        _add(state, ask.body)


ROUTES: tuple[Route[State], ...] = (
    Route("POST", "/api/customers/register", _register, REGISTER, open_to=ANYONE),
    Route("POST", "/api/customers/login", _login, LOGIN, furnish=_furnish_login, open_to=ANYONE),
)
