"""Terminals: what a request to create one may hold."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from paycli.sandbox.http import Call, Reply, as_json, parse_json
from paycli.sandbox.toman.answers import detail, invalid
from paycli.sandbox.toman.books import Books, Terminal
from paycli.sandbox.world import World

Check = Callable[[Any], str | None]
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
REQUIRED = "This field is required."


def create(books: Books, world: World, call: Call) -> Reply:
    """Create a terminal of an account; its number is its own."""
    if call.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        return detail(415, "Unsupported media type in request.")
    body = parse_json(call.body)
    if not isinstance(body, dict):
        return detail(400, "JSON parse error")
    if wrong := _violations(body) or _unfit(books, body):
        return invalid(wrong)
    terminal = _made(books, world, body)
    books.terminals[terminal.uuid] = terminal
    return as_json(201, terminal.shown(), executed=True)


def _made(books: Books, world: World, body: Mapping[str, Any]) -> Terminal:
    now, start = world.clock.now(), body.get("start_fetch_time")
    return Terminal(
        world.fresh_id(),
        body["terminal_type"],
        body["psp_account_uuid"],
        str(books.accounts[body["psp_account_uuid"]]["psp"]),
        body["terminal_number"],
        body["acceptor_code"],
        body.get("enabled", True),
        body.get("description"),
        now,
        datetime.fromisoformat(start) if start else now,
    )


def _unfit(books: Books, body: Mapping[str, Any]) -> dict[str, str]:
    account, number = body["psp_account_uuid"], body["terminal_number"]
    if account not in books.accounts:
        return {"psp_account_uuid": "There is no such account."}
    taken = any((one.account, one.number) == (account, number) for one in books.terminals.values())
    return {"terminal_number": "The account has a terminal with this number."} if taken else {}


def _violations(body: Mapping[str, Any]) -> dict[str, str]:
    wrong = {name: REQUIRED for name, (needed, _) in FIELDS.items() if needed and name not in body}
    for name, value in body.items():
        told = FIELDS[name][1](value) if name in FIELDS else "This field is not known."
        if told:
            wrong[name] = told
    return wrong


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _kind(value: Any) -> str | None:
    return None if _is_whole(value) and value in {0, 1} else "This is neither 0 (IPG) nor 1 (POS)."


def _uuid(value: Any) -> str | None:
    return None if isinstance(value, str) and UUID.fullmatch(value) else "Must be a valid UUID."


def _number(value: Any) -> str | None:
    return None if isinstance(value, str) and re.fullmatch(r"[0-9]{1,20}", value) else "Must be a string of digits."


def _code(value: Any) -> str | None:
    return None if _is_whole(value) and value >= 0 else "A valid integer is required."


def _flag(value: Any) -> str | None:
    return None if isinstance(value, bool) else "Must be a valid boolean."


def _text(value: Any) -> str | None:
    return None if value is None or isinstance(value, str) else "Not a valid string."


def _time(value: Any) -> str | None:
    try:
        zone = datetime.fromisoformat(value).tzinfo
    except (TypeError, ValueError):
        return "Datetime has wrong format."
    return None if zone else "Datetime has no zone."


FIELDS: Mapping[str, tuple[bool, Check]] = {
    "terminal_type": (True, _kind),
    "psp_account_uuid": (True, _uuid),
    "terminal_number": (True, _number),
    "acceptor_code": (True, _code),
    "enabled": (False, _flag),
    "description": (False, _text),
    "start_fetch_time": (False, _time),
}
