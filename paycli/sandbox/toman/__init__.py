"""Toman's part of the sandbox: token server, reporting API and file store, read out of its document."""

import random
import re
from functools import cached_property
from urllib.parse import unquote

from paycli.sandbox.http import Call, Reply
from paycli.sandbox.toman import store
from paycli.sandbox.toman.answers import detail, invalid, not_found, unauthorized
from paycli.sandbox.toman.books import SUCCESS, Books, Report
from paycli.sandbox.toman.events import EVENTS
from paycli.sandbox.toman.furnishing import furnish
from paycli.sandbox.toman.routes import ROUTES, Asked, Route
from paycli.sandbox.toman.tokens import Tokens
from paycli.sandbox.toman.workbook import workbook
from paycli.sandbox.world import NoSuchThingError, World

TOKEN_PATH = "/oauth2/token/"  # noqa: S105 an address
COLUMNS = ("id", "amount", "psp", "masked_paid_card_number", "terminal_number", "transaction_datetime", "status")


class Toman:
    """One operator's terminals, payments and reports."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.tokens = Tokens(world)
        self.opened = world.clock.now()
        self.seed = world.chance.getrandbits(64)

    @cached_property
    def books(self) -> Books:
        """What Toman holds, made when it is first asked for."""
        return Books(random.Random(self.seed), self.opened)  # noqa: S311 made-up data

    def handle(self, call: Call) -> Reply:
        """Answer one request to the token server or the API."""
        if call.path == TOKEN_PATH:
            return self.tokens.answer(call) if call.method == "POST" else _wrong_method(call)
        matches = [(route, found) for route in ROUTES if (found := re.fullmatch(route.path, call.path))]
        if not matches:
            return not_found()
        for route, found in matches:
            if route.method == call.method:
                name = unquote("".join(found.groups()))
                return self._refusal(call, route) or route.handler(Asked(self.books, self.world, call, name))
        return _wrong_method(call)

    def file(self, call: Call) -> Reply:
        """Answer a presigned link; its server is not the API's."""
        if refused := store.refusal(call, self.books.key, self.world.clock.now()):
            return refused
        filename = unquote(call.path).removeprefix(f"/{store.BUCKET}/")
        reports = self.books.reports.values()
        report = next((one for one in reports if one.filename == filename and one.status == SUCCESS), None)
        if report is None:
            return store.s3_error(404, "NoSuchKey", "The specified key does not exist")
        return store.part(call, self._content(report))

    def act(self, event: str, target: str) -> str:
        """Play a customer, Toman or the token server: pay, decline, finish, fail, expire, sign-out."""
        if event == "sign-out":
            self.tokens.forget()
            return f"every token of {target} is dead"
        if event not in EVENTS:
            known = ", ".join([*EVENTS, "sign-out"])
            raise NoSuchThingError(f"Toman's sandbox knows no event {event!r}; it knows {known}.")
        return EVENTS[event](self.books, target, self.world.clock.now())

    def error(self, status: int) -> Reply:
        """Return an error of the API's form."""
        return detail(status, "The request failed.")

    def furnish(self, call: Call) -> None:
        """Make the account, terminal, report or PSP that the request names."""
        furnish(self.books, call, self.world.clock.now())

    def _refusal(self, call: Call, route: Route) -> Reply | None:
        if not call.trusted:
            kind, _, token = call.headers.get("authorization", "").partition(" ")
            if kind != "Bearer":
                return unauthorized("Authentication credentials were not provided.")
            grant = self.tokens.grant(token)
            if grant is None:
                return unauthorized("The token is unknown or expired.")
            if route.scope not in grant.scopes:
                return detail(403, "You do not have permission to perform this action.")
        if call.query and not route.paged:
            return invalid(dict.fromkeys(call.query, "This parameter is not known."))
        return None

    def _content(self, report: Report) -> bytes:
        rows = [payment.shown() for payment in self.books.payments if report.start <= payment.at < report.end]
        return workbook(COLUMNS, rows, report.end)


def _wrong_method(call: Call) -> Reply:
    return detail(405, f'Method "{call.method}" not allowed.')
