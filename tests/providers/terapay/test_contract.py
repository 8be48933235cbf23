"""Every command, as TeraPay's document describes its request: typed, sent, shown."""

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from paycli.operations.catalog import provider
from tests.providers.terapay.conftest import KEY, SECRET, LittleTeraPay

DATA = Path(__file__).parents[2] / "data" / "terapay_contract.json"
EXPECTATIONS: list[dict[str, Any]] = json.loads(DATA.read_text(), parse_float=Decimal)
PROVED_OTHERWISE = "/api/portal/login"


def carried_out(
    expected: dict[str, Any], run: Any, terapay: LittleTeraPay, typed_in: Callable[[str], None], where: Path
) -> None:
    """Type one command and compare what was sent and shown with the expectation."""
    for name, content in expected.get("files", {}).items():
        (where / name).write_text(content)
    if "before" in expected:
        terapay.put(f"GET {expected['before']['path']}", expected["before"]["answer"])
    headers = {"Set_Cookie": expected["set_cookie"]} if "set_cookie" in expected else {}
    answer = json.loads(json.dumps(expected.get("answer", {"id": "x-1"}), default=float))
    terapay.put(f"{expected['method']} {expected['path'].partition('?')[0]}", answer, **headers)
    typed_in(expected.get("stdin", ""))
    ended = run("terapay", *expected["typed"], "-o", "json")
    assert ended.code == 0, ended.err
    came = terapay.came()[-1]
    assert (came.method, came.path) == (expected["method"], expected["path"])
    assert (json.loads(came.body, parse_float=Decimal) if came.body else None) == expected.get("body")
    keyed = expected["path"] != PROVED_OTHERWISE
    assert [came.headers.get(name) for name in ("x-api-key", "x-api-secret")] == (
        [KEY, SECRET] if keyed else [None] * 2
    )
    if "set_cookie" not in expected:
        assert ended.json == expected.get("shown", answer)


@pytest.mark.parametrize("expected", EXPECTATIONS, ids=lambda one: one["title"])
def test_a_command_makes_the_documented_request(
    expected: dict[str, Any],
    run: Any,
    terapay: LittleTeraPay,
    typed_in: Callable[[str], None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Method, path, every field with its type, and nothing more."""
    monkeypatch.chdir(tmp_path)
    carried_out(expected, run, terapay, typed_in, tmp_path)


def test_every_command_has_its_expectation(
    run: Any,
    terapay: LittleTeraPay,
    typed_in: Callable[[str], None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    record_property: Callable[[str, object], None],
) -> None:
    """All 34, one after the other in one state directory."""
    monkeypatch.chdir(tmp_path)
    done = set()
    for expected in EXPECTATIONS:
        terapay.answers.clear()
        carried_out(expected, run, terapay, typed_in, tmp_path)
        done.add(" ".join(expected["typed"][:2]))
    record_property(f"contract of {len(EXPECTATIONS)} terapay", len(done))
    assert done == set(provider("terapay").load())
    assert len(done) == len(EXPECTATIONS) == 34


def test_amounts_leave_with_the_decimals_that_were_typed(run: Any, terapay: LittleTeraPay) -> None:
    """As JSON numbers in major units, never through a float."""
    assert run("terapay", "transfers", "bank", "001001123", "--amount", "12.50").code == 0
    [came] = terapay.came()
    assert came.body == b'{"accountNumber":"001001123","amount":12.50}'
