"""Lists stream, say when there is more, and never end short without a word."""

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from paycli.operations.wire import encode
from tests.helpers import Served

LIST = ("tranzzo", "transactions", "list", "--from", "-1d", "-p", "sandbox")


@contextmanager
def answering(*parts: bytes) -> Iterator[str]:
    """Serve the same chunks of a chunked answer to every connection; an empty last chunk ends it, else it is cut."""
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(0.1)
    stop = threading.Event()

    def serve() -> None:
        while not stop.is_set():
            try:
                connection, _ = listener.accept()
            except TimeoutError:
                continue
            with connection:
                connection.settimeout(20)
                connection.recv(65536)
                try:
                    connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
                    for part in parts:
                        connection.sendall(b"%x\r\n%s\r\n" % (len(part), part))
                except OSError:
                    continue

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        stop.set()
        thread.join(20)
        listener.close()


def rows(count: int) -> bytes:
    """Return an array of so many rows."""
    return encode([{"payment_id": str(number), "amount": 1, "currency": "UAH"} for number in range(count)])


def test_a_period_is_listed(sandbox: Served) -> None:
    """With every operation in it."""
    sandbox.held("L-1")
    sandbox.paycli("tranzzo", "capture", "L-1", "--all", "--currency", "UAH", "-p", "sandbox")
    assert [row["method"] for row in sandbox.paycli(*LIST).json] == ["auth", "capture"]
    assert len(sandbox.paycli(*LIST, "-o", "id").out.splitlines()) == 2
    assert sandbox.paycli(*LIST, "--to", "-1h").json == []
    assert sandbox.paycli(*LIST[:3], "-p", "sandbox").code == 2


def test_rows_are_chosen_here(sandbox: Served) -> None:
    """By method and status; the limit counts what is shown."""
    sandbox.held("L-2")
    sandbox.paycli("tranzzo", "capture", "L-2", "--amount", "10", "--currency", "UAH", "-p", "sandbox")
    sandbox.paycli("tranzzo", "capture", "L-2", "--amount", "10.52", "--currency", "UAH", "-p", "sandbox")
    chosen = sandbox.paycli(*LIST, "--method", "capture", "--status", "pending", "--status", "init")
    assert [row["amount"] for row in chosen.json] == [10.52]
    cut = sandbox.paycli(*LIST, "--method", "capture", "--limit", "1", "--require-complete")
    assert (cut.code, len(cut.json)) == (11, 1)
    last = sandbox.paycli(*LIST, "--status", "pending", "--limit", "1", "--require-complete")
    assert (last.code, len(last.json), last.err) == (0, 1, "")
    assert sandbox.paycli(*LIST, "--method", "refund").json == []


def test_a_list_is_cut_at_the_limit_with_a_word(sandbox: Served) -> None:
    """100 rows unless asked otherwise."""
    with answering(rows(150), b"") as address:
        shown = sandbox.paycli(*LIST, PAYCLI_SANDBOX_URL=address)
        assert (shown.code, len(shown.json)) == (0, 100)
        assert "more than the 100 rows shown" in shown.err
        every = sandbox.paycli(*LIST, "--all", PAYCLI_SANDBOX_URL=address)
        assert (every.code, len(every.json), every.err) == (0, 150, "")
        exact = sandbox.paycli(*LIST, "--limit", "150", "--require-complete", PAYCLI_SANDBOX_URL=address)
        assert (exact.code, len(exact.json), exact.err) == (0, 150, "")


def test_completeness_can_be_required(sandbox: Served) -> None:
    """Exit 11; the rows are printed all the same."""
    with answering(rows(3), b"") as address:
        ended = sandbox.paycli(*LIST, "--limit", "2", "--require-complete", "-o", "ndjson", PAYCLI_SANDBOX_URL=address)
    assert (ended.code, len(ended.out.splitlines())) == (11, 2)


@pytest.mark.parametrize("format_", ["json", "ndjson", "csv", "table"])
def test_a_cut_list_is_exit_6(sandbox: Served, format_: str) -> None:
    """And does not look complete."""
    with answering(rows(5)[:-1]) as address:
        ended = sandbox.paycli(*LIST, "-o", format_, PAYCLI_SANDBOX_URL=address)
    assert ended.code == 6
    assert "broke off after 5 rows" in ended.err
    if format_ == "json":
        with pytest.raises(json.JSONDecodeError):
            json.loads(ended.out)


@pytest.mark.parametrize("body", [b"{}", b"<html>", b'"x"'])
def test_what_is_no_list_is_exit_6(sandbox: Served, body: bytes) -> None:
    """It was tried again; a read changes nothing."""
    with answering(body, b"") as address:
        ended = sandbox.paycli(*LIST, PAYCLI_SANDBOX_URL=address)
    assert (ended.code, ended.out) == (6, "")


def test_an_error_instead_of_a_list_is_told(sandbox: Served) -> None:
    """Wrong credentials are exit 4."""
    assert sandbox.paycli(*LIST, PAYCLI_SANDBOX_TRANZZO_API_SECRET="wrong-secret").code == 4
