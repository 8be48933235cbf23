"""Faults on the wire: what a client sees when the network or a server in between breaks."""

import contextlib
import http.server
import socket
import struct
import time
from collections.abc import Callable

from paycli.sandbox.http import Reply

LONGEST_SILENCE = 300
SLOW = 2.0
DRIP = 0.25
GARBAGE = Reply(200, b"\x00\xff{[\x1b not an answer", {"Content-Type": "application/json"})
PAGE = Reply(502, b"<html><h1>502 Bad Gateway</h1></html>", {"Content-Type": "text/html"})
ELSEWHERE = Reply(302, b"", {"Location": "https://elsewhere.invalid/"})

Handle = Callable[[], Reply]


def spoil(kind: str, line: http.server.BaseHTTPRequestHandler, handle: Handle, refuse: Handle) -> None:
    """Let a request meet a fault: ``handle`` does what it asks for, ``refuse`` is the provider's own refusal."""
    line.close_connection = True
    match kind:
        case "refuse":
            _write(line, refuse())
        case "redirect":
            _write(line, ELSEWHERE)
        case "timeout":
            _wait_until_given_up(line)
        case "commit-late":
            _wait_until_given_up(line)
            handle()
        case "reset":
            # Closing a socket that lingers for no time sends a reset.
            line.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            line.connection.close()
        case "drop-before-commit":
            pass
        case _:
            with contextlib.suppress(ConnectionError):
                _after_commit(kind, line, handle())


def _after_commit(kind: str, line: http.server.BaseHTTPRequestHandler, reply: Reply) -> None:
    match kind:
        case "slow":
            time.sleep(SLOW)
            _write(line, reply)
        case "drip":
            for byte in _raw(reply):
                line.wfile.write(bytes([byte]))
                time.sleep(DRIP)
        case "truncate":
            raw = _raw(reply)
            line.wfile.write(raw[: len(raw) // 2])
        case "garbage":
            _write(line, GARBAGE)
        case "html-502":
            _write(line, PAGE)


def _write(line: http.server.BaseHTTPRequestHandler, reply: Reply) -> None:
    line.wfile.write(_raw(reply))


def _raw(reply: Reply) -> bytes:
    head = [f"HTTP/1.1 {reply.status} Sandbox", *(f"{name}: {value}" for name, value in reply.headers.items())]
    body = reply.content()
    head += [f"Content-Length: {len(body)}", "Connection: close", "", ""]
    return "\r\n".join(head).encode() + body


def _wait_until_given_up(line: http.server.BaseHTTPRequestHandler) -> None:
    # Nothing more arrives on the connection before the client closes it.
    line.connection.settimeout(LONGEST_SILENCE)
    with contextlib.suppress(OSError):
        line.connection.recv(1)
