"""What kept a request from leaving, as a sentence and what to do about it.

The name, the connection, the proxy or TLS failed; no byte of the request had left by then. The words for the reasons
are OpenSSL's, as Python passes them on.
"""

import socket
import ssl

from paycli.profiles.settings import is_loopback
from paycli.values import dataclass

CONNECTING, TO_PROXY, TO_HOST = "connection.connect_tcp", "connection.start_tls", "proxy.start_tls"
"""Where httpcore says that it failed; without a proxy, TLS with the host is its ``connection.start_tls``."""

OTHER_NAME = frozenset({62, 64})
EXPIRED, NOT_YET = 10, 9
UNKNOWN_AUTHORITY = frozenset({2, 18, 19, 20, 21})
TOO_OLD = frozenset({"UNSUPPORTED_PROTOCOL", "TLSV1_ALERT_PROTOCOL_VERSION"})
NO_TLS = frozenset({"WRONG_VERSION_NUMBER", "HTTP_REQUEST", "PACKET_LENGTH_TOO_LONG", "RECORD_LAYER_FAILURE"})
AUTHENTICATION_REQUIRED, FORBIDDEN = "407", "403"


@dataclass(frozen=True)
class Trouble:
    """A sentence without its end, and what to do where that is known."""

    sentence: str
    remedy: str | None = None


@dataclass(frozen=True)
class Way:
    """The host, the proxy on the way to it where there is one, and at what it failed."""

    host: str
    proxy: str | None
    failed: str

    @property
    def first(self) -> str:
        """Whom a connection is made to."""
        return f"the proxy {self.proxy}" if self.proxy else self.host

    @property
    def secured(self) -> str:
        """Whom TLS is spoken with."""
        return self.host if self.failed == TO_HOST else self.first

    @property
    def is_tls(self) -> bool:
        """Whether the connection was there, and TLS was not."""
        return self.failed in {TO_PROXY, TO_HOST}


def refused(status: str, way: Way) -> Trouble:
    """Return what it means that the proxy answers with a status instead of opening a way to the host."""
    told = f"the proxy {way.proxy} opens no way to {way.host} (HTTP {status})"
    if status == AUTHENTICATION_REQUIRED:
        return Trouble(told, "give user and password in the variable: HTTPS_PROXY=http://USER:PASSWORD@HOST:PORT")
    if status == FORBIDDEN:
        name = way.host.partition(":")[0]
        return Trouble(told, f"let who runs the proxy allow it; where no proxy is needed: NO_PROXY={name}")
    return Trouble(told, f"look at the proxy, and whether {way.host} is the right host (base_url)")


def late(way: Way) -> Trouble:
    """Return what was not there within the time allowed."""
    if way.is_tls:
        return Trouble(f"no secure connection to {way.secured} within the time allowed")
    if way.proxy and way.failed not in {CONNECTING, ""}:
        return Trouble(f"no answer from the proxy {way.proxy} within the time allowed")
    return Trouble(f"no connection to {way.first} within the time allowed")


def unreachable(problem: BaseException, way: Way) -> Trouble:
    """Return what the causes of a problem tell."""
    cause: BaseException | None = problem
    while cause is not None:
        if told := _of_cause(cause, way):
            return told
        cause = cause.__cause__ or cause.__context__
    if way.proxy and way.failed.startswith("http"):
        return Trouble(f"the proxy {way.proxy} opens no way to {way.host}: it broke off", "look at the proxy")
    return Trouble(f"{way.first} cannot be reached")


def _of_cause(cause: BaseException, way: Way) -> Trouble | None:
    match cause:
        case ssl.SSLCertVerificationError():
            return _certificate(cause, way.secured)
        case ssl.SSLError():
            return _handshake(cause, way.secured)
        case ConnectionRefusedError():
            where = " (is the sandbox running? paycli sandbox serve)" if is_loopback(way.host) else ""
            return Trouble(f"{way.first} refused the connection{where}")
        case socket.gaierror():
            return Trouble(f"the name service does not know {way.first}")
        case ConnectionError() if way.is_tls:
            return Trouble(f"no secure connection to {way.secured}: it closed the connection")
    return None


def _certificate(problem: ssl.SSLCertVerificationError, host: str) -> Trouble:
    told = f"the certificate of {host} is not valid: {problem.verify_message.rstrip('.')}"
    if problem.verify_code in OTHER_NAME:
        return Trouble(told, f"look whether {host} is the right host (base_url); nothing is sent to another one")
    if problem.verify_code in {EXPIRED, NOT_YET}:
        return Trouble(told, f"look at this machine's clock; if it is right, {host} needs a new certificate")
    if problem.verify_code in UNKNOWN_AUTHORITY:
        return Trouble(told, "if its authority is your own or your company's, name its file in the profile: ca_bundle")
    return Trouble(told)


def _handshake(problem: ssl.SSLError, host: str) -> Trouble:
    told = f"no secure connection to {host}"
    if problem.reason in TOO_OLD:
        return Trouble(f"{told}: it speaks no TLS of version 1.2 or newer", "ask who runs it; nothing older is safe")
    if problem.reason in NO_TLS:
        return Trouble(f"{told}: what answers there is not TLS", "look at host and port (base_url)")
    if isinstance(problem, ssl.SSLEOFError):
        return Trouble(f"{told}: it closed the connection")
    return Trouble(told)
