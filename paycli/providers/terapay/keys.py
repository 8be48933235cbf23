"""API keys, whose secret is shown once.

Document: "Optional descriptive name for this key". What the answer's fields are called is not documented; these are
tried.
"""

from itertools import product
from typing import Annotated

from paycli.operations.columns import identifier, text
from paycli.operations.hidden import LONGEST_TEXT
from paycli.operations.once import Once
from paycli.operations.operation import NEVER, Effect, Fields, Route
from paycli.operations.params import Option
from paycli.providers.terapay import TERAPAY
from paycli.providers.terapay.fields import text_of

KEYS, SECRETS = ("apiKey", "key", "apiKeyValue"), ("apiSecret", "secret", "apiKeySecret", "secretKey")
WITHIN = ("", "data.", "apiKey.", "credentials.", "apiCredentials.")
NEW_KEY = Once(
    {
        **{f"{where}{name}": "api_key" for where, name in product(WITHIN, KEYS)},
        **{f"{where}{name}": "api_secret" for where, name in product(WITHIN, SECRETS)},
    }
)
Description = Annotated[
    str | None,
    Option("What the key is for; it is not stored.", parse=text_of(LONGEST_TEXT), metavar="TEXT"),
]


@TERAPAY.post(
    "api-keys create",
    "/api/api-keys",
    documented_as="Issue an API key (its secret is shown once)",
    route=Route.ASSUMED,
    effect=Effect.WRITES,
    retry=NEVER,
    movement="api-key",
    once=NEW_KEY,
    columns=(identifier("id", primary=True, otherwise="apiKeyId"), text("apiKey"), text("apiSecret")),
    example={"apiKey": "made-up-key", "apiSecret": "made-up-secret"},
)
def api_keys_create(description: Description = None) -> Fields:
    """Issue an API key with its secret, which no later command brings back.

    --show prints both, --save stores them in the profile's entry of the keyring; with neither they are kept in a file
    that only you can read.
    """
    return {"description": description}
