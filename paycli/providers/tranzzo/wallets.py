"""Payments with a token of Apple Pay or Google Pay, and of an mVisa code.

Document: "Apple Pay", "Google Pay" (Charging), "mVisa QR processing". The token goes as the wallet's word, a colon and
the Base64 of the JSON that the wallet gave.
"""

import base64
import binascii
from collections.abc import Callable, Mapping
from typing import Annotated, Any

from paycli.errors import UsageProblem
from paycli.operations.operation import Fields
from paycli.operations.params import Amount, Compound, Facts, Hidden, Option, Part, identifier
from paycli.operations.wire import NotJson, decode
from paycli.providers.tranzzo.cards import CardOrToken, CcToken, card_fields
from paycli.providers.tranzzo.fields import Description, Method, SettledOrderId
from paycli.providers.tranzzo.payment import PROPERTIES, DirectPayment, properties_of
from paycli.providers.tranzzo.primary import charge, example, primary

APPLE_PAY, GOOGLE_PAY, MVISA = "applepay", "gpay", "mvisa"
SAMPLE = '{"version":"EC_v1","data":"bWFkZSB1cA==","signature":"bWFkZSB1cA=="}'


def wallet_token(wallet: str) -> Callable[[str], str]:
    """Return a parser of a wallet's token: its JSON, the Base64 of it, or that with the wallet's word before it."""

    def parse(text: str) -> str:
        token = text.strip().removeprefix(f"{wallet}:")
        try:
            held = token if token.startswith("{") else base64.b64decode(token, validate=True).decode()
            if not isinstance(decode(held.encode()), Mapping):
                raise NotJson  # noqa: TRY301 told as one sentence
        except (NotJson, binascii.Error, UnicodeDecodeError):
            raise ValueError("it is no token of a wallet: neither its JSON object nor the Base64 of one") from None
        return f"{wallet}:{base64.b64encode(held.encode()).decode()}"

    return parse


def _token(wallet: str, title: str) -> Hidden:
    return Hidden(
        "wallet_token",
        f"Token of {title} from standard input; without it you are asked.",
        (Part("wallet_token", f"Token of {title}", wallet_token(wallet), SAMPLE),),
        file=f"File with the token that {title} gave.",
        sample_stdin=SAMPLE,
    )


def build_mvisa(typed: Mapping[str, Any], _facts: Facts) -> Mapping[str, Any]:
    """Return the properties of an mVisa payment, or raise UsageProblem where the code is missing."""
    properties = properties_of(typed)
    if typed["mvisa_qr"] is not None:
        properties["mvisa_qr"] = typed["mvisa_qr"]
    if not properties.get("mvisa_qr"):
        raise UsageProblem("Which code? --mvisa-qr is required.", next_step="add --mvisa-qr with the raw code's text")
    return properties


ApplePayToken = Annotated[str, _token(APPLE_PAY, "Apple Pay")]
GooglePayToken = Annotated[str, _token(GOOGLE_PAY, "Google Pay")]
OptionalToken = Annotated[str | None, CcToken.__metadata__[0]]
MvisaCode = Annotated[
    Mapping[str, Any],
    Compound(
        {
            "mvisa_qr": Option("The code that the payer scanned, as text.", parse=identifier(1024), metavar="TEXT"),
            **PROPERTIES,
        },
        build_mvisa,
        "--mvisa-qr 000201MADEUP",
    ),
]


@charge("pay apple-pay", "Apple Pay charging", movement="pay", example=example(payway=APPLE_PAY))
def pay_apple_pay(
    order: SettledOrderId,
    amount: Amount,
    description: Description,
    wallet_token: ApplePayToken,
    payment: DirectPayment,
    method: Method = "purchase",
) -> Fields:
    """Charge a card in Apple Pay by the token that its button gave."""
    return _wallet(APPLE_PAY, wallet_token, primary("direct", method, order, amount, description), payment)


@charge("pay google-pay", "Google Pay charging", movement="pay", example=example(payway=GOOGLE_PAY))
def pay_google_pay(
    order: SettledOrderId,
    amount: Amount,
    description: Description,
    wallet_token: GooglePayToken,
    payment: DirectPayment,
    method: Method = "purchase",
) -> Fields:
    """Charge a card in Google Pay by the token that its button gave."""
    return _wallet(GOOGLE_PAY, wallet_token, primary("direct", method, order, amount, description), payment)


@charge("pay mvisa", "mVisa QR processing", movement="pay", example=example(payway=MVISA))
def pay_mvisa(
    order: SettledOrderId,
    amount: Amount,
    description: Description,
    properties: MvisaCode,
    card: CardOrToken,
    payment: DirectPayment,
    cc_token: OptionalToken = None,
    method: Method = "purchase",
) -> Fields:
    """Pay an mVisa code that was scanned, with a card or the token of one."""
    if card and cc_token:
        raise UsageProblem("--card-stdin and the token of a card contradict each other.", next_step="keep one of them")
    return {
        **primary("direct", method, order, amount, description),
        "payway": MVISA,
        **(card_fields(card) if card else {"cc_token": cc_token}),
        "properties": properties,
        **payment,
    }


def _wallet(payway: str, token: str, fields: Fields, payment: Fields) -> Fields:
    return {**fields, "payway": payway, "cc_token": token, **payment}
