"""One page of a list that comes in pages, and what a link to the next one may say."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from paycli.values import dataclass

Query = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Page:
    """The rows of a page, how many there are on all pages together, and the query that asks for the next page.

    Where the page does not say that there is a next one, asking for it is not ``sure`` to bring anything.
    """

    rows: list[Any]
    next: Query | None = None
    count: int | None = None
    sure: bool = True


@dataclass(frozen=True)
class Numbered:
    """A list whose pages are bare arrays: the field of the page's number, and fewer rows than end the list.

    ``first`` names the setting with the number of the first page, which is asked for without a number.
    """

    field: str
    first: str
    fewest: int = 1

    def page(self, content: Any, query: Query, facts: Mapping[str, str]) -> Page:
        """Return the page that an answer to the query is. Raises ValueError where it is none."""
        if not isinstance(content, list):
            raise ValueError("not a page of a list")  # noqa: TRY004 the answer is wrong, not the program
        if len(content) < self.fewest:
            return Page(content)
        number = int(dict(query).get(self.field) or facts.get(self.first) or 1) + 1
        rest = tuple(pair for pair in query if pair[0] != self.field)
        return Page(content, (*rest, (self.field, str(number))), sure=False)


def query_of(link: str) -> Query:
    """Return the query of a link and nothing else of it: scheme, host and path stay the profile's own.

    Raises ValueError for what is no link with a query, which would lead back to the first page.
    """
    pairs = tuple(parse_qsl(urlsplit(link).query, keep_blank_values=True))
    if not pairs:
        raise ValueError("the link to the next page says nothing")
    return pairs


def enveloped(content: Any) -> Page:
    """Return the page of an answer ``{count, next, previous, results}``; raises ValueError for another."""
    rows = content.get("results") if isinstance(content, Mapping) else None
    if not isinstance(rows, list):
        raise ValueError("not a page of a list")  # noqa: TRY004 the answer is wrong, not the program
    count, link = content.get("count"), content.get("next")
    if link is not None and not isinstance(link, str):
        raise ValueError("the link to the next page is no text")
    return Page(rows, query_of(link) if link else None, count if isinstance(count, int) else None)
