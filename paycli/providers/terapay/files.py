"""The files of entries that batches and bulk transfers are read from, with the provider's field names.

Document: "Batch submission", "MobilePaymentEntry", "ClientTransferEntry", "ClientMobileTransferEntry", "Permission
definition".
"""

from collections.abc import Callable
from decimal import Decimal
from typing import Annotated

from paycli.errors import UsageProblem
from paycli.operations.entries import Entries, Field, amount, reader
from paycli.operations.hidden import LONGEST_TEXT
from paycli.operations.operation import Request
from paycli.operations.params import Argument, Option
from paycli.providers.terapay.fields import amount as typed_amount
from paycli.providers.terapay.fields import http_method, permission_name, phone, route_pattern, text_of

AMOUNT = Field("amount", amount, number=True)
ITEMS = reader(Field("destination", text_of(LONGEST_TEXT)), AMOUNT, key="items")
PAYMENTS = reader(Field("phoneNumber", phone), AMOUNT, key="payments")
ENTRIES = reader(AMOUNT, Field("narration", text_of(LONGEST_TEXT), needed=False), key="entries")
PERMISSIONS = reader(
    Field("name", permission_name, needed=False),
    Field("httpMethod", http_method, needed=False),
    Field("routePattern", route_pattern, needed=False),
    key="permissions",
)


def file_of(what: str, columns: str, read: Callable[[bytes], Entries], sample: str, content: str) -> Argument:
    """Return the argument that names a file of entries."""
    told = f"{what}: CSV with the columns {columns}, or JSON with these fields; - is standard input."
    return Argument("FILE", told, sample=sample, sample_file=content, content=read)


Items = Annotated[
    Entries,
    file_of(
        "Whom to pay",
        "destination, amount",
        ITEMS,
        "batch.csv",
        "destination,amount\n23276123456,10.00\n23276543210,2.50\n",
    ),
]
Payments = Annotated[
    Entries,
    file_of(
        "Whom to pay",
        "phoneNumber, amount",
        PAYMENTS,
        "payments.csv",
        "phoneNumber,amount\n23276123456,10.00\n23276543210,2.50\n",
    ),
]
ClientEntries = Annotated[
    Entries,
    file_of(
        "What to pay",
        "amount, narration (may be left out)",
        ENTRIES,
        "entries.csv",
        "amount,narration\n10.00,A. Kamara\n2.50,B. Sesay\n",
    ),
]
Permissions = Annotated[
    Entries,
    file_of(
        "What to create",
        "name, httpMethod, routePattern",
        PERMISSIONS,
        "permissions.csv",
        "name,httpMethod,routePattern\nBanks.Read,GET,/api/banks\nBanks.Write,POST,/api/banks\n",
    ),
]
Total = Annotated[
    Decimal | None,
    Option("What the amounts must make together; else nothing is sent.", parse=typed_amount, metavar="AMOUNT"),
]


def checked(entries: Entries, total: Decimal | None) -> list[object]:
    """Return the entries as they are sent. Raises UsageProblem where they do not make the total that was typed."""
    if total is not None and entries.total != total:
        raise UsageProblem(
            f"Invalid value for '--total': the {len(entries)} entries make {entries.total} together, not {total}.",
            next_step="look at the file, or correct --total",
        )
    return list(entries)


def preview_of_entries(name: str) -> Callable[[Request], tuple[str, ...]]:
    """Return what tells of a request how many entries it has, and how much they make together by currency."""

    def preview(request: Request) -> tuple[str, ...]:
        entries = (request.body or {})[name]
        return (f"{len(entries)} {'entry' if len(entries) == 1 else 'entries'}, {request.money} together",)

    return preview
