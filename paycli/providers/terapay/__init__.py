"""TeraPay (Sierra Leone): batches, transfers, wallets, clients, portal users, SMS.

The document's text names no host, and of all routes none that these commands use: every route is assumed, and a live
profile has to name it.
"""

from decimal import Decimal
from typing import Any

from paycli.errors import UsageProblem
from paycli.operations.money import Money
from paycli.operations.operation import Operation, Request
from paycli.operations.provider import Probe, Provider, Setting, Values
from paycli.operations.wire import encode
from paycli.providers.terapay.answers import explain
from paycli.providers.terapay.fields import CURRENCY
from paycli.providers.terapay.safety import SAFETY
from paycli.providers.terapay.signing import CUSTOMER, KEY_HEADER, PORTAL, SECRET_HEADER, sign
from paycli.values import replace

SETTINGS = (
    Setting("api_key", "Key of programmatic access.", secret=True, needed=True, sandbox="sandbox-key-5be190"),
    Setting("api_secret", "Secret of that key.", secret=True, needed=True, sandbox="sandbox-secret-e702fa"),
    Setting("portal_username", "E-mail address with which `portal login` signs in.", sandbox="clerk@sandbox.example"),
    Setting("portal_password", "That portal user's password.", secret=True, sandbox="sandbox-pass-03d1f8"),
    Setting("portal_cookie", "Cookie of a portal session, name=value; `portal login` gets one.", secret=True),
    Setting("wallet_token", "Token of a wallet customer; `customers login` gets one.", secret=True),
    Setting("api_key_header", "Header that carries the key; its name is not documented.", default=KEY_HEADER),
    Setting("api_secret_header", "Header that carries the secret; its name is not documented.", default=SECRET_HEADER),
)
# Nothing that takes no name can be read with an API key, so a client is asked for that cannot be there.
NOBODY = "00000000-0000-0000-0000-000000000000"
PROBES = (
    Probe("clients show", "api key", {"client": NOBODY}, absent=True),
    Probe("portal login", "portal sign-in", needs=("portal_username", "portal_password")),
)
LISTS = ("items", "payments", "entries")
WITHOUT_BODY = frozenset({"batches process", "clients approve"})


def complete(operation: Operation, request: Request, values: Values) -> Request:
    """Send no body where the document shows none, a bare list where it shows one; say how much money moves."""
    if operation.command in WITHOUT_BODY:
        return replace(request, body=None)
    if operation.command == "permissions import" and request.body:
        return replace(request, body=None, raw=encode(request.body["permissions"]))
    if request.money is None and (amounts := amounts_of(request.body or {})):
        return replace(request, money=_money(sum(amounts, Decimal(0)), values.get("currency") or CURRENCY))
    return request


def amounts_of(body: Any) -> list[Decimal]:
    """Return the amounts in a body: its own, or those of its entries."""
    entries = [entry for name in LISTS for entry in body.get(name) or ()]
    return [one["amount"] for one in (body, *entries) if isinstance(one.get("amount"), Decimal)]


def _money(amount: Decimal, currency: str) -> Money:
    try:
        return Money(amount, currency)
    except ValueError as problem:
        raise UsageProblem(f"Invalid value for the amount: {problem}.") from None


def number(money: Money) -> Decimal:
    """Return the amount as a JSON number in major units, with the decimals that were typed."""
    return money.amount


TERAPAY = Provider(
    name="terapay",
    title="TeraPay",
    hosts={},
    settings=SETTINGS,
    resources={
        "portal": "portal",
        "users": "people",
        "developers": "people",
        "batches": "batches",
        "cards": "cards",
        "checkout": "checkout",
        "clients": "clients",
        "customers": "customers",
        "wallet": "wallet",
        "transfers": "transfers",
        "permissions": "rights",
        "roles": "rights",
        "api-keys": "keys",
        "sms": "sms",
    },
    groups={
        "portal": "Sign in to the portal.",
        "users": "Portal users and what they may do.",
        "developers": "Make developers known.",
        "batches": "Pay many at once, and follow it.",
        "cards": "Submit card data.",
        "checkout": "Let a payer pay on a page.",
        "clients": "Register, approve and look clients up.",
        "customers": "Wallet customers.",
        "wallet": "Top up a wallet, pay and transfer from it, read its statement.",
        "transfers": "Pay to banks, phones and clients.",
        "permissions": "Create permissions.",
        "roles": "Roles and their permissions.",
        "api-keys": "Issue API keys.",
        "sms": "Send text messages.",
    },
    sign=sign,
    explain=explain,
    complete=complete,
    money=number,
    safety=SAFETY,
    probes=PROBES,
    looks="looks",
    sign_ins=(PORTAL, CUSTOMER),
    currency=CURRENCY,
    unrecorded=frozenset({"cardNumber", "expiryMonth", "expiryYear", "cvv", "password", "newPassword", "token"}),
)
PROVIDER = TERAPAY
