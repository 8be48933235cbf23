"""Whether someone sits at a terminal, and asking them without showing what they type."""

import sys
from collections.abc import Callable
from typing import TextIO

from paycli.errors import Interrupted
from paycli.operations.provider import Provider
from paycli.profiles.keyring import Keyring
from paycli.profiles.secrets import EnvironmentSecrets, KeyringSecrets, PromptedSecrets, SandboxSecrets, Sources


def present() -> bool:
    """Return whether questions can be asked: standard input and standard error are terminals."""
    return _terminal(sys.stdin) and _terminal(sys.stderr)


def ask_hidden(question: str) -> str:
    """Ask on the terminal without showing the answer. Raises Interrupted when the user stops."""
    import getpass

    try:
        return getpass.getpass(question, stream=sys.stderr)
    except (EOFError, KeyboardInterrupt):
        raise Interrupted("Stopped at the question; nothing was in flight.") from None


def ask(question: str) -> str:
    """Ask on the terminal. Raises Interrupted when the user stops."""
    sys.stderr.write(question)
    sys.stderr.flush()
    try:
        line = sys.stdin.readline()
    except KeyboardInterrupt:
        line = ""
    if not line:
        raise Interrupted("Stopped at the question; nothing was in flight.")
    return line.rstrip("\r\n")


def secret_sources(declared: Provider, notice: Callable[[str], None]) -> Sources:
    """Return where secrets come from in this process."""
    person = present()
    return Sources(
        (EnvironmentSecrets(), SandboxSecrets(declared)),
        KeyringSecrets(Keyring(person=person, notice=notice)),
        PromptedSecrets(ask_hidden) if person else None,
    )


def _terminal(stream: TextIO | None) -> bool:
    try:
        return stream is not None and stream.isatty()
    except ValueError:
        return False
