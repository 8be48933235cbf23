"""One order and the arithmetic of its money, by the document's rules."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any


@dataclass
class Order:
    """An order: its payment page while nobody paid, and what was done since."""

    order_id: str
    payment_id: str
    page: dict[str, Any] | None = None
    operations: list[dict[str, Any]] = field(default_factory=list)

    @property
    def currency(self) -> str:
        """The currency of the order's first operation."""
        return str(self.operations[0]["currency"])

    def total(self, *methods: str, pending: bool = False) -> Decimal:
        """Return what operations of these methods add up to, by success alone or with what is pending."""
        counted = {"success", "pending"} if pending else {"success"}
        amounts = (o["amount"] for o in self.operations if o["method"] in methods and o["status"] in counted)
        return sum((Decimal(str(amount)) for amount in amounts), Decimal(0))

    def left(self, method: str) -> Decimal:
        """Return how much the method may still take."""
        if method == "refund":
            return self.total("purchase", "capture") - self.total("refund", pending=True)
        if self.total("void", pending=True):
            return Decimal(0)
        return self.total("auth") - self.total("capture", pending=True)


def failure_code(order: Order, method: str, amount: Decimal, currency: str) -> str | None:
    """Return the status code with which the operation fails, or None when the rules allow it."""
    if currency != order.currency:
        return "4002" if method == "refund" else "4117"
    if method == "refund":
        return None if 0 < amount <= order.left(method) else "4002"
    if not order.total("auth") or order.total("void", pending=True):
        return "5112"
    if method == "void":
        return "5112" if order.total("capture", pending=True) else None
    return None if 0 < amount <= order.left(method) else "4118"
