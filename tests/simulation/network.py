"""A network that can lose, delay, repeat and cut anything, both ways, between paycli and the sandbox's core."""

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from paycli.operations.outcome import Answer, Fault, Flow
from paycli.operations.wire import NotJson, decode
from paycli.sandbox.core import MARK, Sandbox
from paycli.sandbox.http import Call, Reply
from tests.simulation.scheduler import Process, Scheduler

CONNECT, READ = 5.0, 35.0
LATEST = 600.0
"""Seconds after which nothing that was sent arrives any more; with what a read may lag, below ``late_arrival``."""
LAG = 120.0


@dataclass
class Network:
    """Everything between the machines and the providers."""

    scheduler: Scheduler
    sandbox: Sandbox
    chance: random.Random
    trouble: float = 0.0
    hides_marks: bool = False
    injected: Counter[str] = field(default_factory=Counter)
    handled: Callable[[Process, Call, Reply], None] = lambda _process, _call, _reply: None
    twins: int = 0
    last_change: float = 0.0

    def of(self, process: Process) -> Callable[..., Answer | Flow | Fault]:
        """Return the way from one process to the providers."""

        def exchange(
            method: str, url: str, sent: dict[str, str], body: bytes, *, stream: bool, fresh: bool
        ) -> Answer | Flow | Fault:
            assert not (fresh and method != "GET")
            result = self._exchange(process, call_of(method, url, sent, body))
            if stream and isinstance(result, Answer) and 200 <= result.status < 300:
                return Flow(result.status, result.headers, iter([result.body]), lambda: None)
            return result

        return exchange

    def _exchange(self, process: Process, call: Call) -> Answer | Fault:
        process.step(self.chance.choice((0.0, 0.0, 0.1)))
        kind = self._trouble()
        if kind == "refused":
            process.step(self.chance.choice((0.0, CONNECT)))
            return Fault("no connection", may_have_left=False)
        try:
            return self._travel(process, call, kind)
        except KeyboardInterrupt:
            return Fault("it was interrupted while the answer was awaited", may_have_left=True, interrupted=True)

    def _travel(self, process: Process, call: Call, kind: str | None) -> Answer | Fault:
        """Carry a request whose first byte has left."""
        match kind:
            case "lost":
                process.step(READ)
                return Fault("no complete answer within the time allowed", may_have_left=True)
            case "late":
                self.scheduler.later(self.chance.uniform(1, LATEST), partial(self._deliver, process, call))
                process.step(READ)
                return Fault("no complete answer within the time allowed", may_have_left=True)
            case "401" | "408" | "409" | "429" | "500" | "503":
                process.step(0.1)
                return _answer(self.sandbox.error(call.path, int(kind)))
            case "redirect":
                return Answer(302, {"location": "https://elsewhere.invalid/"})
        process.step(self.chance.choice((0.0, 0.0, 0.1)))
        reply = self._deliver(process, call, kind)
        process.step(self.chance.choice((0.0, 0.0, 1.0)))
        return self._answered(process, kind, _answer(reply))

    def _answered(self, process: Process, kind: str | None, answer: Answer) -> Answer | Fault:
        """Carry an answer back."""
        match kind:
            case "answer lost":
                process.step(READ)
                return Fault("no complete answer within the time allowed", may_have_left=True)
            case "cut":
                return Fault("the connection broke before the answer was complete", may_have_left=True)
            case "garbage":
                return Answer(answer.status, {}, answer.body[: len(answer.body) // 2] + b"\xff{")
            case "bad gateway":
                return Answer(502, {"content-type": "text/html"}, b"<html>502</html>")
            case "500 after":
                return Answer(500, {}, b"{}")
        return Answer(answer.status, answer.headers, MARK.sub(b"", answer.body)) if self.hides_marks else answer

    def _deliver(self, process: Process, call: Call, kind: str | None = None) -> Reply:
        """Let the provider handle a request that arrived, whatever became of who sent it."""
        fault = {"twice": "repeat", "twin": "twin", "pending": "pending", "stale": "stale-read"}.get(kind or "")
        reply = self.sandbox.handle(call.method, call.path, call.query, call.headers, call.body, fault)
        self.handled(process, call, reply)
        if reply.executed:
            self.last_change = self.scheduler.time
            if kind == "twin":
                self.twins += 1
        return reply

    def _trouble(self) -> str | None:
        if self.chance.random() >= self.trouble:
            return None
        kind = self.chance.choice(TROUBLES)
        if kind == "stale" and self.scheduler.time - self.last_change > LAG:
            return None
        self.injected[kind] += 1
        return kind


TROUBLES = (
    *("refused", "lost", "late", "late", "answer lost", "answer lost", "cut", "garbage", "bad gateway", "500 after"),
    *("401", "408", "409", "429", "500", "503", "redirect", "twice", "twin", "pending", "stale", "stale"),
)


def _answer(reply: Reply) -> Answer:
    return Answer(reply.status, {name.lower(): value for name, value in reply.headers.items()}, reply.body)


def call_of(method: str, url: str, sent: dict[str, str], body: bytes) -> Call:
    """Return a request as the sandbox's core takes it."""
    parts = urlsplit(url)
    headers = {name.lower(): value for name, value in sent.items()}
    return Call(method, parts.path, dict(parse_qsl(parts.query, keep_blank_values=True)), headers, body)


def fields_of(call: Call) -> Any:
    """Return what a request carries, for a failing history to be read."""
    try:
        return decode(call.body) if call.body else dict(call.query)
    except NotJson:
        return call.body
