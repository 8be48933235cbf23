"""What exists only once in an answer: shown, saved in the keyring, or kept in a file of the user's own; never lost."""

import contextlib
import os
import tempfile
from pathlib import Path
from typing import Any

from paycli.commands.shared import Shared
from paycli.errors import ConfigurationProblem, UsageProblem
from paycli.operations.once import Once
from paycli.operations.wire import pretty
from paycli.output.screen import Screen
from paycli.profiles.keyring import Keyring
from paycli.profiles.person import present
from paycli.profiles.places import state_directory
from paycli.profiles.profile import Profile
from paycli.profiles.secrets import EnvironmentSecrets
from paycli.profiles.stored import store
from paycli.values import replace


def check_saving(profile: Profile, screen: Screen) -> None:
    """Raise before anything is sent when the profile's secrets cannot be saved."""
    if profile.built_in:
        raise UsageProblem(
            "The built-in sandbox profiles have public made-up credentials; nothing can be saved in them.",
            next_step="leave --save out",
        )
    _keyring(screen).name()


def revealing(screen: Screen, once: Once, data: Any) -> Screen:
    """Return the screen as it shows what a command exists to deliver."""
    return replace(screen, masker=screen.masker.revealing(once.names, once.values(data).values()))


def deliver(screen: Screen, once: Once, data: Any, profile: Profile, shared: Shared, name: str, show: Any) -> None:
    """Show the answer, and see to it that what exists only once is somewhere afterwards, whatever goes wrong.

    ``show`` writes the answer on a screen and returns whether it could be written.
    """
    safe = not once.values(data)
    try:
        if shared.save_once:
            safe = _save(screen, once, data, profile) or safe
        if shared.show_once:
            # What was left of the answer by a query or by columns need not hold it.
            whole = not (screen.shape.query or screen.shape.columns)
            safe = (bool(show(revealing(screen, once, data))) and whole) or safe
        else:
            show(screen)
    finally:
        if not safe:
            screen.say(keep_apart(screen, once, data, name))


def _save(screen: Screen, once: Once, data: Any, profile: Profile) -> bool:
    secrets = once.secrets(data)
    if not secrets:
        screen.say("warning: the answer holds nothing that could be saved")
        return False
    try:
        store(_keyring(screen), profile, secrets)
    except (ConfigurationProblem, OSError) as problem:
        screen.say(f"warning: it could not be saved: {getattr(problem, 'message', type(problem).__name__)}")
        return False
    screen.say(f"Saved {', '.join(secrets)} of {profile.name} in the keyring.")
    for field in secrets:
        if given := EnvironmentSecrets().find(profile, field):
            screen.say(f"warning: the {given.source} still holds another {field} and wins over the keyring")
    return bool(secrets)


def keep_apart(screen: Screen, once: Once, data: Any, name: str) -> str:
    """Write what exists only once into a file of the user's own; return the sentence that tells where it is."""
    text = revealing(screen, once, data).masker.mask(pretty(data)) + "\n"
    for make in (_in_state, _temporary):
        try:
            descriptor, path = make(f"once-{name}")
        except OSError:
            continue
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                file.write(text)
        except OSError:
            # What a full disk took of it is no answer.
            with contextlib.suppress(OSError):
                Path(path).unlink()
            continue
        return f"What exists only once is kept in {path}, which only you can read; {once.show} prints it instead."
    return "warning: what exists only once could not be kept anywhere."


def _in_state(name: str) -> tuple[int, str]:
    path: Path = state_directory() / f"{name}.json"
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), str(path)


def _temporary(name: str) -> tuple[int, str]:
    return tempfile.mkstemp(prefix=f"{name}-", suffix=".json")


def _keyring(screen: Screen) -> Keyring:
    return Keyring(person=present(), notice=screen.say)
