"""An HTTP proxy on loopback that opens tunnels to hosts which only it knows."""

import contextlib
import select
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

LIMIT = 10
PIECE = 1 << 16


@dataclass
class Proxy:
    """What it was asked, and how it behaves.

    ``known`` says on which port of this machine a host is. ``refuses`` is the answer to every CONNECT; without it a
    tunnel is opened. ``cut`` ends a tunnel as soon as it is set.
    """

    known: Mapping[str, int]
    refuses: bytes | None = None
    cut: threading.Event = field(default_factory=threading.Event)
    asked: list[bytes] = field(default_factory=list)
    port: int = 0

    @property
    def address(self) -> str:
        """Where it listens."""
        return f"127.0.0.1:{self.port}"

    @property
    def targets(self) -> list[str]:
        """The hosts to which a tunnel was asked for."""
        return [head.split()[1].decode() for head in self.asked]

    def serve(self, connection: socket.socket) -> None:
        """Take one connection."""
        head = b""
        while b"\r\n\r\n" not in head:
            piece = connection.recv(PIECE)
            if not piece:
                return
            head += piece
        self.asked.append(head)
        name, _, port = head.split()[1].decode().rpartition(":")
        if self.refuses is not None:
            connection.sendall(self.refuses)
            return
        assert self.known[name] == int(port)
        with socket.create_connection(("127.0.0.1", int(port))) as there:
            connection.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            self._pass(connection, there)

    def _pass(self, here: socket.socket, there: socket.socket) -> None:
        """Hand on what comes, in one thread, since two must not use one TLS; until an end closes or it is cut."""
        for end in (here, there):
            end.settimeout(LIMIT)
        while not self.cut.is_set():
            held = isinstance(here, ssl.SSLSocket) and here.pending()
            ready = [here] if held else select.select([here, there], [], [], 0.02)[0]
            for one in ready:
                piece = one.recv(PIECE)
                if not piece:
                    return
                (there if one is here else here).sendall(piece)


@contextmanager
def proxied(known: Mapping[str, int], secure: ssl.SSLContext | None = None) -> Iterator[Proxy]:
    """Serve a proxy until the block ends; with ``secure`` the way to it is TLS too."""
    proxy = Proxy(known)
    listener = socket.create_server(("127.0.0.1", 0))
    proxy.port = listener.getsockname()[1]
    threads: list[threading.Thread] = []

    def take(connection: socket.socket) -> None:
        with contextlib.suppress(OSError), connection:
            if secure is None:
                proxy.serve(connection)
                return
            with secure.wrap_socket(connection, server_side=True) as secured:
                proxy.serve(secured)

    def accept() -> None:
        with contextlib.suppress(OSError):
            while True:
                threads.append(threading.Thread(target=take, args=(listener.accept()[0],), daemon=True))
                threads[-1].start()

    accepting = threading.Thread(target=accept, daemon=True)
    accepting.start()
    try:
        yield proxy
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        for thread in (accepting, *threads):
            thread.join(LIMIT)
