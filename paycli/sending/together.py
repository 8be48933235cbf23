"""Several profiles searched at once: a thread each, and nobody waits for one that hangs longer than it may take."""

import queue
import threading
import time
from collections.abc import Callable, Iterator, Mapping

from paycli.errors import PaycliError
from paycli.operations.looks import Hit
from paycli.sending.finding import Limit
from paycli.values import dataclass

PAUSE = 0.5
GRACE = 0.25
"""Seconds for those that are out of time to tell why, since they know more than that."""


@dataclass(frozen=True)
class Found:
    """A hit under a profile."""

    name: str
    hit: Hit


@dataclass(frozen=True)
class Said:
    """Something that is said while a profile is searched."""

    name: str
    sentence: str


@dataclass(frozen=True)
class Noted:
    """Something of a profile that could not be looked through, which is no failure."""

    name: str
    sentence: str


@dataclass(frozen=True)
class Ended:
    """A profile is done, or could not answer."""

    name: str
    problem: PaycliError | None = None


@dataclass(frozen=True)
class Waiting:
    """Nothing came for a while; these are awaited."""

    names: tuple[str, ...]


Event = Found | Said | Noted | Ended | Waiting
Put = Callable[[Event], None]
Job = Callable[[Limit, Put], None]


def all_at_once(jobs: Mapping[str, Job], seconds: float) -> Iterator[Event]:
    """Yield what happens, as it happens; every name ends once, at the latest with its own limit.

    What a job does after that is not heard. Its thread ends with the process.
    """
    events: queue.SimpleQueue[Event] = queue.SimpleQueue()
    limits: dict[str, Limit] = {}
    for name, job in jobs.items():
        limits[name] = Limit(seconds)
        threading.Thread(target=_work, args=(name, job, limits[name], events.put), daemon=True).start()
    left = dict.fromkeys(jobs)
    while left:
        event = _next(events, min(limits[name].ends for name in left) + GRACE)
        if event is None:
            late = [name for name in left if time.monotonic() >= limits[name].ends + GRACE]
            for name in late:
                del left[name]
                yield Ended(name, limits[name].over())
            yield Waiting(tuple(left))
        elif not isinstance(event, Waiting) and event.name in left:
            if isinstance(event, Ended):
                del left[event.name]
            yield event


def _next(events: "queue.SimpleQueue[Event]", until: float) -> Event | None:
    try:
        return events.get(timeout=max(0.0, min(PAUSE, until - time.monotonic())))
    except queue.Empty:
        return None


def _work(name: str, job: Job, limit: Limit, put: Put) -> None:
    try:
        job(limit, put)
        put(Ended(name))
    except PaycliError as problem:
        put(Ended(name, problem))
    except Exception as problem:  # noqa: BLE001 one profile's defect does not hide what the others found
        put(Ended(name, PaycliError(f"a defect of paycli ({type(problem).__name__}); please report it.")))
