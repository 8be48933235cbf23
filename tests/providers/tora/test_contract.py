"""Every route of Tora's document, as it says what is sent and what is answered: typed, sent, received, shown."""

import io
import json
import re
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from paycli.operations.catalog import provider
from tests.providers.tora.conftest import USER, answering
from tests.serving import Came, Host

DATA = Path(__file__).parents[2] / "data" / "tora_contract.json"
EXPECTATIONS: list[dict[str, Any]] = json.loads(DATA.read_text())
UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def as_documented(came: Came, expected: dict[str, Any]) -> None:
    """Compare a request with what the document says of it: nothing missing, nothing more."""
    split = urlsplit(came.path)
    assert (came.method, split.path) == (expected["method"], expected["path"])
    assert dict(parse_qsl(split.query)) == expected.get("query", {})
    assert (json.loads(came.body) if came.body else None) == expected.get("body")
    proof = b64encode(f"{USER['USERNAME']}:{USER['PASSWORD']}".encode()).decode()
    assert came.headers["authorization"] == f"Basic {proof}"
    assert came.headers.get("tora-terminal-id") == expected.get("terminal")
    assert bool(UUID.fullmatch(came.headers.get("tora-idempotency-key", ""))) is expected.get("keyed", False)


def carried_out(expected: dict[str, Any], host: Host, run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Type one command and compare what was sent and shown with the expectation."""
    stdin = io.TextIOWrapper(io.BytesIO(expected.get("stdin", "").encode()))
    monkeypatch.setattr("sys.stdin", stdin)
    once = ["--show-pin"] if expected["command"] == "topups create" else []
    ended = run("tora", *expected["command"].split(), *expected["typed"], *once, "-o", "json")
    assert ended.code == 0, ended.err
    mine = [came for came in host.came if urlsplit(came.path).path not in expected.get("before", {})]
    as_documented(mine[0], expected)
    assert ended.json == expected["answer"]


def test_every_route_of_the_document(
    run: Any,
    monkeypatch: pytest.MonkeyPatch,
    profile: Callable[[str], None],
    record_property: Callable[[str, object], None],
) -> None:
    """Fifteen, each against a host of its own."""
    done = 0
    for expected in EXPECTATIONS:
        pages = {"/transactions": lambda came: [] if "page=2" in came.path else EXPECTATIONS[11]["answer"]}
        with answering({**pages, **expected.get("before", {}), expected["path"]: expected["answer"]}) as host:
            profile(host.address)
            carried_out(expected, host, run, monkeypatch)
        done += 1
    record_property(f"contract of {len(EXPECTATIONS)} tora", done)
    assert done == len(EXPECTATIONS) == len(provider("tora").load()) == 15


def test_every_command_has_its_expectation() -> None:
    """One each."""
    assert sorted(expected["command"] for expected in EXPECTATIONS) == sorted(provider("tora").load())


BILL = ("bills", "pay", "1", "--product-code", "N", "--phone", "2101234567")
WRONG = [
    (*BILL, "--amount", "1200"),
    (*BILL, "--amount", "12.505"),
    (*BILL, "--amount", "0.00"),
    (*BILL, "--amount", "-1.00"),
    (*BILL, "--amount", "12,50"),
    BILL,
    ("bills", "pay", "1", "--product-code", "N", "--amount", "1.00"),
    ("bills", "pay", "1", "--phone", "2101234567", "--amount", "1.00"),
    (*BILL, "--amount", "1.00", "--option", "due"),
    (*BILL, "--amount", "1.00", "--option", "=x"),
    ("bills", "pay", "1", "--product-code", "N", "--amount", "1.00", "--phone", "call me"),
    ("topups", "create", "V", "--paysafecard-shop-id", "1"),
    ("topups", "create", "V", "--terminal-id", "T1"),
    ("topups", "create", "V", "--reference", ""),
    ("topups", "capture", ".."),
    ("elaiko", "request", "L", "--mobile", "6900000001", "--ending", "10"),
    ("elaiko", "request", "L", "--mobile", "6900000001", "--ending", "-1"),
    ("elaiko", "request", "L", "--mobile", "6900000001", "--thousand", "81"),
    ("elaiko", "request", "L", "--mobile", "6900000001", "--odd-or-even", "odd"),
    ("elaiko", "request", "L", "--mobile", "6900000001", "--odd-or-even", "ODD", "--ending", "1"),
    ("elaiko", "request", "L", "--mobile", "6900000001", "--odd-or-even", "EVEN", "--thousand", "1"),
    ("elaiko", "request", "L"),
    ("elaiko", "issue", "R-1"),
    ("transactions", "list", "--type", "TICKET"),
    ("transactions", "list", "--status", "pending"),
    ("transactions", "list", "--terminal-id", "T1"),
    ("transactions", "list", "--from", "2026-02-02", "--to", "2026-02-01"),
    ("transactions", "list", "--cancel-from", "2026-02-02", "--cancel-to", "2026-02-01"),
    ("reports", "start", "--type", "TRANSACTIONS"),
    ("reports", "start", "--trans-type", "ELAIKO"),
    ("reports", "start", "--format", "xlsx"),
    ("reports", "run", "--from", "2026-02-02", "--to", "2026-02-01"),
]


@pytest.mark.parametrize("words", WRONG, ids=" ".join)
def test_bad_input_is_refused_before_anything_is_sent(
    run: Any, profile: Callable[[str], None], words: tuple[str, ...]
) -> None:
    """Exit 2, for every limit that the document names."""
    with answering({}) as host:
        profile(host.address)
        ended = run("tora", *words)
        assert (ended.code, host.came) == (2, []), ended.err
