"""``journal list`` by profile: a name that nobody has is told, instead of an empty list."""

from pathlib import Path
from typing import Any

import pytest

from paycli.journal.store import Journal
from tests.journal.test_store import entry


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    """Return this machine's journal, with an entry of a profile that is gone and one of the sandbox."""
    made = Journal(tmp_path / "state")
    made.claim(lambda book: entry("a", owner=book.owner(), profile="gone"))
    made.claim(lambda book: entry("b", owner=book.owner(), profile="sandbox-tranzzo"))
    made.close()
    return made


@pytest.mark.usefixtures("journal")
@pytest.mark.parametrize("name,found", [("gone", ["a"]), ("sandbox-tranzzo", ["b"]), ("sandbox", ["b"])])
def test_entries_are_found_by_the_name_that_they_have(run: Any, name: str, found: list[str]) -> None:
    """Also of a profile that is gone; the short name of the sandbox is that of all of them."""
    ended = run("journal", "list", "-p", name, "-o", "json")
    assert (ended.code, [row["id"] for row in ended.json]) == (0, found)


@pytest.mark.usefixtures("journal")
@pytest.mark.parametrize("name,told", [("gon", "did you mean gone?"), ("zzz", "paycli profiles list")])
def test_a_name_that_nobody_has_is_a_usage_error(run: Any, name: str, told: str) -> None:
    """With the one that was meant."""
    ended = run("journal", "list", "-p", name, "-o", "json")
    assert (ended.code, ended.out) == (2, "")
    assert told in ended.error["next"]


@pytest.mark.usefixtures("journal")
def test_a_profile_without_entries_has_an_empty_list(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is there, and sent nothing."""
    monkeypatch.setenv("PAYCLI_CI_PROVIDER", "tora")
    for name in ("ci", "sandbox-tora"):
        assert run("journal", "list", "-p", name, "-o", "json").json == []
    monkeypatch.delenv("PAYCLI_CI_PROVIDER")
    assert run("journal", "list", "-p", "gone", "--state", "unknown", "-o", "json").json == []
