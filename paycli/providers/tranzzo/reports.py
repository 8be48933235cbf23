"""Reports: a period's transactions as JSON lines, made by the report service.

Document: "Get transactions in JSON format", "GET Report ID", "Get JSON by report_id". A report is asked for, is ready
some time later, and covers at most 31 days. Which of the lists are required is not told: all four states and all ten
methods are named unless some were typed.
"""

from datetime import UTC, datetime

from paycli.errors import UsageProblem
from paycli.operations.columns import epoch, identifier, money, status, text
from paycli.operations.operation import ALWAYS, Effect, Fields, Shape
from paycli.providers.tranzzo import TRANZZO
from paycli.providers.tranzzo.report_fields import (
    LONGEST,
    METHODS,
    STATUSES,
    TOLERANCE,
    Details,
    From,
    Methods,
    ReportId,
    Statuses,
    To,
    timestamp,
)

EXAMPLE_ID = "7b6d1c9e-2f47-4a3c-9d0b-51c0b8a6e2f3"


@TRANZZO.post(
    "reports start",
    "{report_url}/streaming-report/start",
    documented_as="Get transactions in JSON format: report id (makes a report, changes nothing else)",
    effect=Effect.READS,
    retry=ALWAYS,
    columns=(identifier("report_id", primary=True), text("count")),
    example={"report_id": EXAMPLE_ID, "count": 2},
)
def reports_start(
    since: From,
    until: To = None,
    statuses: Statuses = (),
    methods: Methods = (),
    transaction_details: Details = (),
) -> Fields:
    """Ask for a report of a period of at most 31 days; `reports fetch` brings it when it is ready."""
    end = until or datetime.now(UTC)
    if end - since > LONGEST + TOLERANCE:
        raise UsageProblem(
            "Invalid value for '--from': a report covers at most 31 days.",
            next_step="shorten the period; paycli tranzzo reports run takes a longer one in pieces",
        )
    return {
        "start_date": timestamp(since),
        "end_date": timestamp(min(end, since + LONGEST)),
        "statuses": list(statuses or STATUSES),
        "methods": list(methods or METHODS),
        "transaction_details": list(transaction_details) or None,
    }


COLUMNS = (
    epoch("dateTime"),
    text("orderId"),
    text("method"),
    status("status"),
    money("amount", "currency"),
    identifier("paymentId", primary=True),
    text("cardMask"),
    text("payway"),
    money("customerFee", "currency"),
    money("merchantFee", "currency"),
    text("entityName"),
    identifier("projectId"),
    text("projectName"),
    money("originalAmount", "currency"),
    money("exchangeAmount", "exchangeCurrency"),
    text("exchangeRate"),
    text("tokenizationKind"),
    text("authCode"),
    identifier("rrnCode"),
    text("description"),
    text("payload"),
    text("paymentSystem"),
    text("recipientCardMask"),
    money("reserveAmount", "currency"),
    text("receiverName"),
    money("receiverAmount", "currency"),
    money("receiverFee", "currency"),
)


@TRANZZO.get(
    "reports fetch",
    "{report_url}/streaming-report/fetch/{report_id}",
    documented_as="Get JSON by report_id",
    shape=Shape.LINES,
    columns=COLUMNS,
    example=[
        {
            "orderId": "A-1001",
            "paymentId": "6d0a6f0e-3c55-4c86-9a3e-2f6d9b1c7e42",
            "amount": "250.50",
            "currency": "UAH",
            "method": "purchase",
            "status": "success",
            "dateTime": 1772442900100,
            "cardMask": "424242******4242",
        }
    ],
)
def reports_fetch(report: ReportId) -> Fields:
    """Fetch a report that is ready, every row of it, as it arrives."""
    return {}
