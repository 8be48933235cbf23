"""A little Toman on this machine: gives and rotates tokens, answers what a test put there, and notes what came."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

USER = {"username": "clerk", "password": "made-up-password"}
CLIENT = {"client_id": "client-1", "client_secret": "made-up-client-secret"}


@dataclass(frozen=True)
class Came:
    """One request as it came."""

    method: str
    path: str
    query: str
    headers: dict[str, str]
    body: bytes

    @property
    def form(self) -> dict[str, str]:
        """The fields of a form."""
        return dict(parse_qsl(self.body.decode(), keep_blank_values=True))

    @property
    def bearer(self) -> str:
        """The token that came along."""
        return self.headers.get("authorization", "").removeprefix("Bearer ")


@dataclass(frozen=True)
class Reply:
    """An answer: JSON, or bytes as they are; ``cut`` closes the connection after so many of them."""

    status: int = 200
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    cut: int | None = None

    @property
    def content(self) -> bytes:
        """The bytes of the body."""
        return self.body if isinstance(self.body, bytes) else json.dumps(self.body, ensure_ascii=False).encode()


class LittleToman:
    """The state, and what came."""

    def __init__(self) -> None:
        self.address = ""
        self.lock = threading.Lock()
        self.came: list[Came] = []
        self.routes: dict[str, Reply | Callable[[Came], Reply]] = {}
        self.lifetime = 86400
        self.serial = 0
        self.access: set[str] = set()
        self.refresh: set[str] = set()
        self.refuse: dict[str, Reply] = {}
        self.before_refresh: Callable[[], None] = lambda: None

    def put(self, path: str, *answers: Any) -> None:
        """Answer a path; several answers one after the other, and the last for ever."""
        replies = [one if isinstance(one, Reply) else Reply(body=one) for one in answers]

        def next_one(_came: Came) -> Reply:
            return replies.pop(0) if len(replies) > 1 else replies[0]

        self.routes[path] = next_one

    def sign_ins(self, grant: str = "password") -> list[Came]:
        """Return the sign-ins of a kind that came."""
        return [one for one in self.came if one.path == "/oauth2/token/" and one.form.get("grant_type") == grant]

    def asked(self) -> list[Came]:
        """Return everything that came but sign-ins."""
        return [one for one in self.came if one.path != "/oauth2/token/"]

    def forget(self) -> None:
        """Take no token any more that was given."""
        self.access.clear()
        self.refresh.clear()

    def answer(self, came: Came) -> Reply:
        """Answer as the document says."""
        with self.lock:
            self.came.append(came)
        if came.path == "/oauth2/token/":
            return self._token(came)
        if came.path.startswith("/files/"):
            return self._routed(came)
        with self.lock:
            known = came.bearer in self.access
        return self._routed(came) if known else Reply(401, {"detail": "who are you?"})

    def _routed(self, came: Came) -> Reply:
        route = self.routes.get(came.path, Reply(404, {"detail": "Not found."}))
        return route(came) if callable(route) else route

    def _token(self, came: Came) -> Reply:
        form = came.form
        grant = form.get("grant_type", "")
        if grant in self.refuse:
            return self.refuse[grant]
        if grant == "refresh_token":
            self.before_refresh()
        with self.lock:
            if grant == "password" and any(form.get(name) != value for name, value in USER.items()):
                return Reply(400, {"error": "invalid_grant", "error_description": "..."})
            if grant == "refresh_token":
                if form.get("refresh_token") not in self.refresh:
                    return Reply(400, {"error": "invalid_grant"})
                self.refresh.discard(form["refresh_token"])
            return self._given(form.get("scope", ""))

    def _given(self, scope: str) -> Reply:
        self.serial += 1
        access, refresh = f"made-up-access-{self.serial:03}", f"made-up-refresh-{self.serial:03}"
        self.access.add(access)
        self.refresh.add(refresh)
        content = {
            "access_token": access,
            "refresh_token": refresh,
            "expires_in": self.lifetime,
            "token_type": "Bearer",
        }
        return Reply(body={**content, "scope": scope})


@contextmanager
def serving() -> Iterator[LittleToman]:
    """Serve a little Toman until the block ends."""
    toman = LittleToman()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(toman))
    server.daemon_threads = True
    toman.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield toman
    finally:
        server.shutdown()
        server.server_close()


def environment(address: str, name: str = "CI") -> dict[str, str]:
    """Return the variables of a profile at an address."""
    fields = {"provider": "toman", "environment": "test", "base_url": address, **USER, **CLIENT}
    return {f"PAYCLI_{name}_{field.upper()}": value for field, value in fields.items()}


def _handler(toman: LittleToman) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            length = int(self.headers.get("content-length") or 0)
            headers = {name.lower(): value for name, value in self.headers.items()}
            reply = toman.answer(Came(self.command, parts.path, parts.query, headers, self.rfile.read(length)))
            self.send_response(reply.status)
            usual = {"Content-Type": "application/json", "Content-Length": str(len(reply.content))}
            for name, value in {**usual, **reply.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(reply.content[: reply.cut])
            if reply.cut is not None:
                self.close_connection = True

        do_POST = do_GET  # noqa: N815 the library's name

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    return Handler
