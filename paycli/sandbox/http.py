"""Calls and replies without a socket, and JSON with exact numbers."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import simplejson


@dataclass(frozen=True)
class Message:
    """What a provider sends to a shop by itself: a webhook, or a question before it charges."""

    url: str
    body: bytes
    content_type: str


@dataclass(frozen=True)
class Call:
    """One request as it arrived; header names are in lower case, the path begins below the provider's prefix.

    ``trusted`` is the sandbox's own doing, of which no credentials are asked; ``pending`` asks that what the request
    does is accepted and not finished, where the provider knows such a thing. ``answer`` is what the shop said to the
    question that the same request raised: whether to go on; None while nobody asked.
    """

    method: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    trusted: bool = False
    pending: bool = False
    answer: bool | None = None


@dataclass(frozen=True)
class Reply:
    """One answer; ``executed`` says that the request changed something: it is done now, or under way.

    ``chunks`` makes a long body piece by piece, instead of ``body``. A ``question`` is no answer yet: nothing has
    happened, and the request is to be handled once more with what the shop says to it.
    """

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    executed: bool = False
    chunks: Callable[[], Iterator[bytes]] | None = None
    question: Message | None = None

    def content(self) -> bytes:
        """Return the whole body, however it is made."""
        return b"".join(self.chunks()) if self.chunks else self.body


def as_json(status: int, value: Any, *, executed: bool = False) -> Reply:
    """Return a JSON answer, with decimals written as they are."""
    return Reply(status, json_text(value).encode(), {"Content-Type": "application/json"}, executed)


def json_text(value: Any) -> str:
    """Return JSON with decimals written as they are."""
    return simplejson.dumps(value, use_decimal=True, ensure_ascii=False)


def as_text(status: int, text: str) -> Reply:
    """Return a plain text answer."""
    return Reply(status, text.encode(), {"Content-Type": "text/plain; charset=utf-8"})


def parse_json(body: bytes) -> Any:
    """Return the JSON of a body with numbers as int or Decimal, or None when it is none."""
    try:
        return simplejson.loads(body.decode(), use_decimal=True)
    except (ValueError, RecursionError):
        return None
