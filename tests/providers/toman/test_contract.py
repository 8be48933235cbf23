"""Every route of Toman's document, as it says what is sent and what is answered: typed, sent, received, shown."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from paycli.operations.catalog import provider
from tests.providers.toman.service import CLIENT, USER, LittleToman, Reply, environment, serving

DATA = Path(__file__).parents[2] / "data" / "toman_contract.json"
EXPECTATIONS: list[dict[str, Any]] = json.loads(DATA.read_text())


def carried_out(expected: dict[str, Any], run: Any, toman: LittleToman, auth: LittleToman) -> None:
    """Type one command and compare what was sent and shown with the expectation."""
    if "answer" in expected:
        answer = json.loads(json.dumps(expected["answer"]).replace("{address}", toman.address))
        toman.put(expected["path"], Reply(expected.get("status", 200), answer))
    toman.put("/files/Shop_1404-12-01%2000%3A00%3A00_x7.xlsx", Reply(200, b"a made-up go"))
    ended = run("toman", *expected["typed"], "-o", "json")
    assert ended.code == 0, ended.err
    came = (toman.asked() if expected["at"] == "api" else auth.came)[0 if expected["at"] == "api" else -1]
    assert (came.method, came.path, came.query) == (expected["method"], expected["path"], "")
    if expected["at"] == "auth":
        assert came.form == expected["form"]
        assert came.headers["content-type"] == "application/x-www-form-urlencoded"
    else:
        assert came.bearer == "made-up-access-001"
        [signed_in] = auth.came
        assert signed_in.form == {**USER, **CLIENT, "grant_type": "password", "scope": expected["scope"]}
        assert came.body == (compact(expected["json"]) if "json" in expected else b"")
    shown = ended.json
    if "shown" in expected:
        assert {name: shown.get(name) for name in expected["shown"]} == expected["shown"]
    else:
        assert shown == expected["answer"].get("results", expected["answer"])


def compact(value: Any) -> bytes:
    """Return JSON as it is sent: without spaces, Persian as it is."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def test_every_route_of_the_document(
    run: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    """Eleven, each against an API and a token host of its own."""
    monkeypatch.chdir(tmp_path)
    done = 0
    for expected in EXPECTATIONS:
        with serving() as api, serving() as auth:
            variables = {**environment(api.address), "PAYCLI_CI_AUTH_URL": auth.address}
            for name, value in variables.items():
                monkeypatch.setenv(name, value)
            # The API takes the tokens that the other host gave.
            api.access = auth.access
            carried_out(expected, run, api, auth)
        done += 1
    record_property(f"contract of {len(EXPECTATIONS)} toman", done)
    assert done == len(EXPECTATIONS) == len(provider("toman").load())


def test_every_command_has_its_expectation() -> None:
    """And asks for the scope that the document names."""
    operations = provider("toman").load()
    known = {" ".join(one["typed"][: len(command.split())]): one for one in EXPECTATIONS for command in operations}
    assert {command: operations[command].scopes for command in operations} == {
        command: (known[command]["scope"],) if "scope" in known[command] else () for command in operations
    }


def test_hosts_follow_the_environment(run: Any) -> None:
    """Staging for test profiles, production for live ones; each API has a token host beside it."""
    live = run("toman", "login", "--dry-run").json["url"]
    assert live == "https://accounts.qbitpay.org/oauth2/token/"
    assert run("toman", "psps", "list", "--dry-run").json["url"] == "https://repigma.toman.ir/psps"


def test_a_test_profile_is_the_staging_one(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """And a base_url of one's own serves tokens too."""
    monkeypatch.setenv("PAYCLI_CI_PROVIDER", "toman")
    monkeypatch.setenv("PAYCLI_CI_ENVIRONMENT", "test")
    assert run("toman", "login", "--dry-run").json["url"] == "https://auth.qbitpay.org/oauth2/token/"
    assert run("toman", "psps", "list", "--dry-run").json["url"] == "https://repigma-staging.qcluster.org/psps"
    monkeypatch.setenv("PAYCLI_CI_BASE_URL", "https://own.example")
    assert run("toman", "login", "--dry-run").json["url"] == "https://own.example/oauth2/token/"
