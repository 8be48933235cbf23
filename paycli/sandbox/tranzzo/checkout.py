"""The payer's pages: the payment page, its QR code, and the page where a direct payment is agreed to."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs

from paycli.sandbox.http import Call, Reply
from paycli.sandbox.tranzzo import codes
from paycli.sandbox.tranzzo.orders import Operation, Order
from paycli.sandbox.tranzzo.pages import buttons, facts, link, page, picture
from paycli.sandbox.tranzzo.payments import instrument, preflight, shown
from paycli.sandbox.tranzzo.shop import Shop

Named = Mapping[str, str]
NOTHING = page("Nothing here", "<p>This payment page does not exist.</p>", status=404)


def form(shop: Shop, call: Call, named: Named) -> Reply:
    """Show a payment page, or take what the payer decided on it."""
    order = shop.by_payment(named["payment_id"])
    if order is None or order.page is None:
        return NOTHING
    operation = opened(shop, order)
    action = _action(call)
    if operation["status"] != "init" or action not in {"pay", "reject"}:
        return _form(order, operation)
    if action == "pay" and (question := preflight(shop, call, order.payment_id, order.page)):
        return Reply(200, question=question)
    finish(shop, order, "turn-down" if call.answer is False else action)
    return _form(order, operation, executed=True)


def qr(shop: Shop, _call: Call, named: Named) -> Reply:
    """Show the QR code of a payment page."""
    order = shop.by_payment(named["payment_id"])
    if order is None or order.page is None:
        return NOTHING
    import segno

    address = shop.page(order, "form")
    code = segno.make(address, micro=False).svg_data_uri(scale=5)
    return page("Scan to pay", _summary(order.page), picture(code, "QR code"), link(address, "Open the payment page"))


def agreement(shop: Shop, call: Call, named: Named) -> Reply:
    """Show where the payer of a direct payment agrees, by 3-D Secure or at the method's own page, or take it."""
    order = shop.by_payment(named["payment_id"])
    operation = order.primary if order else None
    if order is None or operation is None or "user_action_required" not in operation:
        return NOTHING
    action = _action(call)
    waits = bool(operation["user_action_required"])
    if waits and action in {"pass", "fail"}:
        agreed(shop, order, passed=action == "pass")
        return _agreement(operation, executed=True)
    return _agreement(operation)


def opened(shop: Shop, order: Order) -> Operation:
    """Return the operation of a payment page; opening the page begins it."""
    if order.operations:
        return order.operations[0]
    asked = order.page or {}
    fate = ("init", codes.OPENED)
    more = shown(shop, order, asked, fate, {})
    hook = asked.get("server_url")
    return shop.add(order, asked["method"], asked["amount"], asked["currency"], fate, hook=hook, **more)


def finish(shop: Shop, order: Order, action: str) -> Operation:
    """Pay an open page or reject it, or let the shop turn the payment down."""
    operation = opened(shop, order)
    if action == "pay":
        operation.update(instrument(shop, {}))
        fate = shop.fate(operation["method"], operation["amount"], operation["currency"])
    else:
        fate = ("failure", codes.CANCELLED if action == "reject" else codes.TURNED_DOWN)
    shop.change(order, operation, fate)
    return operation


def agreed(shop: Shop, order: Order, *, passed: bool) -> Operation:
    """End the wait for the payer of a direct payment."""
    operation = order.operations[0]
    refusal = codes.WRONG_SECURE if operation["status_code"] == codes.SECURE else codes.CANCELLED
    done = ("success", codes.success(operation["method"], operation["currency"]))
    if passed and operation["status_code"] == codes.SECURE:
        operation["eci"] = "5"
    shop.change(order, operation, done if passed else ("failure", refusal))
    return operation


def _action(call: Call) -> str:
    return parse_qs(call.body.decode(errors="replace")).get("action", [""])[0] if call.method == "POST" else ""


def _form(order: Order, operation: Operation, *, executed: bool = False) -> Reply:
    asked = order.page or {}
    if operation["status"] == "init":
        return page("Payment", _summary(asked), buttons(pay="Pay", reject="Reject"))
    return page("Payment", _summary(asked), *_result(operation, asked), executed=executed)


def _agreement(operation: Operation, *, executed: bool = False) -> Reply:
    title = "3-D Secure" if operation["options_3ds"] != "never" and "payway" not in operation else "Confirm the payment"
    if operation["user_action_required"]:
        return page(title, _summary(operation), buttons(**{"pass": "Confirm", "fail": "Refuse"}))
    return page(title, _summary(operation), *_result(operation, operation), executed=executed)


def _summary(asked: Mapping[str, Any]) -> str:
    return facts(
        {
            "Order": asked["order_id"],
            "Amount": f"{asked['amount']} {asked['currency']}",
            "Description": asked.get("description", ""),
        }
    )


def _result(operation: Operation, asked: Mapping[str, Any]) -> list[str]:
    told = {"Status": operation["status"], "Code": f"{operation['status_code']}: {operation['status_description']}"}
    back = [link(asked["result_url"], "Back to the shop")] if "result_url" in asked else []
    return [facts(told), *back]
