"""Payments at a till: started at once, or prepared and made ready; then reserved by the customer and captured.

Document: "PointOfSalesPayments". A reservation lives seven days. Several GETs here change something, and two of them
move money: each is declared as what it does.
"""

from collections.abc import Mapping
from typing import Any

from paycli.operations.columns import identifier, text
from paycli.operations.follow import Follow
from paycli.operations.operation import Effect, Fields, Request, Shape, settled_by
from paycli.operations.safety import LISTED
from paycli.providers.mobilepay import MOBILEPAY
from paycli.providers.mobilepay.fields import (
    Amount,
    OnlyCaptured,
    OnlyOrderId,
    OnlyTerminalId,
    OrderId,
    OrderIdArgument,
    PaymentId,
    PaymentState,
    PosId,
    StateOfCaptured,
    TerminalId,
    TerminalOption,
)
from paycli.providers.mobilepay.safety import field_of
from paycli.providers.mobilepay.safety import of_payment as its_amount
from paycli.providers.mobilepay.states import CANCELLED, CAPTURED, RESERVED, flat, state_of
from paycli.providers.mobilepay.timeline import of_payment

EXAMPLE_ID = "3f2504e0-4f89-41d3-9a0c-0305e82c3301"
CREATED = {"paymentId": EXAMPLE_ID, "success": True, "errors": []}
DONE = {"message": "done", "success": True, "errors": []}
CREATED_COLUMNS = (identifier("paymentId", primary=True, otherwise=LISTED),)
DONE_COLUMNS = (identifier("paymentId", primary=True), text("message"))


def _watched(answer: Any, values: Mapping[str, Any]) -> str:
    fields = flat(answer)
    return str(fields.get("paymentId") or fields.get(LISTED) or values.get("payment_id") or "")


FOLLOW = Follow("payments status", _watched, state_of, frozenset({RESERVED, CAPTURED}), CANCELLED, pause=1.0)


def _at_terminal(request: Request) -> tuple[str, dict[str, Any]] | None:
    terminal = field_of(request, "terminalId")
    return ("payments list", {"terminal_id": terminal}) if terminal else None


@MOBILEPAY.declare(
    "payments start",
    "POST|GET",
    "/api/pos/payment/start",
    documented_as="Start a payment at a terminal",
    effect=Effect.WRITES,
    retry=settled_by("payments list"),
    same=("order_id",),
    creates="paymentId",
    beside=_at_terminal,
    follow=FOLLOW,
    columns=CREATED_COLUMNS,
    example=CREATED,
)
def start(terminal: TerminalId, order_id: OrderId, amount: Amount) -> Fields:
    """Start a payment at a terminal and ask the customer for it.

    There can be one active payment at a point of sale: `payments clear TERMINAL_ID` cancels what is in the way. --wait
    follows the payment until the customer has approved it (Reserved) or it has ended otherwise; what is Reserved is
    taken with `payments capture`.
    """
    return {"orderId": order_id, "amount": amount, "terminalId": terminal, "currencyCode": amount.currency}


@MOBILEPAY.declare(
    "payments start-by-pos",
    "POST|GET",
    "/api/pos/payment/start/byPosId",
    documented_as="Start a payment at a point of sale",
    effect=Effect.WRITES,
    retry=settled_by("payments list"),
    same=("order_id",),
    movement="start",
    creates="paymentId",
    follow=FOLLOW,
    columns=CREATED_COLUMNS,
    example=CREATED,
)
def start_by_pos(pos: PosId, order_id: OrderId, amount: Amount) -> Fields:
    """Start a payment at a point of sale and ask the customer for it."""
    return {"orderId": order_id, "amount": amount, "posId": pos, "currencyCode": amount.currency}


@MOBILEPAY.declare(
    "payments prepare",
    "POST|GET",
    "/api/pos/payment/prepare",
    documented_as="Prepare a payment (amount follows)",
    effect=Effect.WRITES,
    retry=settled_by("payments list"),
    same=("order_id",),
    creates="paymentId",
    beside=_at_terminal,
    columns=CREATED_COLUMNS,
    example=CREATED,
)
def prepare(terminal: TerminalId, order_id: OrderId) -> Fields:
    """Show a payment to the customer before its amount is known; `payments ready` must follow."""
    return {"orderId": order_id, "terminalId": terminal}


@MOBILEPAY.declare(
    "payments ready",
    "POST|GET",
    "/api/pos/payment/ready",
    documented_as="Make a prepared payment ready",
    effect=Effect.WRITES,
    retry=settled_by("payments status"),
    same=("payment_id",),
    follow=FOLLOW,
    columns=DONE_COLUMNS,
    example=CREATED,
)
def ready(payment_id: PaymentId, order_id: OrderId, terminal_id: TerminalOption, amount: Amount) -> Fields:
    """Give a prepared payment its amount and ask the customer for it."""
    return {
        "orderId": order_id,
        "amount": amount,
        "terminalId": terminal_id,
        "currencyCode": amount.currency,
        "paymentId": payment_id,
    }


@MOBILEPAY.get(
    "payments show",
    "/api/pos/payment/details",
    documented_as="Payment details",
    query=("paymentId",),
    timeline=of_payment,
    example={"paymentId": EXAMPLE_ID, "status": RESERVED, "amount": 12.5, "currencyCode": "DKK", "success": True},
)
def show(payment_id: PaymentId) -> Fields:
    """Show everything that is known of a payment; the table for people tells its refunds, too."""
    return {"paymentId": payment_id}


@MOBILEPAY.get(
    "payments list",
    "/api/pos/payments",
    documented_as="Active payments, or captured ones",
    shape=Shape.ARRAY,
    listing=True,
    enveloped=True,
    looked_up_by="order_id",
    detail="payments show",
    query=("state", "orderId", "terminalId"),
    columns=(identifier("", primary=True),),
    example=[EXAMPLE_ID],
)
def list_(order_id: OnlyOrderId = None, terminal_id: OnlyTerminalId = None, state: OnlyCaptured = None) -> Fields:
    """List the ids of active payments (neither captured nor ended), or of captured ones with --state Captured."""
    return {"state": state, "orderId": order_id, "terminalId": terminal_id}


@MOBILEPAY.get(
    "payments status",
    "/api/pos/payment/status",
    documented_as="Payment status",
    query=("paymentId",),
    example={"status": RESERVED, "success": True, "errors": []},
)
def status_(payment_id: PaymentId) -> Fields:
    """Show where a payment stands; Reserved means that the customer has approved it and it can be captured."""
    return {"paymentId": payment_id}


@MOBILEPAY.get(
    "payments capture",
    "/api/pos/payment/capture",
    documented_as="Capture a reserved payment",
    effect=Effect.MOVES_MONEY,
    retry=settled_by("payments status"),
    same=("payment_id",),
    beside=its_amount,
    query=("paymentId", "amount"),
    columns=DONE_COLUMNS,
    example=DONE,
)
def capture(payment_id: PaymentId, amount: Amount) -> Fields:
    """Take the money of a Reserved payment, once; a reservation lives seven days.

    Less than was reserved can be taken only where the payment allows it, and releases the rest. The currency is the
    payment's own: it is compared, not sent.
    """
    return {"paymentId": payment_id, "amount": amount}


@MOBILEPAY.get(
    "payments cancel",
    "/api/pos/payment/cancel",
    documented_as="Cancel a payment",
    effect=Effect.MOVES_MONEY,
    retry=settled_by("payments status"),
    same=("payment_id",),
    beside=its_amount,
    query=("paymentId",),
    columns=DONE_COLUMNS,
    example=DONE,
)
def cancel(payment_id: PaymentId) -> Fields:
    """Cancel a payment that is not captured, and release what it reserved; captured money is refunded."""
    return {"paymentId": payment_id}


@MOBILEPAY.get(
    "payments id-by-state",
    "/api/pos/payment/id/retrieve/bystate",
    documented_as="Find a lost payment id by state",
    query=("orderId", "state"),
    columns=(identifier("paymentId", primary=True),),
    example=CREATED,
)
def id_by_state(order_id: OrderIdArgument, state: StateOfCaptured = CAPTURED) -> Fields:
    """Find the id of a captured payment by your own reference."""
    return {"orderId": order_id, "state": state}


@MOBILEPAY.get(
    "payments id-by-terminal",
    "/api/pos/payment/id/retrieve/byterminal",
    documented_as="Find a lost payment id by terminal",
    query=("orderId", "terminalId", "paymentState"),
    columns=(identifier("paymentId", primary=True),),
    example=CREATED,
)
def id_by_terminal(terminal: TerminalId, order_id: OrderIdArgument, payment_state: PaymentState = None) -> Fields:
    """Find the id of a payment by its terminal and your own reference."""
    return {"orderId": order_id, "terminalId": terminal, "paymentState": payment_state}


@MOBILEPAY.get(
    "payments id-by-pos",
    "/api/pos/payment/id/retrieve/byposId",
    documented_as="Find a lost payment id by point of sale",
    query=("paymentState", "orderId", "posId"),
    columns=(identifier("paymentId", primary=True),),
    example=CREATED,
)
def id_by_pos(pos: PosId, order_id: OrderIdArgument, payment_state: PaymentState = None) -> Fields:
    """Find the id of a payment by its point of sale and your own reference."""
    return {"paymentState": payment_state, "orderId": order_id, "posId": pos}
