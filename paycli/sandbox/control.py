"""Speak to a running sandbox's control routes, on this machine only."""

import http.client
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import simplejson

from paycli.sandbox.server import CONTROL, TOKEN_HEADER

LIMIT = 10.0


class ControlProblem(Exception):
    """The sandbox is not there, or says no."""


def control(address: str, token: str, action: str, body: Mapping[str, Any]) -> str:
    """Ask the sandbox to do something and return what it says. Raises ControlProblem."""
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port or 80, timeout=LIMIT)
    try:
        connection.request("POST", f"{CONTROL}{action}", simplejson.dumps(body), {TOKEN_HEADER: token})
        answer = simplejson.loads(connection.getresponse().read())
    except (OSError, http.client.HTTPException, ValueError):
        raise ControlProblem(f"No sandbox answers at {address}.") from None
    finally:
        connection.close()
    if "done" not in answer:
        raise ControlProblem(str(answer.get("problem", "the sandbox refused")))
    return str(answer["done"])
