"""A list that comes in pages: the next one is asked for when the rows of the last are shown, and none is gathered."""

from collections.abc import Callable, Mapping
from typing import Any

from paycli.errors import NothingSent, PaycliError
from paycli.operations.operation import Operation, Request
from paycli.operations.outcome import NotSent, Outcome, Succeeded
from paycli.operations.pages import Page, Query
from paycli.operations.provider import Provider
from paycli.sending.rows import Chosen, HeldRows, Listing
from paycli.values import replace

Ask = Callable[[Request], Outcome]
Read = Callable[[Any, Query], Page]


class Pages(Listing):
    """The rows of all pages; raises NothingSent where the list is cut off."""

    def __init__(self, first: Page, request: Request, ask: Ask, read: Read) -> None:
        self.request = request
        self.ask = ask
        self.read = read
        self.asked: set[Query] = {request.query}
        self.page = first
        self.count = first.count
        self.rows = iter(first.rows)
        self.left = len(first.rows)

    def __next__(self) -> Any:
        """Return the next row, turning to the next page where one ends."""
        while not self.left:
            if self.page.next is None:
                raise StopIteration
            self._turn(self.page.next)
        self.left -= 1
        self.seen += 1
        return next(self.rows)

    def more(self) -> bool:
        """Return whether rows follow that were not taken; where a page does not say, the next one is looked at."""
        try:
            while not self.left and self.page.next is not None and not self.page.sure:
                self._turn(self.page.next)
        except NothingSent:
            return True
        return bool(self.left) or self.page.next is not None

    def _turn(self, query: Query) -> None:
        if query in self.asked:
            raise self._cut("a page leads back to one that was read already")
        self.asked.add(query)
        outcome = self.ask(replace(self.request, query=query))
        if not isinstance(outcome, Succeeded):
            raise self._cut(getattr(outcome, "sentence", "an odd answer"))
        before = self.page.rows
        try:
            self.page = self.read(outcome.data, query)
        except ValueError as problem:
            raise self._cut(f"an answer that cannot be read ({problem})") from None
        if self.page.rows and self.page.rows == before and not self.page.sure:
            raise self._cut("the next page is the one before once more")
        self.rows, self.left = iter(self.page.rows), len(self.page.rows)

    def _cut(self, sentence: str) -> PaycliError:
        return NothingSent(
            f"The list broke off after {self.seen} rows: {sentence}.", next_step="run it again; a read changes nothing"
        )


def listed(
    outcome: Succeeded, operation: Operation, request: Request, read: Read | None, ask: Ask, values: Mapping[str, Any]
) -> Outcome:
    """Return the rows of a list whose first page, or whose beginning, is there."""
    rows = outcome.data
    if operation.paged and read:
        try:
            rows = Pages(read(rows, request.query), request, ask, read)
        except ValueError as problem:
            return NotSent(f"an answer that cannot be read ({problem})")
    if isinstance(rows, list):
        rows = HeldRows(rows)
    keep = operation.keep(**values) if operation.keep else None
    return Succeeded(Chosen(rows, keep) if keep else rows)


def reading(operation: Operation, provider: Provider, facts: Mapping[str, str]) -> Read | None:
    """Return what reads a page of the operation's list, or None where it comes in no pages."""
    if numbered := operation.numbered:
        return lambda content, query: numbered.page(content, query, facts)
    if page := provider.page:
        return lambda content, _query: page(content)
    return None
