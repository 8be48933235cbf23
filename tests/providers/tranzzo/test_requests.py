"""What Tranzzo's commands send."""

from decimal import Decimal

import pytest

from paycli.errors import UsageProblem
from paycli.operations.compose import compose
from paycli.operations.money import Money
from paycli.operations.operation import Request
from paycli.operations.params import Share, build_money, build_share
from paycli.operations.wire import encode
from paycli.providers.tranzzo import TRANZZO
from paycli.providers.tranzzo.fields import build_equivalent
from paycli.providers.tranzzo.payments import pay_hosted
from paycli.providers.tranzzo.settlements import capture, refund, void

FACTS = {"pos_id": "00000000-0000-4000-8000-000000000000"}


def request(command: str, **values: object) -> Request:
    """Compose a command's request."""
    return compose(TRANZZO, TRANZZO.load()[command], values, FACTS)


def test_a_partial_refund_names_order_currency_and_amount() -> None:
    """The point of sale comes first, amounts are JSON numbers."""
    made = request("refund", order="A-1", amount=Share(Money(Decimal("12.50"), "UAH"), "UAH"))
    assert encode(made.body) == (
        b'{"pos_id":"00000000-0000-4000-8000-000000000000","order_id":"A-1","order_currency":"UAH","refund_amount":12.50}'
    )
    assert (made.method, made.path) == ("POST", "/api/v1/refund")


def test_everything_is_the_absence_of_an_amount() -> None:
    """The document's full capture and refund carry none."""
    everything = Share(None, "UAH")
    assert "refund_amount" not in (request("refund", order="A-1", amount=everything).body or {})
    assert "charge_amount" not in (request("capture", order="A-1", amount=everything).body or {})


def test_the_amounts_have_their_own_names() -> None:
    """charge_amount when capturing, refund_amount when refunding, none when voiding."""
    part = Share(Money(Decimal(8), "UAH"), "UAH")
    assert capture("A", part)["charge_amount"] == part.part
    assert refund("A", part)["refund_amount"] == part.part
    assert set(void("A", "UAH")) == {"order_id", "order_currency", "comment", "server_url"}


def test_a_hosted_payment_sends_what_was_typed_and_nothing_else() -> None:
    """Options that were left out leave no field behind."""
    body = request(
        "pay hosted",
        order="A-1",
        amount=Money(Decimal(100), "UAH"),
        description="Крісло",
        payment={"order_3ds_bypass": "supported", "customer_fname": "Олена", "customer_email": None},
        equivalent={"equivalent_amount": Money(Decimal("2.40"), "EUR"), "equivalent_currency": "EUR"},
    ).body
    assert body == {
        "pos_id": FACTS["pos_id"],
        "mode": "hosted",
        "method": "purchase",
        "amount": Decimal(100),
        "currency": "UAH",
        "description": "Крісло",
        "order_id": "A-1",
        "order_3ds_bypass": "supported",
        "customer_fname": "Олена",
        "equivalent_amount": Decimal("2.40"),
        "equivalent_currency": "EUR",
    }


def test_the_declared_function_is_still_a_function() -> None:
    """The decorator returns it unchanged."""
    assert pay_hosted("A", Money(Decimal(1), "UAH"), "x", {}, {})["mode"] == "hosted"


@pytest.mark.parametrize("order,quoted", [("A/1", "A%2F1"), ("Ω б", "%CE%A9%20%D0%B1"), ("a?b#c", "a%3Fb%23c")])
def test_an_order_id_is_quoted_into_the_path(order: str, quoted: str) -> None:
    """No character of an identifier changes the route."""
    made = request("orders show", order=order)
    assert made.path == f"/api/v1/pos/{FACTS['pos_id']}/orders/{quoted}"


def test_neither_amount_nor_all_is_a_usage_error() -> None:
    """Leaving the amount out never means everything."""
    with pytest.raises(UsageProblem, match="How much"):
        build_share({"amount": None, "all": False, "currency": "UAH"}, {})
    with pytest.raises(UsageProblem, match="contradict"):
        build_share({"amount": Decimal(1), "all": True, "currency": "UAH"}, {})


def test_the_profiles_currency_is_the_usual_one() -> None:
    """And a typed one wins."""
    typed = {"amount": Decimal(1), "currency": None}
    assert build_money(typed, {"currency": "UAH"}).currency == "UAH"
    assert build_money({**typed, "currency": "EUR"}, {"currency": "UAH"}).currency == "EUR"
    with pytest.raises(UsageProblem, match="currency"):
        build_money(typed, {})


def test_an_equivalent_amount_needs_its_currency() -> None:
    """The document wants both or none."""
    with pytest.raises(UsageProblem, match="together"):
        build_equivalent({"equivalent_amount": Decimal(1), "equivalent_currency": None}, {})
    with pytest.raises(UsageProblem, match="decimals"):
        build_equivalent({"equivalent_amount": Decimal("1.5"), "equivalent_currency": "JPY"}, {})
