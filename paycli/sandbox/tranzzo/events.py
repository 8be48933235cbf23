"""What payers, banks and shops do by themselves, played by whoever runs the sandbox."""

from collections.abc import Callable

from paycli.sandbox.http import Call, Message
from paycli.sandbox.tranzzo import codes
from paycli.sandbox.tranzzo.checkout import agreed, finish, opened
from paycli.sandbox.tranzzo.orders import Operation, Order
from paycli.sandbox.tranzzo.payments import preflight
from paycli.sandbox.tranzzo.shop import Shop, Subscription
from paycli.sandbox.world import NoSuchThingError

MOST_ROWS = 10_000_000
ID_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789"


def act(shop: Shop, event: str, target: str) -> str:
    """Let an event happen and tell it. Raises NoSuchThingError."""
    if event == "report-rows":
        return _rows(shop, target)
    if event not in EVENTS:
        known = ", ".join(sorted([*EVENTS, "report-rows"]))
        raise NoSuchThingError(f"Tranzzo's sandbox knows no event {event!r}; it knows {known}.")
    order = shop.orders.get(target)
    if order is None:
        raise NoSuchThingError(f"Tranzzo's sandbox has no order {target!r}.")
    return EVENTS[event](shop, order)


def asks(shop: Shop, event: str, target: str) -> Message | None:
    """Return what the shop wants to be asked before an event, if anything."""
    order = shop.orders.get(target)
    if event != "pay" or order is None or order.page is None or not _open(order):
        return None
    return preflight(shop, Call("POST", "/"), order.payment_id, order.page)


def _open(order: Order) -> bool:
    return order.page is not None and (not order.operations or order.operations[0]["status"] == "init")


def _waits(order: Order) -> bool:
    return bool(order.primary and order.primary.get("user_action_required"))


def _told(order: Order, operation: Operation) -> str:
    what = f"{operation['method']} of {operation['amount']} {operation['currency']}"
    return f"order {order.order_id}: {what} is {operation['status']} (code {operation['status_code']})"


def _need(fits: object, order: Order, what: str) -> None:
    if not fits:
        raise NoSuchThingError(f"Order {order.order_id} {what}.")


def _pay(shop: Shop, order: Order) -> str:
    if _waits(order):
        return _told(order, agreed(shop, order, passed=True))
    return _payer(shop, order, "pay")


def _reject(shop: Shop, order: Order) -> str:
    if _waits(order):
        return _told(order, agreed(shop, order, passed=False))
    return _payer(shop, order, "reject")


def _turn_down(shop: Shop, order: Order) -> str:
    return _payer(shop, order, "turn-down")


def _payer(shop: Shop, order: Order, action: str) -> str:
    _need(_open(order), order, "has no open payment page")
    return _told(order, finish(shop, order, action))


def _open_page(shop: Shop, order: Order) -> str:
    _need(order.page is not None and not order.operations, order, "has no payment page that nobody has opened")
    return _told(order, opened(shop, order))


def _secure(shop: Shop, order: Order, *, passed: bool) -> str:
    secured = _waits(order) and order.operations[0]["status_code"] == codes.SECURE
    _need(secured, order, "does not wait for 3-D Secure")
    return _told(order, agreed(shop, order, passed=passed))


def _secure_pass(shop: Shop, order: Order) -> str:
    return _secure(shop, order, passed=True)


def _secure_fail(shop: Shop, order: Order) -> str:
    return _secure(shop, order, passed=False)


def _bank(shop: Shop, order: Order, *, done: bool) -> str:
    waiting = [operation for operation in order.operations if operation["status"] == "pending"]
    if not waiting:
        raise NoSuchThingError(f"Nothing of order {order.order_id} is pending.")
    for operation in waiting:
        good = ("success", codes.success(operation["method"], operation["currency"]))
        shop.change(order, operation, good if done else ("failure", codes.DECLINED))
    return f"order {order.order_id}: {len(waiting)} pending now {'success' if done else 'failure'}"


def _finish(shop: Shop, order: Order) -> str:
    return _bank(shop, order, done=True)


def _fail(shop: Shop, order: Order) -> str:
    return _bank(shop, order, done=False)


def _subscribe(shop: Shop, order: Order) -> str:
    _need(order.total("purchase"), order, "has no paid purchase that could recur")
    made = subscription(shop, "".join(shop.world.chance.choices(ID_LETTERS, k=21)), order)
    return f"order {order.order_id}: recurring {made.recurring_id}, payment {order.payment_id}"


def subscription(shop: Shop, recurring_id: str, order: Order) -> Subscription:
    """Keep a recurring payment that an order began."""
    now = shop.world.stamp()
    made = Subscription(recurring_id, order.order_id, [order.payment_id], created_at=now, updated_at=now)
    shop.subscriptions[recurring_id] = made
    return made


def _rows(shop: Shop, count: str) -> str:
    if not (count.isascii() and count.isdigit() and len(count) < 9 and int(count) <= MOST_ROWS):  # noqa: PLR2004 digits of the bound
        raise NoSuchThingError(f"report-rows takes a number up to {MOST_ROWS}, not {count!r}.")
    shop.next_rows = int(count)
    return f"the next report has {int(count)} rows"


EVENTS: dict[str, Callable[[Shop, Order], str]] = {
    "open": _open_page,
    "pay": _pay,
    "reject": _reject,
    "turn-down": _turn_down,
    "3ds-pass": _secure_pass,
    "3ds-fail": _secure_fail,
    "finish": _finish,
    "fail": _fail,
    "subscribe": _subscribe,
}
