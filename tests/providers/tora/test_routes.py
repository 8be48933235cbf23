"""Routes that a profile replaces: assumed ones are refused on a live profile until it names them."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from paycli.operations.catalog import provider
from paycli.operations.operation import Effect, Request, Route
from paycli.operations.routes import check_route, matched, parse_route, routed
from paycli.tools.api import parts_of, raw_operation
from tests.providers.tora.conftest import USER, answering
from tests.providers.tora.test_contract import EXPECTATIONS

TORA = provider("tora")
OPERATIONS = TORA.load()
ASSUMED = [command for command, operation in OPERATIONS.items() if operation.route is Route.ASSUMED]
BY_COMMAND = {expected["command"]: expected for expected in EXPECTATIONS}


@pytest.fixture
def live(config: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Return what writes the only profile, a live one, with the lines of its routes."""

    def write(address: str, routes: str = "") -> None:
        fields = {"provider": "tora", "access": "write", "base_url": address, "username": "shop", "terminal_id": "7001"}
        lines = "".join(f"    {name}: {text}\n" for name, text in fields.items())
        path = config / "profiles.yaml"
        path.write_text(f"profiles:\n  live:\n{lines}{routes}")
        path.chmod(0o600)
        monkeypatch.setenv("PAYCLI_LIVE_PASSWORD", USER["PASSWORD"])

    return write


def typed(command: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the words of a command's expectation, with its standard input in place."""
    expected = BY_COMMAND[command]
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(expected.get("stdin", "").encode())))
    yes = ["--yes"] if OPERATIONS[command].changes else []
    return ["tora", *command.split(), *expected["typed"], *yes, "-o", "json"]


@pytest.mark.parametrize("command", ASSUMED)
def test_an_assumed_route_is_refused_on_a_live_profile(
    run: Any, live: Callable[..., None], monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    """Exit 10, reads too; the lines to add are printed, and nothing is sent."""
    with answering({}) as host:
        live(host.address)
        ended = run(*typed(command, monkeypatch))
    assert (ended.code, ended.error["kind"], host.came) == (10, "refused_here", [])
    block = [line for line in ended.error["next"].splitlines() if line.startswith("    ")]
    added = yaml.safe_load("\n".join(block))["routes"]
    assert added[command] == f"{OPERATIONS[command].verb} {OPERATIONS[command].path}"
    assert "paycli help profiles" in ended.error["next"]


def exported(run: Any, prefix: str) -> str:
    """Return the lines of export-routes, with other paths put in."""
    lines: str = run("operations", "export-routes", "tora").out
    return "".join(f"{line.replace(' /', f' {prefix}/', 1)}\n" for line in lines.splitlines())


def test_with_its_routes_a_live_profile_works(
    run: Any, live: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each of them, on the paths that the profile names."""
    routes = exported(run, "/v2")
    for command in ASSUMED:
        expected = BY_COMMAND[command]
        before = {f"/v2{path}": answer for path, answer in expected.get("before", {}).items()}
        with answering({**before, f"/v2{expected['path']}": expected["answer"]}) as host:
            live(host.address, routes)
            ended = run(*typed(command, monkeypatch), *(["--limit", "1"] if command == "transactions list" else []))
        assert ended.code == 0, (command, ended.err)
        assert all(came.path.startswith("/v2/") for came in host.came)
        assert expected["path"] in [came.path.partition("?")[0].removeprefix("/v2") for came in host.came]


def test_a_documented_route_needs_nothing_and_may_be_replaced(run: Any, live: Callable[..., None]) -> None:
    """The one that Tora's document names."""
    words = ("tora", "elaiko", "request", "L", "--mobile", "6900000001")
    with answering({"/elaiko/requests": {"requestId": "r-1"}, "/x": {"requestId": "r-2"}}) as host:
        live(host.address)
        assert run(*words, "-o", "id").out == "r-1\n"
        live(host.address, "    routes: {elaiko request: PUT /x}\n")
        assert run(*words, "-o", "id", "--request-id", "2").out == "r-2\n"
    assert host.came[-1].method == "PUT"


def test_a_change_needs_the_route_of_the_read_that_settles_it(run: Any, live: Callable[..., None]) -> None:
    """Both are printed; nothing is sent without the second."""
    with answering({}) as host:
        live(host.address, "    routes: {topups void: 'POST /t/{id}/void'}\n")
        ended = run("tora", "topups", "void", "7", "--yes", "-o", "json")
    assert (ended.code, host.came) == (10, [])
    assert "transactions show" in ended.error["next"]
    assert "topups void:" not in ended.error["next"]


def test_the_block_names_every_assumed_route_and_is_yaml(run: Any) -> None:
    """Ready to be put under a profile; a provider without any says so."""
    block = yaml.safe_load(run("operations", "export-routes", "tora").out)["routes"]
    assert block == {command: f"{OPERATIONS[command].verb} {OPERATIONS[command].path}" for command in ASSUMED}
    assert len(block) == 14
    none = run("operations", "export-routes", "toman")
    assert (none.code, none.out) == (0, "")
    assert run("operations", "export-routes", "tura").code == 2


@pytest.mark.parametrize(
    "line,told",
    [
        ("topup create: POST /v2/topups", "did you mean topups create"),
        ("topups create: POST v2/topups", "write a method and a path"),
        ("topups create: SEND /v2/topups", "the methods are"),
        ("topups create: POST //other.example/topups", "write a method and a path"),
        ("topups create: POST /v2/../topups", "no dot segments"),
        ("topups create: POST /v2/%2e%2e/topups", "no dot segments"),
        ("topups create: 'POST /v2/topups/{id}'", "exactly no placeholder"),
        ("bills show: GET /v2/bills", "exactly {paymentCode}"),
        ("bills show: 'GET /v2/bills/{payment_code}'", "exactly {paymentCode}"),
        ("bills show: 'GET /v2/{paymentCode}/{paymentCode}'", "exactly {paymentCode}"),
        ("bills show: 'GET /v2/bills?code={paymentCode}'", "stands in the path"),
        ("bills show: 'GET /v2/bills/{}'", "a whole name in braces"),
    ],
)
def test_a_wrong_route_is_told_with_its_line(run: Any, live: Callable[..., None], line: str, told: str) -> None:
    """Exit 4, whatever command of the profile runs."""
    live("https://tora.example", f"    routes:\n      {line}\n")
    ended = run("tora", "elaiko", "request", "L", "--mobile", "6900000001", "--yes")
    assert ended.code == 4
    assert "profiles.yaml, line 9: " in ended.err
    assert told in ended.err


def test_a_route_can_be_set_from_the_command_line(run: Any, live: Callable[..., None]) -> None:
    """Checked as it is in the file."""
    live("https://tora.example", "    routes: {topups products: GET /p}\n")
    assert run("profiles", "set", "live", "routes.bills show", "GET /b").code == 2
    shown = run("tora", "topups", "products", "--dry-run").json
    assert shown["url"] == "https://tora.example/p"


def test_api_knows_the_replaced_routes(run: Any, live: Callable[..., None]) -> None:
    """What matches a replaced route has that command's effect and target; the declared path is no longer its."""
    facts = {"routes.topups void": "DELETE /v9/t/{id}"}
    request = Request("DELETE", "base_url", "/v9/t/7%201")
    raw = raw_operation(TORA, request, "/v9/t/7%201", facts)
    assert (raw.effect, raw.kind, raw.retry.settled_by) == (Effect.MOVES_MONEY, "void", "transactions show")
    assert parts_of(TORA, request, facts) == {"id": "7 1"}
    old = raw_operation(TORA, Request("POST", "base_url", "/topups/7/void"), "/topups/7/void", facts)
    assert (old.effect, old.kind) == (Effect.WRITES, "raw")
    with answering({"/v9/t/7": {}, "/tx/7": {"id": "7", "type": "TOPUP", "amount": 500, "status": "captured"}}) as host:
        live(host.address, "    routes: {topups void: 'DELETE /v9/t/{id}', transactions show: 'GET /tx/{id}'}\n")
        ended = run("api", "live", "DELETE", "/v9/t/7", "--yes", "-o", "json")
    assert (ended.code, [came.path for came in host.came]) == (10, ["/tx/7"])
    assert "it is captured" in ended.error["message"]


def test_an_origin_stays_where_a_route_is_replaced() -> None:
    """The host of reports is another one."""
    start = provider("tranzzo").load("reports")["reports start"]
    check_route(start, "POST /r/start?x=1")
    changed = routed(start, {"routes.reports start": "POST /r/start?x=1"})
    assert (changed.method, changed.path) == ("POST", "{report_url}/r/start?x=1")
    assert routed(start, {}) is start
    assert parse_route("GET /a/{id}?b=c") == ("GET", "/a/{id}?b=c")
    assert matched(OPERATIONS["topups capture"], "/topups/a/b/capture") is None


def test_a_profile_without_a_host_says_so(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tora's document names none; a rehearsal shows the gap."""
    for name, text in {"PROVIDER": "tora", "ENVIRONMENT": "test", **USER}.items():
        monkeypatch.setenv(f"PAYCLI_CI_{name}", text)
    ended = run("tora", "topups", "products")
    assert ended.code == 4
    assert "has no base_url, and Tora documents none" in ended.err
    assert json.loads(run("tora", "topups", "products", "--dry-run").out)["url"] == "<base_url>/topups/products"
