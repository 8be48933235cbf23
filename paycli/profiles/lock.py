"""A lock between the processes of this machine, for what is read, changed and written back."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from paycli.errors import ConfigurationProblem
from paycli.profiles.places import state_directory


@contextmanager
def locked(name: str) -> Iterator[None]:
    """Hold the named lock; it is released when the block or the process ends. Raises ConfigurationProblem."""
    path = state_directory() / f"{name}.lock"
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as problem:
        raise ConfigurationProblem(
            f"{path} cannot be written: {problem.strerror}. Nothing was changed.",
            next_step="make its directory writable, or name another with PAYCLI_STATE_DIR",
        ) from None
    try:
        try:
            _lock(descriptor)
        except OSError as problem:
            # A network file system may know no locks, and Windows gives up after ten seconds.
            raise ConfigurationProblem(
                f"{path} cannot be locked: {problem.strerror}. Nothing was changed.",
                next_step="try again; else name a directory of this machine's own disk with PAYCLI_STATE_DIR",
            ) from None
        yield
    finally:
        os.close(descriptor)


def _lock(descriptor: int) -> None:
    try:
        import fcntl
    except ImportError:  # pragma: no cover Windows
        import msvcrt

        msvcrt.locking(descriptor, msvcrt.LK_LOCK, 1)  # type: ignore[attr-defined]
    else:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
