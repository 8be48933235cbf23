"""One order and the arithmetic of its money, by the document's rules."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from paycli.sandbox.tranzzo import codes

Operation = dict[str, Any]


@dataclass
class Order:
    """An order: its payment page, what was done since, and where the shop wants to hear of each operation.

    ``split`` is what sub-merchants have in it, ``parts`` what they had in each later operation.
    """

    order_id: str
    payment_id: str
    page: dict[str, Any] | None = None
    operations: list[Operation] = field(default_factory=list)
    hooks: dict[str, str] = field(default_factory=dict)
    split: dict[str, Decimal] = field(default_factory=dict)
    parts: dict[str, dict[str, Decimal]] = field(default_factory=dict)

    @property
    def currency(self) -> str:
        """The currency of the order's first operation."""
        return str(self.operations[0]["currency"])

    @property
    def primary(self) -> Operation | None:
        """The operation that the order began with, when it has begun."""
        return self.operations[0] if self.operations else None

    def total(self, *methods: str, pending: bool = False) -> Decimal:
        """Return what operations of these methods add up to, by success alone or with what is pending."""
        counted = {"success", "pending"} if pending else {"success"}
        amounts = (o["amount"] for o in self.operations if o["method"] in methods and o["status"] in counted)
        return sum((Decimal(str(amount)) for amount in amounts), Decimal(0))

    def left(self, method: str) -> Decimal:
        """Return how much the method may still take or give."""
        given = self.total("refund", "credit", pending=True)
        if method == "refund":
            return self.total("purchase", "capture") - given
        if method == "credit":
            return self.total("purchase", "capture", "p2p") - given
        if self.total("void", pending=True):
            return Decimal(0)
        return self.total("auth") - self.total("capture", pending=True)

    def share_left(self, merchant: str) -> Decimal:
        """Return what a sub-merchant has got of the order and not given back."""
        got = self.split.get(merchant, Decimal(0)) if self.total("purchase") else self._share("capture", merchant)
        return got - self._share("refund", merchant)

    def _share(self, method: str, merchant: str) -> Decimal:
        done = [o for o in self.operations if o["method"] == method and o["status"] in {"success", "pending"}]
        parts = (self.parts.get(o["transaction_id"], {}) for o in done)
        return sum((part.get(merchant, Decimal(0)) for part in parts), Decimal(0))


def failure_code(order: Order, method: str, amount: Decimal, currency: str) -> str | None:
    """Return the status code with which the operation fails, or None when the rules allow it."""
    if currency != order.currency:
        return codes.WRONG_REFUND if method == "refund" else codes.OTHER_CURRENCY
    fits = 0 < amount <= order.left(method)
    if method == "refund":
        return None if fits else codes.WRONG_REFUND
    if method == "credit":
        return None if fits else codes.WRONG_AMOUNT
    if not order.total("auth") or order.total("void", pending=True):
        return codes.WRONG_STATE
    if method == "void":
        return codes.WRONG_STATE if order.total("capture", pending=True) else None
    return None if fits else codes.TOO_MUCH


def split_failure(order: Order, method: str, amount: Decimal, parts: Sequence[Mapping[str, Any]]) -> str | None:
    """Return the status code with which the parts of a split operation fail, or None."""
    if not order.split:
        return codes.WRONG_STATE
    if shares_sum(parts) != Decimal(amount):
        return codes.SPLIT_SUM
    enough = all(share <= order.share_left(merchant) for merchant, share in shares(parts).items())
    return None if method == "capture" or enough else codes.WRONG_REFUND


def shares(parts: Sequence[Mapping[str, Any]]) -> dict[str, Decimal]:
    """Return what each sub-merchant has in a split."""
    found: dict[str, Decimal] = {}
    for part in parts:
        merchant = part["sub_merchant_id"].lower()
        found[merchant] = found.get(merchant, Decimal(0)) + Decimal(part["amount"])
    return found


def shares_sum(parts: Sequence[Mapping[str, Any]]) -> Decimal:
    """Return what the parts of a split add up to."""
    return sum(shares(parts).values(), Decimal(0))
