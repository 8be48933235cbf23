"""What the tests of bad input, those over real parts, and the hunts for secrets share."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.hardening.certificates import Authority
from tests.hardening.hunting import Hunt
from tests.hardening.shop import Shop, opened

EACH, EXHAUSTIVE = 60, 6000


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """Return an authority that nobody trusts by default."""
    if shutil.which("openssl") is None:
        pytest.skip("certificates are made with the openssl command, which is not here")
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def shop(run: Any, authority: Authority, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shop]:
    """Return a shop over TLS on loopback, whose authority the profile trusts."""
    monkeypatch.setenv("PAYCLI_SHOP_CA_BUNDLE", str(authority.file))
    with opened(run, monkeypatch, authority.certificate("shop").served()) as made:
        yield made


@pytest.fixture
def counted(record_property: Any) -> Any:
    """Return a function that records a figure for the end of the test run."""
    return lambda name, count=1: record_property(f"hardening {name}", count)


@pytest.fixture
def count(request: pytest.FixtureRequest) -> int:
    """Return how many cases of bad input each subject has; ``--exhaustive`` tries many more."""
    return EXHAUSTIVE if request.config.getoption("--exhaustive") else EACH


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
