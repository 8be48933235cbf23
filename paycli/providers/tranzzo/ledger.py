"""What an order's operations add up to."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from paycli.operations.money import exponent
from paycli.operations.wire import measured
from paycli.values import dataclass

UNDER_WAY = frozenset({"init", "pending"})


@dataclass(frozen=True)
class OrderMoney:
    """What became of an order's money, in major units of its currency.

    What is under way counts as taken from what is left, since it may succeed. ``credited`` is what went from the order
    to a card; a payout, which begins an order of its own, is not meant.
    """

    currency: str
    authorised: Decimal
    captured: Decimal
    voided: Decimal
    refunded: Decimal
    left_to_capture: Decimal
    left_to_refund: Decimal
    credited: Decimal = Decimal(0)
    left_to_credit: Decimal = Decimal(0)

    def lines(self) -> list[str]:
        """Return what happened and what is left, as two lines that fit a narrow terminal."""
        past = {"authorised": self.authorised, "captured": self.captured, "refunded": self.refunded}
        if self.voided:
            past["released"] = self.voided
        if self.credited:
            past["credited"] = self.credited
        left = {"left to capture": self.left_to_capture, "left to refund": self.left_to_refund}
        if self.credited:
            left["left to credit"] = self.left_to_credit
        return [self._told(past), self._told(left)]

    def _told(self, amounts: Mapping[str, Decimal]) -> str:
        return " · ".join(f"{word} {self._amount(value)}" for word, value in amounts.items())

    def _amount(self, value: Decimal) -> str:
        return f"{value:.{exponent(self.currency)}f} {self.currency}"


def order_money(operations: Sequence[Mapping[str, Any]]) -> OrderMoney:
    """Return what an order's operations add up to."""

    def total(*methods: str, statuses: frozenset[str] = frozenset({"success"})) -> Decimal:
        chosen = (row for row in operations if row.get("method") in methods and str(row.get("status")) in statuses)
        return sum((amount_of(row) for row in chosen), Decimal(0))

    authorised, bought = total("auth"), total("purchase")
    captured, voided, refunded = total("capture"), total("void"), total("refund")
    ended = voided or total("void", statuses=UNDER_WAY)
    held = Decimal(0) if ended else authorised - captured - total("capture", statuses=UNDER_WAY)
    taken = bought + captured
    if voided and not authorised:
        taken -= voided
    transferred = total("p2p")
    credited, credited_soon = total("credit"), total("credit", statuses=UNDER_WAY)
    if not (taken or transferred):
        credited = credited_soon = Decimal(0)
    gone = refunded + total("refund", statuses=UNDER_WAY) + credited + credited_soon
    return OrderMoney(
        currency=next((str(row["currency"]) for row in operations if row.get("currency")), ""),
        authorised=authorised + bought,
        captured=bought + captured,
        voided=voided,
        refunded=refunded,
        left_to_capture=max(held, Decimal(0)),
        left_to_refund=max(taken - gone, Decimal(0)),
        credited=credited,
        left_to_credit=max(taken + transferred - gone, Decimal(0)),
    )


def amount_of(row: Mapping[str, Any]) -> Decimal:
    """Return an operation's amount; nonsense is nothing."""
    try:
        amount = measured(str(row.get("amount")))
    except ArithmeticError:
        return Decimal(0)
    return amount if amount.is_finite() else Decimal(0)
