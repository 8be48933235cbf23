"""The merchant's stores.

Document: "PointOfSalesManagement".
"""

from paycli.operations.columns import identifier
from paycli.operations.operation import Fields, Shape
from paycli.providers.mobilepay import MOBILEPAY
from paycli.providers.mobilepay.fields import StoreId

EXAMPLE_ID = "58e1d0b4-0c7f-4a92-b6d3-1f2e9a7c4b85"


@MOBILEPAY.get(
    "stores list",
    "/api/pos/manage/stores",
    documented_as="Store ids of the merchant",
    shape=Shape.ARRAY,
    listing=True,
    enveloped=True,
    columns=(identifier("", primary=True),),
    example=[EXAMPLE_ID],
)
def list_() -> Fields:
    """List the ids of the merchant's stores."""
    return {}


@MOBILEPAY.get(
    "stores show",
    "/api/pos/manage/store",
    documented_as="Store information",
    query=("storeId",),
    example={"storeId": EXAMPLE_ID, "storeName": "Harbour", "storeCity": "Aarhus", "success": True, "errors": []},
)
def show(store: StoreId) -> Fields:
    """Show a store."""
    return {"storeId": store}
