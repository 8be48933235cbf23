"""Runs paycli as a process of its own that has nothing left to import: it is forked from one that imported it all.

It is a process like any other, with its own exit code, streams, variables, files and locks. How the interpreter starts
is left to the tests that start one.
"""

import atexit
import contextlib
import importlib
import json
import os
import pkgutil
import select
import selectors
import signal
import socket
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from tests.jumping import let_nobody_wait

ROOT = Path(__file__).parent.parent
LIMIT = 60
SMALL = 60_000
"""Bytes that a pipe takes before anybody reads."""
LATE = (
    *("httpx", "rich.console", "rich.table", "simplejson", "yaml", "jmespath", "segno", "platformdirs"),
    *("certifi", "encodings.idna"),
)
"""What paycli imports within its functions, but for keyring, which looks at its variables when it is imported."""
NUMBER = struct.Struct("!i")


@dataclass(frozen=True)
class Ended:
    """What a process left."""

    code: int
    out: str
    err: str


class Forks:
    """A process that imported paycli, as the test's process asks it to fork."""

    def __init__(self) -> None:
        ours, theirs = socket.socketpair()
        command = [sys.executable, "-m", "tests.forking", str(theirs.fileno())]
        nothing = subprocess.DEVNULL
        with theirs:
            # In a session of its own it has no terminal that paycli could ask on.
            self.process = subprocess.Popen(
                command,
                env={"PATH": os.environ.get("PATH", "")},
                cwd=ROOT,
                stdin=nothing,
                stdout=nothing,
                pass_fds=[theirs.fileno()],
                start_new_session=True,
            )
        self.socket = ours
        self.lock = threading.Lock()

    def start(self, argv: Sequence[str], environment: Mapping[str, str], stdin: bytes = b"") -> "Running":
        """Start paycli."""
        assert len(stdin) <= SMALL
        (stdin_end, give), (out, out_end), (err, err_end), (code, code_end) = (os.pipe() for _ in range(4))
        theirs = [stdin_end, out_end, err_end, code_end]
        asked = json.dumps([list(argv), dict(environment), str(Path.cwd())]).encode()
        with self.lock:
            socket.send_fds(self.socket, [NUMBER.pack(len(asked))], theirs)
            self.socket.sendall(asked)
        os.write(give, stdin)
        for end in (give, *theirs):
            os.close(end)
        return Running(NUMBER.unpack(os.read(code, NUMBER.size))[0], (out, err, code))

    def close(self) -> None:
        """End the process."""
        self.socket.close()
        self.process.wait(LIMIT)


@dataclass(frozen=True)
class Running:
    """A process that was started, and what it says."""

    pid: int
    files: tuple[int, int, int]

    def end(self) -> Ended:
        """Wait for its end. Raises TimeoutError."""
        try:
            out, err, code = _read(self.files)
        finally:
            for file in self.files:
                os.close(file)
        return Ended(NUMBER.unpack(code)[0], out.decode(), err.decode())

    def lives(self) -> bool:
        """Return whether it has not ended yet."""
        return not select.select([self.files[2]], [], [], 0)[0]

    def kill(self) -> Ended:
        """Kill it, unless it ended before, and wait for its end."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        return self.end()


@cache
def forks() -> Forks:
    """Return the one process of this test run that forks."""
    return Forks()


def stop() -> None:
    """End that process if there is one."""
    if forks.cache_info().currsize:
        forks().close()
        forks.cache_clear()


def _read(files: Sequence[int]) -> list[bytes]:
    """Return what arrives in each file until its end."""
    arrived = dict.fromkeys(files, b"")
    until = time.monotonic() + LIMIT
    with selectors.DefaultSelector() as selector:
        for file in files:
            selector.register(file, selectors.EVENT_READ)
        while selector.get_map():
            ready = selector.select(until - time.monotonic())
            if not ready:
                raise TimeoutError(f"paycli did not end within {LIMIT} seconds")
            for key, _ in ready:
                piece = os.read(key.fd, 1 << 16)
                arrived[key.fd] += piece
                if not piece:
                    selector.unregister(key.fd)
    return list(arrived.values())


def _serve(control: socket.socket) -> None:
    """Fork for every request until nobody asks any more; return in the child only."""
    waiting: dict[int, int] = {}

    def bury(*_: object) -> None:
        with contextlib.suppress(ChildProcessError):
            while (found := os.waitpid(-1, os.WNOHANG))[0]:
                tell = waiting.pop(found[0])
                os.write(tell, NUMBER.pack(os.waitstatus_to_exitcode(found[1])))
                os.close(tell)

    signal.signal(signal.SIGCHLD, bury)
    for asked, files in _requests(control):
        with _no_child_is_buried():
            child = os.fork()
            if not child:
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                _become(*json.loads(asked), files=files)
                return
            waiting[child] = files.pop()
            os.write(waiting[child], NUMBER.pack(child))
        for file in files:
            os.close(file)
    sys.exit()


def _requests(control: socket.socket) -> Iterator[tuple[bytes, list[int]]]:
    while True:
        head, files, _, _ = socket.recv_fds(control, NUMBER.size, 4)
        if not head:
            return
        yield control.recv(NUMBER.unpack(head)[0], socket.MSG_WAITALL), files


@contextlib.contextmanager
def _no_child_is_buried() -> Iterator[None]:
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGCHLD])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGCHLD])


def _become(argv: list[str], environment: dict[str, str], directory: str, *, files: Sequence[int]) -> None:
    """Make of this process what a new one would be."""
    for number, file in enumerate(files[:3]):
        os.dup2(file, number)
    os.closerange(3, 1024)
    os.chdir(directory)
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    sys.argv[1:] = argv
    sys.stdin = os.fdopen(0, errors="surrogateescape")
    sys.stdout = os.fdopen(1, "w", errors="surrogateescape")
    sys.stderr = os.fdopen(2, "w", buffering=1, errors="backslashreplace")


def _end(code: int) -> None:
    """End as an interpreter does, but for taking the modules apart."""
    for thread in threading.enumerate():
        if thread is not threading.current_thread() and not thread.daemon:
            thread.join()
    atexit._run_exitfuncs()
    try:
        sys.stdout.flush()
    except OSError:
        code = 120
    os._exit(code)


def _main() -> None:
    import gc

    import paycli
    from paycli.__main__ import main
    from paycli.output.masking import Masker

    for module in pkgutil.walk_packages(paycli.__path__, "paycli."):
        importlib.import_module(module.name)
    for name in LATE:
        importlib.import_module(name)
    Masker()
    gc.collect()
    gc.freeze()
    let_nobody_wait(pytest.MonkeyPatch())
    _serve(socket.socket(fileno=int(sys.argv[1])))
    try:
        code = main(sys.argv[1:])
    except BaseException:  # noqa: BLE001 as the interpreter does
        sys.excepthook(*sys.exc_info())
        code = 1
    _end(code)


if __name__ == "__main__":
    _main()
