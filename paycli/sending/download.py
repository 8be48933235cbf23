"""A file behind a presigned address: fetched without credentials of ours, resumed after a cut, saved under a safe name.

The address opens the file to whoever has it, so it is neither shown nor followed elsewhere; https or loopback only.
"""

import contextlib
import os
import re
import sys
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, TextIO
from urllib.parse import parse_qsl, unquote, urlsplit

from paycli.errors import Interrupted, NotFound, NothingSent, UsageProblem
from paycli.operations.outcome import Answer, CutOffError, Fault, Flow
from paycli.profiles.settings import is_loopback
from paycli.sending.attempts import Clock
from paycli.sending.pipeline import Exchange
from paycli.values import dataclass

PATIENCE = 3
FIRST_PAUSE = 0.5
TELL_EVERY = 2.0
LONGEST_NAME = 150
EXPIRED = frozenset({400, 401, 403, 410})
NOT_FOUND, PARTIAL, RANGE_REFUSED, TOO_MANY_REQUESTS, FIRST_SERVER_ERROR = 404, 206, 416, 429, 500
RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")
STANDARD_OUTPUT = "-"
MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Saved:
    """Where a file lies now, and how large it is."""

    file: str
    size: int


def check_link(address: object) -> str:
    """Return the address; raises NothingSent for one that may not be fetched."""
    try:
        parts = urlsplit(address) if isinstance(address, str) else None
    except ValueError:
        parts = None
    secure = parts is not None and (parts.scheme == "https" or (parts.scheme == "http" and is_loopback(parts.netloc)))
    if parts is None or not secure or not parts.hostname or "@" in parts.netloc:
        raise NothingSent(
            "The answer's link is not fetched: it is no https address.", next_step="ask the provider for the file"
        )
    return str(address)


def secrets_of_link(address: str) -> list[str]:
    """Return what of an address opens the file, and must not be shown."""
    return [value for name, value in parse_qsl(urlsplit(address).query) if "signature" in name.lower()]


def safe_name(address: str, otherwise: str) -> str:
    """Return a name for the local disk, of every system, from the last part of an address's path."""
    raw = unquote(urlsplit(address).path.rsplit("/", 1)[-1])
    shown = "".join(character for character in raw if unicodedata.category(character)[0] != "C")
    name = re.sub(r"\s+", "_", re.sub(r'[:/\\<>"|?*]', "-", shown)).strip("._- ")
    while len(name.encode()) > LONGEST_NAME:
        stem, dot, suffix = name.rpartition(".")
        name = f"{stem[:-1]}{dot}{suffix}" if stem else name[:-1]
    return otherwise if not name or RESERVED.fullmatch(name) else name


def is_terminal(stream: TextIO) -> bool:
    """Return whether a person may be looking at the stream."""
    try:
        return stream.isatty()
    except ValueError:
        return False


def place(out: str | None, name: str, *, force: bool) -> Path | None:
    """Return where the file is saved, or None for standard output; raises UsageProblem where it may not be."""
    if out == STANDARD_OUTPUT:
        if is_terminal(sys.stdout):
            raise UsageProblem("A file is not written onto a terminal.", next_step="name a file: --out FILE")
        return None
    path = Path(out) if out else Path(name)
    if path.is_dir():
        path /= name
    if path.exists() and not force:
        raise UsageProblem(f"{path} is there already.", next_step="add --force to replace it, or --out another")
    if not path.parent.is_dir():
        raise UsageProblem(f"There is no folder {path.parent}.", next_step="make it, or name another with --out")
    return path


class Download:
    """One file on its way here."""

    def __init__(
        self,
        ask: Callable[[], str],
        exchange: Exchange,
        clock: Clock,
        told: Callable[[str], None],
    ) -> None:
        """``ask`` gets a new address where the one at hand has expired."""
        self.ask = ask
        self.exchange = exchange
        self.clock = clock
        self.told = told
        self.size = 0
        self.tag: str | None = None
        self.total: int | None = None

    def save(self, address: str, path: Path | None, *, force: bool) -> Saved:
        """Write the file and return where it lies. Raises NothingSent where it cannot be had."""
        with _target(path, force=force) as file:
            self._fetch(address, file)
        return Saved(str(path) if path else STANDARD_OUTPUT, self.size)

    def _fetch(self, address: str, file: BinaryIO) -> None:
        faults, asked, reached = 0, False, 0
        while True:
            answer = self._get(address)
            if isinstance(answer, Flow):
                problem = self._write(answer, file)
                if problem is None:
                    return
            elif isinstance(answer, Answer) and answer.status in EXPIRED and not asked:
                self.told("the link has expired; asking for another one")
                address, asked = self.ask(), True
                continue
            else:
                problem = _problem(answer)
            faults = 0 if self.size > reached else faults + 1
            reached = self.size
            if faults >= PATIENCE:
                raise NothingSent(
                    f"The file broke off after {self.size} bytes: {problem}.", next_step="run it again; nothing is kept"
                )
            pause = FIRST_PAUSE * 2**faults
            self.told(f"{problem}; going on in {pause:.1f} s after {self.size} bytes")
            self.clock.sleep(pause)

    def _get(self, address: str) -> Answer | Flow | Fault:
        headers = {"Accept": "*/*"}
        if self.size:
            headers["Range"] = f"bytes={self.size}-"
            if self.tag:
                headers["If-Range"] = self.tag
        answer = self.exchange("GET", address, headers, b"", stream=True, fresh=False)
        if isinstance(answer, Answer) and answer.status == RANGE_REFUSED and self.size:
            if self.size == self.total:
                return Flow(PARTIAL, {"content-range": f"bytes {self.size}-"}, iter(()), lambda: None)
            self.tag, self.size = None, 0
            return Fault("the rest of the file is not given", may_have_left=True)
        return answer

    def _write(self, flow: Flow, file: BinaryIO) -> str | None:
        """Write what arrives where it belongs; return what cut it off, or None at its end."""
        try:
            if not self._goes_on(flow):
                self._begin(flow, file)
            next_word = self.clock.monotonic() + TELL_EVERY
            for piece in flow.pieces:
                file.write(piece)
                self.size += len(piece)
                if self.clock.monotonic() >= next_word:
                    next_word = self.clock.monotonic() + TELL_EVERY
                    self.told(self._progress())
        except CutOffError as problem:
            return str(problem)
        finally:
            flow.close()
        if self.total is not None and self.size != self.total:
            return f"{self.size} of {self.total} bytes came"
        return None

    def _goes_on(self, flow: Flow) -> bool:
        begins = f"bytes {self.size}-"
        return bool(self.size) and flow.status == PARTIAL and flow.headers.get("content-range", "").startswith(begins)

    def _begin(self, flow: Flow, file: BinaryIO) -> None:
        """Start at the beginning: the file is new, or is another one than before."""
        if self.size:
            if not file.seekable():
                raise NothingSent("The file broke off and cannot be resumed here.", next_step="save it: --out FILE")
            file.seek(0)
            file.truncate()
        self.size = 0
        tag = flow.headers.get("etag", "")
        self.tag = tag if tag and not tag.startswith("W/") else None
        length = flow.headers.get("content-length", "")
        self.total = int(length) if length.isascii() and length.isdigit() else None

    def _progress(self) -> str:
        of = f" of {self.total / MEGABYTE:.1f}" if self.total else ""
        return f"{self.size / MEGABYTE:.1f}{of} MB"


def _problem(answer: Answer | Fault) -> str:
    """Return what is worth another try; raises where none is."""
    if isinstance(answer, Fault):
        if answer.interrupted:
            raise Interrupted("Stopped; nothing was saved.")
        return answer.sentence
    if answer.status == NOT_FOUND:
        raise NotFound("The file is not there any more.", next_step="look at the list for its state")
    if answer.status < FIRST_SERVER_ERROR and answer.status != TOO_MANY_REQUESTS:
        raise NothingSent(
            f"The file's link is refused (HTTP {answer.status}).", next_step="run it again for a new link"
        )
    return f"HTTP {answer.status}"


@contextmanager
def _target(path: Path | None, *, force: bool) -> Iterator[BinaryIO]:
    """Open what is written to; a file appears under its name only when it is complete."""
    if path is None:
        yield sys.stdout.buffer
        sys.stdout.flush()
        return
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with part.open("xb") as file:
            yield file
        _appear(part, path, force=force)
    except OSError as problem:
        raise UsageProblem(f"{path} cannot be written: {problem.strerror}.") from None
    finally:
        # Where nothing may be written nothing may be removed either.
        with contextlib.suppress(OSError):
            part.unlink()


def _appear(part: Path, path: Path, *, force: bool) -> None:
    if not force:
        try:
            path.hardlink_to(part)
        except FileExistsError:
            raise UsageProblem(f"{path} is there now.", next_step="add --force to replace it") from None
        except OSError:
            # Not every file system has links.
            pass
        else:
            return
    part.replace(path)
