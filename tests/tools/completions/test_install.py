"""`paycli completions install`: the script where the shell finds it, and no other file touched."""

from pathlib import Path
from typing import Any

import pytest

from paycli.tools.completions.script import MADE_BY

PLACES = {
    "bash": ".local/share/bash-completion/completions/paycli",
    "zsh": ".zfunc/_paycli",
    "fish": ".config/fish/completions/paycli.fish",
    "powershell": "config/paycli.ps1",
}


def files(home: Path) -> set[str]:
    """Return the files below a folder."""
    return {str(path.relative_to(home)) for path in home.rglob("*") if path.is_file()}


@pytest.fixture(autouse=True)
def _short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make scripts of one line: what is in them is not the point here."""
    monkeypatch.setattr("paycli.tools.completions.command.script", lambda shell: f"# {MADE_BY} {shell}\n")


@pytest.mark.parametrize("shell", PLACES)
def test_a_script_lands_where_its_shell_looks(run: Any, tmp_path: Path, shell: str) -> None:
    """That is said, and nothing else is written; again is no error."""
    printed = run("completions", shell).out
    for _ in range(2):
        ended = run("completions", "install", shell)
        assert (ended.code, ended.out) == (0, "")
        assert ended.err.startswith(f"Wrote {tmp_path / PLACES[shell]}.\n")
    assert files(tmp_path) == {PLACES[shell]}
    assert (tmp_path / PLACES[shell]).read_text() == printed


@pytest.mark.parametrize(
    "variable,value,shell,place",
    [
        ("XDG_DATA_HOME", "data", "bash", "data/bash-completion/completions/paycli"),
        ("BASH_COMPLETION_USER_DIR", "own", "bash", "own/completions/paycli"),
        ("XDG_CONFIG_HOME", "conf", "fish", "conf/fish/completions/paycli.fish"),
    ],
)
def test_the_places_that_variables_name_are_respected(
    run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variable: str, value: str, shell: str, place: str
) -> None:
    """As the shells themselves do."""
    monkeypatch.setenv(variable, str(tmp_path / value))
    assert run("completions", "install", shell).code == 0
    assert files(tmp_path) == {place}


@pytest.mark.parametrize("value,place", [("/bin/zsh", PLACES["zsh"]), ("/usr/local/bin/fish", PLACES["fish"])])
def test_the_shell_is_guessed(
    run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, value: str, place: str
) -> None:
    """From SHELL."""
    monkeypatch.setenv("SHELL", value)
    assert run("completions", "install").code == 0
    assert files(tmp_path) == {place}


@pytest.mark.parametrize("words,value", [(("tcsh",), "/bin/bash"), ((), "/bin/tcsh"), ((), "")])
def test_another_shell_is_a_usage_error(
    run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], value: str
) -> None:
    """That names those there are."""
    monkeypatch.setenv("SHELL", value)
    ended = run("completions", "install", *words)
    assert ended.code == 2
    assert "bash|zsh|fish|powershell" in ended.err
    assert files(tmp_path) == set()


def test_a_file_of_somebody_else_stays_unless_forced(run: Any, tmp_path: Path) -> None:
    """It may be the user's own work."""
    path = tmp_path / PLACES["fish"]
    path.parent.mkdir(parents=True)
    path.write_text("# mine\n")
    ended = run("completions", "install", "fish")
    assert (ended.code, path.read_text()) == (2, "# mine\n")
    assert "--force" in ended.err
    assert run("completions", "install", "fish", "--force").code == 0
    assert path.read_text() == run("completions", "fish").out


def test_a_link_stays_a_link(run: Any, tmp_path: Path) -> None:
    """Dotfiles often lie elsewhere."""
    real = tmp_path / "dotfiles" / "_paycli"
    real.parent.mkdir()
    real.write_text("#compdef paycli\n# made by: paycli completions zsh\n")
    path = tmp_path / PLACES["zsh"]
    path.parent.mkdir()
    path.symlink_to(real)
    assert run("completions", "install", "zsh").code == 0
    assert path.is_symlink()
    assert real.read_text() == run("completions", "zsh").out
    assert files(tmp_path) == {"dotfiles/_paycli", PLACES["zsh"]}


@pytest.mark.parametrize("obstacle", [".zfunc", ".zfunc/_paycli/x"])
def test_a_home_that_cannot_be_written_is_told(run: Any, tmp_path: Path, obstacle: str) -> None:
    """Exit 4; nothing is left behind."""
    (tmp_path / obstacle).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / obstacle).touch()
    ended = run("completions", "install", "zsh", "--force")
    assert ended.code == 4
    assert "cannot be written" in ended.err
    assert files(tmp_path) == {obstacle}


def test_a_folder_with_a_blank_is_quoted(run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the lines to copy."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "my data"))
    told = run("completions", "install", "bash").err
    assert f"source '{tmp_path}/my data/bash-completion/completions/paycli'" in told


@pytest.mark.parametrize("value", ["complete_bash", "source_zsh", "bash_source", "x"])
def test_no_variable_makes_paycli_complete(run: Any, monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    """What Typer would answer by itself is off, and so are its options."""
    monkeypatch.setenv("_PAYCLI_COMPLETE", value)
    ended = run("help", "exit-codes")
    assert (ended.code, ended.out.splitlines()[0]) == (0, "0    done")
    assert run("--install-completion").code == 2
    assert run("--show-completion").code == 2
