"""One entry of the journal: an intention, and what became of it."""

import hashlib
import json
from datetime import datetime, timedelta
from typing import Any

from paycli.values import dataclass, replace

INTENDED, SENDING = "intended", "sending"
SUCCEEDED, PENDING, REJECTED, NOT_SENT, UNKNOWN = "succeeded", "pending", "rejected", "not-sent", "unknown"
STATES = (INTENDED, SENDING, SUCCEEDED, PENDING, REJECTED, NOT_SENT, UNKNOWN)
UNDER_WAY = (INTENDED, SENDING)
OPEN = (*UNDER_WAY, PENDING, UNKNOWN)
MARKED, INFERRED, BY_HAND = "marked", "inferred", "by hand"


@dataclass(frozen=True)
class Entry:
    """What is written down of an operation; it holds no secret, no token and no card data.

    ``id`` is also the mark that is sent along. ``account`` is host and merchant, not the profile's name. ``kind`` is
    the kind of movement, ``same`` what makes two of them the same. ``before`` is the state that was read before, or
    None where it could not be read. ``digest`` is a hash of the request without what must not be hashed. ``late`` is
    how many seconds after sending it may still arrive. ``key`` is the idempotency key with which it went;
    ``marked`` says that the mark could be put into the request; ``listed`` that what it creates can be seen as soon as
    it is there. ``row`` names the row of a bulk run that it is. Times are UTC in ISO 8601.
    """

    id: str
    at: str
    profile: str
    provider: str
    environment: str
    account: str
    operation: str
    kind: str
    target: str
    amount: str | None
    currency: str | None
    same: str
    reason: str | None
    request_id: str | None
    digest: str
    before: list[str] | None
    user: str
    host: str
    owner: str
    late: float
    state: str = INTENDED
    settled: str | None = None
    exit_code: int | None = None
    provider_id: str | None = None
    sentence: str | None = None
    sent_at: str | None = None
    ended_at: str | None = None
    settle_by: str | None = None
    creates: bool = False
    moves_money: bool = True
    key: str | None = None
    marked: bool = False
    listed: bool = False
    row: str | None = None

    @property
    def open(self) -> bool:
        """Whether it is not known what became of it, or it is not finished."""
        return self.state in OPEN

    def as_row(self) -> dict[str, Any]:
        """Return the entry as ``journal list`` shows it."""
        shown = (
            *("id", "at", "profile", "provider", "environment", "operation", "target", "amount", "currency"),
            *("state", "settled", "exit_code", "provider_id", "reason"),
        )
        return {name: getattr(self, name) for name in shown}

    def text(self) -> str:
        """Return the entry as one line of JSON in a fixed order, as it is stored."""
        return json.dumps(vars(self), ensure_ascii=False, separators=(",", ":"), sort_keys=True)

    def ended(self, state: str, at: datetime, **facts: Any) -> "Entry":
        """Return the entry in another state."""
        return replace(self, state=state, ended_at=at.isoformat(), **facts)

    def can_arrive_until(self) -> datetime | None:
        """Return the moment after which what was sent cannot arrive any more, or None when nothing was sent."""
        return datetime.fromisoformat(self.sent_at) + timedelta(seconds=self.late) if self.sent_at else None


def checksum(seq: int, text: str) -> str:
    """Return the checksum of an entry in its place."""
    return hashlib.sha256(f"{seq}\n{text}".encode()).hexdigest()


def parse(text: str) -> Entry:
    """Return the entry that the text holds; raises ValueError or TypeError for a damaged one."""
    held = json.loads(text)
    return Entry(**{name: value for name, value in held.items() if name in Entry.__annotations__})
