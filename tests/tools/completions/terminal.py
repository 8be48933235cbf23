"""A real shell on a pseudo-terminal, with what Tab makes of a line."""

import re
import shlex
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pexpect
import pytest

LIMIT = 30
READY = "READY>"
SHOW = "\x07"
ERASE = "\x15"
ESCAPES = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]|\x1b[=>()][0B]?|\r")


@dataclass(frozen=True)
class Dialect:
    """How a shell is started bare, and made to tell its line when a key is pressed."""

    arguments: tuple[str, ...]
    setup: tuple[str, ...]
    assign: str = "export {}={}"


DIALECTS = {
    "bash": Dialect(
        ("--norc", "--noprofile", "-i"),
        (
            "bind 'set show-all-if-ambiguous on' 'set enable-bracketed-paste off' 'set bell-style none'",
            "bind 'set completion-query-items -1' 'set page-completions off' 'set completion-display-width 0'",
            r"""bind -x '"\C-g": printf "\n<%s>\n" "$READLINE_LINE"'""",
        ),
    ),
    "zsh": Dialect(
        ("-f", "-i"),
        (
            "unsetopt zle_bracketed_paste beep prompt_sp prompt_cr; LISTMAX=0",
            "zstyle ':completion:*' verbose no",
            'show() { print; print -r -- "<$BUFFER>"; zle redisplay; }; zle -N show; bindkey "^G" show',
            "bindkey '^U' kill-whole-line",
        ),
    ),
    "fish": Dialect(
        ("-i",),
        (
            'bind \\cg \'echo; echo "<"(commandline)">"; commandline -f repaint\'',
            "bind \\cu 'commandline \"\"'",
        ),
        "set -gx {} {}",
    ),
}
PROMPTS = {"bash": f"PS1='{READY}'", "zsh": f"PS1='{READY}'", "fish": f"function fish_prompt; echo -n '{READY}'; end"}


@dataclass
class Terminal:
    """A shell that waits for keys."""

    child: Any
    dialect: Dialect

    def assign(self, variable: str, value: str) -> None:
        """Set an environment variable; an empty one counts as not set."""
        self.run(self.dialect.assign.format(variable, shlex.quote(value)))

    def run(self, line: str) -> None:
        """Run a command to its end."""
        self.child.send(f'{line}; echo EN""DED\r')
        self.child.expect_exact("ENDED")
        self.child.expect_exact(READY)

    def tab(self, line: str) -> tuple[str, set[str]]:
        """Press Tab behind a line; return the line as it is then, and the words that were shown below it."""
        completed, shown = self._shown(f"{line}\t")
        assert self._shown(ERASE)[0] == ""
        return completed, set(shown.split())

    def _shown(self, keys: str) -> tuple[str, str]:
        self.child.send(keys + SHOW)
        self.child.expect(r"\n<([^\r\n]*)>\r?\n")
        return self.child.match[1], _bare(self.child.before)


def _bare(text: str) -> str:
    # Where the cursor is moved, what follows stands elsewhere.
    return ESCAPES.sub("", re.sub(r"\x1b\[[0-9;]*[A-DGHf]", " ", text))


@contextmanager
def shell(name: str, environment: Mapping[str, str], folder: Path, lines: Sequence[str]) -> Iterator[Terminal]:
    """Start a shell in a folder and type lines into it; it ends with the block."""
    binary = shutil.which(name)
    if not binary:
        pytest.skip(f"{name} is not installed")
    dialect = DIALECTS[name]
    child = pexpect.spawn(
        binary,
        list(dialect.arguments),
        env={"TERM": "xterm", "LC_ALL": "C.UTF-8", **environment},
        cwd=str(folder),
        dimensions=(200, 160),
        encoding="utf-8",
        timeout=LIMIT,
    )
    child.delaybeforesend = None
    terminal = Terminal(child, dialect)
    try:
        for line in (PROMPTS[name], *dialect.setup, *lines):
            terminal.run(line)
        yield terminal
    finally:
        child.close(force=True)
