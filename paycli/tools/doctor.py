"""``paycli doctor``: prove the set-up of this machine, and tell each finding with its remedy."""

import itertools
import os
import re
import textwrap
from collections.abc import Iterator, Sequence
from typing import Annotated

import typer

from paycli.checkup.accounts import accounts, unreadable
from paycli.checkup.entries import entries
from paycli.checkup.files import files
from paycli.checkup.hidden import hidden
from paycli.checkup.network import Connects, clock, errands, network, proxies, run
from paycli.checkup.note import FINDING, NOTE, Note
from paycli.checkup.variables import variables
from paycli.checkup.versions import versions
from paycli.commands.options import ColumnsOption, OutputOption, QueryOption, screen_of, session_of
from paycli.commands.reporter import ScreenReporter
from paycli.errors import ConfigurationProblem
from paycli.operations.columns import Column, Kind
from paycli.operations.operation import View
from paycli.operations.provider import Provider
from paycli.output.screen import width_of
from paycli.profiles.keyring import Keyring
from paycli.profiles.person import present
from paycli.profiles.profile import Profile
from paycli.profiles.resolve import Profiles
from paycli.sending.pipeline import Connect, open_journal

app = typer.Typer(rich_markup_mode=None, add_completion=False, pretty_exceptions_enable=False)

COLUMNS = (
    Column("check"),
    Column("subject", Kind.ID, primary=True),
    Column("state", Kind.STATUS),
    Column("message"),
    Column("remedy"),
)
MARKS = {FINDING: "FINDING"}
INDENT = 10
NARROWEST = 40
COPIED = re.compile(r"\b(?:paycli|chmod|sudo|unset|timedatectl) [^;,]*")
GLUE = "\x00"


@app.command()
def doctor(
    ctx: typer.Context,
    profile: Annotated[
        str | None, typer.Option("-p", "--profile", metavar="NAME", help="Only this profile; a built-in one, too.")
    ] = None,
    offline: Annotated[bool, typer.Option("--offline", help="Reach no host.")] = False,
    output: OutputOption = None,
    query: QueryOption = None,
    columns: ColumnsOption = None,
) -> None:
    """Prove the set-up: files, profiles, variables, secrets, keyring, network, clock, journal. Exit 4 with a finding.

    Nothing is changed, but that the keyring gets a throwaway entry, which is deleted at once. Hosts are reached without
    credentials: whether these are right, `paycli profiles check NAME` asks.

    Example: paycli doctor --offline

    Effect: reaches the hosts of your profiles without credentials; reads and changes nothing there

    If the answer is lost: run it again
    """
    screen = screen_of(ctx, output, query, columns)
    keyring = Keyring(person=present(), notice=screen.say)

    def connect(declared: Provider) -> Connect:
        return session_of(ctx).pipeline(declared, ScreenReporter(screen)).connect

    notes = list(_notes(profile, keyring, None if offline else connect))
    view = None if columns else View([], list(lines(notes, width_of(screen.out))))
    screen.show([note.as_row() for note in notes], COLUMNS, view)
    found = sum(note.state == FINDING for note in notes)
    if found:
        raise ConfigurationProblem(
            f"{found} {'finding' if found == 1 else 'findings'}.",
            next_step="do what stands below each, then again: paycli doctor",
        )
    screen.say("Nothing is wrong.")


def _notes(named: str | None, keyring: Keyring, connect: Connects | None) -> Iterator[Note]:
    profiles: Profiles | None = None
    found: list[Profile] = []
    yield from files()
    try:
        profiles = Profiles()
    except ConfigurationProblem as problem:
        yield unreadable(problem)
    if profiles:
        found, told = accounts(profiles, named)
        yield from told
    yield from variables(os.environ, profiles, found)
    yield from hidden(keyring, found, os.environ)
    yield from _outside(found, connect)
    yield from entries(open_journal())
    yield from versions()


def _outside(found: Sequence[Profile], connect: Connects | None) -> Iterator[Note]:
    asked = errands(found)
    yield from proxies(asked, os.environ)
    if connect is None:
        yield Note("network", "hosts", NOTE, "not reached, as --offline says")
        return
    if asked:
        run(asked, connect)
        yield from network(asked)
        yield from clock(asked)


def lines(notes: Sequence[Note], width: int | None) -> Iterator[str]:
    """Yield the notes for people, in groups: what is right in a line, what is not with its remedy below."""
    for check, group in itertools.groupby(notes, lambda note: note.check):
        yield check
        for note in group:
            yield from _item(note, width)


def _item(note: Note, width: int | None) -> Iterator[str]:
    mark = MARKS.get(note.state, note.state)
    text = f"{note.subject}: {note.message}"
    yield from _wrapped(f"  {mark:<{INDENT - 3}} ", text, width)
    if note.remedy:
        # A command to copy stays in one line, whatever its length.
        glued = COPIED.sub(lambda match: match[0].replace(" ", GLUE), note.remedy)
        lead = f"{'':<{INDENT}}-> "
        yield from (line.replace(GLUE, " ") for line in _wrapped(lead, glued, width))


def _wrapped(lead: str, text: str, width: int | None) -> list[str]:
    if width is None:
        return [f"{lead}{text}"]
    return textwrap.wrap(
        text,
        max(width, NARROWEST),
        initial_indent=lead,
        subsequent_indent=" " * INDENT,
        break_long_words=False,
        break_on_hyphens=False,
    )
