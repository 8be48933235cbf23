"""How Toman's one change is recognised: by account and terminal number. No read finds a lost one, so none is marked."""

from paycli.operations.operation import Operation, Request
from paycli.operations.safety import Identity, Row, Safety, Weighed


def identify(operation: Operation, request: Request) -> Identity:
    """Return the terminal that a request makes known."""
    fields = request.fields
    return Identity(
        kind=operation.kind,
        target=str(fields.get("terminal_number") or ""),
        merchant=str(fields.get("psp_account_uuid") or "").lower(),
    )


def _unmarked(request: Request, _mark: str) -> Request:
    return request


def _as_it_is(identity: Identity, _rows: list[Row]) -> Weighed:
    return Weighed(money=identity.money)


def _never(_identity: Identity, _row: Row) -> bool:
    return False


def _key(row: Row) -> str:
    return str(row.get("uuid") or "")


def _no_note(_row: Row) -> str:
    return ""


SAFETY = Safety(identify=identify, mark=_unmarked, weigh=_as_it_is, alike=_never, key=_key, note=_no_note)
