"""The proxy's answers: one value beside ``success`` and ``errors``.

Known values are paymentId, refundId, paymentsIds, message and posInformation. Where the document shows none, the value
is named after the document's own words (refundsIds, storesIds, paymentDetails) and holds the upstream API's fields.
"""

from typing import Any

from paycli.sandbox.http import Reply, as_json

SENTENCES = {
    1000: "The point of sale is not found",
    1001: "The payment is not found",
    1002: "The store is not found",
    1004: "The refund is not found",
    1099: "The request is not valid",
    1102: "The amount is not valid",
    1109: "The filter is not specific enough",
    1113: "The orderId is not valid",
    1114: "The refundOrderId is not valid",
    1300: "The payment cannot be cancelled in its state",
    1301: "A payment is active at this point of sale; cancel it first",
    1303: "The payment was not prepared",
    1304: "The payment is not reserved",
    1305: "The amount is above what is reserved",
    1307: "The payment was captured with another amount",
    1308: "This payment cannot be captured in part",
    1351: "The refund is not reserved",
    1352: "The refund cannot be cancelled in its state",
    1354: "The payment is not captured, so it cannot be refunded",
    1366: "The payment is too old to be refunded",
    1367: "The amount is above what is left to refund",
    1368: "The store's balance is too low",
}


class Refused(Exception):
    """The request is well understood and refused."""

    def __init__(self, code: int, told: str = "") -> None:
        super().__init__(f"{code}: {told or SENTENCES[code]}")


class RefusedHere(Refused):
    """The proxy itself refuses, where no code of the upstream API fits."""

    def __init__(self, told: str) -> None:
        Exception.__init__(self, told)


def found(**value: Any) -> Reply:
    """Return the answer to a read, or to a change that had been made before."""
    return as_json(200, {**value, "success": True, "errors": []})


def done(**value: Any) -> Reply:
    """Return the answer to a change that was made now."""
    return as_json(200, {**value, "success": True, "errors": []}, executed=True)


def refused(*errors: str, status: int = 200) -> Reply:
    """Return a refusal.

    The document does not say which HTTP status goes with success=false; 200 is what an envelope of its own suggests.
    """
    return as_json(status, {"success": False, "errors": list(errors)})


def broken(status: int, told: str) -> Reply:
    """Return an error of the web framework, which knows nothing of the proxy's envelope."""
    return as_json(status, {"Message": told})
