"""A sandbox's state as JSON that holds exact decimals and what belongs together.

It is a list of things; one thing names another by its place in the list, so that what two parts share is still
shared after reading. Only classes of the sandbox itself are made from it.
"""

import importlib
import random
from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from enum import Enum
from typing import Any

PACKAGE = "paycli.sandbox."
_FACTORIES = {"list": list, "dict": dict, "int": int, "set": set, "str": str}
_SIMPLE: dict[str, tuple[type, Callable[[Any], Any], Callable[[Any], Any]]] = {
    "decimal": (Decimal, str, Decimal),
    "datetime": (datetime, datetime.isoformat, datetime.fromisoformat),
    "timedelta": (timedelta, lambda t: [t.days, t.seconds, t.microseconds], lambda told: timedelta(*told)),
    "bytes": (bytes, bytes.hex, bytes.fromhex),
}


class DamagedStateError(Exception):
    """What was read is no state that a sandbox can go on with."""


class Writer:
    """Turns values into things that JSON has; ``known`` are the objects that are named instead of written."""

    def __init__(self, known: Mapping[str, Any]) -> None:
        self.things: list[Any] = []
        self._known = {id(part): name for name, part in known.items()}
        self._places: dict[int, int] = {}
        # Holding what was seen keeps its identity from being given to something else.
        self._seen: list[Any] = []

    def written(self, value: Any) -> Any:
        """Return what stands for a value. Raises TypeError for what cannot be kept."""
        if id(value) in self._known:
            return {"known": self._known[id(value)]}
        if isinstance(value, Enum):
            return {"enum": _name(type(value)), "member": value.name}
        if value is None or isinstance(value, bool | int | float | str):
            return value
        for name, (kind, write, _) in _SIMPLE.items():
            if isinstance(value, kind):
                return {name: write(value)}
        if isinstance(value, tuple):
            return {"tuple": [self.written(item) for item in value]}
        return self._placed(value)

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
            case set() | frozenset():
                return {"set": [self.written(item) for item in value], "frozen": isinstance(value, frozenset)}
            case deque():
                return {"deque": [self.written(item) for item in value], "longest": value.maxlen}
            case random.Random():
                version, numbers, gauss = value.getstate()
                return {"random": [version, list(numbers), gauss]}
        return {"object": _name(type(value)), "fields": self._pairs(vars(value))}

    def _pairs(self, value: Mapping[Any, Any]) -> list[list[Any]]:
        return [[self.written(name), self.written(item)] for name, item in value.items()]


class Reader:
    """Turns what a writer wrote into values again."""

    def __init__(self, things: list[Any], known: Mapping[str, Any]) -> None:
        self.things = things
        self._known = known
        self._made: dict[int, Any] = {}

    def read(self, told: Any) -> Any:
        """Return the value that something stands for. Raises DamagedStateError, or what Python says to nonsense."""
        if not isinstance(told, dict):
            return told
        match told:
            case {"thing": place}:
                return self._made[place] if place in self._made else self._make(place)
            case {"known": name}:
                return self._known[name]
            case {"tuple": items}:
                return tuple(self.read(item) for item in items)
            case {"enum": name, "member": member}:
                return _class(name)[member]
        name, value = next(iter(told.items()))
        return _SIMPLE[name][2](value)

    def _make(self, place: int) -> Any:
        told = self.things[place]
        match told:
            case {"defaultdict": pairs, "of": factory}:
                return self._filled(place, defaultdict(_FACTORIES[factory]), pairs)
            case {"dict": pairs}:
                return self._filled(place, {}, pairs)
            case {"list": items}:
                return self._extended(place, [], items)
            case {"deque": items, "longest": longest}:
                return self._extended(place, deque(maxlen=longest), items)
            case {"set": items, "frozen": frozen}:
                found = {self.read(item) for item in items}
                return self._made.setdefault(place, frozenset(found) if frozen else found)
            case {"random": [version, numbers, gauss]}:
                chance = self._made[place] = random.Random()  # noqa: S311 made-up data
                chance.setstate((version, tuple(numbers), gauss))
                return chance
            case {"object": name, "fields": pairs}:
                return self._object(place, _class(name), pairs)
        raise DamagedStateError

    def _extended(self, place: int, made: list[Any] | deque[Any], items: list[Any]) -> Any:
        self._made[place] = made
        made.extend(self.read(item) for item in items)
        return made

    def _filled(self, place: int, made: dict[Any, Any], pairs: list[list[Any]]) -> Any:
        self._made[place] = made
        made.update(self._pairs(pairs))
        return made

    def _object(self, place: int, kind: Any, pairs: list[list[Any]]) -> Any:
        made = self._made[place] = kind.__new__(kind)
        # A frozen dataclass refuses to be set in the usual way.
        for name, value in self._pairs(pairs):
            object.__setattr__(made, name, value)
        return made

    def _pairs(self, pairs: list[list[Any]]) -> Iterator[tuple[Any, Any]]:
        return ((self.read(name), self.read(item)) for name, item in pairs)


def _name(kind: type) -> str:
    if not kind.__module__.startswith(PACKAGE):
        raise TypeError(f"{kind.__module__}.{kind.__qualname__} cannot be kept")
    return f"{kind.__module__}:{kind.__qualname__}"


def _class(name: str) -> Any:
    module, _, plain = name.partition(":")
    found = getattr(importlib.import_module(module), plain, None) if module.startswith(PACKAGE) else None
    if not isinstance(found, type) or found.__module__ != module:
        raise DamagedStateError
    return found
