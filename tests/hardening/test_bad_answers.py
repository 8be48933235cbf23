"""Every declared operation gets answers that nobody should send: a clear error, the right exit code, no false success.

``--exhaustive`` tries many more.
"""

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from paycli.operations.catalog import PROVIDERS
from paycli.operations.operation import Operation
from paycli.operations.outcome import Answer
from tests.hardening import nonsense
from tests.hardening.answering import World, operations
from tests.hardening.verdicts import Case, problems

EACH, EXHAUSTIVE = 4, 250
FORMS = ("table", "table", "json", "json", "csv", "ndjson", "yaml", "id")


def tried(world: World, operation: Operation, seed: str) -> list[str]:
    """Return what is wrong about one command with one answer; everything follows from the seed."""
    chance = random.Random(seed)
    status, headers, body = nonsense.answer(chance, operation.example)
    form, terminal = chance.choice(FORMS), chance.random() < 0.5
    world.everything, world.executes = chance.random() < 0.25, chance.random() < 0.2
    loud = chance.choice(((), (), (), ("-v",), ("-vv",)))

    def say(content: Any) -> Answer:
        return Answer(status, headers, body) if content is None else Answer(*nonsense.answer(chance, content))

    ended = world.run(operation, say, "-o", form, *loud, terminal=terminal)
    case = Case(operation, status, headers, body, form, terminal, world.executes, world.everything, ended)
    shown = f"{status} {str(headers)[:100]} {body[:300]!r}: {ended.code} {ended.out[-300:]!r} {ended.err[-500:]!r}"
    return [f"{seed} -o {form}: {problem}: {shown}" for problem in problems(case)]


@pytest.mark.parametrize("provider", PROVIDERS)
def test_nonsense_is_told_and_never_taken_for_an_answer(
    provider: str,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    record_property: Callable[[str, object], None],
) -> None:
    """Whatever comes back, the command ends with a sentence and a code that is true."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_COLOR", "1")
    each = EXHAUSTIVE if request.config.getoption("--exhaustive") else EACH
    world = World(monkeypatch)
    chosen = [operation for operation in operations() if operation.provider == provider]
    found = [
        problem for one in chosen for number in range(each) for problem in tried(world, one, f"{one.name} {number}")
    ]
    record_property("fuzz answers", len(chosen) * each)
    assert not found, "\n".join([f"{len(found)} problems", *found[:20]])
