"""A hunt whose figures stand in the summary of a run."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.hardening.hunting import Hunt


@dataclass
class Judged:
    """A hunt that has to be concluded: nothing may have been found, and how much was looked through is told."""

    hunt: Hunt
    record: Callable[[str, object], None]
    concluded: bool = False

    def conclude(self) -> None:
        """Record the figures; fail where anything was found."""
        self.concluded = True
        self.record("canaries runs", self.hunt.runs)
        self.record("canaries markers", len(self.hunt.markers))
        self.record("canaries places", sum(self.hunt.places.values()))
        found = [f"{one.run} | {one.place}: {one.marker} ({one.around!r})" for one in self.hunt.leaks]
        assert not found, "\n".join(found[:40])


@pytest.fixture
def judged(
    tmp_path: Path, record_property: Callable[[str, object], None], request: pytest.FixtureRequest
) -> Iterator[Judged]:
    """Return a hunt below the test's directory."""
    made = Judged(Hunt(tmp_path / "hunt"), record_property)
    failed = request.session.testsfailed
    yield made
    assert made.concluded or request.session.testsfailed > failed
