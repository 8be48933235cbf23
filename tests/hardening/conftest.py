"""What the tests over real parts share."""

import shutil
from typing import Any

import pytest

from tests.hardening.certificates import Authority


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """Return an authority that nobody trusts by default."""
    if shutil.which("openssl") is None:
        pytest.skip("certificates are made with the openssl command, which is not here")
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def counted(record_property: Any) -> Any:
    """Return a function that records a figure for the end of the test run."""
    return lambda name, count=1: record_property(f"hardening {name}", count)
