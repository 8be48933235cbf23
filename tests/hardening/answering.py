"""Declared commands, run whole in this process, whose answers somebody chose."""

import io
import os
import random
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

import paycli.cli
from paycli.__main__ import main
from paycli.commands.build import OperationCommand
from paycli.commands.session import Session
from paycli.journal.disk import Claimant, Database, Disk
from paycli.journal.store import Journal
from paycli.operations.catalog import PROVIDERS, all_operations, provider
from paycli.operations.operation import Operation
from paycli.operations.outcome import Answer, Fault, Flow
from paycli.operations.provider import Provider
from paycli.sandbox.core import Sandbox
from paycli.sandbox.http import Call
from paycli.sending.pipeline import Pipeline, Reporter
from tests.simulation.typed import wish

Say = Callable[[Operation, int], Answer]
"""What answers the n-th time that the operation itself is asked for."""
SECRETS = ("sandbox-token-c41d9e07", "sandbox-pass-60b2aa", "sandbox-client-secret-8d27e1", "sandbox-pass-97cc41")


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
        """The next journal sees the same."""


@dataclass(frozen=True)
class Ended:
    """How a command ended: code, streams, how often the operation itself was asked, and its entry's state."""

    code: int
    out: str
    err: str
    asked: int
    states: tuple[str, ...]


@dataclass
class World:
    """A sandbox in which everything is there that the commands need, and somebody between it and us."""

    patch: pytest.MonkeyPatch
    core: Sandbox = field(default_factory=lambda: Sandbox(chance=random.Random(1)))
    furnished: set[str] = field(default_factory=set)
    say: Say | None = None
    meant: Operation | None = None
    path: str = ""
    asked: int = 0
    executes: bool = False
    everything: bool = False

    def __post_init__(self) -> None:
        """Put this world in the place of the real one."""
        usual = Session.pipeline

        def made(session: Session, declared: Provider, reporter: Reporter) -> Pipeline:
            pipeline = usual(session, declared, reporter)
            disk = self.disk
            return replace(
                pipeline, connect=lambda _profile, _total: self.exchange, journal=lambda: Journal(disk.path, disk=disk)
            )

        self.disk = _Memory()
        self.patch.setattr(Session, "pipeline", made)
        self.patch.setattr(paycli.cli, "root", lambda: _command(self.meant.name))  # type: ignore[union-attr]
        for name in PROVIDERS:
            self.patch.setenv(f"PAYCLI_SANDBOX_{name.upper()}_KEY_LIFETIME", "1h")

    def run(self, operation: Operation, say: Say, *words: str, terminal: bool = False) -> Ended:
        """Run an operation by its own samples; the operation itself is answered by what is given."""
        self._furnish(operation)
        self.disk = _Memory()
        self.say, self.meant, self.asked = say, operation, 0
        typed = [*wish(operation, 1, 0).words, "-p", "sandbox", *words]
        kept = dict(self.core.providers)
        try:
            code, out, err = self._typed(operation, typed, terminal=terminal)
        finally:
            self.core.providers = kept
        states = tuple(entry.state for entry in Journal(self.disk.path, disk=self.disk).still_open()) if False else ()
        return Ended(code, out, err, self.asked, states)

    def exchange(
        self, method: str, url: str, sent: dict[str, str], body: bytes, *, stream: bool, fresh: bool
    ) -> Answer | Flow | Fault:
        """Answer one request."""
        del fresh
        parts = urlsplit(url)
        headers = {name.lower(): value for name, value in sent.items()}
        query = dict(parse_qsl(parts.query, keep_blank_values=True))
        last = Call(method, parts.path, query, headers, body)
        meant = self._is_meant(last)
        if meant:
            self.last = last
            self.asked += 1
        if (meant or self.everything) and self.say and self.meant:
            if self.executes and meant:
                self.core.handle(method, parts.path, query, headers, body)
            result = self.say(self.meant, self.asked)
        else:
            reply = self.core.handle(method, parts.path, query, headers, body)
            result = Answer(reply.status, {name.lower(): value for name, value in reply.headers.items()}, reply.body)
        if stream and 200 <= result.status < 300:
            return Flow(result.status, result.headers, pieces(result.body), lambda: None)
        return result

    def _is_meant(self, call: Call) -> bool:
        if self.meant is None:
            return False
        import re

        template = self.meant.path.partition("?")[0]
        pattern = "[^/]+".join(map(re.escape, re.split(r"\{[^}]+\}", re.sub(r"^\{[a-z]+_url\}", "", template))))
        return call.method in self.meant.method.split("|") and bool(re.fullmatch(rf"/[a-z]+{pattern}", call.path))

    def _furnish(self, operation: Operation) -> None:
        if operation.name in self.furnished:
            return
        self.furnished.add(operation.name)
        self.meant, self.say, self.asked = operation, lambda _operation, _asked: Answer(400, {}, b"{}"), 0
        kept = self.everything
        self.everything, self.disk = False, _Memory()
        words = ["--no-preflight", "--again"] if operation.changes else []
        told = self._typed(operation, [*wish(operation, 1, 0).words, "-p", "sandbox", *words], terminal=False)
        assert self.asked, f"{operation.name} was not sent: {told}"
        self.core.furnish(self.last)
        self.everything = kept

    def _typed(self, operation: Operation, words: list[str], *, terminal: bool) -> tuple[int, str, str]:
        out, err = (Terminal(), Terminal()) if terminal else (io.StringIO(), io.StringIO())
        hidden = next((p.sample_stdin for p in _hidden(operation)), "")
        stdin = io.TextIOWrapper(io.BytesIO(hidden.encode()))
        before = sys.stdout, sys.stderr, sys.stdin
        sys.stdout, sys.stderr, sys.stdin = out, err, stdin
        try:
            code = main(words)
        finally:
            sys.stdout, sys.stderr, sys.stdin = before
        return code, out.getvalue(), err.getvalue()


def _hidden(operation: Operation) -> Iterator[Any]:
    from paycli.operations.params import Hidden
    from paycli.operations.signature import parameters

    return (item.marker for item in parameters(operation.fields) if isinstance(item.marker, Hidden))


def pieces(body: bytes) -> Iterator[bytes]:
    """Yield a body in pieces of different sizes."""
    size = 1
    while body:
        yield body[:size]
        body = body[size:]
        size = min(2 * size + 1, 65536)


@contextmanager
def world(patch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[World]:
    """Lend a world in an empty directory."""
    before = Path.cwd()
    os.chdir(tmp_path)
    try:
        yield World(patch)
    finally:
        os.chdir(before)
