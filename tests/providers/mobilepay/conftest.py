"""paycli's own commands, over a till in this process instead of a network."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from paycli.commands.session import Session
from paycli.operations.provider import Provider
from paycli.sending.pipeline import Pipeline, Reporter
from tests.helpers import Result
from tests.providers.mobilepay.doubles import TOKEN, Till

Run = Callable[..., Result]


class Quick:
    """A clock that waits for nobody and remembers how long it was asked to."""

    def __init__(self) -> None:
        self.time = 0.0
        self.slept: list[float] = []
        self.each: Callable[[], None] = lambda: None

    def monotonic(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.each()
        self.slept.append(seconds)
        self.time += seconds


@pytest.fixture
def clock() -> Quick:
    """Return the clock of the commands."""
    return Quick()


@pytest.fixture
def till(monkeypatch: pytest.MonkeyPatch, clock: Quick) -> Till:
    """Return a till that every command of this test speaks to, under a profile made of variables."""
    till = Till()
    usual = Session.pipeline

    def made(session: Session, declared: Provider, reporter: Reporter) -> Pipeline:
        return replace(usual(session, declared, reporter), connect=lambda _profile, _total: till.exchange, clock=clock)

    monkeypatch.setattr(Session, "pipeline", made)
    settings = {"PROVIDER": "mobilepay", "ENVIRONMENT": "test", "BIO_CODE": "B10-OF-MINE", "ACCESS_TOKEN": TOKEN}
    for name, value in settings.items():
        monkeypatch.setenv(f"PAYCLI_CI_{name}", value)
    return till


@pytest.fixture
def pay(run: Any, till: Till) -> Run:
    """Return a function that runs a command of the provider against the till."""
    assert till.sent == []
    return lambda *words: run("mobilepay", *words)
