"""Money safety, proven over seeded histories; ``--seeds N`` runs more, ``--seed N`` replays one."""

from collections.abc import Callable

import pytest

from paycli.operations.operation import Operation
from tests.simulation.history import BrokenRule, History, Report
from tests.simulation.mutations import MUTATIONS
from tests.simulation.typed import changes

REFUND = next(operation for operation in changes() if operation.name == "tranzzo refund")
CHUNK = 100
MOST = 2000
ALWAYS_RUN = (
    "no synchronisation",
    "sent again on a timeout",
    "claimed without looking",
    "500 is a refusal",
)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Part the seeds, so that several processes share them."""
    if "seeds" in metafunc.fixturenames:
        one = metafunc.config.getoption("--seed")
        count = metafunc.config.getoption("--seeds")
        chunks = (
            [range(one, one + 1)]
            if one is not None
            else [range(first, min(first + CHUNK, count)) for first in range(0, count, CHUNK)]
        )
        metafunc.parametrize("seeds", chunks, ids=lambda seeds: f"{seeds.start}-{seeds.stop - 1}")


def run(seed: int) -> Report:
    """Run one history; a broken rule is told with the seed and everything that happened."""
    history = History(seed)
    try:
        return history.run()
    except BrokenRule as problem:
        told = "\n".join([f"{problem}", f"replay: pytest tests/simulation --seed {seed}", *history.log])
        pytest.fail(told, pytrace=False)


def test_no_history_breaks_a_rule(seeds: range, record_property: Callable[[str, object], None]) -> None:
    """Nothing is executed twice, no outcome is told wrong, nothing marked stays unknown, no secret is shown."""
    total = Report()
    for seed in seeds:
        total.add(run(seed))
    for name, count in vars(total).items():
        record_property(f"simulation {name}", count)
    assert total.seeds == len(seeds)


@pytest.mark.parametrize("operation", changes(), ids=lambda operation: operation.name)
def test_every_change_is_executed_once_on_a_calm_day(operation: Operation) -> None:
    """With nothing but the samples of its own declaration; some wait for the payer by their nature."""
    history = History(1, only=operation, calm=True)
    history.run()
    assert [typing.executed for typing in history.typings] == [1], history.log
    assert {typing.code for typing in history.typings} <= {0, 8}, history.log


def test_a_seed_replays_exactly() -> None:
    """Nothing but the seed decides."""
    seed = 117
    assert _told(seed) == _told(seed)


def _told(seed: int) -> tuple[list[tuple[int | None, int]], list[str], dict[str, int]]:
    history = History(seed)
    report = history.run()
    times = [line.split(maxsplit=1)[0] for line in history.log]
    return [(typing.code, typing.executed) for typing in history.typings], times, vars(report)


@pytest.mark.parametrize("name", MUTATIONS)
def test_a_mistake_is_noticed(name: str, request: pytest.FixtureRequest) -> None:
    """Within two thousand seeds, of histories of one command: the more commands, the rarer each mistake."""
    if name not in ALWAYS_RUN and not request.config.getoption("--exhaustive"):
        pytest.skip("every mistake is tried with --exhaustive")
    with pytest.MonkeyPatch.context() as patch:
        MUTATIONS[name](patch)
        assert any(_breaks(seed) for seed in range(MOST))


def _breaks(seed: int) -> bool:
    try:
        History(seed, only=REFUND).run()
    except BrokenRule:
        return True
    return False
