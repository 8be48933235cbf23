"""``paycli journal``: what this machine sent, settled or not."""

import difflib
import sys
from collections.abc import Callable
from typing import Annotated

import typer

from paycli.commands.options import ColumnsOption, OutputOption, QueryOption, screen_of, session_of, word_of
from paycli.commands.reporter import ScreenReporter
from paycli.commands.run import show_rows_of
from paycli.errors import NotFound, OutcomeUnknown, RefusedHere, UsageProblem
from paycli.journal.entry import NOT_SENT, STATES, SUCCEEDED, Entry
from paycli.journal.store import Journal
from paycli.operations.catalog import PROVIDERS
from paycli.operations.columns import Column, Kind
from paycli.operations.moments import moment_now
from paycli.operations.provider import Provider
from paycli.operations.scan import holds_card_number
from paycli.profiles.resolve import SANDBOX, Profiles
from paycli.sending.pipeline import Pipeline, open_journal
from paycli.sending.resolve import Resolved, resolve, resolve_by_hand

app = typer.Typer(rich_markup_mode=None, add_completion=False, pretty_exceptions_enable=False)

DEFAULT_LIMIT = 100
COLUMNS = (
    Column("at", Kind.TIME),
    Column("profile"),
    Column("operation"),
    Column("target"),
    Column("amount", Kind.MONEY, currency="currency"),
    Column("state", Kind.STATUS),
    Column("settled"),
    Column("id", Kind.ID, primary=True),
)
ONE = tuple(Column(name, primary=name == "id") for name in Entry.__dataclass_fields__)
WORDS = (SUCCEEDED, NOT_SENT)
Id = Annotated[str, typer.Argument(metavar="ID", help="The entry's id, such as pc-7k2m9x4b8q.")]


@app.command("list")
def list_(
    ctx: typer.Context,
    state: Annotated[
        str | None, typer.Option(metavar="|".join(STATES), parser=word_of(STATES), help="Only entries in this state.")
    ] = None,
    profile: Annotated[str | None, typer.Option("-p", "--profile", metavar="NAME", help="Only this profile's.")] = None,
    since: Annotated[str | None, typer.Option(metavar="TIME", help="Only from then on: a date, a time, -7d.")] = None,
    limit: Annotated[int, typer.Option(metavar="N", min=1, help="Most entries to show.")] = DEFAULT_LIMIT,
    every: Annotated[bool, typer.Option("--all", help="Show every entry.")] = False,
    output: OutputOption = None,
    query: QueryOption = None,
    columns: ColumnsOption = None,
) -> None:
    """List what was sent, newest first.

    Example: paycli journal list --state unknown

    Example: paycli journal list --since -7d -p shop-test
    """
    from_then = _moment(since) if since else ""
    journal = _to_look(ctx, Journal.recover)
    found = [
        entry.as_row()
        for entry in journal.entries("at >= ?", (from_then,), newest_first=True)
        if state in (None, entry.state) and (profile is None or _is_of(entry, profile))
    ]
    if profile is not None and not found:
        _refuse_unknown(profile, journal)
    screen = screen_of(ctx, output, query, columns)
    screen.show(found if every else found[:limit], COLUMNS)
    if not every and len(found) > limit:
        screen.say(f"{len(found)} entries match and {limit} are shown: --limit N shows N, --all shows every one.")


@app.command()
def show(ctx: typer.Context, identifier: Id, output: OutputOption = None, query: QueryOption = None) -> None:
    """Show everything that is known of one entry.

    Example: paycli journal show pc-7k2m9x4b8q
    """
    screen_of(ctx, output, query).show({**_found(_to_look(ctx, Journal.recover), identifier).__dict__}, ONE)


@app.command("resolve")
def resolve_(
    ctx: typer.Context,
    identifier: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="One entry; without it, every open one.")
    ] = None,
    word: Annotated[
        str | None, typer.Option("--as", metavar="|".join(WORDS), parser=word_of(WORDS), help="Close it by your word.")
    ] = None,
    reason: Annotated[str | None, typer.Option(metavar="TEXT", help="How you know.")] = None,
    output: OutputOption = None,
    query: QueryOption = None,
) -> None:
    """Find out what became of what is open: one look each, without waiting. Exit 7 while anything is open.

    With --as, one entry that no read can tell of is closed by your word: ask the provider first, and say how you know.

    Example: paycli journal resolve

    Example: paycli journal resolve pc-7k2m9x4b8q --as not-sent --reason 'Support says so, ticket 4711'

    Effect: reads only; nothing is sent a second time

    If the answer is lost: run it again
    """
    journal = open_journal()
    journal.recover()
    screen = screen_of(ctx, output, query)
    if word is not None:
        looked = [Resolved(_by_hand(journal, identifier, word, reason))]
    else:
        chosen = [_found(journal, identifier)] if identifier else journal.still_open()
        reporter = ScreenReporter(screen)

        def pipeline_of(declared: Provider) -> Pipeline:
            return session_of(ctx).pipeline(declared, reporter)

        looked = [resolve(entry, journal, pipeline_of) if entry.open else Resolved(entry) for entry in chosen]
    show_rows_of(screen, [one.entry.as_row() for one in looked], COLUMNS)
    for one in looked:
        if one.why:
            screen.say(f"{one.entry.id}: {one.why}.")
    if left := journal.still_open():
        raise OutcomeUnknown(
            f"{len(left)} {'entry is' if len(left) == 1 else 'entries are'} still open.",
            next_step="run it again later; see: paycli journal list --state unknown",
            journal_id=left[0].id,
        )


@app.command()
def verify(ctx: typer.Context) -> None:
    """Check that every entry is as it was written and none is missing.

    Example: paycli journal verify
    """
    journal = _to_look(ctx, Journal.ready)
    damaged = journal.verify()
    if damaged:
        told = "; ".join(f"entry {damage.id or damage.seq} {damage.problem}" for damage in damaged)
        raise UsageProblem(
            f"The journal {journal.path} is damaged: {told}.",
            next_step="look at what those did at the provider; keep the file as it is for whoever asks",
        )
    sys.stderr.write("Every entry is as it was written.\n")


@app.command()
def export(ctx: typer.Context, output: OutputOption = None, query: QueryOption = None) -> None:
    """Print every entry whole, oldest first; one a line unless -o says otherwise.

    Example: paycli journal export > journal.ndjson
    """
    rows = ({**entry.__dict__} for entry in _to_look(ctx, Journal.recover).entries())
    session_of(ctx).screen(output or "ndjson", query=query).show(iter(rows), ONE)


@app.command()
def prune(before: Annotated[str, typer.Option(metavar="DATE", help="Entries from before then.")]) -> None:
    """Remove closed entries from before a date; what is open stays.

    Example: paycli journal prune --before 2026-01-01
    """
    sys.stderr.write(f"Removed {open_journal().prune(_moment(before))} entries.\n")


def _to_look(ctx: typer.Context, prepare: Callable[[Journal], None]) -> Journal:
    """Return the journal after it was prepared; on a disk that cannot be written, as it was left there."""
    journal = open_journal()
    try:
        prepare(journal)
    except RefusedHere as problem:
        from paycli.journal.still import StillJournal

        screen_of(ctx, None).say(f"warning: {problem.message} It is shown as it was left")
        journal.close()
        return StillJournal(journal.path.parent)
    return journal


def _is_of(entry: Entry, profile: str) -> bool:
    return entry.profile == profile or (profile == SANDBOX and entry.profile == f"{SANDBOX}-{entry.provider}")


def _refuse_unknown(profile: str, journal: Journal) -> None:
    """Raise UsageProblem for a name that neither a profile nor an entry has: an empty list would hide the slip."""
    known = {entry.profile for entry in journal.entries()} | {f"{SANDBOX}-{name}" for name in PROVIDERS} | {SANDBOX}
    if profile in known or profile in Profiles().names():
        return
    names = sorted(known.union(Profiles().names()))
    close = difflib.get_close_matches(profile, names, 1)
    raise UsageProblem(
        f"No entry and no profile is called {profile!r}.",
        next_step=f"did you mean {close[0]}?" if close else "see: paycli profiles list",
    )


def _by_hand(journal: Journal, identifier: str | None, word: str, reason: str | None) -> Entry:
    if identifier is None or not reason:
        raise UsageProblem(
            "--as closes one entry: it needs its ID and --reason TEXT.",
            next_step="paycli journal resolve ID --as succeeded|not-sent --reason TEXT",
        )
    if holds_card_number(reason):
        raise UsageProblem(
            "--reason holds what looks like a card number.", next_step="say it without the number, or with its mask"
        )
    return resolve_by_hand(_found(journal, identifier), journal, word, reason)


def _found(journal: Journal, identifier: str) -> Entry:
    entry = journal.get(identifier)
    if entry is None:
        raise NotFound(f"The journal has no entry {identifier!r}.", next_step="see: paycli journal list")
    return entry


def _moment(text: str) -> str:
    try:
        return moment_now(text).isoformat()
    except ValueError as problem:
        raise UsageProblem(f"{problem}.") from None
