"""The plan as a person reads it, and the one question before a bulk run."""

from collections import Counter
from collections.abc import Callable, Sequence
from urllib.parse import urlsplit

from paycli.errors import RefusedHere
from paycli.journal.entry import SUCCEEDED, UNKNOWN
from paycli.journal.store import Journal
from paycli.operations.money import parse_amount
from paycli.operations.operation import Effect, Operation
from paycli.profiles.person import ask, present
from paycli.profiles.profile import Profile
from paycli.tools.bulk.plan import Planned, totals
from paycli.tools.bulk.rows import last_of

NOTHING = "Nothing was sent."
Say = Callable[[str], None]


def confirm(
    operation: Operation, profile: Profile, rows: Sequence[Planned], journal: Journal, say: Say, *, yes: bool
) -> None:
    """Show the plan and ask once; on a live profile the total is typed.

    Raises RefusedHere when the answer is no, or when nobody can be asked and ``yes`` was not given.
    """
    left = describe(operation, profile, rows, journal, say)
    if yes or not left:
        return
    if not present():
        raise RefusedHere("A bulk run needs someone to confirm it.", next_step="add --yes", money=NOTHING)
    if not (_typed(operation, left) if profile.live else _agreed()):
        raise RefusedHere("You said no.", money=NOTHING)


def describe(
    operation: Operation, profile: Profile, rows: Sequence[Planned], journal: Journal, say: Say
) -> list[Planned]:
    """Say what the run will do; return the rows that are not done yet."""
    states = {row.place: entry.state for row in rows if (entry := last_of(journal, row))}
    left = [row for row in rows if states.get(row.place) != SUCCEEDED]
    known = Counter(states.values())
    say(operation.summary)
    say(f"  what     {operation.name}, {len(rows)} rows, {len(left)} of them to do")
    if known[SUCCEEDED]:
        say(f"  before   {known[SUCCEEDED]} are done already and are not sent again")
    if known[UNKNOWN]:
        say(f"  before   {known[UNKNOWN]} are unknown and are settled first")
    if operation.effect is Effect.MOVES_MONEY:
        say(f"  how much {how_much(left)}")
    word = "LIVE" if profile.live else profile.get("environment")
    say(f"  where    {profile.name}, {word}, {urlsplit(profile.host('base_url')).netloc}")
    return left


def how_much(rows: Sequence[Planned]) -> str:
    """Return the totals by currency, and of how many rows the amount is not known before they are looked at."""
    told = [str(money) for money in totals(rows)]
    if unweighed := sum(row.money is None for row in rows):
        told.append(f"all that is left, or what it costs, of {unweighed} rows")
    return ", ".join(told) or "nothing"


def _typed(operation: Operation, rows: Sequence[Planned]) -> bool:
    """Return whether the total was typed, or the number of rows where there is no one total."""
    sums = totals(rows)
    if operation.effect is Effect.MOVES_MONEY and len(sums) == 1 and all(row.money for row in rows):
        typed = ask(f"Type the total, {sums[0].currency} without the currency, to go on: ").strip()
        try:
            return parse_amount(typed) == sums[0].amount
        except ValueError:
            return False
    return ask("Type the number of rows to do, to go on: ").strip() == str(len(rows))


def _agreed() -> bool:
    return ask("Go on? [y/N] ").strip().lower() in {"y", "yes"}
