"""Topups: prepaid codes for telephones, vouchers and the like.

Document: "Create a topup sale", "List available topup products"; capture and void of a sale in two steps.
"""

from collections.abc import Mapping
from typing import Annotated, Any

from paycli.errors import UsageProblem
from paycli.operations.columns import identifier, images, minor, text, time
from paycli.operations.once import Once
from paycli.operations.operation import KEY, Effect, Fields, Route, Shape, View
from paycli.operations.params import Compound, Facts, Identifier, Option
from paycli.providers.tora import TORA
from paycli.providers.tora.fields import EURO, LONGEST_ID, ProductCode, Reference, SaleId, Terminal, TwoStep
from paycli.providers.tora.headers import TERMINAL_ID
from paycli.providers.tora.pictures import PICTURES
from paycli.providers.tora.second_step import second_step

SHOP, POINT = "paysafecard_shop_id", "paysafecard_terminal_id"


def build_paysafecard(typed: Mapping[str, Any], _facts: Facts) -> Mapping[str, str] | None:
    """Return where a paysafecard is sold, which the document says with both or not at all."""
    shop, point = typed[SHOP], typed[POINT]
    if (shop is None) != (point is None):
        raise UsageProblem(
            "--paysafecard-shop-id and --paysafecard-terminal-id go together.",
            next_step="add the other one, or leave both out",
        )
    return {"shopId": shop, "terminalId": point} if shop else None


Paysafecard = Annotated[
    Mapping[str, str] | None,
    Compound(
        {
            SHOP: Option("Shop that sells a paysafecard.", parse=Identifier(LONGEST_ID), metavar="ID"),
            POINT: Option("Terminal that sells it.", parse=Identifier(LONGEST_ID), metavar="ID"),
        },
        build_paysafecard,
    ),
]


@TORA.post(
    "topups create",
    "/topups",
    documented_as="Create a topup sale",
    effect=Effect.MOVES_MONEY,
    retry=KEY,
    route=Route.ASSUMED,
    movement="topup",
    same=("reference",),
    headers=(TERMINAL_ID,),
    once=Once({"pinCode": None}, show="--show-pin"),
    columns=(
        identifier("id", primary=True),
        minor("amount", EURO),
        identifier("pinCode"),
        text("serialNumber"),
        time("expirationDate"),
        text("advertisingText"),
    ),
    example={
        "id": "990012345",
        "amount": 1000,
        "pinCode": "7712 0034 5589",
        "serialNumber": "SN-20017",
        "expirationDate": "2027-01-31T22:00:00Z",
        "advertisingText": "",
    },
)
def topups_create(
    product: ProductCode,
    reference: Reference = None,
    two_step: TwoStep = False,
    paysafecard: Paysafecard = None,
    terminal_id: Terminal = None,
) -> Fields:
    """Sell a topup."""
    return {
        TERMINAL_ID: terminal_id,
        "productCode": product,
        "reference": reference,
        "confirm": False if two_step else None,
        "paysafecard": paysafecard,
    }


@second_step(
    "topups capture",
    "/topups/{id}/capture",
    documented_as="Capture a topup sale (second step of confirm=false)",
    example={"id": "990012345", "status": "captured"},
)
def topups_capture(sale: SaleId, terminal_id: Terminal = None) -> Fields:
    """Complete a topup that was sold with --two-step."""
    return {TERMINAL_ID: terminal_id}


@second_step(
    "topups void",
    "/topups/{id}/void",
    documented_as="Void a topup sale",
    example={"id": "990012345", "status": "canceled"},
)
def topups_void(sale: SaleId, terminal_id: Terminal = None) -> Fields:
    """Give up a topup that was sold with --two-step and not captured."""
    return {TERMINAL_ID: terminal_id}


def products(rows: list[Any]) -> View:
    """Return a row for each product, with its provider's name."""
    flat = [
        {"providerCode": row.get("providerCode"), "providerName": row.get("providerName"), **product}
        for row in rows
        if isinstance(row, Mapping)
        for product in row.get("products") or ()
        if isinstance(product, Mapping)
    ]
    return View(flat, own=True)


@TORA.get(
    "topups products",
    "/topups/products",
    documented_as="List available topup products",
    route=Route.ASSUMED,
    shape=Shape.ARRAY,
    view=products,
    pictures=PICTURES,
    columns=(
        identifier("productCode", primary=True),
        text("name"),
        text("providerName"),
        identifier("barcode"),
        images("media"),
    ),
    example=[
        {
            "providerCode": "demo",
            "providerName": "Δοκιμή Mobile",
            "products": [{"productCode": "demo10", "name": "Δοκιμή 10", "barcode": "5200000000017", "media": []}],
            "media": [],
        }
    ],
)
def topups_products() -> Fields:
    """List the topups that can be sold, by provider."""
    return {}
