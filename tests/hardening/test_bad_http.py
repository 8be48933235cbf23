"""Answers that are hardly HTTP, over a real socket: every one is an answer or a fault that may have arrived."""

import contextlib
import itertools
import random
import socket
import threading
import tracemalloc
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

import pytest

from paycli.operations.outcome import LARGEST_ANSWER, Answer, CutOffError, Fault, Flow, NotSent, Succeeded
from paycli.profiles.profile import Timeouts
from paycli.sending.client import Client, Outgoing
from paycli.sending.rows import judge_flow, judge_rows
from tests.hardening.answering import operations
from tests.hardening.damage import damaged

PATIENCE = Timeouts(2, 2, 2)
GOOD = b'HTTP/1.1 200 OK\r\nContent-Type: text/json\r\nContent-Length: 21\r\nX-Trace: 7f3a\r\n\r\n{"status": "success"}'
CHUNKED = b'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\n[{"a": 1}\r\n1\r\n]\r\n0\r\n\r\n'
PIECES = (
    *(
        b"\r\n",
        b"\n",
        b"\r",
        b"\x00",
        b"\xff",
        b": ",
        b":",
        b" ",
        b"\t",
        b"HTTP/1.1 ",
        b"HTTP/2 200\r\n",
        b"HTTP/0.9 200 OK\r\n",
    ),
    *(
        b"HTTP/1.1 100 Continue\r\n\r\n",
        b"HTTP/1.1 101 Switching\r\n\r\n",
        b"HTTP/1.1 999 \r\n\r\n",
        b"HTTP/1.1 204 No\r\n\r\n",
    ),
    *(
        b"HTTP/1.1 304 Not\r\n\r\n",
        b"HTTP/1.1 -1 \r\n\r\n",
        b"HTTP/1.1 99999 \r\n\r\n",
        b"Content-Length: 5\r\n",
        b"Content-Length: -1\r\n",
    ),
    *(
        b"Content-Length: 99999999999999999999\r\n",
        b"Content-Encoding: gzip\r\n",
        b"Content-Encoding: deflate, gzip, br, zstd\r\n",
    ),
    *(
        b"Transfer-Encoding: chunked\r\n",
        b"Transfer-Encoding: gzip, chunked\r\n",
        b"ffffffffffffffff\r\n",
        b"-5\r\n",
        b"0\r\n\r\n",
    ),
    *(
        b"X-Long: " + b"y" * 90_000 + b"\r\n",
        b"X: 1\r\n" * 2000,
        b" folded\r\n",
        "X-Ж: ж\r\n".encode(),
        b"Set-Cookie: a=\xff\r\n" * 50,
    ),
    *(
        b"Content-Type: text/html; charset=nonsense\r\n",
        b"Location: \x1b]0;owned\x07\r\n",
        b"Connection: upgrade\r\nUpgrade: h2c\r\n",
    ),
)


@contextmanager
def answering(answers: Iterable[Iterable[bytes]]) -> Iterator[str]:
    """Serve each connection one answer in pieces, as it stands, and hang up."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            for answer in answers:
                with contextlib.suppress(OSError):
                    connection, _ = server.accept()
                    with connection:
                        connection.settimeout(5)
                        connection.recv(65536)
                        for piece in answer:
                            connection.sendall(piece)
                        connection.shutdown(socket.SHUT_WR)
                        connection.recv(1)

        threading.Thread(target=serve, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/x"


def made(chance: random.Random) -> bytes:
    """Return an answer with a few damages."""
    return damaged(chance, chance.choice((GOOD, GOOD, CHUNKED)), PIECES)


def test_what_is_hardly_http_is_an_answer_or_a_fault(
    count: int, record_property: Callable[[str, object], None]
) -> None:
    """The request has left, so that what cannot be read may have happened."""
    chances = [random.Random(f"http {number}") for number in range(min(count, 2000))]
    with answering([made(chance)] for chance in chances) as address:
        for number, chance in enumerate(chances):
            client = Client(PATIENCE)
            if chance.random() < 0.5:
                found = client.stream(Outgoing("GET", address, {}, b""))
                if isinstance(found, Flow):
                    with contextlib.suppress(CutOffError):
                        assert sum(map(len, found.pieces)) < LARGEST_ANSWER, number
                    found.close()
            else:
                found = client.exchange(Outgoing("POST", address, {}, b"{}"))
            assert isinstance(found, Answer | Flow) or found.may_have_left, (number, found)
    record_property("fuzz http", len(chances))


def endless(start: bytes, piece: bytes) -> Iterator[bytes]:
    """Yield a beginning, and a piece for ever."""
    yield start
    while True:
        yield piece


MEGABYTE = 1024 * 1024
BEGIN = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n"


def test_an_answer_without_end_is_refused_and_fills_no_memory() -> None:
    """What must be read whole is read up to a limit."""
    with answering([endless(BEGIN, b" " * MEGABYTE)]) as address:
        tracemalloc.start()
        found = Client(Timeouts(2, 30, 2)).exchange(Outgoing("POST", address, {}, b"{}"))
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert isinstance(found, Fault)
    assert found.may_have_left
    assert "too large" in found.sentence
    assert peak < 3 * LARGEST_ANSWER


def test_a_list_that_is_not_ready_without_end_is_refused() -> None:
    """A streamed read that is answered by 202 comes whole, up to the limit."""
    operation = next(one for one in operations() if one.streamed and one.shape.value == "lines")
    read = 0

    def pieces() -> Iterator[bytes]:
        nonlocal read
        while True:
            read += MEGABYTE
            yield b" " * MEGABYTE

    flow = Flow(202, {}, pieces(), lambda: None)
    outcome = judge_flow(flow, operation, None, None)  # type: ignore[arg-type]  # neither is reached
    assert "too large" in outcome.sentence  # type: ignore[union-attr]
    assert read <= LARGEST_ANSWER + 2 * MEGABYTE


@pytest.mark.parametrize("beginning", [b"", b"[", b'[{"a": "', b"[[", b'[{"a": 1', b"[1", b"[ "])
def test_a_row_without_end_is_refused(beginning: bytes) -> None:
    """However it begins; a hundred megabytes never lie in memory."""

    def pieces() -> Iterator[bytes]:
        yield beginning
        for _ in range(100):
            yield {b"[[": b"[", b'[{"a": "': b"x", b"[1": b"1"}.get(beginning, b" ") * MEGABYTE

    tracemalloc.start()
    outcome = judge_rows(Flow(200, {}, pieces(), lambda: None))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert isinstance(outcome, NotSent)
    assert peak < 200 * MEGABYTE


def test_a_long_list_is_read_in_little_memory(request: pytest.FixtureRequest) -> None:
    """Over a real socket; with ``--exhaustive`` a hundred megabytes of it."""
    row = b'{"order_id": "A-1001", "amount": 12.50, "status": "success", "note": "' + b"x" * 900 + b'"}'
    rows = (100 if request.config.getoption("--exhaustive") else 4) * MEGABYTE // len(row)
    body = (b"[" if not number else b", " + row if number > 1 else row for number in range(rows + 1))
    with answering([itertools.chain([BEGIN], body, [b"]"])]) as address:
        tracemalloc.start()
        flow = Client(Timeouts(2, 600, 2)).stream(Outgoing("GET", address, {}, b""))
        assert isinstance(flow, Flow)
        outcome = judge_rows(flow)
        assert isinstance(outcome, Succeeded)
        with outcome.data as listing:
            count = sum(1 for _ in listing)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert count == rows
    assert peak < 4 * MEGABYTE


def test_a_bomb_in_gzip_is_refused() -> None:
    """A megabyte that becomes a thousand is cut where the limit is."""
    bomb = zlib.compressobj(9, zlib.DEFLATED, 31)
    packed = b"".join([*(bomb.compress(b" " * MEGABYTE) for _ in range(200)), bomb.flush()])
    head = f"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {len(packed)}\r\n\r\n".encode()
    with answering([[head, packed]]) as address:
        found = Client(PATIENCE).exchange(Outgoing("GET", address, {}, b""))
    assert isinstance(found, Fault)


def test_garbage_that_is_called_gzip_is_told_as_what_it_is() -> None:
    """The host was reached, and nobody says otherwise."""
    with answering([[b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 7\r\n\r\ngarbage"]]) as address:
        found = Client(PATIENCE).exchange(Outgoing("GET", address, {}, b""))
    assert isinstance(found, Fault)
    assert "not encoded as it says" in found.sentence


def test_a_beginning_without_end_ends_when_the_time_is_over() -> None:
    """Of a list, too, whose body may take as long as it takes."""
    with answering([endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n")]) as address:
        found = Client(Timeouts(0.3, 0.3, 1)).stream(Outgoing("GET", address, {}, b""))
    assert isinstance(found, Fault)
