"""All five providers in this process: the sandbox's core instead of a network, for whatever paycli sends."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from paycli.commands.session import Session
from paycli.operations.outcome import Answer, Fault, Flow
from paycli.operations.provider import Provider
from paycli.sandbox.core import Sandbox
from paycli.sending.pipeline import Pipeline, Reporter
from tests.helpers import Result
from tests.simulation.network import call_of

UAH = ("--currency", "UAH")
LIMIT = 30


@dataclass
class Core:
    """The providers, what they were asked, an address that hangs until it may go on, and one that never answers."""

    run: Callable[..., Result]
    sandbox: Sandbox = field(default_factory=Sandbox)
    asked: list[str] = field(default_factory=list)
    executed: list[str] = field(default_factory=list)
    hanging: str = ""
    losing: str = ""
    released: threading.Event = field(default_factory=threading.Event)

    def exchange(
        self, method: str, url: str, sent: dict[str, str], body: bytes, *, stream: bool, fresh: bool
    ) -> Answer | Flow | Fault:
        """Answer one request."""
        call = call_of(method, url, sent, body)
        assert not (fresh and method != "GET")
        told = f"{method} {call.path}"
        self.asked.append(told)
        if self.hanging and self.hanging in url:
            assert self.released.wait(LIMIT)
        if self.losing and self.losing in url:
            return Fault("no complete answer within the time allowed", may_have_left=True)
        reply = self.sandbox.handle(call.method, call.path, call.query, call.headers, call.body)
        if reply.executed:
            self.executed.append(told)
        headers = {name.lower(): value for name, value in reply.headers.items()}
        if stream and 200 <= reply.status < 300:
            return Flow(reply.status, headers, iter([reply.content()]), lambda: None)
        return Answer(reply.status, headers, reply.content())

    def paycli(self, *words: str) -> Any:
        """Run a command under the sandbox's profile, which must succeed, and return its answer."""
        ended = self.run(*words, "-p", "sandbox", "-o", "json")
        assert ended.code == 0, ended.err
        return ended.json

    def act(self, *words: str) -> None:
        """Let somebody do something at a provider."""
        self.sandbox.act(*words)

    def order(self, order: str, method: str = "auth", amount: str = "100") -> None:
        """Let somebody pay an order at Tranzzo."""
        words = ("--method", method, "--amount", amount, *UAH, "--description", "test")
        self.paycli("tranzzo", "pay", "hosted", order, *words)
        self.act("tranzzo", "pay", order)

    def payment(self, order: str) -> str:
        """Start a payment at a till, approve it, and return its identifier."""
        started = self.paycli("mobilepay", "payments", "start", "T-1001", "--order-id", order, "--amount", "12.50")
        self.act("mobilepay", "check-in", "T-1001")
        self.act("mobilepay", "reserve", started["paymentId"])
        return str(started["paymentId"])


@pytest.fixture
def core(run: Any, monkeypatch: pytest.MonkeyPatch) -> Core:
    """Return the providers to which every command of this test speaks."""
    core = Core(run)
    usual = Session.pipeline

    def made(session: Session, declared: Provider, reporter: Reporter) -> Pipeline:
        return replace(usual(session, declared, reporter), connect=lambda _profile, _total: core.exchange)

    monkeypatch.setattr(Session, "pipeline", made)
    return core
