"""What Tora's sandbox remembers of one shop: balance, products, bills, tickets, transactions."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from paycli.sandbox.http import Reply
from paycli.sandbox.moments import write_moment
from paycli.sandbox.routes import Refused
from paycli.sandbox.tora.catalogue import BILLS, PROVIDERS, TICKETS, Bill, Product, ProductProvider, TicketProduct
from paycli.sandbox.world import NoSuchThingError, World

BALANCE = 100_000
KEY_LIFETIME = timedelta(hours=24)
TEN = 10


@dataclass
class Transaction:
    """A sale, a bill payment or a ticket: what the shop was charged, and what became of it."""

    id: str
    type: str
    product: tuple[str, str]
    amount: int
    terminal: int | None
    created: datetime
    reference: str | None = None
    status: str = "captured"
    canceled: datetime | None = None
    details: dict[str, Any] = field(default_factory=dict)

    def row(self) -> dict[str, Any]:
        """Return it as the list shows it."""
        return {
            "id": self.id,
            "terminalId": self.terminal,
            "type": self.type,
            "product": {"code": self.product[0], "name": self.product[1]},
            "amount": self.amount,
            "status": self.status,
            "createdAt": write_moment(self.created),
            "canceledAt": write_moment(self.canceled) if self.canceled else None,
            "reference": self.reference,
        }

    def shown(self) -> dict[str, Any]:
        """Return it with its details."""
        return {**self.row(), "details": self.details}


@dataclass
class TicketRequest:
    """A customer's wish for a ticket, until the one-time password comes back."""

    product: TicketProduct
    mobile: str
    otp: str
    terminal: int | None
    ending: int | None = None
    thousand: int | None = None
    odd_or_even: str | None = None
    issued: bool = False


@dataclass
class Reclamation:
    """A request to cancel a transaction."""

    id: int
    transaction: str
    amount: int
    status: str = "pending"


@dataclass
class Report:
    """A file in the making; how often it was asked for decides when it is there."""

    id: str
    type: str
    filename: str
    polls: int = 0
    status: str = "pending"

    def shown(self) -> dict[str, Any]:
        """Return it as both operations answer."""
        return {"id": self.id, "type": self.type, "filename": self.filename, "status": self.status}


@dataclass
class Remembered:
    """The first answer under an idempotency key, and to what it was the answer."""

    operation: tuple[str, str]
    body: Any
    reply: Reply
    at: datetime


@dataclass
class State:
    """One shop at Tora; amounts are euro cents."""

    world: World
    balance: int = BALANCE
    providers: list[ProductProvider] = field(default_factory=lambda: list(PROVIDERS))
    bills: dict[str, Bill] = field(default_factory=lambda: {bill.code: bill.copy() for bill in BILLS})
    tickets: dict[str, TicketProduct] = field(default_factory=lambda: {ticket.code: ticket for ticket in TICKETS})
    requests: dict[str, TicketRequest] = field(default_factory=dict)
    transactions: dict[str, Transaction] = field(default_factory=dict)
    reclamations: dict[int, Reclamation] = field(default_factory=dict)
    reports: dict[str, Report] = field(default_factory=dict)
    answers: dict[str, Remembered] = field(default_factory=dict)

    def now(self) -> datetime:
        """Return the present second, which is what the wire can tell."""
        return self.world.clock.now().replace(microsecond=0)

    def product(self, code: str) -> Product | None:
        """Return the topup product of a code; the document writes one and the same code in both cases."""
        products = (product for provider in self.providers for product in provider.products)
        return next((product for product in products if product.code.upper() == code.upper()), None)

    def record(
        self, kind: str, product: tuple[str, str], amount: int, terminal: int | None, **more: Any
    ) -> Transaction:
        """Charge the shop and write the transaction down. Raises Refused when the balance does not suffice."""
        if amount > self.balance:
            raise Refused(422, "INSUFFICIENT_BALANCE", "The balance of the merchant does not suffice")
        self.balance -= amount
        made = Transaction(self.fresh_number(), kind, product, amount, terminal, self.now(), **more)
        made.details["extTransId"] = self.world.digits(12)
        self.transactions[made.id] = made
        return made

    def fresh_number(self) -> str:
        """Return an identifier of nine digits that nothing has yet."""
        while (number := f"{self.world.chance.randrange(10**8, 10**9)}") in self.transactions:
            pass
        return number

    def cancel(self, transaction: Transaction) -> None:
        """Give the money back and mark the transaction."""
        transaction.status = "canceled"
        transaction.canceled = self.now()
        self.balance += transaction.amount
        bill = self.bills.get(transaction.details.get("paymentCode", ""))
        if bill:
            bill.paid -= transaction.details["paymentAmount"]

    def afford(self, amount: int) -> None:
        """Make sure that the balance holds an amount, with ten times of it when it does not."""
        if self.balance < amount:
            self.balance += TEN * amount

    def request(self, number: str) -> TicketRequest:
        """Return a ticket request. Raises NoSuchThingError."""
        if number not in self.requests:
            raise NoSuchThingError(f"Tora's sandbox has no e-laiko request {number!r}.")
        return self.requests[number]
