"""Routes of a provider's sandbox: which request goes where, and what is refused before anybody looks at it."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Generic, TypeVar
from urllib.parse import unquote

from paycli.sandbox.http import Call, Reply, as_json, parse_json
from paycli.sandbox.shapes import NOTHING, Check, Rules, table, uuid

State = TypeVar("State")
"""What one provider's sandbox remembers."""


class Refused(Exception):
    """The provider says no: a status, a code, and a sentence."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code

    def reply(self) -> Reply:
        """Return the refusal as an answer; the documents show no error body, so this one is ours."""
        return as_json(self.status, {"message": str(self), "code": self.code})


@dataclass(frozen=True)
class Ask:
    """A request that is well-formed: what its path names, and what its body holds."""

    call: Call
    named: Mapping[str, str]
    body: Any

    def uuid(self, name: str) -> str:
        """Return a UUID of the path, in small letters. Raises Refused."""
        if problem := uuid(self.named[name]):
            raise Refused(400, "INVALID_PATH", f"{name} {problem}")
        return self.named[name].lower()

    @property
    def query(self) -> Mapping[str, str]:
        """Return the query's fields."""
        return self.call.query


@dataclass(frozen=True)
class Route(Generic[State]):
    """One operation: where it is, what it takes, who answers, and what has to be there so that it can be executed.

    ``keyed`` takes an idempotency key, ``terminal`` the header of a terminal; ``open_to`` names who may ask without
    the account's credentials.
    """

    method: str
    path: str
    answer: Callable[[State, Ask], Reply]
    body: Check = NOTHING
    query: Rules = field(default_factory=dict)
    furnish: Callable[[State, Ask], None] | None = None
    keyed: bool = False
    terminal: bool = False
    open_to: str = ""

    def named(self, path: str) -> Mapping[str, str] | None:
        """Return what a path names where the template has braces, or None when it is another path."""
        expression = re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>[^/]+)", re.escape(self.path))
        found = re.fullmatch(expression, path)
        return {name: unquote(value) for name, value in found.groupdict().items()} if found else None


def find(routes: Sequence[Route[State]], call: Call) -> tuple[Route[State], Mapping[str, str]]:
    """Return the route of a request and what its path names. Raises Refused."""
    known = [(route, named) for route in routes if (named := route.named(call.path)) is not None]
    if not known:
        raise Refused(404, "NOT_FOUND", f"There is nothing at {call.path}")
    for route, named in known:
        if route.method == call.method:
            return route, named
    raise Refused(405, "METHOD_NOT_ALLOWED", f"{call.path} does not take {call.method}")


def read(route: Route[State], named: Mapping[str, str], call: Call) -> Ask:
    """Return the request once its shape is right. Raises Refused."""
    if problem := table(route.query)(call.query):
        raise Refused(400, "INVALID_QUERY", problem)
    body = _content(call)
    if problem := route.body(body):
        raise Refused(400, "INVALID_BODY", problem)
    return Ask(call, named, body)


def wanted(routes: Sequence[Route[State]], call: Call) -> tuple[Route[State], Ask] | None:
    """Return the route and the request when it is one that could be answered, or None."""
    try:
        route, named = find(routes, call)
        return route, read(route, named, replace(call, headers={**call.headers, "content-type": "application/json"}))
    except Refused:
        return None


def _content(call: Call) -> Any:
    if not call.body:
        return {}
    if call.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise Refused(415, "UNSUPPORTED_MEDIA_TYPE", "A body has to be application/json")
    content = parse_json(call.body)
    if content is None:
        raise Refused(400, "INVALID_BODY", "The body is not JSON")
    return content
