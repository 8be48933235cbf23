"""What all providers of one sandbox share: time, chance and fresh identifiers, chosen by whoever makes it."""

import random
import uuid
from collections import deque
from datetime import UTC, datetime, timedelta
from typing import Protocol

from paycli.sandbox.http import Message

ADDRESS = "http://127.0.0.1:8700"
KEPT_MESSAGES = 1000
KEPT_LINES = 1000


class Clock(Protocol):
    """The time of the sandbox's world."""

    def now(self) -> datetime:
        """Return the present moment in UTC."""

    def move(self, by: timedelta) -> None:
        """Go forward."""

    def reset(self) -> None:
        """Go back to the beginning."""


class MovableClock:
    """The machine's time, moved by as much as was asked for."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def now(self) -> datetime:
        """Return the present moment in UTC."""
        return datetime.now(UTC) + self.ahead

    def move(self, by: timedelta) -> None:
        """Go forward."""
        self.ahead += by

    def reset(self) -> None:
        """Go back to the machine's time."""
        self.ahead = timedelta()


class World:
    """What all providers of one sandbox share: time, chance, fresh identifiers, and the way out.

    ``address`` is where a browser finds the sandbox. ``outgoing`` holds the messages that nobody has sent yet, the
    latest ones only. ``reaches_out`` says that somebody puts questions to shops; else nobody is asked.
    ``files_address`` is where presigned links lead; who serves the files says where that is.
    ``told`` holds what people would get on their phones, until whoever serves the sandbox shows it; the latest only.
    """

    def __init__(self, clock: Clock, chance: random.Random) -> None:
        self.clock = clock
        self.chance = chance
        self.address = ADDRESS
        self.outgoing: deque[Message] = deque(maxlen=KEPT_MESSAGES)
        self.reaches_out = False
        self.files_address = "http://127.0.0.1:1"
        self.told: deque[str] = deque(maxlen=KEPT_LINES)

    def __deepcopy__(self, _memo: object) -> "World":
        """Return itself: a copy of a provider's state lives in the same world."""
        return self

    def fresh_id(self) -> str:
        """Return a new UUID."""
        return str(uuid.UUID(int=self.chance.getrandbits(128), version=4))

    def digits(self, count: int) -> str:
        """Return so many digits by chance, such as a one-time password."""
        return "".join(str(self.chance.randrange(10)) for _ in range(count))

    def tell(self, line: str) -> None:
        """Let whoever runs the sandbox see what a person would get, such as a one-time password."""
        self.told.append(line)

    def stamp(self) -> str:
        """Return the present moment as milliseconds without a zone, such as ``2026-03-02T09:15:00.100``."""
        return self.clock.now().replace(tzinfo=None).isoformat(timespec="milliseconds")


class NoSuchThingError(Exception):
    """An event names something that the sandbox does not hold, or that the event does not fit."""
