"""Put a script where its shell finds it, and never over a stranger's file."""

import contextlib
import os
import shlex
from pathlib import Path

from paycli.errors import ConfigurationProblem, UsageProblem
from paycli.profiles.places import config_directory
from paycli.tools.completions.script import MADE_BY
from paycli.values import dataclass

NAMES = {"bash": "bash", "zsh": "zsh", "fish": "fish", "pwsh": "powershell", "powershell": "powershell"}
CHOICES = tuple(dict.fromkeys(NAMES.values()))
THEN = {
    "bash": """\
New shells find it there when the package bash-completion is installed. Without it, add this line to ~/.bashrc:
  source {path}""",
    "zsh": """\
zsh finds it there with these two lines in your .zshrc, the first of them before whatever else calls compinit:
  fpath=({folder} $fpath)
  autoload -Uz compinit && compinit""",
    "fish": "New shells find it.",
    "powershell": """\
Add this line to the file that $PROFILE names:
  . {path}""",
}


@dataclass(frozen=True)
class Place:
    """Where a shell's script lies, and what is left to do by hand."""

    path: Path
    then: str

    def write(self, script: str, *, force: bool = False) -> None:
        """Write the script, whole or not at all.

        Raises UsageProblem where something lies there that paycli did not make, ConfigurationProblem where it cannot be
        written.
        """
        # A link stays a link: what it points to is replaced.
        target = self.path.resolve()
        fresh = target.with_name(f".{target.name}.{os.getpid()}")
        try:
            if target.exists() and not force and not _ours(target):
                raise UsageProblem(
                    f"{self.path} is there already, and paycli did not make it.", next_step="look at it, or add --force"
                )
            target.parent.mkdir(parents=True, exist_ok=True)
            with fresh.open("x", encoding="utf-8", newline="\n") as file:
                file.write(script)
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(target)
        except OSError as problem:
            raise ConfigurationProblem(
                f"{self.path} cannot be written: {problem.strerror}. Nothing was changed.",
                next_step="print the script and put it where your shell finds it: paycli completions --help",
            ) from None
        finally:
            with contextlib.suppress(OSError):
                fresh.unlink()


def _ours(path: Path) -> bool:
    with path.open(encoding="utf-8", errors="replace") as file:
        return any(MADE_BY in line for line, _ in zip(file, range(3), strict=False))


def shell_of(named: str | None) -> str:
    """Return the shell that was named, else the one that the user works in. Raises UsageProblem."""
    guessed = Path(os.environ.get("SHELL") or ("powershell" if os.name == "nt" else "")).name
    shell = NAMES.get((named or guessed).lower().removesuffix(".exe"))
    if shell is None:
        told = f"{named!r} is no shell that paycli knows." if named else "Which shell? SHELL does not tell."
        raise UsageProblem(told, next_step=f"name one: paycli completions install {'|'.join(CHOICES)}")
    return shell


def place_of(shell: str) -> Place:
    """Return where the shell's script goes. Raises ConfigurationProblem where there is no home."""
    try:
        path = _path(shell)
    except RuntimeError:
        raise ConfigurationProblem(
            "There is no home directory to install into.", next_step="print the script: paycli completions SHELL"
        ) from None
    quote = _powershell_word if shell == "powershell" else _word
    return Place(path, THEN[shell].format(path=quote(path), folder=quote(path.parent)))


def _path(shell: str) -> Path:
    match shell:
        case "bash":
            # It may name several folders; the first one wins.
            named = os.environ.get("BASH_COMPLETION_USER_DIR", "").partition(":")[0]
            folder = Path(named) if named else _base("XDG_DATA_HOME", ".local/share") / "bash-completion"
            return folder / "completions" / "paycli"
        case "zsh":
            return _home() / ".zfunc" / "_paycli"
        case "fish":
            return _base("XDG_CONFIG_HOME", ".config") / "fish" / "completions" / "paycli.fish"
        case _:
            return config_directory().absolute() / "paycli.ps1"


def _base(variable: str, usual: str) -> Path:
    named = os.environ.get(variable)
    return Path(named) if named else _home() / usual


def _home() -> Path:
    if not (home := Path.home()).is_absolute():
        raise RuntimeError
    return home


def _word(path: Path) -> str:
    home = str(Path.home())
    text = str(path)
    return f"~{text.removeprefix(home)}" if _plain(text) and text.startswith(f"{home}/") else shlex.quote(text)


def _plain(text: str) -> bool:
    return shlex.quote(text) == text


def _powershell_word(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
