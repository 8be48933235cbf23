"""Tora's part of the sandbox, read out of its document a second time."""

from paycli.sandbox.http import Call, Reply, as_json
from paycli.sandbox.routes import Refused, find, read, wanted
from paycli.sandbox.tora import bills, elaiko, keys, reports, topups, transactions
from paycli.sandbox.tora.access import admit, check_headers
from paycli.sandbox.tora.events import EVENTS
from paycli.sandbox.tora.state import State
from paycli.sandbox.world import NoSuchThingError, World

ROUTES = (*topups.ROUTES, *bills.ROUTES, *elaiko.ROUTES, *transactions.ROUTES, *reports.ROUTES)


class Tora:
    """One shop with its terminals; nothing of it is ever accepted without being finished."""

    def __init__(self, world: World) -> None:
        self.state = State(world)

    def handle(self, call: Call) -> Reply:
        """Answer one request."""
        try:
            if not call.trusted:
                admit(call)
            route, named = find(ROUTES, call)
            check_headers(route, call)
            return keys.answer(route, self.state, read(route, named, call))
        except Refused as refused:
            return refused.reply()

    def act(self, event: str, target: str) -> str:
        """Play the customer, or Tora itself. Raises NoSuchThingError."""
        if event not in EVENTS:
            raise NoSuchThingError(f"Tora's sandbox knows no event {event!r}; it knows {', '.join(EVENTS)}.")
        return EVENTS[event](self.state, target)

    def error(self, status: int) -> Reply:
        """Return an error; its shape is ours, since the document shows none."""
        return as_json(status, {"message": "The request failed", "code": f"HTTP_{status}"})

    def furnish(self, call: Call) -> None:
        """Make the product, the bill, the ticket request or the transaction that a request names, and enough money."""
        found = wanted(ROUTES, call)
        if found and found[0].furnish:
            found[0].furnish(self.state, found[1])
