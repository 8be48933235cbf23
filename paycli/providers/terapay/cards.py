"""Card data. What the provider does with it is not documented, so it counts as moving money.

Document: the object with cardNumber, expiryMonth (1 to 12), expiryYear (2021 to 2100), cvv (3 or 4 characters).
"""

from collections.abc import Mapping
from typing import Annotated, Any

from paycli.operations.columns import identifier, status
from paycli.operations.hidden import CVV, EXPIRY_MONTH, NUMBER, card
from paycli.operations.operation import NEVER, Effect, Fields, Route
from paycli.operations.params import Part
from paycli.providers.terapay import TERAPAY

FIRST_YEAR, LAST_YEAR, CENTURY = 2021, 2100, 2000


def expiry_year(text: str) -> int:
    """Return a year of two or four digits, 2021 to 2100; raises ValueError."""
    digits = text.isascii() and text.isdigit() and len(text) in {2, 4}
    year = int(text) + (CENTURY if len(text) == 2 else 0) if digits else 0  # noqa: PLR2004 digits of a short year
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError("a year is 2021 to 2100, written with four digits or its last two")
    return year


YEAR = Part("exp_year", "Expiry year", expiry_year, "2031", secret=False)
Card = Annotated[Mapping[str, Any], card(NUMBER, EXPIRY_MONTH, YEAR, CVV)]


@TERAPAY.post(
    "cards submit",
    "/api/cards",
    documented_as="Card data; what the provider does with it is not said, so it counts as moving money",
    route=Route.ASSUMED,
    effect=Effect.MOVES_MONEY,
    retry=NEVER,
    movement="card",
    card_data=True,
    columns=(identifier("id", primary=True, otherwise="cardId"), status("status")),
    example={"id": "c-1001", "status": "Accepted"},
)
def cards_submit(card: Card) -> Fields:
    """Submit a card's data, asked for unseen or read from standard input.

    The document does not say what the provider does with it; it counts as moving money. Nothing of the card is written
    down here, so a card that was submitted twice is not noticed.
    """
    return {
        "cardNumber": card["number"],
        "expiryMonth": card["exp_month"],
        "expiryYear": card["exp_year"],
        "cvv": card["cvv"],
    }
