"""Every kind of fault over real sockets, once per retry rule: the exit code that is told, and what was executed."""

import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from paycli.operations.catalog import PROVIDERS, provider
from paycli.profiles.profile import Profile, Timeouts
from paycli.sandbox import mischief, server
from paycli.sandbox.core import Sandbox
from paycli.sandbox.faults import KINDS
from paycli.sandbox.http import Call, Reply
from paycli.sending.attempts import RealClock
from tests.jumping import Jumping

UAH = ("--currency", "UAH")
LIMIT = 30
SILENT = {"timeout", "commit-late", "drip"}
"""What only the time allowed ends."""


@dataclass(frozen=True)
class Rule:
    """A command with a retry rule, the route at which it meets the fault, and what each kind leads to.

    Every kind that is not named is told as ``usually``: an exit code and how often it was executed.
    """

    words: tuple[str, ...]
    route: str
    usually: tuple[int, int]
    cases: Mapping[str, tuple[int, int]]


RULES = {
    # Tried again by itself: one fault is not noticed.
    "always": Rule(
        ("tranzzo", "orders", "show", "F-1"),
        "GET /api/v1/pos/*",
        (0, 0),
        {"refuse": (5, 0), "401": (4, 0)},
    ),
    # Sent again with the same key: one fault is not noticed, and nothing is sold twice.
    "key": Rule(
        ("tora", "topups", "create", "MEL10"),
        "POST /topups",
        (0, 1),
        {"refuse": (5, 0), "401": (4, 0), "twin": (0, 2)},
    ),
    # Never sent again, and nothing tells: without the provider's word it stays unknown.
    "never": Rule(
        ("tranzzo", "webhooks", "resend", "F-1", "purchase"),
        "GET /api/v1/pos/*",
        (7, 0),
        {
            **dict.fromkeys(["slow", "pending", "stale-read"], (0, 1)),
            **dict.fromkeys(["truncate", "drip", "garbage", "html-502", "drop-after-commit", "commit-late"], (7, 1)),
            "429": (0, 1),
            **dict.fromkeys(["twin", "repeat"], (0, 2)),
            "refuse": (5, 0),
            "401": (4, 0),
        },
    ),
    # Never sent again; what was done is found by a look, what was not done stays unknown.
    "lookup": Rule(
        ("tranzzo", "refund", "F-1", "--amount", "10", *UAH),
        "POST /api/v1/refund",
        (0, 1),
        {
            "refuse": (5, 0),
            "401": (4, 0),
            **dict.fromkeys(["timeout", "reset", "drop-before-commit", "redirect", "408", "409", "500", "503"], (7, 0)),
            "pending": (8, 1),
            "twin": (0, 2),
            "repeat": (0, 2),
        },
    ),
}


class Counting(Sandbox):
    """A sandbox that counts what it executed; repeats and twins, which it makes itself, too."""

    executed = 0

    def _remembered(self, name: str, call: Call) -> Reply:
        reply = super()._remembered(name, call)
        self.executed += reply.executed
        return reply


class Work:
    """What the sandbox still does for requests that nobody waits for any more."""

    def __init__(self) -> None:
        self.open = 0
        self.changed = threading.Condition()

    def watched(self, spoil: Callable[..., None]) -> Callable[..., None]:
        """Return what counts while a fault is on its way."""

        def watching(*parts: Any) -> None:
            self._add(1)
            try:
                spoil(*parts)
            finally:
                self._add(-1)

        return watching

    def over(self) -> bool:
        """Wait until nothing is done any more."""
        with self.changed:
            return self.changed.wait_for(lambda: not self.open, LIMIT)

    def _add(self, count: int) -> None:
        with self.changed:
            self.open += count
            self.changed.notify_all()


@pytest.fixture
def served(config: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Counting]:
    """Return a sandbox served by this process, with an order that was paid, and profiles that know it."""
    monkeypatch.setattr(mischief, "SLOW", 0.1)
    monkeypatch.setattr(mischief, "DRIP", 0.05)
    _pause_until_nothing_is_done(monkeypatch)
    sandbox = Counting()
    serving = server.Server(0, sandbox, "token")
    thread = threading.Thread(target=serving.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    (config / "profiles.yaml").write_text(
        "profiles:\n" + "".join(_profile(name, serving.address) for name in PROVIDERS)
    )
    (config / "profiles.yaml").chmod(0o600)
    for name in PROVIDERS:
        for setting in provider(name).settings:
            if setting.secret and setting.sandbox:
                monkeypatch.setenv(f"PAYCLI_HASTY_{name.upper()}_{setting.name.upper()}", setting.sandbox)
    body = b'{"order_id": "F-1", "order_currency": "UAH"}'
    sandbox.furnish(Call("POST", "/tranzzo/api/v1/refund", body=body))
    yield sandbox
    serving.shutdown()
    serving.server_close()
    thread.join()


def _pause_until_nothing_is_done(patch: pytest.MonkeyPatch) -> None:
    """Let a pause of paycli be as long as the sandbox needs to end what it was asked for before."""
    work = Work()

    def sleep(clock: Jumping, seconds: float) -> None:
        assert work.over()
        Jumping.sleep(clock, seconds)

    patch.setattr(server, "spoil", work.watched(mischief.spoil))
    patch.setattr(RealClock, "sleep", sleep)


def _profile(name: str, address: str) -> str:
    plain = {setting.name: setting.sandbox for setting in provider(name).settings if not setting.secret}
    fields = {
        "provider": name,
        "environment": "test",
        "base_url": f"{address}/{name}",
        "timeout": "{connect: 5, read: 10, settle: 2}",
        **{field: text for field, text in plain.items() if text},
    }
    return f"  hasty-{name}:\n" + "".join(f"    {field}: {text}\n" for field, text in fields.items())


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("rule", RULES)
def test_what_a_fault_leads_to(
    served: Counting, run: Any, monkeypatch: pytest.MonkeyPatch, rule: str, kind: str
) -> None:
    """The exit code, the executions, and never a traceback."""
    case = RULES[rule]
    if kind in SILENT:
        monkeypatch.setattr(Profile, "timeouts", Timeouts(connect=0.3, read=0.3, settle=2))
    served.faults.add(case.words[0], case.route, kind, 1)
    ended = run(*case.words, "-p", f"hasty-{case.words[0]}")
    assert (ended.code, served.executed) == case.cases.get(kind, case.usually), ended.err
    assert "Traceback" not in ended.out + ended.err
