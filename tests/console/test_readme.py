"""The README's five minutes, typed as they stand, and every other command in it."""

import re
import shlex
from pathlib import Path

import pytest

from paycli.cli import root
from paycli.errors import ExitCode
from tests.helpers import Served

README = (Path(__file__).parent.parent.parent / "README.md").read_text(encoding="utf-8")
TOUR = README.partition("## Five minutes\n")[2].partition("\n## ")[0]
VARYING = (
    (r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(\.\d+\+00:00)?", "<time>"),
    (r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "<uuid>"),
    (r"pc-\w{10}", "<entry>"),
    (r"127\.0\.0\.1:\d+", "<host>"),
    (r"\S+@\S+", "<who>"),
    (r" +", " "),
)


def screens() -> list[tuple[str, str]]:
    """Return what the tour types, and what it shows."""
    blocks = "".join(re.findall(r"```console\n(.*?)```", TOUR, re.DOTALL))
    typed = re.split(r"^\$ (paycli .*)\n", blocks, flags=re.MULTILINE)[1:]
    return list(zip(typed[::2], typed[1::2], strict=True))


def lines(text: str) -> list[str]:
    """Return the lines of a screen, with what differs from run to run by name."""
    for pattern, name in VARYING:
        text = re.sub(pattern, name, text)
    return [line.strip() for line in text.strip().splitlines()]


def test_the_five_minutes_show_what_they_say(sandbox: Served) -> None:
    """Each screen as it is now."""
    assert len(screens()) > 6
    for typed, shown in screens():
        ended = sandbox.paycli(*shlex.split(typed)[1:], PAYCLI_OUTPUT="table", COLUMNS="80")
        assert lines(ended.err + ended.out) == lines(shown), typed


def commands() -> list[str]:
    """Return what the fenced blocks and the sentences type."""
    blocks = re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
    fenced = [line.strip() for block in blocks for line in block.splitlines() if line.strip().startswith("paycli ")]
    return fenced + [found.replace("\n", " ") for found in re.findall(r"`(paycli [^`]+)`", README)]


@pytest.mark.parametrize("command", commands())
def test_every_command_of_the_readme_exists(command: str) -> None:
    """With every option that it names."""
    group = root()
    words = shlex.split(command)[1:]
    while words and (found := getattr(group, "get_command", lambda *_: None)(None, words[0])) is not None:
        group, words = found, words[1:]
    known = {flag for parameter in group.params for flag in parameter.opts}
    assert not hasattr(group, "entries") or not words or words[0].startswith("-"), command
    assert {word for word in words if re.match(r"-[-a-z]", word)} - {"-7d"} <= known | {"--help"}


def test_every_exit_code_is_in_the_table() -> None:
    """And no other."""
    told = {int(code) for code in re.findall(r"^\| (\d+) \|", README, re.MULTILINE)}
    assert told == {int(code) for code in ExitCode}
