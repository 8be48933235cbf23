"""The tables of alternative methods and of status codes, and the commands that print them."""

from collections import Counter
from typing import Any

import pytest

from paycli.providers.tranzzo.codes import CODES, FAILURE, INIT, PENDING, SUCCESS, advice_of
from paycli.providers.tranzzo.payways import PAYWAYS
from paycli.providers.tranzzo.timeline import of_order

KEYS = ["method", "payway", "currency", "direction", "required", "optional"]


def test_there_are_nineteen_methods_in_and_thirteen_out() -> None:
    """Ten of them are called banking and four pix; a name means one thing in one direction."""
    assert Counter(payway.direction for payway in PAYWAYS) == {"in": 19, "out": 13}
    assert Counter(payway.payway for payway in PAYWAYS)["banking"] == 10
    assert Counter(payway.payway for payway in PAYWAYS)["pix"] == 4
    assert len({(payway.method, payway.direction) for payway in PAYWAYS}) == 32


def test_a_field_is_required_or_optional() -> None:
    """Never both, and never one that no option can carry."""
    for payway in PAYWAYS:
        names = [*payway.required, *payway.optional]
        assert len(set(names)) == len(names), payway
        assert all(name.startswith(("customer_", "properties.")) for name in names)


def test_payways_are_listed_whole(run: Any) -> None:
    """With these keys, and by direction."""
    rows = run("tranzzo", "payways", "list", "-o", "json").json
    assert len(rows) == 32
    assert list(rows[0]) == KEYS
    assert len(run("tranzzo", "payways", "list", "--direction", "out", "-o", "json").json) == 13
    assert run("tranzzo", "payways", "list", "-o", "id").out.splitlines()[0] == "india-wallet"
    assert run("tranzzo", "payways", "list", "--direction", "up").code == 2


def test_a_payway_is_shown_in_each_direction_that_it_has(run: Any) -> None:
    """And an unknown one is exit 3."""
    shown = run("tranzzo", "payways", "show", "brazil-pix", "-o", "json").json
    assert [(row["direction"], row["payway"]) for row in shown] == [("in", "pix"), ("out", "pix")]
    assert run("tranzzo", "payways", "show", "brazil-pixx").code == 3


def test_an_alternative_field_stands_for_the_other(run: Any) -> None:
    """The recipient's telephone instead of the customer's."""
    words = "payout apm india-upi A-1 --amount 5 --currency INR --description x -p sandbox --dry-run --customer-ip ::1"
    given = (
        "recipient_address=a",
        "upi_number=a@b",
        "recipient_email=a@b",
        "recipient_phone=1",
        "recipient_first_name=A",
    )
    properties = [word for pair in given for word in ("--property", pair)]
    ended = run("tranzzo", *words.split(), *properties, "-o", "json")
    assert ended.code == 0, ended.err
    assert ended.json["body"]["payway"] == "upi"
    assert run("tranzzo", *words.split(), *properties[2:]).code == 2


def test_the_table_of_codes_is_the_documents() -> None:
    """Ten successes, 36 pending, 161 failures and two that have only begun."""
    assert Counter(code.status for code in CODES.values()) == {SUCCESS: 10, PENDING: 36, FAILURE: 161, INIT: 2}
    assert all(code.code == number for number, code in CODES.items())
    assert all(code.sentence.endswith(".") for code in CODES.values())


@pytest.mark.parametrize(
    "code,told",
    [
        ("4009", "payer: The card has too little money: pay less, or with another card."),
        ("1000", None),
        ("1008", "merchant: The payer is charged; have the store activated within 90 days, or it is cancelled."),
        ("5151", "The payer cancelled it."),
        ("9999", None),
    ],
)
def test_advice_says_who_can_do_what(code: str, told: str | None) -> None:
    """Nothing for a success or an unknown code."""
    assert advice_of(code) == told


def test_codes_are_printed(run: Any) -> None:
    """All of them, or one; an unknown one is exit 3."""
    assert len(run("tranzzo", "codes", "list", "-o", "json").json) == 209
    shown = run("tranzzo", "codes", "show", "4009", "-o", "json").json
    assert (shown["status"], shown["who"]) == ("failure", "payer")
    assert run("tranzzo", "codes", "show", "4242").code == 3


def test_an_orders_codes_are_told_below_it() -> None:
    """Each once, and not those that need nothing."""
    rows = [
        {"method": "auth", "status": "success", "status_code": "1000", "amount": 5, "currency": "UAH"},
        {"method": "capture", "status": "failure", "status_code": "4009", "amount": 5, "currency": "UAH"},
        {"method": "capture", "status": "failure", "status_code": "4009", "amount": 5, "currency": "UAH"},
    ]
    found = of_order(rows)
    assert found
    assert [one.notes for one in found.happened] == [
        (),
        *[("payer: The card has too little money: pay less, or with another card.",)] * 2,
    ]


def test_local_groups_stand_among_the_providers_commands(run: Any) -> None:
    """With their line of help."""
    helped = run("tranzzo", "--help").out
    assert "payways" in helped
    assert "Status codes, and who can do what about each." in helped
