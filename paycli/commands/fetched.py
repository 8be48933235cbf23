"""Commands that do more than show one answer: a list that is waited for, and a file behind a link."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from paycli.commands.shared import Shared
from paycli.errors import ExitCode, NotFinished, NothingSent
from paycli.operations.columns import Column
from paycli.operations.operation import Operation
from paycli.operations.outcome import Answer, Fault, Flow, Succeeded
from paycli.output.screen import Screen
from paycli.sending.download import STANDARD_OUTPUT, Download, check_link, place, safe_name, secrets_of_link
from paycli.sending.pipeline import Asked, Done, Exchange, Pipeline
from paycli.sending.verdict import error_of
from paycli.sending.waiting import Gathered, gather, wait_for

SAVED = (Column("file"), Column("bytes"))


def succeeded(pipeline: Pipeline, asked: Asked) -> Done:
    """Return what became of a read that succeeded; raises the PaycliError that tells another outcome."""
    done = pipeline.run(asked)
    if problem := error_of(done.outcome, asked.operation, pipeline.provider, done.profile, done.values):
        raise problem
    return done


def waited(pipeline: Pipeline, asked: Asked, shared: Shared) -> tuple[Gathered, Done]:
    """Return the list at which nothing is under way any more, or the last one seen."""
    unfinished = asked.operation.unfinished or (lambda _row: False)
    last: list[Done] = []

    def look() -> Gathered:
        done = succeeded(pipeline, asked)
        last[:] = [done]
        return gather(_data(done), None if shared.all else shared.limit, unfinished)

    found = wait_for(look, shared.wait_timeout, pipeline.clock, pipeline.reporter.progress)
    return found, last[0]


def refuse_unfinished(found: Gathered, operation: Operation) -> None:
    """Raise NotFinished where something is still under way."""
    if found.unfinished:
        raise NotFinished(
            f"{found.unfinished} rows of {operation.command} are still under way.",
            next_step="wait longer: --wait --wait-timeout 30m",
        )


def save_linked(screen: Screen, pipeline: Pipeline, asked: Asked, shared: Shared) -> int:
    """Fetch the file whose link the answer holds, and say where it lies."""
    if shared.out and not Path(shared.out).is_dir():
        place(shared.out, "", force=shared.force)
    done = succeeded(pipeline, asked)
    address = _link(pipeline, done, asked.operation)

    def again() -> str:
        return _link(pipeline, succeeded(pipeline, asked), asked.operation)

    path = place(shared.out, safe_name(address, f"{asked.operation.command.replace(' ', '-')}"), force=shared.force)
    exchange = _told(pipeline, pipeline.connect(done.profile, asked.timeout))
    saved = Download(again, exchange, pipeline.clock, pipeline.reporter.progress).save(
        address, path, force=shared.force
    )
    if saved.file == STANDARD_OUTPUT:
        return ExitCode.DONE
    screen.show({"file": saved.file, "bytes": saved.size}, SAVED)
    return ExitCode.DONE


def _data(done: Done) -> Any:
    return done.outcome.data if isinstance(done.outcome, Succeeded) else None


def _told(pipeline: Pipeline, exchange: Exchange) -> Exchange:
    """Return the exchange, told with -v; the query of the address is what opens the file, and is left out."""

    def send(
        method: str, url: str, sent: dict[str, str], body: bytes, *, stream: bool, fresh: bool
    ) -> Answer | Flow | Fault:
        result = exchange(method, url, sent, body, stream=stream, fresh=fresh)
        pipeline.reporter.exchange(method, urlsplit(url)._replace(query="").geturl(), sent, body, result)
        return result

    return send


def _link(pipeline: Pipeline, done: Done, operation: Operation) -> str:
    content = _data(done)
    address = content.get(operation.link) if isinstance(content, dict) else None
    if not address:
        raise NothingSent(
            f"The answer to {operation.command} holds no link.", next_step="look at the list for its state"
        )
    checked = check_link(address)
    pipeline.reporter.secrets(secrets_of_link(checked))
    return checked
