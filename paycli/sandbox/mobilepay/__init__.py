"""MobilePay's point of sale behind the Integra proxy, read out of the route list and the upstream rules."""

from collections.abc import Mapping

from paycli.sandbox.http import Call, Reply
from paycli.sandbox.mobilepay.answers import Refused, broken, refused
from paycli.sandbox.mobilepay.customer import EVENTS
from paycli.sandbox.mobilepay.fields import Asked, given, violations
from paycli.sandbox.mobilepay.furnishing import furnish
from paycli.sandbox.mobilepay.merchant import BIO_CODE, Merchant
from paycli.sandbox.mobilepay.routes import ROUTES, Route
from paycli.sandbox.world import NoSuchThingError, World

REFERENCES = frozenset({"orderId", "refundOrderId"})
SOMEBODY = "SOMEBODY-ELSE"
CREDENTIALS = ("accessToken", "bioCode")
# Statuses at which an answer is still the proxy's own; others come from the web server before it.
OWN_STATUSES = frozenset({400, 401, 403})


class MobilePay:
    """One merchant's payments and points of sale."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.merchant = Merchant(world)

    def handle(self, call: Call) -> Reply:
        """Answer one request."""
        self.merchant.pass_time()
        route = next((route for route in ROUTES if route.path == call.path), None)
        if route is None:
            return broken(404, "No HTTP resource was found that matches the request")
        if call.method not in route.methods:
            return broken(405, f"The requested resource does not support http method '{call.method}'")
        if not _takes_json(call.headers.get("accept", "")):
            # The proxy knows XML too; nothing shows its form, so the sandbox does not guess at it.
            return broken(406, "The sandbox answers JSON only; send Accept: application/json")
        fields = given(call)
        if isinstance(fields, str):
            return refused(fields)
        return self._checked(route, _with_own_references(fields) if call.trusted else fields, call)

    def act(self, event: str, target: str) -> str:
        """Play the customer, time or Integra: check-in, pair, reserve, reject, expire, age, forget-token."""
        if event not in EVENTS:
            known = ", ".join(EVENTS)
            raise NoSuchThingError(f"MobilePay's sandbox knows no event {event!r}; it knows {known}.")
        self.merchant.pass_time()
        return EVENTS[event](self.merchant, target)

    def error(self, status: int) -> Reply:
        """Return an error in the proxy's envelope, or as the web server before it answers."""
        if status in OWN_STATUSES:
            return refused("The request failed", status=status)
        return broken(status, "An error has occurred.")

    def furnish(self, call: Call) -> None:
        """Make the terminal, payment or refund that the request names."""
        fields = given(call)
        if not isinstance(fields, str):
            self.merchant.pass_time()
            furnish(self.merchant, call.path, Asked(fields))

    def _checked(self, route: Route, fields: Mapping[str, str], call: Call) -> Reply:
        credentials = CREDENTIALS if route.token else ("bioCode",)
        if not call.trusted and not self._known(route, fields):
            return refused("The accessToken or bioCode is not valid", status=401)
        needed = route.needed if call.trusted else (*route.needed, *credentials)
        if wrong := violations(fields, needed, (*route.allowed, *credentials)):
            return refused(*wrong)
        try:
            return route.handler(self.merchant, Asked(fields, call.pending))
        except Refused as problem:
            return refused(str(problem))

    def _known(self, route: Route, fields: Mapping[str, str]) -> bool:
        known = bool(self.merchant.token) and fields.get("accessToken") == self.merchant.token
        return fields.get("bioCode") == BIO_CODE and (known or not route.token)


def _with_own_references(fields: Mapping[str, str]) -> Mapping[str, str]:
    """Return the fields of the sandbox's own doing: who asks under no reference has one that is nobody else's."""
    return {name: value or (SOMEBODY if name in REFERENCES else value) for name, value in fields.items()}


def _takes_json(accept: str) -> bool:
    kinds = {part.partition(";")[0].strip() for part in accept.split(",")}
    return not accept or bool(kinds & {"application/json", "application/*", "*/*"})
