"""The journal keeps what was written, tells dead processes from living ones, and notices every change."""

import multiprocessing
import os
import sqlite3
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from paycli.errors import RefusedHere
from paycli.journal.entry import INTENDED, NOT_SENT, PENDING, SENDING, STATES, SUCCEEDED, UNKNOWN, Entry
from paycli.journal.owner import Owner, lives
from paycli.journal.store import Journal

NOW = datetime(2026, 3, 2, 9, 15, tzinfo=UTC)


def entry(identifier: str = "a", **facts: Any) -> Entry:
    """Return an entry."""
    usual = Entry(
        id=identifier, at=NOW.isoformat(), profile="shop", provider="tranzzo", environment="test", account="host|pos",
        operation="tranzzo refund", kind="refund", target="A-1", amount="12.50", currency="UAH", same="A-1|12.50",
        reason=None, request_id=None, digest="0", before=[], user="u", host="h", owner="", late=2.0,
    )  # fmt: skip
    return replace(usual, **facts)


@pytest.fixture
def journal(tmp_path: Path) -> Any:
    """Return an empty journal."""
    made = Journal(tmp_path, lambda: NOW)
    yield made
    made.close()


def claimed(journal: Journal, identifier: str = "a", **facts: Any) -> Entry:
    """Claim an entry for this process."""
    return journal.claim(lambda book: entry(identifier, owner=book.owner(), **facts))


def test_what_was_claimed_can_be_read_by_another_process(journal: Journal, tmp_path: Path) -> None:
    """And its new state too."""
    first = claimed(journal)
    journal.update(replace(first, state=SENDING))
    other = Journal(tmp_path)
    assert [found.state for found in other.entries()] == [SENDING]
    assert other.get("a") == replace(first, state=SENDING)
    other.close()


def test_looking_and_claiming_are_one_transaction(journal: Journal) -> None:
    """What the decision raises leaves nothing behind."""

    def refuse(_book: Journal) -> Entry:
        raise RefusedHere("no")

    with pytest.raises(RefusedHere):
        journal.claim(refuse)
    assert not list(journal.entries())


def test_an_intention_of_a_dead_process_was_not_sent_and_a_sending_is_unknown(journal: Journal) -> None:
    """A living one's stay."""
    claimed(journal, "mine")
    journal.claim(lambda _: entry("intended", owner="dead"))
    journal.claim(lambda _: entry("sending", owner="dead", state=SENDING))
    journal.recover()
    states = {found.id: found.state for found in journal.entries()}
    assert states == {"mine": INTENDED, "intended": NOT_SENT, "sending": UNKNOWN}


def test_a_lock_ends_with_its_process(tmp_path: Path) -> None:
    """However it ends."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(writer, Owner(tmp_path).name.encode())
        os.kill(os.getpid(), 9)
    name = os.read(reader, 64).decode()
    os.waitpid(child, 0)
    os.close(reader)
    os.close(writer)
    assert (tmp_path / name).exists()
    assert not lives(tmp_path, name)
    mine = Owner(tmp_path)
    assert lives(tmp_path, mine.name)
    mine.close()


def _claim_many(directory: Path, start: Any) -> None:
    journal = Journal(directory)
    start.wait(20)
    for number in range(10):

        def decide(book: Journal, number: int = number) -> Entry:
            if book.on_target("host|pos", f"T-{number}"):
                raise RefusedHere("taken")
            return entry(f"{os.getpid()}-{number}", target=f"T-{number}", owner=book.owner())

        try:
            journal.claim(decide)
        except RefusedHere:
            continue
    journal.close()


def test_of_several_processes_one_claims(tmp_path: Path) -> None:
    """Each target once, whoever comes first."""
    context = multiprocessing.get_context("fork")
    start = context.Event()
    workers = [context.Process(target=_claim_many, args=(tmp_path, start)) for _ in range(4)]
    for worker in workers:
        worker.start()
    start.set()
    for worker in workers:
        worker.join(50)
    targets = [found.target for found in Journal(tmp_path).entries()]
    assert sorted(targets) == [f"T-{number}" for number in range(10)]


@pytest.mark.parametrize("column", ["entry", "state", "target", "at"])
def test_one_altered_byte_is_named(journal: Journal, tmp_path: Path, column: str) -> None:
    """In whichever column."""
    claimed(journal, "good", target="B-2")
    claimed(journal, "bad")
    assert journal.verify() == []
    with sqlite3.connect(tmp_path / "journal.db") as raw:
        raw.execute(f"UPDATE entries SET {column} = replace({column}, substr({column}, 3, 1), 'x') WHERE id = 'bad'")  # noqa: S608
    raw.close()
    assert [damage.id for damage in journal.verify()] == ["bad"]


@pytest.mark.parametrize("gone", ["a", "b"])
def test_a_missing_entry_is_named_but_a_pruned_one_is_not(journal: Journal, tmp_path: Path, gone: str) -> None:
    """The last one too."""
    claimed(journal, "old", at="2020-01-01", state=SUCCEEDED, target="X")
    claimed(journal, "a", target="Y")
    claimed(journal, "b", target="Z")
    assert journal.prune("2025-01-01") == 1
    assert journal.verify() == []
    with sqlite3.connect(tmp_path / "journal.db") as raw:
        raw.execute("DELETE FROM entries WHERE id = ?", (gone,))
    raw.close()
    assert [damage.problem for damage in journal.verify()] == ["is missing"]


@pytest.mark.parametrize("state", STATES)
def test_only_closed_entries_are_pruned(journal: Journal, state: str) -> None:
    """What is open stays, however old."""
    claimed(journal, "x", at="2020-01-01", state=state)
    assert journal.prune("2025-01-01") == int(state in {SUCCEEDED, "rejected", NOT_SENT})


def test_a_journal_that_cannot_be_written_stops_the_change() -> None:
    """Exit 10, and what to do."""
    journal = Journal(Path("/proc/none"))
    with pytest.raises(RefusedHere, match="cannot be written"):
        claimed(journal)


def test_open_entries_are_those_of_which_nobody_knows(journal: Journal) -> None:
    """Unknown, pending and under way."""
    for state in STATES:
        claimed(journal, state, state=state, target=state)
    assert {found.id for found in journal.still_open()} == {INTENDED, SENDING, PENDING, UNKNOWN}


def test_marks_are_remembered_by_account(journal: Journal) -> None:
    """Once seen, always known."""
    assert not journal.marks_come_back("host|pos")
    journal.saw_mark("host|pos")
    journal.saw_mark("host|pos")
    assert journal.marks_come_back("host|pos")
    assert not journal.marks_come_back("other")
