"""What becomes of a MobilePay change whose answer is lost, against a till in this process."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from paycli.errors import NotFound, RefusedHere
from paycli.operations.money import Money
from paycli.operations.outcome import Outcome, Rejected, Succeeded, Unknown
from paycli.sending import resolve as resolving
from tests.providers.mobilepay.doubles import PAYMENT, REFUND, Shop, Till

TEN = Money(Decimal(10), "DKK")
HUNDRED = Money(Decimal(100), "DKK")


@pytest.fixture
def till() -> Till:
    """Return a till with nothing in it."""
    return Till()


@pytest.fixture
def shop(tmp_path: Path, till: Till) -> Shop:
    """Return a profile at the till."""
    return Shop(tmp_path, till)


def capture(shop: Shop, amount: Money = HUNDRED, **terms: Any) -> Outcome:
    """Capture the payment."""
    return shop.run("payments capture", terms, payment_id=PAYMENT, amount=amount)


def start(shop: Shop, order: str = "A-1", **terms: Any) -> Outcome:
    """Start a payment."""
    return shop.run("payments start", terms, terminal="T-1", order_id=order, amount=TEN)


def refund(shop: Shop, amount: Money = TEN, reference: str | None = None, **terms: Any) -> Outcome:
    """Refund part of the payment."""
    values: dict[str, Any] = {"payment_id": PAYMENT, "amount": amount}
    return shop.run("refunds create", terms, **values, **({"refund_order_id": reference} if reference else {}))


def resolve(shop: Shop) -> resolving.Resolved:
    """Look at the one open entry as `journal resolve` does."""
    profiles = type("P", (), {"profile": lambda *_: shop.profile})
    pipeline = replace(shop.pipeline, profiles=profiles)
    journal = shop.journal()
    (entry,) = journal.still_open()
    return resolving.resolve(entry, journal, lambda _provider: pipeline)


def test_a_lost_capture_that_is_captured_is_inferred(shop: Shop, till: Till) -> None:
    """Reserved before, Captured after, and nobody else claims it: done, and never said to be marked."""
    till.payment("Reserved")
    till.lose = {"payment/capture"}
    assert isinstance(capture(shop), Succeeded)
    (entry,) = shop.entries()
    assert (entry.state, entry.settled, entry.before) == ("succeeded", "inferred", ["Reserved"])
    assert till.paths().count("payment/capture") == 1


def test_a_lost_capture_that_never_arrived_stays_unknown_and_is_then_not_sent(shop: Shop, till: Till) -> None:
    """Only once it cannot arrive any more."""
    till.payment("Reserved")
    till.drop = {"payment/capture"}
    assert isinstance(capture(shop), Unknown)
    assert resolve(shop).entry.state == "unknown"
    shop.now += timedelta(minutes=16)
    assert resolve(shop).entry.state == "not-sent"


def test_while_a_capture_is_unknown_only_a_cancel_goes_out(shop: Shop, till: Till) -> None:
    """Another capture is refused here."""
    till.payment("Reserved")
    till.drop = {"payment/capture"}
    capture(shop)
    with pytest.raises(RefusedHere, match="unknown"):
        capture(shop)
    assert isinstance(shop.run("payments cancel", payment_id=PAYMENT), Succeeded)


@pytest.mark.parametrize("ended", ["CancelledByUser", "CancelledByMobilePay", "ExpiredAndCancelled"])
def test_what_somebody_else_ended_is_not_our_cancel(shop: Shop, till: Till, ended: str) -> None:
    """The state names who did it; ours did not, and cannot any more."""
    till.payment("Reserved")
    till.drop = {"payment/cancel"}

    def end(path: str) -> None:
        if path == "payment/cancel":
            till.payments[PAYMENT]["status"] = ended

    till.before = end
    assert isinstance(shop.run("payments cancel", payment_id=PAYMENT), Unknown)
    shop.now += timedelta(minutes=16)
    assert resolve(shop).entry.state == "not-sent"


def test_a_lost_cancel_is_inferred_from_its_own_state(shop: Shop, till: Till) -> None:
    """CancelledByClient is what a cancel of ours leaves."""
    till.payment("Reserved")
    till.lose = {"payment/cancel"}
    assert isinstance(shop.run("payments cancel", payment_id=PAYMENT), Succeeded)
    assert shop.entries()[0].settled == "inferred"


@pytest.mark.parametrize("state,settled", [("Initiated", True), ("IssuedToUser", True), ("Paired", False)])
def test_paired_does_not_prove_that_a_payment_was_made_ready(
    shop: Shop, till: Till, state: str, *, settled: bool
) -> None:
    """A customer may check in while the payment is only prepared."""
    till.payment("Prepared")
    till.drop = {"payment/ready"}

    def move(path: str) -> None:
        if path == "payment/ready":
            till.payments[PAYMENT]["status"] = state

    till.before = move
    outcome = shop.run("payments ready", payment_id=PAYMENT, order_id="A-1", terminal_id="T-1", amount=TEN)
    assert isinstance(outcome, Succeeded if settled else Unknown)


def test_a_lost_start_is_found_by_its_order_id(shop: Shop, till: Till) -> None:
    """The only new payment with our reference; its id is kept."""
    till.lose = {"payment/start"}
    assert isinstance(start(shop), Succeeded)
    (entry,) = shop.entries()
    assert (entry.target, entry.provider_id, entry.settled) == ("A-1", PAYMENT, "inferred")


def test_that_no_payment_is_listed_proves_nothing(shop: Shop, till: Till) -> None:
    """It may have ended already: a person decides."""
    till.drop = {"payment/start"}
    assert isinstance(start(shop), Unknown)
    shop.now += timedelta(hours=1)
    looked = resolve(shop)
    assert looked.entry.state == "unknown"
    assert "person" in looked.why


def test_a_lost_refund_carries_our_mark(shop: Shop, till: Till) -> None:
    """In its own reference, where the user left that free."""
    till.payment("Captured")
    till.lose = {"refund/create"}
    assert isinstance(refund(shop), Succeeded)
    (entry,) = shop.entries()
    assert (entry.settled, entry.provider_id) == ("marked", REFUND)
    assert till.refunds[REFUND]["refundOrderId"] == entry.id


def test_the_mark_goes_into_the_address_where_the_refund_does(tmp_path: Path, till: Till) -> None:
    """With http_method: get there is no body."""
    shop = Shop(tmp_path, till, ", http_method: get")
    till.payment("Captured")
    assert isinstance(refund(shop), Succeeded)
    (entry,) = shop.entries()
    assert till.refunds[REFUND]["refundOrderId"] == entry.id
    assert [method for method, path, _ in till.sent if path == "refund/create"] == ["GET"]


def test_a_refund_with_a_reference_of_its_own_is_inferred(shop: Shop, till: Till) -> None:
    """The list before and after; the reference is sent as it was typed."""
    till.payment("Captured")
    till.lose = {"refund/create"}
    assert isinstance(refund(shop, reference="R-77"), Succeeded)
    assert shop.entries()[0].settled == "inferred"
    assert till.refunds[REFUND]["refundOrderId"] == "R-77"


def test_that_no_refund_is_listed_proves_that_there_is_none(shop: Shop, till: Till) -> None:
    """Refunds are listed whatever becomes of them."""
    till.payment("Captured")
    till.drop = {"refund/create"}
    assert isinstance(refund(shop), Unknown)
    shop.now += timedelta(minutes=16)
    assert resolve(shop).entry.state == "not-sent"


def test_a_refund_that_captured_itself_is_not_our_capture(shop: Shop, till: Till) -> None:
    """The money moved, but not by this command."""
    till.refund("Reserved")
    till.drop = {"refund/capture"}

    def expire(path: str) -> None:
        if path == "refund/capture":
            till.refunds[REFUND]["status"] = "ExpiredAndCaptured"

    till.before = expire
    assert isinstance(shop.run("refunds capture", refund_id=REFUND), Unknown)
    shop.now += timedelta(minutes=16)
    assert resolve(shop).entry.state == "not-sent"


def test_a_lost_point_of_sale_is_told_by_the_terminal(shop: Shop, till: Till) -> None:
    """There, or not there: both are states."""
    till.lose = {"manage/create", "manage/delete"}
    assert isinstance(shop.run("terminals create-pos", terminal="T-1"), Succeeded)
    assert isinstance(shop.run("terminals delete-pos", terminal="T-1"), Succeeded)
    assert [entry.settled for entry in shop.entries()] == ["inferred", "inferred"]


def test_nothing_is_looked_at_more_than_once_a_second(shop: Shop, till: Till) -> None:
    """As the provider wants it."""
    till.payment("Reserved")
    till.drop = {"payment/capture"}
    capture(shop)
    assert shop.slept
    assert min(shop.slept) >= 1.0


@pytest.mark.parametrize("state", ["Initiated", "Prepared", "Paired", "IssuedToUser", "Captured", "CancelledByUser"])
def test_only_what_is_reserved_is_captured(shop: Shop, till: Till, state: str) -> None:
    """Refused here, and nothing is sent."""
    till.payment(state)
    with pytest.raises(RefusedHere, match=state if state != "Captured" else "captured already"):
        capture(shop)
    assert "payment/capture" not in till.paths()


def test_more_than_was_reserved_is_refused_here(shop: Shop, till: Till) -> None:
    """And so is another currency; less is what a partial capture is."""
    till.payment("Reserved", "40.00")
    with pytest.raises(RefusedHere, match=r"only 40\.00 DKK is reserved"):
        capture(shop, Money(Decimal(41), "DKK"))
    with pytest.raises(RefusedHere, match="in DKK, not in EUR"):
        capture(shop, Money(Decimal(40), "EUR"))
    assert isinstance(capture(shop, Money(Decimal(39), "DKK")), Succeeded)
    assert shop.reporter.panels[0].weighed.lines == (
        "Reserved · 40.00 DKK",
        "what is not captured is released; nothing more can be captured afterwards",
    )


def test_what_is_captured_is_not_cancelled_but_refunded(shop: Shop, till: Till) -> None:
    """And what is cancelled is not cancelled again."""
    till.payment("Captured")
    with pytest.raises(RefusedHere, match="refunded"):
        shop.run("payments cancel", payment_id=PAYMENT)
    till.payment("CancelledByUser")
    with pytest.raises(RefusedHere, match="CancelledByUser already"):
        shop.run("payments cancel", payment_id=PAYMENT)


def test_a_cancel_before_the_customer_approved_moves_nothing(tmp_path: Path, till: Till) -> None:
    """So that no limit keeps a till blocked."""
    limited = Shop(tmp_path, till, ", currency: EUR, limits: {'*': {per_day: 1}}")
    till.payment("Initiated")
    assert isinstance(limited.run("payments cancel", payment_id=PAYMENT), Succeeded)
    assert limited.entries()[0].amount == "0.00"


def test_the_sum_of_the_refunds_is_held_against_what_was_paid(shop: Shop, till: Till) -> None:
    """Cancelled ones do not count; the panel says the rules that nobody can check here."""
    till.payment("Captured", "100.00")
    till.refund("Captured", "95.00")
    with pytest.raises(RefusedHere, match=r"only 5\.00 DKK is left to refund"):
        refund(shop)
    till.refund("CancelledByClient", "95.00")
    assert isinstance(refund(shop), Succeeded)
    panel = shop.reporter.panels[-1]
    assert panel.weighed.after == Money(Decimal(90), "DKK")
    assert panel.weighed.lines[0] == "paid 100.00 DKK · refunded 0.00 DKK in 1"
    assert "24 hours" in panel.weighed.lines[1]
    assert "90 days" in panel.weighed.lines[1]


def test_an_equal_refund_of_a_colleague_counts(shop: Shop, till: Till) -> None:
    """Unless --again says that it is meant a second time."""
    till.payment("Captured")
    till.refund("Reserved", "10.00")
    with pytest.raises(RefusedHere, match="not from this machine"):
        refund(shop)
    assert isinstance(refund(shop, again=True), Succeeded)


def test_what_is_not_captured_is_not_refunded(shop: Shop, till: Till) -> None:
    """Refused here, with its state."""
    till.payment("Reserved")
    with pytest.raises(RefusedHere, match="Reserved"):
        refund(shop)


@pytest.mark.parametrize("state", ["Captured", "ExpiredAndCaptured", "CancelledByClient"])
def test_a_refund_that_is_over_is_neither_captured_nor_cancelled(shop: Shop, till: Till, state: str) -> None:
    """Each is told by its state."""
    till.refund(state)
    for command in ("refunds capture", "refunds cancel"):
        with pytest.raises(RefusedHere, match=state):
            shop.run(command, refund_id=REFUND)


def test_a_refund_is_captured_with_its_own_amount(shop: Shop, till: Till) -> None:
    """Which the request does not carry."""
    till.refund("Reserved", "30.00")
    assert isinstance(shop.run("refunds capture", refund_id=REFUND), Succeeded)
    assert (shop.entries()[0].amount, shop.entries()[0].kind) == ("30.00", "refund-capture")


def test_a_start_shows_what_is_in_its_way(shop: Shop, till: Till) -> None:
    """Before anything is sent, and how to get rid of it."""
    till.payment("Initiated", order="other")
    with pytest.raises(RefusedHere, match=f"{PAYMENT} is Initiated.*payments clear"):
        start(shop)
    assert "payment/start" not in till.paths()


def test_a_start_that_lost_a_race_is_told_why(shop: Shop, till: Till) -> None:
    """The code becomes a sentence of ours."""
    till.payment("Initiated", order="other")
    outcome = start(shop, preflight=False)
    assert isinstance(outcome, Rejected)
    assert outcome.code == "1301"
    assert "payments clear" in outcome.sentence


def test_what_the_customer_approved_blocks_no_till(shop: Shop, till: Till) -> None:
    """Reserved payments stay and the next one starts."""
    till.payment("Reserved", identifier="58e1d0b4-0c7f-4a92-b6d3-1f2e9a7c4b85", order="other")
    assert isinstance(start(shop), Succeeded)


def test_one_order_is_started_once(shop: Shop, till: Till) -> None:
    """The same reference again needs --again."""
    assert isinstance(start(shop), Succeeded)
    till.payments.clear()
    with pytest.raises(RefusedHere, match="done already"):
        start(shop)


def test_a_terminal_has_one_point_of_sale(shop: Shop, till: Till) -> None:
    """Another is refused here, and so is deleting none."""
    with pytest.raises(RefusedHere, match="no point of sale"):
        shop.run("terminals delete-pos", terminal="T-1")
    till.pos["T-1"] = "c2a8f7d1-52b3-4e6a-9f10-7d4b8e6a1c39"
    with pytest.raises(RefusedHere, match="already"):
        shop.run("terminals create-pos", terminal="T-1")


def test_an_unknown_payment_is_not_found(shop: Shop) -> None:
    """Exit 3, nothing sent."""
    with pytest.raises(NotFound):
        capture(shop)


def test_two_merchants_are_two_accounts(tmp_path: Path, till: Till) -> None:
    """The merchant's code is part of the account, the profile's name is not."""
    shop = Shop(tmp_path, till)
    till.payment("Reserved")
    capture(shop)
    assert shop.entries()[0].account == "mobilepay-pos.poweredbyintegra.dk|B-7"


@pytest.mark.parametrize("find", [lambda shop: shop.entries()[0].text(), lambda shop: " ".join(shop.reporter.shown)])
def test_the_token_is_neither_written_down_nor_shown(shop: Shop, till: Till, find: Callable[[Shop], str]) -> None:
    """Not in the journal, and in no address or body that -v could print; it did leave."""
    till.payment("Reserved")
    capture(shop)
    start(shop, "A-2", preflight=False)
    assert all(fields["accessToken"] == "token-of-the-till-91c" for _, _, fields in till.sent)
    told = find(shop)
    assert "token-of-the-till-91c" not in told
    if "GET" in told:
        assert "accessToken=***&bioCode=***" in told
        assert '"accessToken":"***","bioCode":"***"' in told
        assert "B-7" not in told
