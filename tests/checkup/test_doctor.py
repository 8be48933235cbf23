"""``paycli doctor``: each thing that can be wrong with a machine is found, with what to do about it."""

import json
import os
import sqlite3
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest

from paycli.checkup import network
from paycli.checkup.hidden import tried
from paycli.journal.entry import SENDING, UNKNOWN
from paycli.journal.store import Journal
from paycli.operations.outcome import Answer, Fault
from paycli.profiles import keyring
from paycli.profiles.file import parse_profiles
from paycli.profiles.keyring import Keyring
from paycli.profiles.resolve import Profiles
from paycli.sending.reach import Question, Reached
from tests.filekeyring import FileKeyring
from tests.journal.test_store import entry
from tests.wired import wired

SHOP = """
defaults: {tranzzo: shop}
profiles:
  shop: {provider: tranzzo, environment: test, currency: UAH, pos_id: p-1}
"""
SECRETS = {name: f"canary-{name}-1" for name in ("API_KEY", "API_SECRET", "ENDPOINTS_KEY")}
Machine = Callable[[str], None]


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a file the keyring of this process."""
    path = tmp_path / "keyring.json"
    monkeypatch.setattr(keyring, "_usual_backend", lambda: FileKeyring(path))
    return path


@pytest.fixture
def machine(config: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    """Return what writes profiles.yaml of a machine whose hosts answer and whose secrets are variables."""

    def write(text: str = SHOP) -> None:
        path = config / "profiles.yaml"
        path.write_text(text)
        path.chmod(0o600)

    config.chmod(0o700)
    (tmp_path / "state").mkdir(mode=0o700)
    for name, text in SECRETS.items():
        monkeypatch.setenv(f"PAYCLI_SHOP_{name}", text)
    wired(monkeypatch, lambda *_: answering(200))
    write()
    return write


def answering(status: int, ahead: float = 0) -> Callable[..., Answer]:
    """Return a host that answers with a status, by a clock that is ahead by so many seconds."""

    def exchange(*_: object, **__: object) -> Answer:
        told = format_datetime(datetime.now(UTC) + timedelta(seconds=ahead), usegmt=True)
        return Answer(status, {"date": told}, b"{}")

    return exchange


def asked(run: Any, *words: str) -> dict[tuple[str, str], dict[str, Any]]:
    """Return what doctor says, by check and subject."""
    rows = run("doctor", *words, "-o", "json").json
    assert {tuple(row) for row in rows} == {("check", "subject", "state", "message", "remedy")}
    return {(row["check"], row["subject"]): row for row in rows}


def findings(run: Any, *words: str) -> dict[str, str]:
    """Return the remedies of what is wrong, by what is."""
    ended = run("doctor", *words, "-o", "json")
    found = {row["message"]: row["remedy"] for row in ended.json if row["state"] == "finding"}
    assert (ended.code, bool(found)) in {(4, True), (0, False)}
    return found


def test_nothing_is_wrong_where_nothing_is_configured(run: Any) -> None:
    """Neither the absent files nor a keyring that nobody needs."""
    ended = run("doctor", "-o", "json")
    assert (ended.code, ended.err) == (0, "Nothing is wrong.\n")
    said = {row["check"]: row for row in ended.json}
    assert (said["keyring"]["state"], said["profiles"]["state"]) == ("note", "note")
    assert "paycli demo" in said["profiles"]["remedy"]


@pytest.mark.usefixtures("machine")
def test_nothing_is_wrong_on_a_sound_machine(run: Any, kept: Path) -> None:
    """And nothing is left in the keyring."""
    said = asked(run)
    assert {row["state"] for row in said.values()} == {"ok"}
    assert said["network", "cpay.tranzzo.com"]["message"].endswith(": shop")
    assert said["network", "api.tranzzo.com"]["state"] == "ok"
    assert said["secrets", "shop"]["message"].count("(variable)") == len(SECRETS)
    assert json.loads(kept.read_text()) == {}


@pytest.mark.usefixtures("machine", "kept")
def test_a_secret_is_never_shown(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor the password of a proxy, nor what a variable that nothing reads holds."""
    monkeypatch.setenv("HTTPS_PROXY", "http://clerk:canary-2@proxy.example:3128")
    monkeypatch.setenv("PAYCLI_SHOP_API_SECRT", "canary-3")
    monkeypatch.setenv("PAYCLI_OUTPUT", "canary-4")
    for form in ("json", "table", "csv"):
        ended = run("doctor", "-o", form)
        assert (ended.code, "canary" in ended.out + ended.err) == (4, False)


@pytest.mark.skipif(os.name != "posix", reason="file modes are those of POSIX")
@pytest.mark.usefixtures("machine")
def test_files_that_others_may_read_are_found(run: Any, config: Path, tmp_path: Path) -> None:
    """Each with the command that mends it; a directory that others may only look into is a note."""
    (config / "profiles.yaml").chmod(0o644)
    (tmp_path / "state").chmod(0o777)
    config.chmod(0o755)
    (tmp_path / "state" / "journal.db").touch(0o660)
    (tmp_path / "state" / "journal.db").chmod(0o660)
    (tmp_path / "state" / "answer-once.json").touch()
    (tmp_path / "state" / "answer-once.json").chmod(0o604)
    said = asked(run, "--offline")
    assert said["files", str(tmp_path / "state" / "answer-once.json")]["state"] == "finding"
    states = {path: said["files", str(path)]["state"] for path in (config, tmp_path / "state")}
    assert states == {config: "note", tmp_path / "state": "finding"}
    assert said["files", str(config / "profiles.yaml")]["remedy"] == f"chmod 600 {config / 'profiles.yaml'}"
    assert "change it" in said["files", str(tmp_path / "state" / "journal.db")]["message"]


@pytest.mark.skipif(os.name != "posix", reason="owners are those of POSIX")
@pytest.mark.usefixtures("machine")
def test_files_of_another_user_are_found(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever their mode."""
    monkeypatch.setattr("paycli.checkup.files.os.geteuid", lambda: os.getuid() + 1)
    found = findings(run, "--offline")
    assert [remedy.startswith("sudo chown") for remedy in found.values()] == [True]


@pytest.mark.usefixtures("machine")
def test_a_state_directory_that_cannot_be_written_is_found(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a journal no change is sent."""
    monkeypatch.setattr("paycli.checkup.files.os.access", lambda *_: False)
    assert any("no change is sent" in message for message in findings(run, "--offline"))


@pytest.mark.usefixtures("machine")
def test_what_nobody_may_look_at_is_a_finding(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """And no defect; the other checks go on."""

    def refuse(_path: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", refuse)
    monkeypatch.setattr("paycli.journal.disk.Disk.exists", refuse)
    assert [message.partition(":")[0] for message in findings(run, "--offline")] == [
        "cannot be looked at",
        "cannot be read",
    ]


def test_a_file_that_cannot_be_read_hides_nothing_else(run: Any, machine: Machine) -> None:
    """Variables, keyring and journal are looked at all the same."""
    machine("profiles:\n  shop: [\n")
    said = asked(run)
    assert [row["state"] for (check, _), row in said.items() if check == "profiles"] == ["finding"]
    assert {"files", "variables", "keyring", "journal", "versions"} <= {check for check, _ in said}


@pytest.mark.usefixtures("kept")
def test_each_profile_is_judged_by_itself(run: Any, machine: Machine) -> None:
    """One that is wrong, one that lacks something, one that can move money, and defaults that lead nowhere."""
    machine(
        "defaults: {tranzzo: gone, tora: shop, tarnzzo: shop}\nprofiles:\n"
        "  shop: {provider: tranzzo, environment: test, pos_id: p-1}\n"
        "  bad: {provider: tranzzo, confirm_above: abc}\n"
        "  bare: {provider: tora, username: me}\n"
        "  money: {provider: tranzzo, access: write, pos_id: p-1}\n"
    )
    ended = run("doctor", "-o", "json", "--offline")
    rows = [row for row in ended.json if row["check"] == "profiles"]
    assert {row["subject"]: row["state"] for row in rows} == {
        "shop": "ok", "bad": "finding", "bare": "finding", "money": "note", "defaults": "finding"
    }  # fmt: skip
    told = " ".join(row["message"] for row in rows)
    for part in ("line 4", "no base_url", "live with access: write", "not there", "is for tranzzo", "is no provider"):
        assert part in told
    missing = {row["subject"]: row["remedy"] for row in ended.json if row["check"] == "secrets" if row["remedy"]}
    assert missing["bare"] == "paycli secrets set bare; or set PAYCLI_BARE_PASSWORD"


@pytest.mark.usefixtures("machine")
def test_one_profile_can_be_asked_for(run: Any) -> None:
    """A built-in one, too; one that is not there is a finding."""
    assert ("profiles", "sandbox-tora") in asked(run, "-p", "sandbox-tora")
    assert list(findings(run, "-p", "shp", "--offline").values()) == ["did you mean shop?"]


@pytest.mark.usefixtures("machine")
def test_a_keyring_that_is_needed_and_cannot_be_used_is_a_finding(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """With what to do on a machine without a desktop; storing secrets in it is not proposed."""
    monkeypatch.delenv("PAYCLI_SHOP_API_SECRET")
    found = findings(run, "--offline")
    assert sorted(message.partition(".")[0] for message in found) == ["The keyring keyring", "lacks api_secret"]
    assert found["lacks api_secret"] == "set PAYCLI_SHOP_API_SECRET"
    assert any("without a desktop" in remedy for remedy in found.values())


class Forgetful(FileKeyring):
    """Takes everything and gives nothing back."""

    def get_password(self, _service: str, _user: str) -> str | None:
        return None


class Clinging(FileKeyring):
    """Deletes nothing."""

    def delete_password(self, _service: str, _user: str) -> None:
        return


class Deaf(FileKeyring):
    """Never answers."""

    def set_password(self, _service: str, _user: str, _password: str) -> None:
        threading.Event().wait(30)


@pytest.mark.parametrize(
    "kind,told", [(Forgetful, "does not give back"), (Clinging, "keeps what was deleted"), (Deaf, "did not answer")]
)
def test_a_keyring_that_does_not_do_its_work_is_told(tmp_path: Path, kind: type[FileKeyring], told: str) -> None:
    """Within its time."""
    problem = tried(Keyring(backend=lambda: kind(tmp_path / "keyring.json"), patience=(0.05, 0.05)))
    assert problem
    assert told in problem.message


@pytest.mark.usefixtures("machine")
def test_what_wins_over_what_is_told(run: Any, kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A variable over the file, over the keyring, over its own _FILE, and over `defaults`."""
    held = {"secrets": {"api_key": "stored-1"}, "hosts": ["https://api.tranzzo.com", "https://cpay.tranzzo.com"]}
    kept.write_text(json.dumps({"shop": json.dumps(held)}))
    for name, text in {"SHOP_CURRENCY": "EUR", "SHOP_CURRENCY_FILE": "/x", "PROFILE": "shop"}.items():
        monkeypatch.setenv(f"PAYCLI_{name}", text)
    rows = run("doctor", "--offline", "-o", "json").json
    told = "\n".join(row["message"] for row in rows if row["state"] == "note")
    for part in ("profiles.yaml, line 4", "PAYCLI_SHOP_CURRENCY_FILE", "api_key in the keyring", "wherever -p is not"):
        assert part in told


@pytest.mark.parametrize(
    "name,remedy",
    [
        ("PAYCLI_SHOP_ACESS", "did you mean PAYCLI_SHOP_ACCESS?"),
        ("PAYCLI_PROFIL", "did you mean PAYCLI_PROFILE?"),
        ("PAYCLI_OTHER_PASSWORD", "unset PAYCLI_OTHER_PASSWORD; see: paycli help environment"),
    ],
)
@pytest.mark.usefixtures("machine")
def test_a_variable_that_nothing_reads_is_found(
    run: Any, monkeypatch: pytest.MonkeyPatch, name: str, remedy: str
) -> None:
    """With the one that was probably meant; an empty one counts as not set."""
    monkeypatch.setenv(name, "x")
    monkeypatch.setenv("PAYCLI_NONSENSE", "")
    said = asked(run, "--offline")
    assert said["variables", name]["state"] == "finding"
    assert said["variables", name]["remedy"] == remedy
    assert ("variables", "PAYCLI_NONSENSE") not in said


@pytest.mark.usefixtures("machine")
def test_the_variable_of_a_time_limit_is_one_that_is_read(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Though its field stands one deeper in the file."""
    monkeypatch.setenv("PAYCLI_SHOP_TIMEOUT_READ", "20")
    said = asked(run, "--offline")
    assert ("variables", "PAYCLI_SHOP_TIMEOUT_READ") not in said


def test_every_variable_of_the_topic_is_one_that_is_read() -> None:
    """What `help environment` names is no finding."""
    from paycli.checkup.variables import READ
    from paycli.tools.topics import ENVIRONMENT

    assert {name for name in ENVIRONMENT.split() if name.startswith("PAYCLI_") and "<" not in name} - {
        "PAYCLI_CI_PROVIDER=tranzzo"
    } == set(READ)


@pytest.mark.parametrize(
    "sentence,remedy",
    [
        ("the certificate of cpay.tranzzo.com is not valid: it expired", "ca_bundle"),
        ("no secure connection to cpay.tranzzo.com", "TLS 1.2"),
        ("the name service does not know cpay.tranzzo.com", "firewall or VPN"),
        ("no connection within the time allowed (cpay.tranzzo.com)", "firewall or VPN"),
    ],
)
@pytest.mark.usefixtures("machine")
def test_a_host_that_cannot_be_reached_is_found(
    run: Any, monkeypatch: pytest.MonkeyPatch, sentence: str, remedy: str
) -> None:
    """With what is wrong by name; every host is asked once."""
    wired(monkeypatch, lambda *_: lambda *_, **__: Fault(sentence, may_have_left=False))
    found = findings(run)
    assert list(found) == [f"{sentence}: shop"]
    assert remedy in found[f"{sentence}: shop"]


@pytest.mark.usefixtures("machine")
def test_a_host_that_is_somebody_elses_is_found(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the provider has a read for it; of another host any answer serves."""
    wired(monkeypatch, lambda *_: answering(404))
    said = asked(run)
    assert said["network", "cpay.tranzzo.com"]["remedy"] == "look at base_url: paycli profiles show shop"
    assert said["network", "api.tranzzo.com"]["state"] == "ok"


@pytest.mark.usefixtures("machine")
def test_a_host_is_reached_without_credentials(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """They belong to nobody before it is known who is there; and offline means that nothing is sent."""
    came: list[tuple[Any, ...]] = []

    def exchange(*request: Any, **_: Any) -> Answer:
        came.append(request)
        return Answer(200)

    wired(monkeypatch, lambda *_: exchange)
    asked(run, "--offline")
    assert came == []
    asked(run)
    assert sorted(method for method, *_ in came) == ["GET", "HEAD"]
    assert {tuple(sent) for _, _, sent, _ in came} == {("Accept",)}


@pytest.mark.usefixtures("machine")
def test_the_proxy_of_each_host_is_told(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where it comes from, and what to do when it is the proxy that fails."""
    monkeypatch.setenv("HTTPS_PROXY", "http://clerk:word@proxy.example:3128")
    monkeypatch.setenv("NO_PROXY", "api.tranzzo.com")
    wired(monkeypatch, lambda *_: lambda *_, **__: Fault("the proxy refused", may_have_left=False))
    said = asked(run)
    through = {subject: row["message"] for (check, subject), row in said.items() if check == "proxies"}
    assert through == {"cpay.tranzzo.com": "through proxy.example:3128 (HTTPS_PROXY)"}
    assert said["network", "cpay.tranzzo.com"]["remedy"].endswith("NO_PROXY=cpay.tranzzo.com")
    assert "VPN" in said["network", "api.tranzzo.com"]["remedy"]


@pytest.mark.parametrize("address", ["socks5://u:canary@127.0.0.1:9", "http://", "http://x:0", "http://[::"])
@pytest.mark.usefixtures("machine")
def test_a_proxy_that_is_none_is_found_and_nothing_is_sent(
    run: Any, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    """By doctor, and as a configuration error by every command."""
    monkeypatch.setenv("HTTPS_PROXY", address)
    said = asked(run, "--offline")
    assert said["proxies", "HTTPS_PROXY"]["state"] == "finding"
    ended = run("tranzzo", "health")
    assert (ended.code, "canary" in ended.err) == (4, False)


def test_a_host_that_never_comes_back_is_left_behind() -> None:
    """The name service has no time limit of ours."""
    profile = Profiles(parse_profiles(SHOP.encode(), Path("profiles.yaml")), {}).profile("shop")
    errand = network.Errand(Question("HEAD", "https://slow.example"), profile, ["shop"])

    def never(*_: object, **__: object) -> Answer:
        threading.Event().wait(30)
        return Answer(200)

    network.run([errand], lambda _declared: lambda _profile, _total: never, limit=0.05)
    (note,) = network.network([errand])
    assert (note.state, note.message) == ("finding", "no answer within 10 s: shop")


def clock_of(*ahead: float, host: str = "far.example") -> Any:
    """Return what is said of a clock that is ahead of some hosts by so many seconds."""
    profile = Profiles(parse_profiles(SHOP.encode(), Path("profiles.yaml")), {}).profile("shop")
    now = datetime(2026, 3, 2, 9, 15, tzinfo=UTC)
    made = []
    for number, seconds in enumerate(ahead):
        question = Question("HEAD", f"https://{host.replace('far', f'far{number}')}")
        told = Answer(200, {"date": format_datetime(now - timedelta(seconds=seconds), usegmt=True)})
        made.append(network.Errand(question, profile, ["shop"], Reached(question, told, now)))
    (note,) = network.clock(made)
    return note


@pytest.mark.parametrize(
    "ahead,state,told",
    [
        ((4.0,), "ok", "agrees"),
        ((90.0,), "finding", "is 90 s ahead of far0.example"),
        ((-7200.0,), "finding", "is 2:00:00 behind far0.example"),
        ((7200.0, 1.0), "ok", "agrees with far1.example"),
        ((), "note", "not compared"),
    ],
)
def test_the_clock_is_compared_with_the_nearest_hosts(ahead: tuple[float, ...], state: str, told: str) -> None:
    """One that is wrong itself proves nothing as long as another agrees."""
    note = clock_of(*ahead)
    assert (note.state, told in note.message) == (state, True)
    assert note.state != "finding" or "No provider's signature holds the time" in note.message


def test_a_server_on_this_machine_does_not_prove_its_clock() -> None:
    """It goes by the same one; nor does a Date that is none."""
    assert clock_of(0.0, host="127.0.0.1:8700").state == "note"
    now = datetime(2026, 3, 2, 9, 15, tzinfo=UTC)
    for wrong in ("yesterday", ""):
        assert Reached(Question("HEAD", "https://x"), Answer(200, {"date": wrong}), now).ahead is None


@pytest.mark.usefixtures("machine")
def test_what_is_open_is_a_note_and_what_is_damaged_a_finding(run: Any, tmp_path: Path) -> None:
    """Read only: nothing of it is settled or mended."""
    journal = Journal(tmp_path / "state")
    first = journal.claim(lambda book: entry("a", owner=book.owner()))
    journal.update(replace(first, state=SENDING))
    journal.update(replace(first, state=UNKNOWN))
    journal.close()
    said = asked(run, "--offline")
    assert (said["journal", "open entries"]["state"], said["journal", "entries"]["state"]) == ("note", "ok")
    assert said["journal", "open entries"]["message"].startswith("1 unknown")
    with sqlite3.connect(tmp_path / "state" / "journal.db") as database:
        database.execute("UPDATE entries SET entry = replace(entry, '12.50', '1.50')")
    database.close()
    damaged = asked(run, "--offline")["journal", "entries"]
    assert (damaged["state"], "a is not as it was written" in damaged["message"]) == ("finding", True)
    (tmp_path / "state" / "journal.db").write_bytes(b"no database")
    assert any("cannot be read" in message for message in findings(run, "--offline"))


def test_a_table_fits_80_columns_and_keeps_commands_whole(
    run: Any, machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In groups, what is right in a line and what is not with its remedy below."""
    monkeypatch.setattr("paycli.tools.doctor.width_of", lambda _: 80)
    machine("profiles:\n  money: {provider: tranzzo, access: write, pos_id: p-1}\n")
    lines = run("doctor", "-o", "table", "--offline").out.splitlines()
    assert "profiles" in lines
    assert "  note    money: tranzzo, live with access: write: it can move real money" in lines
    assert "          -> if it should only look: paycli profiles set money access read" in lines
    assert [line for line in lines if len(line) > 80 and "/" not in line] == []


def test_findings_end_with_a_sentence_of_how_many(run: Any, machine: Machine) -> None:
    """As JSON too, the last line of standard error."""
    machine("profiles: {}\nother: 1\n")
    ended = run("doctor", "-o", "json", "--offline")
    assert (ended.code, ended.error["kind"], ended.error["message"]) == (4, "configuration", "1 finding.")
