"""What happens without a request: customers at terminals, Toman's work on reports, the end of a session."""

from collections.abc import Callable, Mapping
from datetime import datetime

from paycli.sandbox.toman.books import EXPIRED, FAILED, IN_PROGRESS, INITIATE, SUCCESS, Books, Report, Terminal
from paycli.sandbox.world import NoSuchThingError

OPEN = (INITIATE, IN_PROGRESS)


def pay(books: Books, target: str, now: datetime) -> str:
    """Let a customer pay at a terminal."""
    payment = books.add_payment(_terminal(books, target), now, paid=True)
    return f"payment {payment.id} of {payment.amount} IRR succeeded"


def decline(books: Books, target: str, now: datetime) -> str:
    """Let a customer's payment fail."""
    payment = books.add_payment(_terminal(books, target), now, paid=False)
    return f"payment {payment.id} of {payment.amount} IRR failed"


def finish(books: Books, target: str, _now: datetime) -> str:
    """Let a report succeed."""
    report = _report(books, target, *OPEN)
    books.finish(report)
    return f"report {target} succeeded: {report.filename}"


def fail(books: Books, target: str, _now: datetime) -> str:
    """Let a report fail."""
    _report(books, target, *OPEN).status = FAILED
    return f"report {target} failed"


def expire(books: Books, target: str, _now: datetime) -> str:
    """Take a report's file away."""
    _report(books, target, SUCCESS).status = EXPIRED
    return f"report {target} is expired"


EVENTS: Mapping[str, Callable[[Books, str, datetime], str]] = {
    "pay": pay,
    "decline": decline,
    "finish": finish,
    "fail": fail,
    "expire": expire,
}


def _terminal(books: Books, target: str) -> Terminal:
    found = [one for one in books.terminals.values() if target in {one.uuid, one.number}]
    if not found:
        raise NoSuchThingError(f"Toman's sandbox has no terminal {target!r}.")
    return found[0]


def _report(books: Books, target: str, *states: int) -> Report:
    report = books.reports.get(target)
    if report is None:
        raise NoSuchThingError(f"Toman's sandbox has no report {target!r}.")
    if report.status not in states:
        raise NoSuchThingError(f"Report {target} has status {report.status}.")
    return report
