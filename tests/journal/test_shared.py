"""Several threads write one journal: each waits for the disk, and one synchronisation serves many."""

import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from paycli.errors import RefusedHere
from paycli.journal.entry import SENDING, SUCCEEDED, Entry
from paycli.journal.shared import SharedJournal
from paycli.journal.store import Journal
from tests.journal.test_store import entry

MANY = 40


def named(identifier: str, **facts: Any) -> Callable[[Journal], Entry]:
    """Return a decision to claim an entry for this process."""
    return lambda journal: entry(identifier, owner=journal.owner(), **facts)


@pytest.fixture
def shared(tmp_path: Path) -> SharedJournal:
    """Return a journal for several threads."""
    return SharedJournal(Journal(tmp_path), Journal(tmp_path))


def test_what_is_written_at_the_same_time_is_synchronised_together(shared: SharedJournal, tmp_path: Path) -> None:
    """Every claim is there when it returns, in far fewer transactions than claims."""
    held = threading.Event()

    def slowly(journal: Journal) -> Entry:
        held.wait(10)
        return named("pc-first")(journal)

    first = threading.Thread(target=shared.claim, args=(slowly,))
    first.start()

    def claim(number: int) -> bool:
        made = shared.claim(named(f"pc-{number}"))
        other = Journal(tmp_path)
        found = other.get(made.id)
        other.close()
        return found == made

    with ThreadPoolExecutor(MANY) as pool:
        waiting = [pool.submit(claim, number) for number in range(MANY)]
        while len(shared._queue) < MANY:
            pass
        held.set()
        assert all(one.result() for one in waiting)
    first.join()
    assert shared.commits == 2
    assert len(list(shared.entries())) == MANY + 1
    shared.shut()
    assert Journal(tmp_path).verify() == []


def test_a_claim_that_is_refused_leaves_the_others_alone(shared: SharedJournal) -> None:
    """In one transaction, each is undone for itself."""

    def refuse(_journal: Journal) -> Entry:
        raise RefusedHere("no")

    actions = [
        lambda: shared.writer.claim(named("pc-1")),
        lambda: shared.writer.claim(refuse),
        lambda: shared.writer.claim(named("pc-3")),
    ]
    one, two, three = shared.writer.together(actions)
    assert (one.id, type(two), three.id) == ("pc-1", RefusedHere, "pc-3")
    assert [found.id for found in shared.entries()] == ["pc-1", "pc-3"]
    shared.shut()


def test_a_decision_sees_what_was_claimed_just_before_it(shared: SharedJournal) -> None:
    """Of two equal ones in one transaction the second is refused."""

    def once(journal: Journal) -> Entry:
        if journal.on_target("host|pos", "A-1"):
            raise RefusedHere("twice")
        return named("pc-1")(journal)

    results = shared.writer.together([lambda: shared.writer.claim(once), lambda: shared.writer.claim(once)])
    assert [type(result) for result in results] == [Entry, RefusedHere]
    shared.shut()


def test_a_disk_that_cannot_be_written_refuses_everybody(shared: SharedJournal) -> None:
    """Nobody goes on whose entry is not on disk."""
    made = shared.claim(named("pc-1"))
    shared.writer._connection().execute("PRAGMA query_only = 1")
    with pytest.raises(RefusedHere, match="cannot be written"):
        shared.update(replace(made, state=SENDING))
    shared.writer._connection().execute("PRAGMA query_only = 0")
    assert shared.update(replace(made, state=SUCCEEDED)).state == SUCCEEDED
    shared.shut()


def test_a_row_is_found_by_its_name(shared: SharedJournal) -> None:
    """And forgotten when its entry is pruned."""
    made = shared.claim(named("pc-1", row="r-1"))
    shared.claim(named("pc-2"))
    assert shared.of_row("r-1") == [made]
    shared.update(replace(made, state=SUCCEEDED))
    shared.prune("9999")
    assert shared.of_row("r-1") == []
    shared.shut()


def test_several_may_be_the_first(tmp_path: Path) -> None:
    """Who opens a journal that another process is just setting up waits for it, and is not refused."""
    other = sqlite3.connect(tmp_path / "journal.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    other.execute("CREATE TABLE begun (a)")
    journal = Journal(tmp_path)
    with ThreadPoolExecutor(1) as pool:
        opened = pool.submit(journal._connection)
        assert wait([opened], timeout=0.2).not_done
        other.execute("COMMIT")
        opened.result()
    other.close()
    journal.close()
