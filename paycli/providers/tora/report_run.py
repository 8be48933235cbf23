"""A report from beginning to end: asked for, and waited for until it is made."""

from paycli.operations.steps import Call, Pause, Procedure, Show, State, Steps, name_in
from paycli.providers.tora.fields import CancelFrom, CancelTo, From, Merchant, OfTerminal, To
from paycli.providers.tora.reports import (
    COLUMNS,
    Format,
    TransactionType,
    Type,
    chosen,
    unfinished,
)

FIRST_PAUSE, LONGEST_PAUSE = 0.5, 15.0


def begin(
    type_: Type = "transactions",
    since: From = None,
    until: To = None,
    trans_type: TransactionType = None,
    mid: Merchant = None,
    terminal_id: OfTerminal = None,
    cancel_from: CancelFrom = None,
    cancel_to: CancelTo = None,
    format_: Format = "csv",
) -> State:
    """Make a report and wait until it is made; its file is named, since how to fetch it is not documented."""
    chosen(since, until, trans_type, mid, terminal_id, cancel_from, cancel_to)
    periods = {"since": since, "until": until, "cancel_from": cancel_from, "cancel_to": cancel_to}
    rest = {"type_": type_, "trans_type": trans_type, "mid": mid, "terminal_id": terminal_id, "format_": format_}
    told = {name: moment.isoformat() if moment else None for name, moment in periods.items()}
    return {"asked": {**rest, **told}, "values": {**rest, **periods}}


def follow(state: State) -> Steps:
    """Ask, wait, and show what was made."""
    outcome = yield Call("reports start", state["values"])
    pause = FIRST_PAUSE
    while unfinished(outcome.data):
        yield Pause(pause, "the report is being made")
        pause = min(2 * pause, LONGEST_PAUSE)
        outcome = yield Call("reports show", {"report": name_in(outcome, "id")})
    yield Show(iter([outcome.data]), 1)


PROCEDURE = Procedure("tora", "reports run", begin, follow, COLUMNS)
