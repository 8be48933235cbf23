"""What Integra and MobilePay hold of one merchant: terminals, points of sale, payments, refunds.

The rules about time are the upstream API's: a reservation lives seven days, a reserved refund captures itself after a
day.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal

from paycli.sandbox.mobilepay.answers import Refused, RefusedHere
from paycli.sandbox.world import World

BIO_CODE = "B10-SANDBOX"
ACCESS_TOKEN = "sandbox-token-c41d9e07"  # noqa: S105 public
TERMINALS = ("T-1001", "T-1002")
RESERVATION_LIFE = timedelta(days=7)
REFUND_LIFE = timedelta(hours=24)
# A payment in one of these states keeps its point of sale busy.
BUSY = frozenset({"Initiated", "Prepared", "Paired", "IssuedToUser"})
# A payment in one of these is listed as active: neither captured, rejected nor cancelled.
ACTIVE = BUSY | {"Reserved"}


@dataclass
class PointOfSale:
    """A point of sale, and the token of the customer who is checked in there."""

    pos_id: str
    terminal_id: str
    beacon_id: str
    store_id: str
    customer: str = ""


@dataclass
class Payment:
    """A payment; amount and currency are missing while it is only prepared."""

    payment_id: str
    order_id: str
    pos_id: str
    status: str
    amount: Decimal | None = None
    currency: str | None = None
    since: datetime | None = None
    captured: Decimal = Decimal(0)

    def become(self, status: str, now: datetime) -> None:
        """Enter a state."""
        self.status, self.since = status, now

    @property
    def expires(self) -> datetime | None:
        """When a reservation ends, None where nothing is reserved."""
        return self.since + RESERVATION_LIFE if self.since and self.status == "Reserved" else None

    @property
    def divisible(self) -> bool:
        """Whether it can be captured in part; some cards behind the app do not allow it: here, amounts in .53."""
        return self.amount is not None and self.amount % 1 != Decimal("0.53")


@dataclass
class Refund:
    """A refund of a captured payment."""

    refund_id: str
    refund_order_id: str
    payment_id: str
    amount: Decimal
    currency: str
    status: str
    since: datetime

    @property
    def counts(self) -> bool:
        """Whether the money is gone or kept back for it."""
        return not self.status.startswith("Cancelled")


@dataclass
class Store:
    """A store, as MobilePay knows it."""

    store_id: str
    name: str
    street: str
    zip_code: str
    city: str
    location: str


@dataclass
class Merchant:
    """Everything of one merchant; ``touched`` are the terminals whose point of sale a request made or deleted."""

    world: World
    token: str = ACCESS_TOKEN
    stores: dict[str, Store] = field(default_factory=dict)
    points: dict[str, PointOfSale] = field(default_factory=dict)
    payments: dict[str, Payment] = field(default_factory=dict)
    refunds: dict[str, Refund] = field(default_factory=dict)
    touched: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        for name, street, zip_code, city, location in (
            ("Sandbox Bakery", "Havnegade 7", "5000", "Odense", "20011"),
            ("Sandbox Bicycles", "Søndergade 31", "8000", "Aarhus", "20012"),
        ):
            store = Store(self.world.fresh_id(), name, street, zip_code, city, location)
            self.stores[store.store_id] = store
        for terminal in TERMINALS:
            self.open_point(terminal)

    def open_point(self, terminal: str, pos_id: str = "") -> PointOfSale:
        """Make the point of sale of a terminal, in the first store."""
        pos_id = pos_id or self.world.fresh_id()
        point = PointOfSale(pos_id, terminal, self.world.fresh_id(), next(iter(self.stores)))
        self.points[pos_id] = point
        return point

    def pass_time(self) -> None:
        """Let expire what has expired by now."""
        now = self.world.clock.now()
        for payment in self.payments.values():
            if payment.expires and payment.expires <= now:
                payment.become("ExpiredAndCancelled", payment.expires)
        for refund in self.refunds.values():
            if refund.status == "Reserved" and refund.since + REFUND_LIFE <= now:
                refund.status, refund.since = "ExpiredAndCaptured", refund.since + REFUND_LIFE

    def point_of(self, terminal: str) -> PointOfSale | None:
        """Return the point of sale of a terminal, or None where Integra's value for it is empty."""
        return next((point for point in self.points.values() if point.terminal_id == terminal), None)

    def point_at(self, terminal: str) -> PointOfSale:
        """Return the point of sale of a terminal. Raises Refused."""
        point = self.point_of(terminal)
        if point is None:
            raise RefusedHere(f"Terminal {terminal} has no point of sale")
        return point

    def payment(self, payment_id: str) -> Payment:
        """Return a payment. Raises Refused."""
        if payment_id not in self.payments:
            raise Refused(1001)
        return self.payments[payment_id]

    def refund(self, refund_id: str) -> Refund:
        """Return a refund. Raises Refused."""
        if refund_id not in self.refunds:
            raise Refused(1004)
        return self.refunds[refund_id]

    def refunds_of(self, payment_id: str) -> list[Refund]:
        """Return the refunds of a payment, in the order in which they were made."""
        return [refund for refund in self.refunds.values() if refund.payment_id == payment_id]

    def busy_payment(self, pos_id: str) -> Payment | None:
        """Return the payment that keeps a point of sale busy, if any."""
        return next((p for p in self.payments.values() if p.pos_id == pos_id and p.status in BUSY), None)

    def check_out(self, pos_id: str) -> None:
        """Let the customer leave, as at the end of every payment."""
        if pos_id in self.points:
            self.points[pos_id].customer = ""
