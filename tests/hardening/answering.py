"""Declared commands, run whole in this process, whose answers somebody chose."""

import copy
import io
import random
import re
import sqlite3
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any, TextIO
from urllib.parse import parse_qsl, urlsplit

import pytest

import paycli.cli
from paycli.__main__ import main
from paycli.commands.build import OperationCommand
from paycli.commands.session import Session
from paycli.journal.disk import Claimant, Database, Disk
from paycli.journal.store import Journal
from paycli.operations.catalog import all_operations, provider
from paycli.operations.operation import Operation
from paycli.operations.outcome import Answer, Fault, Flow
from paycli.operations.params import Hidden
from paycli.operations.provider import Provider
from paycli.operations.signature import parameters
from paycli.operations.wire import NotJson, decode
from paycli.sandbox.core import Sandbox
from paycli.sandbox.http import Call
from paycli.sending.pipeline import Pipeline, Reporter
from tests.simulation.typed import wish

Say = Callable[[Any], Answer]
"""What answers a request, out of what would have been the content of an answer, or nothing where there is none."""


@cache
def operations() -> tuple[Operation, ...]:
    """Return every declared operation of every provider."""
    return tuple(all_operations())


@cache
def _command(name: str) -> OperationCommand:
    operation = next(one for one in operations() if one.name == name)
    return OperationCommand(provider(operation.provider), operation)


class Terminal(io.StringIO):
    """What a person looks at."""

    def isatty(self) -> bool:
        """Say that somebody is there."""
        return True


class _Memory(Disk):
    """A disk on which nothing stays."""

    def __init__(self) -> None:
        super().__init__(Path("/nowhere"))
        self.database = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        self.used = False

    def exists(self) -> bool:
        return self.used

    def open(self) -> Database:
        self.used = True
        return _Lent(self.database)

    def claimant(self) -> Claimant:
        return _Me()

    def lives(self, name: str) -> bool:
        return name == _Me.name


class _Me:
    name = "me"

    def close(self) -> None:
        """Nothing is held."""


@dataclass
class _Lent:
    database: sqlite3.Connection

    def execute(self, query: str, values: Any = (), /) -> Any:
        return self.database.execute(query, values)

    def executemany(self, query: str, values: Any, /) -> Any:
        return self.database.executemany(query, values)

    def executescript(self, script: str, /) -> Any:
        return self.database.executescript(script)

    def close(self) -> None:
        """Keep it for the next journal."""


@dataclass(frozen=True)
class Ended:
    """How a command ended: its code, both streams, and how often the operation itself was asked for."""

    code: int
    out: str
    err: str
    asked: int


@dataclass
class World:
    """A sandbox in which everything is there that a command needs, and somebody between it and us.

    Where the other side ``executes``, it does what it was asked to do, whatever it answers; ``everything`` says that
    all requests of a command are answered so, not that of the operation alone.
    """

    patch: pytest.MonkeyPatch
    executes: bool = False
    everything: bool = False
    meant: Operation | None = None
    core: Sandbox = field(init=False)
    say: Say = field(init=False)
    disk: "_Memory" = field(init=False)
    last: Call = field(init=False)
    asked: int = 0

    def __post_init__(self) -> None:
        """Put this world in the place of the real one."""
        usual = Session.pipeline

        def made(session: Session, declared: Provider, reporter: Reporter) -> Pipeline:
            disk = self.disk
            return replace(
                usual(session, declared, reporter),
                connect=lambda _profile, _total: self.exchange,
                journal=lambda: Journal(disk.path, disk=disk),
            )

        self.patch.setattr(Session, "pipeline", made)
        self.patch.setattr(paycli.cli, "root", self._root)

    def run(self, operation: Operation, say: Say, *words: str, terminal: bool = False) -> Ended:
        """Run an operation by its own samples; what is given answers it."""
        if self.meant is not operation:
            self._furnish(operation)
        before = copy.deepcopy(self.core.providers[operation.provider]) if self.executes else None
        try:
            return self._typed(operation, say, words, terminal=terminal)
        finally:
            if before:
                self.core.providers[operation.provider] = before

    def exchange(
        self, method: str, url: str, sent: dict[str, str], body: bytes, *, stream: bool, fresh: bool
    ) -> Answer | Flow | Fault:
        """Answer one request."""
        del fresh
        parts = urlsplit(url)
        headers = {name.lower(): value for name, value in sent.items()}
        call = Call(method, parts.path, dict(parse_qsl(parts.query, keep_blank_values=True)), headers, body)
        result = self._answered(call)
        if stream and 200 <= result.status < 300:
            return Flow(result.status, result.headers, pieces(result.body), lambda: None)
        return result

    def _answered(self, call: Call) -> Answer:
        meant = self._is_meant(call)
        if meant:
            self.last = call
            self.asked += 1
        if not meant or self.executes:
            reply = self.core.handle(call.method, call.path, call.query, call.headers, call.body)
            answer = Answer(reply.status, {name.lower(): value for name, value in reply.headers.items()}, reply.body)
        return self.say(None if meant else _content(answer)) if meant or self.everything else answer

    def _is_meant(self, call: Call) -> bool:
        if self.meant is None:
            return False
        path = _path(self.meant.path)
        return call.method in self.meant.method.split("|") and bool(path.fullmatch(call.path))

    def _furnish(self, operation: Operation) -> None:
        """Make what the operation needs, by sending it once to somebody who only looks."""
        self.core = Sandbox(chance=random.Random(1))
        self.meant = operation
        kept = self.executes, self.everything
        self.executes = self.everything = False
        words = ("--no-preflight", "--again") if operation.changes else ()
        told = self._typed(operation, lambda _content: Answer(400, {}, b"{}"), words, terminal=False)
        assert told.asked, f"{operation.name} was not sent: {told}"
        self.core.furnish(self.last)
        self.executes, self.everything = kept

    def _typed(self, operation: Operation, say: Say, words: Sequence[str], *, terminal: bool) -> Ended:
        self.say, self.asked, self.disk = say, 0, _Memory()
        make = Terminal if terminal else io.StringIO
        out, err = make(), make()
        before = sys.stdout, sys.stderr, sys.stdin
        sys.stdout, sys.stderr, sys.stdin = out, err, _standard_input(operation)
        try:
            code = main([*wish(operation, 1, 0).words, "-p", "sandbox", *words])
        finally:
            sys.stdout, sys.stderr, sys.stdin = before
        return Ended(code, out.getvalue(), err.getvalue(), self.asked)

    def _root(self) -> OperationCommand:
        assert self.meant
        return _command(self.meant.name)


def _content(answer: Answer) -> Any:
    try:
        return decode(answer.body)
    except NotJson:
        return None


@cache
def _path(template: str) -> re.Pattern[str]:
    path = re.sub(r"^\{[a-z]+_url\}", "", template.partition("?")[0])
    return re.compile("/[a-z]+" + "[^/]+".join(map(re.escape, re.split(r"\{[^}]+\}", path))))


def _standard_input(operation: Operation) -> TextIO:
    markers = [item.marker for item in parameters(operation.fields)]
    given = next((marker.sample_stdin for marker in markers if isinstance(marker, Hidden)), "")
    return io.TextIOWrapper(io.BytesIO(given.encode()))


def pieces(body: bytes) -> Iterator[bytes]:
    """Yield a body in pieces of different sizes."""
    size, start = 1, 0
    while start < len(body):
        yield body[start : start + size]
        start += size
        size = min(2 * size + 1, 65536)
