"""How an entry of the journal and an outcome become each other, and how rows that were read settle an open one."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from decimal import Decimal
from urllib.parse import urlsplit

from paycli.errors import ConfigurationProblem, ExitCode, NothingSent, PaycliError, RefusedHere
from paycli.journal.entry import NOT_SENT, PENDING, REJECTED, SUCCEEDED, UNKNOWN, Entry
from paycli.journal.store import Journal
from paycli.operations.money import Money
from paycli.operations.operation import NEVER, Effect, Operation
from paycli.operations.outcome import NotSent, Outcome, Pending, Reason, Rejected, Succeeded, Unknown
from paycli.operations.provider import Provider
from paycli.operations.safety import Identity, Row
from paycli.operations.scan import without_card_numbers
from paycli.profiles.profile import Profile
from paycli.sending.settle import MARK, Evidence, Settled, find_ours, known_row

Mask = Callable[[str], str]
"""Returns a text as it may be written down."""


def ended(
    entry: Entry,
    outcome: Outcome,
    provider: Provider,
    now: datetime,
    settled: Settled | None = None,
    mask: Mask = str,
) -> Entry:
    """Return the entry with the state that an outcome stands for; what settled it may repeat a secret in its row."""
    states = {Succeeded: SUCCEEDED, Pending: PENDING, Rejected: REJECTED, NotSent: NOT_SENT, Unknown: UNKNOWN}
    data = getattr(outcome, "data", None)
    safety = provider.safety
    key = safety.key(data) if safety and isinstance(data, Mapping) else ""
    return entry.ended(
        states[type(outcome)],
        now,
        exit_code=int(exit_code(outcome)),
        provider_id=key or entry.provider_id,
        sentence=without_card_numbers(mask(getattr(outcome, "sentence", ""))) or None,
        settled=settled.how if settled else entry.settled,
        sent_at=entry.sent_at,
    )


def named_by(operation: Operation, outcome: Outcome) -> str | None:
    """Return what the provider calls what it made, of a change that no read tells: its row need not be told apart."""
    data = getattr(outcome, "data", None)
    primary = next((column for column in operation.columns if column.primary), None)
    if operation.retry != NEVER or primary is None or not isinstance(data, Mapping):
        return None
    if operation.once and primary.field in operation.once.fields:
        # It is a secret itself.
        return None
    found = data.get(primary.field) or data.get(primary.otherwise or "")
    return str(found) if found else None


def exit_code(outcome: Outcome) -> ExitCode:
    """Return the exit code of an outcome."""
    match outcome:
        case Succeeded():
            return ExitCode.DONE
        case Pending():
            return ExitCode.NOT_FINISHED
        case Rejected(_, _, reason):
            codes = {Reason.MISSING: ExitCode.NOT_FOUND, Reason.CREDENTIALS: ExitCode.CONFIGURATION}
            return codes.get(reason, ExitCode.REFUSED_BY_PROVIDER)
        case NotSent():
            return ExitCode.NOTHING_SENT
        case Unknown():
            return ExitCode.OUTCOME_UNKNOWN


def outcome_of(entry: Entry) -> Outcome:
    """Return what the journal knows of a change, as an outcome with the entry as its answer."""
    match entry.state:
        case "succeeded":
            return Succeeded(entry.as_row())
        case "pending":
            return Pending(entry.as_row(), entry.sentence or "not finished")
        case "rejected":
            return Rejected(entry.sentence or "it was refused")
        case "not-sent":
            return NotSent(entry.sentence or "it was not sent")
    return Unknown(entry.sentence or "another paycli is sending it just now")


def settle_entry(provider: Provider, journal: Journal, entry: Entry, rows: list[Row], mask: Mask = str) -> Entry:
    """Return an open entry as the rows settle it; one that they do not settle stays as it is."""
    operation = _stand_in(provider, entry)
    evidence = evidence_of(journal, entry)
    settled = known_row(provider, operation, entry.provider_id, rows) or find_ours(
        provider, operation, identity_of(entry), entry.id, rows, evidence
    )
    if settled is None or isinstance(settled.outcome, Unknown):
        return entry
    if isinstance(settled.outcome, Pending) and entry.state == PENDING:
        return entry
    return journal.update(ended(entry, settled.outcome, provider, journal.now(), settled, mask))


def evidence_of(journal: Journal, entry: Entry) -> Evidence:
    """Return what is known around a read of an entry's target."""
    others = journal.on_target(entry.account, entry.target)
    claimed = frozenset(other.provider_id for other in others if other.provider_id and other.id != entry.id)
    earlier = frozenset(key for other in others if other.at < entry.at for key in other.before or ())
    # What went without a mark cannot be missed by one.
    return Evidence(entry.before, claimed, entry.marked and journal.marks_come_back(entry.account), earlier)


def note_marks(provider: Provider, journal: Journal, account: str, rows: list[Row]) -> None:
    """Remember that marks come back for the account, when one of ours stands in the rows.

    A disk that cannot be written keeps that from being remembered, and not from being used.
    """
    safety = provider.safety
    if safety and any(MARK in safety.note(row) for row in rows) and not journal.marks_come_back(account):
        with suppress(RefusedHere):
            journal.saw_mark(account)


def rows_of(outcome: Outcome) -> tuple[list[Row], PaycliError | None]:
    """Return the rows that a look-up brought, or why there are none; an unknown target has none."""
    match outcome:
        case Succeeded(data):
            rows = data if isinstance(data, list) else [data]
            return [row for row in rows if isinstance(row, Mapping)], None
        case Rejected(_, _, Reason.MISSING):
            return [], None
        case Rejected(sentence, code, Reason.CREDENTIALS):
            return [], ConfigurationProblem(
                f"The look before was refused: {sentence}.",
                next_step="check the credentials of the profile: paycli profiles check NAME",
                money="Nothing was sent.",
                provider_code=code,
            )
    return [], NothingSent(
        f"The state before could not be read: {getattr(outcome, 'sentence', 'an odd answer')}.",
        money="Nothing was sent; it is safe to run it again.",
        next_step=getattr(outcome, "remedy", None),
    )


def identity_of(entry: Entry) -> Identity:
    """Return what an entry acted on."""
    money = Money(Decimal(entry.amount), entry.currency) if entry.amount and entry.currency else None
    return Identity(entry.kind, entry.target, "", money)


def account_of(profile: Profile, merchant: str, owner: str = "") -> str:
    """Return the account: the host, the merchant there, and who signed in, whatever the profile is called."""
    return "|".join([urlsplit(profile.host("base_url")).netloc, merchant, *filter(None, [owner])])


def owner_of(account: str) -> str:
    """Return the word for who signed in, out of an account."""
    return account.split("|", 2)[2] if account.count("|") > 1 else ""


def _stand_in(provider: Provider, entry: Entry) -> Operation:
    creates = "created" if entry.creates else None
    return Operation(provider.name, entry.kind, "POST", "", Effect.WRITES, NEVER, "", dict, creates=creates)
