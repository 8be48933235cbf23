"""Tranzzo's status codes, those that the sandbox uses, in words of our own."""

TEST_CURRENCY = "XTS"
TEST = "0"
OPENED = "2118"
PROCESSING = "2119"
SECURE = "2122"
REDIRECT = "2124"
WRONG_SECURE = "2006"
EXPIRED_CARD = "4001"
WRONG_REFUND = "4002"
NO_FUNDS = "4009"
SPLIT_SUM = "4115"
OTHER_CURRENCY = "4117"
TOO_MUCH = "4118"
WRONG_AMOUNT = "4139"
TURNED_DOWN = "4153"
WRONG_STATE = "5112"
NO_TOKEN = "5139"  # noqa: S105 a status code
DECLINED = "5147"
CANCELLED = "5151"

DESCRIPTIONS = {
    TEST: "Test operation",
    "1000": "The operation succeeded",
    "1004": "The refund succeeded",
    "1009": "The release succeeded",
    OPENED: "The payer has yet to finish the payment",
    PROCESSING: "The operation is being processed",
    SECURE: "The payer has to pass 3-D Secure",
    REDIRECT: "The payer has to go on at another page",
    WRONG_SECURE: "3-D Secure was not passed",
    EXPIRED_CARD: "The card has expired",
    WRONG_REFUND: "The refund's amount or currency does not fit the order",
    NO_FUNDS: "The payer lacks funds",
    SPLIT_SUM: "The parts do not add up to the amount",
    OTHER_CURRENCY: "The currency does not fit the order",
    TOO_MUCH: "The capture is higher than what is held",
    WRONG_AMOUNT: "The amount does not fit the order",
    TURNED_DOWN: "The payment was turned down",
    WRONG_STATE: "The order's state does not allow this",
    NO_TOKEN: "There is no such token",
    DECLINED: "The bank declined",
    CANCELLED: "The payer cancelled",
}
_SUCCESS = {"void": "1009", "refund": "1004"}


def success(method: str, currency: str) -> str:
    """Return the code with which an operation of a method succeeds."""
    return TEST if currency == TEST_CURRENCY else _SUCCESS.get(method, "1000")
