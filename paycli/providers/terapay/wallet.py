"""The wallet of the customer who is signed in.

Document: "Top-up data", "Transfer details", "Payment information", and the parameters of the statement, whose dates are
written yyyy-MM-dd. What kinds of transaction there are is cut off in the text; paycli always asks for JSON.
"""

from typing import Annotated

from paycli.operations.columns import identifier, money_in, text, time
from paycli.operations.moments import moment_now
from paycli.operations.operation import Effect, Fields, Request, Route, Shape, settled_by
from paycli.operations.params import Option
from paycli.providers.terapay import TERAPAY
from paycli.providers.terapay.fields import (
    CURRENCY,
    LONGEST_DESCRIPTION,
    SAMPLE_UUID,
    Amount,
    text_of,
    uuid_argument,
)
from paycli.providers.terapay.safety import FREE

LONGEST_REFERENCE = 100
LONGEST_TYPE = 50
STATEMENT = settled_by("wallet statement")


def day(text: str) -> str:
    """Return the day in this machine's zone on which a typed moment lies, as the provider writes it."""
    return moment_now(text).astimezone().strftime("%Y-%m-%d")


Description = Annotated[
    str | None,
    Option(
        "Text of the wallet's entry.",
        parse=text_of(LONGEST_DESCRIPTION),
        metavar="TEXT",
        default_text="a mark by which a lost answer is found again",
    ),
]
RecipientCustomerId = Annotated[str, uuid_argument("RECIPIENT_CUSTOMER_ID", "Customer whose wallet gets it.")]
ExternalReference = Annotated[
    str,
    Option(
        "Your own reference, such as an invoice's number.",
        parse=text_of(LONGEST_REFERENCE),
        metavar="TEXT",
        sample="INV-1001",
    ),
]
From = Annotated[str | None, Option("First day of the period.", flag="--from", parse=day, metavar="TIME")]
To = Annotated[str | None, Option("Last day of the period.", flag="--to", parse=day, metavar="TIME")]
Type = Annotated[
    str | None, Option("Only entries of this type, such as credit.", parse=text_of(LONGEST_TYPE), metavar="TYPE")
]
COLUMNS = (identifier("transactionId", primary=True, otherwise="id"), money_in("amount", CURRENCY))
ENTRY = {"transactionId": SAMPLE_UUID, "amount": 12.50, "balance": 112.50, "description": "pc-4k2mzr8w9t"}


def preview_of_transfer(request: Request) -> tuple[str, ...]:
    """Return who gets it."""
    return (f"{request.money} to customer {(request.body or {})['recipientCustomerId']}",)


@TERAPAY.post(
    "wallet top-up",
    "/api/wallet/top-up",
    documented_as="Credit a wallet",
    route=Route.ASSUMED,
    effect=Effect.MOVES_MONEY,
    retry=STATEMENT,
    same=("amount", "description"),
    begins=True,
    columns=COLUMNS,
    example=ENTRY,
)
def wallet_top_up(amount: Amount, description: Description = None) -> Fields:
    """Credit the wallet of the customer who is signed in."""
    return {"amount": amount, "description": description or FREE}


@TERAPAY.post(
    "wallet transfer",
    "/api/wallet/transfer",
    documented_as="Transfer between wallets",
    route=Route.ASSUMED,
    effect=Effect.MOVES_MONEY,
    retry=STATEMENT,
    same=("recipient", "amount"),
    movement="wallet-transfer",
    begins=True,
    preview=preview_of_transfer,
    columns=COLUMNS,
    example=ENTRY,
)
def wallet_transfer(recipient: RecipientCustomerId, amount: Amount, description: Description = None) -> Fields:
    """Transfer from the wallet of the customer who is signed in to another customer's."""
    return {"recipientCustomerId": recipient, "amount": amount, "description": description or FREE}


@TERAPAY.post(
    "wallet pay",
    "/api/wallet/pay",
    documented_as="Pay from a wallet (externalReference)",
    route=Route.ASSUMED,
    effect=Effect.MOVES_MONEY,
    retry=STATEMENT,
    same=("external_reference",),
    movement="wallet-pay",
    begins=True,
    columns=COLUMNS,
    example={**ENTRY, "externalReference": "INV-1001"},
)
def wallet_pay(amount: Amount, external_reference: ExternalReference, description: Description = None) -> Fields:
    """Pay from the wallet of the customer who is signed in, under your own reference."""
    return {"amount": amount, "description": description or FREE, "externalReference": external_reference}


@TERAPAY.get(
    "wallet statement",
    "/api/wallet/statement",
    documented_as="Wallet statement",
    route=Route.ASSUMED,
    shape=Shape.ARRAY,
    listing=True,
    enveloped=True,
    query=("startDate", "endDate", "type"),
    columns=(
        time("createdAt"),
        text("type"),
        text("direction"),
        money_in("amount", CURRENCY),
        money_in("balance", CURRENCY),
        text("description"),
        text("externalReference"),
        identifier("transactionId", primary=True, otherwise="id"),
    ),
    example=[ENTRY],
)
def wallet_statement(since: From = None, until: To = None, type: Type = None) -> Fields:  # noqa: A002 its name
    """List what went into and out of the wallet of the customer who is signed in; -o csv for a spreadsheet."""
    return {"startDate": since, "endDate": until, "type": type}
