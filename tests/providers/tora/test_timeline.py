"""What happened with a sale, a bill or a ticket, as far as Tora's two words tell."""

from decimal import Decimal
from typing import Any

import pytest

from paycli.operations.timeline import Timeline
from paycli.providers.tora.timeline import of_transaction

ROW = {
    "id": "990012346",
    "terminalId": 7001,
    "type": "BP",
    "product": {"code": "EYDAP", "name": "ΕΥΔΑΠ"},
    "amount": 1330,
    "status": "captured",
    "createdAt": "2026-03-02T09:15:00Z",
    "canceledAt": None,
    "reference": "B-1001",
    "details": {"paymentCode": "20260011037230717", "paymentAmount": 1250, "commission": 80},
}


def told(**facts: Any) -> Timeline:
    """Return the timeline of a transaction."""
    found = of_transaction({**ROW, **facts})
    assert found
    return found


def sums(found: Timeline) -> list[Decimal | None]:
    """Return what is held, captured, refunded and left."""
    return [one.amount for one in found.sums]


def test_what_is_captured_can_be_asked_back() -> None:
    """In euros, out of cents."""
    found = told()
    assert [(one.what, one.at, one.status, str(one.amount)) for one in found.happened] == [
        ("bill paid", "2026-03-02T09:15:00Z", "captured", "13.30")
    ]
    assert sums(found) == [0, Decimal("13.30"), 0, Decimal("13.30")]
    assert found.typed == ()


def test_what_was_canceled_happened_twice() -> None:
    """And why, the document does not say: support can."""
    found = told(status="canceled", canceledAt="2026-03-02T10:00:00Z")
    assert [(one.what, one.at, one.status) for one in found.happened] == [
        ("bill paid", "2026-03-02T09:15:00Z", ""),
        ("canceled", "2026-03-02T10:00:00Z", "canceled"),
    ]
    assert found.happened[1].notes[0].startswith("support: Tora does not say why")
    assert sums(found) == [0, 0, None, 0]


@pytest.mark.parametrize(
    "kind, commands",
    [
        ("TOPUP", ("tora topups capture 990012346", "tora topups void 990012346")),
        ("BP", ("tora bills capture 990012346", "tora bills void 990012346")),
        ("ELAIKO", ()),
    ],
)
def test_another_status_is_not_explained_but_may_wait_for_its_second_step(kind: str, commands: tuple[str, ...]) -> None:
    """Nothing is said of the money; tickets have no second step."""
    found = told(status="reserved", type=kind)
    assert found.happened[0].notes == ("support: The document does not explain 'reserved': ask Tora, with the id.",)
    assert (sums(found), found.typed) == ([None] * 4, commands)


def test_the_details_are_facts() -> None:
    """Amounts in euros; what is absent is left out."""
    assert dict(told(reference=None).facts) == {
        "product code": "EYDAP",
        "product name": "ΕΥΔΑΠ",
        "paymentCode": "20260011037230717",
        "paymentAmount": told().facts[3][1],
        "commission": told().facts[4][1],
        "terminalId": 7001,
    }
    assert [str(told().facts[index][1]) for index in (3, 4)] == ["12.50 EUR", "0.80 EUR"]


def test_the_journal_knows_it_by_its_id_our_reference_and_the_bill() -> None:
    """Of a bill and a reference there may be several."""
    found = told()
    assert (found.targets, found.references) == (("990012346",), ("B-1001", "20260011037230717"))
    assert found.made == "990012346"


def test_an_odd_answer_is_told_as_far_as_it_goes() -> None:
    """Without an id it is none."""
    assert of_transaction({"status": "captured"}) is None
    assert sums(told(amount="much", product="x", details=[])) == [None] * 4
