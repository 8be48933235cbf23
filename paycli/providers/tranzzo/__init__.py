"""Tranzzo (Ukraine): the payment API at cpay.tranzzo.com."""

from dataclasses import replace

from paycli.operations.money import Money
from paycli.operations.operation import Operation, Request
from paycli.operations.provider import Provider, Setting, Values
from paycli.providers.tranzzo.answers import explain
from paycli.providers.tranzzo.cards import HIDDEN_FIELDS
from paycli.providers.tranzzo.safety import SAFETY
from paycli.providers.tranzzo.signing import SCHEMES, sign

SETTINGS = (
    Setting(
        "pos_id",
        "Identifier of the point of sale (a UUID).",
        needed=True,
        sandbox="5a5d0b0c-1c7e-4f5e-9d52-0f3f3f6a1d01",
    ),
    Setting("api_key", "Key that names the merchant.", secret=True, needed=True, sandbox="sandbox-key-7f31c2"),
    Setting(
        "api_secret",
        "Secret that signs requests and webhooks.",
        secret=True,
        needed=True,
        sandbox="sandbox-secret-b81f04e6",
    ),
    Setting(
        "endpoints_key",
        "Key that opens the API's endpoints.",
        secret=True,
        needed=True,
        sandbox="sandbox-endpoints-39ad55",
    ),
    Setting("signing", "How requests are signed.", default="hmac-sha1", choices=SCHEMES),
    Setting("signing_label", "Name of the signing scheme in the header; sources differ about hmac-sha1's."),
    Setting(
        "sign_get",
        "Sign reads too (over the empty body); false sends them plain.",
        default="true",
        choices=("true", "false"),
    ),
    Setting("timezone", "Zone of the provider's timestamps, which carry none.", default="UTC"),
    Setting("report_url", "Host of the report service."),
)


def complete(_operation: Operation, request: Request, values: Values) -> Request:
    """Put the point of sale first into the body, as every POST of the document has it."""
    if request.body is None:
        return request
    return replace(request, body={"pos_id": values.get("pos_id", "<pos_id>"), **request.body})


def number(money: Money) -> object:
    """Return the JSON number that the document writes amounts as."""
    return money.amount


TRANZZO = Provider(
    name="tranzzo",
    title="Tranzzo",
    hosts={"base_url": "https://cpay.tranzzo.com", "report_url": "https://api.tranzzo.com"},
    settings=SETTINGS,
    resources={
        "health": "service",
        "check": "service",
        "pay": "payments",
        "capture": "settlements",
        "void": "settlements",
        "refund": "settlements",
        "orders": "orders",
        "transactions": "transactions",
    },
    groups={
        "pay": "Take a payment.",
        "orders": "Look orders up.",
        "transactions": "Look through a period.",
    },
    sign=sign,
    explain=explain,
    complete=complete,
    money=number,
    safety=SAFETY,
    reachable="health",
    probe="check",
    schemes=(
        {"signing": "hmac-sha1", "signing_label": "CPAY-HMAC"},
        {"signing": "hmac-sha1", "signing_label": "CPAY-HMAC-SHA1"},
        {"signing": "hmac-sha1", "sign_get": "false"},
        {"signing": "sha1", "signing_label": "CPAY-SHA1"},
        {"signing": "plain", "signing_label": "CPAY"},
    ),
    # "Too high request rate": the request was not processed and may be sent again.
    throttled_unprocessed=True,
    unrecorded=HIDDEN_FIELDS,
)
PROVIDER = TRANZZO
