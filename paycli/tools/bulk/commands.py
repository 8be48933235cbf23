"""``paycli bulk run``, ``status`` and ``report``."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer

from paycli.commands.build import OperationCommand
from paycli.commands.options import ColumnsOption, OutputOption, QueryOption, parsed_by, screen_of, session_of
from paycli.commands.run import show_rows_of
from paycli.commands.shared import DEFAULT_LIMIT, free_text
from paycli.errors import UsageProblem
from paycli.journal.shared import SharedJournal
from paycli.journal.store import Journal
from paycli.operations.catalog import PROVIDERS, provider
from paycli.operations.operation import Operation
from paycli.output.screen import Screen
from paycli.sending.pipeline import Pipeline
from paycli.sending.terms import Terms
from paycli.tools.bulk.asking import confirm, describe
from paycli.tools.bulk.cells import Cells, refuse_what_bulk_cannot
from paycli.tools.bulk.counting import Count
from paycli.tools.bulk.plan import Planned, make_plan
from paycli.tools.bulk.report import COLUMNS as REPORTED
from paycli.tools.bulk.report import find_rows, report_rows
from paycli.tools.bulk.rows import (
    COLUMNS,
    Finished,
    flattened,
    last_of,
    told,
    told_entry,
)
from paycli.tools.bulk.running import Pace, RowReporter, Run, change, look_up
from paycli.tools.bulk.sheet import read_content, read_sheet
from paycli.values import replace

app = typer.Typer(rich_markup_mode=None, add_completion=False, pretty_exceptions_enable=False)

MOST_AT_ONCE = 64
PERIODS = {"s": 1.0, "m": 60.0, "h": 3600.0}
NEW = "new"


def _rate(text: str) -> float:
    """Return the seconds between two requests."""
    match = re.fullmatch(r"([0-9]{1,6})(?:/([smh]))?", text)
    if not match or not int(match[1]):
        raise typer.BadParameter(f"{text!r} is not such as 10/s, 300/m.")
    return PERIODS[match[2] or "s"] / int(match[1])


def _words(text: str) -> Operation:
    """Return the operation that a command names."""
    words = text.split()
    name, command = words[0] if words else "", " ".join(words[1:])
    if name not in PROVIDERS:
        raise typer.BadParameter(f"{text!r} does not begin with a provider: {', '.join(PROVIDERS)}.")
    declared = provider(name)
    if len(words) > 1 and words[1] in declared.resources and (found := declared.load(words[1]).get(command)):
        return found
    raise typer.BadParameter(f"{text!r} is no command of one request; see: paycli operations list.")


FileArgument = Annotated[
    str, typer.Argument(metavar="FILE.csv", help="CSV in UTF-8 with a header; - for standard input.")
]
CommandOption = Annotated[
    Operation,
    typer.Option(
        "--command", parser=_words, metavar="TEXT", help='What is run for each row, such as "tranzzo refund".'
    ),
]
ProfileOption = Annotated[
    str | None, typer.Option("-p", "--profile", metavar="NAME", help="Whose credentials and host.")
]
ReasonOption = Annotated[
    str | None,
    typer.Option(parser=parsed_by(free_text), metavar="TEXT", help="Why, for rows that have no reason of their own."),
]


@app.command()
def run(
    ctx: typer.Context,
    file: FileArgument,
    command: CommandOption,
    profile: ProfileOption = None,
    concurrency: Annotated[
        int, typer.Option(min=1, max=MOST_AT_ONCE, metavar="N", help="Rows under way at the same time.")
    ] = 8,
    rate: Annotated[
        float | None, typer.Option(parser=_rate, metavar="N/s", help="Most requests a second, of all rows together.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check the file and show the plan; send nothing.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask; also stands for the typed total.")] = False,
    reason: ReasonOption = None,
    timeout: Annotated[
        float | None, typer.Option(min=0.1, metavar="SECONDS", help="Time allowed for one exchange.")
    ] = None,
    limit: Annotated[
        int, typer.Option(min=1, metavar="N", help="Of a list that is looked up, most rows each.")
    ] = DEFAULT_LIMIT,
    verbose: Annotated[
        int, typer.Option("-v", "--verbose", count=True, help="Say what is sent; twice: bodies too.")
    ] = 0,
    output: OutputOption = None,
    query: QueryOption = None,
    columns: ColumnsOption = None,
) -> None:
    """Run one command for each row of a CSV file; again, it does only what is not done.

    The header names the command's arguments and options in snake case (order_id, amount, currency), with request_id and
    reason. The whole file is checked before anything is sent. Each row is looked up, journalled and settled like a
    single command. With a command that reads, rows come back beside the file's own columns, and others are kept.

    Example: paycli bulk run refunds.csv --command "tranzzo refund" -p sandbox --yes

    Example: paycli bulk run refunds.csv --command "tranzzo refund" --dry-run -p sandbox

    Effect: that of the command, once for each row

    If the answer is lost: type the same line again: what is done stays done, what is unknown is looked for
    """
    screen = replace(screen_of(ctx, output, query, columns), verbosity=verbose)
    made = _read(ctx, file, command, profile, reason, screen)
    pace = Pace(concurrency, rate or 0.0, timeout)
    if not command.changes:
        if dry_run:
            screen.say(f"{file} is right: {len(made.rows)} rows would be looked up.")
        else:
            look_up(made, pace, limit)
        return
    with _shared(made.pipeline) as journal:
        if dry_run:
            describe(made.operation, made.profile, made.rows, journal, screen.say)
            show_rows_of(screen, flattened(_as_known(made.rows, journal)), COLUMNS)
            return
        confirm(made.operation, made.profile, made.rows, journal, screen.say, yes=yes)
        change(made, journal, pace)


@app.command()
def status(
    ctx: typer.Context,
    file: FileArgument,
    command: CommandOption,
    profile: ProfileOption = None,
    output: OutputOption = None,
    query: QueryOption = None,
    columns: ColumnsOption = None,
) -> None:
    """Show what the journal of this machine knows of each row; asks nobody. Exit 7 or 9 as the run would have.

    Example: paycli bulk status refunds.csv --command "tranzzo refund" -p sandbox
    """
    screen = screen_of(ctx, output, query, columns)
    made = _read(ctx, file, _changing(command), profile, None, screen)
    journal = made.pipeline.journal()
    try:
        journal.recover()
        count = Count(screen, len(made.rows))
        rows = list(_as_known(made.rows, journal))
    finally:
        journal.close()
    for one in rows:
        count(one)
    show_rows_of(screen, flattened(iter(rows)), COLUMNS)
    if problem := count.end(made.profile.get("late_arrival"), stopped=False):
        raise problem


@app.command()
def report(
    ctx: typer.Context,
    file: FileArgument,
    command: CommandOption,
    profile: ProfileOption = None,
    concurrency: Annotated[
        int, typer.Option(min=1, max=MOST_AT_ONCE, metavar="N", help="Looks under way at the same time.")
    ] = 8,
    output: OutputOption = None,
    query: QueryOption = None,
    columns: ColumnsOption = None,
) -> None:
    """Add up at the provider what the rows did, not from our own notes, and say where the two differ (exit 9).

    Example: paycli bulk report refunds.csv --command "tranzzo refund" -p sandbox

    Effect: reads only

    If the answer is lost: run it again
    """
    screen = screen_of(ctx, output, query, columns)
    made = _read(ctx, file, _changing(command), profile, None, screen)
    with _shared(made.pipeline) as journal:
        found = find_rows(made.rows, made.profile, made.pipeline, journal, concurrency)
    show_rows_of(screen, [one.as_row() for one in found], REPORTED)
    report_rows(found, made.pipeline.provider, screen)


def _changing(operation: Operation) -> Operation:
    if not operation.changes:
        raise UsageProblem(
            f"{operation.name} reads only; there is nothing to account for.",
            next_step="look the rows up: paycli bulk run FILE.csv --command COMMAND",
        )
    return operation


@contextmanager
def _shared(pipeline: Pipeline) -> Iterator[SharedJournal]:
    journal = SharedJournal(pipeline.journal(), pipeline.journal())
    try:
        journal.recover()
        yield journal
    finally:
        journal.shut()


def _read(
    ctx: typer.Context, file: str, operation: Operation, profile: str | None, reason: str | None, screen: Screen
) -> Run:
    """Return the file as commands under a profile; raises UsageProblem for everything that is wrong with it."""
    declared = provider(operation.provider)
    command = OperationCommand(declared, operation)
    refuse_what_bulk_cannot(command)
    pipeline = session_of(ctx).pipeline(declared, RowReporter(screen))
    profiles = pipeline.profiles()
    pipeline = replace(pipeline, profiles=lambda: profiles)
    chosen = profiles.choose(declared.name, profile)
    typed, wrong = Cells(command).rows(file, read_sheet(file, read_content(file)), carried=not operation.changes)
    rows = make_plan(file, typed, wrong, command, pipeline, chosen, Terms(reason=reason))
    return Run(operation, pipeline, chosen, rows, screen)


def _as_known(rows: list[Planned], journal: Journal) -> Iterator[Finished]:
    for row in rows:
        entry = last_of(journal, row)
        yield told_entry(row, entry) if entry else told(row, None, NEW, 6, "not begun")
