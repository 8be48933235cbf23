"""Whether the journal is as it was written, and what in it is open."""

from collections import Counter

from paycli.checkup.note import FINDING, NOTE, OK, Note, Notes, told
from paycli.errors import PaycliError
from paycli.journal.store import Damage, Journal

CHECK = "journal"
MOST_NAMED = 5


def entries(journal: Journal) -> Notes:
    """Yield whether the journal is whole, and a note of what became of which nobody knows yet."""
    try:
        if not journal.exists():
            yield Note(CHECK, "entries", OK, "there is none yet")
            return
        damaged, left = journal.verify(), journal.still_open()
    except PaycliError as problem:
        yield told(CHECK, str(journal.path), problem)
        return
    except OSError as problem:
        message = f"cannot be read: {problem.strerror}"
        yield Note(CHECK, str(journal.path), FINDING, message, "look at whose it is")
        return
    finally:
        journal.close()
    yield _damaged(damaged) if damaged else Note(CHECK, "entries", OK, "all are as they were written")
    if left:
        states = ", ".join(f"{count} {state}" for state, count in sorted(Counter(one.state for one in left).items()))
        yield Note(CHECK, "open entries", NOTE, f"{states}: it is not known yet what became", "paycli journal resolve")


def _damaged(damaged: list[Damage]) -> Note:
    named = ", ".join(f"{damage.id or damage.seq} {damage.problem}" for damage in damaged[:MOST_NAMED])
    more = f", and {len(damaged) - MOST_NAMED} more" if len(damaged) > MOST_NAMED else ""
    return Note(
        CHECK,
        "entries",
        FINDING,
        f"damaged: {named}{more}",
        "look at what those did at the provider; keep the file as it is for whoever asks: paycli journal verify",
    )
