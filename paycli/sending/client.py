"""The HTTP client, and the only module that imports httpx.

TLS is verified and at least 1.2; redirects are never followed; nothing of the environment is trusted but a proxy. The
client watches whether any byte of a request may have left, which decides between "not sent" and "unknown".
"""

import math
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpcore
import httpx

from paycli import __version__
from paycli.errors import ConfigurationProblem
from paycli.operations.outcome import LARGEST_ANSWER, TOO_LARGE, Answer, CutOffError, Fault, Flow
from paycli.profiles.profile import Timeouts
from paycli.sending.proxy import proxy_for
from paycli.sending.trouble import Trouble, Way, late, refused, unreachable
from paycli.values import dataclass

# A server may close what is idle at any moment; a change that meets this is unknown. So nothing is idle for long.
LONGEST_IDLE = 2.0


@dataclass(frozen=True)
class Outgoing:
    """The bytes of one request as they leave."""

    method: str
    url: str
    headers: dict[str, str]
    body: bytes


class Client:
    """Sends one request at a time to one provider's hosts.

    With ``kept`` a connection stays open for the next request to the same host, until something goes wrong on it.
    """

    def __init__(
        self,
        timeouts: Timeouts,
        *,
        proxy: str | None = None,
        ca_bundle: str | None = None,
        total: float | None = None,
        kept: bool = False,
    ) -> None:
        self.timeouts = timeouts
        self.asked = total
        self.total = total or timeouts.connect + timeouts.read
        self.proxy = proxy
        self.ca_bundle = ca_bundle
        self.kept = kept
        self._open_ones: dict[str, tuple[httpx.Client, _Deadline]] = {}

    def exchange(self, outgoing: Outgoing, *, fresh: bool = False) -> Answer | Fault:
        """Send the request and return the complete answer, or what is known about its failure.

        A KeyboardInterrupt before the first byte is raised; after it, it is a Fault that may have arrived. What is
        ``fresh`` goes over a connection of its own.
        """
        watch = _Watch()
        started = time.monotonic()
        try:
            with self._opened(outgoing.url, started + self.total, kept=self.kept and not fresh) as client:
                response = self._send(client, outgoing, watch)
                try:
                    body = _read(response)
                finally:
                    response.close()
        except BaseException as problem:  # noqa: BLE001 what is no failure of the exchange is raised again
            return self._fault(problem, outgoing.url, watch)
        return Answer(response.status_code, _headers(response), body, time.monotonic() - started)

    def close(self) -> None:
        """Close what was kept open."""
        for client, _ in self._open_ones.values():
            client.close()
        self._open_ones.clear()

    def stream(self, outgoing: Outgoing) -> Flow | Answer | Fault:
        """Send a read and return its body as it arrives; an answer that is no success comes whole.

        The time allowed for the whole exchange bounds the body of a stream only where it was asked for.
        """
        watch = _Watch()
        started = time.monotonic()
        deadline = _Deadline(started + self.total)
        client = self._open(outgoing.url, deadline)
        try:
            response = self._send(client, outgoing, watch)
            if response.is_success:
                deadline.until = started + self.asked if self.asked else math.inf
                pieces = _pieces(response, outgoing.url)
                return Flow(response.status_code, _headers(response), pieces, client.close, time.monotonic() - started)
            body = _read(response)
        except BaseException as problem:  # noqa: BLE001 what is no failure of the exchange is raised again
            client.close()
            return self._fault(problem, outgoing.url, watch)
        client.close()
        return Answer(response.status_code, _headers(response), body, time.monotonic() - started)

    def _send(self, client: httpx.Client, outgoing: Outgoing, watch: "_Watch") -> httpx.Response:
        request = client.build_request(
            outgoing.method,
            outgoing.url,
            headers=outgoing.headers,
            content=outgoing.body or None,
            extensions={"trace": watch},
        )
        return client.send(request, stream=True)

    def _fault(self, problem: BaseException, url: str, watch: "_Watch") -> Fault:
        """Return what is known after a failure; raise what is none, or what came before anything could have left."""
        if isinstance(problem, _FAILURES):
            if watch.may_have_left or not (watch.began or isinstance(problem, _BEFORE_SENDING)):
                return Fault(_sentence(problem, url), may_have_left=True)
            proxy = proxy_for(url, self.proxy)
            trouble = _trouble(problem, Way(_host(url), _host(proxy) if proxy else None, watch.failed))
            return Fault(trouble.sentence, may_have_left=False, remedy=trouble.remedy)
        if not watch.may_have_left:
            raise problem
        if not isinstance(problem, Exception):
            return Fault("it was interrupted while the answer was awaited", may_have_left=True, interrupted=True)
        return Fault(f"paycli failed while the answer was awaited ({type(problem).__name__})", may_have_left=True)

    @contextmanager
    def _opened(self, url: str, until: float, *, kept: bool) -> Iterator[httpx.Client]:
        """Lend a client until the moment; one that is kept is given up when anything goes wrong."""
        if not kept:
            with self._open(url, _Deadline(until)) as client:
                yield client
            return
        host = url.partition("://")[2].partition("/")[0]
        if host not in self._open_ones:
            deadline = _Deadline(until)
            self._open_ones[host] = self._open(url, deadline), deadline
        client, deadline = self._open_ones[host]
        deadline.until = until
        try:
            yield client
        except BaseException:
            self._open_ones.pop(host)[0].close()
            raise

    def _open(self, url: str, deadline: "_Deadline") -> httpx.Client:
        tls = _tls(url, self.ca_bundle)
        address = proxy_for(url, self.proxy)
        secured = tls if address and address.startswith("https:") else None
        transport = httpx.HTTPTransport(
            verify=tls,
            trust_env=False,
            proxy=httpx.Proxy(address, ssl_context=secured) if address else None,
            limits=httpx.Limits(keepalive_expiry=LONGEST_IDLE),
        )
        # httpx bounds each single read; a server that drips bytes would never end. httpcore's pool takes a network
        # backend, which httpx does not pass on.
        pool: Any = transport._pool  # noqa: SLF001
        pool._network_backend = _Bounded(pool._network_backend, deadline)  # noqa: SLF001
        return httpx.Client(
            transport=transport,
            trust_env=False,
            follow_redirects=False,
            headers={"user-agent": f"paycli/{__version__}", "accept-encoding": "identity"},
            timeout=httpx.Timeout(self.timeouts.read, connect=self.timeouts.connect),
        )


class _TooLargeError(Exception):
    """The answer is larger than anything a provider should send here."""


_FAILURES = (httpx.HTTPError, httpx.InvalidURL, httpcore.ProtocolError, ssl.SSLError, OSError, _TooLargeError)
_BEFORE_SENDING = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
    httpx.InvalidURL,
)


class _Watch:
    """Notes the moment from which bytes of the request, not of a proxy's CONNECT, may be on their way.

    And whether anything began, and at what it failed first.
    """

    def __init__(self) -> None:
        self.may_have_left = False
        self.began = False
        self.failed = ""

    def __call__(self, event: str, info: dict[str, Any]) -> None:
        self.began = True
        if event.endswith(".failed"):
            self.failed = self.failed or event.removesuffix(".failed")
        if event.endswith("send_request_headers.started"):
            request = info.get("request")
            if getattr(request, "method", b"") != b"CONNECT":
                self.may_have_left = True


_SINGLE_WAIT = 0.25


@dataclass
class _Deadline:
    """The moment at which the present exchange ends at the latest."""

    until: float


class _Bounded(httpcore.NetworkBackend):
    """A network whose every wait ends at one deadline."""

    def __init__(self, inner: httpcore.NetworkBackend, deadline: _Deadline) -> None:
        self.inner = inner
        self.deadline = deadline

    def connect_tcp(self, host: str, port: int, timeout: float | None = None, *args: Any, **more: Any) -> Any:
        limit = _left(self.deadline.until, timeout, httpcore.ConnectTimeout)
        return _BoundedStream(self.inner.connect_tcp(host, port, limit, *args, **more), self.deadline)


class _BoundedStream(httpcore.NetworkStream):
    """A connection whose every wait ends at one deadline."""

    def __init__(self, inner: httpcore.NetworkStream, deadline: _Deadline) -> None:
        self.inner = inner
        self.deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        # A signal that arrives in the moment before a system call begins does not interrupt it; Python raises it when
        # the call returns. So no single wait is long.
        until = time.monotonic() + _left(self.deadline.until, timeout, httpcore.ReadTimeout)
        while True:
            try:
                return self.inner.read(max_bytes, min(_SINGLE_WAIT, _left(until, None, httpcore.ReadTimeout)))
            except httpcore.ReadTimeout:
                if time.monotonic() >= until:
                    raise

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.inner.write(buffer, _left(self.deadline.until, timeout, httpcore.WriteTimeout))

    def close(self) -> None:
        self.inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> Any:
        limit = _left(self.deadline.until, timeout, httpcore.ConnectTimeout)
        return _BoundedStream(self.inner.start_tls(ssl_context, server_hostname, limit), self.deadline)

    def get_extra_info(self, info: str) -> Any:
        return self.inner.get_extra_info(info)


def _left(deadline: float, timeout: float | None, late: type[httpcore.TimeoutException]) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise late("the time allowed for the whole exchange is over")
    return left if timeout is None else min(left, timeout)


def _tls(url: str, ca_bundle: str | None) -> ssl.SSLContext:
    if url.startswith("http:"):
        # Nothing is verified over plain loopback; a context that trusts nobody costs no reading of certificates.
        return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    import certifi

    # ssl.create_default_context would write the keys of every connection wherever SSLKEYLOGFILE says.
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    try:
        context.load_verify_locations(ca_bundle or certifi.where())
    except OSError:
        raise ConfigurationProblem(
            "The file that ca_bundle names holds no usable certificates.", next_step="name a PEM file of authorities"
        ) from None
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def _read(response: httpx.Response) -> bytes:
    parts: list[bytes] = []
    size = 0
    for part in response.iter_bytes():
        size += len(part)
        if size > LARGEST_ANSWER:
            raise _TooLargeError
        parts.append(part)
    return b"".join(parts)


def _pieces(response: httpx.Response, url: str) -> Iterator[bytes]:
    try:
        yield from response.iter_bytes()
    except _FAILURES as problem:
        raise CutOffError(_sentence(problem, url)) from None
    finally:
        response.close()


def _headers(response: httpx.Response) -> dict[str, str]:
    return {name.lower(): value for name, value in response.headers.items()}


_SENTENCES: tuple[tuple[type[BaseException], str], ...] = (
    (httpx.ReadTimeout, "no complete answer within the time allowed"),
    (httpx.WriteTimeout, "the request could not be written within the time allowed"),
    (httpx.RemoteProtocolError, "the connection was closed before the answer was complete"),
    (httpx.WriteError, "the connection broke while the request was written"),
    (httpx.DecodingError, "the answer is not encoded as it says"),
    (_TooLargeError, TOO_LARGE),
)


def _sentence(problem: BaseException, url: str) -> str:
    """Return what went wrong after something may have left."""
    told = (sentence for kind, sentence in _SENTENCES if isinstance(problem, kind))
    return f"{next(told, 'the connection broke before the answer was complete')} ({_host(url)})"


def _trouble(problem: BaseException, way: Way) -> Trouble:
    if isinstance(problem, httpx.ProxyError):
        # What stands behind the status is the proxy's own text.
        return refused(str(problem)[:3], way)
    if isinstance(problem, httpx.TimeoutException):
        return late(way)
    return unreachable(problem, way)


def _host(address: str) -> str:
    """Return host and port; what stands before a proxy's @ would be a user and a password."""
    return httpx.URL(address).netloc.decode("ascii", "replace")
