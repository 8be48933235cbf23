"""A sandbox in this process whose calls meet random faults, and that watches what is done how often."""

import json
import random
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from paycli.sandbox.core import Sandbox
from paycli.sandbox.faults import KINDS
from paycli.sandbox.http import Call, Reply
from paycli.sandbox.server import Server
from tests.helpers import isolated
from tests.sandbox.tranzzo_shop import CARD, pay

REFUND = "/api/v1/refund"


class Troubled(Sandbox):
    """The core, with a share of calls that meet a fault, and a count of the refunds of each order."""

    def __init__(self, seed: int = 1) -> None:
        self.trouble = 0.0
        self.kinds: Sequence[str] = tuple(KINDS)
        self.dice = random.Random(seed)
        self.met: Counter[str] = Counter()
        self.refunds: Counter[str] = Counter()
        self.refunded = Decimal(0)
        self.most = 0
        super().__init__()

    @property
    def keeps_earlier(self) -> bool:
        """Whether the state before this call is kept for a stale read: now and then, since a copy of it takes long."""
        return self.trouble > 0 and self.dice.random() < 0.1

    @keeps_earlier.setter
    def keeps_earlier(self, _value: bool) -> None:
        """Leave it to chance."""

    def fault(self, method: str, path: str) -> str | None:
        """Return a random fault for a share of the calls, else one that was added."""
        with self.lock:
            kind = self.dice.choice(self.kinds) if self.dice.random() < self.trouble else None
            if kind:
                self.met[kind] += 1
        return kind or super().fault(method, path)

    def _remembered(self, name: str, call: Call) -> Reply:
        reply = super()._remembered(name, call)
        if reply.executed and call.path == REFUND:
            body = json.loads(call.body)
            self.refunds[body["order_id"]] += 1
            self.refunded += Decimal(str(body["refund_amount"]))
            self.most = max(self.most, self.refunds[body["order_id"]])
        return reply


@dataclass
class Shop:
    """The served sandbox, with paid orders, and the variables of a profile that knows it."""

    home: Path
    sandbox: Troubled
    server: Server
    orders: dict[str, Decimal] = field(default_factory=dict)

    @property
    def variables(self) -> dict[str, str]:
        """The variables of every process; time limits are short, since faults wait for them."""
        return {
            **isolated(self.home),
            "PAYCLI_SANDBOX_URL": self.server.address,
            "PAYCLI_SANDBOX_TRANZZO_TIMEOUT_CONNECT": "1",
            "PAYCLI_SANDBOX_TRANZZO_TIMEOUT_READ": "1",
            "PAYCLI_SANDBOX_TRANZZO_TIMEOUT_SETTLE": "1",
            "PAYCLI_SANDBOX_TRANZZO_LATE_ARRIVAL": "2s",
        }

    def pay(self, count: int) -> None:
        """Let customers pay so many orders, of different amounts; cents from 51 on mean something to the sandbox."""
        for number in range(1, count + 1):
            amount = Decimal(10 + number) + Decimal(number % 50) / 100
            pay(self.sandbox, CARD, order_id=f"O-{number}", amount=float(amount))
            self.orders[f"O-{number}"] = amount

    def file(self, name: str = "refunds.csv", **other: str) -> Path:
        """Write a file that refunds every order whole, with other amounts for those that are named."""
        path = self.home / name
        lines = [f"{order},{other.get(order.replace('-', '_'), amount)},UAH" for order, amount in self.orders.items()]
        path.write_text("\n".join(["order_id,amount,currency", *lines]) + "\n")
        return path

    def finish_pending(self) -> None:
        """Let the bank finish what it holds."""
        for order in self.orders:
            operations = self.sandbox.providers["tranzzo"].shop.orders[order].operations  # type: ignore[attr-defined]
            if any(operation["status"] == "pending" for operation in operations):
                self.sandbox.act("tranzzo", "finish", order)


@contextmanager
def troubled_shop(home: Path, orders: int, seed: int = 1) -> Iterator[Shop]:
    """Serve the sandbox in a thread until the block ends."""
    sandbox = Troubled(seed)
    server = Server(0, sandbox, "token")
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        shop = Shop(home, sandbox, server)
        shop.pay(orders)
        yield shop
    finally:
        server.shutdown()
        server.server_close()
