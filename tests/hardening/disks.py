"""Directories that cannot be written, and disks that are full: real ones, as far as this machine lets a test make them.

Whoever runs the tests as root needs no mode to write; a thread can lay that right down and take it up again.
"""

import contextlib
import ctypes
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

WRITES_ANYTHING, READS_ANYTHING = 1 << 1, 1 << 2
"""CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH of Linux."""
VERSION = 0x20080522
PIECE = 65536


class _Header(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


class _Rights(ctypes.Structure):
    _fields_ = (("effective", ctypes.c_uint32), ("permitted", ctypes.c_uint32), ("inheritable", ctypes.c_uint32))


@contextmanager
def as_anybody() -> Iterator[None]:
    """Let file modes hold for this thread even where it is root's."""
    if os.geteuid():
        yield
        return
    if not sys.platform.startswith("linux"):
        pytest.skip("file modes do not hold for root, and only Linux lets a thread lay that right down")
    system = ctypes.CDLL(None, use_errno=True)
    header, rights = _Header(VERSION, 0), (_Rights * 2)()
    assert system.capget(ctypes.byref(header), rights) == 0
    before = rights[0].effective
    rights[0].effective = before & ~(WRITES_ANYTHING | READS_ANYTHING)
    assert system.capset(ctypes.byref(header), rights) == 0
    try:
        yield
    finally:
        rights[0].effective = before
        assert system.capset(ctypes.byref(header), rights) == 0


def _mount(*words: str) -> None:
    command = ["mount", *words]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError:
        pytest.skip("there is no mount command here")
    if done.returncode:
        pytest.skip(f"this machine lets a test mount nothing: {done.stderr.strip()}")


@contextmanager
def _mounted(directory: Path, size: str = "2m") -> Iterator[None]:
    """Put a small disk of its own below a directory."""
    directory.mkdir(parents=True, exist_ok=True)
    _mount("-t", "tmpfs", "-o", f"size={size},mode=700", "tmpfs", str(directory))
    try:
        yield
    finally:
        unmount = ["umount", "-l", str(directory)]
        subprocess.run(unmount, capture_output=True, check=True)


@dataclass(frozen=True)
class Locked:
    """A directory that can be closed to writing, and opened again."""

    path: Path
    close: Callable[[], None]
    open: Callable[[], None]


@contextmanager
def lockable(kind: str, path: Path) -> Iterator[Locked]:
    """Return a directory that can be closed by its modes, or by mounting it read-only."""
    path.mkdir(parents=True, exist_ok=True)
    if kind == "modes":
        with as_anybody():
            try:
                yield Locked(path, lambda: _modes(path, 0o500), lambda: _modes(path, 0o700))
            finally:
                _modes(path, 0o700)
        return
    with _mounted(path):
        remount = ("-o", "remount,{}", str(path))
        yield Locked(
            path,
            lambda: _mount(*(word.format("ro") for word in remount)),
            lambda: _mount(*(word.format("rw") for word in remount)),
        )


def _modes(path: Path, mode: int) -> None:
    for folder in (path, *(one for one in path.rglob("*") if one.is_dir())):
        folder.chmod(mode)
    for file in path.rglob("*"):
        if file.is_file():
            file.chmod(mode & 0o600)


@dataclass(frozen=True)
class Small:
    """A directory on a disk that can be filled up, and emptied again."""

    path: Path
    fill: Callable[[], None]
    free: Callable[[], None]


@contextmanager
def fillable(kind: str, path: Path) -> Iterator[Small]:
    """Return a directory on a small disk, or under a limit for every file that this process writes."""
    path.mkdir(parents=True, exist_ok=True)
    if kind == "limit":
        with _limited(path) as limited:
            yield limited
        return
    filler = path / "filler"
    with _mounted(path):
        yield Small(path, lambda: _fill(filler), filler.unlink)


def _fill(file: Path) -> None:
    for size in (PIECE, 1):
        with contextlib.suppress(OSError), file.open("ab", buffering=0) as growing:
            while True:
                growing.write(bytes(size))


@contextmanager
def _limited(path: Path) -> Iterator[Small]:
    resource = pytest.importorskip("resource", reason="only POSIX limits the size of files")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)

    def limit(size: int) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))

    try:
        yield Small(path, lambda: limit(0), lambda: limit(soft))
    finally:
        limit(soft)
