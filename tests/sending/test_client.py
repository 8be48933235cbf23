"""What the client knows about an exchange, over real sockets and over mocked ones."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import httpcore
import httpx
import pytest
import respx

from paycli.operations.outcome import Answer, Fault
from paycli.profiles.profile import Timeouts
from paycli.sending.client import Client, Outgoing, _BoundedStream, _Deadline
from tests.serving import Answered, serve

TIMEOUTS = Timeouts(2.0, 2.0, 1.0)
Behaviour = Callable[[socket.socket], None]


@contextmanager
def served(behaviour: Behaviour) -> Iterator[str]:
    """Serve connections on loopback with one behaviour each."""
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(10)

    def serve() -> None:
        with listener:
            try:
                connection, _ = listener.accept()
                with connection:
                    behaviour(connection)
            except OSError:
                return

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/x"
    finally:
        thread.join(10)


def exchanged(url: str, total: float | None = None) -> Answer | Fault:
    """Send one POST."""
    return Client(TIMEOUTS, total=total).exchange(Outgoing("POST", url, {"X-A": "1"}, b'{"a":1}'))


def reading(connection: socket.socket, answer: bytes) -> None:
    """Read the request and answer."""
    connection.recv(65536)
    connection.sendall(answer)


def test_a_complete_answer_has_status_headers_and_body() -> None:
    """Header names come in lower case."""
    raw = b"HTTP/1.1 201 Created\r\nX-Id: 7\r\nContent-Length: 2\r\n\r\nok"
    with served(lambda c: reading(c, raw)) as url:
        result = exchanged(url)
    assert isinstance(result, Answer)
    assert (result.status, result.headers["x-id"], result.body) == (201, "7", b"ok")


def test_a_redirect_is_an_answer_and_is_never_followed() -> None:
    """The location is data."""
    raw = b"HTTP/1.1 303 See Other\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n"
    with served(lambda c: reading(c, raw)) as url:
        result = exchanged(url)
    assert isinstance(result, Answer)
    assert result.headers["location"] == "http://127.0.0.1:1/"


def test_a_refused_connection_left_nothing() -> None:
    """Nothing listens there."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    result = exchanged(f"http://127.0.0.1:{port}/")
    assert isinstance(result, Fault)
    assert not result.may_have_left
    assert "refused the connection" in result.sentence


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"HTTP/1.1 200 OK\r\nContent-Le",
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf",
        b"garbage\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
    ],
)
def test_a_cut_answer_may_have_left(raw: bytes) -> None:
    """The request went out; what came back proves nothing."""
    with served(lambda c: reading(c, raw)) as url:
        result = exchanged(url)
    assert isinstance(result, Fault)
    assert result.may_have_left


def test_a_silent_server_may_have_executed() -> None:
    """A read timeout."""
    stop = threading.Event()

    def silent(connection: socket.socket) -> None:
        connection.recv(65536)
        stop.wait(5)

    with served(silent) as url:
        result = exchanged(url, total=0.3)
        stop.set()
    assert isinstance(result, Fault)
    assert result.may_have_left
    assert "no complete answer" in result.sentence


@pytest.mark.parametrize("head", [b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n", b"HTTP/1.1 200 OK\r\nX-Slow: "])
def test_a_server_that_drips_ends_at_the_deadline(head: bytes) -> None:
    """Each byte alone would be within the read timeout."""
    stop = threading.Event()

    def drip(connection: socket.socket) -> None:
        reading(connection, head)
        while not stop.wait(0.05):
            connection.sendall(b"a")

    started = time.monotonic()
    with served(drip) as url:
        result = exchanged(url, total=0.5)
        stop.set()
    assert isinstance(result, Fault)
    assert result.may_have_left
    assert time.monotonic() - started < 5


def test_a_plain_server_behind_https_got_no_byte_of_the_request() -> None:
    """The TLS handshake failed first."""
    with served(lambda c: reading(c, b"HTTP/1.1 400 Bad\r\n\r\n")) as url:
        result = exchanged(url.replace("http:", "https:"))
    assert isinstance(result, Fault)
    assert not result.may_have_left


@respx.mock
def test_the_bytes_that_are_signed_are_the_bytes_that_leave() -> None:
    """Body and headers pass untouched."""
    route = respx.post("https://api.test/x").mock(return_value=httpx.Response(200, json={}))
    Client(TIMEOUTS).exchange(Outgoing("POST", "https://api.test/x", {"X-A": "1"}, b'{"a": 1.50}'))
    request = route.calls.last.request
    assert (request.content, request.headers["x-a"]) == (b'{"a": 1.50}', "1")
    assert request.headers["user-agent"].startswith("paycli/")


@respx.mock
@pytest.mark.parametrize(
    "problem,left",
    [
        (httpx.ConnectError("x"), False),
        (httpx.ConnectTimeout("x"), False),
        (httpx.PoolTimeout("x"), False),
        (httpx.ProxyError("x"), False),
        (httpx.ReadTimeout("x"), True),
        (httpx.WriteTimeout("x"), True),
        (httpx.ReadError("x"), True),
        (httpx.WriteError("x"), True),
        (httpx.RemoteProtocolError("x"), True),
    ],
)
def test_each_kind_of_failure_says_whether_bytes_may_have_left(problem: Exception, left: bool) -> None:
    """Connecting leaves nothing; everything later may have arrived."""
    respx.post("https://api.test/x").mock(side_effect=problem)
    result = exchanged("https://api.test/x")
    assert isinstance(result, Fault)
    assert result.may_have_left is left


def test_no_single_wait_for_an_answer_is_long() -> None:
    """A signal that comes in the moment before a system call is noticed only when the call returns."""
    waits: list[float] = []

    class Silent(httpcore.NetworkStream):
        def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
            waits.append(timeout or 0)
            if len(waits) < 3:
                raise httpcore.ReadTimeout
            return b"x" * max_bytes

    stream = _BoundedStream(Silent(), _Deadline(time.monotonic() + 30))
    assert stream.read(2, 30) == b"xx"
    assert max(waits) <= 0.25


def test_a_kept_connection_serves_the_next_request() -> None:
    """What is asked to be fresh has its own; one on which something went wrong is not used again."""
    answers = [Answered(), Answered(), Answered(), Answered(body=b"cut off", cut=3), Answered(), Answered()]
    with serve(lambda _came: answers.pop(0)) as host:
        client = Client(Timeouts(5, 5, 5), kept=True)
        get = Outgoing("GET", f"{host.address}/", {}, b"")
        for fresh in (False, False, True, False, False, False):
            client.exchange(get, fresh=fresh)
        client.close()
    first, second, third, fourth, fifth, sixth = (came.port for came in host.came)
    assert first == second == fourth
    assert third not in {first, fifth}
    assert fifth == sixth != first


def test_a_connection_is_not_kept_otherwise() -> None:
    """A single command has one for each request."""
    with serve(lambda _came: Answered()) as host:
        client = Client(Timeouts(5, 5, 5))
        for _ in range(3):
            client.exchange(Outgoing("GET", f"{host.address}/", {}, b""))
    assert len({came.port for came in host.came}) == 3
