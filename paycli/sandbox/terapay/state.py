"""What TeraPay's sandbox remembers: users and their rights, money, clients, customers, batches and transfers."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from paycli.sandbox.moments import write_moment
from paycli.sandbox.routes import Refused
from paycli.sandbox.shapes import CENT
from paycli.sandbox.terapay.access import API_KEY, API_SECRET, PORTAL_PASSWORD, PORTAL_USERNAME
from paycli.sandbox.terapay.people import Key, Permission, Role, User, seal
from paycli.sandbox.world import World

TEN = 10
BALANCE = Decimal("100000.00")
# Fixed, so that examples can name them.
EVERYTHING = "00000000-0000-4000-8000-00000000a001"
ADMINISTRATOR = "00000000-0000-4000-8000-00000000a002"
CLERK = "00000000-0000-4000-8000-00000000a003"
MERCHANT = "00000000-0000-4000-8000-00000000a004"


def exact(amount: Decimal | int) -> Decimal:
    """Return an amount with its two decimals."""
    return Decimal(amount).quantize(CENT)


@dataclass
class Wallet:
    """A customer's wallet, or the account's own, with everything that moved in it."""

    id: str
    email: str
    password: str
    full_name: str | None = None
    balance: Decimal = Decimal("0.00")
    entries: list[dict[str, Any]] = field(default_factory=list)


@dataclass
class Client:
    """A company or a person that money goes to, once it is approved."""

    id: str
    fields: dict[str, Any]
    status: str = "Pending"

    def shown(self) -> dict[str, Any]:
        """Return it as an answer shows it."""
        return {"clientId": self.id, "status": self.status, **self.fields}


@dataclass
class Transfer:
    """Money on its way to a bank account or a telephone, perhaps a client's."""

    id: str
    amount: Decimal
    receiver: str
    bank_code: str
    channel: str
    narration: str
    status: str
    created: datetime
    client: str | None = None
    otp: str | None = None

    def shown(self) -> dict[str, Any]:
        """Return it as an answer shows it, without its one-time password."""
        return {
            "transactionId": self.id,
            "receiverAccount": self.receiver,
            "receiverBankCode": self.bank_code,
            "amount": self.amount,
            "narration": self.narration,
            "status": self.status,
            "createdAt": write_moment(self.created),
        }


@dataclass
class Item:
    """One payment of a batch."""

    id: str
    destination: str
    amount: Decimal
    status: str = "Pending"
    attempts: int = 0
    failure: str | None = None
    doomed: bool = False

    def shown(self) -> dict[str, Any]:
        """Return it as a batch shows it."""
        return {
            "itemId": self.id,
            "destination": self.destination,
            "amount": self.amount,
            "status": self.status,
            "attempts": self.attempts,
            "failureReason": self.failure,
        }


@dataclass
class Batch:
    """Payments that are submitted together and processed together."""

    id: str
    name: str
    items: list[Item]
    created: datetime

    @property
    def status(self) -> str:
        """Return its status, which follows from its items'."""
        held = {item.status for item in self.items}
        if "Processing" in held:
            return "Processing"
        if held <= {"Completed", "Failed"}:
            return held.pop() if len(held) == 1 else "PartiallyCompleted"
        return "Submitted"

    def shown(self) -> dict[str, Any]:
        """Return it as an answer shows it."""
        return {
            "batchId": self.id,
            "batchName": self.name,
            "status": self.status,
            "totalAmount": sum((item.amount for item in self.items), Decimal("0.00")),
            "createdAt": write_moment(self.created),
            "items": [item.shown() for item in self.items],
        }


@dataclass
class State:
    """One account at TeraPay; amounts are major units of its one currency."""

    world: World
    balance: Decimal = BALANCE
    permissions: dict[str, Permission] = field(default_factory=dict)
    roles: dict[str, Role] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    keys: dict[str, Key] = field(default_factory=dict)
    cookies: dict[str, tuple[str, datetime]] = field(default_factory=dict)
    tokens: dict[str, tuple[str, datetime]] = field(default_factory=dict)
    customers: dict[str, Wallet] = field(default_factory=dict)
    clients: dict[str, Client] = field(default_factory=dict)
    transfers: dict[str, Transfer] = field(default_factory=dict)
    batches: dict[str, Batch] = field(default_factory=dict)
    merchant: Wallet = field(default_factory=lambda: Wallet(MERCHANT, "", "", "The account's own wallet"))

    def __post_init__(self) -> None:
        """Let the sandbox's own clerk do everything."""
        self.permissions[EVERYTHING] = Permission(EVERYTHING, "Everything", "*", "/*")
        self.roles[ADMINISTRATOR] = Role(ADMINISTRATOR, "Administrator", [EVERYTHING])
        clerk = User(CLERK, "clerk", PORTAL_USERNAME, [ADMINISTRATOR], password=seal(PORTAL_PASSWORD))
        self.users[clerk.id] = clerk
        self.keys[API_KEY] = Key(clerk.id, seal(API_SECRET))

    def now(self) -> datetime:
        """Return the present second."""
        return self.world.clock.now().replace(microsecond=0)

    def user_by_email(self, email: str) -> User | None:
        """Return the user with an e-mail address, in whatever case."""
        return next((user for user in self.users.values() if user.email.lower() == email.lower()), None)

    def customer_by_email(self, email: str) -> Wallet | None:
        """Return the customer with an e-mail address, in whatever case."""
        return next((held for held in self.customers.values() if held.email.lower() == email.lower()), None)

    def pay_out(self, amount: Decimal) -> None:
        """Take an amount off the account. Raises Refused when it is not there."""
        if amount > self.balance:
            raise Refused(422, "INSUFFICIENT_FUNDS", "The balance of the account does not suffice")
        self.balance -= amount

    def afford(self, amount: Decimal) -> None:
        """Make sure that the account holds an amount, with ten times of it when it does not."""
        if self.balance < amount:
            self.balance += TEN * amount
