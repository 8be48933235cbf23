"""Terminals, their points of sale, and who is checked in there.

Document: "PointOfSalesManagement". A point of sale cannot be edited: it is deleted and created again.
"""

from paycli.operations.columns import identifier, text
from paycli.operations.operation import Effect, Fields, settled_by
from paycli.providers.mobilepay import MOBILEPAY
from paycli.providers.mobilepay.fields import PosId, TerminalId

POS = {
    "posId": "c2a8f7d1-52b3-4e6a-9f10-7d4b8e6a1c39",
    "merchantPosId": "T-1001",
    "storeId": "58e1d0b4-0c7f-4a92-b6d3-1f2e9a7c4b85",
    "name": "Till 1",
    "beaconId": "100000000000001",
    "supportedBeaconTypes": ["QR"],
    "requirePaymentBeforeCheckin": False,
    "callbackAlias": None,
}
CHECK_IN = {"isUserCheckedIn": False, "success": True, "errors": []}
COLUMNS = (identifier("posId", primary=True, otherwise="posInformation.posId"), text("message"))


@MOBILEPAY.get(
    "terminals qr-code",
    "/api/pos/terminal/qrcode",
    documented_as="QR code image link of a terminal",
    query=("terminalId",),
    example={"message": "https://qr.example/T-1001.png", "success": True, "errors": []},
)
def qr_code(terminal: TerminalId) -> Fields:
    """Show the address of the picture that customers scan at a terminal."""
    return {"terminalId": terminal}


@MOBILEPAY.get(
    "terminals show",
    "/api/pos/manage/terminal/information",
    documented_as="Point of sale of a terminal",
    query=("terminalId",),
    absent={"posInformation": None, "success": True},
    columns=(
        identifier("posInformation.posId", primary=True, otherwise="posId"),
        text("posInformation.name"),
        identifier("posInformation.merchantPosId"),
        identifier("posInformation.storeId"),
        identifier("posInformation.beaconId"),
        text("posInformation.supportedBeaconTypes"),
        text("posInformation.requirePaymentBeforeCheckin"),
        text("posInformation.callbackAlias"),
    ),
    example={"posInformation": POS, "success": True, "errors": []},
)
def show(terminal: TerminalId) -> Fields:
    """Show the point of sale of a terminal."""
    return {"terminalId": terminal}


@MOBILEPAY.declare(
    "terminals create-pos",
    "POST|GET",
    "/api/pos/manage/create",
    documented_as="Create the point of sale of a terminal",
    effect=Effect.WRITES,
    retry=settled_by("terminals show"),
    same=("terminal_id",),
    columns=COLUMNS,
    example={"message": "created", "success": True, "errors": []},
)
def create_pos(terminal: TerminalId) -> Fields:
    """Create the point of sale of a terminal that has none."""
    return {"terminalId": terminal}


@MOBILEPAY.declare(
    "terminals delete-pos",
    "DELETE|GET",
    "/api/pos/manage/delete",
    documented_as="Delete the point of sale of a terminal",
    effect=Effect.WRITES,
    retry=settled_by("terminals show"),
    same=("terminal_id",),
    irrevocable=True,
    query=("terminalId",),
    columns=COLUMNS,
    example={"message": "deleted", "success": True, "errors": []},
)
def delete_pos(terminal: TerminalId) -> Fields:
    """Delete the point of sale of a terminal; a new one has another id and another code to scan."""
    return {"terminalId": terminal}


@MOBILEPAY.get(
    "terminals check-in",
    "/api/pos/manage/checkInStatus/byterminalId",
    documented_as="Who is checked in at a terminal",
    query=("terminalId",),
    example=CHECK_IN,
)
def terminal_check_in(terminal: TerminalId) -> Fields:
    """Show whether a customer is checked in at a terminal."""
    return {"terminalId": terminal}


@MOBILEPAY.get(
    "pos check-in",
    "/api/pos/manage/checkInStatus/byposId",
    documented_as="Who is checked in at a point of sale",
    query=("posId",),
    example=CHECK_IN,
)
def pos_check_in(pos: PosId) -> Fields:
    """Show whether a customer is checked in at a point of sale."""
    return {"posId": pos}
