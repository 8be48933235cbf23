"""A keyring for tests, in a file, shared by processes."""

import fcntl
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class FileKeyring:
    """Passwords by user in a JSON file."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def get_password(self, _service: str, user: str) -> str | None:
        """Return the password or None."""
        with self._locked() as held:
            return held.get(user)

    def set_password(self, _service: str, user: str, password: str) -> None:
        """Store the password."""
        with self._locked() as held:
            held[user] = password

    def delete_password(self, _service: str, user: str) -> None:
        """Remove the password."""
        with self._locked() as held:
            del held[user]

    @contextmanager
    def _locked(self) -> Iterator[dict[str, str]]:
        with self.path.open("a+") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            file.seek(0)
            text = file.read()
            held: dict[str, str] = json.loads(text or "{}")
            before = dict(held)
            yield held
            if held != before:
                file.truncate(0)
                file.write(json.dumps(held))
