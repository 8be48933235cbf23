"""The socket layer: pages, webhooks, questions and long answers over real sockets."""

import base64
import http.client
import http.server
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from paycli.sandbox.core import Sandbox
from paycli.sandbox.http import Message
from paycli.sandbox.server import Server
from paycli.sandbox.tranzzo.access import POS_ID
from paycli.sandbox.tranzzo.notices import signature
from paycli.sandbox.webhooks import send as post
from tests.sandbox.tranzzo_shop import CARD, PAGE, PAYMENT, signed

ORDER = f"/tranzzo/api/v1/pos/{POS_ID}/orders/A-1"


class Listener(http.server.ThreadingHTTPServer):
    """A shop that hears webhooks; it answers as it is told, one answer after the other, the last one for good."""

    daemon_threads = True

    def __init__(self, *answers: tuple[int, str]) -> None:
        self.answers = list(answers)
        self.heard: list[dict[str, str]] = []
        super().__init__(("127.0.0.1", 0), _Hook)

    @property
    def address(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.server_address[1]}/hook?shop=1"

    def wait(self, count: int) -> list[dict[str, str]]:
        """Wait for so many webhooks, and a moment for one too many."""
        until = time.monotonic() + 10
        while len(self.heard) < count and time.monotonic() < until:
            time.sleep(0.02)
        time.sleep(0.3)
        return self.heard


class _Hook(http.server.BaseHTTPRequestHandler):
    server: Listener

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        form = {name: values[0] for name, values in parse_qs(body).items()}
        self.server.heard.append({**form, "type": self.headers["Content-Type"], "path": self.path})
        status, text = self.server.answers.pop(0) if len(self.server.answers) > 1 else self.server.answers[0]
        self.send_response(status)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_: Any) -> None:
        """Keep quiet."""


@contextmanager
def serving(server: http.server.HTTPServer) -> Iterator[None]:
    """Serve in the background until the block ends."""
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def server() -> Iterator[Server]:
    """Return a served sandbox."""
    made = Server(0, Sandbox(), "token")
    with serving(made):
        yield made


def ask(
    server: Server, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None
) -> tuple[http.client.HTTPResponse, bytes]:
    """Send a request; a body that is text goes as it is."""
    raw = body.encode() if isinstance(body, str) else b"" if body is None else json.dumps(body).encode()
    connection = http.client.HTTPConnection("127.0.0.1", int(server.server_address[1]), timeout=30)
    try:
        connection.request(method, path, raw, signed(raw) if headers is None else headers)
        answer = connection.getresponse()
        return answer, answer.read()
    finally:
        connection.close()


def order(server: Server) -> Any:
    """Return the operations of order A-1."""
    return json.loads(ask(server, "GET", ORDER)[1])


def page(server: Server, **more: Any) -> str:
    """Make a payment page, and return its path after looking where it lies."""
    answer, _ = ask(server, "POST", f"/tranzzo{PAYMENT}", {**PAGE, **more})
    location = answer.headers["Location"]
    assert location.startswith(f"{server.address}/")
    return urlsplit(location).path


def test_a_person_opens_the_page_and_pays(server: Server) -> None:
    """Without any credentials of the shop."""
    path = page(server, result_url="https://shop.example/done")
    opened, text = ask(server, "GET", path, headers={})
    assert (opened.status, opened.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert b"100 UAH" in text
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    paid, text = ask(server, "POST", path, "action=pay", headers=form)
    assert (paid.status, b"https://shop.example/done" in text) == (200, True)
    assert [one["status"] for one in order(server)] == ["success"]


def test_a_webhook_arrives_signed(server: Server) -> None:
    """As a form, at the address with its query, once."""
    listener = Listener((200, "OK"))
    with serving(listener):
        ask(server, "POST", f"/tranzzo{PAYMENT}", {**CARD, "server_url": listener.address})
        (heard,) = listener.wait(1)
    assert heard["signature"] == signature(heard["data"])
    assert (heard["type"], heard["path"]) == ("application/x-www-form-urlencoded", "/hook?shop=1")
    content = json.loads(base64.urlsafe_b64decode(heard["data"]))
    assert (content["order_id"], content["status"], content["amount"]) == ("A-1", "success", 100)


@pytest.mark.parametrize("answers,expected", [([(500, ""), (200, "")], 2), ([(500, "")], 2), ([(200, "")], 1)])
def test_a_webhook_is_tried_once_more(server: Server, answers: list[tuple[int, str]], expected: int) -> None:
    """After a failure, and the same one."""
    listener = Listener(*answers)
    with serving(listener):
        ask(server, "POST", f"/tranzzo{PAYMENT}", {**CARD, "server_url": listener.address})
        heard = listener.wait(expected)
    assert (len(heard), len({one["signature"] for one in heard})) == (expected, 1)


@pytest.mark.parametrize(
    "url",
    [
        "http://192.0.2.1/hook",
        "https://shop.example/hook",
        "http://127.0.0.1.shop.example/hook",
        "http://localhost.shop.example/hook",
        "http://[fe80::1]/hook",
        "http://127.0.0.1@192.0.2.1/hook",
        "http://2130706433/hook",
        "http://127.0.0.1:99999/hook",
        "http://[::1/hook",
        "ftp://127.0.0.1/hook",
    ],
)
def test_nothing_leaves_this_machine(url: str) -> None:
    """Not even a look-up of the name: a connection to elsewhere fails this test."""
    assert post(Message(url, b"secret", "text/plain")) == (0, b"")


@pytest.mark.parametrize(
    "answer,status",
    [
        ((200, "PROCEED"), "success"),
        ((200, "PROCEED\n"), "success"),
        ((200, "OK"), "failure"),
        ((500, "PROCEED"), "failure"),
    ],
)
@pytest.mark.parametrize("way", ["page", "act"])
def test_the_shop_is_asked_and_obeyed(server: Server, way: str, answer: tuple[int, str], status: str) -> None:
    """Whether the payer pressed the button or somebody played it."""
    listener = Listener(answer)
    with serving(listener):
        path = page(server, validation_url=listener.address)
        if way == "page":
            ask(server, "POST", path, "action=pay", headers={})
        else:
            server.control("act", {"provider": "tranzzo", "event": "pay", "id": "A-1"})
        (asked,) = listener.wait(1)
    assert asked["signature"] == signature(asked["data"])
    assert order(server)[0]["status"] == status


def test_a_shop_that_does_not_answer_is_not_charged_for(server: Server) -> None:
    """Nothing listens there."""
    listener = Listener((200, "PROCEED"))
    listener.server_close()
    ask(server, "POST", page(server, validation_url=listener.address), "action=pay", headers={})
    assert order(server)[0]["status_code"] == "4153"


def test_a_report_of_many_rows_streams(server: Server) -> None:
    """In chunks, without a length, every row whole."""
    server.control("act", {"provider": "tranzzo", "event": "report-rows", "id": "200000"})
    period = {"start_date": "2026-03-01T00:00:00Z", "end_date": "2026-03-02T00:00:00Z"}
    _, started = ask(server, "POST", "/tranzzo/streaming-report/start", {"project_id": POS_ID, **period})
    path = f"/tranzzo/streaming-report/fetch/{json.loads(started)['report_id']}"
    assert [ask(server, "GET", path)[0].status for _ in range(2)] == [202, 202]
    answer, text = ask(server, "GET", path)
    lines = text.splitlines()
    assert (answer.headers["Transfer-Encoding"], answer.headers["Content-Length"]) == ("chunked", None)
    assert (len(lines), json.loads(lines[-1])["orderId"]) == (200_000, "R-0199999")
