"""The operating system's keyring, and the only module that imports keyring.

Every call ends within its time: 3 seconds without a terminal; with one a notice after 3 seconds and 60 in all, since
the user may be typing a passphrase. Backends that keep secrets in plain text, or nowhere, are refused by name.
"""

import contextlib
import functools
import os
import sys
import threading
from collections.abc import Callable
from typing import Any, TypeVar

from paycli.errors import ConfigurationProblem

SERVICE = "paycli"
PATIENCE = 3.0
PATIENCE_WITH_A_PERSON = 60.0
REFUSED = {
    "keyring.backends.fail": "it is no keyring at all",
    "keyring.backends.null": "it forgets everything",
    "keyrings.alt": "it keeps secrets in a file",
    "keyring.backends.chainer": "it holds no usable backend",
}
# The platforms' own, which keyring finds too, after it has loaded every other one and asked each whether it works.
OWN = {
    "linux": "keyring.backends.SecretService.Keyring",
    "darwin": "keyring.backends.macOS.Keyring",
    "win32": "keyring.backends.Windows.WinVaultKeyring",
}
Result = TypeVar("Result")


class KeyringProblem(ConfigurationProblem):
    """The keyring cannot be used; the message says why."""


class Keyring:
    """Values by user name under paycli's service."""

    def __init__(
        self,
        *,
        person: bool = False,
        notice: Callable[[str], None] = lambda _: None,
        patience: tuple[float, float] = (PATIENCE, PATIENCE_WITH_A_PERSON),
        backend: Callable[[], Any] | None = None,
    ) -> None:
        """``person`` says that someone at a terminal may be unlocking it, and reads ``notice``."""
        self.person = person
        self.notice = notice
        self.patience = patience
        self.backend = functools.cache(backend or _usual_backend)

    def get(self, user: str) -> str | None:
        """Return the stored value or None. Raises KeyringProblem."""
        found: str | None = self._within(lambda: self._accepted().get_password(SERVICE, user))
        return found

    def set(self, user: str, value: str) -> None:
        """Store the value. Raises KeyringProblem."""
        self._within(lambda: self._accepted().set_password(SERVICE, user, value))

    def delete(self, user: str) -> None:
        """Remove the value; an absent one is no error. Raises KeyringProblem."""

        def delete() -> None:
            backend = self._accepted()
            if backend.get_password(SERVICE, user) is not None:
                backend.delete_password(SERVICE, user)

        self._within(delete)

    def name(self) -> str:
        """Return the backend's name. Raises KeyringProblem."""
        return self._within(lambda: _name(self._accepted()))

    def _accepted(self) -> Any:
        backend = self.backend()
        if _name(backend).startswith("keyring.backends.chainer"):
            # A chain falls back to whatever comes next; the best accepted one is taken instead.
            backend = next((one for one in backend.backends if not _refusal(one)), backend)
        if why := _refusal(backend):
            raise KeyringProblem(f"The keyring {_name(backend)} is refused: {why}.")
        return backend

    def _within(self, call: Callable[[], Result]) -> Result:
        box: dict[str, Any] = {}

        def run() -> None:
            try:
                box["result"] = call()
            except BaseException as problem:  # noqa: BLE001 told in the thread that waits
                box["problem"] = problem

        worker = threading.Thread(target=run, daemon=True)
        worker.start()
        worker.join(self.patience[0])
        if worker.is_alive() and self.person:
            self.notice("waiting for the keyring; it may be asking for its passphrase in another window")
            worker.join(self.patience[1] - self.patience[0])
        if worker.is_alive():
            limit = self.patience[1] if self.person else self.patience[0]
            raise KeyringProblem(f"The keyring did not answer within {limit:g} seconds.")
        if problem := box.get("problem"):
            raise _told(problem)
        result: Result = box["result"]
        return result


class SharedKeyring(Keyring):
    """The keyring as several threads use it: one call at a time, and none after one that failed.

    Backends need not be safe for threads; and who waits for one that hangs need not wait for it again.
    """

    def __init__(self, usual: Keyring) -> None:
        super().__init__(person=usual.person, notice=usual.notice, patience=usual.patience, backend=usual.backend)
        self.lock = threading.Lock()
        self.failed: KeyringProblem | None = None

    def _within(self, call: Callable[[], Result]) -> Result:
        with self.lock:
            if self.failed:
                raise self.failed
            try:
                return super()._within(call)
            except KeyringProblem as problem:
                self.failed = problem
                raise


def _usual_backend() -> Any:
    """Return the backend that the user names as keyring documents it, else the platform's own, else what is found.

    KDE has one of its own beside the platform's, and keyring knows when it comes first.
    """
    import keyring
    from keyring.core import load_config, load_env, load_keyring

    if named := load_env() or load_config():
        return named
    if sys.platform in OWN and "KDE" not in os.environ.get("XDG_CURRENT_DESKTOP", ""):
        # Any failure means, as to keyring itself, that it does not work here.
        with contextlib.suppress(Exception):
            return load_keyring(OWN[sys.platform])
    return keyring.get_keyring()


def _name(backend: Any) -> str:
    kind = type(backend)
    return f"{kind.__module__}.{kind.__qualname__}"


def _refusal(backend: Any) -> str | None:
    name = _name(backend)
    return next((why for start, why in REFUSED.items() if name.startswith(start)), None)


def _told(problem: BaseException) -> BaseException:
    if isinstance(problem, KeyringProblem) or not isinstance(problem, Exception):
        return problem
    import keyring.errors

    if isinstance(problem, keyring.errors.KeyringLocked):
        return KeyringProblem("The keyring is locked.")
    # The text of an error of a backend is not shown: it might hold what was to be stored.
    return KeyringProblem(f"The keyring failed ({type(problem).__name__}).")
