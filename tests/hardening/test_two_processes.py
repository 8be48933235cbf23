"""Several real processes at the same moment: on one journal, and on one profiles file."""

import itertools
import json
import random
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.forking import Ended, forks
from tests.hardening.shop import Run, Shop, contents, opened, variables
from tests.helpers import isolated
from tests.serving import Answered, Came

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="processes are forked, which Windows cannot")
MANY = 6


class Together:
    """Holds what comes first until so many have come, and then lets all of them go on at the same moment."""

    def __init__(self, many: int) -> None:
        self.gate = threading.Barrier(many)
        self.first = itertools.count()
        self.many = many

    def __call__(self, _came: Came, answer: Callable[[], Answered]) -> Answered:
        answered = answer()
        if next(self.first) < self.many:
            self.gate.wait(20)
        return answered


@pytest.fixture
def shop(run: Run, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shop]:
    """Return a shop whose first readers all read the same, before any of them changes anything."""
    with opened(run, monkeypatch) as made:
        made.between = Together(MANY)
        yield made


def at_once(environment: dict[str, str], *commands: tuple[str, ...]) -> list[Ended]:
    """Run commands as processes, all at the same time."""
    started = [forks().start(command, environment) for command in commands]
    return [one.end() for one in started]


def refund(amount: str = "10", *more: str) -> tuple[str, ...]:
    """Return the words of a refund."""
    return ("tranzzo", "refund", "A-1", "--amount", amount, "-p", "shop", "-o", "json", *more)


def test_of_many_equal_refunds_at_the_same_moment_one_is_sent(shop: Shop, tmp_path: Path, counted: Any) -> None:
    """Each saw nothing before; there was no journal yet; the others are refused with what they met."""
    home = {**isolated(tmp_path), **variables(shop.host.address)}
    ended = at_once(home, *[refund()] * MANY)
    assert sorted(one.code for one in ended) == [0] + [10] * (MANY - 1), [one.err for one in ended]
    assert (shop.arrived.count("POST"), shop.refunded, shop.states()) == (1, [10], ["succeeded"])
    refused = [json.loads(one.err.splitlines()[-1])["error"] for one in ended if one.code]
    assert {error["journal_id"] for error in refused} == {shop.entries()[0]["id"]}
    assert shop.run("journal", "verify").code == 0
    counted("processes at one journal", MANY)


def test_of_many_processes_with_one_intention_one_sends_and_all_answer(
    shop: Shop, tmp_path: Path, counted: Any
) -> None:
    """Done, or being done just now; asked again, all say done."""
    home = {**isolated(tmp_path), **variables(shop.host.address)}
    named = refund("10", "--request-id", "r-1")
    ended = at_once(home, *[named] * MANY)
    assert {one.code for one in ended} <= {0, 7}, [one.err for one in ended]
    assert 0 in {one.code for one in ended}
    assert (shop.arrived.count("POST"), shop.refunded, shop.states()) == (1, [10], ["succeeded"])
    assert [one.code for one in at_once(home, *[named] * 3)] == [0] * 3
    assert shop.arrived.count("POST") == 1
    counted("processes at one journal", MANY + 3)


def test_different_refunds_at_the_same_moment_never_exceed_what_was_paid(
    shop: Shop, tmp_path: Path, counted: Any
) -> None:
    """Whatever each of them saw before; the journal knows exactly what the provider did."""
    home = {**isolated(tmp_path), **variables(shop.host.address)}
    ended = at_once(home, *(refund(f"3{number}") for number in range(MANY)))
    codes = [one.code for one in ended]
    assert set(codes) <= {0, 5, 10}, [one.err for one in ended]
    assert sum(shop.refunded) <= 100
    assert len(shop.refunded) == codes.count(0) == shop.states().count("succeeded") >= 1
    assert shop.run("journal", "verify").code == 0
    counted("processes at one journal", MANY)


def test_the_journal_is_read_while_others_write_it(shop: Shop, tmp_path: Path, counted: Any) -> None:
    """Nobody waits in vain, and no half entry is seen."""
    home = {**isolated(tmp_path), **variables(shop.host.address)}
    shop.between = lambda _came, answer: answer()
    writers = [("tranzzo", "pay", "hosted", f"P-{n}", *PAGE, "-p", "shop") for n in range(3)]
    readers = [("journal", "list"), ("journal", "verify"), ("journal", "export")]
    ended = at_once(home, *itertools.chain(*zip(writers, readers, strict=True)))
    assert [one.code for one in ended] == [0] * 6, [one.err for one in ended]
    assert sorted(shop.states()) == ["succeeded"] * 3
    counted("processes at one journal", 6)


PAGE = ("--amount", "5", "--description", "x")
FIELDS = {
    "timeout.connect": "7",
    "timeout.read": "11",
    "timeout.settle": "13",
    "late_arrival": "17m",
    "key_lifetime": "19m",
    "confirm_above": "23",
    "require_reason": "true",
    "pos_id": "pos-29",
}
TEXT = """\
# ours
profiles:
  a:                    # the first
    provider: tranzzo
    currency: UAH
"""


@pytest.fixture
def profiles(config: Path) -> Path:
    """Return a profiles file with one profile."""
    path = config / "profiles.yaml"
    path.write_text(TEXT)
    return path


def test_of_many_edits_at_the_same_moment_none_is_lost(run: Run, tmp_path: Path, profiles: Path, counted: Any) -> None:
    """Whoever reads meanwhile reads a whole file."""
    edits = [("profiles", "set", "a", field, value) for field, value in FIELDS.items()]
    looks = [("profiles", "list", "-o", "json")] * 4
    ended = at_once(isolated(tmp_path), *edits, *looks)
    assert [one.code for one in ended] == [0] * len(ended), [one.err for one in ended]
    assert [json.loads(one.out)[0]["name"] for one in ended[len(edits) :]] == ["a"] * 4
    rows = {row["field"]: row["value"] for row in run("profiles", "show", "a", "-o", "json").json}
    assert {field: rows[field] for field in FIELDS} == FIELDS
    assert rows["currency"] == "UAH"
    assert [line for line in TEXT.splitlines() if line not in profiles.read_text().splitlines()] == []
    assert contents(profiles.parent) == {"profiles.yaml"}
    counted("processes at one profiles file", len(ended))


def test_profiles_that_are_added_at_the_same_moment_are_all_there(run: Run, tmp_path: Path, counted: Any) -> None:
    """The first of them makes the file."""
    added = [("profiles", "add", f"p{number}", "--provider", "tora") for number in range(MANY)]
    ended = at_once(isolated(tmp_path), *added)
    assert [one.code for one in ended] == [0] * MANY, [one.err for one in ended]
    names = {row["name"] for row in run("profiles", "list", "-o", "json").json}
    assert names == {f"p{number}" for number in range(MANY)}
    counted("processes at one profiles file", MANY)


def test_an_edit_that_is_killed_leaves_the_file_as_it_was_or_as_it_was_meant(
    run: Run, tmp_path: Path, profiles: Path, counted: Any
) -> None:
    """Killed at any moment; the next edit waits for no dead process."""
    dice = random.Random(1)
    killed = 0
    for number in range(20):
        before = profiles.read_text()
        started = forks().start(("profiles", "set", "a", "pos_id", f"pos-{number}"), isolated(tmp_path))
        time.sleep(dice.random() * 0.03)
        killed += started.kill().code < 0
        after = profiles.read_text()
        assert f"pos-{number}" in after or after == before
        assert run("profiles", "list", "-o", "json").json[0]["name"] == "a"
    assert run("profiles", "set", "a", "pos_id", "pos-last").code == 0
    assert "pos-last" in profiles.read_text()
    counted("processes killed at their edit", killed)
