"""The merchant's account at Tranzzo: its orders and everything else that is kept."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from paycli.sandbox.http import Call
from paycli.sandbox.tranzzo import codes
from paycli.sandbox.tranzzo.access import POS_ID
from paycli.sandbox.tranzzo.notices import notice
from paycli.sandbox.tranzzo.orders import Operation, Order
from paycli.sandbox.world import World

Fate = tuple[str, str]


@dataclass
class Report:
    """A streaming report: its columns, and its rows, or how many are made up when it is fetched."""

    report_id: str
    columns: list[str]
    rows: list[dict[str, Any]]
    made_up: int | None = None
    polls: int = 0

    @property
    def count(self) -> int:
        """How many rows it has."""
        return len(self.rows) if self.made_up is None else self.made_up


@dataclass
class Subscription:
    """A recurring payment: the order that began it, and its payments by their identifiers."""

    recurring_id: str
    order_id: str
    payments: list[str]
    status: str = "active"
    created_at: str = ""
    updated_at: str = ""


@dataclass
class Shop:
    """What one merchant with one point of sale has."""

    world: World
    orders: dict[str, Order] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    reports: dict[str, Report] = field(default_factory=dict)
    next_rows: int | None = None
    subscriptions: dict[str, Subscription] = field(default_factory=dict)
    bins: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)

    def page(self, order: Order, name: str) -> str:
        """Return the address of one of an order's pages, for a browser."""
        return f"{self.world.address}/tranzzo/api/v1/checkout/{order.payment_id}/{name}"

    def by_payment(self, payment_id: str) -> Order | None:
        """Return the order of a payment."""
        return next((order for order in self.orders.values() if order.payment_id == payment_id), None)

    def new_order(self, order_id: str, page: dict[str, Any] | None = None) -> Order:
        """Keep a new order."""
        order = self.orders[order_id] = Order(order_id, self.world.fresh_id(), page)
        return order

    def add(
        self,
        order: Order,
        method: str,
        amount: Any,
        currency: str,
        fate: Fate,
        *,
        hook: str | None = None,
        secondary: bool = False,
        **more: Any,
    ) -> Operation:
        """Add an operation to an order and let the shop know; ``more`` may hold any field of it."""
        now = self.world.stamp()
        operation: Operation = {
            **({"operation_id": self.world.fresh_id()} if secondary else {}),
            "payment_id": order.payment_id,
            "order_id": order.order_id,
            "transaction_id": self.world.fresh_id(),
            "pos_id": POS_ID,
            "mode": "direct",
            "method": method,
            "amount": amount,
            "currency": currency,
            **_told(fate),
            "created_at": now,
            # The second half of a transfer names the moment otherwise.
            "processed_at" if secondary and method == "credit" else "processing_time": now,
            **more,
        }
        order.operations.append(operation)
        if hook:
            order.hooks[operation["transaction_id"]] = hook
        self.tell(order, operation)
        return operation

    def change(self, order: Order, operation: Operation, fate: Fate) -> None:
        """Give an operation another status and let the shop know."""
        operation.update(_told(fate))
        operation["processed_at" if "processed_at" in operation else "processing_time"] = self.world.stamp()
        if operation.get("user_action_required"):
            operation["user_action_required"] = False
            del operation["user_action_url"]
        self.tell(order, operation)

    def tell(self, order: Order, operation: Operation) -> bool:
        """Queue a webhook about an operation, and return whether the shop wants one."""
        hook = order.hooks.get(operation["transaction_id"])
        if hook and operation["status"] != "init":
            self.world.outgoing.append(notice(hook, operation))
        return bool(hook)

    def fate(self, method: str, amount: Any, currency: str, call: Call | None = None) -> Fate:
        """Return what the bank does with an operation: the amount's ending decides."""
        cents = Decimal(str(amount)) % 1
        if cents == Decimal("0.51"):
            return "failure", codes.NO_FUNDS if method in {"auth", "purchase", "p2p"} else codes.DECLINED
        if cents == Decimal("0.52") or (call and call.pending):
            return "pending", codes.PROCESSING
        return "success", codes.success(method, currency)


def _told(fate: Fate) -> dict[str, str]:
    status, code = fate
    return {"status": status, "status_code": code, "status_description": codes.DESCRIPTIONS[code]}
