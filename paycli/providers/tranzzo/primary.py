"""What every operation that begins an order at Tranzzo has in common: its fields, its columns, its declaration."""

from collections.abc import Callable, Mapping
from typing import Any

from paycli.operations.columns import identifier, money, status, text
from paycli.operations.money import Money
from paycli.operations.operation import Effect, settled_by
from paycli.operations.provider import Declared
from paycli.providers.tranzzo import TRANZZO

PAYMENT = "/api/v1/payment"
ORDER_READ = settled_by("orders show")
COLUMNS = (
    identifier("payment_id", primary=True),
    text("order_id"),
    text("method"),
    status("status"),
    money("amount", "currency"),
    text("status_code"),
    text("status_description"),
    text("cc_mask"),
    text("user_action_url"),
    text("dcc_rates"),
)
PAGE_COLUMNS = (identifier("order_id", primary=True), text("redirect_url"))
PAGE_EXAMPLE = {"order_id": "A-1001", "redirect_url": "https://pay.example/checkout/3f0d/form"}


def example(method: str = "purchase", **more: Any) -> dict[str, Any]:
    """Return a made-up answer to a direct operation."""
    return {
        "payment_id": "6d0a6f0e-3c55-4c86-9a3e-2f6d9b1c7e42",
        "order_id": "A-1001",
        "mode": "direct",
        "method": method,
        "amount": 12.50,
        "currency": "UAH",
        "status": "success",
        "status_code": "1000",
        **more,
    }


def charge(
    command: str, documented_as: str, *, movement: str, path: str = PAYMENT, **facts: Any
) -> Callable[[Declared], Declared]:
    """Declare an operation that moves money at once, under our own new order id."""
    usual: dict[str, Any] = {"columns": COLUMNS, "example": example()}
    return TRANZZO.post(
        command,
        path,
        documented_as=documented_as,
        effect=Effect.MOVES_MONEY,
        retry=ORDER_READ,
        same=("order_id",),
        begins=True,
        movement=movement,
        **{**usual, **facts},
    )


def page(
    command: str, documented_as: str, *, movement: str, path: str = PAYMENT, **facts: Any
) -> Callable[[Declared], Declared]:
    """Declare an operation that makes a page on which the payer pays; the page's address is its success."""
    usual: dict[str, Any] = {"creates": "redirect_url", "columns": PAGE_COLUMNS, "example": PAGE_EXAMPLE}
    return TRANZZO.post(
        command,
        path,
        documented_as=documented_as,
        effect=Effect.WRITES,
        retry=ORDER_READ,
        same=("order_id",),
        movement=movement,
        **{**usual, **facts},
    )


def primary(mode: str, method: str, order: str, amount: Money, description: str) -> Mapping[str, Any]:
    """Return the fields that every primary operation requires."""
    return {
        "mode": mode,
        "method": method,
        "amount": amount,
        "currency": amount.currency,
        "description": description,
        "order_id": order,
    }
