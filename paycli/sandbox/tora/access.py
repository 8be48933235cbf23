"""Who may ask: HTTP Basic, and the terminal that the request names.

The credentials are made up and public; they open nothing but the sandbox.
"""

import base64
import binascii
import hmac
import re
from typing import Any

from paycli.sandbox.http import Call
from paycli.sandbox.routes import Refused, Route

USERNAME = "sandbox-shop"
PASSWORD = "sandbox-pass-97cc41"  # noqa: S105 public
TERMINAL_ID = "T-SANDBOX-1"
TERMINAL_NUMBER = 1
MERCHANT_ID = "500123"
TERMINAL = "tora-terminal-id"
KEY = "tora-idempotency-key"


def admit(call: Call) -> None:
    """Let a caller with the shop's name and password in. Raises Refused."""
    scheme, _, token = call.headers.get("authorization", "").partition(" ")
    expected = f"{USERNAME}:{PASSWORD}".encode()
    if scheme.lower() != "basic" or not hmac.compare_digest(_decoded(token), expected):
        raise Refused(401, "UNAUTHORIZED", "The username or the password is wrong")


def terminal(call: Call) -> int | None:
    """Return the number of the terminal that the request names, or None when it names none. Raises Refused.

    The document calls it an integer; the sandbox's own terminal has a name as well, which stands for number 1.
    """
    text = call.headers.get(TERMINAL)
    if text is None:
        return None
    if text == TERMINAL_ID:
        return TERMINAL_NUMBER
    if not re.fullmatch(r"[0-9]{1,18}", text):
        raise Refused(400, "INVALID_HEADER", "TORA-Terminal-Id must be an integer")
    return int(text)


def check_headers(route: Route[Any], call: Call) -> None:
    """Refuse a header of Tora's own where the document does not have it. Raises Refused."""
    if TERMINAL in call.headers and not route.terminal:
        raise Refused(400, "INVALID_HEADER", f"{route.method} {route.path} takes no TORA-Terminal-Id")
    if KEY in call.headers and not route.keyed:
        raise Refused(400, "INVALID_HEADER", f"{route.method} {route.path} takes no TORA-Idempotency-Key")
    if call.headers.get(KEY) == "":
        raise Refused(400, "INVALID_HEADER", "TORA-Idempotency-Key is empty")
    terminal(call)


def _decoded(token: str) -> bytes:
    try:
        return base64.b64decode(token, validate=True)
    except (binascii.Error, ValueError):
        return b""
