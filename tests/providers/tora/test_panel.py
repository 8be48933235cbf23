"""What a person reads before real money moves, and what limits can know of it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.providers.tora.conftest import USER, answering

BILL = [{"productCode": "N", "productName": "Ύδρευση", "commission": "90", "options": []}]
ROUTES = """    routes:
      topups create: POST /topups
      bills show: "GET /payments/{paymentCode}"
      bills pay: POST /payments
      bills capture: "POST /payments/{id}/capture"
      transactions show: "GET /transactions/{id}"
"""
PAY = ("tora", "bills", "pay", "55", "--product-code", "N", "--amount", "41.05", "--phone", "2101234567")
STATE = {"id": "8", "type": "BP", "amount": 4195, "status": "pending"}
ANSWERS = {
    "/topups": {"id": "7"},
    "/payments": {"id": "8"},
    "/payments/55": BILL,
    "/transactions/8": STATE,
    "/payments/8/capture": {},
}


@pytest.fixture
def live(config: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Return what writes a live profile with routes and more lines."""

    def write(address: str, more: str = "") -> None:
        path = config / "profiles.yaml"
        fields = f"    provider: tora\n    access: write\n    base_url: {address}\n    username: shop\n"
        path.write_text(f"profiles:\n  live:\n{fields}{more}{ROUTES}")
        path.chmod(0o600)
        monkeypatch.setenv("PAYCLI_LIVE_PASSWORD", USER["PASSWORD"])

    return write


@pytest.mark.parametrize(
    "words,told",
    [
        (("tora", "topups", "create", "MEL10"), ("tora topups create MEL10", "as the provider prices it", "LIVE")),
        (("tora", "topups", "create", "MEL10", "--reference", "R-1"), ("tora topups create MEL10 R-1",)),
        (PAY, ("tora bills pay N 55", "41.05 EUR", "a bill of Ύδρευση", "0.90 EUR, 41.95 EUR in all")),
        (("tora", "bills", "capture", "8"), ("tora bills capture 8", "41.95 EUR", "BP of 41.95 EUR: pending")),
    ],
)
def test_the_panel_tells_what_moves(
    run: Any, live: Callable[..., None], words: tuple[str, ...], told: tuple[str, ...]
) -> None:
    """And without --yes, where nobody can be asked, nothing is sent."""
    with answering(ANSWERS) as host:
        live(host.address)
        refused = run(*words)
        assert (refused.code, [came for came in host.came if came.method != "GET"]) == (10, [])
        ended = run(*words, "--yes")
    assert ended.code == 0, ended.err
    assert [part for part in told if part not in refused.err] == []


def test_limits_count_cents_as_euros(run: Any, live: Callable[..., None]) -> None:
    """A bill above the limit is refused; a topup, whose price nobody told, too."""
    with answering(ANSWERS) as host:
        live(host.address, "    limits: {pay: {per_operation: 41.04}, topup: {per_day: 100}}\n")
        over, unknown = run(*PAY, "--yes"), run("tora", "topups", "create", "MEL10", "--yes")
    assert (over.code, unknown.code) == (10, 10)
    assert "the limit of pay is 41.04" in over.err
    assert "how much this moves cannot be told" in unknown.err
    assert [came.method for came in host.came] == ["GET"]


def test_a_payment_code_may_look_like_a_card_number(run: Any, live: Callable[..., None]) -> None:
    """It is an identifier, as is a reference; an option's value is free text and may not."""
    code = "4000000000000002"
    with answering({f"/payments/{code}": BILL, "/payments": {"id": "8"}}) as host:
        live(host.address)
        pay = ("tora", "bills", "pay", code, *PAY[4:], "--yes")
        assert run(*pay, "--reference", code).code == 0
        refused = run(*pay, "--again", "--option", f"note={code}")
    assert (refused.code, code in refused.err) == (2, False)


def test_a_raw_payment_is_held_against_the_bill_too(run: Any, live: Callable[..., None]) -> None:
    """Whatever way it takes, what the bill wants is checked before it goes."""
    wanted = [{**BILL[0], "options": [{"key": "due", "required": True, "type": "DATE", "header": "Λήξη"}]}]
    fields = ("-f", "paymentCode=55", "-f", "productCode=N", "-f", "paymentAmount:=4105", "-f", "phone=2101234567")
    with answering({"/payments/55": wanted, "/payments": {"id": "8"}}) as host:
        live(host.address)
        refused = run("api", "live", "POST", "/payments", *fields, "--yes")
        dated = '[{"key": "due", "value": "2026-03-31"}]'
        ended = run("api", "live", "POST", "/payments", *fields, "-f", f"options:={dated}", "--yes")
    assert (refused.code, "the bill wants due" in refused.err) == (2, True)
    assert (ended.code, [came.method for came in host.came]) == (0, ["GET", "GET", "POST"])
    assert "41.05 EUR" in ended.err
