"""Tranzzo's part of the sandbox, read out of its document a second time."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import unquote

from paycli.sandbox.http import Call, Reply, as_json, as_text, parse_json
from paycli.sandbox.tranzzo import fields
from paycli.sandbox.tranzzo.access import POS_ID, refusal
from paycli.sandbox.tranzzo.orders import Order, failure_code
from paycli.sandbox.world import NoSuchThingError, World

Handler = Callable[[Call, Mapping[str, str]], Reply]
SUCCESS = {"auth": "1000", "purchase": "1000", "capture": "1000", "void": "1009", "refund": "1004"}
TEST_CURRENCY = "XTS"


class Tranzzo:
    """Orders of one merchant with one point of sale."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.orders: dict[str, Order] = {}
        self.routes: list[tuple[str, re.Pattern[str], Handler]] = [
            ("GET", re.compile(r"/health"), self._health),
            ("POST", re.compile(r"/api/v1/payment"), self._payment),
            ("POST", re.compile(r"/api/v1/capture"), self._capture),
            ("POST", re.compile(r"/api/v1/void"), self._void),
            ("POST", re.compile(r"/api/v1/refund"), self._refund),
            ("GET", re.compile(r"/api/v1/pos/(?P<pos_id>[^/]+)/orders/(?P<order_id>[^/]+)"), self._order),
            ("GET", re.compile(r"/api/v1/pos/(?P<pos_id>[^/]+)/transactions"), self._transactions),
        ]

    def handle(self, call: Call) -> Reply:
        """Answer one request."""
        matches = [
            (method, found, handler) for method, path, handler in self.routes if (found := path.fullmatch(call.path))
        ]
        if not matches:
            return error(404, "Nothing is found at this address", "S-002")
        for method, found, handler in matches:
            if method == call.method:
                named = {name: unquote(value) for name, value in found.groupdict().items()}
                return handler(call, named) if call.path == "/health" else self._checked(call, named, handler)
        return error(405, "This address does not take the method", "S-405")

    def act(self, event: str, target: str) -> str:
        """Play the payer or the bank: pay, reject, finish, fail."""
        order = self.orders.get(target)
        if order is None:
            raise NoSuchThingError(f"Tranzzo's sandbox has no order {target!r}.")
        if event in {"pay", "reject"}:
            return self._payer(order, paid=event == "pay")
        if event in {"finish", "fail"}:
            return self._bank(order, done=event == "finish")
        raise NoSuchThingError(f"Tranzzo's sandbox knows no event {event!r}; it knows pay, reject, finish, fail.")

    def error(self, status: int) -> Reply:
        """Return an error as the document shows those of the server, with an error_id instead of a code."""
        return as_json(status, {"message": "The request failed", "args": {"error_id": self.world.fresh_id()[:16]}})

    def furnish(self, call: Call) -> None:
        """Let the order of a capture, void or refund hold a thousand, taken or only held."""
        body = parse_json(call.body)
        if call.path in {"/api/v1/capture", "/api/v1/void", "/api/v1/refund"} and body["order_id"] not in self.orders:
            order = self.orders[body["order_id"]] = Order(body["order_id"], self.world.fresh_id())
            method = "purchase" if call.path.endswith("refund") else "auth"
            self._add(order, method, Decimal(1000), body["order_currency"], "success", SUCCESS[method])

    def _payer(self, order: Order, *, paid: bool) -> str:
        if order.page is None or order.operations:
            raise NoSuchThingError(f"Order {order.order_id} has no open payment page.")
        method, amount, currency = (order.page[name] for name in ("method", "amount", "currency"))
        status, code = self._fate(method, amount, currency) if paid else ("failure", "5151")
        more = {name: order.page[name] for name in ("description", "payload", "customer_id") if name in order.page}
        self._add(order, method, amount, currency, status, code, mode="hosted", cc_mask="424242******4242", **more)
        return f"order {order.order_id}: {method} of {amount} {currency} is {status} (code {code})"

    def _bank(self, order: Order, *, done: bool) -> str:
        waiting = [operation for operation in order.operations if operation["status"] == "pending"]
        if not waiting:
            raise NoSuchThingError(f"Nothing of order {order.order_id} is pending.")
        for operation in waiting:
            operation["status"] = "success" if done else "failure"
            operation["status_code"] = SUCCESS[operation["method"]] if done else "5147"
            operation["status_description"] = fields.DESCRIPTIONS[operation["status_code"]]
            operation["processing_time"] = self.world.stamp()
        return f"order {order.order_id}: {len(waiting)} pending now {'success' if done else 'failure'}"

    def _checked(self, call: Call, named: Mapping[str, str], handler: Handler) -> Reply:
        if not call.trusted and (problem := refusal(call, named.get("pos_id"))):
            return error(401, problem, "S-403")
        if call.method == "POST":
            if call.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
                return error(406, "A POST has to carry application/json", "S-406")
            body = parse_json(call.body)
            if not isinstance(body, dict):
                return error(400, "The body is not a JSON object", "V-400")
            if body.get("pos_id") not in {None, POS_ID}:
                return error(401, "The credentials or the pos_id are not valid", "S-403")
        return handler(call, named)

    def _health(self, _call: Call, _named: Mapping[str, str]) -> Reply:
        return as_text(200, "OK")

    def _payment(self, call: Call, _named: Mapping[str, str]) -> Reply:
        body = parse_json(call.body)
        if wrong := fields.violations(body, fields.HOSTED_PAYMENT):
            return violations(wrong)
        if body["currency"] == TEST_CURRENCY and not 1 <= body["amount"] <= 2:  # noqa: PLR2004 test mode takes 1 to 2 XTS
            return violations([("amount", "must be from 1 to 2 in test mode")])
        order_id = body["order_id"]
        if order_id in self.orders:
            return error(400, "An order with this order_id exists", "P-409")
        self.orders[order_id] = Order(order_id, self.world.fresh_id(), page=body)
        address = f"https://checkout.invalid/{self.orders[order_id].payment_id}/form"
        return Reply(303, b"", {"Location": address}, executed=True)

    def _capture(self, call: Call, _named: Mapping[str, str]) -> Reply:
        body = parse_json(call.body)
        return self._settle(call, fields.CAPTURE, "capture", body.get("charge_amount"))

    def _void(self, call: Call, _named: Mapping[str, str]) -> Reply:
        return self._settle(call, fields.VOID, "void", None)

    def _refund(self, call: Call, _named: Mapping[str, str]) -> Reply:
        body = parse_json(call.body)
        return self._settle(call, fields.REFUND, "refund", body.get("refund_amount"))

    def _settle(self, call: Call, known: fields.Rules, method: str, asked: Decimal | None) -> Reply:
        body = parse_json(call.body)
        if wrong := fields.violations(body, known):
            return violations(wrong)
        order = self.orders.get(body["order_id"])
        if order is None or not order.operations:
            return error(404, "No payment is found for this order_id", "P-404")
        amount = order.left(method) if asked is None else asked
        code = failure_code(order, method, amount, body["order_currency"])
        status, code = ("failure", code) if code else self._fate(method, amount, body["order_currency"], call)
        more = {"comment": body["comment"]} if "comment" in body else {}
        done = self._add(order, method, amount, order.currency, status, code, fee=None, **more)
        return as_json(200, done, executed=status != "failure")

    def _order(self, _call: Call, named: Mapping[str, str]) -> Reply:
        order = self.orders.get(named["order_id"])
        return as_json(200, order.operations if order else [])

    def _transactions(self, call: Call, _named: Mapping[str, str]) -> Reply:
        wrong = [(name, "must be a UNIX timestamp") for name in ("startDate", "enddate") if not _is_stamp(call, name)]
        if wrong or len(call.query) != 2:  # noqa: PLR2004 these two and no other
            return violations(wrong or [("query", "has a parameter that the document does not have")])
        first, last = (datetime.fromtimestamp(int(call.query[name]), UTC) for name in ("startDate", "enddate"))
        found = [
            operation
            for order in self.orders.values()
            for operation in order.operations
            if first
            <= datetime.fromisoformat(operation["created_at"]).replace(tzinfo=UTC)
            < last + timedelta(seconds=1)
        ]
        return as_json(200, sorted(found, key=lambda operation: operation["created_at"]))

    def _fate(self, method: str, amount: Decimal, currency: str, call: Call | None = None) -> tuple[str, str]:
        cents = Decimal(str(amount)) % 1
        if cents == Decimal("0.51"):
            return "failure", "4009" if method in {"auth", "purchase"} else "5147"
        if cents == Decimal("0.52") or (call and call.pending):
            return "pending", "2119"
        return "success", "0" if currency == TEST_CURRENCY else SUCCESS[method]

    def _add(
        self, order: Order, method: str, amount: Decimal, currency: str, status: str, code: str, **more: Any
    ) -> dict[str, Any]:
        primary = method in {"auth", "purchase"}
        now = self.world.stamp()
        operation = {
            **({} if primary else {"operation_id": self.world.fresh_id()}),
            "payment_id": order.payment_id,
            "order_id": order.order_id,
            "transaction_id": self.world.fresh_id(),
            "pos_id": POS_ID,
            "mode": "direct",
            "method": method,
            "amount": amount,
            "currency": currency,
            "status": status,
            "status_code": code,
            "status_description": fields.DESCRIPTIONS[code],
            "created_at": now,
            "processing_time": now,
            **more,
        }
        order.operations.append(operation)
        return operation


def _is_stamp(call: Call, name: str) -> bool:
    return bool(re.fullmatch(r"[0-9]{1,11}", call.query.get(name, "")))


def error(status: int, message: str, code: str) -> Reply:
    """Return an error in the document's shape for one code."""
    return as_json(status, {"message": message, "args": {"code": code}})


def violations(wrong: list[tuple[str, str]]) -> Reply:
    """Return an error in the shape for several fields."""
    arguments = [{"field_name": name, "violation": violation} for name, violation in wrong]
    return as_json(400, {"message": "The request is not valid", "args": arguments})
