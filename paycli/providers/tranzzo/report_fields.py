"""What is typed for a report: its period, and which transactions and fields it holds.

Document: "GET Report ID", "List of transaction details parameters". A report covers at most 31 days.
"""

from datetime import UTC, datetime, timedelta
from typing import Annotated

from paycli.operations.moments import moment_now
from paycli.operations.params import Argument, Option, identifier, one_of

LONGEST = timedelta(days=31)
# `now` typed twice is two moments.
TOLERANCE = timedelta(seconds=2)
STATUSES = ("success", "pending", "failure", "init")
METHODS = ("auth", "purchase", "capture", "void", "p2p", "credit", "lookup", "refund", "dispute", "recurrent")
DETAILS = (
    *("projectId", "orderId", "paymentId", "amount", "currency", "method", "status", "dateTime", "cardMask", "payway"),
    *("customerFee", "merchantFee", "entityName", "projectName", "originalAmount", "exchangeAmount"),
    *("exchangeCurrency", "exchangeRate", "tokenizationKind", "authCode", "rrnCode", "description", "payload"),
    *("paymentSystem", "recipientCardMask", "reserveAmount", "receiverName", "receiverAmount", "receiverFee"),
)


def end_of_period(typed: str) -> datetime:
    """Return the last millisecond that is meant: of a day where a day was typed. Raises ValueError."""
    end = moment_now(typed, end=True)
    whole_day = end - moment_now(typed) > timedelta(hours=1)
    return end + timedelta(milliseconds=999) if whole_day else end


From = Annotated[
    datetime, Option("Beginning of the period.", flag="--from", parse=moment_now, metavar="TIME", sample="-7d")
]
To = Annotated[
    datetime | None,
    Option(
        "End of the period, at most 31 days later.",
        flag="--to",
        parse=end_of_period,
        metavar="TIME",
        default_text="now",
    ),
]
Statuses = Annotated[
    tuple[str, ...],
    Option(
        "Only transactions in this state; may be repeated.",
        parse=one_of(*STATUSES),
        metavar="STATUS",
        many=True,
        default_text="all",
    ),
]
Methods = Annotated[
    tuple[str, ...],
    Option(
        f"Only transactions of this method ({', '.join(METHODS)}); may be repeated.",
        parse=one_of(*METHODS),
        metavar="METHOD",
        many=True,
        default_text="all",
    ),
]
Details = Annotated[
    tuple[str, ...],
    Option(
        f"A field that each row shall have; may be repeated: {', '.join(DETAILS)}.",
        parse=one_of(*DETAILS),
        metavar="FIELD",
        many=True,
        default_text="those of the provider",
    ),
]
ReportId = Annotated[
    str,
    Argument(
        "REPORT_ID",
        "What reports start answered.",
        identifier(256),
        sample="7b6d1c9e-2f47-4a3c-9d0b-51c0b8a6e2f3",
    ),
]


def timestamp(moment: datetime) -> str:
    """Return a moment as the report service writes it."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")
