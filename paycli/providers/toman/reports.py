"""Reports of a PSP's terminals, as spreadsheets.

Document: "Report", "Report Status", "Download Report". How a report is ordered is not documented.
"""

from collections.abc import Mapping
from typing import Any

from paycli.operations.columns import coded, identifier, text, time
from paycli.operations.operation import Fields
from paycli.providers.toman import TOMAN
from paycli.providers.toman.fields import ReportUuid

STATES = ((0, "initiate"), (1, "in_progress"), (2, "success"), (3, "failed"), (4, "expired"))
UNDER_WAY = (0, 1)


def unfinished(row: Any) -> bool:
    """Return whether a report is still being made."""
    return isinstance(row, Mapping) and row.get("status") in UNDER_WAY


@TOMAN.get(
    "reports list",
    "/reports/",
    documented_as="Report list",
    listing=True,
    query=("page",),
    scopes=("repigma.report.list",),
    unfinished=unfinished,
    columns=(
        time("created_at"),
        coded("status", *STATES),
        text("report_type"),
        time("start_datetime"),
        time("end_datetime"),
        text("storage_filename"),
        identifier("uuid", primary=True),
    ),
    example={
        "count": 1,
        "next": None,
        "previous": None,
        "results": [
            {
                "uuid": "4be0643f-1d98-4c1e-9d0e-5f2f6d7a1b20",
                "status": 2,
                "report_type": 0,
                "storage_filename": "Shop_1404-12-01 00:00:00:1404-12-10 00:00:00_x7.xlsx",
                "start_datetime": "2026-02-20T00:00:00Z",
                "end_datetime": "2026-03-01T00:00:00Z",
                "created_at": "2026-03-02T09:15:00.100Z",
            }
        ],
    },
)
def reports_list() -> Fields:
    """List the reports; with --wait, once none of those shown is being made any more."""
    return {}


@TOMAN.get(
    "reports download",
    "/reports/{uuid}/download",
    documented_as="Download report",
    scopes=("repigma.report.download",),
    link="url",
    example={"url": "https://files.example/reports/Shop_x7.xlsx?X-Amz-Expires=172800&X-Amz-Signature=made-up"},
)
def reports_download(report: ReportUuid) -> Fields:
    """Save a finished report, without --out under its own name in the folder one is in."""
    return {}
