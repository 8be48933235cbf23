"""Lists turn their pages by themselves, go nowhere else, and say when they are cut."""

import json
import socket
from collections.abc import Iterator
from typing import Any

import pytest

from tests.providers.toman.service import LittleToman, Reply

IPG = "/payments/ipg"


def row(number: int, **fields: Any) -> dict[str, Any]:
    """Return a payment."""
    usual = {
        "id": f"01JNB7Q0M5X2Y8Z4C6D9E1F{number:03}",
        "amount": 1250000 + number,
        "masked_paid_card_number": "603799******1234",
        "terminal_number": "70012345",
        "transaction_datetime": "2026-03-02T09:15:00.250Z",
        "status": 1,
        "psp": "پرداخت الکترونیک",
    }
    return {**usual, **fields}


def page(rows: list[Any], following: str | None = None, count: int = 5) -> dict[str, Any]:
    """Return a page as the document shows it."""
    return {"count": count, "next": following, "previous": None, "results": rows}


@pytest.fixture
def two_pages(toman: LittleToman) -> LittleToman:
    """Return a little Toman with five payments on two pages, whose link is plain http on another host."""
    link = "http://repigma-staging.example/payments/ipg?cursor=bz0xJnA9MjAyNA%3D%3D"
    toman.put(IPG, page([row(1), row(2), row(3)], link), page([row(4), row(5)]))
    return toman


def test_a_list_is_one_array_of_rows(run: Any, two_pages: LittleToman) -> None:
    """Whatever pages and envelopes it came in; Persian text and numbers as they were."""
    ended = run("toman", "payments", "list", "ipg", "-o", "json")
    assert ended.json == [row(number) for number in range(1, 6)]
    assert "پرداخت الکترونیک" in ended.out
    assert ended.err == "5 of 5 rows.\n"
    assert [one.query for one in two_pages.asked()] == ["", "cursor=bz0xJnA9MjAyNA%3D%3D"]


def test_the_next_page_is_asked_for_only_when_it_is_shown(run: Any, two_pages: LittleToman) -> None:
    """A list that was cut says so, and how many there are."""
    ended = run("toman", "payments", "list", "ipg", "--limit", "3", "-o", "id")
    assert ended.out.splitlines() == [row(number)["id"] for number in (1, 2, 3)]
    assert ended.err == "3 of 5 rows are shown: --limit N shows N, --all shows every one.\n"
    assert len(two_pages.asked()) == 1
    assert run("toman", "payments", "list", "ipg", "--limit", "2", "--require-complete").code == 11


def test_pages_with_numbers_turn_too(run: Any, toman: LittleToman) -> None:
    """As the other lists have them."""
    toman.put("/psps", page([{"id": 1}], f"{toman.address}/psps/?page=2", 2), page([{"id": 2}], None, 2))
    assert run("toman", "psps", "list", "--all").json == [{"id": 1}, {"id": 2}]
    assert [(one.path, one.query) for one in toman.asked()] == [("/psps", ""), ("/psps", "page=2")]


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """Return a socket to which nobody should connect."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.3)
        yield listening


@pytest.mark.parametrize(
    "link",
    [
        "http://127.0.0.1:{port}/payments/ipg?cursor=c2",
        "https://127.0.0.1:{port}/payments/ipg?cursor=c2",
        "//127.0.0.1:{port}/elsewhere?cursor=c2",
        "http://clerk@127.0.0.1:{port}/?cursor=c2",
        "/elsewhere?cursor=c2",
        "?cursor=c2",
    ],
)
def test_of_a_link_only_the_query_is_used(run: Any, toman: LittleToman, listener: socket.socket, link: str) -> None:
    """Scheme, host and path stay the profile's own: the token goes nowhere else."""
    toman.put(IPG, page([row(1)], link.format(port=listener.getsockname()[1]), 2), page([row(2)], None, 2))
    assert [one["id"] for one in run("toman", "payments", "list", "ipg").json] == [row(1)["id"], row(2)["id"]]
    assert [(one.path, one.query) for one in toman.asked()] == [(IPG, ""), (IPG, "cursor=c2")]
    with pytest.raises(TimeoutError):
        listener.accept()


@pytest.mark.parametrize(
    "second,told",
    [
        (Reply(502, b"<html>"), "HTTP 502"),
        (Reply(403, {"detail": "No."}), "rows: No; the command needs"),
        (Reply(200, {"detail": "odd"}), "not a page of a list"),
        (Reply(200, page([], "http://x.example/?cursor=c2")), "leads back"),
        (Reply(200, page([], "http://x.example/")), "says nothing"),
        (Reply(200, page([], 7)), "no text"),  # type: ignore[arg-type]
        (Reply(200, page([row(2)]), {"Content-Length": "4000"}, cut=30), "closed before the answer"),
    ],
)
@pytest.mark.parametrize("form", ["json", "ndjson", "table"])
def test_a_list_that_breaks_off_does_not_look_complete(
    run: Any, toman: LittleToman, second: Reply, told: str, form: str
) -> None:
    """Exit 6, how many rows there were, and no JSON that ends."""
    toman.put(IPG, page([row(1)], "http://x.example/?cursor=c2"), second)
    ended = run("toman", "payments", "list", "ipg", "-o", form)
    assert ended.code == 6
    assert "broke off after 1 rows" in ended.err
    assert told in ended.err
    if form == "json":
        with pytest.raises(json.JSONDecodeError):
            json.loads(ended.out)


def test_a_list_that_holds_less_than_was_counted_says_so(run: Any, toman: LittleToman) -> None:
    """And where completeness was required, it is exit 11."""
    toman.put(IPG, page([row(1)]))
    ended = run("toman", "payments", "list", "ipg")
    assert (ended.code, ended.err) == (0, "warning: The provider counts 5 rows, and its pages held 1.\n")
    assert run("toman", "payments", "list", "ipg", "--require-complete").code == 11


def test_an_odd_first_page_is_exit_6(run: Any, toman: LittleToman) -> None:
    """What is no page is no list."""
    toman.put(IPG, {"detail": "odd"})
    assert run("toman", "payments", "list", "ipg").code == 6
    toman.put(IPG, [row(1)])
    assert run("toman", "payments", "list", "ipg").code == 6


def test_an_empty_list_is_no_rows(run: Any, toman: LittleToman) -> None:
    """That is a success."""
    toman.put(IPG, page([], None, 0))
    ended = run("toman", "payments", "list", "ipg", "-o", "json")
    assert (ended.code, ended.json) == (0, [])


def test_a_token_that_expires_between_two_pages_is_replaced(run: Any, two_pages: LittleToman) -> None:
    """A long list outlives its token."""
    two_pages.lifetime = 61
    answers = two_pages.routes[IPG]

    def forgetful(came: Any) -> Reply:
        reply = answers(came) if callable(answers) else answers
        two_pages.access.clear()
        return reply

    two_pages.routes[IPG] = forgetful
    assert len(run("toman", "payments", "list", "ipg").json) == 5
    assert [(one.query, one.bearer[-3:]) for one in two_pages.asked()] == [
        ("", "001"),
        ("cursor=bz0xJnA9MjAyNA%3D%3D", "001"),
        ("cursor=bz0xJnA9MjAyNA%3D%3D", "002"),
    ]


@pytest.mark.parametrize(
    "typed,path", [("ipg", IPG), ("0", IPG), ("IPG", IPG), ("pos", "/payments/pos"), ("1", "/payments/pos")]
)
def test_the_terminal_type_is_typed_by_name_or_code(run: Any, toman: LittleToman, typed: str, path: str) -> None:
    """The path carries the name."""
    toman.put(path, page([], None, 0))
    assert run("toman", "payments", "list", typed).code == 0
    assert toman.asked()[0].path == path


def test_the_path_can_carry_the_code(run: Any, toman: LittleToman, monkeypatch: pytest.MonkeyPatch) -> None:
    """The document says it twice differently; the profile chooses."""
    monkeypatch.setenv("PAYCLI_CI_PAYMENTS_SEGMENT", "code")
    toman.put("/payments/1", page([], None, 0))
    assert run("toman", "payments", "list", "pos").code == 0


PAYMENTS = [
    row(1),
    row(2, status=0),
    row(3, terminal_number="70099999"),
    row(4, masked_paid_card_number="504172******7777"),
    row(5, transaction_datetime="2026-03-05T00:00:00Z", amount=900),
    row(6, transaction_datetime="2026-03-05T23:59:59.900000+00:00", masked_paid_card_number=None),
]


@pytest.mark.parametrize(
    "options,expected",
    [
        (["--status", "failed"], [2]),
        (["--status", "1"], [1, 3, 4, 5, 6]),
        (["--terminal-number", "70099999"], [3]),
        (["--card-mask", "504172******7777"], [4]),
        (["--card-mask", "504172*"], [4]),
        (["--card-mask", "7777"], [4]),
        (["--card-mask", "*1234", "--status", "success", "--amount", "900"], [5]),
        (["--from", "2026-03-03T00:00Z", "--to", "2026-03-05T23:59:59Z"], [5, 6]),
        (["--to", "2026-03-02T09:15Z"], [1, 2, 3, 4]),
        (["--amount", "900"], [5]),
    ],
)
def test_payments_are_chosen_here(run: Any, toman: LittleToman, options: list[str], expected: list[int]) -> None:
    """The provider has no filters; every row is compared."""
    link = "http://x.example/?cursor=c2"
    toman.put(IPG, page(PAYMENTS[:2], link, 6), page(PAYMENTS[2:], None, 6))
    ended = run("toman", "payments", "list", "ipg", *options, "-o", "json")
    assert [int(one["id"][-3:]) for one in ended.json] == expected
    assert ended.err == f"{len(expected)} of 6 rows match.\n"
    assert toman.asked()[0].query == ""


def test_a_choice_that_was_cut_says_what_was_not_looked_through(run: Any, toman: LittleToman) -> None:
    """More may match; nobody looked."""
    toman.put(IPG, page([row(1), row(2)], "http://x.example/?cursor=c2"))
    ended = run("toman", "payments", "list", "ipg", "--status", "success", "--limit", "1")
    assert "1 rows are shown, and the rest of the list, of 5 rows, was not looked through" in ended.err
    assert run("toman", "payments", "list", "ipg", "--limit", "1", "--status", "1", "--require-complete").code == 11


@pytest.mark.parametrize(
    "options",
    [
        ["--status", "pending"],
        ["--card-mask", "6037991234561234"],
        ["--card-mask", "*"],
        ["--amount", "12.50"],
        ["--amount", "-1"],
        ["--from", "soon"],
    ],
)
def test_what_cannot_be_chosen_by_is_a_usage_error(run: Any, toman: LittleToman, options: list[str]) -> None:
    """A whole card number too, which is not repeated; nothing is sent."""
    ended = run("toman", "payments", "list", "ipg", *options)
    assert ended.code == 2
    assert "6037991234561234" not in ended.err
    assert toman.came == []


def test_a_person_reads_words_and_rials(run: Any, toman: LittleToman) -> None:
    """Codes are the provider's; whole rials have no decimals."""
    toman.put(IPG, page([row(1), row(2, status=0)], None, 2))
    table = run("toman", "payments", "list", "ipg", "-o", "table").out
    assert "1250001 IRR" in table
    assert "success" in table
    assert "failed" in table
    assert run("toman", "payments", "list", "ipg", "-o", "csv").out.splitlines()[1].split(",")[1:3] == ["1", "1250001"]


def test_waiting_ends_when_no_report_is_being_made(
    run: Any, toman: LittleToman, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Success and failure are both ends."""
    waits: list[float] = []
    monkeypatch.setattr("paycli.sending.attempts.RealClock.sleep", lambda _clock, seconds: waits.append(seconds))
    states = [(0, 1), (1, 2), (3, 2)]
    toman.put(
        "/reports/", *(page([{"uuid": "a", "status": a}, {"uuid": "b", "status": b}], None, 2) for a, b in states)
    )
    ended = run("toman", "reports", "list", "--wait", "-o", "json")
    assert (ended.code, [one["status"] for one in ended.json]) == (0, [3, 2])
    assert waits == [2.0, 4.0]
    assert "2 under way" in ended.err


def test_waiting_has_an_end(run: Any, toman: LittleToman, monkeypatch: pytest.MonkeyPatch) -> None:
    """Then the list is shown as it is, and the exit code is 8."""
    now = [0.0]
    monkeypatch.setattr("paycli.sending.attempts.RealClock.monotonic", lambda _clock: now[0])
    monkeypatch.setattr(
        "paycli.sending.attempts.RealClock.sleep", lambda _clock, seconds: now.__setitem__(0, now[0] + seconds)
    )
    toman.put("/reports/", page([{"uuid": "a", "status": 1}], None, 1))
    ended = run("toman", "reports", "list", "--wait", "--wait-timeout", "30s", "-o", "json")
    assert (ended.code, ended.json[0]["status"], ended.error["kind"]) == (8, 1, "pending")
    assert now[0] <= 30
    assert run("toman", "reports", "list").code == 0
