"""Notifications that nobody signed, or that were damaged: refused with a reason, never with a traceback."""

import base64
import http.client
import io
import json
import random
import sys
from collections.abc import Callable

import pytest

from paycli.operations.webhooks import Forged, Genuine
from paycli.providers.tranzzo.notifications import WEBHOOKS, form, sign, signature, verify
from paycli.tools.listen import LARGEST, Listener, Rules, Server
from tests.hardening.damage import damaged
from tests.hardening.nonsense import HOSTILE, RAW, disturbed
from tests.hardening.test_bad_files import Try, fine, told

SECRET = "changeme-in-tests"
EVENT = {
    "payment_id": "p-1",
    "order_id": "A-1",
    "amount": 12.5,
    "currency": "UAH",
    "status": "success",
    "fee": {"amount": 0},
}
HEADERS = (
    {"Content-Length": "-1"},
    {"Content-Length": "9" * 5000},
    {"Content-Length": "１"},
    {"Content-Length": "1e3"},
    {"Content-Length": str(LARGEST + 1)},
    {"Content-Length": "0"},
    {"Content-Type": "\x0b" * 100, "Content-Length": "0"},
    {"Transfer-Encoding": "chunked"},
    {f"X-{number}": "y" for number in range(200)},
    {"X": "z" * 70_000},
)


def notification(chance: random.Random) -> bytes:
    """Return the body of a notification that is wrong in some way, perhaps well signed."""
    event = chance.choice((chance.choice(RAW), disturbed(chance, EVENT), json.dumps(EVENT).encode()))
    data = base64.urlsafe_b64encode(event).decode()
    if chance.random() < 0.3:
        data = damaged(chance, data.encode()).decode("latin-1")
    if chance.random() < 0.2:
        data = event.decode(errors="surrogateescape").replace("\udcff", "x")
    given = chance.choice((_signed(data), _signed(data)[:-2], chance.choice(HOSTILE), "é" * 27))
    try:
        body = form(data, given)
    except UnicodeEncodeError:
        body = data.encode(errors="replace")
    return chance.choice((body, body, damaged(chance, body), chance.choice(RAW), body + b"&data=x"))


def _signed(data: str) -> str:
    return signature(SECRET, data.encode(errors="replace").decode())


def test_a_damaged_notification_is_forged_or_an_event(
    count: int, record_property: Callable[[str, object], None]
) -> None:
    """It is told why, and what is genuine is an object."""
    cases = count * 20
    for number in range(cases):
        body = notification(random.Random(f"webhooks {number}"))
        found = verify(body, SECRET)
        assert isinstance(found, Genuine | Forged), (number, body)
        assert isinstance(found, Forged) or isinstance(found.event, dict), (number, body)
    record_property("fuzz webhooks", cases)


def test_a_notification_that_is_verified_ends_with_a_sentence(
    run: Try, monkeypatch: pytest.MonkeyPatch, count: int, record_property: Callable[[str, object], None]
) -> None:
    """As a command, in every form; the secret is never told."""
    monkeypatch.setenv("PAYCLI_SANDBOX_TRANZZO_API_SECRET", SECRET)
    found = []
    for number in range(count):
        chance = random.Random(f"verify {number}")
        body = notification(chance)
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(body)))
        ended = run(
            "tranzzo",
            "webhooks",
            "verify",
            "-p",
            "sandbox",
            "-o",
            chance.choice(("json", "table", "csv", "id", "yaml")),
        )
        if problem := fine(ended, {0, 2, 5}, SECRET):
            found.append((f"{number}", problem, body, ended))
    record_property("fuzz webhooks", count)
    assert not found, told(found)


def test_a_listener_survives_whatever_is_sent(count: int, record_property: Callable[[str, object], None]) -> None:
    """Odd lengths, odd headers, damaged bodies: it answers or hangs up, and takes the next one."""
    said: list[str] = []
    listener = Listener(Rules(WEBHOOKS, SECRET, b"OK", said.append))
    server = Server(0, listener)
    port = server.server_address[1]
    with server.serving():
        for headers in HEADERS:
            _send(port, b"", headers)
        for number in range(min(count, 300)):
            status = _send(
                port, body := notification(random.Random(f"listen {number}")), {"Content-Length": str(len(body))}
            )
            assert status in {200, 400, 413}, (number, body, status)
        good = sign(json.dumps(EVENT).encode(), SECRET)
        assert _send(port, good, {"Content-Length": str(len(good))}) == 200
    record_property("fuzz webhooks", len(HEADERS) + min(count, 300))
    assert listener.failed is None


def _send(port: int, body: bytes, headers: dict[str, str]) -> int | None:
    """Return the status of the answer, or None where there is none."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.putrequest("POST", "/", skip_accept_encoding=True)
        for name, value in headers.items():
            connection.putheader(name, value.encode())
        connection.endheaders(body)
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()
