"""Watch what a command created until it has come to an end: reads, paced as the provider wants them."""

from collections.abc import Callable
from typing import Any

from paycli.operations.follow import Follow
from paycli.operations.outcome import Outcome, Succeeded
from paycli.sending.attempts import Clock
from paycli.values import dataclass


@dataclass(frozen=True)
class Followed:
    """Where it stood when the watching ended: the last word and reading, if any came."""

    word: str | None = None
    data: Any = None


def watch(
    read: Callable[[str, str], Outcome],
    follow: Follow,
    target: str,
    clock: Clock,
    patience: float,
    told: Callable[[str, float, bool], None],
) -> Followed:
    """Read until a last word comes or the patience is over, never more often than the pause allows.

    A read that fails says nothing and is done again; an interruption or a defect ends the watching, since what is
    watched was created and goes on without it. ``told`` gets the word, the seconds so far and whether the word is new.
    """
    begun = clock.monotonic()
    seen = Followed()
    try:
        while True:
            outcome = read(follow.read, target)
            if isinstance(outcome, Succeeded):
                word = follow.status(outcome.data)
                told(word or "no known status", clock.monotonic() - begun, word != seen.word)
                seen = Followed(word, outcome.data)
                if word in follow.good | follow.bad:
                    return seen
            if clock.monotonic() - begun + follow.pause > patience:
                return seen
            clock.sleep(follow.pause)
    except (KeyboardInterrupt, Exception):  # noqa: BLE001 whatever happens here, it is created
        return seen
