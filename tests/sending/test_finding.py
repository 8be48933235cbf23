"""A search under one profile: reads only, within its time, and honest about what it could not look through."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from paycli.errors import ConfigurationProblem, NothingSent, PaycliError, ProviderRefused, RefusedHere
from paycli.operations.catalog import all_operations, provider
from paycli.operations.looks import Hit, Sought, Status
from paycli.operations.operation import Operation, Request
from paycli.operations.outcome import Answer, Fault, Flow
from paycli.profiles.file import parse_profiles
from paycli.profiles.keyring import Keyring, KeyringProblem, SharedKeyring
from paycli.profiles.profile import Profile
from paycli.profiles.resolve import Profiles
from paycli.profiles.secrets import EnvironmentSecrets, SandboxSecrets, Sources
from paycli.sending.finding import Limit, TimeOver, search
from paycli.sending.line import Line
from paycli.sending.pipeline import Asked, Pipeline
from paycli.sending.together import Ended, Event, Found, Job, Put, Waiting, all_at_once
from tests.providers.mobilepay.doubles import Reporter

SINCE = datetime(2026, 2, 1, tzinfo=UTC)
CHANGES = [operation for operation in all_operations() if operation.changes]


class Patient(Limit):
    """Time in which pauses cost nothing."""

    def sleep(self, seconds: float) -> None:
        """Do not wait."""
        assert seconds < self.left()


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.time = 0.0

    def __call__(self) -> float:
        return self.time


@dataclass
class Host:
    """A provider's host in this process: answers by path, and what it was asked."""

    name: str
    answers: dict[str, Any] = field(default_factory=dict)
    environ: dict[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def exchange(
        self, method: str, url: str, sent: dict[str, str], body: bytes, *, stream: bool, fresh: bool
    ) -> Answer | Flow | Fault:
        """Answer one request; what is not known is not found."""
        assert (sent["Accept"], body, fresh) == ("application/json", b"", False)
        path = url.partition(f"/{self.name}")[2].partition("?")[0]
        self.asked.append(f"{method} {path}")
        status, content = self.answers.get(path, (404, {}))
        answer = Answer(status, {}, json.dumps(content).encode())
        return Flow(status, {}, iter([answer.body]), lambda: None) if stream and status == 200 else answer

    @property
    def profile(self) -> Profile:
        """The built-in profile, with what the variables of a test add."""
        return Profiles(parse_profiles(b"", Path("p")), self.environ).profile(f"sandbox-{self.name}")

    @property
    def pipeline(self) -> Pipeline:
        """The pipeline over this host."""
        declared = provider(self.name)
        return Pipeline(
            declared,
            Reporter(),
            connect=lambda _profile, _total: self.exchange,
            sources=lambda _declared, _notice: Sources((EnvironmentSecrets(self.environ), SandboxSecrets(declared))),
            clock=Patient(60),
            reads_only=True,
        )

    def search(self, text: str, note: Callable[[str], None] = lambda _: None) -> Iterator[Hit]:
        """Search for a text."""
        return search(self.pipeline, self.profile, Sought(text, SINCE), note)


@pytest.mark.parametrize("operation", CHANGES, ids=lambda operation: operation.name)
def test_nothing_that_changes_anything_goes_out_where_only_reads_may(operation: Operation) -> None:
    """Neither through the pipeline nor on the line below it: every declared change is refused with nothing sent."""
    host = Host(operation.provider)
    with pytest.raises(RefusedHere, match="only reads"):
        host.pipeline.send_under(host.profile, Asked(operation, lambda _facts: {}))
    with pytest.raises(RefusedHere, match="only reads"):
        Line(host.pipeline, host.profile, None)._send(operation, Request("GET", "base_url", "/"), {})
    assert host.asked == []


def test_a_wallets_statement_is_looked_through_for_who_is_signed_in() -> None:
    """By reference and by transaction, within the period; the command shows the entry alone."""
    entry = {"transactionId": "t-1", "externalReference": "INV-7", "type": "Debit", "amount": "12.50"}
    rows = [
        {**entry, "transactionId": "t-0", "externalReference": "INV-70"},
        {**entry, "createdAt": "2026-03-02T09:15:00Z"},
    ]
    host = Host(
        "terapay", {"/api/wallet/statement": (200, rows)}, {"PAYCLI_SANDBOX_TERAPAY_WALLET_TOKEN": "made-up-token"}
    )
    for text in ("INV-7", "t-1"):
        (hit,) = host.search(text)
        assert (hit.id, hit.order, hit.kind, hit.status, hit.currency) == (
            "t-1",
            "INV-7",
            "wallet debit",
            Status.SUCCEEDED,
            "SLE",
        )
        day = ("--from", "2026-03-02", "--to", "2026-03-02", "--all", "--query", '[?transactionId==`"t-1"`]')
        assert (hit.command, hit.options) == ("wallet statement", day)


def test_a_look_that_fails_does_not_keep_the_others_from_finding() -> None:
    """It is told when they are done."""
    host = Host("tora", {"/transactions/R-1": (500, {}), "/transactions": (200, [{"id": "9", "reference": "R-1"}])})
    found: list[Hit] = []
    with pytest.raises(NothingSent, match="transactions show R-1: HTTP 500"):
        found.extend(host.search("R-1"))
    assert [(hit.id, hit.status) for hit in found] == [("9", Status.UNKNOWN)]


def test_a_text_that_a_provider_refuses_as_no_identifier_is_no_failure() -> None:
    """Where it is not documented which texts can be one; it is noted."""
    notes: list[str] = []
    host = Host("tora", {"/transactions/R-1": (400, {"message": "odd id"}), "/transactions": (200, [])})
    assert list(host.search("R-1", notes.append)) == []
    assert notes == ["Tora refused transactions show R-1: odd id"]
    refused = Host("tora", {"/transactions": (400, {"message": "odd"})})
    with pytest.raises(ProviderRefused):
        list(refused.search("R-1"))


def test_a_row_that_was_not_asked_for_is_no_hit() -> None:
    """Though the provider answered it."""
    host = Host("tora", {"/transactions": (200, [{"id": "9", "reference": "R-10"}, "odd"])})
    assert list(host.search("R-1")) == []


@pytest.mark.parametrize(
    "rows", [["3F2504E0-4F89-41D3-9A0C-0305E82C3301"], [{"paymentId": "p-9", "status": "Captured"}]]
)
def test_a_list_of_payments_may_hold_identifiers_or_details(rows: list[Any]) -> None:
    """The details of a bare identifier are asked for; they may lie in an object, or be few."""
    details = {"payment": {"status": "Captured"}, "success": True}
    listed = {"paymentsIds": rows, "success": True, "errors": []}
    host = Host("mobilepay", {"/api/pos/payments": (200, listed), "/api/pos/payment/details": (200, details)})
    (hit,) = host.search("A-1")
    found = "p-9" if isinstance(rows[0], dict) else rows[0].lower()
    assert (hit.id, hit.argument, hit.status, hit.amount) == (found, found, Status.SUCCEEDED, None)


def test_wrong_credentials_end_a_search() -> None:
    """Every further look would be refused too."""
    host = Host("tora", {"/transactions/R-1": (401, {})})
    with pytest.raises(ConfigurationProblem):
        list(host.search("R-1"))
    assert host.asked == ["GET /transactions/R-1"]


def test_every_exchange_gets_what_is_left_of_the_time() -> None:
    """And none begins when nothing is."""
    clock, given = Clock(), list[float]()
    limit = Limit(10, clock)

    def connect(_profile: Profile, total: float | None) -> Any:
        given.append(total or 0)
        return Host("tora").exchange

    exchange = limit.bound(connect)(Host("tora").profile, None)
    for now in (0.0, 4.0):
        clock.time = now
        exchange("GET", "http://127.0.0.1:8700/tora/x", {"Accept": "application/json"}, b"", stream=False, fresh=False)
    clock.time = 10.0
    with pytest.raises(TimeOver, match="no complete answer within 10 s"):
        exchange("GET", "http://127.0.0.1:8700/tora/x", {"Accept": "application/json"}, b"", stream=False, fresh=False)
    assert given == [10.0, 6.0]


def test_a_pause_that_does_not_fit_into_the_time_is_not_made() -> None:
    """As a provider may ask for that is overrun."""
    with pytest.raises(TimeOver):
        Limit(10, Clock()).sleep(10)


def test_hits_are_there_while_another_profile_still_hangs() -> None:
    """It may end later, or never: nobody waits for it but until its own limit."""
    release = threading.Event()
    hit = Hit("x", "auth", Status.HELD, "orders show")

    def quick(_limit: Limit, put: Put) -> None:
        put(Found("quick", hit))

    def hangs(_limit: Limit, _put: Put) -> None:
        assert release.wait(60)

    seen: list[Event] = []
    for event in all_at_once({"hangs": hangs, "quick": quick}, 60):
        seen.append(event)
        if event == Ended("quick"):
            release.set()
    assert [event for event in seen if not isinstance(event, Waiting)] == [
        Found("quick", hit),
        Ended("quick"),
        Ended("hangs"),
    ]


def test_one_that_never_ends_is_given_up_with_its_limit() -> None:
    """And told as late; what it finds after that is not heard."""
    release = threading.Event()

    def hangs(_limit: Limit, put: Put) -> None:
        assert release.wait(60)
        put(Ended("hangs"))

    *_, ended, waiting = all_at_once({"hangs": hangs}, 0.05)
    release.set()
    assert waiting == Waiting(())
    assert isinstance(ended, Ended)
    assert isinstance(ended.problem, TimeOver)


def test_a_defect_in_one_search_does_not_hide_the_others() -> None:
    """It is told by its kind, without what it may hold."""

    def defective(_limit: Limit, _put: Put) -> None:
        raise ValueError("a secret")

    def refused(_limit: Limit, _put: Put) -> None:
        raise ConfigurationProblem("no key.")

    jobs: dict[str, Job] = {"defective": defective, "refused": refused, "quick": lambda _limit, _put: None}
    ended = {event.name: event.problem for event in all_at_once(jobs, 60) if isinstance(event, Ended)}
    assert {name: str(problem) for name, problem in ended.items()} == {
        "defective": "A defect of paycli: ValueError.",
        "refused": "no key.",
        "quick": "None",
    }
    assert isinstance(ended["defective"], PaycliError)


class Backend:
    """A keyring that notices two calls at a time."""

    def __init__(self) -> None:
        self.inside = threading.Lock()
        self.calls = 0
        self.problem: Exception | None = None

    def get_password(self, _service: str, user: str) -> str:
        """Return the user's name, if nobody else is asking."""
        assert self.inside.acquire(blocking=False)
        self.calls += 1
        # Long enough for somebody else to come in.
        time.sleep(0.001)
        try:
            if self.problem:
                raise self.problem
            return user
        finally:
            self.inside.release()


def test_several_threads_ask_the_keyring_one_after_the_other() -> None:
    """Each gets its own."""
    backend = Backend()
    shared, found = SharedKeyring(Keyring(backend=lambda: backend)), dict[str, str | None]()
    threads = [
        threading.Thread(target=lambda user=user: found.update({user: shared.get(user)}))
        for user in map(str, range(20))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert found == {user: user for user in map(str, range(20))}


def test_a_keyring_that_failed_is_not_asked_again() -> None:
    """Nobody waits twice for one that hangs."""
    backend = Backend()
    backend.problem = OSError("broken")
    shared = SharedKeyring(Keyring(backend=lambda: backend))
    for _ in range(2):
        with pytest.raises(KeyringProblem, match="failed"):
            shared.get("shop")
    assert backend.calls == 1
