"""Tora's lists: bare arrays in numbered pages, of which the document says neither the first number nor the end."""

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.providers.tora.conftest import answered, answering
from tests.serving import Came

Asked = list[str | None]


def rows(first: int, count: int) -> list[dict[str, Any]]:
    """Return so many transactions."""
    return [{"id": str(number), "amount": 100, "status": "captured"} for number in range(first, first + count)]


def page(came: Came) -> str | None:
    """Return the number of the page that was asked for."""
    return parse_qs(urlsplit(came.path).query).get("page", [None])[0]


LIST = ("tora", "transactions", "list", "-o", "id")


@pytest.mark.parametrize(
    "sizes,asked",
    [
        ((100, 100, 30), [None, "2", "3", "4"]),
        ((100, 5), [None, "2"]),
        ((10, 10, 3), [None, "2", "3"]),
        ((0,), [None]),
    ],
)
def test_every_page_is_asked_for(
    run: Any, profile: Callable[[str], None], sizes: tuple[int, ...], asked: Asked
) -> None:
    """The first without a number, the others until one is short; also where fewer come than were asked for."""
    starts = [sum(sizes[:index]) for index in range(len(sizes))]
    pages = {str(number + 1): rows(starts[number], size) for number, size in enumerate(sizes)}
    with answering({"/transactions": lambda came: pages.get(page(came) or "1", [])}) as host:
        profile(host.address)
        ended = run(*LIST, "--all")
    assert ended.code == 0
    assert ended.out.split() == [str(number) for number in range(sum(sizes))]
    assert [page(came) for came in host.came] == asked


def test_pages_may_be_counted_from_zero(run: Any, profile: Callable[[str], None], monkeypatch: Any) -> None:
    """Where the profile says so."""
    monkeypatch.setenv("PAYCLI_CI_FIRST_PAGE", "0")
    pages = {"0": rows(0, 100), "1": rows(100, 4)}
    with answering({"/transactions": lambda came: pages[page(came) or "0"]}) as host:
        profile(host.address)
        assert len(run(*LIST, "--all").out.split()) == 104
    assert [page(came) for came in host.came] == [None, "1"]


def test_a_service_that_ignores_the_page_is_noticed(run: Any, profile: Callable[[str], None]) -> None:
    """Instead of reading the same rows for ever."""
    with answering({"/transactions": rows(0, 100)}) as host:
        profile(host.address)
        ended = run(*LIST, "--all")
    assert (ended.code, len(ended.out.split()), len(host.came)) == (6, 100, 2)
    assert "once more" in ended.err


@pytest.mark.parametrize("more,code", [(0, 0), (1, 11)])
def test_the_end_is_looked_for_where_a_list_is_cut(
    run: Any, profile: Callable[[str], None], more: int, code: int
) -> None:
    """A hundred rows of a hundred are complete."""
    pages = {"1": rows(0, 100), "2": rows(100, more)}
    with answering({"/transactions": lambda came: pages[page(came) or "1"]}) as host:
        profile(host.address)
        ended = run(*LIST, "--require-complete")
    assert (ended.code, len(ended.out.split())) == (code, 100)


def test_a_report_that_takes_too_long_ends_with_8(run: Any, profile: Callable[[str], None]) -> None:
    """And may be asked for again."""
    pending = {"id": "R1", "type": "TRANSACTIONS", "filename": "f.csv", "status": "pending"}
    with answering({"/reports": pending, "/reports/R1": pending}) as host:
        profile(host.address)
        ended = run("tora", "reports", "run", "--wait-timeout", "1", "-o", "json")
    assert (ended.code, ended.error["kind"]) == (8, "pending")
    assert len(host.came) > 2


@pytest.mark.parametrize("status,code", [(400, 5), (401, 4), (403, 4), (404, 3), (422, 5), (500, 7)])
def test_what_refuses_is_told_by_its_status(run: Any, profile: Callable[[str], None], status: int, code: int) -> None:
    """No error body is documented; one that says something is repeated."""
    body = {"error": {"code": "E-9", "message": "δεν γίνεται"}}
    with answering({"/reclamations": answered(body, status)}) as host:
        profile(host.address)
        ended = run("tora", "reclamations", "create", "9", "-o", "json")
    assert (ended.code, ended.error["provider_code"]) == (code, "E-9")
    assert "δεν γίνεται (E-9)" in ended.error["message"]
