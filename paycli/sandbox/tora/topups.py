"""Topup sales: the list of products, and a sale with its PIN."""

from datetime import timedelta
from typing import Any

from paycli.sandbox.http import Reply, as_json
from paycli.sandbox.moments import write_moment
from paycli.sandbox.routes import Ask, Refused, Route
from paycli.sandbox.shapes import flag, table, text
from paycli.sandbox.tora import twostep
from paycli.sandbox.tora.access import terminal
from paycli.sandbox.tora.catalogue import Product, ProductProvider
from paycli.sandbox.tora.images import with_check_digit
from paycli.sandbox.tora.state import State

GOOD_FOR = timedelta(days=365)
PRICE = 1000

PAYSAFECARD = table({"shopId": (False, text(1)), "terminalId": (False, text(1))})
SALE = table(
    {
        "productCode": (True, text(1)),
        "reference": (False, text()),
        "confirm": (False, flag),
        "paysafecard": (False, PAYSAFECARD),
    }
)


def _products(state: State, _ask: Ask) -> Reply:
    return as_json(200, [provider.shown() for provider in state.providers])


def _create(state: State, ask: Ask) -> Reply:
    body = ask.body
    product = state.product(body["productCode"])
    if product is None:
        raise Refused(422, "UNKNOWN_PRODUCT", f"There is no product {body['productCode']}")
    sale = state.record(
        "TOPUP",
        (product.code, product.name),
        product.cents,
        terminal(ask.call),
        reference=body.get("reference"),
        status=twostep.first_status(confirm=body.get("confirm", True)),
    )
    return as_json(200, _sold(state, sale.id, sale.amount), executed=True)


def _sold(state: State, number: str, amount: int) -> dict[str, Any]:
    # The document shows one answer for both values of confirm: the PIN is there before the capture.
    return {
        "id": number,
        "amount": amount,
        "pinCode": state.world.digits(16),
        "serialNumber": state.world.digits(12),
        "expirationDate": write_moment(state.now() + GOOD_FOR),
        "advertisingText": "",
    }


def _furnish(state: State, ask: Ask) -> None:
    code = ask.body["productCode"]
    if state.product(code) is None:
        product = Product(code, f"Προϊόν {code}", PRICE, with_check_digit(f"520{state.world.digits(9)}"))
        state.providers.append(ProductProvider(code.lower(), f"Πάροχος {code}", (product,)))
    product_found = state.product(code)
    state.afford(product_found.cents if product_found else PRICE)


ROUTES: tuple[Route[State], ...] = (
    Route("GET", "/topups/products", _products, terminal=True),
    Route("POST", "/topups", _create, SALE, furnish=_furnish, keyed=True, terminal=True),
    *twostep.routes("/topups", "TOPUP"),
)
