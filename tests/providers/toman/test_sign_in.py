"""Every command signs in by itself; tokens are kept, renewed beforehand, and never lead to a change going twice."""

import json
import os
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from paycli.commands.reporter import ScreenReporter
from paycli.commands.session import Session
from paycli.operations.catalog import provider
from paycli.profiles import keyring
from paycli.sending.pipeline import Asked, Pipeline
from tests.filekeyring import FileKeyring
from tests.providers.toman.service import CLIENT, USER, LittleToman, Reply, environment

PSPS: dict[str, Any] = {
    "count": 1,
    "next": None,
    "previous": None,
    "results": [{"id": 2, "name": "SEP", "enabled": True}],
}
CREATE = (
    *("toman", "terminals", "create", "--terminal-type", "pos", "--terminal-number", "70012345"),
    *("--psp-account-uuid", "c1a5b6de-7f2b-4c0a-8f57-6f1f3f0c9e11", "--acceptor-code", "512"),
    *("--start-fetch-time", "2026-03-01T00:00Z"),
)
CREATED = {"uuid": "4be0643f-1d98-4c1e-9d0e-5f2f6d7a1b20", "terminal_number": "70012345"}
LIST = ("toman", "psps", "list")


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a file the keyring of this process."""
    path = tmp_path / "keyring.json"
    monkeypatch.setattr(keyring, "_usual_backend", lambda: FileKeyring(path))
    return path


def tokens(path: Path) -> list[dict[str, Any]]:
    """Return the records that the keyring holds for the profile."""
    found: list[dict[str, Any]] = json.loads(json.loads(path.read_text())["ci/token"])
    return found


def age(path: Path, **changes: Any) -> None:
    """Change the kept tokens."""
    held = json.loads(path.read_text())
    held["ci/token"] = json.dumps([{**record, **changes} for record in json.loads(held["ci/token"])])
    path.write_text(json.dumps(held))


def test_a_command_signs_in_for_the_scope_that_it_needs(run: Any, toman: LittleToman) -> None:
    """With the password grant, the client's credentials in the body, as the document shows it first."""
    toman.put("/psps", PSPS)
    assert run(*LIST).code == 0
    [came] = toman.sign_ins()
    assert came.form == {**USER, **CLIENT, "grant_type": "password", "scope": "repigma.psp.read"}
    assert came.headers["content-type"] == "application/x-www-form-urlencoded"
    assert "authorization" not in came.headers
    assert toman.asked()[0].bearer == "made-up-access-001"


def test_the_clients_credentials_can_go_as_basic(run: Any, toman: LittleToman, monkeypatch: pytest.MonkeyPatch) -> None:
    """As the document shows it second; then they stand nowhere else."""
    monkeypatch.setenv("PAYCLI_CI_CLIENT_AUTH", "basic")
    toman.put("/psps", PSPS)
    assert run(*LIST).code == 0
    [came] = toman.sign_ins()
    assert came.form == {**USER, "grant_type": "password", "scope": "repigma.psp.read"}
    assert came.headers["authorization"] == "Basic Y2xpZW50LTE6bWFkZS11cC1jbGllbnQtc2VjcmV0"


def test_the_profiles_scopes_are_asked_for_instead(
    run: Any, toman: LittleToman, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that one token serves every command."""
    monkeypatch.setenv("PAYCLI_CI_SCOPES", "repigma.report.list, repigma.psp.read")
    toman.put("/psps", PSPS)
    assert run(*LIST).code == 0
    assert toman.sign_ins()[0].form["scope"] == "repigma.psp.read repigma.report.list"


def test_without_a_keyring_tokens_live_for_the_process(run: Any, toman: LittleToman) -> None:
    """That is no error, and not even a word."""
    toman.put("/psps", PSPS)
    ended = [run(*LIST), run(*LIST)]
    assert [(one.code, one.err) for one in ended] == [(0, "1 of 1 rows.\n")] * 2
    assert len(toman.sign_ins()) == 2


def test_a_kept_token_is_used_again(run: Any, toman: LittleToman, kept: Path) -> None:
    """Without the password, even; it lies with the hosts for which it was got."""
    toman.put("/psps", PSPS)
    run(*LIST)
    run(*LIST)
    assert len(toman.sign_ins()) == 1
    [record] = tokens(kept)
    assert record["hosts"] == [toman.address]
    assert record["account"] == {"username": "clerk", "client_id": "client-1"}


def test_a_token_of_wider_scopes_serves_too(run: Any, toman: LittleToman, kept: Path) -> None:
    """And another scope is signed in for."""
    toman.put("/psps", PSPS)
    toman.put("/reports/", PSPS)
    run("toman", "login", "--scope", "repigma.psp.read", "--scope", "repigma.x")
    run(*LIST)
    assert len(toman.sign_ins()) == 1
    run("toman", "reports", "list")
    assert [came.form["scope"] for came in toman.sign_ins()] == ["repigma.psp.read repigma.x", "repigma.report.list"]
    assert len(tokens(kept)) == 2


@pytest.mark.parametrize("left", [0, 30])
def test_a_token_is_renewed_before_it_expires(run: Any, toman: LittleToman, kept: Path, left: int) -> None:
    """And its refresh token is replaced by the new one."""
    toman.put("/psps", PSPS)
    run(*LIST)
    age(kept, expires=time.time() + left)
    assert run(*LIST).code == 0
    [came] = toman.sign_ins("refresh_token")
    assert came.form == {**CLIENT, "grant_type": "refresh_token", "refresh_token": "made-up-refresh-001"}
    assert [record["refresh"] for record in tokens(kept)] == ["made-up-refresh-002"]
    assert tokens(kept)[0]["scopes"] == ["repigma.psp.read"]
    assert [one.bearer for one in toman.asked()] == ["made-up-access-001", "made-up-access-002"]


def test_a_refresh_that_is_refused_leads_to_a_login(run: Any, toman: LittleToman, kept: Path) -> None:
    """Once; what was refused is not used again."""
    toman.put("/psps", PSPS)
    run(*LIST)
    age(kept, expires=0.0)
    toman.refresh.clear()
    assert run(*LIST).code == 0
    assert (len(toman.sign_ins("refresh_token")), len(toman.sign_ins())) == (1, 2)
    assert [record["refresh"] for record in tokens(kept)] == ["made-up-refresh-002"]


def test_a_week_old_sign_in_is_not_renewed(run: Any, toman: LittleToman, kept: Path) -> None:
    """A refresh token lives a week."""
    toman.put("/psps", PSPS)
    run(*LIST)
    age(kept, expires=0.0, refresh_expires=time.time() - 1)
    assert run(*LIST).code == 0
    assert (len(toman.sign_ins("refresh_token")), len(toman.sign_ins())) == (0, 2)


@pytest.mark.parametrize(
    "name,value", [("USERNAME", "another"), ("BASE_URL", "http://localhost:{port}"), ("CLIENT_ID", "another")]
)
def test_a_token_serves_its_own_hosts_and_account_only(
    run: Any, toman: LittleToman, kept: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    """What was got for another counts as not there; it is neither sent nor renewed."""
    toman.put("/psps", PSPS)
    run(*LIST)
    monkeypatch.setenv(f"PAYCLI_CI_{name}", value.format(port=toman.address.rpartition(":")[2]))
    run(*LIST)
    assert len(toman.sign_ins()) == 2
    assert not toman.sign_ins("refresh_token")
    assert kept.exists()


@pytest.mark.usefixtures("kept")
def test_a_read_whose_token_is_refused_signs_in_anew_once(run: Any, toman: LittleToman) -> None:
    """The provider may have forgotten it before its time."""
    toman.put("/psps", PSPS)
    run(*LIST)
    toman.forget()
    assert run(*LIST).json == PSPS["results"]
    assert [one.bearer[-3:] for one in toman.asked()] == ["001", "001", "002"]
    toman.put("/psps", Reply(401, {"detail": "no"}))
    ended = run(*LIST, "-o", "json")
    assert (ended.code, ended.error["kind"]) == (4, "configuration")
    assert len(toman.asked()) == 3 + 2


def test_a_read_is_not_signed_in_for_anew_where_its_token_is_fresh(run: Any, toman: LittleToman) -> None:
    """Another one would be refused too."""
    toman.put("/psps", Reply(401, {"detail": "no"}))
    assert run(*LIST).code == 4
    assert (len(toman.asked()), len(toman.sign_ins())) == (1, 1)


@pytest.mark.usefixtures("kept")
def test_a_change_whose_token_is_refused_is_never_sent_again(run: Any, toman: LittleToman) -> None:
    """It is refused; the next one that is typed signs in anew."""
    toman.put("/terminals/", Reply(201, CREATED))
    run("toman", "login", "--scope", "repigma.terminal.create")
    toman.forget()
    assert run(*CREATE).code == 4
    assert len(toman.asked()) == 1
    assert run(*CREATE).json == CREATED
    assert [one.bearer[-3:] for one in toman.asked()] == ["001", "002"]


def test_a_change_is_signed_in_for_before_it_is_journalled(run: Any, toman: LittleToman) -> None:
    """A sign-in that fails leaves no entry behind."""
    toman.refuse["password"] = Reply(400, {"error": "invalid_scope"})
    ended = run(*CREATE, "-o", "json")
    assert (ended.code, ended.error["provider_code"]) == (4, "invalid_scope")
    assert "repigma.terminal.create" in ended.error["message"]
    assert toman.asked() == []
    assert run("journal", "list", "-o", "json").json == []


def test_a_missing_scope_is_named(run: Any, toman: LittleToman) -> None:
    """Whoever refuses it."""
    toman.put("/reports/", Reply(403, {"detail": "You do not have permission."}))
    ended = run("toman", "reports", "list")
    assert ended.code == 4
    assert "You do not have permission; the command needs the scope repigma.report.list" in ended.err


@pytest.mark.parametrize(
    "reply,code,told",
    [
        (Reply(400, {"error": "invalid_grant", "error_description": "..."}), 4, "username or password is wrong"),
        (Reply(401, {"error": "invalid_client"}), 4, "client_id or client_secret is wrong"),
        (Reply(503, {}), 6, "HTTP 503"),
        (Reply(200, {"token_type": "Bearer"}), 6, "no access_token"),
        (Reply(200, b"<html>"), 6, "cannot be read"),
        (Reply(429, {}), 6, "429"),
        (Reply(200, b"{}", {"Content-Length": "50"}, cut=1), 6, "closed before the answer"),
    ],
)
def test_a_login_that_fails_is_told(run: Any, toman: LittleToman, reply: Reply, code: int, told: str) -> None:
    """A refused one is 4, a lost one 6; neither is sent again by itself."""
    toman.refuse["password"] = reply
    ended = run("toman", "login", "-o", "json")
    assert (ended.code, ended.error["exit_code"]) == (code, code)
    assert told in ended.error["message"]
    assert len(toman.sign_ins()) == 1


def test_login_shows_no_token_and_is_no_change(
    run: Any, toman: LittleToman, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It works on a live profile that can only read, and leaves nothing in the journal."""
    monkeypatch.setenv("PAYCLI_CI_ENVIRONMENT", "live")
    ended = run("toman", "login", "-vv", "-o", "json")
    assert ended.code == 0
    assert ended.json["access_token"] == "***"
    for secret in ("made-up-access", "made-up-refresh", USER["password"], CLIENT["client_secret"]):
        assert secret not in ended.out + ended.err
    assert len(tokens(kept)) == 1
    assert run("journal", "list", "-o", "json").json == []
    assert toman.sign_ins()[0].form["scope"].split()[0] == "repigma.payment.list"


@pytest.mark.usefixtures("toman")
def test_login_says_where_the_token_ends_without_a_keyring(run: Any) -> None:
    """A person who signs in expects that it holds."""
    assert "ends with this command" in run("toman", "login").err


def test_refresh_renews_what_was_got_last(run: Any, toman: LittleToman, kept: Path) -> None:
    """And without a sign-in there is one first."""
    assert run("toman", "refresh").code == 0
    assert (len(toman.sign_ins()), len(toman.sign_ins("refresh_token"))) == (1, 1)
    assert run("toman", "refresh").code == 0
    assert toman.sign_ins("refresh_token")[1].form["refresh_token"] == "made-up-refresh-002"
    toman.refuse["refresh_token"] = Reply(400, {"error": "invalid_grant"})
    assert run("toman", "refresh").code == 4
    assert tokens(kept)[0]["refresh"] is None


def test_a_refresh_whose_answer_is_lost_is_not_repeated(run: Any, toman: LittleToman, kept: Path) -> None:
    """Exit 6; what renewed may be used up, so the next command signs in."""
    toman.put("/psps", PSPS)
    run("toman", "login")
    toman.refuse["refresh_token"] = Reply(200, b"{}", {"Content-Length": "50"}, cut=1)
    assert run("toman", "refresh").code == 6
    assert len(toman.sign_ins("refresh_token")) == 1
    age(kept, expires=0.0)
    assert run(*LIST).code == 0
    assert (len(toman.sign_ins("refresh_token")), len(toman.sign_ins())) == (1, 2)


def test_removing_a_profiles_secrets_removes_its_tokens(run: Any, toman: LittleToman, kept: Path) -> None:
    """They are secrets too."""
    run("toman", "login")
    assert toman.sign_ins()
    assert run("secrets", "delete", "ci", "--yes").code == 0
    assert "ci/token" not in json.loads(kept.read_text())


@pytest.mark.usefixtures("kept")
def test_the_time_is_the_pipelines(toman: LittleToman) -> None:
    """A clock that is moved makes a token old."""
    toman.put("/psps/2", PSPS["results"][0])
    moments = [datetime(2026, 3, 2, tzinfo=UTC)]
    pipeline, asked = one_read()
    pipeline.now = lambda: moments[-1]
    pipeline.run(asked)
    moments.append(moments[0] + timedelta(seconds=86400 - 61))
    pipeline.run(asked)
    assert len(toman.sign_ins("refresh_token")) == 0
    moments.append(moments[0] + timedelta(seconds=86400 - 59))
    pipeline.run(asked)
    assert len(toman.sign_ins("refresh_token")) == 1
    moments.append(moments[-1] + timedelta(days=8))
    pipeline.run(asked)
    assert (len(toman.sign_ins("refresh_token")), len(toman.sign_ins())) == (1, 2)


def test_a_damaged_entry_of_the_keyring_is_signed_in_over(run: Any, toman: LittleToman, kept: Path) -> None:
    """Signing in repairs it."""
    kept.write_text(json.dumps({"ci/token": "{odd"}))
    toman.put("/psps", PSPS)
    assert run(*LIST).code == 0
    assert len(tokens(kept)) == 1


def test_a_keyring_that_fails_while_storing_is_no_error(
    run: Any, toman: LittleToman, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The token then lives for the process."""

    def full(*_: Any) -> None:
        raise OSError

    monkeypatch.setattr(FileKeyring, "set_password", full)
    toman.put("/psps", PSPS)
    assert (run(*LIST).code, kept.read_text()) == (0, "")


def test_profiles_check_finds_how_the_client_is_accepted(
    run: Any, toman: LittleToman, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Signing in is the harmless probe; a read then shows that the host of the API takes the token."""
    toman.put("/psps", PSPS)
    right = run("profiles", "check", "ci", "-o", "json")
    assert (right.code, [row["what"] for row in right.json]) == (0, ["host", "credentials", "signing", "api"])
    before = len(toman.sign_ins())
    monkeypatch.setenv("PAYCLI_CI_PASSWORD", "another-password")
    ended = run("profiles", "check", "ci", "-o", "json")
    assert (ended.code, [row["result"] for row in ended.json]) == (4, ["right", "wrong"])
    assert "username or password is wrong" in ended.err
    assert len(toman.sign_ins()) == before + 3


def test_profiles_check_tells_a_host_of_the_api_that_is_another(run: Any, toman: LittleToman) -> None:
    """The token server is right, and what takes its tokens is not; that a right is missing is no mistake."""
    toman.put("/psps", Reply(404, {"detail": "Not found."}))
    ended = run("profiles", "check", "ci", "-o", "json")
    assert (ended.code, ended.json[-1]["what"], ended.json[-1]["result"]) == (4, "psps list", "wrong")
    toman.put("/psps", Reply(403, {"detail": "No permission."}))
    lacking = run("profiles", "check", "ci", "-o", "json")
    assert (lacking.code, lacking.json[-1]["result"]) == (0, "right")
    assert "repigma.psp.read" in lacking.json[-1]["detail"]


def test_a_raw_request_signs_in_too(run: Any, toman: LittleToman) -> None:
    """For the scope of what it matches."""
    toman.put("/psps", PSPS)
    assert run("api", "ci", "GET", "/psps").json == PSPS
    assert toman.sign_ins()[0].form["scope"] == "repigma.psp.read"


def test_logout_is_local(run: Any, toman: LittleToman, kept: Path) -> None:
    """Tokens are gone from here; nothing is sent."""
    run("toman", "login")
    ended = run("toman", "logout")
    assert (ended.code, ended.err) == (0, "Removed the tokens of ci.\n")
    assert "ci/token" not in json.loads(kept.read_text())
    assert run("toman", "logout").err == "There was nothing to remove.\n"
    assert len(toman.came) == 1


def one_read() -> tuple[Pipeline, Asked]:
    """Return a pipeline of a process, and a read for it."""
    session = Session(())
    declared = provider("toman")
    operation = declared.load("psps")["psps show"]
    pipeline = session.pipeline(declared, ScreenReporter(session.screen("json")))
    return pipeline, Asked(operation, lambda _facts: {"psp": 2})


def test_threads_of_one_process_sign_in_once(toman: LittleToman) -> None:
    """The one that waits takes what the other one brought, also without a keyring."""
    toman.put("/psps/2", PSPS["results"][0])
    pipeline, asked = one_read()
    threads = [threading.Thread(target=lambda: pipeline.run(asked)) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert (len(toman.asked()), len(toman.sign_ins())) == (5, 1)


SCRIPT = """
import sys
from pathlib import Path
from paycli.__main__ import main
from paycli.profiles import keyring
from tests.filekeyring import FileKeyring
keyring._usual_backend = lambda: FileKeyring(Path(sys.argv[1]))
sys.exit(main(sys.argv[2:]))
"""


def test_processes_that_renew_at_once_renew_once(run: Any, toman: LittleToman, kept: Path) -> None:
    """All of them work, exactly one asks, and the session is not lost."""
    toman.put("/psps", PSPS)
    run(*LIST)
    age(kept, expires=time.time() + 5)
    toman.before_refresh = lambda: time.sleep(1.0)
    command = [sys.executable, "-c", SCRIPT, str(kept), *LIST, "-o", "json"]
    variables = {**os.environ, **environment(toman.address)}
    pipe = subprocess.PIPE
    root = Path(__file__).parents[3]
    processes = [subprocess.Popen(command, env=variables, cwd=root, stdout=pipe, stderr=pipe) for _ in range(3)]
    ended = [process.communicate(timeout=60) for process in processes]
    assert [process.returncode for process in processes] == [0, 0, 0], ended
    assert [json.loads(out) for out, _ in ended] == [PSPS["results"]] * 3
    assert (len(toman.sign_ins("refresh_token")), len(toman.sign_ins())) == (1, 1)
    assert {one.bearer for one in toman.asked()[1:]} == {"made-up-access-002"}
