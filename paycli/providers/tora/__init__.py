"""Tora (Greece): topups, bill payments, e-laiko tickets, and reports of them.

The document names neither host nor paths, but for one; they come from the profile.
"""

from paycli.operations.money import Money
from paycli.operations.operation import Operation, Request
from paycli.operations.provider import Probe, Provider, Setting, Values
from paycli.providers.tora.answers import explain
from paycli.providers.tora.headers import IDEMPOTENCY_KEY, TERMINAL_ID
from paycli.providers.tora.safety import SAFETY
from paycli.providers.tora.signing import sign
from paycli.values import replace

SETTINGS = (
    Setting("username", "User to whom Tora gave the API.", needed=True, sandbox="sandbox-shop"),
    Setting("password", "That user's password.", secret=True, needed=True, sandbox="sandbox-pass-97cc41"),
    Setting("terminal_id", "Terminal that asks, where a command names no other.", sandbox="T-SANDBOX-1"),
    Setting(
        "first_page",
        "Number of a list's first page, which the document does not say.",
        default="1",
        choices=("0", "1"),
    ),
)


def complete(operation: Operation, request: Request, values: Values) -> Request:
    """Say which terminal asks, where the operation takes that and the user did not; what has no fields has no body."""
    if not request.body:
        request = replace(request, body=None)
    terminal = values.get("terminal_id")
    if TERMINAL_ID not in operation.headers or TERMINAL_ID in request.headers or not terminal:
        return request
    return replace(request, headers={**request.headers, TERMINAL_ID: terminal})


def keyed(request: Request, key: str) -> Request:
    """Name the intention, so that Tora carries it out once however often it arrives."""
    return replace(request, headers={**request.headers, IDEMPOTENCY_KEY: key})


def cents(money: Money) -> int:
    """Return the whole cents that the document writes amounts as."""
    return money.minor_units


TORA = Provider(
    name="tora",
    title="Tora",
    hosts={},
    settings=SETTINGS,
    resources={
        "topups": "topups",
        "bills": "bills",
        "elaiko": "elaiko",
        "reclamations": "reclamations",
        "transactions": "transactions",
        "reports": "reports",
    },
    groups={
        "topups": "Sell prepaid codes: phone credit, vouchers.",
        "bills": "Look bills up and pay them.",
        "elaiko": "Sell e-laiko lottery tickets.",
        "reclamations": "Ask for transactions to be cancelled.",
        "transactions": "Look sales and payments up.",
        "reports": "Make reports of a period.",
    },
    sign=sign,
    explain=explain,
    complete=complete,
    money=cents,
    safety=SAFETY,
    looks="looks",
    keyed=keyed,
    account=("username",),
    currency="EUR",
    probes=(Probe("topups products"),),
    procedures={"reports run": "report_run"},
    local={"elaiko buy": ("paycli.tools.ticket", "Sell a ticket in one go, with the customer's password.")},
    unrecorded=frozenset({"otp"}),
)
PROVIDER = TORA
