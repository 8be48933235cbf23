"""A file that is written in pieces, over several runs if need be: what is whole is kept, and the rest comes later.

Beside FILE lie FILE.part with the rows so far, and FILE.part.json with how far they go; both are gone, and FILE is
there, when it is complete.
"""

import contextlib
import io
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from paycli.commands.saving import Place
from paycli.errors import UsageProblem
from paycli.operations.bunches import Bunch
from paycli.operations.steps import Mark, State
from paycli.values import dataclass, field


@dataclass(frozen=True)
class Kept:
    """How far a file goes: its size and rows, the state to go on from, and what it is a file of."""

    size: int
    rows: int
    state: State
    of: Mapping[str, Any]


@dataclass
class Partial:
    """The file while it is not complete."""

    place: Place
    of: Mapping[str, Any]
    rows: int = 0
    kept: Kept | None = field(default=None, init=False)

    @property
    def target(self) -> Path:
        """Where the complete file appears."""
        assert self.place.path is not None  # noqa: S101 standard output is not resumed
        return self.place.path

    @property
    def part(self) -> Path:
        """Where the rows so far are."""
        return self.target.with_name(f"{self.target.name}.part")

    @property
    def sidecar(self) -> Path:
        """Where it stands how far they go."""
        return self.target.with_name(f"{self.target.name}.part.json")

    def find(self) -> State | None:
        """Return the state to go on from, or None to begin; raises UsageProblem where another file was begun."""
        self.place.check()
        kept = self._load()
        if kept is None:
            return None
        if kept.of != self.of:
            if not self.place.force:
                raise UsageProblem(
                    f"{self.part} was begun by another command.",
                    next_step=f"finish that one, name another with --out, or add --force to begin {self.target} anew",
                )
            return None
        self.kept, self.rows = kept, kept.rows
        return kept.state

    def _load(self) -> Kept | None:
        try:
            kept = Kept(**json.loads(self.sidecar.read_text(encoding="utf-8")))
            return kept if self.part.stat().st_size >= kept.size else None
        except (OSError, ValueError, TypeError):
            return None

    @contextmanager
    def writing(self) -> Iterator["Writer"]:
        """Open it behind what is whole; rename it when the block ends well."""
        try:
            if self.kept is None:
                self.sidecar.unlink(missing_ok=True)
            file = self.part.open("r+b" if self.kept else "wb")
        except OSError as problem:
            raise UsageProblem(f"{self.part} cannot be written: {problem.strerror}.") from None
        try:
            # Closing writes what is left in the buffer, and may fail as any writing may.
            with file:
                size = self.kept.size if self.kept else 0
                file.truncate(size)
                file.seek(size)
                writer = Writer(file, muted=self.rows > 0)
                yield writer
                writer.sync()
                self.place.check()
            self.part.replace(self.target)
        except OSError as problem:
            raise UsageProblem(f"{self.target} cannot be written: {problem.strerror}.") from None
        finally:
            if self.kept is None:
                with contextlib.suppress(OSError):
                    self.part.unlink()
        self.sidecar.unlink(missing_ok=True)

    def over(self, items: Iterator[Bunch | Mark], writer: "Writer") -> Iterator[Bunch]:
        """Yield the rows; at each mark what was written becomes what is kept."""
        if writer.muted:
            # Whatever a form writes before its second row (a heading, a bracket) is in the file already.
            yield Bunch([{}])
            writer.muted = False
        for item in items:
            if isinstance(item, Mark):
                self._keep(item.state, writer.sync())
            else:
                self.rows += len(item)
                yield item

    def _keep(self, state: State, size: int) -> None:
        kept = Kept(size, self.rows, state, self.of)
        new = self.sidecar.with_name(f"{self.sidecar.name}.new")
        try:
            new.write_text(json.dumps(vars(kept), ensure_ascii=False), encoding="utf-8")
            new.replace(self.sidecar)
        finally:
            with contextlib.suppress(OSError):
                new.unlink()
        self.kept = kept


class Writer(io.TextIOBase):
    """Text into a file of bytes, buffered; muted, it drops what is written."""

    def __init__(self, file: BinaryIO, *, muted: bool) -> None:
        self.file = file
        self.muted = muted

    def write(self, text: str) -> int:
        """Write text as UTF-8."""
        if not self.muted:
            self.file.write(text.encode())
        return len(text)

    def flush(self) -> None:
        """Leave flushing to the marks."""

    def sync(self) -> int:
        """Bring everything to the disk and return the size so far."""
        self.file.flush()
        os.fsync(self.file.fileno())
        return self.file.tell()
