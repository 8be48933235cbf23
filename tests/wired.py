"""Commands in this process that speak to something in this process."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from paycli.commands.session import Session
from paycli.operations.outcome import Answer, Fault, Flow
from paycli.operations.provider import Provider
from paycli.profiles.profile import Profile
from paycli.sandbox.core import Sandbox
from paycli.sending.pipeline import Pipeline, Reporter

Exchange = Callable[..., Answer | Flow | Fault]


def wired(monkeypatch: pytest.MonkeyPatch, connect: Callable[[Profile, float | None], Exchange]) -> None:
    """Let every command of this test go out by another way."""
    usual = Session.pipeline

    def made(session: Session, declared: Provider, reporter: Reporter) -> Pipeline:
        return replace(usual(session, declared, reporter), connect=connect)

    monkeypatch.setattr(Session, "pipeline", made)


@dataclass
class Inside:
    """The sandbox's core as the other side, and what came, as method and path."""

    core: Sandbox = field(default_factory=Sandbox)
    came: list[str] = field(default_factory=list)

    def connect(self, _profile: Profile, _total: float | None) -> Exchange:
        """Return the way to the core."""
        return self.exchange

    def exchange(self, method: str, url: str, sent: dict[str, str], body: bytes, **_: Any) -> Answer:
        """Answer one request."""
        parts = urlsplit(url)
        self.came.append(f"{method} {parts.path}")
        headers = {name.lower(): value for name, value in sent.items()}
        query = dict(parse_qsl(parts.query, keep_blank_values=True))
        reply = self.core.handle(method, parts.path, query, headers, body)
        return Answer(reply.status, {name.lower(): value for name, value in reply.headers.items()}, reply.body)
