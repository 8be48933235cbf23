"""Calls and replies without a socket, and JSON with exact numbers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import simplejson


@dataclass(frozen=True)
class Call:
    """One request as it arrived; header names are in lower case, the path begins below the provider's prefix.

    ``trusted`` is the sandbox's own doing, of which no credentials are asked; ``pending`` asks that what the request
    does is accepted and not finished, where the provider knows such a thing.
    """

    method: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    trusted: bool = False
    pending: bool = False


@dataclass(frozen=True)
class Reply:
    """One answer; ``executed`` says that the request changed something: it is done now, or under way."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    executed: bool = False


def as_json(status: int, value: Any, *, executed: bool = False) -> Reply:
    """Return a JSON answer, with decimals written as they are."""
    text = simplejson.dumps(value, use_decimal=True, ensure_ascii=False)
    return Reply(status, text.encode(), {"Content-Type": "application/json"}, executed)


def as_text(status: int, text: str) -> Reply:
    """Return a plain text answer."""
    return Reply(status, text.encode(), {"Content-Type": "text/plain; charset=utf-8"})


def parse_json(body: bytes) -> Any:
    """Return the JSON of a body with numbers as int or Decimal, or None when it is none."""
    try:
        return simplejson.loads(body.decode(), use_decimal=True)
    except ValueError:
        return None
