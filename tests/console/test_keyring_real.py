"""paycli and a real Secret Service: gnome-keyring on a session bus of its own."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.helpers import isolated

pytestmark = pytest.mark.skipif(
    not (shutil.which("gnome-keyring-daemon") and shutil.which("dbus-run-session")),
    reason="needs gnome-keyring and dbus-run-session (Debian packages gnome-keyring, dbus); .ci/run installs them",
)

PROFILES = """
profiles:
  shop: {provider: tranzzo, environment: test, pos_id: p-1, base_url: "http://127.0.0.1:9"}
"""
COMMANDS = ("printf x1234567 | paycli secrets set shop api_key", "paycli secrets status", "paycli tranzzo check")
UNLOCK = "printf pw | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1"
STORE = (
    "for field in api_key api_secret endpoints_key; do printf 'canary-%s' $field | paycli secrets set shop $field; done"
)
LOCK = """python -c "
import secretstorage
secretstorage.get_default_collection(secretstorage.dbus_init()).lock()" """
HANG = """python -c "
import time
from jeepney import DBusAddress, new_method_call
from jeepney.io.blocking import open_dbus_connection
bus = open_dbus_connection(bus='SESSION')
name = DBusAddress('/org/freedesktop/DBus', 'org.freedesktop.DBus', 'org.freedesktop.DBus')
bus.send_and_get_reply(new_method_call(name, 'RequestName', 'su', ('org.freedesktop.secrets', 0)))
print('ready', flush=True)
time.sleep(60)" > ready & stub=$!
until grep -q ready ready; do sleep 0.05; done"""


@pytest.fixture
def session(tmp_path: Path) -> "Session":
    """Return a home with one profile."""
    config = tmp_path / "config"
    config.mkdir()
    (config / "profiles.yaml").write_text(PROFILES)
    (config / "profiles.yaml").chmod(0o600)
    return Session(tmp_path)


class Session:
    """Runs shell lines on a fresh session bus, in which ``paycli`` and ``python`` are the ones under test."""

    def __init__(self, home: Path) -> None:
        self.home = home

    def run(self, *lines: str, bus: bool = True) -> subprocess.CompletedProcess[str]:
        runtime = self.home / "run"
        runtime.mkdir(mode=0o700, exist_ok=True)
        environment = {
            **isolated(self.home),
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            "PYTHONPATH": str(Path(__file__).parent.parent.parent),
            "XDG_RUNTIME_DIR": str(runtime),
            **({} if bus else {"DBUS_SESSION_BUS_ADDRESS": f"unix:path={self.home}/none"}),
        }
        environment.pop("PYTHON_KEYRING_BACKEND")
        command = ["dbus-run-session", "--"] if bus else []
        script = "\n".join(lines) + "\ncode=$?\nkill $stub 2>/dev/null\npkill -P $$ 2>/dev/null\nexit $code"
        return subprocess.run(
            [*command, "/bin/bash", "-c", script],
            env=environment,
            cwd=self.home,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=50,
            check=False,
        )


def test_a_secret_is_stored_read_and_removed(session: Session) -> None:
    """And never shown."""
    ended = session.run(
        UNLOCK,
        STORE,
        "paycli secrets status -o csv",
        "paycli tranzzo refund A-1 --all --currency UAH -vv; echo sent $?",
        "paycli secrets delete shop api_key --yes; paycli secrets status -o csv",
        "paycli secrets delete shop --yes; paycli secrets status --query '[].source' -o ndjson",
    )
    assert ended.returncode == 0, ended.stderr
    assert "shop,api_secret,keyring,2" in ended.stdout
    assert "http://127.0.0.1:9" in ended.stdout
    assert "sent 6" in ended.stdout
    assert "shop,api_key,missing" in ended.stdout
    assert ended.stdout.endswith('"missing"\n"missing"\n"missing"\n')
    assert "canary" not in ended.stdout + ended.stderr


def test_no_other_backend_is_loaded(session: Session) -> None:
    """Loading every one there is takes longer than the rest of a look-up."""
    code = "from paycli.profiles.keyring import Keyring; import sys; print(Keyring().name(), *sys.modules, sep='\\n')"
    ended = session.run(UNLOCK, f'python -c "{code}"')
    assert ended.returncode == 0, ended.stderr
    printed = ended.stdout.splitlines()
    assert printed[0] == "keyring.backends.SecretService.Keyring"
    assert {name for name in printed if name.startswith("keyring.backends.")} == {
        "keyring.backends.fail",
        "keyring.backends.SecretService",
        "keyring.backends.SecretService.Keyring",
    }


def test_stored_secrets_go_to_no_other_host(session: Session) -> None:
    """Exit 4 until they are stored again."""
    ended = session.run(
        UNLOCK,
        STORE,
        "PAYCLI_SHOP_BASE_URL=https://elsewhere.test paycli tranzzo check",
    )
    assert ended.returncode == 4
    assert "not for https://elsewhere.test" in ended.stderr
    assert "paycli secrets set shop" in ended.stderr


@pytest.mark.parametrize("state", ["locked", "hanging", "absent"])
def test_a_keyring_that_cannot_be_used_ends_within_its_time(session: Session, state: str) -> None:
    """With a sentence and exit 4, whatever the command; all are run at once, for most of the time they wait."""
    before = {
        "locked": f"{UNLOCK}\nprintf y1234567 | paycli secrets set shop api_key\n{LOCK}",
        "hanging": HANG,
        "absent": "",
    }
    lines = [
        f"({command}) > shown-{number} 2> told-{number} & all[{number}]=$!" for number, command in enumerate(COMMANDS)
    ]
    ends = [f"wait ${{all[{number}]}}; echo $?" for number in range(len(COMMANDS))]
    ended = session.run(before[state], "SECONDS=0", *lines, *ends, "echo took $SECONDS", bus=state != "absent")
    told = {"locked": "locked", "hanging": "did not answer within 3 seconds", "absent": "is refused"}
    for number, command in enumerate(COMMANDS):
        text = (session.home / f"told-{number}").read_text()
        assert (told[state] in text, "Traceback" in text) == (True, False), f"{command}: {text}"
    codes, _, took = ended.stdout.rpartition("took ")
    assert codes.split()[-3:] == ["4", "4", "4"], ended.stderr
    assert int(took) < 20


def test_two_processes_storing_at_once_lose_nothing(session: Session) -> None:
    """A lock between processes."""
    started = time.monotonic()
    ended = session.run(
        UNLOCK,
        STORE.replace("; done", " & done; wait"),
        "paycli secrets status --query '[].source' -o ndjson",
    )
    assert ended.stdout == '"keyring"\n"keyring"\n"keyring"\n', ended.stderr
    assert time.monotonic() - started < 40
