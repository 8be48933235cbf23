"""Reporting files: started, asked for until they are there."""

from paycli.sandbox.http import Reply, as_json
from paycli.sandbox.routes import Ask, Refused, Route
from paycli.sandbox.shapes import moment, table, text, whole, word
from paycli.sandbox.tora.access import MERCHANT_ID
from paycli.sandbox.tora.state import Report, State

POLLS = 3
# The document shows pending only; what follows it is our word.
DONE = "completed"
ENDINGS = {"csv": "csv", "excel": "xlsx", "txt": "txt", "pdf": "pdf"}
ID_BITS = 96

START = table(
    {
        "type": (True, word("transactions", "actions")),
        "from": (False, moment),
        "to": (False, moment),
        "transType": (False, word("BP", "TOPUP")),
        "mid": (False, text()),
        "terminalId": (False, whole()),
        "status": (False, word("")),
        "cancelFrom": (False, moment),
        "cancelTo": (False, moment),
        "format": (False, word(*ENDINGS)),
    }
)


def _start(state: State, ask: Ask) -> Reply:
    number = f"{state.world.chance.getrandbits(ID_BITS):024x}"
    # The request's word is in small letters, the answer's in capitals.
    report = _report(number, ask.body["type"].upper(), ENDINGS[ask.body.get("format", "csv")])
    state.reports[number] = report
    return as_json(200, report.shown())


def _show(state: State, ask: Ask) -> Reply:
    report = state.reports.get(ask.named["id"])
    if report is None:
        raise Refused(404, "REPORT_NOT_FOUND", f"There is no report {ask.named['id']}")
    report.polls += 1
    if report.polls >= POLLS:
        report.status = DONE
    return as_json(200, report.shown())


def _report(number: str, kind: str, ending: str) -> Report:
    return Report(number, kind, f"{MERCHANT_ID}-{kind}_{number}.{ending}")


def _furnish(state: State, ask: Ask) -> None:
    number = ask.named["id"]
    state.reports.setdefault(number, _report(number, "TRANSACTIONS", "csv"))


ROUTES: tuple[Route[State], ...] = (
    Route("POST", "/reports", _start, START),
    Route("GET", "/reports/{id}", _show, furnish=_furnish),
)
