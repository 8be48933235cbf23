"""Terminals: the points at which payments are taken, on the internet (IPG) or in a shop (POS).

Document: "Create Terminal", "Get Terminal's List by UUID", "Terminal Type".
"""

from datetime import datetime
from typing import Annotated

from paycli.operations.columns import identifier, text, time
from paycli.operations.moments import moment_now
from paycli.operations.operation import NEVER, Effect, Fields
from paycli.operations.params import Option, one_of
from paycli.providers.toman import TOMAN
from paycli.providers.toman.fields import (
    TYPE_COLUMN,
    TerminalUuid,
    terminal_number,
    terminal_type,
    timestamp,
    uuid,
    whole_number,
)

COLUMNS = (
    identifier("uuid", primary=True),
    TYPE_COLUMN,
    text("psp"),
    identifier("terminal_number"),
    text("acceptor_code"),
    text("enabled"),
    text("description"),
    identifier("psp_account_uuid"),
    time("start_fetch_time"),
    time("created_at"),
)
EXAMPLE = {
    "uuid": "4be0643f-1d98-4c1e-9d0e-5f2f6d7a1b20",
    "terminal_type": 1,
    "psp_account_uuid": "c1a5b6de-7f2b-4c0a-8f57-6f1f3f0c9e11",
    "psp": "SEP",
    "terminal_number": "70012345",
    "acceptor_code": 512,
    "enabled": True,
    "description": "صندوق دو",
    "created_at": "2026-03-02T09:15:00.100Z",
    "start_fetch_time": "2026-03-01T00:00:00Z",
}

TerminalType = Annotated[
    int, Option("Internet gateway or point of sale.", parse=terminal_type, metavar="ipg|pos", sample="pos")
]
PspAccount = Annotated[
    str,
    Option(
        "Your account at the PSP: paycli toman psp-accounts list.",
        parse=uuid,
        metavar="UUID",
        sample="c1a5b6de-7f2b-4c0a-8f57-6f1f3f0c9e11",
    ),
]
TerminalNumber = Annotated[
    str, Option("Number of the terminal at the PSP.", parse=terminal_number, metavar="NUMBER", sample="70012345")
]
AcceptorCode = Annotated[
    int, Option("The merchant's acceptor code at the PSP.", parse=whole_number, metavar="NUMBER", sample="512")
]
StartFetchTime = Annotated[
    datetime,
    Option("From when on its payments are fetched.", parse=moment_now, metavar="TIME", sample="2026-03-01T00:00Z"),
]
Enabled = Annotated[
    str,
    Option("Whether it is in use.", parse=one_of("true", "false"), choices=("true", "false"), default_text="true"),
]
Description = Annotated[str | None, Option("A note about it.", metavar="TEXT")]


@TOMAN.post(
    "terminals create",
    "/terminals/",
    documented_as="Create terminal",
    effect=Effect.WRITES,
    retry=NEVER,
    same=("psp_account_uuid", "terminal_number"),
    scopes=("repigma.terminal.create",),
    columns=COLUMNS,
    example=EXAMPLE,
)
def terminals_create(
    terminal_type: TerminalType,
    psp_account_uuid: PspAccount,
    terminal_number: TerminalNumber,
    acceptor_code: AcceptorCode,
    start_fetch_time: StartFetchTime,
    enabled: Enabled = "true",
    description: Description = None,
) -> Fields:
    """Make a terminal known, so that its payments are fetched from the PSP and reported."""
    return {
        "terminal_type": terminal_type,
        "psp_account_uuid": psp_account_uuid,
        "terminal_number": terminal_number,
        "acceptor_code": acceptor_code,
        "enabled": enabled == "true",
        "description": description,
        "start_fetch_time": timestamp(start_fetch_time),
    }


@TOMAN.get(
    "terminals show",
    "/terminals/{uuid}",
    documented_as="Get terminal by UUID",
    scopes=("repigma.terminal.read",),
    columns=COLUMNS,
    example=EXAMPLE,
)
def terminals_show(terminal: TerminalUuid) -> Fields:
    """Show one terminal."""
    return {}
