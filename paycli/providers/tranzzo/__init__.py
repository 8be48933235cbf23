"""Tranzzo (Ukraine): the payment API at cpay.tranzzo.com."""

from decimal import Decimal

from paycli.errors import UsageProblem
from paycli.operations.money import Money
from paycli.operations.operation import Operation, Request
from paycli.operations.provider import Probe, Provider, Setting, Values
from paycli.providers.tranzzo.answers import explain
from paycli.providers.tranzzo.cards import HIDDEN_FIELDS
from paycli.providers.tranzzo.safety import SAFETY
from paycli.providers.tranzzo.signing import SCHEMES, sign
from paycli.values import replace

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


def complete(operation: Operation, request: Request, values: Values) -> Request:
    """Put the point of sale first into the body, as every POST of the document has it; reports call it a project.

    One that names it in its path has it there alone; what has no fields has no body.
    """
    if not request.body or "{pos_id}" in operation.path:
        return replace(request, body=request.body or None)
    name = "project_id" if request.origin == "report_url" else "pos_id"
    return replace(request, body={name: values.get("pos_id", "<pos_id>"), **request.body})


def number(money: Money) -> object:
    """Return the JSON number that the document writes amounts as; raises UsageProblem for more than two decimals."""
    if money.amount != money.amount.quantize(Decimal("0.01")):
        raise UsageProblem(f"{money}: Tranzzo takes amounts with at most two decimals.")
    return money.amount


TRANZZO = Provider(
    name="tranzzo",
    title="Tranzzo",
    hosts={"base_url": "https://cpay.tranzzo.com", "report_url": "https://api.tranzzo.com"},
    settings=SETTINGS,
    resources={
        "health": "service",
        "check": "service",
        "pay": ("payments", "wallets", "alternatives"),
        "payout": ("payouts", "alternatives"),
        "p2p": "transfers",
        "p2p-credit": "transfers",
        "lookup": "lookups",
        "split": "splits",
        "capture": "settlements",
        "void": "settlements",
        "refund": "settlements",
        "orders": "orders",
        "transactions": "transactions",
        "recurring": "recurring",
        "webhooks": "webhooks",
        "bins": "enrichment",
        "ips": "enrichment",
        "reports": "reports",
        "receipts": "receipts",
        "mvisa-qr": "mvisa",
    },
    groups={
        "pay": "Take a payment.",
        "payout": "Pay money out.",
        "p2p": "Transfer from card to card.",
        "p2p-credit": "Credit what an order took to a card.",
        "lookup": "Verify a card.",
        "split": "Payments that are divided among sub-merchants.",
        "orders": "Look orders up.",
        "transactions": "Look through a period.",
        "recurring": "Subscriptions.",
        "webhooks": "Webhooks: verify, make, receive, and have them sent again.",
        "bins": "What is known of a card's first digits.",
        "ips": "What is known of an IP address.",
        "reports": "Make and fetch reports of a period's transactions.",
        "receipts": "Save receipts.",
        "mvisa-qr": "QR codes for the mVisa application.",
    },
    tables={
        "payways": ("paycli.tools.payways", "Alternative payment methods and the fields that they want."),
        "codes": ("paycli.tools.codes", "Status codes, and who can do what about each."),
    },
    sign=sign,
    explain=explain,
    complete=complete,
    money=number,
    safety=SAFETY,
    looks="looks",
    reachable="health",
    probes=(Probe("check"),),
    schemes=(
        {"signing": "hmac-sha1", "signing_label": "CPAY-HMAC"},
        {"signing": "hmac-sha1", "signing_label": "CPAY-HMAC-SHA1"},
        {"signing": "hmac-sha1", "sign_get": "false"},
        {"signing": "sha1", "signing_label": "CPAY-SHA1"},
        {"signing": "plain", "signing_label": "CPAY"},
    ),
    # "Too high request rate": the request was not processed and may be sent again.
    throttled_unprocessed=True,
    webhooks="notifications",
    procedures={"reports run": "report_run"},
    unrecorded=HIDDEN_FIELDS,
)
PROVIDER = TRANZZO
