"""Toman's two ways of paging: by number, and by an opaque cursor that stays right while payments arrive."""

import base64
import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode

from paycli.sandbox.http import Call, Reply, as_json
from paycli.sandbox.toman.answers import invalid, not_found
from paycli.sandbox.toman.books import CROCKFORD, Payment

PREFIX = "/toman"
# The document names no page size.
PAGE_SIZE = 10
PAYMENTS_PAGE_SIZE = 50
_ID = re.compile(f"[{CROCKFORD}]{{26}}")


def numbered(call: Call, rows: Sequence[Mapping[str, Any]]) -> Reply:
    """Answer one page of a list with ?page=."""
    if strange := sorted(set(call.query) - {"page"}):
        return invalid(dict.fromkeys(strange, "This parameter is not known."))
    asked, last = call.query.get("page", "1"), max(1, -(-len(rows) // PAGE_SIZE))
    if not re.fullmatch(r"[1-9]\d{0,8}", asked) or int(asked) > last:
        return not_found("Invalid page.")
    page = int(asked)

    def address(number: int) -> str | None:
        host = call.headers.get("host", "127.0.0.1")
        return f"http://{host}{PREFIX}{call.path}?page={number}" if 1 <= number <= last else None

    results = list(rows[(page - 1) * PAGE_SIZE : page * PAGE_SIZE])
    return _page(len(rows), address(page + 1), address(page - 1), results)


def by_cursor(call: Call, payments: Sequence[Payment]) -> Reply:
    """Answer one page of payments, newest first; the cursor names the payment where a page ended."""
    if strange := sorted(set(call.query) - {"cursor"}):
        return invalid(dict.fromkeys(strange, "This parameter is not known."))
    newest = sorted(payments, key=lambda payment: payment.id, reverse=True)
    position = _read(call.query["cursor"]) if "cursor" in call.query else {}
    if position is None:
        return not_found("Invalid cursor")
    shown = _slice(newest, position)
    return _page(len(newest), *_neighbours(call, newest, shown), [payment.shown() for payment in shown])


def _slice(newest: list[Payment], position: Mapping[str, str]) -> list[Payment]:
    if "r" in position:
        return [payment for payment in newest if payment.id > position["p"]][-PAYMENTS_PAGE_SIZE:]
    return [payment for payment in newest if not position or payment.id < position["p"]][:PAYMENTS_PAGE_SIZE]


def _neighbours(call: Call, newest: list[Payment], shown: list[Payment]) -> tuple[str | None, str | None]:
    if not shown:
        return None, None
    following = _address(call, {"p": shown[-1].id}) if shown[-1].id != newest[-1].id else None
    previous = _address(call, {"r": "1", "p": shown[0].id}) if shown[0].id != newest[0].id else None
    return following, previous


def _address(call: Call, position: Mapping[str, str]) -> str:
    # The document shows http:// here although the API is https://: a link to the right host at the wrong port. Here
    # the port is missing for the same reason, so that who follows the link as given notices.
    host = call.headers.get("host", "127.0.0.1").partition(":")[0]
    cursor = base64.b64encode(urlencode(position).encode()).decode()
    return f"http://{host}{PREFIX}{call.path}?cursor={quote(cursor, safe='')}"


def _read(cursor: str) -> Mapping[str, str] | None:
    try:
        position = dict(parse_qsl(base64.b64decode(cursor, validate=True).decode()))
    except ValueError:
        return None
    return position if _ID.fullmatch(position.get("p", "")) and set(position) <= {"p", "r"} else None


def _page(count: int, following: str | None, previous: str | None, results: Sequence[Mapping[str, Any]]) -> Reply:
    return as_json(200, {"count": count, "next": following, "previous": previous, "results": results})
