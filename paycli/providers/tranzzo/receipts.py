"""Receipts of an order, and of all payments of a day; both are files.

Document: "Receipts".
"""

from datetime import datetime
from typing import Annotated

from paycli.operations.files import Saved
from paycli.operations.moments import moment_now
from paycli.operations.operation import Fields, Shape
from paycli.operations.params import Argument, Option, one_of
from paycli.providers.tranzzo import TRANZZO
from paycli.providers.tranzzo.fields import OrderId

FORMATS = ("html", "pdf")
ZIP = ("application/zip", "application/x-zip-compressed")


def day(typed: str) -> str:
    """Return the local day of a typed moment as the document writes days. Raises ValueError."""
    try:
        return datetime.strptime(typed, "%Y-%m-%d").date().isoformat()  # noqa: DTZ007 a day has no zone
    except ValueError:
        return moment_now(typed).astimezone().date().isoformat()


Format = Annotated[
    str,
    Option("Form of the receipt.", choices=FORMATS, parse=one_of(*FORMATS), default_text="pdf"),
]
Day = Annotated[
    str, Argument("DATE", "The day: a date such as 2026-03-01, today or yesterday.", day, sample="2026-03-01")
]


@TRANZZO.get(
    "receipts show",
    "/api/v1/pos/{pos_id}/orders/{order_id}/report/receipt",
    documented_as="Receipt of an order (html, pdf)",
    shape=Shape.FILE,
    query=("format",),
    saved=Saved(
        {"pdf": ("application/pdf",), "html": ("text/html", "application/xhtml+xml")}, "receipt-{order}", by="format"
    ),
    example="%PDF-1.7",
)
def receipts_show(order: OrderId, format: Format = "pdf") -> Fields:  # noqa: A002 the document's name
    """Save the receipt of an order as a file."""
    return {"format": format}


@TRANZZO.get(
    "receipts day",
    "/api/v1/pos/{pos_id}/date/{date}/report/receipt",
    documented_as="Receipts of a day (zip)",
    shape=Shape.FILE,
    query=("format",),
    saved=Saved({"zip": ZIP}, "receipts-{date}"),
    example="PK",
)
def receipts_day(date: Day, format: Format = "pdf") -> Fields:  # noqa: A002 the document's name
    """Save the receipts of all payments of a day as one zip file."""
    return {"format": format}
