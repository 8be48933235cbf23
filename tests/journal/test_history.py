"""The journal is looked at without being written, and whatever is wrong with it, looking does not fail."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from paycli.journal.entry import SENDING, SUCCEEDED, UNKNOWN
from paycli.journal.history import History, Names, history
from paycli.journal.store import Journal
from tests.journal.test_store import NOW, entry

ACCOUNT = "host|pos"


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    """Return an empty journal."""
    made = Journal(tmp_path, lambda: NOW)
    yield made
    made.close()


def found(directory: Path, names: Names) -> list[str]:
    """Return the ids of what is known."""
    return [one.id for one in history(directory, ACCOUNT, names).entries]


def test_a_thing_is_known_by_what_is_done_to_it_under_one_account(journal: Journal, tmp_path: Path) -> None:
    """Oldest first; other targets and accounts are others."""
    for made in (entry("a"), entry("b", target="A-2"), entry("c", account="host|other"), entry("d")):
        journal.claim(lambda _, made=made: made)  # type: ignore[misc]
    assert found(tmp_path, Names(("A-1",))) == ["a", "d"]


def test_what_was_made_under_our_reference_is_told_from_other_things_under_it(journal: Journal, tmp_path: Path) -> None:
    """Of what is unknown nobody can tell, so it is shown."""
    for made in (
        entry("mine", target="ref", provider_id="p-1"),
        entry("other", target="ref", provider_id="p-2"),
        entry("lost", target="ref", state=UNKNOWN),
        entry("pc-mark", target="", provider_id="p-1"),
        entry("made", target="somewhere", provider_id='p-"1'),
    ):
        journal.claim(lambda _, made=made: made)  # type: ignore[misc]
    assert found(tmp_path, Names(("p-1",), ("ref",))) == ["mine", "lost"]
    assert found(tmp_path, Names(("p-1",), ("pc-mark",))) == ["pc-mark"]
    assert found(tmp_path, Names(("x",), (), 'p-"1')) == ["made"]


def test_a_living_sender_is_told_from_a_dead_one(journal: Journal, tmp_path: Path) -> None:
    """And nothing is written down of either."""
    journal.claim(lambda book: entry("alive", owner=book.owner(), state=SENDING))
    journal.claim(lambda _: entry("dead", owner="nobody", state=SENDING))
    known = history(tmp_path, ACCOUNT, Names(("A-1",)))
    assert ([one.state for one in known.entries], known.alive) == ([SENDING, SENDING], frozenset({"alive"}))


def test_a_damaged_entry_is_counted_and_left_out(journal: Journal, tmp_path: Path) -> None:
    """Changed by hand, or no JSON any more."""
    for name in ("a", "b", "c"):
        journal.claim(lambda _, name=name: entry(name, state=SUCCEEDED))  # type: ignore[misc]
    database = sqlite3.connect(tmp_path / "journal.db")
    database.execute("UPDATE entries SET entry = replace(entry, '12.50', '99.50') WHERE id = 'a'")
    database.execute("UPDATE entries SET entry = 'x' WHERE id = 'b'")
    database.commit()
    database.close()
    known = history(tmp_path, ACCOUNT, Names(("A-1",)))
    assert ([one.id for one in known.entries], known.damaged) == (["c"], 2)


def test_no_journal_is_no_entry_and_none_is_made(tmp_path: Path) -> None:
    """Looking leaves nothing behind."""
    assert history(tmp_path / "state", ACCOUNT, Names(("A-1",))) == History()
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_no_journal_is_a_problem_to_tell(tmp_path: Path) -> None:
    """Not one to fail of; nor is an empty one, or a directory."""
    path = tmp_path / "journal.db"
    path.write_bytes(b"no database" * 100)
    assert history(tmp_path, ACCOUNT, Names(("A-1",))).problem == "file is not a database"
    path.write_bytes(b"")
    assert "no such table" in str(history(tmp_path, ACCOUNT, Names(("A-1",))).problem)
    path.unlink()
    path.mkdir()
    assert history(tmp_path, ACCOUNT, Names(("A-1",))).problem
