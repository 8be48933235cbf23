"""The gate that all requests of a bulk run pass: no more of them a second than was asked for, and fewer after HTTP 429.

After "too many requests" everybody waits as long as the provider asked, and goes on at half the speed; every answer
after that makes it a little faster again (additive increase, multiplicative decrease).
"""

import threading

from paycli.operations.outcome import Answer, Fault, Flow
from paycli.sending.attempts import Clock, throttle_pause
from paycli.sending.judge import TOO_MANY_REQUESTS
from paycli.sending.pipeline import Exchange
from paycli.values import dataclass, field

SLOWER, FASTER = 2.0, 0.05
FIRST_INTERVAL, LONGEST_INTERVAL = 0.1, 10.0


@dataclass
class Gate:
    """Lets requests through one after the other; ``least`` is the seconds between two where nobody complains."""

    clock: Clock
    least: float = 0.0
    interval: float = field(default=0.0, init=False)
    _next: float = field(default=0.0, init=False)
    _row: int = field(default=0, init=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, init=False, repr=False)

    def __post_init__(self) -> None:
        self.interval = self.least

    def over(self, exchange: Exchange) -> Exchange:
        """Return the exchange behind the gate."""

        def send(
            method: str, url: str, sent: dict[str, str], body: bytes, *, stream: bool, fresh: bool
        ) -> Answer | Flow | Fault:
            self.wait()
            result = exchange(method, url, sent, body, stream=stream, fresh=fresh)
            self.came(result)
            return result

        return send

    def wait(self) -> None:
        """Return when the next request may go."""
        with self._lock:
            now = self.clock.monotonic()
            mine = max(self._next, now)
            self._next = mine + self.interval
        if mine > now:
            self.clock.sleep(mine - now)

    def came(self, result: Answer | Flow | Fault) -> None:
        """Learn from an answer how fast the provider lets us be."""
        with self._lock:
            if isinstance(result, Fault):
                return
            if result.status == TOO_MANY_REQUESTS:
                self._row += 1
                self.interval = min(max(self.interval * SLOWER, FIRST_INTERVAL), max(LONGEST_INTERVAL, self.least))
                self._next = max(self._next, self.clock.monotonic() + throttle_pause(result, self._row))
            else:
                self._row = 0
                self.interval = max(self.interval * (1 - FASTER), self.least)
