"""What the tests of bad input share."""

import pytest

EACH, EXHAUSTIVE = 60, 6000


@pytest.fixture
def count(request: pytest.FixtureRequest) -> int:
    """Return how many cases each subject has; ``--exhaustive`` tries many more."""
    return EXHAUSTIVE if request.config.getoption("--exhaustive") else EACH
