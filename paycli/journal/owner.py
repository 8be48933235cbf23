"""Which process an entry belongs to, and whether it lives: an OS lock that ends with its process."""

import contextlib
import os
import uuid
from pathlib import Path


class Owner:
    """The present process, as its entries name it; the lock is held until the process ends."""

    def __init__(self, directory: Path) -> None:
        """Take the lock; raises OSError when the directory cannot be written."""
        self.directory = directory
        directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.name = uuid.uuid4().hex
        self.descriptor = os.open(directory / self.name, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        if not _try_lock(self.descriptor):  # pragma: no cover a fresh name is nobody else's
            raise OSError(f"{self.name} is locked")

    def close(self) -> None:
        """Give the lock up and remove its file.

        A file that stays says nothing: whether its process lives is told by the lock.
        """
        os.close(self.descriptor)
        with contextlib.suppress(OSError):
            (self.directory / self.name).unlink()


def lives(directory: Path, name: str) -> bool:
    """Return whether the process of that name still runs."""
    try:
        descriptor = os.open(directory / name, os.O_RDWR)
    except OSError:
        return False
    try:
        return not _try_lock(descriptor)
    finally:
        os.close(descriptor)


def _try_lock(descriptor: int) -> bool:
    try:
        import fcntl
    except ImportError:  # pragma: no cover Windows
        import msvcrt

        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
        except OSError:
            return False
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
