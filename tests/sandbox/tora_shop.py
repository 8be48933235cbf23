"""A shop that asks Tora in the sandbox."""

import base64
import json
from typing import Any

from paycli.sandbox.core import Sandbox
from paycli.sandbox.http import Reply
from paycli.sandbox.tora.access import PASSWORD, USERNAME

BASIC = "Basic " + base64.b64encode(f"{USERNAME}:{PASSWORD}".encode()).decode()
WATER = {
    "productCode": "NERO",
    "paymentCode": "1000000001",
    "paymentAmount": 2000,
    "phone": "2100000000",
    "options": [{"key": "due_date", "value": "2026-04-01"}, {"key": "meter", "value": "M-7"}],
}
TOPUP = {"productCode": "MEL10"}


def send(
    sandbox: Sandbox, method: str, path: str, body: Any = None, query: dict[str, str] | None = None, **headers: str
) -> Reply:
    """Send a request as the shop does, but for the headers given."""
    usual = {"authorization": BASIC, **({} if body is None else {"content-type": "application/json"})}
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    raw = b"" if body is None else json.dumps(body).encode()
    return sandbox.handle(method, f"/tora{path}", query or {}, {**usual, **given}, raw)


def made(sandbox: Sandbox, path: str, body: Any = None, **headers: str) -> Any:
    """Return what an accepted POST answers."""
    reply = send(sandbox, "POST", path, body, None, **headers)
    assert (reply.status, reply.executed) == (200, True), reply.body
    return json.loads(reply.body)


def seen(sandbox: Sandbox, path: str, query: dict[str, str] | None = None) -> Any:
    """Return what a read answers."""
    reply = send(sandbox, "GET", path, query=query)
    assert (reply.status, reply.executed) == (200, False), reply.body
    return json.loads(reply.body)


def refusal(reply: Reply) -> tuple[int, str]:
    """Return the status and the code of a refusal, which has executed nothing."""
    assert not reply.executed
    return reply.status, json.loads(reply.body)["code"]


def balance(sandbox: Sandbox) -> int:
    """Return what the shop may still spend, in cents."""
    provider: Any = sandbox.providers["tora"]
    return int(provider.state.balance)
