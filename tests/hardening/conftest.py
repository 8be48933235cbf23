"""What the tests of bad input, and those over real parts, share."""

import shutil
from collections.abc import Iterator
from typing import Any

import pytest

from tests.hardening.certificates import Authority
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
