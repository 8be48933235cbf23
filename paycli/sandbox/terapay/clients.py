"""Clients: registered, approved, and what was sent to them."""

from collections.abc import Callable

from paycli.sandbox.http import Reply, as_json
from paycli.sandbox.routes import Ask, Refused, Route
from paycli.sandbox.shapes import nullable, table, text, word
from paycli.sandbox.terapay.state import Client, State

_OPTIONAL = ("contactPerson", "phoneNumber", "emailAddress", "address", "city", "state", "country")
# The document calls all of them nullable; a client without a name would be nobody.
CLIENT = table(
    {
        "clientType": (False, nullable(word("Individual", "Company"))),
        "name": (True, text(1)),
        **dict.fromkeys(_OPTIONAL, (False, nullable(text()))),
    }
)
# Any other word than bank and mobile means both.
CHANNEL = {"type": (False, text())}


def find_client(state: State, number: str) -> Client:
    """Return a client by its identifier. Raises Refused."""
    if number.lower() not in state.clients:
        raise Refused(404, "CLIENT_NOT_FOUND", f"There is no client {number}")
    return state.clients[number.lower()]


def furnish_client(state: State, number: str, status: str) -> Client:
    """Return a client, made in that state unless it exists."""
    made = Client(number.lower(), {"clientType": "Company", "name": "Furnished Ltd"}, status)
    return state.clients.setdefault(made.id, made)


def _register(state: State, ask: Ask) -> Reply:
    client = Client(state.world.fresh_id(), dict(ask.body))
    state.clients[client.id] = client
    return as_json(201, client.shown(), executed=True)


def _approve(state: State, ask: Ask) -> Reply:
    client = find_client(state, ask.uuid("id"))
    if client.status != "Pending":
        raise Refused(422, "INVALID_STATE", f"The client is {client.status}")
    client.status = "Approved"
    return as_json(200, client.shown(), executed=True)


def _show(state: State, ask: Ask) -> Reply:
    return as_json(200, find_client(state, ask.uuid("clientId")).shown())


def _transactions(state: State, ask: Ask) -> Reply:
    client = find_client(state, ask.uuid("clientId"))
    wanted = ask.query.get("type")
    channels = {wanted} if wanted in {"bank", "mobile"} else {"bank", "mobile"}
    found = [one for one in state.transfers.values() if one.client == client.id and one.channel in channels]
    return as_json(200, [one.shown() for one in found])


def _furnisher(name: str, status: str) -> Callable[[State, Ask], None]:
    def furnish(state: State, ask: Ask) -> None:
        furnish_client(state, ask.uuid(name), status)

    return furnish


ROUTES: tuple[Route[State], ...] = (
    Route("POST", "/api/clients", _register, CLIENT),
    Route("POST", "/api/clients/{id}/approve", _approve, furnish=_furnisher("id", "Pending")),
    Route("GET", "/api/clients/{clientId}", _show, furnish=_furnisher("clientId", "Pending")),
    Route(
        "GET",
        "/api/clients/{clientId}/transactions",
        _transactions,
        query=CHANNEL,
        furnish=_furnisher("clientId", "Approved"),
    ),
)
