"""A little Toman, and a profile that knows it."""

from collections.abc import Iterator

import pytest

from tests.providers.toman.service import LittleToman, environment, serving


@pytest.fixture
def toman(monkeypatch: pytest.MonkeyPatch) -> Iterator[LittleToman]:
    """Return a little Toman, and make it the base_url of the profile ``ci``."""
    with serving() as served:
        for name, value in environment(served.address).items():
            monkeypatch.setenv(name, value)
        yield served
