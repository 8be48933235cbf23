"""What is sent again, how often, and how long it waits."""

import pytest

from paycli.operations.operation import ALWAYS, KEY, NEVER, Effect, Operation, Retry, settled_by
from paycli.operations.outcome import Answer, Fault, Flow, NotSent, Outcome, Rejected, Succeeded, Unknown
from paycli.providers.tranzzo import TRANZZO
from paycli.sending.attempts import LONGEST_THROTTLED, MOST_ATTEMPTS, MOST_THROTTLED, attempt, may_wait, repeatable


class Bent:
    """A clock that only counts."""

    def __init__(self) -> None:
        self.slept: list[float] = []

    def monotonic(self) -> float:
        return sum(self.slept)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)


class Line:
    """Answers a list of outcomes, one an attempt, and the last one for ever."""

    def __init__(self, *outcomes: Outcome, result: Answer | Fault | None = None) -> None:
        self.outcomes = list(outcomes)
        self.result = result or Answer(200)
        self.sent = 0

    def send(self) -> Answer | Fault:
        self.sent += 1
        return self.result

    def judge(self, _result: Answer | Flow | Fault) -> Outcome:
        return self.outcomes.pop(0) if len(self.outcomes) > 1 else self.outcomes[0]


def tried(line: Line, clock: Bent, *, again: bool = False, wait: bool = False) -> Outcome:
    """Run the attempts."""
    return attempt(line.send, line.judge, again=again, wait=wait, clock=clock, told=lambda _: None)


def declared(effect: Effect, retry: Retry) -> Operation:
    """Return an operation of a rule."""
    return Operation("tranzzo", "thing", "POST", "/", effect, retry, "", dict)


@pytest.mark.parametrize(
    "effect,retry,expected",
    [
        (Effect.READS, ALWAYS, True),
        (Effect.WRITES, ALWAYS, True),
        (Effect.WRITES, NEVER, False),
        (Effect.MOVES_MONEY, KEY, True),
        (Effect.MOVES_MONEY, settled_by("orders show"), False),
    ],
)
def test_only_reads_and_always_and_keyed_operations_are_repeated(effect: Effect, retry: Retry, expected: bool) -> None:
    """Nothing else is ever sent again by itself after a fault."""
    assert repeatable(declared(effect, retry)) is expected


def test_tranzzo_says_that_429_was_not_processed() -> None:
    """So even a refund goes again after it."""
    assert may_wait(declared(Effect.MOVES_MONEY, NEVER), TRANZZO)


@pytest.mark.parametrize("outcome", [NotSent("x"), Unknown("x")])
def test_a_change_goes_out_once(outcome: Outcome) -> None:
    """Whatever became of it."""
    line = Line(outcome)
    assert tried(line, Bent()) == outcome
    assert line.sent == 1


def test_a_read_goes_out_three_times_at_most() -> None:
    """With growing pauses."""
    line, clock = Line(NotSent("x")), Bent()
    assert tried(line, clock, again=True) == NotSent("x")
    assert line.sent == MOST_ATTEMPTS
    assert len(clock.slept) == MOST_ATTEMPTS - 1


def test_a_read_that_recovers_succeeds() -> None:
    """The first success ends it."""
    line = Line(NotSent("x"), Succeeded([]))
    assert tried(line, Bent(), again=True) == Succeeded([])
    assert line.sent == 2


def test_429_waits_as_long_as_it_is_asked() -> None:
    """Retry-After in seconds is honoured."""
    line = Line(NotSent("429", throttled=True), Succeeded({}), result=Answer(429, {"retry-after": "7"}))
    clock = Bent()
    assert tried(line, clock, wait=True) == Succeeded({})
    assert clock.slept == [7.0]


def test_429_gives_up_after_five_or_a_minute() -> None:
    """At most five times and sixty seconds in all."""
    line, clock = Line(NotSent("429", throttled=True)), Bent()
    tried(line, clock, wait=True)
    assert line.sent == MOST_THROTTLED + 1
    long, clock = Line(NotSent("429", throttled=True), result=Answer(429, {"retry-after": "25"})), Bent()
    tried(long, clock, wait=True)
    assert clock.monotonic() <= LONGEST_THROTTLED
    assert long.sent == 3


def test_429_ends_at_once_where_nothing_says_that_it_was_not_processed() -> None:
    """The rule decides, not hope."""
    line = Line(NotSent("429", throttled=True))
    tried(line, Bent())
    assert line.sent == 1


def test_an_interrupted_exchange_is_not_repeated() -> None:
    """The user said stop."""
    line = Line(NotSent("x"), result=Fault("stopped", may_have_left=True, interrupted=True))
    tried(line, Bent(), again=True)
    assert line.sent == 1


@pytest.mark.parametrize("later", [NotSent("refused"), Rejected("no")])
def test_one_unknown_attempt_is_closed_only_by_a_positive_answer(later: Outcome) -> None:
    """A later refusal or fault says nothing about the first one."""
    assert tried(Line(Unknown("lost"), later), Bent(), again=True) == Unknown("lost")
    assert tried(Line(Unknown("lost"), Succeeded({})), Bent(), again=True) == Succeeded({})
