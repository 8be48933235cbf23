"""The rules of MobilePay's refunds in the sandbox, and what it makes for a request that needs something."""

import json
from datetime import timedelta
from typing import Any

import pytest

from paycli.sandbox.http import Call
from paycli.sandbox.mobilepay.merchant import ACCESS_TOKEN, BIO_CODE
from paycli.sandbox.mobilepay.routes import ROUTES, Route
from paycli.sandbox.world import NoSuchThingError
from tests.sandbox.desks import GUID, SIGNED, Desk

SAMPLES = {
    "amount": "12.50",
    "paymentId": GUID,
    "refundId": "22222222-2222-4333-8444-555555555555",
    "posId": "33333333-2222-4333-8444-555555555555",
    "storeId": "44444444-2222-4333-8444-555555555555",
    "refundOrderId": "R-1",
    "orderId": "A-1",
    "terminalId": "T-1001",
    "state": "Captured",
    "previousAccessToken": ACCESS_TOKEN,
}
CHANGES = {
    "create",
    "start",
    "byPosId",
    "prepare",
    "ready",
    "capture",
    "cancel",
    "token",
    "reset",
    "delete",
}


@pytest.fixture
def desk() -> Desk:
    """Return a till at an empty sandbox."""
    return Desk()


def captured(desk: Desk, amount: str = "100.00") -> str:
    """Return the id of a captured payment."""
    payment = desk.reserved(amount)
    assert desk.ask("/payment/capture", paymentId=payment, amount=amount)["success"]
    return payment


def refund(desk: Desk, payment: str, amount: str, **more: str) -> dict[str, Any]:
    """Create a refund."""
    return desk.ask("/refund/create", "POST", paymentId=payment, amount=amount, refundOrderId="R-1", **more)


def status(desk: Desk, refund_id: str) -> str:
    """Return a refund's state."""
    return str(desk.ask("/refund/details", refundId=refund_id)["refundDetails"]["status"])


def test_several_refunds_add_up_to_what_was_captured(desk: Desk) -> None:
    """And the same one sent twice pays twice."""
    payment = captured(desk)
    ids = [refund(desk, payment, "40")["refundId"] for _ in range(2)]
    assert desk.ask("/refunds", paymentId=payment)["refundsIds"] == ids
    assert refund(desk, payment, "20.01")["errors"][0].startswith("1367")
    desk.ask("/refund/cancel", refundId=ids[0])
    assert refund(desk, payment, "60")["success"]


def test_only_what_was_captured_is_refunded(desk: Desk) -> None:
    """Not what is reserved, and no more than the captured part of it."""
    payment = desk.reserved()
    assert refund(desk, payment, "1")["errors"][0].startswith("1354")
    desk.ask("/payment/capture", paymentId=payment, amount="80")
    assert refund(desk, payment, "80.01")["errors"][0].startswith("1367")
    assert refund(desk, payment, "80", currencyCode="EUR")["success"] is False
    assert refund(desk, payment, "80")["success"]


def test_a_refund_is_possible_for_ninety_days(desk: Desk) -> None:
    """After the capture."""
    payment = captured(desk)
    desk.sandbox.move(timedelta(days=90))
    assert refund(desk, payment, "1")["success"]
    desk.sandbox.move(timedelta(seconds=1))
    assert refund(desk, payment, "1")["errors"][0].startswith("1366")


def test_a_reserved_refund_captures_itself_after_a_day(desk: Desk) -> None:
    """So creating one moves money."""
    made = refund(desk, captured(desk), "10")["refundId"]
    desk.sandbox.move(timedelta(hours=24) - timedelta(seconds=1))
    assert status(desk, made) == "Reserved"
    desk.sandbox.move(timedelta(seconds=1))
    assert status(desk, made) == "ExpiredAndCaptured"
    assert desk.errors("/refund/cancel", refundId=made) == ["1352"]
    assert desk.errors("/refund/capture", refundId=made) == ["1351"]


def test_a_refund_is_captured_or_cancelled_once(desk: Desk) -> None:
    """Never both."""
    payment = captured(desk)
    first, second = (refund(desk, payment, "10")["refundId"] for _ in range(2))
    assert desk.ask("/refund/capture", refundId=first)["success"]
    assert desk.ask("/refund/cancel", refundId=second)["success"]
    assert [status(desk, one) for one in (first, second)] == ["Captured", "CancelledByClient"]
    assert desk.errors("/refund/capture", refundId=first) == ["1351"]
    assert desk.errors("/refund/capture", refundId=second) == ["1351"]
    assert desk.errors("/refund/cancel", refundId=first) == ["1352"]


def test_amounts_decide_what_becomes_of_a_refund(desk: Desk) -> None:
    """An amount in .51 finds the store's balance too low, one in .52 stays initiated until the bank reserves it."""
    payment = captured(desk)
    assert refund(desk, payment, "10.51")["errors"][0].startswith("1368")
    slow = refund(desk, payment, "10.52")["refundId"]
    assert desk.errors("/refund/capture", refundId=slow) == ["1351"]
    desk.act("reserve", slow)
    assert status(desk, slow) == "Reserved"
    with pytest.raises(NoSuchThingError):
        desk.act("reserve", slow)
    desk.act("expire", slow)
    assert status(desk, slow) == "ExpiredAndCaptured"


def test_a_refund_can_be_made_to_wait(desk: Desk) -> None:
    """For who asks the core for what is accepted and not finished."""
    body = json.dumps({"paymentId": captured(desk), "amount": "1", "refundOrderId": "R-1", **SIGNED}).encode()
    headers = {"content-type": "application/json"}
    call = Call("POST", "/api/pos/refund/create", {}, headers, body, pending=True)
    reply = desk.sandbox.providers["mobilepay"].handle(call)
    assert reply.executed
    assert status(desk, json.loads(reply.body)["refundId"]) == "Initiated"


@pytest.mark.parametrize("path", ["/refund/details", "/refund/capture", "/refund/cancel"])
def test_an_unknown_refund_is_told(desk: Desk, path: str) -> None:
    """With the upstream code."""
    assert desk.errors(path, refundId=GUID) == ["1004"]
    assert desk.errors("/refunds", paymentId=GUID) == ["1001"]


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.path)
def test_what_is_furnished_can_be_executed(desk: Desk, route: Route) -> None:
    """Every route answers well once what it names was made; changes say that they executed, reads that they did not."""
    fields = {name: SAMPLES[name] for name in route.needed}
    fields |= {"bioCode": BIO_CODE, **({"accessToken": ACCESS_TOKEN} if route.token else {})}
    desk.sandbox.furnish(Call("GET", f"/mobilepay{route.path}", fields))
    reply = desk.send("GET", route.path.removeprefix("/api/pos"), fields)
    reads = any(part in route.path for part in ("/checkInStatus/", "/id/retrieve/"))
    changes = not reads and route.path.rpartition("/")[2] in CHANGES
    assert (json.loads(reply.body)["success"], reply.executed) == (True, changes)


def test_furnishing_leaves_alone_what_exists(desk: Desk) -> None:
    """A captured payment is not made capturable again, a deleted point of sale does not come back to be deleted."""
    payment = captured(desk)
    call = Call("GET", "/mobilepay/api/pos/payment/capture", {"paymentId": payment, "amount": "5", **SIGNED})
    desk.sandbox.furnish(call)
    assert desk.state(payment) == "Captured"
    deletion = Call("GET", "/mobilepay/api/pos/manage/delete", {"terminalId": "T-1001", **SIGNED})
    for expected in (True, False):
        desk.sandbox.furnish(deletion)
        assert desk.ask("/manage/delete", terminalId="T-1001")["success"] is expected


def test_a_terminal_without_a_point_of_sale_is_furnished_with_one(desk: Desk) -> None:
    """Whatever its id; and a payment has a place even where every point of sale is gone."""
    fields = {"orderId": "A-1", "amount": "5", "terminalId": "T-55", **SIGNED}
    desk.sandbox.furnish(Call("GET", "/mobilepay/api/pos/payment/start", fields))
    assert desk.ask("/payment/start", orderId="A-1", amount="5", terminalId="T-55")["success"]
    for terminal in ("T-1001", "T-1002", "T-55"):
        desk.ask("/manage/delete", terminalId=terminal)
    desk.sandbox.furnish(Call("GET", "/mobilepay/api/pos/payment/status", {"paymentId": GUID, **SIGNED}))
    assert desk.state(GUID) == "Reserved"


def test_furnishing_frees_a_busy_point_of_sale(desk: Desk) -> None:
    """Another order's payment is accepted by its customer; the own order's stays."""
    other = desk.start(order="A-1")
    fields = {"orderId": "A-2", "amount": "5", "terminalId": "T-1001", **SIGNED}
    desk.sandbox.furnish(Call("GET", "/mobilepay/api/pos/payment/start", fields))
    assert desk.state(other) == "Reserved"
    own = desk.start(order="A-2")
    desk.sandbox.furnish(Call("GET", "/mobilepay/api/pos/payment/start", fields))
    assert desk.state(own) == "Initiated"


def test_the_sandboxs_own_doing_needs_no_credentials(desk: Desk) -> None:
    """Such as the operation of a colleague."""
    fields = {"orderId": "A-1", "amount": "5", "terminalId": "T-1001"}
    assert desk.send("POST", "/payment/start", fields).status == 401
    assert desk.send("POST", "/payment/start", fields, trusted=True).executed


def test_a_colleagues_equal_refund_has_a_reference_of_its_own(desk: Desk) -> None:
    """Also where ours was nothing but a mark."""
    payment = captured(desk)
    body = json.dumps({"paymentId": payment, "amount": "10", "refundOrderId": "pc-abcdefghij", **SIGNED}).encode()
    headers = {"content-type": "application/json"}
    desk.sandbox.handle("POST", "/mobilepay/api/pos/refund/create", {}, headers, body, "twin")
    ids = desk.ask("/refunds", paymentId=payment)["refundsIds"]
    shown = [desk.ask("/refund/details", refundId=one)["refundDetails"]["refundOrderId"] for one in ids]
    assert shown == ["pc-abcdefghij", "SOMEBODY-ELSE"]
