"""``--media DIR``: the images of an answer as files; on a screen only their sizes."""

from pathlib import Path
from typing import Any

from paycli.commands.saving import Place
from paycli.commands.shared import Shared
from paycli.errors import PaycliError, UsageProblem
from paycli.operations.operation import Operation
from paycli.operations.pictures import Picture
from paycli.output.screen import Screen, is_terminal


def check_folder(shared: Shared) -> None:
    """Raise UsageProblem, before anything is sent, where images could not be saved."""
    if shared.media is None:
        return
    folder = Path(shared.media)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise UsageProblem(f"--media {folder}: {problem.strerror}.", next_step="name a folder") from None


def shown(screen: Screen, operation: Operation, data: Any) -> Any:
    """Return the answer as it goes to this screen: a person sees that there is an image, a program gets it."""
    person = screen.shape.format == "table" or is_terminal(screen.out)
    return operation.pictures.told(data) if operation.pictures and person else data


def save(screen: Screen, operation: Operation, data: Any, shared: Shared) -> None:
    """Save the images of an answer; what fails is said, since what was done stays done."""
    if operation.pictures is None or shared.media is None:
        return
    folder = Path(shared.media)
    names: list[str] = []
    try:
        for picture in operation.pictures.find(data):
            names += [_written(folder, picture)] if picture.content else []
    except PaycliError as problem:
        screen.say(f"warning: an image could not be saved: {problem.message}")
    except OSError as problem:
        screen.say(f"warning: an image could not be saved in {folder}: {problem.strerror}")
    count = len(set(names))
    screen.say(f"{count} image{'' if count == 1 else 's'} in {folder}: {', '.join(sorted(set(names))) or 'none'}")


def _written(folder: Path, picture: Picture) -> str:
    """Write an image under its name, or with a number where another one has that; return what it is called."""
    stem, dot, ending = picture.name.rpartition(".")
    number = 1
    path = folder / picture.name
    while path.exists() and path.read_bytes() != picture.content:
        number += 1
        path = folder / f"{stem}-{number}{dot}{ending}"
    if not path.exists():
        Place(path).write([picture.content])
    return path.name
