"""The merchant's access token: made once, and replaced by showing the one before.

Document: "PointOfSalesManagement". No read tells a token, so a lost answer is a lost token: neither is ever sent again
by itself, and what came back is shown, saved or kept, but never dropped.
"""

from paycli.operations.columns import identifier, text
from paycli.operations.once import Once
from paycli.operations.operation import NEVER, Effect, Fields
from paycli.providers.mobilepay import MOBILEPAY
from paycli.providers.mobilepay.answers import TOKEN

ONCE = Once({TOKEN: "access_token"})
COLUMNS = (identifier(TOKEN, primary=True), text("message"))
EXAMPLE = {TOKEN: "made-up-token-5d20c1", "success": True, "errors": []}


@MOBILEPAY.declare(
    "tokens create",
    "POST|GET",
    "/api/pos/manage/token",
    documented_as="Create the merchant's access token",
    effect=Effect.WRITES,
    retry=NEVER,
    same=("bio_code",),
    public=True,
    once=ONCE,
    columns=COLUMNS,
    example=EXAMPLE,
)
def create() -> Fields:
    """Make the merchant's access token, where there is none yet.

    --save stores it in the profile's entry of the keyring, --show prints it; with neither it goes to a file that only
    you can read. No later command brings it back.
    """
    return {}


@MOBILEPAY.get(
    "tokens reset",
    "/api/pos/manage/token/reset",
    documented_as="Reset the merchant's access token",
    effect=Effect.WRITES,
    retry=NEVER,
    same=("bio_code",),
    irrevocable=True,
    once=ONCE,
    columns=COLUMNS,
    example=EXAMPLE,
)
def reset() -> Fields:
    """Replace the merchant's access token by a new one; the profile's present one stops working.

    --save stores the new one in the profile's entry of the keyring, --show prints it; with neither it goes to a file
    that only you can read. No later command brings it back.
    """
    return {}
