"""Make what a request needs, so that it would be executed now; what exists stays as it is."""

import re
from datetime import datetime, timedelta

from paycli.sandbox.http import Call, parse_json
from paycli.sandbox.toman.books import POS, SUCCESS, Books, Terminal
from paycli.sandbox.toman.terminals import UUID

_NAMED = re.compile(r"/(terminals|reports|psps|psp-accounts)/([^/]+)(/download)?")


def furnish(books: Books, call: Call, now: datetime) -> None:
    """Make the account of a new terminal, or the terminal, report, PSP or account that the path names."""
    body = parse_json(call.body)
    if call.path == "/terminals/" and isinstance(body, dict):
        _account(books, str(body.get("psp_account_uuid")))
    elif match := _NAMED.fullmatch(call.path):
        _named(books, match[1], match[2], now)


def _named(books: Books, kind: str, name: str, now: datetime) -> None:
    if kind == "psps" and name.isascii() and name.isdigit() and all(psp["id"] != int(name) for psp in books.psps):
        books.psps.append({"id": int(name), "name": f"PSP {name}", "enabled": True})
    if not UUID.fullmatch(name):
        return
    if kind == "psp-accounts":
        _account(books, name)
    if kind == "reports" and name not in books.reports:
        books.add_report(name, SUCCESS, now - timedelta(days=20), now, now)
    if kind == "terminals" and name not in books.terminals:
        account = next(iter(books.accounts.values()))
        psp, number = str(account["psp"]), str(10**7 + len(books.terminals))
        books.terminals[name] = Terminal(name, POS, str(account["uuid"]), psp, number, 100, True, None, now, now)


def _account(books: Books, uuid: str) -> None:
    if UUID.fullmatch(uuid) and uuid not in books.accounts:
        books.add_account(uuid)
