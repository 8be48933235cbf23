"""A shop at a provider that is a real server of this process, with the sandbox's core behind it."""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from paycli.sandbox.core import Sandbox
from paycli.sandbox.tranzzo.access import API_KEY, API_SECRET, ENDPOINTS_KEY, POS_ID
from tests.helpers import Result
from tests.sandbox.tranzzo_shop import order, pay
from tests.serving import Answered, Came, Host, serve

Run = Callable[..., Result]
Between = Callable[[Came, Callable[[], Answered]], Answered]
REFUND = "/tranzzo/api/v1/refund"
SECRETS = (API_KEY, API_SECRET, ENDPOINTS_KEY)


@dataclass
class Shop:
    """The provider with the paid order A-1 of 100 UAH; ``between`` stands between it and whoever asks."""

    run: Run
    core: Sandbox = field(default_factory=lambda: Sandbox(chance=random.Random(1)))
    between: Between = lambda _came, answer: answer()
    host: Host = field(default_factory=lambda: Host(lambda _came: Answered()))

    def answer(self, came: Came) -> Answered:
        """Answer as the provider does, unless what is between does otherwise."""
        return self.between(came, lambda: self._asked(came))

    def _asked(self, came: Came) -> Answered:
        parts = urlsplit(came.path)
        query = dict(parse_qsl(parts.query, keep_blank_values=True))
        reply = self.core.handle(came.method, parts.path, query, came.headers, came.body)
        return Answered(reply.status, reply.body, headers={k: v for k, v in reply.headers.items() if k == "Location"})

    def refund(self, *more: str, amount: str = "10") -> Result:
        """Refund an amount of the order."""
        return self.run("tranzzo", "refund", "A-1", "--amount", amount, "-p", "shop", *more)

    def read(self, *more: str) -> Result:
        """Look at the order."""
        return self.run("tranzzo", "orders", "show", "A-1", "-p", "shop", *more)

    def entries(self) -> list[dict[str, Any]]:
        """Return what the journal holds, oldest first."""
        rows: list[dict[str, Any]] = self.run("journal", "list", "--all").json
        return rows[::-1]

    def states(self) -> list[str]:
        """Return the states of what the journal holds."""
        return [row["state"] for row in self.entries()]

    @property
    def refunded(self) -> list[float]:
        """The amounts that the provider gave back."""
        return [row["amount"] for row in order(self.core) if row["method"] == "refund" and row["status"] == "success"]

    @property
    def arrived(self) -> list[str]:
        """The method of every request that arrived."""
        return [came.method for came in self.host.came]


def variables(address: str) -> dict[str, str]:
    """Return the variables of a profile ``shop`` at an address."""
    return {
        "PAYCLI_SHOP_PROVIDER": "tranzzo",
        "PAYCLI_SHOP_ENVIRONMENT": "test",
        "PAYCLI_SHOP_BASE_URL": f"{address}/tranzzo",
        "PAYCLI_SHOP_CURRENCY": "UAH",
        "PAYCLI_SHOP_POS_ID": POS_ID,
        "PAYCLI_SHOP_API_KEY": API_KEY,
        "PAYCLI_SHOP_API_SECRET": API_SECRET,
        "PAYCLI_SHOP_ENDPOINTS_KEY": ENDPOINTS_KEY,
        "PAYCLI_SHOP_TIMEOUT_SETTLE": "1",
    }


@contextmanager
def opened(run: Run, patch: pytest.MonkeyPatch, secure: Any = None, name: str | None = None) -> Iterator[Shop]:
    """Open the shop until the block ends, over TLS where asked for, under a name that only a proxy may know."""
    shop = Shop(run)
    pay(shop.core)
    with serve(shop.answer, secure) as host:
        shop.host = host
        address = host.address.replace("127.0.0.1", name) if name else host.address
        for variable, value in variables(address).items():
            patch.setenv(variable, value)
        yield shop


def port_of(address: str) -> int:
    """Return the port of an address."""
    return urlsplit(address).port or 0


def told(result: Result) -> str:
    """Return all that a run said."""
    return result.out + result.err


def contents(folder: Path) -> set[str]:
    """Return the names of everything in a folder."""
    return {path.name for path in folder.iterdir()}
