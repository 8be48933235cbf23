"""Files that commands save: where to, never over another without a word, never half."""

import contextlib
import os
import secrets
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from paycli.commands.shared import Shared
from paycli.errors import NothingSent, PaycliError, UsageProblem
from paycli.operations.columns import identifier, text
from paycli.operations.files import Document
from paycli.operations.operation import Operation
from paycli.operations.outcome import CutOffError
from paycli.output.progress import Progress
from paycli.output.screen import Screen, is_terminal
from paycli.values import dataclass

STANDARD_OUTPUT = "-"
COLUMNS = (identifier("file", primary=True), text("bytes"))


@dataclass(frozen=True)
class Place:
    """Where a file goes: a path, or None for standard output; ``force`` lets it replace what is there."""

    path: Path | None
    force: bool = False

    def check(self) -> None:
        """Raise UsageProblem where the file cannot or must not be written."""
        if self.path is None:
            if is_terminal(sys.stdout):
                raise UsageProblem(
                    "This is no text; it does not go onto a terminal.", next_step="name a file: --out FILE"
                )
        elif self.path.exists() and not self.force:
            raise UsageProblem(f"{self.path} exists already.", next_step="name another with --out, or add --force")
        elif self.path.is_dir():
            raise UsageProblem(f"{self.path} is a folder.")
        elif not self.path.parent.is_dir():
            raise UsageProblem(f"{self.path.parent} is no folder.")

    def write(self, pieces: Iterable[bytes]) -> int:
        """Write the file whole or not at all, and return its size.

        Raises UsageProblem where it cannot be written, CutOffError where its pieces end too early.
        """
        self.check()
        if self.path is None:
            size = sum(sys.stdout.buffer.write(piece) for piece in pieces)
            sys.stdout.buffer.flush()
            return size
        part = self.path.with_name(f".{self.path.name}.{secrets.token_hex(4)}.part")
        try:
            with part.open("xb") as file:
                size = sum(file.write(piece) for piece in pieces)
                file.flush()
                os.fsync(file.fileno())
            self.check()
            part.replace(self.path)
        except OSError as problem:
            raise UsageProblem(f"{self.path} cannot be written: {problem.strerror}.") from None
        finally:
            # Where nothing may be written nothing may be removed either.
            with contextlib.suppress(OSError):
                part.unlink()
        return size


def place_of(out: str | None, name: str, *, force: bool) -> Place:
    """Return where a file goes: into a folder under its own name, or as it was named."""
    if out == STANDARD_OUTPUT:
        return Place(None, force)
    path = Path(out or name)
    return Place(path / name if path.is_dir() or (out or "").endswith(("/", os.sep)) else path, force)


def check_places(operation: Operation, values: Mapping[str, Any], shared: Shared) -> None:
    """Raise UsageProblem, before anything is sent, where what comes back could not be saved."""
    if shared.qr_png:
        Place(Path(shared.qr_png), shared.force).check()
    if operation.saved is None:
        return
    fields = {name: str(value) for name, value in operation.fields(**values).items()}
    if ending := operation.saved.ending(fields):
        place_of(shared.out, operation.saved.file_name(values, ending), force=shared.force).check()


def save_document(
    screen: Screen, document: Document, operation: Operation, values: Mapping[str, Any], shared: Shared
) -> dict[str, Any] | None:
    """Save a file that arrives and return what there is to say of it; nothing when it went to standard output."""
    assert operation.saved is not None  # noqa: S101 a document comes from nowhere else
    place = place_of(shared.out, operation.saved.file_name(values, document.ending), force=shared.force)
    pieces = Progress(screen.err, "bytes").over(document.pieces, len)
    try:
        size = place.write(pieces)
    except CutOffError as problem:
        raise NothingSent(
            f"The file broke off: {problem}. Nothing was saved.", next_step="run it again; a read changes nothing"
        ) from None
    except PaycliError as problem:
        if not operation.changes:
            raise
        screen.say(f"warning: it is done, but {problem.message}")
        return None
    finally:
        document.close()
    return {"file": str(place.path), "bytes": size} if place.path else None


def show_qr(screen: Screen, code: Any, shared: Shared) -> None:
    """Draw a QR code where a person sees it, and save it where that was asked for; what fails is said, no more."""
    from paycli.output import qr

    if not isinstance(code, str) or not code:
        return
    try:
        if is_terminal(screen.err):
            for line in qr.draw(code):
                screen.say(line)
        elif screen.shape.format == "table":
            screen.write("\n".join(qr.draw(code)) + "\n")
        if shared.qr_png:
            Place(Path(shared.qr_png), shared.force).write([qr.png(code)])
            screen.say(f"The QR code is in {shared.qr_png}.")
    except ValueError:
        screen.say("warning: the answer is too long for a QR code")
    except (PaycliError, OSError) as problem:
        screen.say(f"warning: {problem}")
