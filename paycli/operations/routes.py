"""Routes that a profile replaces: where a provider's document is silent, or an account has routes of its own.

A profile's field ``routes.<command>`` holds a method and a path template with exactly the placeholders of the declared
one. The origin of a declared route (``{report_url}``) stays as it is.
"""

import difflib
import re
from collections.abc import Iterable, Mapping
from urllib.parse import unquote

from paycli.operations.operation import Operation, Route
from paycli.patterns import pattern
from paycli.values import replace

FIELD = "routes."
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
PLACEHOLDER = pattern(r"\{([a-z_A-Z]+)\}")
_ORIGIN = pattern(r"\{[a-z]+_url\}")
_FORM = "write a method and a path, such as POST /v2/topups"


def parse_route(text: str) -> tuple[str, str]:
    """Return method and path template. Raises ValueError with what is wrong, never with the text."""
    method, _, path = text.partition(" ")
    path = path.strip()
    if method not in METHODS:
        raise ValueError(f"{_FORM}; the methods are {', '.join(METHODS)}")
    if not path.startswith("/") or path.startswith("//") or not path.isprintable() or re.search(r"[\s\\#]", path):
        raise ValueError(_FORM)
    bare, _, query = path.partition("?")
    if re.search(r"[{}]", PLACEHOLDER.sub("", path)) or PLACEHOLDER.search(query):
        raise ValueError("a placeholder is a whole name in braces, such as {id}, and stands in the path")
    if {".", ".."} & set(unquote(bare).split("/")):
        raise ValueError("a path holds no dot segments")
    return method, path


def check_route(operation: Operation, text: str) -> None:
    """Raise ValueError where the text cannot replace the operation's route, with the placeholders that it needs."""
    _, path = parse_route(text)
    wanted, found = _placeholders(operation.path), _placeholders(path)
    if wanted != found:
        told = ", ".join(f"{{{name}}}" for name in wanted) or "no placeholder"
        raise ValueError(f"the path must hold exactly {told}, as {operation.verb} {operation.path} does")


def check_routes(operations: Mapping[str, Operation], command: str, text: str) -> None:
    """Raise ValueError where a replaced route is of no command, or cannot be that command's."""
    if command not in operations:
        close = difflib.get_close_matches(command, operations, 1)
        hint = f"; did you mean {close[0]}?" if close else "; see: paycli operations list"
        raise ValueError(f"{command} is no command whose route could be replaced{hint}")
    check_route(operations[command], text)


def routed(operation: Operation, facts: Mapping[str, str]) -> Operation:
    """Return the operation with the route that the profile says, else as it is declared."""
    text = facts.get(FIELD + operation.command)
    if not text:
        return operation
    method, path = parse_route(text)
    origin = _ORIGIN.match(operation.path)
    return replace(operation, method=method, path=f"{origin[0] if origin else ''}{path}")


def assumed(operation: Operation, facts: Mapping[str, str]) -> bool:
    """Return whether nobody vouches for the operation's route: neither the document nor the profile."""
    return operation.route is Route.ASSUMED and not facts.get(FIELD + operation.command)


def block(operations: Iterable[Operation]) -> str:
    """Return the lines that name the operations' routes in a profile of profiles.yaml."""
    lines = [f"      {operation.command}: {_plain(f'{operation.verb} {operation.path}')}" for operation in operations]
    return "\n".join(["    routes:", *lines])


def matched(operation: Operation, path: str) -> dict[str, str] | None:
    """Return what a path holds in the places of the operation's placeholders; None where it is another path."""
    template = _ORIGIN.sub("", operation.path).partition("?")[0]
    pieces = PLACEHOLDER.split(template)
    names = pieces[1::2]
    shape = "([^/]+)".join(map(re.escape, pieces[0::2]))
    match = re.fullmatch(shape, unquote(path))
    return dict(zip(names, match.groups(), strict=True)) if match else None


def _placeholders(path: str) -> list[str]:
    return sorted(PLACEHOLDER.findall(_ORIGIN.sub("", path)))


def _plain(text: str) -> str:
    """Return the text as YAML reads it back: a plain scalar, quoted where a mark in it would mean something."""
    return f'"{text}"' if re.search(r": |\s#|[{}\[\],&*!|>'\"%@`]", text) else text
