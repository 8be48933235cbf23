"""Keep a sandbox's state in a file between two runs."""

import contextlib
import os
import re
import threading
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import simplejson

from paycli.sandbox.core import Sandbox
from paycli.sandbox.state import DamagedStateError, Reader, Writer
from paycli.sandbox.world import MovableClock

VERSION = 1
FILE = "sandbox.json"
LOCK = "sandbox.lock"
INTERVAL = 0.5


def written(sandbox: Sandbox) -> str:
    """Return the state of every provider, and how far the clock was moved."""
    with sandbox.lock:
        writer = Writer(_parts(sandbox))
        providers = {name: _kept(writer, part) for name, part in sandbox.providers.items()}
        clock = sandbox.world.clock
        ahead = writer.written(clock.ahead) if isinstance(clock, MovableClock) else None
        state = {"version": VERSION, "ahead": ahead, "providers": providers, "things": writer.things}
        return simplejson.dumps(state, ensure_ascii=False, separators=(",", ":"))


def restore(sandbox: Sandbox, text: str) -> None:
    """Give a sandbox the state that was written. Raises DamagedStateError."""
    try:
        state = simplejson.loads(text)
        if state["version"] != VERSION:
            raise DamagedStateError
        reader = Reader(state["things"], _parts(sandbox))
        found = {name: {k: reader.read(v) for k, v in part.items()} for name, part in state["providers"].items()}
        ahead = reader.read(state["ahead"])
    except (ArithmeticError, AttributeError, ImportError, LookupError, RecursionError, TypeError, ValueError):
        raise DamagedStateError from None
    for name, part in found.items():
        if name in sandbox.providers:
            vars(sandbox.providers[name]).update(part)
    if isinstance(ahead, timedelta) and isinstance(sandbox.world.clock, MovableClock):
        sandbox.world.clock.ahead = ahead


def _parts(sandbox: Sandbox) -> dict[str, Any]:
    """Return what is there before any state is read, by name."""
    world = sandbox.world
    return {**sandbox.providers, "the world": world, "the clock": world.clock, "the chance": world.chance}


def _kept(writer: Writer, part: Any) -> dict[str, Any]:
    return {name: writer.written(value) for name, value in vars(part).items() if not is_made_anew(value)}


def is_made_anew(value: Any) -> bool:
    """Return whether an attribute is no state but the way a class works: a function, or routes that hold some."""
    if isinstance(value, Mapping):
        return any(_is_code(item) for item in value.values())
    if isinstance(value, list | tuple):
        return any(_is_code(item) or (isinstance(item, tuple) and any(map(_is_code, item))) for item in value)
    return _is_code(value)


def _is_code(value: Any) -> bool:
    return callable(value) or isinstance(value, re.Pattern)


class BusyError(Exception):
    """Another process keeps its state in the directory."""


def alone(directory: Path) -> int:
    """Take the directory's lock, which ends with the descriptor or the process. Raises BusyError, OSError."""
    descriptor = os.open(directory / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _lock(descriptor)
    except OSError:
        os.close(descriptor)
        raise BusyError from None
    return descriptor


def _lock(descriptor: int) -> None:
    try:
        import fcntl
    except ImportError:  # pragma: no cover Windows
        import msvcrt

        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
    else:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


class Keeper:
    """Keeps a sandbox's state in a directory: read at the start, written a moment after each change and at the end.

    One process has a directory at a time: two would take each other's state away. Raises BusyError, DamagedStateError
    or OSError.
    """

    def __init__(self, directory: Path, sandbox: Sandbox) -> None:
        self.path = directory / FILE
        self.sandbox = sandbox
        self._last = ""
        self._turns = -1
        self._closed = threading.Event()
        directory.mkdir(parents=True, exist_ok=True)
        self._lock = alone(directory)
        try:
            self._begin()
        except BaseException:
            os.close(self._lock)
            raise
        self._thread = threading.Thread(target=self._work, name="keeper", daemon=True)
        self._thread.start()

    def _begin(self) -> None:
        if self.path.exists():
            self._last = self._read()
            restore(self.sandbox, self._last)
        self.write()

    def write(self) -> None:
        """Write the state if it has changed: to a file of its own, which then takes the old one's place."""
        turns = self.sandbox.turns
        if turns == self._turns:
            return
        text = written(self.sandbox)
        if text != self._last:
            beside = self.path.with_suffix(".new")
            beside.unlink(missing_ok=True)
            with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
                file.write(text)
            beside.replace(self.path)
        self._last, self._turns = text, turns

    def close(self) -> None:
        """Write a last time and stop."""
        self._closed.set()
        self._thread.join()
        try:
            self.write()
        finally:
            os.close(self._lock)

    def _read(self) -> str:
        try:
            return self.path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            raise DamagedStateError from None

    def _work(self) -> None:
        while not self._closed.wait(INTERVAL):
            with contextlib.suppress(OSError):
                self.write()
