"""Run one operation for a user: the pipeline, then what they see and the exit code."""

import contextlib
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from paycli.commands.reporter import ScreenReporter
from paycli.commands.session import Session
from paycli.commands.shared import Shared
from paycli.errors import ExitCode, ListIncomplete, NotFound, PaycliError
from paycli.operations.bunches import Bunches
from paycli.operations.columns import Column
from paycli.operations.files import Document
from paycli.operations.operation import Operation
from paycli.operations.outcome import Pending, Succeeded
from paycli.operations.params import Facts
from paycli.operations.provider import Provider
from paycli.operations.wire import pretty
from paycli.output.cells import pick
from paycli.output.masking import without_card_data
from paycli.output.screen import Screen
from paycli.profiles.places import state_directory
from paycli.sending.pipeline import Asked, Done, Pipeline
from paycli.sending.rows import Chosen, Listing, Rest
from paycli.sending.terms import Terms
from paycli.values import replace

if TYPE_CHECKING:
    from paycli.sending.follow import Followed

Build = Callable[[Facts], dict[str, Any]]


def run_operation(session: Session, provider: Provider, operation: Operation, shared: Shared, build: Build) -> int:
    """Send the operation and show its outcome. Returns 0, or raises the PaycliError that tells another outcome."""
    return run_asked(
        session, provider, Asked(operation, build, shared.profile, shared.timeout, terms_of(shared)), shared
    )


def terms_of(shared: Shared) -> Terms:
    """Return the terms of a change."""
    wait = shared.wait_timeout if shared.wait else 0
    return Terms(shared.reason, shared.again, shared.request_id, preflight=not shared.no_preflight, wait=wait)


def run_asked(session: Session, provider: Provider, asked: Asked, shared: Shared) -> int:
    """Send what was asked for and show its outcome. Returns 0, or raises the PaycliError that tells another outcome."""
    operation = asked.operation
    screen = session.screen(shared.output, shared.verbose, shared.query, shared.columns)
    pipeline = session.pipeline(provider, ScreenReporter(screen, yes=shared.yes))
    if shared.dry_run:
        show(screen, pipeline.rehearse(asked), None, None)
        return ExitCode.DONE
    if operation.link:
        from paycli.commands.fetched import save_linked

        return save_linked(screen, pipeline, asked, shared)
    if operation.unfinished and shared.wait:
        return show_waited(screen, pipeline, asked, shared)
    if operation.saved or shared.qr_png or shared.media:
        asked = replace(asked, build=_with_places(asked, shared))
    if shared.save_once:
        from paycli.commands.once import check_saving

        check_saving(pipeline.profiles().choose(provider.name, asked.profile), screen)
    done = pipeline.run(asked)
    if isinstance(done.outcome, Succeeded) and isinstance(done.outcome.data, Document):
        return show_saved(screen, done.outcome.data, operation, done, shared)
    if isinstance(done.outcome, Succeeded) and isinstance(done.outcome.data, Listing):
        return show_rows(screen, done.outcome.data, operation, done, shared)
    return show_outcome(screen, pipeline, operation, done, shared)


def show_outcome(screen: Screen, pipeline: Pipeline, operation: Operation, done: Done, shared: Shared) -> int:
    """Show what became of an operation. Returns 0, or raises the PaycliError that tells another outcome."""
    if done.entry and done.entry.settled:
        screen.say(f"The answer was lost; what became of it was found ({done.entry.settled}, {done.entry.id}).")
    if isinstance(done.outcome, Succeeded) or (isinstance(done.outcome, Pending) and operation.changes):
        followed = _followed(screen, pipeline, operation, done, shared)
        tell(screen, done.outcome.data if followed is None else followed.data, operation, done, shared)
        _keep_pictures(screen, operation, done.outcome.data, shared)
        if followed is not None:
            from paycli.commands.follow import end_of

            return end_of(followed, operation, done)
    if isinstance(done.outcome, Succeeded):
        return ExitCode.DONE
    from paycli.sending.verdict import error_of

    journal_id = done.entry.id if done.entry else None
    if problem := error_of(done.outcome, operation, pipeline.provider, done.profile, done.values, journal_id):
        if done.around and isinstance(problem, NotFound) and screen.tells_people:
            from paycli.commands.known import say_known

            say_known(screen, done.around)
        raise problem
    return ExitCode.DONE


def _followed(
    screen: Screen, pipeline: Pipeline, operation: Operation, done: Done, shared: Shared
) -> "Followed | None":
    if not (shared.wait and operation.follow):
        return None
    from paycli.commands.follow import wait_for

    return wait_for(screen, pipeline, operation, done, shared)


def _keep_pictures(screen: Screen, operation: Operation, data: Any, shared: Shared) -> None:
    if operation.pictures:
        from paycli.commands.pictures import save

        save(screen, operation, data, shared)
    if operation.qr:
        from paycli.commands.saving import show_qr

        show_qr(screen, pick(data, operation.qr), shared)


def show_waited(screen: Screen, pipeline: Pipeline, asked: Asked, shared: Shared) -> int:
    """Ask for a list until it is finished, and show it. Returns 0, or raises NotFinished."""
    from paycli.commands.fetched import refuse_unfinished, waited

    found, done = waited(pipeline, asked, shared)
    show(screen, found.rows, asked.operation, done)
    tell_rest(screen, found, shared)
    refuse_unfinished(found, asked.operation)
    return ExitCode.DONE


def show_saved(screen: Screen, document: Document, operation: Operation, done: Done, shared: Shared) -> int:
    """Save an answer that is a file, and say where it lies."""
    from paycli.commands.saving import COLUMNS, save_document

    if saved := save_document(screen, document, operation, done.values, shared):
        _written(screen, lambda: screen.show(saved, COLUMNS))
    return ExitCode.DONE


def _with_places(asked: Asked, shared: Shared) -> Build:
    """Return the making of the values, which also makes sure that what comes back can be saved."""
    from paycli.commands.pictures import check_folder
    from paycli.commands.saving import check_places

    def build(facts: Facts) -> dict[str, Any]:
        values = asked.build(facts)
        check_places(asked.operation, values, shared)
        check_folder(shared)
        return values

    return build


def show(screen: Screen, data: Any, operation: Operation | None, done: Done | None) -> bool:
    """Show an answer and return whether it could be written; a closed pipe never turns a success into a failure."""
    if operation and operation.pictures:
        from paycli.commands.pictures import shown

        data = shown(screen, operation, data)
    view = operation.view(data) if operation and operation.view and isinstance(data, list) else None
    columns = operation.columns if operation else ()
    zone = done.profile.get("timezone", "UTC") if done else "UTC"
    if operation and done and done.around and screen.tells_people:
        from paycli.commands.timeline import parts_of

        if parts := parts_of(screen, data, operation, done.around, zone):
            return _written(screen, lambda: screen.show_parts(parts, zone))
    return _written(screen, lambda: screen.show(data, columns, view, zone))


def show_rows_of(screen: Screen, rows: list[Any] | Iterator[Any], columns: Sequence[Column]) -> None:
    """Show rows of paycli's own; what cannot be written changes nothing about the command's outcome."""
    _written(screen, lambda: screen.show(rows, columns))


def _written(screen: Screen, write: Callable[[], None]) -> bool:
    try:
        write()
    except BrokenPipeError:
        silence_stdout()
    except OSError as problem:
        screen.say(f"The answer could not be written to standard output: {problem.strerror}.")
        silence_stdout()
    else:
        return True
    return False


def tell(screen: Screen, data: Any, operation: Operation, done: Done, shared: Shared | None = None) -> None:
    """Show what a change or a read brought; a change that happened stays one, however badly it can be shown."""
    if operation.once and shared and done.entry:
        from paycli.commands.once import deliver

        deliver(
            screen,
            operation.once,
            data,
            done.profile,
            shared,
            done.entry.id,
            lambda shown: _told(shown, data, operation, done, aside=screen),
        )
    elif not _told(screen, data, operation, done) and operation.changes and operation.creates and done.entry:
        keep(screen, data, done.entry.id)


def _told(screen: Screen, data: Any, operation: Operation, done: Done, aside: Screen | None = None) -> bool:
    """Return whether the answer was shown; what goes wrong is told aside, where nothing is revealed."""
    try:
        return show(screen, data, operation, done)
    except (Exception, KeyboardInterrupt) as problem:
        if not operation.changes:
            raise
        told = problem.message if isinstance(problem, PaycliError) else type(problem).__name__
        aside = aside or screen
        aside.say(f"warning: it is done, but cannot be shown as asked: {told}")
        aside.say(pretty(without_card_data(data)))
    return False


def keep(screen: Screen, data: Any, name: str) -> None:
    """Write an answer that exists only once, and that nobody may have seen, where it can be found."""
    path = state_directory() / f"answer-{name}.json"
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            file.write(screen.masker.mask(pretty(data)) + "\n")
    except OSError:
        # What a full disk took of it is no answer.
        with contextlib.suppress(OSError):
            path.unlink()
        screen.say(f"warning: the answer could not be kept either: {screen.masker.mask(pretty(data))}")
    else:
        screen.say(f"The answer exists only once; it is kept in {path}.")


def show_rows(screen: Screen, rows: Listing, operation: Operation, done: Done, shared: Shared) -> int:
    """Show a list as it arrives, cut at --limit, and say when there is more."""
    limit = None if shared.all or not operation.listing else shared.limit
    with rows:
        if not show(screen, Bunches(rows.bunches(limit)), operation, done) and not shared.require_complete:
            return ExitCode.DONE
        return tell_rest(screen, rows, shared, chosen=isinstance(rows, Chosen))


def tell_rest(screen: Screen, rows: Rest, shared: Shared, *, chosen: bool = False) -> int:
    """Say what of a list was not shown; raises ListIncomplete where all of it was asked for."""
    of = f" of {rows.count}" if rows.count is not None else ""
    if not shared.all and rows.more():
        said = f"There are more than the {shared.limit} rows shown"
        if chosen:
            said = f"{rows.seen} rows are shown, and the rest of the list{of and f',{of} rows,'} was not looked through"
        elif of:
            said = f"{rows.seen}{of} rows are shown"
        if shared.require_complete:
            raise ListIncomplete(f"{said}.", next_step="add --all, or a higher --limit")
        screen.say(f"{said}: --limit N shows N, --all shows every one.")
    elif rows.count is not None and rows.looked < rows.count:
        said = f"The provider counts {rows.count} rows, and its pages held {rows.looked}"
        if shared.require_complete:
            raise ListIncomplete(f"{said}.", next_step="run it again; the list may have changed meanwhile")
        screen.say(f"warning: {said}.")
    elif of:
        screen.say(f"{rows.seen}{of} rows{' match' if chosen else ''}.")
    return ExitCode.DONE


def silence_stdout() -> None:
    """Send what is left in the buffer of a closed standard output nowhere, so that leaving is quiet."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
