"""Time and processes of a simulated world: one runs at a time, which one is chance, and any may be killed at any step.

A process is a thread that goes on only while the scheduler waits for it. Each of its steps (a commit, an exchange, a
pause) gives control back; there it can be delayed, interrupted or killed.
"""

import _thread
import heapq
import itertools
import random
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

START = datetime(2026, 3, 2, 9, 15, tzinfo=UTC)
FOREVER = 1e12


class Killed(BaseException):
    """The process is gone: what it still tries to do does not happen."""


class Process:
    """A thread that runs from step to step."""

    def __init__(self, scheduler: "Scheduler", body: Callable[["Process"], None], *, mortal: bool = False) -> None:
        self.scheduler = scheduler
        self.body = body
        self.mortal = mortal
        self.wake = scheduler.time
        self.doomed = False
        self.started = False
        self.ended = False
        self.signal: int | None = None
        self.owner = ""
        self.on_death: list[Callable[[], None]] = []
        self.turn = threading.Lock()
        self.turn.acquire()

    def _run(self) -> None:
        try:
            self.body(self)
        except Killed:
            pass
        except BaseException as problem:  # noqa: BLE001 told by the scheduler, in its own thread
            self.scheduler.defects.append(problem)
        finally:
            self.end()
            self.scheduler.hand_over(self)

    def end(self) -> None:
        """Leave, and tell whoever waits for it."""
        self.ended = True
        for forget in self.on_death:
            forget()

    def wait_for(self, other: "Process") -> None:
        """Go on once another process has ended."""
        if not other.ended:
            other.on_death.append(lambda: setattr(self, "wake", self.scheduler.time))
            self.step(FOREVER)

    def step(self, pause: float = 0.0) -> None:
        """Let others go on for so many seconds; raises Killed or KeyboardInterrupt when that is this one's fate."""
        if self.doomed:
            raise Killed
        self.scheduler.maybe_kill(self)
        self.wake = self.scheduler.time + pause
        if self.scheduler.hand_over(self):
            self.turn.acquire()
        if self.doomed:
            raise Killed
        if self.signal is not None:
            self.signal -= 1
            if self.signal < 0:
                # Further signals are ignored, as the real handler does.
                self.signal = None
                raise KeyboardInterrupt

    def resume(self) -> None:
        """Let it run until its next step."""
        if self.started:
            self.turn.release()
        else:
            self.started = True
            # A Thread would wait until it runs, but it is this one that has to wait.
            _thread.start_new_thread(self._run, ())


@dataclass
class Scheduler:
    """The clock, the processes, and what is going to happen."""

    chance: random.Random
    time: float = 0.0
    killing: float = 0.0
    processes: list[Process] = field(default_factory=list)
    events: list[tuple[float, int, Callable[[], object]]] = field(default_factory=list)
    defects: list[BaseException] = field(default_factory=list)
    on_power_loss: Callable[[Process], None] = lambda _process: None
    kills: int = 0

    def __post_init__(self) -> None:
        """Make the lock that the running process holds for the scheduler."""
        self.turn = threading.Lock()
        self.turn.acquire()
        self.numbers = itertools.count()

    def now(self) -> datetime:
        """Return the moment in UTC."""
        return START + timedelta(seconds=self.time)

    def start(self, body: Callable[[Process], None], *, mortal: bool = False) -> Process:
        """Start a process; a mortal one can be killed."""
        process = Process(self, body, mortal=mortal)
        self.processes.append(process)
        return process

    def later(self, seconds: float, event: Callable[[], object]) -> None:
        """Let something happen after so many seconds."""
        heapq.heappush(self.events, (self.time + seconds, next(self.numbers), event))

    def run(self) -> None:
        """Run until every process has ended, and everything has happened that was going to."""
        chosen = self._chosen()
        if chosen:
            chosen.resume()
            self.turn.acquire()
        if self.defects:
            raise self.defects[0]

    def hand_over(self, process: Process) -> bool:
        """Let go on whose turn it is now; return whether that is another one than the process that asks."""
        try:
            chosen = self._chosen()
        except BaseException as problem:  # noqa: BLE001 told in the scheduler's own thread
            self.defects.insert(0, problem)
            chosen = None
        if chosen is None:
            self.turn.release()
        elif chosen is not process:
            chosen.resume()
        return chosen is not process

    def _chosen(self) -> Process | None:
        """Let time pass until it is somebody's turn."""
        self.processes = [process for process in self.processes if not process.ended]
        while self._advance():
            ready = [process for process in self.processes if process.wake <= self.time]
            if ready:
                chosen = ready[0] if len(ready) == 1 else self.chance.choice(ready)
                if chosen.started or not chosen.doomed:
                    return chosen
                chosen.end()
                self.processes.remove(chosen)
        return None

    def _advance(self) -> bool:
        moments = [process.wake for process in self.processes]
        if self.events:
            moments.append(self.events[0][0])
        if not moments:
            return False
        self.time = max(self.time, min(moments))
        while self.events and self.events[0][0] <= self.time:
            heapq.heappop(self.events)[2]()
        return True

    def maybe_kill(self, process: Process) -> None:
        """Kill the process, or its whole machine, by chance."""
        if process.mortal and self.killing and self.chance.random() < self.killing:
            self.kills += 1
            if self.chance.random() < 0.5:
                self.on_power_loss(process)
            process.doomed = True
            raise Killed


class VirtualClock:
    """The pipeline's clock in a process."""

    def __init__(self, process: Process) -> None:
        self.process = process

    def monotonic(self) -> float:
        """Return the scheduler's seconds."""
        return self.process.scheduler.time

    def sleep(self, seconds: float) -> None:
        """Let others go on."""
        self.process.step(seconds)


class WorldClock:
    """The sandbox's clock."""

    def __init__(self, scheduler: Scheduler) -> None:
        self.scheduler = scheduler

    def now(self) -> datetime:
        """Return the moment in UTC."""
        return self.scheduler.now()

    def move(self, by: timedelta) -> None:
        """Go forward."""
        self.scheduler.time += by.total_seconds()

    def reset(self) -> None:
        """Time does not go back."""
