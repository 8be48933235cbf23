"""One run of paycli in this process with planted markers, and every place where one may be left."""

import contextlib
import io
import logging
import os
import sqlite3
import sys
import tempfile
import warnings
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from unittest import mock

from paycli.__main__ import main
from paycli.commands.session import Session
from paycli.journal.store import Journal
from paycli.operations.provider import Provider
from paycli.output.screen import Screen
from paycli.profiles import keyring
from paycli.sending.pipeline import Pipeline, Reporter
from tests.filekeyring import FileKeyring
from tests.hardening.markers import Marker, found_in
from tests.hardening.typing_in import Typed

Way = Callable[..., Any]


class Stream(io.TextIOWrapper):
    """A standard stream that keeps everything; a terminal where it is said to be one."""

    def __init__(self, content: bytes = b"", *, terminal: bool = False) -> None:
        self.kept = io.BytesIO(content)
        super().__init__(self.kept, "utf-8", errors="surrogateescape", write_through=True)
        self.terminal = terminal

    def isatty(self) -> bool:
        return self.terminal

    def told(self) -> str:
        """Return everything that was written."""
        return self.kept.getvalue().decode(errors="replace")


@dataclass(frozen=True)
class Leak:
    """A marker that was found, where, and in which run."""

    run: str
    marker: str
    place: str
    around: str


@dataclass
class Ended:
    """What a run left: its code, and the text of each place."""

    code: int | None
    places: dict[str, str] = field(default_factory=dict)

    @property
    def told(self) -> str:
        """Both streams."""
        return self.places["stdout"] + self.places["stderr"]


@dataclass
class Hunt:
    """Runs commands one after the other below a directory, and keeps count of what was looked for, and where."""

    where: Path
    runs: int = 0
    markers: set[str] = field(default_factory=set)
    places: Counter[str] = field(default_factory=Counter)
    leaks: list[Leak] = field(default_factory=list)
    codes: Counter[int | None] = field(default_factory=Counter)

    def run(
        self,
        name: str,
        typed: Typed,
        way: Way,
        *,
        terminal: bool = False,
        allowed: Callable[[str, Marker], bool] = lambda _place, _marker: False,
        answered: Sequence[Marker] = (),
        machine: Path | None = None,
    ) -> Ended:
        """Run what was typed and look everywhere; each run has a machine of its own unless one is named.

        ``answered`` grows while answers bring secrets of their own.
        """
        self.runs += 1
        home = machine or self.where / "machine"
        with _machine(home, typed, way, terminal=terminal) as ended:
            try:
                ended.code = main(typed.words)
            except BaseException as problem:  # noqa: BLE001 what reaches the interpreter is printed by it
                ended.places["traceback"] = _traceback(problem)
        self.codes[ended.code] += 1
        planted = [*typed.planted, *answered]
        self.markers |= {marker.name for marker in planted}
        for place, text in ended.places.items():
            self.places[place.partition(":")[0]] += bool(text)
            if not text:
                continue
            for marker in found_in(text, planted):
                if not allowed(place, marker):
                    self.leaks.append(Leak(name, marker.name, place, _around(text, marker)))
        if machine is None:
            _clean(home)
        return ended


def _clean(home: Path) -> None:
    """Leave nothing that the next run could find."""
    for path in home.rglob("*"):
        if path.is_file():
            path.unlink()


def _around(text: str, marker: Marker) -> str:
    for piece in (*marker.pieces, *marker.encoded, *marker.hexadecimal):
        if (at := text.find(piece)) >= 0:
            return text[max(at - 60, 0) : at + 60]
    return "(encoded)"


def _traceback(problem: BaseException) -> str:
    import traceback

    return "".join(traceback.format_exception(problem))


@contextlib.contextmanager
def _machine(home: Path, typed: Typed, way: Way, *, terminal: bool) -> Iterator[Ended]:
    """Lend a machine of its own to one run, and collect what is left on it."""
    folders = {name: home / name for name in ("config", "state", "temporary", "work")}
    for folder in folders.values():
        folder.mkdir(parents=True, mode=0o700, exist_ok=True)
    ended = Ended(None)
    streams = {name: Stream(terminal=terminal) for name in ("stdout", "stderr")}
    variables = {
        **typed.variables,
        "PAYCLI_CONFIG_DIR": str(folders["config"]),
        "PAYCLI_STATE_DIR": str(folders["state"]),
        "TMPDIR": str(folders["temporary"]),
        "COLUMNS": "60",
    }
    with (
        mock.patch.dict(os.environ, variables),
        mock.patch.object(tempfile, "tempdir", None),
        mock.patch.object(sys, "stdin", Stream(typed.stdin.encode())),
        mock.patch.object(sys, "stdout", streams["stdout"]),
        mock.patch.object(sys, "stderr", streams["stderr"]),
        mock.patch.object(Session, "pipeline", _pipeline(way)),
        # That it is on the disk is not what is looked at here.
        mock.patch("paycli.journal.store.SYNCHRONISATION", "OFF"),
        mock.patch.object(Journal, "close", _kept_log(ended)),
        mock.patch.object(keyring, "_usual_backend", mock.Mock(return_value=FileKeyring(home / "keyring.json"))),
        contextlib.chdir(folders["work"]),
        _records() as records,
        warnings.catch_warnings(record=True) as warned,
    ):
        warnings.simplefilter("always")
        yield ended
    ended.places |= {name: stream.told() for name, stream in streams.items()}
    ended.places["log"] = "\n".join(records)
    ended.places["warnings"] = "\n".join(str(one.message) for one in warned)
    for name, folder in folders.items():
        ended.places |= {f"{name}:{path.name}": text for path, text in files_in(folder)}
    ended.places["journal"] = journal_in(folders["state"])


def _pipeline(way: Way) -> Callable[[Session, Provider, Reporter], Pipeline]:
    usual = Session.pipeline

    def made(session: Session, declared: Provider, reporter: Reporter) -> Pipeline:
        return replace(usual(session, declared, reporter), connect=way, connect_kept=way)

    return made


def _kept_log(ended: Ended) -> Callable[[Journal], None]:
    """Return the closing of a journal that first keeps its write-ahead log, which the last one to close removes."""
    usual = Journal.close

    def close(journal: Journal) -> None:
        log = journal.path.with_name(f"{journal.path.name}-wal")
        if log.exists():
            ended.places["write-ahead log"] = log.read_bytes().decode("latin-1")
        usual(journal)

    return close


@contextlib.contextmanager
def _records() -> Iterator[list[str]]:
    """Collect what any library logs."""
    records: list[str] = []

    class Keeping(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            records.append(record.getMessage())

    root, handler = logging.getLogger(), Keeping(logging.NOTSET)
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.NOTSET)
    try:
        yield records
    finally:
        root.removeHandler(handler)
        root.setLevel(before)


def files_in(folder: Path) -> Iterator[tuple[Path, str]]:
    """Yield every file below a folder, with its bytes as text."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path, path.read_bytes().decode("latin-1")


def journal_in(folder: Path) -> str:
    """Return every column of every row of the journal: in the file a long one is not in one piece."""
    told = []
    for path in folder.glob("*.db*"):
        if path.suffix != ".db":
            continue
        with contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
            for (table,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
                told += [str(row) for row in database.execute(f"SELECT * FROM {table}")]  # noqa: S608 its own tables
    return "\n".join(told)


@contextlib.contextmanager
def crashing(place: str | None, problem: Callable[[], BaseException]) -> Iterator[None]:
    """Let something inside raise: the judge, or the screen."""

    def broken(*_: Any, **__: Any) -> Any:
        raise problem()

    with contextlib.ExitStack() as stack:
        if place == "judge":
            stack.enter_context(mock.patch("paycli.sending.line.judge", broken))
        if place == "screen":
            stack.enter_context(mock.patch.object(Screen, "show", broken))
            stack.enter_context(mock.patch.object(Screen, "show_parts", broken))
        yield
