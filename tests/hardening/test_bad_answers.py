"""Every declared operation gets answers that nobody should send: a clear error, the right exit code, no false success.

``--exhaustive`` tries many more.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from paycli.operations.catalog import PROVIDERS
from paycli.operations.operation import Operation
from paycli.operations.outcome import Answer, Flow
from paycli.operations.wire import NotJson, decode
from paycli.profiles.profile import Profile
from paycli.sandbox.core import Sandbox
from tests.hardening import nonsense
from tests.hardening.answering import World, operations, pieces
from tests.hardening.test_bad_files import fine, told
from tests.hardening.verdicts import Case, problems
from tests.helpers import Result
from tests.wired import Exchange, Inside, wired

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


@dataclass
class Unreliable(Inside):
    """The sandbox, every other answer of which is nonsense."""

    chance: random.Random = field(default_factory=random.Random)

    def connect(self, _profile: Profile, _total: float | None) -> Exchange:
        """Return the way there."""
        return self.unreliable

    def unreliable(
        self, method: str, url: str, sent: dict[str, str], body: bytes, *, stream: bool = False, **more: Any
    ) -> Answer | Flow:
        """Answer one request, well or not."""
        answer = self.exchange(method, url, sent, body, **more)
        if self.chance.random() < 0.5:
            try:
                answer = Answer(*nonsense.answer(self.chance, decode(answer.body)))
            except NotJson:
                answer = Answer(*nonsense.answer(self.chance, {"results": [], "next": url}))
        if stream and 200 <= answer.status < 300:
            return Flow(answer.status, answer.headers, pieces(answer.body), lambda: None)
        return answer


COMMANDS = (
    "find A-1001 -p sandbox-tranzzo -p sandbox-mobilepay -p sandbox-terapay",
    "find 424242******4242 -p sandbox-tranzzo -p sandbox-toman",
    *(f"profiles check sandbox-{name}" for name in PROVIDERS),
    "mobilepay payments start T-1001 --order-id A-1 --amount 12.50 --currency DKK -p sandbox --wait --wait-timeout 3s",
    "mobilepay payments clear T-1001 -p sandbox --yes",
    "tranzzo transactions list --from -7d --all -p sandbox",
    "tranzzo reports run --from -7d --out report.csv --force -p sandbox",
    "tora reports run --from -7d --out tora.csv --force -p sandbox",
    "tranzzo receipts show A-1001 --out receipt.pdf --force -p sandbox",
    "toman payments list pos --from -7d --all -p sandbox",
    "toman reports list --wait --wait-timeout 3s --all -p sandbox",
    "toman reports download 5d0f2c44-9d67-4a5b-8a68-1d2c3b4a5f60 --out . -p sandbox",
    "tora transactions list --all -p sandbox",
    "bulk run sheet.csv --command tranzzo|refund -p sandbox-tranzzo --yes --concurrency 1",
    "bulk run looks.csv --command tranzzo|orders|show -p sandbox-tranzzo --concurrency 1",
    "api sandbox-tranzzo POST /api/v1/refund -f order_id=A-1001 -f refund_amount=1 --yes",
    "journal resolve",
)


def test_commands_of_several_requests_survive_nonsense(
    run: Callable[..., Result],
    count: int,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    record_property: Callable[[str, object], None],
) -> None:
    """Wherever in the middle it comes."""
    monkeypatch.chdir(tmp_path)
    Path("sheet.csv").write_text("order_id,amount,currency\nA-1001,1,UAH\nA-1002,2,UAH\n", encoding="utf-8")
    Path("looks.csv").write_text("order_id\nA-1001\nA-1002\n", encoding="utf-8")
    server = Unreliable(Sandbox(chance=random.Random(1)))
    wired(monkeypatch, server.connect)
    cases, found = count, []
    for number in range(cases):
        server.chance.seed(f"several {number}")
        argv = [word.replace("|", " ") for word in server.chance.choice(COMMANDS).split()]
        ended = run(*argv, "-o", server.chance.choice(("json", "table", "csv")))
        if problem := fine(ended, {0, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}):
            found.append((f"{number} {argv}", problem, b"", ended))
    record_property("fuzz answers", cases)
    assert not found, told(found)
