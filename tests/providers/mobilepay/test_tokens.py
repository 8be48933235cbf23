"""The access token that exists only once: shown, saved or kept, never lost, never printed by the way."""

import json
import os
import stat
from pathlib import Path
from typing import Any

import pytest

from paycli.commands import once
from paycli.operations.once import Once
from paycli.profiles.keyring import KeyringProblem
from tests.providers.mobilepay.conftest import Run
from tests.providers.mobilepay.doubles import TOKEN, Till

NEW = "a-new-token-8f31b6"
FILE = """
profiles:
  till: {provider: mobilepay, environment: test, bio_code: B-7}
"""


class Ring:
    """A keyring in memory."""

    held: dict[str, str]
    broken = False

    def __init__(self, **_: Any) -> None:
        """Every one is the same."""

    def get(self, user: str) -> str | None:
        return Ring.held.get(user)

    def set(self, user: str, value: str) -> None:
        if Ring.broken:
            raise KeyringProblem("The keyring is locked.")
        Ring.held[user] = value

    def name(self) -> str:
        return "memory"


@pytest.fixture
def ring(monkeypatch: pytest.MonkeyPatch) -> type[Ring]:
    """Return an empty keyring that --save writes to."""
    Ring.held = {}
    Ring.broken = False
    monkeypatch.setattr(once, "Keyring", Ring)
    return Ring


@pytest.fixture
def profile(config: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return the name of a profile of profiles.yaml with its token in a variable."""
    (config / "profiles.yaml").write_text(FILE)
    (config / "profiles.yaml").chmod(0o600)
    monkeypatch.setenv("PAYCLI_TILL_ACCESS_TOKEN", TOKEN)
    return "till"


def kept(said: str) -> Path:
    """Return the file that standard error names."""
    line = next(line for line in said.splitlines() if "is kept in" in line)
    return Path(line.partition("is kept in ")[2].partition(",")[0])


@pytest.mark.parametrize("verb", ["create", "reset"])
@pytest.mark.parametrize("form", ["json", "table", "yaml", "csv", "id"])
def test_without_a_word_the_token_goes_to_a_file_of_ones_own(pay: Run, verb: str, form: str) -> None:
    """Only its owner can read it; nothing else shows the token, with -vv neither."""
    ended = pay("tokens", verb, "-vv", "-o", form)
    assert ended.code == 0
    assert NEW not in ended.out + ended.err
    path = kept(ended.err)
    assert json.loads(path.read_text())["accessToken"] == NEW
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("verb", ["create", "reset"])
def test_the_journal_does_not_call_what_was_made_by_the_token(pay: Run, verb: str, tmp_path: Path) -> None:
    """The token is the answer's only identifier, and a secret all the same."""
    pay("tokens", verb)
    journals = [path for path in tmp_path.rglob("journal.db*") if path.is_file()]
    assert journals
    assert [path for path in journals if NEW.encode() in path.read_bytes()] == []


@pytest.mark.parametrize("form", ["json", "table", "yaml", "csv", "id"])
def test_show_prints_the_token_and_nothing_else_that_is_secret(pay: Run, form: str) -> None:
    """On standard output only; the token before stays masked, and no file is written."""
    ended = pay("tokens", "reset", "--show", "-vv", "-o", form)
    assert ended.code == 0
    assert NEW in ended.out
    assert NEW not in ended.err
    assert TOKEN not in ended.out + ended.err
    assert "is kept in" not in ended.err


def test_save_puts_it_into_the_profiles_entry(pay: Run, profile: str, ring: type[Ring]) -> None:
    """Bound to the profile's host; the variable that hides it is told."""
    ended = pay("tokens", "reset", "--save", "-p", profile)
    assert ended.code == 0
    held = json.loads(ring.held["till"])
    assert held["secrets"] == {"access_token": NEW}
    assert held["hosts"] == ["https://mobilepay-pos.poweredbyintegra.dk"]
    assert NEW not in ended.out + ended.err
    assert "is kept in" not in ended.err
    assert "PAYCLI_TILL_ACCESS_TOKEN" in ended.err


def test_a_token_that_cannot_be_saved_is_kept(pay: Run, profile: str, ring: type[Ring]) -> None:
    """The command succeeded; what failed is told."""
    ring.broken = True
    ended = pay("tokens", "reset", "--save", "-p", profile)
    assert ended.code == 0
    assert "could not be saved" in ended.err
    assert json.loads(kept(ended.err).read_text())["accessToken"] == NEW


def test_save_is_refused_before_anything_is_sent_where_it_cannot_work(pay: Run, profile: str, till: Till) -> None:
    """No usable keyring is exit 4; the built-in profiles hold nothing."""
    assert pay("tokens", "reset", "--save", "-p", profile).code == 4
    assert pay("tokens", "reset", "--save", "-p", "sandbox").code == 2
    assert till.sent == []


def test_a_shown_token_that_cannot_be_written_is_kept(pay: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk behind standard output loses nothing."""
    from paycli.output.screen import Screen

    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Screen, "show", full)
    monkeypatch.setattr("paycli.commands.run.silence_stdout", lambda: None)
    ended = pay("tokens", "reset", "--show")
    assert ended.code == 0
    assert json.loads(kept(ended.err).read_text())["accessToken"] == NEW


@pytest.mark.parametrize(
    "words", [("--query", "success"), ("--columns", "message"), ("--query", "to_number('x' || [1])")]
)
def test_a_token_of_which_only_a_part_was_shown_is_kept(pay: Run, words: tuple[str, ...]) -> None:
    """--query and --columns may leave it out, or fail."""
    ended = pay("tokens", "reset", "--show", *words)
    if ended.code != 2:
        assert json.loads(kept(ended.err).read_text())["accessToken"] == NEW
        assert NEW not in ended.err


def test_a_file_that_is_there_already_is_not_written_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor is one followed: the next best place is taken."""
    monkeypatch.setenv("PAYCLI_STATE_DIR", str(tmp_path))
    (tmp_path / "x.json").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(FileExistsError):
        once._in_state("x")
    assert not (tmp_path / "elsewhere").exists()
    descriptor, path = once._temporary("x")
    os.close(descriptor)
    assert stat.S_IMODE(Path(path).stat().st_mode) == 0o600
    Path(path).unlink()


@pytest.mark.parametrize(
    "answer",
    [
        {"token": NEW},
        {"message": NEW},
        {"merchantInformation": {"accessToken": NEW}},
        {"AccessToken": NEW, "message": "made"},
    ],
    ids=repr,
)
def test_the_token_is_found_under_other_names(
    pay: Run, monkeypatch: pytest.MonkeyPatch, answer: dict[str, Any]
) -> None:
    """The document does not say which field holds it."""
    monkeypatch.setattr(Till, "_manage_token", lambda *_: answer)
    ended = pay("tokens", "create", "-vv")
    assert NEW not in ended.out + ended.err
    assert json.loads(kept(ended.err).read_text())["accessToken"] == NEW


def test_a_second_reset_within_a_day_is_refused(pay: Run) -> None:
    """It would make the first one's token worthless."""
    assert pay("tokens", "reset").code == 0
    assert pay("tokens", "reset").code == 10
    assert pay("tokens", "reset", "--again").code == 0


def test_a_lost_token_is_unknown_and_never_sent_again(pay: Run, till: Till) -> None:
    """Nothing tells what became of it."""
    till.lose = {"manage/token"}
    assert pay("tokens", "create").code == 7
    assert till.paths() == ["manage/token"]
    assert pay("tokens", "create").code == 10


def test_what_exists_once_is_a_fact_of_any_answer() -> None:
    """Dotted fields, several of them, some of which no profile can hold."""
    fact = Once({"key.id": "api_key", "key.secret": "api_secret", "pin": None}, show="--show-pin")
    answer = {"key": {"id": "k", "secret": "s"}, "pin": 1234}
    assert fact.values(answer) == {"key.id": "k", "key.secret": "s", "pin": "1234"}
    assert fact.secrets(answer) == {"api_key": "k", "api_secret": "s"}
    assert fact.names == {"id", "secret", "pin"}
    assert fact.can_be_saved
    assert not Once({"pin": None}).can_be_saved
    assert fact.values([answer]) == {}
