"""Whether Tranzzo's host answers, and whether it accepts the profile's credentials."""

from paycli.operations.operation import Fields, Shape
from paycli.providers.tranzzo import TRANZZO


@TRANZZO.get("health", "/health", documented_as="Host check", shape=Shape.TEXT, public=True, example="OK")
def health() -> Fields:
    """Ask whether the host answers at all; needs no credentials."""
    return {}


@TRANZZO.get(
    "check",
    "/api/v1/pos/{pos_id}/orders/0",
    documented_as="Credential check",
    shape=Shape.ARRAY,
    example=[],
)
def check() -> Fields:
    """Ask whether the credentials and the signing scheme are accepted, by reading an order that cannot exist."""
    return {}
