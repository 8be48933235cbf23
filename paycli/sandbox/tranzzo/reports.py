"""Streaming reports: started, not ready for a while, then one JSON object a line."""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from paycli.sandbox.http import Call, Reply, as_json, json_text, parse_json
from paycli.sandbox.tranzzo.access import POS_ID
from paycli.sandbox.tranzzo.answers import error, not_found, violations
from paycli.sandbox.tranzzo.checks import Rules, uuid, words
from paycli.sandbox.tranzzo.checks import violations as violated
from paycli.sandbox.tranzzo.orders import Operation
from paycli.sandbox.tranzzo.reading import between, moment
from paycli.sandbox.tranzzo.shop import Report, Shop

Named = Mapping[str, str]
LONGEST = timedelta(days=31)
POLLS_BEFORE_READY = 2
ROWS_AT_ONCE = 500
STATUSES = ("success", "pending", "failure", "init")
METHODS = ("auth", "purchase", "capture", "void", "p2p", "credit", "lookup", "refund", "dispute", "recurrent")
USUAL = (
    "projectId",
    "orderId",
    "paymentId",
    "amount",
    "currency",
    "method",
    "status",
    "dateTime",
    "cardMask",
    "payway",
    "entityName",
    "projectName",
    "originalAmount",
    "exchangeAmount",
    "exchangeCurrency",
    "exchangeRate",
    "tokenizationKind",
    "authCode",
    "rrnCode",
    "description",
    "payload",
    "customerFee",
    "merchantFee",
    "paymentSystem",
    "recipientCardMask",
)
MORE = ("reserveAmount", "receiverName", "receiverAmount", "receiverFee")


def _instant(value: Any) -> str | None:
    try:
        fits = isinstance(value, str) and datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        fits = False
    return None if fits else "must be a time such as 2026-03-01T00:00:00.000+00:00"


START: Rules = {
    "project_id": (True, uuid),
    "start_date": (True, _instant),
    "end_date": (True, _instant),
    "statuses": (False, words(*STATUSES)),
    "methods": (False, words(*METHODS)),
    "transaction_details": (False, words(*USUAL, *MORE)),
}


def start(shop: Shop, call: Call, _named: Named) -> Reply:
    """Make a report of a period; it can be fetched a little later."""
    body = parse_json(call.body)
    if wrong := violated(body, START):
        return violations(wrong)
    if body["project_id"] != POS_ID:
        return error(401, "The credentials or the pos_id are not valid", "S-403")
    first, last = (datetime.fromisoformat(body[name]) for name in ("start_date", "end_date"))
    if not timedelta() <= last - first <= LONGEST:
        return violations([("end_date", "must be at most 31 days after start_date, and not before it")])
    columns = body.get("transaction_details") or list(USUAL)
    found = between(shop, first, last + timedelta(milliseconds=1))
    wanted = [one for one in found if _fits(one, body)]
    report = Report(shop.world.fresh_id(), columns, [_row(one) for one in wanted], shop.next_rows)
    shop.reports[report.report_id] = report
    shop.next_rows = None
    return as_json(200, {"report_id": report.report_id, "count": report.count})


def _fits(one: Operation, body: Mapping[str, Any]) -> bool:
    return one["status"] in body.get("statuses", STATUSES) and one["method"] in body.get("methods", METHODS)


def fetch(shop: Shop, _call: Call, named: Named) -> Reply:
    """Answer a report row by row, once it is ready."""
    report = shop.reports.get(named["report_id"])
    if report is None:
        return not_found("report")
    if report.polls < POLLS_BEFORE_READY:
        report.polls += 1
        return as_json(202, {"message": "The report is not ready", "code": "report_not_ready"})
    began = shop.world.clock.now()

    def chunks() -> Iterator[bytes]:
        lines = _lines(report, began)
        while some := [*itertools.islice(lines, ROWS_AT_ONCE)]:
            yield ("\n".join(some) + "\n").encode()

    return Reply(200, headers={"Content-Type": "application/json"}, chunks=chunks)


def _lines(report: Report, began: datetime) -> Iterator[str]:
    if report.made_up is not None:
        return made_up(report.made_up, report.columns, began)
    return (json_text({name: row[name] for name in report.columns}) for row in report.rows)


def _row(one: Operation) -> dict[str, Any]:
    mask = one.get("cc_mask", "")
    return {
        **dict.fromkeys((*USUAL, *MORE), ""),
        **dict.fromkeys(("exchangeAmount", "exchangeRate", "customerFee", "merchantFee", "reserveAmount"), "0.00"),
        "projectId": POS_ID,
        "orderId": one["order_id"],
        "paymentId": one["payment_id"],
        "amount": str(one["amount"]),
        "originalAmount": str(one["amount"]),
        "currency": one["currency"],
        "method": one["method"],
        "status": one["status"],
        "dateTime": int(moment(one).timestamp() * 1000),
        "cardMask": mask,
        "payway": one.get("payway", "cc"),
        "projectName": "Sandbox shop",
        "authCode": one.get("authcode", ""),
        "rrnCode": one.get("rnn", ""),
        "description": one.get("description", ""),
        "payload": one.get("payload", ""),
        "paymentSystem": {"4": "VISA", "5": "MASTERCARD"}.get(mask[:1], ""),
    }


def made_up(count: int, columns: Sequence[str], began: datetime) -> Iterator[str]:
    """Return the lines of a report whose rows depend on their number only, one at a time."""
    template = "{" + ",".join(f'"{name}":{_SLOTS.get(name) or _constant(name)}' for name in columns) + "}"
    last = int(began.timestamp() * 1000)
    for number in range(count):
        cents = 100 + number * 7919 % 500_000
        yield template % {
            "number": number,
            "amount": f"{cents // 100}.{cents % 100:02}",
            "method": _TURNS[number % 4],
            "status": "failure" if number % 10 == 0 else "success",
            "time": last - 1000 * number,
        }


_TURNS = ("purchase", "auth", "capture", "refund")
_SLOTS = {
    "orderId": '"R-%(number)07d"',
    "paymentId": '"00000000-0000-4000-8000-%(number)012x"',
    "amount": '"%(amount)s"',
    "originalAmount": '"%(amount)s"',
    "method": '"%(method)s"',
    "status": '"%(status)s"',
    "dateTime": "%(time)d",
    "description": '"Sale %(number)d"',
}


def _constant(name: str) -> str:
    made: Operation = {
        **dict.fromkeys(("order_id", "payment_id", "method", "status"), ""),
        "amount": 0,
        "currency": "UAH",
        "created_at": "2026-01-01T00:00:00.000",
        "cc_mask": "424242******4242",
    }
    return json_text(_row(made)[name]).replace("%", "%%")
