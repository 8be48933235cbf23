"""A MobilePay in this process: it keeps payments, refunds and tills, and answers the pipeline's requests.

It is a double for the way of a change, not a second reading of the document.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from paycli.journal.entry import Entry
from paycli.journal.store import Journal
from paycli.operations.catalog import provider
from paycli.operations.operation import Operation
from paycli.operations.outcome import Answer, Fault, Flow, Outcome
from paycli.profiles.file import parse_profiles
from paycli.profiles.profile import Profile
from paycli.profiles.resolve import Profiles
from paycli.profiles.secrets import EnvironmentSecrets, Sources
from paycli.sending.pipeline import Asked, Done, Pipeline
from paycli.sending.terms import Panel, Terms

PAYMENT = "3f2504e0-4f89-41d3-9a0c-0305e82c3301"
REFUND = "9b1c7e42-6d0a-4f0e-8c55-3a2f6d9e1c86"
TOKEN = "token-of-the-till-91c"
LOST = Fault("lost", may_have_left=True)


@dataclass
class Till:
    """The other side: what it holds, what it was sent, and what is to go wrong.

    ``lose`` are paths whose answer is lost after they were carried out; ``drop`` those that never arrive; ``before``
    is called with each path before it is answered.
    """

    payments: dict[str, dict[str, Any]] = field(default_factory=dict)
    refunds: dict[str, dict[str, Any]] = field(default_factory=dict)
    pos: dict[str, str] = field(default_factory=dict)
    lose: set[str] = field(default_factory=set)
    drop: set[str] = field(default_factory=set)
    sent: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)
    before: Callable[[str], None] = lambda _path: None
    status: int = 200

    def payment(self, status: str, amount: str = "100.00", identifier: str = PAYMENT, order: str = "A-1") -> None:
        """Put a payment there."""
        self.payments[identifier] = {"status": status, "amount": amount, "currencyCode": "DKK", "orderId": order}

    def refund(self, status: str, amount: str = "30.00", identifier: str = REFUND, order: str = "R-0") -> None:
        """Put a refund there."""
        held = {"status": status, "amount": amount, "currencyCode": "DKK", "refundOrderId": order}
        self.refunds[identifier] = {**held, "paymentId": PAYMENT}

    def exchange(
        self, method: str, url: str, sent: dict[str, str], body: bytes, *, stream: bool, fresh: bool
    ) -> Answer | Flow | Fault:
        """Answer one request."""
        assert sent["Accept"] == "application/json"
        if method == "HEAD":
            return Answer(404)
        assert (stream, fresh and method != "GET") == (False, False)
        split = urlsplit(url)
        path = split.path.removeprefix("/api/pos/")
        fields = json.loads(body) if body else dict(parse_qsl(split.query))
        self.before(path)
        self.sent.append((method, path, fields))
        if path in self.drop:
            return LOST
        answer = self._answer(path, fields)
        if path in self.lose:
            return LOST
        failed = answer.get("success") is False
        return Answer(self.status if failed else 200, {}, json.dumps(answer).encode())

    def paths(self) -> list[str]:
        """Return the routes that were sent."""
        return [path for _, path, _ in self.sent]

    def _answer(self, path: str, fields: dict[str, str]) -> dict[str, Any]:
        handler = getattr(self, "_" + path.replace("/", "_"))
        try:
            value: dict[str, Any] = handler(fields)
        except KeyError:
            return {"success": False, "errors": ["not found"]}
        except ValueError as problem:
            return {"success": False, "errors": [str(problem)]}
        return {**value, "success": True, "errors": []}

    def _payments(self, fields: dict[str, str]) -> dict[str, Any]:
        ended = ("Captured", "Cancelled", "Expired", "Rejected")
        found = [
            identifier
            for identifier, payment in self.payments.items()
            if not payment["status"].startswith(ended)
            and payment["orderId"] == fields.get("orderId", payment["orderId"])
        ]
        return {"paymentsIds": found}

    def _payment_details(self, fields: dict[str, str]) -> dict[str, Any]:
        return {"payment": {"paymentId": fields["paymentId"], **self.payments[fields["paymentId"]]}}

    def _payment_status(self, fields: dict[str, str]) -> dict[str, Any]:
        return {"paymentStatus": self.payments[fields["paymentId"]]["status"]}

    def _payment_start(self, fields: dict[str, str]) -> dict[str, Any]:
        if any(payment["status"] == "Initiated" for payment in self.payments.values()):
            raise ValueError("PoS error 1301: conflict")
        self.payment("Initiated", fields["amount"], order=fields["orderId"])
        return {"paymentId": PAYMENT}

    def _payment_ready(self, fields: dict[str, str]) -> dict[str, Any]:
        self.payments[fields["paymentId"]]["status"] = "Initiated"
        return {"message": "ready"}

    def _payment_capture(self, fields: dict[str, str]) -> dict[str, Any]:
        self.payments[fields["paymentId"]]["status"] = "Captured"
        return {"message": "ok"}

    def _payment_cancel(self, fields: dict[str, str]) -> dict[str, Any]:
        self.payments[fields["paymentId"]]["status"] = "CancelledByClient"
        return {"message": "ok"}

    def _refunds(self, _fields: dict[str, str]) -> dict[str, Any]:
        return {"refundsIds": list(self.refunds)}

    def _refund_details(self, fields: dict[str, str]) -> dict[str, Any]:
        return {"refundId": fields["refundId"], **self.refunds[fields["refundId"]]}

    def _refund_create(self, fields: dict[str, str]) -> dict[str, Any]:
        self.refund("Reserved", fields["amount"], order=fields["refundOrderId"])
        return {"refundId": REFUND}

    def _refund_capture(self, fields: dict[str, str]) -> dict[str, Any]:
        self.refunds[fields["refundId"]]["status"] = "Captured"
        return {"message": "ok"}

    def _refund_cancel(self, fields: dict[str, str]) -> dict[str, Any]:
        self.refunds[fields["refundId"]]["status"] = "CancelledByClient"
        return {"message": "ok"}

    def _manage_terminal_information(self, fields: dict[str, str]) -> dict[str, Any]:
        if fields["terminalId"] not in self.pos:
            raise ValueError("the terminal is not set up")
        return {"posInformation": {"posId": self.pos[fields["terminalId"]], "name": "Till"}}

    def _manage_create(self, fields: dict[str, str]) -> dict[str, Any]:
        self.pos[fields["terminalId"]] = "c2a8f7d1-52b3-4e6a-9f10-7d4b8e6a1c39"
        return {"message": "ok"}

    def _manage_delete(self, fields: dict[str, str]) -> dict[str, Any]:
        del self.pos[fields["terminalId"]]
        return {"message": "ok"}

    def _manage_token_reset(self, fields: dict[str, str]) -> dict[str, Any]:
        assert fields["previousAccessToken"]
        return {"accessToken": "a-new-token-8f31b6"}

    def _manage_token(self, _fields: dict[str, str]) -> dict[str, Any]:
        return {"accessToken": "a-new-token-8f31b6"}


class Reporter:
    """Keeps what is said."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.learnt: list[str] = []
        self.shown: list[str] = []
        self.panels: list[Panel] = []

    def secrets(self, values: list[str]) -> None:
        self.learnt += values

    def change(self, profile: Profile, host: str) -> None:
        self.said.append(f"{profile.name} {host}")

    def chosen(self, profile: Profile, proxy: str | None) -> None:
        """Say nothing."""

    def preview(self, _line: str) -> None:
        """Say nothing."""

    def warn(self, sentence: str) -> None:
        self.said.append(sentence)

    progress = warn

    def confirm(self, panel: Panel) -> None:
        self.panels.append(panel)

    def exchange(self, method: str, url: str, sent: Any, body: bytes, result: Any) -> None:
        self.shown.append(f"{method} {url} {sent} {body.decode()} {type(result).__name__}")


class Shop:
    """A profile at the till, a journal in a folder, and a clock that is moved."""

    def __init__(self, directory: Path, till: Till, more: str = "") -> None:
        self.now = datetime(2026, 3, 2, 9, 15, tzinfo=UTC)
        self.directory = directory
        self.till = till
        self.reporter = Reporter()
        self.time = 0.0
        self.slept: list[float] = []
        text = f"profiles: {{shop: {{provider: mobilepay, environment: test, bio_code: B-7{more}}}}}"
        self.environ = {"PAYCLI_SHOP_ACCESS_TOKEN": TOKEN}
        self.profile = Profiles(parse_profiles(text.encode(), Path("p")), self.environ).profile("shop")
        self.declared = provider("mobilepay")
        self.done: Done | None = None

    @property
    def pipeline(self) -> Pipeline:
        """The pipeline over this world."""
        return Pipeline(
            self.declared,
            self.reporter,
            connect=lambda _profile, _total: self.till.exchange,
            sources=lambda _provider, _notice: Sources((EnvironmentSecrets(self.environ),)),
            clock=self,
            journal=self.journal,
        )

    def operation(self, command: str) -> Operation:
        """Return a declared operation."""
        return self.declared.load(command.split(maxsplit=1)[0])[command]

    def run(self, command: str, terms: dict[str, Any] | None = None, **values: Any) -> Outcome:
        """Run a command with built values and return its outcome."""
        asked = Asked(self.operation(command), lambda _facts: values, terms=Terms(**(terms or {})))
        self.done = self.pipeline.send_under(self.profile, asked)
        return self.done.outcome

    def journal(self) -> Journal:
        """Return the journal at this world's time."""
        return Journal(self.directory, lambda: self.now)

    def entries(self) -> list[Entry]:
        """Return what the journal holds."""
        return list(Journal(self.directory).entries())

    def monotonic(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += seconds
