"""``paycli find TEXT``: an order, payment or reference, wherever it is."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Annotated, Any

import typer

from paycli.commands.options import ColumnsOption, OutputOption, QueryOption, screen_of, session_of, word_of
from paycli.commands.run import show_rows_of
from paycli.commands.shared import EVERY, VERBOSE
from paycli.errors import ListIncomplete, NotFound, PaycliError, UsageProblem
from paycli.operations.catalog import PROVIDERS
from paycli.operations.columns import Column, Kind
from paycli.operations.looks import Sought, Status, quoted
from paycli.operations.moments import moment_now
from paycli.operations.scan import holds_card_number
from paycli.output.screen import Screen, width_of
from paycli.profiles.resolve import Profiles
from paycli.sending.finding import TimeOver
from paycli.sending.together import Ended, Event, Found, Noted, Said, Waiting, all_at_once
from paycli.tools.searches import Scope, Searches, scope_of

app = typer.Typer(rich_markup_mode=None, add_completion=False, pretty_exceptions_enable=False)

LIMIT = "10"
PERIOD = "-30d"
LONGEST = 256
COLUMNS = (
    Column("provider"),
    Column("profile"),
    Column("id", Kind.ID, primary=True),
    Column("order", Kind.ID),
    Column("kind"),
    Column("status", Kind.STATUS),
    Column("provider_status"),
    Column("amount", Kind.MONEY, currency="currency"),
    Column("time", Kind.TIME),
    Column("command", Kind.ID),
)
# On a terminal they come one by one: what is wide stands below.
ROLLING = (
    Column("profile"),
    Column("kind"),
    Column("status", Kind.STATUS),
    Column("amount", Kind.MONEY, currency="currency"),
    Column("time", Kind.TIME),
    Column("order", Kind.ID),
    Column("id", Kind.ID, primary=True),
    Column("provider_status", Kind.ID),
    Column("command", Kind.ID),
)
WIDTHS = {"kind": 8, "status": max(len(status.value) for status in Status), "amount": 14, "time": 19}
EPILOG = f"Statuses: {', '.join(status.value for status in Status)}."


@app.command(epilog=EPILOG)
def find(
    ctx: typer.Context,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="What was told to you: an id, a reference, a mask.")],
    profile: Annotated[
        list[str] | None,
        typer.Option(
            "-p", "--profile", metavar="NAME", help="Only this profile; may be repeated. `sandbox` is all local ones."
        ),
    ] = None,
    provider: Annotated[
        list[str] | None,
        typer.Option(
            metavar="|".join(PROVIDERS),
            parser=word_of(PROVIDERS),
            help="Only this provider's profiles; may be repeated.",
        ),
    ] = None,
    since: Annotated[
        str, typer.Option(metavar="TIME", help="How far back lists are looked through: a date, a time, -90d.")
    ] = PERIOD,
    timeout: Annotated[str, typer.Option(metavar="SECONDS", help="Time that each profile has.")] = LIMIT,
    verbose: Annotated[int, typer.Option("-v", "--verbose", count=True, show_default=False, help=VERBOSE)] = 0,
    output: OutputOption = None,
    query: QueryOption = None,
    columns: ColumnsOption = None,
) -> None:
    """Find an order, payment, transaction, reference, RRN or card mask in all your profiles at once.

    Every configured profile is asked at the same time, and each hit comes with the command that shows all of it.
    Nothing is ever changed. A profile that does not answer holds up no other: it is named, and the exit code is 11.

    What can be found: at Tranzzo an order id, and in the period a payment id, RRN or card mask; at MobilePay a payment,
    refund or order id; at Tora a transaction id or reference; at Toman a payment id, terminal number or card mask; at
    TeraPay a batch id, and a reference in the statement of the wallet that is signed in.

    `status` means the same everywhere; `provider_status` is the provider's own word. A card is typed as its mask, never
    as its number.

    Example: paycli find A-1001

    Example: paycli find '424242******4242' --since -7d --provider tranzzo

    Effect: reads only

    If the answer is lost: run it again
    """
    sought = Sought(_text(text), _since(since))
    seconds = _seconds(timeout)
    screen = screen_of(ctx, output, query, columns)
    screen.verbosity = verbose
    scope = scope_of(Profiles(), profile or (), provider or (), sought)
    search = Search(screen, scope)
    jobs = Searches(session_of(ctx), screen, sought).jobs(scope.profiles)
    search.show(all_at_once(jobs, seconds))
    search.end(sought, seconds)


class Search:
    """What came of a search, shown while it comes where somebody looks on."""

    def __init__(self, screen: Screen, scope: Scope) -> None:
        self.screen = screen
        self.scope = scope
        self.providers = {profile.name: profile.provider for profile in scope.profiles}
        self.rows: list[dict[str, Any]] = []
        self.problems: dict[str, PaycliError] = {**scope.broken}
        self.notes = dict.fromkeys(scope.without, "its provider knows no such identifier")
        self.awaited: tuple[str, ...] = ()

    def show(self, events: Iterator[Event]) -> None:
        """Show the hits: on a terminal as they come, else as one list in an order that does not depend on time."""
        shown = self._rolling() if self.screen.rolls else lambda _row: None
        for event in events:
            if not isinstance(event, Waiting):
                self._clear()
            match event:
                case Found(name, hit):
                    self.rows.append(hit.as_row(self.providers[name], name))
                    shown(self.rows[-1])
                case Ended(name, PaycliError() as problem):
                    self.problems[name] = problem
                case Noted(name, sentence):
                    self.notes[name] = sentence
                case Said(name, sentence):
                    self.screen.say(f"{name}: {sentence}")
                case Waiting(names) if names:
                    self._wait(names)
        self._clear()
        if not self.screen.rolls:
            show_rows_of(self.screen, sorted(self.rows, key=_place), COLUMNS)

    def end(self, sought: Sought, seconds: float) -> None:
        """Raise ListIncomplete where a profile could not answer, NotFound where all did and none had it."""
        if self.problems:
            raise ListIncomplete(
                f"{_counted(len(self.problems), self.scope)} could not answer:\n{_told(self.problems)}",
                next_step=self._again(sought, seconds),
            )
        if self.rows:
            return
        notes = {name: f"{sentence}." for name, sentence in sorted(self.notes.items())}
        besides = f"\nNot looked through:\n{_listed(notes)}" if notes else ""
        where = f"in {_counted(len(self.scope.profiles), self.scope)}" if self.scope.profiles else "anywhere"
        since = sought.since.astimezone().strftime("%Y-%m-%d %H:%M")
        told = f" Lists were looked through from {since} on." if self.scope.period else ""
        further = "; further back: --since -90d" if self.scope.period else ""
        raise NotFound(
            f"Nothing was found for {sought.text!r} {where}.{told}{besides}", next_step=f"check the text{further}"
        )

    def _again(self, sought: Sought, seconds: float) -> str | None:
        late = [name for name, problem in self.problems.items() if isinstance(problem, TimeOver)]
        if not late:
            return None
        named = [word for name in sorted(late) for word in ("-p", name)]
        return quoted(["paycli", "find"], sought.text, [*named, "--timeout", f"{3 * seconds:g}"])

    def _rolling(self) -> Callable[[Any], None]:
        profile = max((len(name) for name in self.providers), default=0)
        return self.screen.rolling(ROLLING, {**WIDTHS, "profile": profile})

    def _wait(self, names: tuple[str, ...]) -> None:
        if names != self.awaited:
            told = f"… waiting for {', '.join(names)}"
            room = (width_of(self.screen.err) or 0) - 1
            self.screen.live(told if len(told) <= room else f"… waiting for {len(names)} profiles", fresh=False)
            self.awaited = names

    def _clear(self) -> None:
        if self.awaited:
            self.screen.live("", fresh=False)
            self.awaited = ()


def _place(row: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(str(row[name] or "") for name in ("provider", "profile", "time", "order", "id", "command"))


def _counted(count: int, scope: Scope) -> str:
    total = len(scope.names)
    of = f" of {total}" if count < total else ""
    return f"{count}{of} profile{'s' if total > 1 else ''}"


def _told(problems: Mapping[str, PaycliError]) -> str:
    lines = {}
    for name, problem in sorted(problems.items()):
        remedy = f"\n{problem.next_step}".replace("\n", "\n    ") if problem.next_step else ""
        lines[name] = f"{problem.message}{remedy}"
    return _listed(lines)


def _listed(lines: Mapping[str, str]) -> str:
    return "\n".join(f"  {name}: {line}" for name, line in lines.items())


def _text(typed: str) -> str:
    """Return what is looked for. Raises UsageProblem, which never repeats a card number."""
    text = typed.strip()
    if holds_card_number(text):
        raise UsageProblem(
            "TEXT looks like a whole card number, which is never typed here.",
            next_step="type its mask: the first six and the last four digits, such as '414141******2284'",
        )
    if not text:
        raise UsageProblem("TEXT is empty.", next_step="type an id, a reference or a card mask: paycli find A-1001")
    if not text.isprintable() or len(text) > LONGEST:
        raise UsageProblem(f"TEXT holds control characters, or is longer than {LONGEST}.")
    return text


def _since(typed: str) -> datetime:
    try:
        return moment_now(typed)
    except ValueError as problem:
        raise UsageProblem(f"Invalid value for '--since': {problem}.") from None


def _seconds(typed: str) -> float:
    try:
        seconds: float = EVERY["timeout"].parse(typed)
    except ValueError as problem:
        raise UsageProblem(f"Invalid value for '--timeout': {problem}.") from None
    return seconds
