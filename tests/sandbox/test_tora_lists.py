"""What a shop reads at Tora's sandbox: transactions and reports."""

import json
import random
from datetime import timedelta

import pytest

from paycli.sandbox.core import Sandbox
from tests.sandbox.still import Still
from tests.sandbox.tora_shop import TOPUP, WATER, made, refusal, seen, send


@pytest.fixture
def sandbox() -> Sandbox:
    """Return an empty sandbox with a known clock and chance."""
    return Sandbox(Still(), random.Random(1))


def test_the_list_is_paged(sandbox: Sandbox) -> None:
    """Ten a page unless more is asked for, the newest first, nothing twice."""
    ids = [made(sandbox, "/topups", TOPUP)["id"] for _ in range(23)][::-1]
    pages = [[row["id"] for row in seen(sandbox, "/transactions", {"page": page})] for page in ("1", "2", "3", "4")]
    assert pages == [ids[:10], ids[10:20], ids[20:], []]
    assert [row["id"] for row in seen(sandbox, "/transactions", {"limit": "100"})] == ids


def test_the_list_is_filtered(sandbox: Sandbox) -> None:
    """By every field that the document names."""
    first = made(sandbox, "/topups", {**TOPUP, "confirm": False, "reference": "r-1"}, tora_terminal_id="7")["id"]
    sandbox.move(timedelta(hours=1))
    second = made(sandbox, "/payments", WATER)["id"]
    sandbox.move(timedelta(hours=1))
    made(sandbox, f"/topups/{first}/void")
    noon, ten = "2026-03-02T12:00:00+01:00", "2026-03-02T10:00:00Z"
    expected: dict[str, tuple[str, list[str]]] = {
        "type": ("BP", [second]),
        "mid": ("500123", [second, first]),
        "terminalId": ("7", [first]),
        "status": ("canceled", [first]),
        "reference": ("r-1", [first]),
        "from": (ten, [second]),
        "to": (ten, [first]),
        "cancelFrom": (noon, [first]),
        "cancelTo": (noon, []),
    }
    for name, (value, ids) in expected.items():
        assert (name, [row["id"] for row in seen(sandbox, "/transactions", {name: value})]) == (name, ids)
    assert seen(sandbox, "/transactions", {"mid": "another"}) == []


@pytest.mark.parametrize(
    "query",
    [
        {"limit": "9"},
        {"limit": "101"},
        {"page": "0"},
        {"page": "x"},
        {"type": "bp"},
        {"status": "pending"},
        {"from": "2026-03-02"},
        {"to": "2026-03-02T10:00:00"},
        {"terminalId": "T"},
        {"form": "x"},
    ],
)
def test_a_wrong_filter_is_refused(sandbox: Sandbox, query: dict[str, str]) -> None:
    """Limits, words, moments with their zone, and no other names."""
    assert refusal(send(sandbox, "GET", "/transactions", query=query)) == (400, "INVALID_QUERY")


def test_a_report_is_there_after_some_asking(sandbox: Sandbox) -> None:
    """Small letters in the request, capitals in the answer; the format is in the file's name."""
    reply = send(sandbox, "POST", "/reports", {"type": "transactions", "format": "excel", "status": ""})
    report = json.loads(reply.body)
    assert (reply.executed, report["type"], report["status"]) == (False, "TRANSACTIONS", "pending")
    assert report["filename"] == f"500123-TRANSACTIONS_{report['id']}.xlsx"
    states = [seen(sandbox, f"/reports/{report['id']}")["status"] for _ in range(4)]
    assert states == ["pending", "pending", "completed", "completed"]


def test_a_report_can_be_finished_by_hand(sandbox: Sandbox) -> None:
    """For people who do not want to wait."""
    report = json.loads(send(sandbox, "POST", "/reports", {"type": "actions"}).body)
    sandbox.act("tora", "finish", report["id"])
    assert seen(sandbox, f"/reports/{report['id']}")["status"] == "completed"
