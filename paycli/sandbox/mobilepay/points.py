"""Points of sale, stores and access tokens: what the document calls management."""

from typing import Any

from paycli.sandbox.http import Reply
from paycli.sandbox.mobilepay.answers import Refused, RefusedHere, done, found
from paycli.sandbox.mobilepay.fields import Asked
from paycli.sandbox.mobilepay.merchant import Merchant, PointOfSale


def create(merchant: Merchant, asked: Asked) -> Reply:
    """Create the point of sale of a terminal that has none; Integra knows every terminal id."""
    terminal = asked["terminalId"]
    if merchant.point_of(terminal):
        raise RefusedHere(f"Terminal {terminal} has a point of sale; delete it first")
    merchant.touched.add(terminal)
    return done(posId=merchant.open_point(terminal).pos_id)


def delete(merchant: Merchant, asked: Asked) -> Reply:
    """Delete the point of sale of a terminal."""
    point = merchant.point_at(asked["terminalId"])
    merchant.touched.add(point.terminal_id)
    del merchant.points[point.pos_id]
    return done(message=f"The point of sale of terminal {point.terminal_id} is deleted")


def information(merchant: Merchant, asked: Asked) -> Reply:
    """Show the point of sale of a terminal."""
    point = merchant.point_at(asked["terminalId"])
    shown = {
        "beaconId": point.beacon_id,
        "merchantPosId": f"POS-{point.terminal_id}"[:36],
        "name": f"Till {point.terminal_id}"[:36],
        "posId": point.pos_id,
        "requirePaymentBeforeCheckin": False,
        "storeId": point.store_id,
        "supportedBeaconTypes": ["QR"],
        "callbackAlias": None,
    }
    return found(posInformation=shown)


def qr_code(merchant: Merchant, asked: Asked) -> Reply:
    """Show where the picture of a terminal's QR code lies."""
    point = merchant.point_at(asked["terminalId"])
    return found(qrCodeLink=f"https://qr.sandbox.invalid/{point.beacon_id}.png")


def check_in_at_terminal(merchant: Merchant, asked: Asked) -> Reply:
    """Show who is checked in at a terminal."""
    return _check_in(merchant.point_at(asked["terminalId"]))


def check_in_at_pos(merchant: Merchant, asked: Asked) -> Reply:
    """Show who is checked in at a point of sale."""
    if asked["posId"] not in merchant.points:
        raise Refused(1000)
    return _check_in(merchant.points[asked["posId"]])


def stores(merchant: Merchant, _asked: Asked) -> Reply:
    """List the merchant's stores."""
    return found(storesIds=list(merchant.stores))


def store(merchant: Merchant, asked: Asked) -> Reply:
    """Show a store."""
    if asked["storeId"] not in merchant.stores:
        raise Refused(1002)
    one = merchant.stores[asked["storeId"]]
    shown = {
        "storeName": one.name,
        "storeId": one.store_id,
        "storeStreet": one.street,
        "storeZipCode": one.zip_code,
        "storeCity": one.city,
        "brandName": "Sandbox Brand",
        "merchantBrandId": "POSDK70707",
        "merchantLocationId": one.location,
    }
    return found(storeInformation=shown)


def create_token(merchant: Merchant, _asked: Asked) -> Reply:
    """Create the access token of a merchant who has none."""
    if merchant.token:
        raise RefusedHere("The merchant has an access token; reset it instead")
    merchant.token = _fresh_token(merchant)
    return done(accessToken=merchant.token)


def reset_token(merchant: Merchant, asked: Asked) -> Reply:
    """Replace the access token; the old one opens nothing any more."""
    if not merchant.token or asked["previousAccessToken"] != merchant.token:
        raise RefusedHere("The previousAccessToken is not the merchant's access token")
    merchant.token = _fresh_token(merchant)
    return done(accessToken=merchant.token)


def _fresh_token(merchant: Merchant) -> str:
    return f"sandbox-token-{merchant.world.fresh_id()}"


def _check_in(point: PointOfSale) -> Reply:
    shown: dict[str, Any] = {"isUserCheckedIn": bool(point.customer), "pollDelayInMs": 1000}
    if point.customer:
        shown |= {"loyaltyIds": [], "customerToken": point.customer, "customerReceiptToken": ""}
    return found(checkInInformation=shown)
