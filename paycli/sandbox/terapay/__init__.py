"""TeraPay's part of the sandbox, read out of its document a second time; its answers are ours, it shows none."""

from contextlib import suppress

from paycli.sandbox.http import Call, Reply, as_json
from paycli.sandbox.routes import Refused, find, read, wanted
from paycli.sandbox.terapay import batches, clients, customers, payments, portal, rights, sms, transfers, wallet
from paycli.sandbox.terapay.access import admit
from paycli.sandbox.terapay.events import EVENTS
from paycli.sandbox.terapay.state import State
from paycli.sandbox.world import NoSuchThingError, World

ROUTES = (
    *portal.ROUTES,
    *rights.ROUTES,
    *batches.ROUTES,
    *payments.ROUTES,
    *clients.ROUTES,
    *customers.ROUTES,
    *wallet.ROUTES,
    *transfers.ROUTES,
    *sms.ROUTES,
)


class TeraPay:
    """One account with its users, clients and wallet customers."""

    def __init__(self, world: World) -> None:
        self.state = State(world)

    def handle(self, call: Call) -> Reply:
        """Answer one request."""
        try:
            route, named = find(ROUTES, call)
            admit(self.state, route, call)
            return route.answer(self.state, read(route, named, call))
        except Refused as refused:
            return refused.reply()

    def act(self, event: str, target: str) -> str:
        """Play the owner of the account, or TeraPay itself. Raises NoSuchThingError."""
        if event not in EVENTS:
            raise NoSuchThingError(f"TeraPay's sandbox knows no event {event!r}; it knows {', '.join(EVENTS)}.")
        return EVENTS[event](self.state, target)

    def error(self, status: int) -> Reply:
        """Return an error; its shape is ours, since the document shows none."""
        return as_json(status, {"message": "The request failed", "code": f"HTTP_{status}"})

    def furnish(self, call: Call) -> None:
        """Make the batch, client, customer, role or transaction that a request names, and enough money."""
        found = wanted(ROUTES, call)
        if found and found[0].furnish:
            with suppress(Refused):
                found[0].furnish(self.state, found[1])
