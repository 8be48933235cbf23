"""Whose the files are, and who else may read or change them."""

import os
import shlex
import stat
from pathlib import Path

from paycli.checkup.note import FINDING, NOTE, OK, Note, Notes
from paycli.journal.disk import Disk
from paycli.profiles.places import config_directory, profiles_file, state_directory

CHECK = "files"
OTHERS = stat.S_IRWXG | stat.S_IRWXO
CHANGED_BY_OTHERS = stat.S_IWGRP | stat.S_IWOTH
POSIX = os.name == "posix"


def files() -> Notes:
    """Yield what is true of both directories, profiles.yaml and the journal."""
    config, state = config_directory(), state_directory()
    yield from _seen(config, _of_config(config))
    yield from _seen(state, _of_state(state))


def _seen(directory: Path, notes: Notes) -> Notes:
    """Yield the notes, and instead of the rest of them a finding where the system does not let anybody look."""
    try:
        yield from notes
    except OSError as problem:
        yield Note(CHECK, str(directory), FINDING, f"cannot be looked at: {problem.strerror}", "look at whose it is")


def _of_config(directory: Path) -> Notes:
    yield _directory(directory, "no profile was made yet", "PAYCLI_CONFIG_DIR")
    if profiles_file().exists():
        yield _file(profiles_file())


def _of_state(directory: Path) -> Notes:
    """Yield what is true of the directory and the journal, and what is wrong with anything beside it."""
    yield _directory(directory, "nothing was sent yet", "PAYCLI_STATE_DIR")
    yield from _writable(directory)
    if not directory.is_dir():
        return
    journal = Disk(directory).path
    for path in sorted(directory.iterdir()):
        if path.is_file() and ((note := _file(path)).state != OK or path == journal):
            yield note


def _directory(path: Path, absent: str, variable: str) -> Note:
    if not path.exists():
        return Note(CHECK, str(path), OK, f"is not there: {absent}")
    if not path.is_dir():
        return Note(CHECK, str(path), FINDING, "is no directory", f"name another one with {variable}")
    mode = _mode(path)
    if found := _foreign(path):
        return found
    if mode & CHANGED_BY_OTHERS:
        return Note(CHECK, str(path), FINDING, f"others may put files into it (mode {mode:04o})", _private(path, "700"))
    if mode & OTHERS:
        return Note(CHECK, str(path), NOTE, f"others may look into it (mode {mode:04o})", _private(path, "700"))
    return _good(path)


def _file(path: Path) -> Note:
    mode = _mode(path)
    if found := _foreign(path):
        return found
    if mode & OTHERS:
        verb = "change" if mode & CHANGED_BY_OTHERS else "read"
        return Note(CHECK, str(path), FINDING, f"others may {verb} it (mode {mode:04o})", _private(path, "600"))
    return _good(path)


def _mode(path: Path) -> int:
    """Return the permissions; where the system knows none of this kind, those of its owner alone."""
    return stat.S_IMODE(path.stat().st_mode) if POSIX else stat.S_IRWXU


def _foreign(path: Path) -> Note | None:
    if not POSIX or path.stat().st_uid == os.geteuid():
        return None
    owner = path.stat().st_uid
    return Note(
        CHECK, str(path), FINDING, f"belongs to another user (number {owner})", f"sudo chown $(id -u) {_word(path)}"
    )


def _good(path: Path) -> Note:
    return Note(CHECK, str(path), OK, f"yours alone (mode {_mode(path):04o})" if POSIX else "is there")


def _writable(directory: Path) -> Notes:
    """Yield a finding where the journal could not be written, since without it no change is sent."""
    nearest = next(path for path in (directory, *directory.parents) if path.exists())
    journal = Disk(directory).path
    target = journal if journal.exists() else nearest
    if not os.access(target, os.W_OK) or not nearest.is_dir():
        yield Note(
            CHECK,
            str(nearest),
            FINDING,
            "cannot be written, and without a journal no change is sent",
            "make it writable, or name another directory with PAYCLI_STATE_DIR",
        )


def _private(path: Path, mode: str) -> str:
    return f"chmod {mode} {_word(path)}"


def _word(path: Path) -> str:
    return shlex.quote(str(path))
