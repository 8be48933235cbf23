"""Transfers to banks, phones and clients. None carries a reference of ours, so none is ever sent again by itself.

Document: the transfer to a BBAN account, "MobilePaymentEntry", "ClientTransferEntry", "ClientMobileTransferEntry", and
the one-time password that is sent again.
"""

from typing import Annotated

from paycli.operations.columns import identifier, money_in, status, text
from paycli.operations.operation import NEVER, Effect, Fields, Route
from paycli.operations.params import Argument, Option
from paycli.providers.terapay import TERAPAY
from paycli.providers.terapay.fields import (
    CURRENCY,
    LONGEST_ACCOUNT,
    SAMPLE_PHONE,
    SAMPLE_UUID,
    Amount,
    ClientAccount,
    DestinationClientId,
    Narration,
    phone,
    text_of,
    uuid_argument,
)
from paycli.providers.terapay.files import ClientEntries, Payments, Total, checked, preview_of_entries

AccountNumber = Annotated[
    str,
    Argument(
        "ACCOUNT_NUMBER",
        "Full BBAN account number of the recipient.",
        text_of(LONGEST_ACCOUNT),
        sample="001001123456789012",
    ),
]
TransactionId = Annotated[str, uuid_argument("TRANSACTION_ID", "Transaction that waits for its one-time password.")]
Phone = Annotated[
    str, Option("Phone of the beneficiary, with the country code.", parse=phone, metavar="PHONE", sample=SAMPLE_PHONE)
]
COLUMNS = (
    identifier("transactionId", primary=True, otherwise="id"),
    status("status"),
    money_in("amount", CURRENCY),
    text("message"),
)
EXAMPLE = {"transactionId": SAMPLE_UUID, "status": "Pending", "message": "Accepted"}


@TERAPAY.post(
    "transfers bank",
    "/api/transfers/bank",
    documented_as="Transfer to a bank account",
    route=Route.ASSUMED,
    effect=Effect.MOVES_MONEY,
    retry=NEVER,
    same=("account_number", "amount"),
    movement="bank-transfer",
    columns=COLUMNS,
    example=EXAMPLE,
)
def transfers_bank(account: AccountNumber, amount: Amount, narration: Narration = None) -> Fields:
    """Transfer an amount to a bank account.

    The provider may want it confirmed by a one-time password; the document names no command for that.
    """
    return {"accountNumber": account, "amount": amount, "narration": narration}


@TERAPAY.post(
    "transfers resend-otp",
    "/api/transfers/resend-otp",
    documented_as="Send the OTP of a transaction again",
    route=Route.ASSUMED,
    effect=Effect.WRITES,
    retry=NEVER,
    same=("transaction",),
    movement="otp",
    columns=COLUMNS,
    example=EXAMPLE,
)
def transfers_resend_otp(transaction: TransactionId) -> Fields:
    """Have the one-time password of a transaction sent again."""
    return {"transactionId": transaction}


@TERAPAY.post(
    "transfers mobile",
    "/api/transfers/mobile",
    documented_as="Bulk mobile-money payments",
    route=Route.ASSUMED,
    effect=Effect.MOVES_MONEY,
    retry=NEVER,
    same=("file",),
    preview=preview_of_entries("payments"),
    columns=COLUMNS,
    example=EXAMPLE,
)
def transfers_mobile(file: Payments, total: Total = None) -> Fields:
    """Pay to many phones, out of a file.

    Every cell is checked before anything is sent, and how many entries make how much together is told.
    """
    return {"payments": checked(file, total)}


@TERAPAY.post(
    "transfers client-bank",
    "/api/transfers/client/bank",
    documented_as="Bulk transfer to a client's bank account",
    route=Route.ASSUMED,
    effect=Effect.MOVES_MONEY,
    retry=NEVER,
    same=("destination_client", "account_number", "amount"),
    preview=preview_of_entries("entries"),
    columns=COLUMNS,
    example=EXAMPLE,
)
def transfers_client_bank(
    destination: DestinationClientId, file: ClientEntries, account_number: ClientAccount, total: Total = None
) -> Fields:
    """Transfer to a client's bank account, one entry for each line of a file."""
    return {
        "destinationClientId": destination,
        "accountNumber": account_number,
        "entries": checked(file, total),
    }


@TERAPAY.post(
    "transfers client-mobile",
    "/api/transfers/client/mobile",
    documented_as="Bulk transfer to a client's phone",
    route=Route.ASSUMED,
    effect=Effect.MOVES_MONEY,
    retry=NEVER,
    same=("destination_client", "phone_number", "amount"),
    preview=preview_of_entries("entries"),
    columns=COLUMNS,
    example=EXAMPLE,
)
def transfers_client_mobile(
    destination: DestinationClientId, file: ClientEntries, phone_number: Phone, total: Total = None
) -> Fields:
    """Transfer to a client's phone, one entry for each line of a file."""
    return {"destinationClientId": destination, "phoneNumber": phone_number, "entries": checked(file, total)}
