"""The scripts of `completions/`: made from the command tree, and no older than it."""

import re
from pathlib import Path
from typing import Any

import pytest
import typer

from paycli.cli import root
from paycli.tools.completions import tree
from paycli.tools.completions.shells import SHELLS, files
from paycli.tools.completions.tree import FREE, SWITCH, Kind, Option, Value, commands

FOLDER = Path(__file__).parents[3] / "completions"


@pytest.fixture(scope="module")
def made() -> dict[str, str]:
    """Return the scripts, made now."""
    return files()


def test_the_scripts_are_those_of_this_command_tree(made: dict[str, str]) -> None:
    """A new command or option is in them; a removed one is not."""
    assert {path.name for path in FOLDER.iterdir()} == set(made)
    for name, text in made.items():
        same = (FOLDER / name).read_bytes().decode() == text
        assert same, f"completions/{name} is old; run: python -m paycli.tools.completions"


@pytest.mark.parametrize("shell", SHELLS)
def test_a_script_is_printed_as_it_lies_there(run: Any, shell: str) -> None:
    """An installed paycli makes it without that folder."""
    assert run("completions", shell).out == (FOLDER / SHELLS[shell].file).read_bytes().decode()


@pytest.mark.parametrize("shell", SHELLS)
def test_a_script_is_plain_text_of_a_bearable_size(made: dict[str, str], shell: str) -> None:
    """PowerShell 5.1 reads a file without a mark as something else than UTF-8."""
    text = made[SHELLS[shell].file]
    assert text.isascii()
    assert "\r" not in text
    assert len(text) < 100_000


def test_every_word_and_option_of_every_command_is_known() -> None:
    """As its help says."""
    found = {command.path: command for command in commands()}
    assert {name for name, _ in found[()].words} == set(root().entries)
    refund = {flag: option for option in found["tranzzo", "refund"].options for flag in option.flags}
    assert {"--amount", "--all", "--yes", "-p", "--profile", "--help"} <= set(refund)
    assert refund["--all"].value == SWITCH
    assert refund["--comment"].value == FREE
    assert refund["--profile"].value.kind is Kind.HERE
    assert all(summary for command in found.values() for _, summary in command.words)


def test_what_is_hidden_stays_out() -> None:
    """Commands and options."""
    app = typer.Typer(add_completion=False)

    @app.command()
    def told(shown: str = "", unseen: str = typer.Option("", hidden=True)) -> None:
        """Do what is told."""

    @app.command(hidden=True)
    def unseen() -> None:
        """Do what is not."""

    found = {command.path: command for command in tree._walk(typer.main.get_group(app), ())}
    assert set(found) == {(), ("told",)}
    assert [option.flags for option in found["told",].options] == [("--shown",), ("--help",)]


def test_a_value_is_what_its_option_says() -> None:
    """Words as declared or as the help lists them; files and folders by their names."""
    app = typer.Typer(add_completion=False)

    @app.command()
    def told(
        form: str = typer.Option("", metavar="pdf|html"),
        kind: str = typer.Option("", metavar="KIND", autocompletion=lambda: ["a", "b"]),
        save: str = typer.Option("", metavar="FILE.json"),
        into: str = typer.Option("", metavar="DIR"),
        event: str = typer.Option("", metavar="FILE|NAME"),
        text: str = typer.Option("", metavar="TEXT"),
    ) -> None:
        """Do what is told."""

    [command] = tree._walk(typer.main.get_command(app), ("told",))
    values = {option.flags[0]: option.value for option in command.options}
    assert values == {
        "--form": Value(Kind.WORDS, ("pdf", "html")),
        "--kind": Value(Kind.WORDS, ("a", "b")),
        "--save": Value(Kind.FILES),
        "--into": Value(Kind.FOLDERS),
        "--event": Value(Kind.FILES),
        "--text": FREE,
        "--help": SWITCH,
    }


@pytest.mark.parametrize("shell", SHELLS)
def test_what_a_summary_says_is_quoted(shell: str) -> None:
    """Apostrophes, brackets, colons, dollars and back quotes stay text."""
    nasty = "It's [a] `b` $c \\d: \"e\" {f} 'g'"
    option = Option(("--nasty",), nasty, "", SWITCH)
    script = SHELLS[shell].make([tree.Command((), (("word", nasty),), (option,), ())])
    told = {
        "bash": None,
        "zsh": r"""'word:It'\''s [a] `b` $c \d: "e" {f} '\''g'\'''""",
        "fish": r"""word\t'It\'s [a] `b` $c \\d: "e" {f} \'g\''""",
        "powershell": r"""'word|It''s [a] `b` $c \d: "e" {f} ''g'''""",
    }[shell]
    assert (told in script) if told else ("nasty" in script and nasty not in script)


def test_the_script_for_powershell_is_balanced(made: dict[str, str]) -> None:
    """Each bracket and quote is closed; the shell itself is seldom at hand."""
    text = made["paycli.ps1"]
    bare = re.sub(r"'(?:[^']|'')*'|\"(?:[^\"`]|`.)*\"|^\s*#.*$", "", text, flags=re.MULTILINE)
    assert not set("'\"") & set(bare)
    open_ = []
    for character in bare:
        if character in "({[":
            open_.append(character)
        elif character in ")}]":
            assert open_.pop() + character in {"()", "{}", "[]"}
    assert open_ == []
