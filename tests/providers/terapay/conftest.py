"""A host that answers as a test wants, a profile that knows it, and standard input."""

import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from paycli.profiles import keyring
from tests.filekeyring import FileKeyring
from tests.serving import Answered, Came, Host, serve

KEY, SECRET = "made-up-key-71", "made-up-secret-72"
PROFILE = {
    "PROVIDER": "terapay",
    "ENVIRONMENT": "test",
    "API_KEY": KEY,
    "API_SECRET": SECRET,
    "PORTAL_USERNAME": "clerk@portal.example",
    "PORTAL_PASSWORD": "made-up-portal-password",
}


class LittleTeraPay:
    """What a host answers, by method and path without its query; unknown ones get an empty object."""

    def __init__(self) -> None:
        self.answers: dict[str, list[Answered]] = {}
        self.host = Host(self.answer)

    def put(self, route: str, content: Any = None, status: int = 200, **headers: str) -> None:
        """Add an answer to a route; the last one stays."""
        body = b"" if content is None else json.dumps(content).encode()
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answers.setdefault(route, []).append(Answered(status, body, headers=named))

    def answer(self, came: Came) -> Answered:
        """Answer one request."""
        found = self.answers.get(f"{came.method} {came.path.partition('?')[0]}", [Answered(200, b"{}")])
        return found.pop(0) if len(found) > 1 else found[0]

    def came(self, method: str | None = None) -> list[Came]:
        """Return what came."""
        return [one for one in self.host.came if method in {None, one.method}]


@pytest.fixture
def terapay(monkeypatch: pytest.MonkeyPatch) -> Iterator[LittleTeraPay]:
    """Return a little TeraPay that the profile ``ci`` knows."""
    little = LittleTeraPay()
    with serve(little.answer) as host:
        little.host = host
        for name, value in {**PROFILE, "BASE_URL": host.address}.items():
            monkeypatch.setenv(f"PAYCLI_CI_{name}", value)
        yield little


@pytest.fixture
def typed_in(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Return what puts text on standard input."""

    def put(text: str) -> None:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))

    return put


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a file the keyring of this process."""
    path = tmp_path / "keyring.json"
    monkeypatch.setattr(keyring, "_usual_backend", lambda: FileKeyring(path))
    return path
