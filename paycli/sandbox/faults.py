"""Faults that the sandbox makes on request: at which route, of what kind, how often."""

import re
from dataclasses import dataclass

STATUSES = {
    "401": "answers that the credentials are wrong; nothing was done",
    "408": "answers that the request took too long; nothing was done",
    "409": "answers that there is a conflict; nothing was done",
    "429": "answers that there were too many requests; nothing was done",
    "500": "answers that something broke; nothing was done",
    "503": "answers that it is not available; nothing was done",
}
IN_THE_CORE = {
    "pending": "accepts it and does not finish it, where the provider knows such a thing",
    "stale-read": "answers a read as things were before the last change (of those made since the fault was added)",
    "twin": "does it, and somebody else does the very same",
    "repeat": "does it twice, as if something on the way had sent it again",
}
ON_THE_WIRE = {
    "refuse": "refuses as the provider would (HTTP 400 with its own error); nothing was done",
    "timeout": "answers nothing, and does nothing, until the client gives up",
    "slow": "does it, and answers two seconds later",
    "drip": "does it, and answers one byte every quarter of a second",
    "reset": "resets the connection; nothing was done",
    "truncate": "does it, and breaks off in the middle of the answer",
    "garbage": "does it, and answers what nobody can read",
    "html-502": "does it, but a proxy before it answers 502 with a page",
    "redirect": "answers that it is elsewhere; nothing was done",
    "drop-before-commit": "closes the connection without having done anything",
    "drop-after-commit": "does it, then closes the connection without an answer",
    "commit-late": "answers nothing, and does it once the client has given up",
}
KINDS = {**ON_THE_WIRE, **STATUSES, **IN_THE_CORE}
_ROUTE = re.compile(r"([A-Z]+) (/\S*)")


@dataclass
class Fault:
    """One fault; * in the path stands for any part.

    ``after`` counts the requests that it still lets through, ``left`` how often it then happens.
    """

    provider: str
    method: str
    path: str
    kind: str
    left: int
    after: int = 0

    def told(self) -> str:
        """Return where it waits, for what, and how often."""
        often = "once" if self.left == 1 else f"{self.left} times"
        later = f", after {self.after} more" if self.after else ""
        return f"{self.provider} {self.method} {self.path}: {self.kind}, {often}{later} ({KINDS[self.kind]})"

    def hits(self, provider: str, method: str, path: str) -> bool:
        """Return whether a request meets the fault."""
        pattern = ".*".join(map(re.escape, self.path.split("*")))
        return (
            self.left > 0 and (self.provider, self.method) == (provider, method) and bool(re.fullmatch(pattern, path))
        )


class Faults:
    """The faults that wait for their requests."""

    def __init__(self) -> None:
        self.waiting: list[Fault] = []

    def expects(self, provider: str, kind: str) -> bool:
        """Return whether a fault of the kind still waits for a request to the provider."""
        return any(fault.left and (fault.provider, fault.kind) == (provider, kind) for fault in self.waiting)

    def add(self, provider: str, route: str, kind: str, times: int, after: int = 0) -> Fault:
        """Add a fault; raises ValueError with what is wrong."""
        match = _ROUTE.fullmatch(route)
        if not match and "*" in route and " " not in route:
            raise ValueError(
                f'{route!r} alone is no route: the method stands before it, such as "POST /*"; '
                "* stands for any part of the path"
            )
        if not match:
            raise ValueError(f'{route!r} is no route; write such as "POST /api/v1/refund"')
        if kind not in KINDS:
            raise ValueError(f"{kind!r} is no kind of fault; there are {', '.join(KINDS)}")
        if times < 1:
            raise ValueError("a fault happens at least once")
        fault = Fault(provider, match[1], match[2], kind, times, after)
        self.waiting.append(fault)
        return fault

    def active(self) -> list[str]:
        """Return, a line each, the faults that still wait for a request."""
        return [fault.told() for fault in self.waiting if fault.left > 0]

    def take(self, provider: str, method: str, path: str) -> str | None:
        """Return the kind of fault that this request meets, and count it; or None."""
        fault = next((fault for fault in self.waiting if fault.hits(provider, method, path)), None)
        if fault is None:
            return None
        if fault.after:
            fault.after -= 1
            return None
        fault.left -= 1
        return fault.kind
