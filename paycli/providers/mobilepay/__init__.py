"""MobilePay points of sale (Denmark, Finland) behind the Integra proxy at mobilepay-pos.poweredbyintegra.dk."""

from paycli.errors import ConfigurationProblem
from paycli.operations.money import Money
from paycli.operations.operation import Operation, Request
from paycli.operations.provider import Probe, Provider, Setting, Values
from paycli.providers.mobilepay.answers import explain
from paycli.providers.mobilepay.safety import SAFETY
from paycli.providers.mobilepay.signing import carry, sign
from paycli.values import replace

SETTINGS = (
    Setting("bio_code", "Code that names the merchant at Integra.", needed=True, sandbox="B10-SANDBOX"),
    Setting(
        "access_token",
        "Long-lived token that opens the merchant's payments.",
        secret=True,
        needed=True,
        sandbox="sandbox-token-c41d9e07",
    ),
    Setting(
        "http_method",
        "How what has both is sent: post keeps the token out of addresses, get does not.",
        default="post",
        choices=("post", "get"),
    ),
    Setting(
        "accept_repeats",
        "Whether a live profile may send changes by GET, which networks between may repeat.",
        default="false",
        choices=("true", "false"),
    ),
)


def complete(operation: Operation, request: Request, values: Values) -> Request:
    """Send by GET what has a GET twin, where the profile says so. Raises ConfigurationProblem where it must not."""
    if "|" not in operation.method or values.get("http_method") != "get":
        return request
    if values.get("environment", "live") == "live" and values.get("accept_repeats") != "true":
        raise ConfigurationProblem(
            "http_method: get sends changes by GET, which may be repeated on the way; a live profile must accept that.",
            next_step="set http_method: post, or accept_repeats: true",
            money="Nothing was sent.",
        )
    fields = tuple((name, str(value)) for name, value in (request.body or {}).items())
    return replace(request, method="GET", query=(*request.query, *fields), body=None)


def text(money: Money) -> str:
    """Return the amount as the document writes it: text, with the currency's decimals."""
    return money.digits


MOBILEPAY = Provider(
    name="mobilepay",
    title="MobilePay",
    hosts={"base_url": "https://mobilepay-pos.poweredbyintegra.dk"},
    settings=SETTINGS,
    resources={
        "payments": "payments",
        "refunds": "refunds",
        "terminals": "terminals",
        "pos": "terminals",
        "stores": "stores",
        "tokens": "tokens",
    },
    groups={
        "payments": "Start, follow, capture and cancel payments at a till.",
        "refunds": "Pay captured money back.",
        "terminals": "Terminals and their points of sale.",
        "pos": "Points of sale.",
        "stores": "Look the merchant's stores up.",
        "tokens": "Make and replace the merchant's access token.",
    },
    sign=sign,
    carry=carry,
    explain=explain,
    complete=complete,
    money=text,
    safety=SAFETY,
    probes=(Probe("stores list"),),
    looks="looks",
    local={"payments clear": ("paycli.tools.clear", "Cancel the payments that block a till.")},
    currency="DKK",
    # A payment or point of sale may be asked about once a second.
    least_pause=1.0,
)
PROVIDER = MOBILEPAY
