"""Keep a sandbox's state in a file between two runs: JSON that holds exact decimals and what belongs together.

The file is a list of things; one thing names another by its place in the list, so that what two providers' parts
share is still shared after reading. Only classes of the sandbox itself are made from it.
"""

import contextlib
import importlib
import os
import threading
from collections import defaultdict, deque
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any

import simplejson

from paycli.sandbox.core import Sandbox
from paycli.sandbox.world import MovableClock, World

VERSION = 1
FILE = "sandbox.json"
PACKAGE = "paycli.sandbox."
INTERVAL = 0.5
_FACTORIES = {"list": list, "dict": dict, "int": int, "set": set, "str": str}


class DamagedStateError(Exception):
    """The file is no state that this sandbox can go on with."""


class _Writer:
    """Turns values into things that JSON has."""

    def __init__(self, world: World) -> None:
        self.things: list[Any] = []
        self.world = world
        self._places: dict[int, int] = {}
        # Holding what was seen keeps its identity from being given to something else.
        self._seen: list[Any] = []

    def written(self, value: Any) -> Any:
        if value is None or isinstance(value, bool | int | float | str) and not isinstance(value, Enum):
            return value
        if value is self.world:
            return {"world": True}
        small = self._small(value)
        return small if small is not None else self._placed(value)

    def _small(self, value: Any) -> Any:
        match value:
            case Decimal():
                return {"decimal": str(value)}
            case datetime():
                return {"datetime": value.isoformat()}
            case timedelta():
                return {"timedelta": [value.days, value.seconds, value.microseconds]}
            case bytes():
                return {"bytes": value.hex()}
            case tuple():
                return {"tuple": [self.written(item) for item in value]}
            case frozenset():
                return {"frozenset": [self.written(item) for item in value]}
            case Enum():
                return {"enum": _name(type(value)), "member": value.name}
        return None

    def _placed(self, value: Any) -> Any:
        if id(value) not in self._places:
            self._places[id(value)] = place = len(self.things)
            self._seen.append(value)
            self.things.append(None)
            self.things[place] = self._large(value)
        return {"thing": self._places[id(value)]}

    def _large(self, value: Any) -> Any:
        match value:
            case defaultdict():
                factory = getattr(value.default_factory, "__name__", "")
                if factory not in _FACTORIES:
                    raise TypeError(f"a defaultdict of {factory} cannot be kept")
                return {"defaultdict": self._pairs(value), "of": factory}
            case dict():
                return {"dict": self._pairs(value)}
            case list():
                return {"list": [self.written(item) for item in value]}
            case set():
                return {"set": [self.written(item) for item in value]}
            case deque():
                return {"deque": [self.written(item) for item in value], "longest": value.maxlen}
        return {"object": _name(type(value)), "fields": self._pairs(_fields(value))}

    def _pairs(self, value: Mapping[Any, Any]) -> list[list[Any]]:
        return [[self.written(name), self.written(item)] for name, item in value.items()]


class _Reader:
    """Turns what a writer wrote into values again."""

    def __init__(self, things: list[Any], world: World) -> None:
        self.things = things
        self.world = world
        self._made: dict[int, Any] = {}

    def read(self, told: Any) -> Any:
        if not isinstance(told, dict):
            return told
        match told:
            case {"thing": place}:
                return self._made[place] if place in self._made else self._make(place)
            case {"world": True}:
                return self.world
            case {"decimal": text}:
                return Decimal(text)
            case {"datetime": text}:
                return datetime.fromisoformat(text)
            case {"timedelta": [days, seconds, microseconds]}:
                return timedelta(days, seconds, microseconds)
            case {"bytes": text}:
                return bytes.fromhex(text)
            case {"tuple": items}:
                return tuple(self.read(item) for item in items)
            case {"frozenset": items}:
                return frozenset(self.read(item) for item in items)
            case {"enum": name, "member": member}:
                return _class(name)[member]
        raise DamagedStateError

    def _make(self, place: int) -> Any:
        told = self.things[place]
        match told:
            case {"defaultdict": pairs, "of": factory}:
                made: Any = defaultdict(_FACTORIES[factory])
                self._made[place] = made
                made.update(self._pairs(pairs))
            case {"dict": pairs}:
                made = self._made[place] = {}
                made.update(self._pairs(pairs))
            case {"list": items}:
                made = self._made[place] = []
                made.extend(self.read(item) for item in items)
            case {"set": items}:
                made = self._made[place] = set()
                made.update(self.read(item) for item in items)
            case {"deque": items, "longest": longest}:
                made = self._made[place] = deque(maxlen=longest)
                made.extend(self.read(item) for item in items)
            case {"object": name, "fields": pairs}:
                kind = _class(name)
                made = self._made[place] = kind.__new__(kind)
                for field, value in self._pairs(pairs):
                    object.__setattr__(made, field, value)
            case _:
                raise DamagedStateError
        return made

    def _pairs(self, pairs: list[list[Any]]) -> Iterator[tuple[Any, Any]]:
        return ((self.read(name), self.read(item)) for name, item in pairs)


def _name(kind: type) -> str:
    if not kind.__module__.startswith(PACKAGE):
        raise TypeError(f"{kind.__module__}.{kind.__qualname__} cannot be kept")
    return f"{kind.__module__}:{kind.__qualname__}"


def _class(name: str) -> Any:
    module, _, qualified = name.partition(":")
    if not module.startswith(PACKAGE) or not qualified.isidentifier():
        raise DamagedStateError
    found = getattr(importlib.import_module(module), qualified, None)
    if not isinstance(found, type) or found.__module__ != module:
        raise DamagedStateError
    return found


def _fields(value: Any) -> dict[str, Any]:
    names = getattr(type(value), "__slots__", None)
    return {name: getattr(value, name) for name in names} if names else dict(vars(value))


def written(sandbox: Sandbox) -> str:
    """Return the state of every provider, and how far the clock was moved."""
    with sandbox.lock:
        writer = _Writer(sandbox.world)
        # What a provider has that is no state, such as its routes, is made anew by its class.
        providers = {name: _kept(writer, part) for name, part in sandbox.providers.items()}
        clock = sandbox.world.clock
        ahead = writer.written(clock.ahead) if isinstance(clock, MovableClock) else None
        state = {"version": VERSION, "ahead": ahead, "providers": providers, "things": writer.things}
        return simplejson.dumps(state, ensure_ascii=False, separators=(",", ":"))


def _kept(writer: _Writer, part: Any) -> dict[str, Any]:
    return {name: writer.written(value) for name, value in vars(part).items() if not is_made_anew(value)}


def is_made_anew(value: Any) -> bool:
    """Return whether an attribute is no state: routes and the like hold functions, also within lists and tuples."""
    if callable(value):
        return True
    if isinstance(value, Mapping):
        return any(is_made_anew(item) for item in value.values())
    return isinstance(value, list | tuple) and any(is_made_anew(item) for item in value)


def restore(sandbox: Sandbox, text: str) -> None:
    """Give a sandbox the state that was written. Raises DamagedStateError."""
    try:
        state = simplejson.loads(text)
        if state["version"] != VERSION:
            raise DamagedStateError
        reader = _Reader(state["things"], sandbox.world)
        found = {name: {k: reader.read(v) for k, v in part.items()} for name, part in state["providers"].items()}
        ahead = reader.read(state["ahead"])
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, ImportError, RecursionError):
        raise DamagedStateError from None
    for name, part in found.items():
        if name in sandbox.providers:
            vars(sandbox.providers[name]).update(part)
    if isinstance(ahead, timedelta) and isinstance(sandbox.world.clock, MovableClock):
        sandbox.world.clock.ahead = ahead


class Keeper:
    """Keeps a sandbox's state in a directory: read at the start, written a moment after each change and at the end."""

    def __init__(self, directory: Path, sandbox: Sandbox) -> None:
        self.path = directory / FILE
        self.sandbox = sandbox
        self._last = ""
        self._closed = threading.Event()
        directory.mkdir(parents=True, exist_ok=True)
        if self.path.exists():
            self._last = self.path.read_text(encoding="utf-8")
            restore(sandbox, self._last)
        self.write()
        self._thread = threading.Thread(target=self._work, name="keeper", daemon=True)
        self._thread.start()

    def write(self) -> None:
        """Write the state if it has changed: to a file of its own, which then takes the old one's place."""
        text = written(self.sandbox)
        if text == self._last:
            return
        beside = self.path.with_suffix(".new")
        beside.unlink(missing_ok=True)
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write(text)
        beside.replace(self.path)
        self._last = text

    def close(self) -> None:
        """Write a last time and stop."""
        self._closed.set()
        self._thread.join()
        self.write()

    def _work(self) -> None:
        while not self._closed.wait(INTERVAL):
            with contextlib.suppress(OSError):
                self.write()
