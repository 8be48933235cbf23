"""Rows for one signed look-up: HTTPie gets the same bytes without having to sign."""

import json
import subprocess
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from paycli.sandbox.tranzzo.access import API_KEY, API_SECRET, ENDPOINTS_KEY, POS_ID
from tests.benchmarks.measuring import Command
from tests.benchmarks.rows import Contest, Row, paycli, peer, require
from tests.helpers import isolated, serve_sandbox
from tests.sandbox.tranzzo_shop import CARD, PAYMENT, signed
from tests.serving import Answered, serve

ORDER = "A-1001"
SECRETS = {"api_key": API_KEY, "api_secret": API_SECRET, "endpoints_key": ENDPOINTS_KEY}
PROFILES = "profiles:\n  shop: {{provider: tranzzo, environment: test, pos_id: {pos}, base_url: '{address}/tranzzo'}}\n"
UNLOCKED = """
printf pw | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1
echo "$DBUS_SESSION_BUS_ADDRESS"
cat >/dev/null
"""


def ask(address: str, path: str, body: Mapping[str, object] | None = None) -> bytes:
    """Return what a served sandbox answers to a signed request."""
    raw = json.dumps(body).encode() if body else b""
    url = f"{address}/tranzzo{path}"
    request = urllib.request.Request(url, raw or None, signed(raw))  # noqa: S310 the sandbox, on loopback
    with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310 the same
        content: bytes = answer.read()
    return content


def variables(address: str) -> dict[str, str]:
    """Return the variables of a profile at a served sandbox, secrets included."""
    facts = {"provider": "tranzzo", "environment": "test", "pos_id": POS_ID, "base_url": f"{address}/tranzzo"}
    return {f"PAYCLI_SHOP_{name.upper()}": value for name, value in {**facts, **SECRETS}.items()}


@contextmanager
def order(home: Path) -> Iterator[tuple[str, tuple[Command | None, str]]]:
    """Yield the address of a sandbox that has an order, and HTTPie getting the same bytes from elsewhere."""
    with serve_sandbox(home) as served:
        ask(served.address, PAYMENT, {**CARD, "order_id": ORDER})
        content = ask(served.address, f"/api/v1/pos/{POS_ID}/orders/{ORDER}")
        with serve(lambda _came: Answered(body=content)) as mirror:
            settings = home / "httpie"
            settings.mkdir(exist_ok=True)
            (settings / "config.json").write_text('{"disable_update_warnings": true}')
            line = ("http", "--ignore-stdin", "GET", f"{mirror.address}/api/v1/pos/{POS_ID}/orders/{ORDER}")
            httpie = Command(line, {"HOME": str(home), "HTTPIE_CONFIG_DIR": str(settings)})
            yield served.address, peer("http", httpie)


@contextmanager
def as_json(home: Path) -> Iterator[Contest]:
    """Show the order as JSON, secrets from variables."""
    with order(home) as (address, httpie):
        yield Contest(
            paycli(home, "tranzzo", "orders", "show", ORDER, "-o", "json", variables=variables(address)), *httpie
        )


@contextmanager
def as_table(home: Path) -> Iterator[Contest]:
    """Show the order as a table, secrets from variables."""
    with order(home) as (address, httpie):
        yield Contest(
            paycli(home, "tranzzo", "orders", "show", ORDER, "-o", "table", variables=variables(address)), *httpie
        )


@contextmanager
def from_keyring(home: Path) -> Iterator[Contest]:
    """Show the order as a table, the profile from its file and the secrets from gnome-keyring."""
    require("gnome-keyring-daemon", "dbus-run-session")
    with order(home) as (address, httpie), _unlocked(home) as session:
        profiles = home / "config" / "profiles.yaml"
        profiles.parent.mkdir(exist_ok=True)
        profiles.write_text(PROFILES.format(pos=POS_ID, address=address))
        profiles.chmod(0o600)
        show = _in_session(paycli(home, "tranzzo", "orders", "show", ORDER, "-o", "table"), session)
        for field, value in SECRETS.items():
            store = _in_session(paycli(home, "secrets", "set", "shop", field), session)
            subprocess.run(store.argv, env=store.variables, input=value, text=True, check=True, capture_output=True)
        yield Contest(show, *httpie)


def _in_session(command: Command, session: Mapping[str, str]) -> Command:
    kept = {name: value for name, value in command.variables.items() if name != "PYTHON_KEYRING_BACKEND"}
    return Command(command.argv, {**kept, **session})


@contextmanager
def _unlocked(home: Path) -> Iterator[dict[str, str]]:
    """Yield the variables of a session with an unlocked keyring of its own."""
    runtime = home / "runtime"
    runtime.mkdir(mode=0o700, exist_ok=True)
    environment = {**isolated(home), "PATH": "/usr/bin:/bin", "XDG_RUNTIME_DIR": str(runtime)}
    pipe = subprocess.PIPE
    holding = ["dbus-run-session", "--", "/bin/bash", "-c", UNLOCKED]
    with subprocess.Popen(holding, env=environment, stdin=pipe, stdout=pipe, text=True) as session:
        assert session.stdin
        assert session.stdout
        address = session.stdout.readline().strip()
        try:
            yield {"DBUS_SESSION_BUS_ADDRESS": address, "XDG_RUNTIME_DIR": str(runtime)}
        finally:
            session.stdin.close()


ROWS = (
    Row("look-up as JSON", "http GET, unsigned", 0.65, as_json),
    Row("look-up as a table", "http GET, unsigned", 0.85, as_table),
    Row("look-up from the keyring", "http GET, unsigned", 1.0, from_keyring),
)
