"""How fast a run may be, and how often it may send again."""

from dataclasses import dataclass, field

import pytest

from paycli.operations.outcome import Answer, Fault, Outcome, Succeeded, Unknown
from paycli.sending.attempts import CAPACITY, REPETITION, Quota, attempt
from paycli.sending.gate import FIRST_INTERVAL, LONGEST_INTERVAL, Gate


@dataclass
class Bent:
    """A clock that moves by sleeping."""

    time: float = 100.0
    slept: list[float] = field(default_factory=list)

    def monotonic(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += seconds


def test_requests_keep_their_distance() -> None:
    """Ten a second are a tenth of a second apart, whoever sends them."""
    clock = Bent()
    gate = Gate(clock, 0.1)
    for _ in range(11):
        gate.wait()
    assert clock.time == pytest.approx(101.0)


def test_nobody_waits_where_no_rate_was_asked_for() -> None:
    """Until the provider complains."""
    clock = Bent()
    gate = Gate(clock)
    for _ in range(100):
        gate.wait()
        gate.came(Answer(200))
    assert clock.slept == []


def test_too_many_requests_slow_everybody_down() -> None:
    """All wait as long as the provider asked, go on more slowly, and become faster again bit by bit."""
    clock = Bent()
    gate = Gate(clock)
    gate.came(Answer(429, {"retry-after": "7"}))
    gate.wait()
    assert clock.slept == [7.0]
    gate.wait()
    assert clock.slept[1] == pytest.approx(FIRST_INTERVAL)
    gate.came(Answer(429, {"retry-after": "0"}))
    assert gate.interval == pytest.approx(2 * FIRST_INTERVAL)
    for _ in range(100):
        gate.came(Answer(200))
    assert 0 < gate.interval < FIRST_INTERVAL / 50
    for _ in range(50):
        gate.came(Answer(429))
    assert gate.interval == LONGEST_INTERVAL


def test_the_gate_never_goes_faster_than_was_asked_for() -> None:
    """However well it goes."""
    gate = Gate(Bent(), 0.5)
    gate.came(Answer(429))
    for _ in range(200):
        gate.came(Answer(200))
        gate.came(Fault("nothing", may_have_left=False))
    assert gate.interval == 0.5


def sent(quota: Quota, answers: list[Answer]) -> tuple[Outcome, int]:
    """Send a read until it is over; return the outcome, and how many answers are left."""
    outcome = attempt(
        lambda: answers.pop(0),
        lambda answer: Succeeded({}) if getattr(answer, "status", 0) == 200 else Unknown("odd"),
        again=True,
        wait=True,
        clock=Bent(),
        told=lambda _sentence: None,
        quota=quota,
    )
    return outcome, len(answers)


def test_a_repetition_takes_from_the_quota_and_success_gives_it_back() -> None:
    """As long as things go well, there is always enough."""
    quota = Quota()
    assert sent(quota, [Answer(500), Answer(200)]) == (Succeeded({}), 0)
    assert quota.left == CAPACITY
    assert sent(quota, [Answer(500), Answer(500), Answer(500)]) == (Unknown("odd"), 0)
    assert quota.left == CAPACITY - 2 * REPETITION
    assert sent(quota, [Answer(200)]) == (Succeeded({}), 0)
    assert quota.left == CAPACITY - 2 * REPETITION + 1


def test_nothing_is_sent_again_when_the_quota_is_used_up() -> None:
    """A provider in trouble gets one request for each row."""
    quota = Quota(left=REPETITION - 1)
    assert sent(quota, [Answer(500), Answer(200)]) == (Unknown("odd"), 1)
