"""Bills: how one may be paid, and paying it."""

from typing import Any

from paycli.sandbox.http import Reply, as_json
from paycli.sandbox.routes import Ask, Refused, Route
from paycli.sandbox.shapes import array, day, flag, phone, table, text, whole
from paycli.sandbox.tora import twostep
from paycli.sandbox.tora.access import terminal
from paycli.sandbox.tora.catalogue import Bill, BillOption, BillProduct
from paycli.sandbox.tora.images import logo
from paycli.sandbox.tora.state import TEN, State

COMMISSION = 50
DUE = 10_000

PAYMENT = table(
    {
        "productCode": (True, text(1)),
        "paymentCode": (True, text(1)),
        "paymentAmount": (True, whole(0)),
        "phone": (True, phone),
        "reference": (False, text()),
        "confirm": (False, flag),
        "options": (False, array(table({"key": (True, text(1)), "value": (True, text())}), filled=False)),
    }
)


def _show(state: State, ask: Ask) -> Reply:
    bill = _bill(state, ask.named["paymentCode"], 404)
    return as_json(200, [product.shown() for product in bill.products.values()])


def _pay(state: State, ask: Ask) -> Reply:
    body = ask.body
    bill = _bill(state, body["paymentCode"], 422)
    product = bill.products.get(body["productCode"])
    if product is None:
        raise Refused(422, "UNKNOWN_PRODUCT", f"{body['productCode']} does not fit this payment code")
    if problem := _amount_problem(bill, product, body["paymentAmount"]):
        raise Refused(422, "INVALID_AMOUNT", problem)
    if problem := _option_problem(product, body.get("options", [])):
        raise Refused(422, "INVALID_OPTIONS", problem)
    return as_json(200, _paid(state, ask, bill, product), executed=True)


def _paid(state: State, ask: Ask, bill: Bill, product: BillProduct) -> dict[str, Any]:
    amount = ask.body["paymentAmount"]
    made = state.record(
        "BP",
        (product.code, product.name),
        amount + product.commission,
        terminal(ask.call),
        reference=ask.body.get("reference"),
        status=twostep.first_status(confirm=ask.body.get("confirm", True)),
        details={
            "paymentCode": bill.code,
            "paymentAmount": amount,
            "commission": product.commission,
            "phone": ask.body["phone"],
        },
    )
    bill.paid += amount
    return {
        "id": made.id,
        "paymentCode": bill.code,
        "totalAmount": made.amount,
        "paymentAmount": amount,
        "commission": product.commission,
        "reference": made.reference,
        "media": [logo(sum(product.name.encode()))],
    }


def _bill(state: State, code: str, status: int) -> Bill:
    if code not in state.bills:
        raise Refused(status, "UNKNOWN_PAYMENT_CODE", f"There is no bill with the payment code {code}")
    return state.bills[code]


def _amount_problem(bill: Bill, product: BillProduct, amount: int) -> str | None:
    if amount == 0:
        return None if product.zero else "An amount of zero is not allowed"
    if bill.left == 0:
        return "The bill is paid"
    if amount < bill.left and not product.partial:
        return f"A partial amount is not allowed; {bill.left} is due"
    return f"A higher amount is not allowed; {bill.left} is due" if amount > bill.left and not product.higher else None


def _option_problem(product: BillProduct, given: list[dict[str, str]]) -> str | None:
    known = {option.key: option for option in product.options}
    keys = [option["key"] for option in given]
    for key in keys:
        if key not in known or keys.count(key) > 1:
            return f"{key} is not an option of this bill" if key not in known else f"{key} is given twice"
    missing = [option.key for option in product.options if option.required and option.key not in keys]
    if missing:
        return f"{', '.join(missing)} is required"
    problems = ((option["key"], known[option["key"]].problem(option["value"])) for option in given)
    return next((f"{key} {problem}" for key, problem in problems if problem), None)


def _furnish_show(state: State, ask: Ask) -> None:
    code = ask.named["paymentCode"]
    if code not in state.bills:
        product = BillProduct("FURNISHED", "Λογαριασμός", COMMISSION, partial=True)
        state.bills[code] = Bill(code, DUE, {product.code: product})


def _furnish_pay(state: State, ask: Ask) -> None:
    body = ask.body
    bill = state.bills.setdefault(body["paymentCode"], Bill(body["paymentCode"], TEN * body["paymentAmount"], {}))
    options = tuple(_option_like(option) for option in body.get("options", []))
    product = BillProduct(body["productCode"], "Λογαριασμός", COMMISSION, zero=True, partial=True, options=options)
    bill.products = {product.code: product, **bill.products}
    state.afford(body["paymentAmount"] + bill.products[product.code].commission)


def _option_like(given: dict[str, str]) -> BillOption:
    kind = "TEXT" if day(given["value"]) else "DATE"
    return BillOption(given["key"], required=False, type=kind, header=given["key"], message="Συμπληρώστε το")


ROUTES: tuple[Route[State], ...] = (
    Route("GET", "/payments/{paymentCode}", _show, furnish=_furnish_show, terminal=True),
    Route("POST", "/payments", _pay, PAYMENT, furnish=_furnish_pay, keyed=True, terminal=True),
    *twostep.routes("/payments", "BP"),
)
