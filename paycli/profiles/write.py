"""Write profiles.yaml: complete or not at all, readable by its owner alone."""

import contextlib
import os
import secrets
import stat
from collections.abc import Callable
from pathlib import Path

from paycli.errors import ConfigurationProblem
from paycli.profiles.file import parse_profiles
from paycli.profiles.lock import locked
from paycli.profiles.places import profiles_file
from paycli.profiles.resolve import Profiles

OTHERS = stat.S_IRWXG | stat.S_IRWXO


def change(edit: Callable[[str, Path], str], check: str | None = None) -> Path:
    """Apply an edit to the file's text under a lock; return the path.

    The result must hold valid profiles, ``check`` among them. Raises ConfigurationProblem, and then nothing is written.
    """
    path = profiles_file()
    with locked("profiles"):
        before = _read(path)
        after = edit(before, path)
        found = Profiles(parse_profiles(after.encode(), path))
        if check:
            found.profile(check)
        if after != before:
            _replace(path, after)
    return path


def mode_warning(path: Path) -> str | None:
    """Return what is wrong with who may read the file, or None."""
    if os.name != "posix":
        return None
    try:
        mode = path.stat().st_mode
    except OSError:
        return None
    if not mode & OTHERS:
        return None
    return f"{path} can be read by others (mode {stat.S_IMODE(mode):04o}); type: chmod 600 {path}"


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode()
    except (FileNotFoundError, NotADirectoryError):
        return ""
    except OSError as problem:
        raise ConfigurationProblem(f"{path} cannot be read: {problem.strerror}. Nothing was changed.") from None
    except UnicodeDecodeError:
        raise ConfigurationProblem(f"{path} is not UTF-8 text; nothing was changed.") from None


def _replace(path: Path, text: str) -> None:
    # A link stays a link: what it points to is replaced.
    target = path.resolve()
    fresh = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(text.encode())
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(target)
    except OSError as problem:
        raise ConfigurationProblem(
            f"{path} cannot be written: {problem.strerror}. Nothing was changed.",
            next_step="make its directory writable and room on its disk, or name another with PAYCLI_CONFIG_DIR",
        ) from None
    finally:
        # Where nothing may be written nothing may be removed either.
        with contextlib.suppress(OSError):
            fresh.unlink()
