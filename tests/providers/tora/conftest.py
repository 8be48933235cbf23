"""A little Tora on loopback: it answers by path, and keeps what it was asked."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.serving import Answered, Came, Host, serve

USER = {"USERNAME": "shop", "PASSWORD": "made-up-password-1", "TERMINAL_ID": "7001"}


def answered(value: Any, status: int = 200) -> Answered:
    """Return JSON as a provider answers it."""
    return Answered(status, json.dumps(value, ensure_ascii=False).encode())


@contextmanager
def answering(answers: dict[str, Any]) -> Iterator[Host]:
    """Serve answers by path; a function is asked with what came."""

    def answer(came: Came) -> Answered:
        found = answers.get(urlsplit(came.path).path)
        if callable(found):
            found = found(came)
        if isinstance(found, Answered):
            return found
        return answered({"message": "no such thing"}, 404) if found is None else answered(found)

    with serve(answer) as host:
        yield host


@pytest.fixture
def profile(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Return what makes the only profile, a test one, know a host."""

    def make(address: str) -> None:
        fields = {"PROVIDER": "tora", "ENVIRONMENT": "test", "BASE_URL": address, **USER}
        for name, value in fields.items():
            monkeypatch.setenv(f"PAYCLI_CI_{name}", value)

    return make
