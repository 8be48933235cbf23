"""What paycli is started in may be poor or odd: it works with what there is, or says what is missing."""

import errno
import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from paycli.given import refuse_what_is_no_text
from paycli.journal.store import Journal
from paycli.operations.tokens import Token
from paycli.output.times import local
from paycli.profiles.resolve import Profiles
from paycli.profiles.tokens import Memory, Tokens
from paycli.providers.toman.signing import SIGN_IN
from paycli.values import replace
from tests.helpers import Result, Served

BYTES = "x\udcff"
"""How bytes that are no UTF-8 arrive among arguments and variables."""
HERE = {"PYTHONPATH": str(Path(__file__).parent.parent.parent)}
POOR = {"LC_ALL": "C", "PYTHONUTF8": "0", **HERE}
PAY = ("tranzzo", "pay", "hosted")
TERMS = ("--amount", "10", "--currency", "UAH", "-p", "sandbox")
STRICT = ("-X", "dev", "-W", "error")
WORDS = ("Δύο καρέκλες", "Два стільці", "دو صندلی")
LOOK = ("tranzzo", "orders", "show", "A-1", "-p", "sandbox", "-o", "json")
REFUND = ("tranzzo", "refund", "A-1", "--amount", "1", "--currency", "UAH", "-p", "sandbox")
ADD = ("profiles", "add", "shop", "--provider", "tranzzo", "--environment", "test", "--pos-id", "p-1")
PLACES = ("PAYCLI_CONFIG_DIR", "PAYCLI_STATE_DIR")


@pytest.fixture
def paid(sandbox: Served, tmp_path: Path) -> Served:
    """Return a sandbox in which A-1 is paid, and a home of this test's own."""
    assert sandbox.paycli(*PAY, "A-1", "--description", "Two chairs", *TERMS).code == 0
    assert sandbox.paycli("sandbox", "act", "tranzzo", "pay", "A-1").code == 0
    return Served(tmp_path / "home", sandbox.address, sandbox.process)


def start(served: Served, argv: tuple[str, ...], redirect: str = "", **variables: str) -> Result:
    """Run paycli as a process of its own, its streams led elsewhere by a shell."""
    ended = subprocess.run(
        [
            "/bin/sh",
            "-c",
            f'exec "$@" {redirect}',
            "sh",
            sys.executable,
            "-X",
            "dev",
            "-W",
            "error",
            "-m",
            "paycli",
            *argv,
        ],
        env={**served.environment, **HERE, **variables},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=60,
        check=False,
    )
    return Result(ended.returncode, ended.stdout.decode(), ended.stderr.decode())


def without(environment: Mapping[str, str], *names: str) -> dict[str, str]:
    """Return the variables without some of them."""
    return {name: value for name, value in environment.items() if name not in names}


def test_a_locale_of_ascii_takes_every_alphabet(sandbox: Served) -> None:
    """In arguments, variables, names of files and standard input, and out again; Python's own UTF-8 mode is off."""
    for number, words in enumerate(WORDS):
        ended = sandbox.paycli(*PAY, f"Ж-{number}", "--description", words, *TERMS, "--dry-run", **POOR)
        assert (ended.code, ended.err) == (0, "")
        assert (ended.json["body"]["order_id"], ended.json["body"]["description"]) == (f"Ж-{number}", words)
    variable = sandbox.paycli(*LOOK, "--dry-run", PAYCLI_SANDBOX_TRANZZO_POS_ID="κατάστημα", **POOR)
    assert "%CE%BA%CE%B1" in variable.json["url"]


def test_a_locale_of_ascii_takes_names_of_files(sandbox: Served, tmp_path: Path) -> None:
    """A sheet whose name and content are Persian is read and told of."""
    sheet = tmp_path / "بازپرداخت.csv"
    sheet.write_text("order_id,amount\nالف-۱,x\n", encoding="utf-8")
    ended = sandbox.paycli("bulk", "run", str(sheet), "--command", "tranzzo refund", "-p", "sandbox", **POOR)
    assert ended.code == 2
    assert sheet.name in ended.err
    assert "defect" not in ended.err


@pytest.mark.parametrize(
    "argv,position",
    [
        (("tranzzo", "orders", "show", BYTES, "-p", "sandbox"), 4),
        (("tranzzo", "refund", "A-1", "--all", "--request-id", BYTES, "-p", "sandbox"), 6),
        (("profiles", "add", "shop", "--provider", "tranzzo", "--pos-id", BYTES), 7),
        (("journal", "show", BYTES), 3),
        ((f"--{BYTES}",), 1),
    ],
)
def test_an_argument_that_is_no_text_is_a_usage_error(run: Any, argv: tuple[str, ...], position: int) -> None:
    """It names the word and shows its bytes; nothing is sent and nothing is written."""
    ended = run(*argv)
    assert (ended.code, ended.out) == (2, "")
    assert f"Word {position} after paycli is not UTF-8 text" in ended.err
    assert "x\\xff" in ended.err


def test_a_variable_that_is_no_text_is_named(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever command runs, since nobody meant it."""
    monkeypatch.setenv("PAYCLI_SHOP_POS_ID", BYTES)
    ended = run("profiles", "list", "-o", "json")
    assert (ended.code, ended.error["kind"]) == (4, "configuration")
    assert "PAYCLI_SHOP_POS_ID is not UTF-8 text" in ended.error["message"]


def test_a_variable_that_names_a_file_may_hold_any_bytes() -> None:
    """As names of files may; other people's variables are nothing to paycli."""
    refuse_what_is_no_text((), {"PAYCLI_STATE_DIR": BYTES, "PAYCLI_SHOP_API_KEY_FILE": BYTES, "OTHER": BYTES})


def test_a_user_whose_name_is_no_text_can_refund(paid: Served) -> None:
    """The journal holds the bytes written out."""
    assert paid.paycli(*REFUND, LOGNAME=BYTES).code == 0
    assert [entry.user for entry in Journal(paid.home / "state").entries()] == ["x\\xff"]


@pytest.mark.parametrize("home", ["a-file", "a-file/below", "/dev/null", "/proc/nowhere"])
def test_a_home_that_cannot_be_written_stops_changes_alone(paid: Served, tmp_path: Path, home: str) -> None:
    """Reads work; a change is refused, since it could not be written down; profiles are kept elsewhere."""
    (tmp_path / "a-file").write_text("")
    variables = {**without(paid.environment, *PLACES), "HOME": str(tmp_path / home)}
    alone = Served(tmp_path, paid.address, paid.process, variables)
    alone.variables |= dict.fromkeys(PLACES, "")
    assert alone.paycli(*LOOK).code == 0
    assert alone.paycli("journal", "list", "-o", "json").json == []
    assert alone.paycli("profiles", "list", "-o", "json").json == []
    refund = alone.paycli(*REFUND, "-o", "json")
    assert (refund.code, refund.error["next"]) == (
        10,
        "make its directory writable, or name another with PAYCLI_STATE_DIR",
    )
    added = alone.paycli(*ADD)
    assert added.code == 4
    assert "Nothing was changed." in added.err
    assert "name another with PAYCLI_STATE_DIR" in added.err


def test_profiles_that_cannot_be_written_are_kept_elsewhere(run: Any, tmp_path: Path, monkeypatch: Any) -> None:
    """The message says how."""
    (tmp_path / "a-file").write_text("")
    monkeypatch.setenv("PAYCLI_CONFIG_DIR", str(tmp_path / "a-file" / "below"))
    ended = run(*ADD)
    assert ended.code == 4
    assert "name another with PAYCLI_CONFIG_DIR" in ended.err


def test_a_directory_that_is_a_file_is_an_error_where_it_was_named(run: Any, tmp_path: Path, monkeypatch: Any) -> None:
    """Who names it means that profiles are there."""
    (tmp_path / "a-file").write_text("")
    monkeypatch.setenv("PAYCLI_CONFIG_DIR", str(tmp_path / "a-file"))
    ended = run("profiles", "list")
    assert ended.code == 4
    assert "name another directory with PAYCLI_CONFIG_DIR" in ended.err


def test_a_user_without_any_home_can_read(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a container whose user has a number only."""

    def homeless(*_: object, **__: object) -> str:
        raise RuntimeError("Could not determine home directory.")

    for name in PLACES:
        monkeypatch.delenv(name)
    monkeypatch.setattr("platformdirs.user_config_dir", homeless)
    monkeypatch.setattr("platformdirs.user_state_dir", homeless)
    assert run("profiles", "list", "-o", "json").json == []
    assert run("journal", "list", "-o", "json").json == []
    assert run(*ADD).code == 4


def test_doctor_finds_a_home_that_is_a_file(run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Since without a journal no change is sent."""
    (tmp_path / "a-file").write_text("")
    monkeypatch.setenv("PAYCLI_STATE_DIR", str(tmp_path / "a-file" / "state"))
    ended = run("doctor", "--offline", "-o", "json")
    assert ended.code == 4
    assert [row["subject"] for row in ended.json if row["state"] == "finding"] == [str(tmp_path / "a-file")]


def test_a_tilde_that_no_shell_expanded_is_the_home(run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As it comes from a unit of systemd or a Dockerfile."""
    monkeypatch.setenv("PAYCLI_CONFIG_DIR", "~/kept")
    assert run("profiles", "path").out == f"{tmp_path / 'kept' / 'profiles.yaml'}\n"


def test_completions_are_not_installed_into_a_home_that_moves(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that depends on the working directory is none."""
    monkeypatch.setenv("HOME", "somewhere")
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    ended = run("completions", "install", "bash")
    assert ended.code == 4
    assert "There is no home directory" in ended.err


class _Ring:
    """A keyring that holds one entry."""

    def __init__(self) -> None:
        self.text: str | None = None

    def get(self, _user: str) -> str | None:
        """Return the entry."""
        return self.text

    def set(self, _user: str, text: str) -> None:
        """Keep the entry."""
        self.text = text


def test_tokens_are_shared_without_a_lock_where_none_can_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that reading goes on when the disk is full."""
    (tmp_path / "a-file").write_text("")
    monkeypatch.setenv("PAYCLI_STATE_DIR", str(tmp_path / "a-file"))
    ring: Any = _Ring()
    profile = Profiles(None, {}).profile("sandbox-toman")
    tokens = Tokens(replace(profile, built_in=False), SIGN_IN, ring, Memory())
    with tokens.alone():
        tokens.keep([Token("made-up-token", expires=time.time() + 60)])
    assert json.loads(ring.text)[0]["text"] == "made-up-token"


@pytest.mark.parametrize("redirect", ["<&- >&- 2>&-", "2>&-"])
def test_a_process_without_streams_refunds_once(paid: Served, redirect: str) -> None:
    """No file or connection takes the place of a stream; what happened stands in the journal."""
    assert start(paid, REFUND, redirect).code == 0
    assert [entry.state for entry in Journal(paid.home / "state").entries()] == ["succeeded"]


@pytest.mark.parametrize(
    "argv",
    [("api", "sandbox-tranzzo", "POST", "/x", "--input", "-"), ("bulk", "run", "-", "--command", "tranzzo refund")],
)
def test_standard_input_that_is_closed_is_empty(sandbox: Served, argv: tuple[str, ...]) -> None:
    """It is no defect of paycli."""
    ended = start(sandbox, argv, "<&-", PAYCLI_PROFILE="sandbox-tranzzo")
    assert "defect" not in ended.err
    assert ended.code in {2, 3}


@pytest.mark.parametrize("redirect", [">&-", "> /dev/full"])
@pytest.mark.parametrize("argv", [("completions", "bash"), ("help", "safety")])
def test_standard_output_that_takes_nothing_is_told(sandbox: Served, argv: tuple[str, ...], redirect: str) -> None:
    """A script that installs what is cut short learns of it."""
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    ended = start(sandbox, argv, redirect)
    assert ended.code == 2
    assert "Standard output cannot be written" in ended.err
    assert "Exception ignored" not in ended.err


def test_a_working_directory_that_is_gone_matters_only_to_what_is_written_there(paid: Served, tmp_path: Path) -> None:
    """A look-up works; a file to be saved has no place."""
    gone = tmp_path / "gone"
    gone.mkdir()
    before = Path.cwd()
    os.chdir(gone)
    try:
        gone.rmdir()
        look = subprocess.run(
            [sys.executable, "-m", "paycli", *LOOK], env={**paid.environment, **HERE}, capture_output=True, check=False
        )
    finally:
        os.chdir(before)
    assert (look.returncode, look.stderr) == (0, b"")


@pytest.mark.parametrize(
    "variables",
    [
        {"TZ": ":nonsense"},
        {"TZ": "Asia/Tehran"},
        {"TERM": ""},
        {"TERM": "nothing-known", "COLUMNS": "1"},
        {"TERM": "dumb", "NO_COLOR": "1", "COLUMNS": "10000"},
        {f"VARIABLE_{number}": "x" * 100 for number in range(8000)},
    ],
    ids=["no zone", "Tehran", "no terminal", "unknown terminal", "dumb terminal", "many variables"],
)
def test_an_odd_environment_changes_nothing_about_the_answer(paid: Served, variables: dict[str, str]) -> None:
    """JSON is the same in all of them, and a table is one."""
    assert paid.paycli(*LOOK, **variables).out == paid.paycli(*LOOK).out
    table = paid.paycli(*LOOK[:-1], "table", **variables)
    assert (table.code, table.err) == (0, "")
    assert "purchase" in table.out


def test_a_zone_that_no_clock_can_have_is_refused(paid: Served) -> None:
    """Rather than at the first time that is shown."""
    ended = paid.paycli(*LOOK, TZ="XXX99YYY")
    assert (ended.code, ended.error["message"]) == (4, "The variable TZ names no time zone.")


@pytest.mark.parametrize(
    "zone,moment", [("America/New_York", "0001-01-01T00:00:00Z"), ("Asia/Tehran", "9999-12-31T23:59:59Z")]
)
def test_a_time_beyond_this_machines_calendar_is_shown_as_it_came(
    monkeypatch: pytest.MonkeyPatch, zone: str, moment: str
) -> None:
    """Which is how some services write that there is none."""
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    assert local(moment) == moment
    monkeypatch.undo()
    time.tzset()


def test_a_file_system_without_locks_is_told(monkeypatch: pytest.MonkeyPatch, run: Any) -> None:
    """Nothing is changed then."""

    def refuse(*_: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr("fcntl.flock", refuse)
    ended = run(*ADD)
    assert ended.code == 4
    assert "cannot be locked: No locks available. Nothing was changed." in ended.err
