"""Find out what became of an open entry: one look, without waiting."""

from collections.abc import Callable

from paycli.errors import PaycliError, RefusedHere
from paycli.journal.entry import BY_HAND, INFERRED, NOT_SENT, SUCCEEDED, UNKNOWN, Entry
from paycli.journal.store import Journal
from paycli.operations.catalog import provider
from paycli.operations.provider import Provider
from paycli.profiles.profile import Profile
from paycli.sending.closing import evidence_of, identity_of, note_marks, owner_of, rows_of, settle_entry
from paycli.sending.pipeline import Pipeline
from paycli.sending.settle import nothing_new
from paycli.values import dataclass


@dataclass(frozen=True)
class Resolved:
    """An entry after it was looked at, and why it is still open where it is."""

    entry: Entry
    why: str = ""


def resolve(entry: Entry, journal: Journal, pipeline_of: Callable[[Provider], Pipeline]) -> Resolved:
    """Return what one look tells of an open entry.

    It is settled by our mark or by inference; as not-sent only by a reading that shows nothing new, once what was sent
    cannot arrive any more, and never where the absence of a thing proves nothing.
    """
    if not entry.settle_by:
        keyed = "the same command, typed again, goes with its key; or " if entry.key else ""
        return Resolved(entry, f"{keyed or 'no read tells; '}ask the provider, then: paycli journal resolve ID --as")
    declared = provider(entry.provider)
    pipeline = pipeline_of(declared)
    try:
        profile = pipeline.profiles().profile(entry.profile)
        if why := _elsewhere(entry, entry.settle_by, profile, pipeline):
            return Resolved(entry, why)
        rows, problem = rows_of(pipeline.look_up(profile)(entry.settle_by, entry.target))
    except PaycliError as failure:
        return Resolved(entry, failure.message)
    if problem:
        return Resolved(entry, problem.message)
    note_marks(declared, journal, entry.account, rows)
    settled = settle_entry(declared, journal, entry, rows, pipeline.mask)
    if not settled.open or settled.state != entry.state:
        return Resolved(settled)
    if settled.state != UNKNOWN:
        return Resolved(settled, "not finished yet")
    if settled.creates and not settled.listed:
        return Resolved(settled, "it need not be listed though it is there; a person has to decide")
    if not nothing_new(declared, identity_of(entry), rows, evidence_of(journal, entry)):
        return Resolved(settled, "something new is there that may be ours or somebody else's; a person has to decide")
    until = settled.can_arrive_until()
    if until and journal.now() < until:
        return Resolved(settled, f"nothing is there; it may still arrive until {until:%Y-%m-%d %H:%M:%S} UTC")
    told = "nothing was there when it could not arrive any more"
    closed = settled.ended(NOT_SENT, journal.now(), settled=INFERRED, exit_code=6, sentence=told)
    # Another process may have found more than nothing meanwhile.
    return Resolved(closed if journal.swap(settled, closed) else journal.get(entry.id) or settled)


def _elsewhere(entry: Entry, command: str, profile: Profile, pipeline: Pipeline) -> str:
    """Return why what an entry acted on cannot be read under the profile as it is now, or nothing."""
    if profile.host("base_url").partition("://")[2].partition("/")[0] != entry.account.partition("|")[0]:
        return f"profile {entry.profile} names another host now"
    if pipeline.owner(profile, command) != owner_of(entry.account):
        return "it was done for somebody else than who is signed in now; sign in as that one first"
    return ""


def resolve_by_hand(entry: Entry, journal: Journal, word: str, reason: str) -> Entry:
    """Close an open entry by a person's word. Raises RefusedHere for one that is closed."""
    if not entry.open:
        raise RefusedHere(
            f"{entry.id} is {entry.state} already.",
            next_step=f"see: paycli journal show {entry.id}",
            journal_id=entry.id,
        )
    state = SUCCEEDED if word == SUCCEEDED else NOT_SENT
    code = 0 if state == SUCCEEDED else 6
    return journal.update(entry.ended(state, journal.now(), settled=BY_HAND, exit_code=code, sentence=reason))
