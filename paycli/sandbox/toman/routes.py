"""Toman's nine routes. Where the document's table says POST and its samples GET, the samples are right."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from paycli.sandbox.http import Call, Reply, as_json
from paycli.sandbox.toman import store
from paycli.sandbox.toman.answers import detail, not_found
from paycli.sandbox.toman.books import IPG, POS, SUCCESS, Books
from paycli.sandbox.toman.pages import PREFIX, by_cursor, numbered
from paycli.sandbox.toman.terminals import create
from paycli.sandbox.world import World

KINDS = {"ipg": IPG, "pos": POS, "0": IPG, "1": POS}


@dataclass(frozen=True)
class Asked:
    """A request that may be answered; ``name`` is the part of the path that says which."""

    books: Books
    world: World
    call: Call
    name: str


@dataclass(frozen=True)
class Route:
    """One address with the scope that a token needs there; ``paged`` lists know a parameter of the query."""

    method: str
    path: str
    scope: str
    handler: Callable[[Asked], Reply]
    paged: bool = False


def create_terminal(asked: Asked) -> Reply:
    """Create a terminal."""
    return create(asked.books, asked.world, asked.call)


def terminal(asked: Asked) -> Reply:
    """Show a terminal."""
    found = asked.books.terminals.get(asked.name)
    return as_json(200, found.shown()) if found else not_found()


def reports(asked: Asked) -> Reply:
    """List reports, newest first."""
    newest = sorted(asked.books.reports.values(), key=lambda report: report.created_at, reverse=True)
    return numbered(asked.call, [report.shown() for report in newest])


def download(asked: Asked) -> Reply:
    """Make a link to a report's file."""
    report = asked.books.reports.get(asked.name)
    if report is None:
        return not_found()
    if report.status != SUCCESS or report.filename is None:
        return detail(400, f"The report has no file; its status is {report.status}.")
    origin = f"{asked.world.files_address}{PREFIX}"
    link = store.presigned(origin, asked.books.key, report.filename, asked.world.clock.now())
    return as_json(200, {"url": link})


def psps(asked: Asked) -> Reply:
    """List the companies behind terminals."""
    return numbered(asked.call, asked.books.psps)


def psp(asked: Asked) -> Reply:
    """Show one of them."""
    return _one([psp for psp in asked.books.psps if str(psp["id"]) == asked.name])


def accounts(asked: Asked) -> Reply:
    """List the shops' accounts there."""
    return numbered(asked.call, list(asked.books.accounts.values()))


def account(asked: Asked) -> Reply:
    """Show one of them."""
    return _one([account for account in asked.books.accounts.values() if account["uuid"] == asked.name])


def payments(asked: Asked) -> Reply:
    """List the payments at one kind of terminal; the link of the document says ipg, its table of types 0."""
    if asked.name not in KINDS:
        return not_found()
    kind = KINDS[asked.name]
    return by_cursor(asked.call, [payment for payment in asked.books.payments if payment.terminal_type == kind])


def _one(found: list[dict[str, Any]]) -> Reply:
    return as_json(200, found[0]) if found else not_found()


ROUTES = (
    Route("POST", r"/terminals/", "repigma.terminal.create", create_terminal),
    Route("GET", r"/terminals/([^/]+)", "repigma.terminal.read", terminal),
    Route("GET", r"/reports/", "repigma.report.list", reports, paged=True),
    Route("GET", r"/reports/([^/]+)/download", "repigma.report.download", download),
    Route("GET", r"/psps", "repigma.psp.read", psps, paged=True),
    Route("GET", r"/psps/([^/]+)", "repigma.psp.read", psp),
    Route("GET", r"/psp-accounts", "repigma.psp_account.read", accounts, paged=True),
    Route("GET", r"/psp-accounts/([^/]+)", "repigma.psp_account.read", account),
    Route("GET", r"/payments/([^/]+)", "repigma.payment.list", payments, paged=True),
)
