"""The rules of MobilePay's payments in the sandbox."""

import copy
import json
from datetime import timedelta

import pytest

from paycli.sandbox.http import Call
from paycli.sandbox.mobilepay.routes import ROUTES
from paycli.sandbox.world import NoSuchThingError
from tests.helpers import Served
from tests.sandbox.desks import GUID, SIGNED, Desk


@pytest.fixture
def desk() -> Desk:
    """Return a till at an empty sandbox."""
    return Desk()


def test_there_are_thirty_five_routes() -> None:
    """As many as the document lists."""
    assert sum(len(route.methods) for route in ROUTES) == 35


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_payment_starts_by_either_method(desk: Desk, method: str) -> None:
    """Both twins do the same, and say that they executed."""
    fields = {"orderId": "A-1", "amount": "27.06", "terminalId": "T-1001", "currencyCode": "EUR", **SIGNED}
    reply = desk.send(method, "/payment/start", fields)
    answer = json.loads(reply.body)
    assert (reply.status, reply.executed, answer["success"], answer["errors"]) == (200, True, True, [])
    shown = desk.ask("/payment/details", paymentId=answer["paymentId"])["paymentDetails"]
    assert (shown["amount"], shown["currencyCode"], shown["status"]) == (27.06, "EUR", "Initiated")


def test_the_currency_is_the_crown_unless_said(desk: Desk) -> None:
    """It may be left out."""
    assert desk.ask("/payment/details", paymentId=desk.start())["paymentDetails"]["currencyCode"] == "DKK"


def test_a_customer_who_is_there_gets_the_payment_at_once(desk: Desk) -> None:
    """Checked in before, or after."""
    desk.act("check-in", "T-1001")
    assert desk.ask("/manage/checkInStatus/byterminalId", terminalId="T-1001")["checkInInformation"]["isUserCheckedIn"]
    assert desk.state(desk.start()) == "IssuedToUser"
    late = desk.start(terminal="T-1002")
    assert desk.state(late) == "Initiated"
    desk.act("check-in", "T-1002")
    assert desk.state(late) == "IssuedToUser"


def test_a_prepared_payment_gets_its_amount_later(desk: Desk) -> None:
    """Prepared, paired, issued, reserved, captured."""
    payment = desk.ask("/payment/prepare", "POST", orderId="A-2", terminalId="T-1001")["paymentId"]
    more = {"orderId": "A-2", "terminalId": "T-1001", "paymentId": payment, "amount": "12.5"}
    with pytest.raises(NoSuchThingError):
        desk.act("reserve", payment)
    desk.act("pair", payment)
    assert desk.state(payment) == "Paired"
    assert desk.ask("/payment/ready", "POST", **more)["success"]
    assert desk.state(payment) == "IssuedToUser"
    assert desk.errors("/payment/ready", "POST", **more) == ["1303"]
    desk.act("reserve", payment)
    assert desk.ask("/payment/capture", paymentId=payment, amount="12.50")["success"]


def test_ready_before_the_customer_comes_is_an_initiated_payment(desk: Desk) -> None:
    """Nobody is there to whom it could be issued; and its order and terminal have to be the payment's."""
    payment = desk.ask("/payment/prepare", orderId="A-2", terminalId="T-1001")["paymentId"]
    more = {"terminalId": "T-1001", "paymentId": payment, "amount": "12.50"}
    assert desk.ask("/payment/ready", orderId="A-3", **more)["success"] is False
    assert desk.ask("/payment/ready", orderId="A-2", **more)["success"]
    assert desk.state(payment) == "Initiated"


def test_one_payment_is_active_at_a_point_of_sale(desk: Desk) -> None:
    """Until it is reserved or over; another point of sale is free."""
    payment = desk.start()
    again = {"orderId": "A-9", "amount": "1", "terminalId": "T-1001"}
    assert desk.errors("/payment/start", **again) == ["1301"]
    assert desk.errors("/payment/prepare", orderId="A-9", terminalId="T-1001") == ["1301"]
    desk.start(terminal="T-1002")
    desk.act("reserve", payment)
    assert desk.ask("/payment/start", **again)["success"]


def test_a_point_of_sale_is_named_by_its_id_too(desk: Desk) -> None:
    """As the terminal's information tells it."""
    point = desk.ask("/manage/terminal/information", terminalId="T-1001")["posInformation"]["posId"]
    started = desk.ask("/payment/start/byPosId", "POST", orderId="A-1", amount="5", posId=point)
    found = desk.ask("/payment/id/retrieve/byposId", orderId="A-1", posId=point)
    assert found["paymentId"] == started["paymentId"]
    assert desk.ask("/manage/checkInStatus/byposId", posId=point)["checkInInformation"] == {
        "isUserCheckedIn": False,
        "pollDelayInMs": 1000,
    }
    assert desk.errors("/payment/start/byPosId", orderId="A-1", amount="5", posId=GUID) == ["1000"]
    assert desk.errors("/manage/checkInStatus/byposId", posId=GUID) == ["1000"]


def test_only_a_reserved_payment_is_captured(desk: Desk) -> None:
    """And at most what is reserved."""
    payment = desk.start()
    assert desk.errors("/payment/capture", paymentId=payment, amount="100") == ["1304"]
    desk.act("reserve", payment)
    assert desk.errors("/payment/capture", paymentId=payment, amount="100.01") == ["1305"]
    assert desk.ask("/payment/capture", paymentId=payment, amount="80")["success"]
    assert desk.state(payment) == "Captured"


def test_the_same_capture_once_more_succeeds_and_does_nothing(desk: Desk) -> None:
    """Another amount is refused."""
    fields = {"paymentId": desk.reserved(), "amount": "100.00", **SIGNED}
    replies = [desk.send("GET", "/payment/capture", fields) for _ in range(2)]
    assert [reply.executed for reply in replies] == [True, False]
    assert json.loads(replies[1].body)["success"]
    assert desk.errors("/payment/capture", paymentId=fields["paymentId"], amount="99") == ["1307"]


def test_some_cards_cannot_be_captured_in_part(desk: Desk) -> None:
    """Amounts that end in .53; the details say so while the payment is reserved."""
    payment = desk.reserved("40.53")
    details = desk.ask("/payment/details", paymentId=payment)["paymentDetails"]
    assert details["partialCapturePossible"] is False
    assert desk.errors("/payment/capture", paymentId=payment, amount="40") == ["1308"]
    assert desk.ask("/payment/capture", paymentId=payment, amount="40.53")["success"]
    assert "partialCapturePossible" not in desk.ask("/payment/details", paymentId=payment)["paymentDetails"]


def test_a_payment_is_cancelled_in_any_state_but_captured(desk: Desk) -> None:
    """Afterwards it can be refunded only."""
    waiting, held = desk.start(), desk.start(terminal="T-1002")
    desk.act("reserve", held)
    for payment in (waiting, held):
        assert desk.ask("/payment/cancel", paymentId=payment)["success"]
        assert desk.state(payment) == "CancelledByClient"
        assert desk.errors("/payment/cancel", paymentId=payment) == ["1300"]
    captured = desk.reserved()
    desk.ask("/payment/capture", paymentId=captured, amount="100")
    assert desk.errors("/payment/cancel", paymentId=captured) == ["1300"]


def test_a_reservation_lives_seven_days(desk: Desk) -> None:
    """Then nothing can be captured."""
    payment = desk.reserved()
    desk.sandbox.move(timedelta(days=7) - timedelta(seconds=1))
    assert desk.state(payment) == "Reserved"
    desk.sandbox.move(timedelta(seconds=1))
    assert desk.state(payment) == "ExpiredAndCancelled"
    assert desk.errors("/payment/capture", paymentId=payment, amount="100") == ["1304"]


@pytest.mark.parametrize(
    "event,state",
    [
        ("reject", "CancelledByUser"),
        ("expire", "CancelledByMobilePay"),
        ("age", "RejectedByMobilePayDueToAgeRestrictions"),
    ],
)
def test_a_payment_ends_without_a_reservation(desk: Desk, event: str, state: str) -> None:
    """And is no longer listed; its order names it too."""
    payment = desk.start(order="A-7")
    assert desk.ask("/payments", orderId="A-7")["paymentsIds"] == [payment]
    desk.act(event, "A-7")
    assert desk.state(payment) == state
    assert desk.ask("/payments")["paymentsIds"] == []
    with pytest.raises(NoSuchThingError):
        desk.act("reserve", payment)


def test_what_ends_in_51_cannot_be_reserved(desk: Desk) -> None:
    """MobilePay cancels it."""
    assert desk.state(desk.reserved("10.51")) == "CancelledByMobilePay"


def test_active_payments_or_captured_ones_are_listed(desk: Desk) -> None:
    """By order, terminal and state."""
    first = desk.reserved(order="A-1")
    second = desk.start(order="A-2", terminal="T-1002")
    assert desk.ask("/payments")["paymentsIds"] == [first, second]
    assert desk.ask("/payments", terminalId="T-1002", orderId="")["paymentsIds"] == [second]
    desk.ask("/payment/capture", paymentId=first, amount="100")
    assert desk.ask("/payments")["paymentsIds"] == [second]
    assert desk.ask("/payments", state="Captured")["paymentsIds"] == [first]
    assert desk.errors("/payments", state="Reserved") == ["1109"]


def test_a_lost_payment_id_is_found(desk: Desk) -> None:
    """By state only where it is captured."""
    payment = desk.reserved()
    assert desk.errors("/payment/id/retrieve/bystate", orderId="A-1", state="Captured") == ["1001"]
    assert desk.ask("/payment/id/retrieve/byterminal", orderId="A-1", terminalId="T-1001")["paymentId"] == payment
    desk.ask("/payment/capture", paymentId=payment, amount="100")
    assert desk.ask("/payment/id/retrieve/bystate", orderId="A-1", state="Captured")["paymentId"] == payment


def test_unknown_events_and_targets_are_told(desk: Desk) -> None:
    """Nothing happens then."""
    for event, target in (("dance", "T-1001"), ("check-in", "T-404"), ("reserve", GUID)):
        with pytest.raises(NoSuchThingError):
            desk.act(event, target)


def test_a_copy_goes_its_own_way(desk: Desk) -> None:
    """So that an old state can answer."""
    payment = desk.reserved()
    old = copy.deepcopy(desk.sandbox.providers["mobilepay"])
    desk.ask("/payment/capture", paymentId=payment, amount="100")
    reply = old.handle(Call("GET", "/api/pos/payment/status", {"paymentId": payment, **SIGNED}))
    assert json.loads(reply.body)["status"] == "Reserved"


def test_the_shop_is_played_from_the_command_line(sandbox: Served) -> None:
    """Each event with what it is done to."""
    ended = sandbox.paycli("sandbox", "act", "mobilepay", "check-in", "T-1001")
    assert (ended.code, ended.out) == (0, "a customer is checked in at terminal T-1001\n")
    assert sandbox.paycli("sandbox", "act", "mobilepay", "reserve", "A-404").code == 2
