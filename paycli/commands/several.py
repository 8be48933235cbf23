"""Typer commands out of declared procedures: several requests, one stream of rows, onto the screen or into a file."""

import hashlib
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TextIO, cast
from urllib.parse import urlsplit

from paycli.commands.build import EFFECTS, RETRIES, build_values, make_shared, own_options, typed_line
from paycli.commands.guide import GuidedCommand
from paycli.commands.reporter import ScreenReporter
from paycli.commands.resume import Partial
from paycli.commands.run import show, show_rows_of
from paycli.commands.saving import STANDARD_OUTPUT, Place, place_of
from paycli.commands.session import Session
from paycli.commands.shared import EVERY, FILES, PREFIX, WAITS, Shared, shared_values
from paycli.errors import UsageProblem
from paycli.operations.bunches import Bunch, Bunches
from paycli.operations.operation import Effect
from paycli.operations.provider import Provider
from paycli.operations.signature import parameters
from paycli.operations.steps import Call, Mark, Procedure, State
from paycli.output.progress import Progress
from paycli.output.screen import FORMATS, Screen
from paycli.output.screen import Shape as Form
from paycli.profiles.lock import locked
from paycli.profiles.profile import Profile
from paycli.sending.pipeline import Asked, Pipeline
from paycli.sending.several import Course, operation_of
from paycli.values import replace

ENDINGS = {".csv": "csv", ".ndjson": "ndjson", ".jsonl": "ndjson", ".json": "json", ".yaml": "yaml", ".yml": "yaml"}
USUAL_FORM = "ndjson"


class ProcedureCommand(GuidedCommand):
    """A command of several reads."""

    def __init__(self, provider: Provider, procedure: Procedure) -> None:
        self.provider = provider
        self.procedure = procedure
        self.declared = parameters(procedure.begin)
        shared = {**EVERY, "wait_timeout": WAITS["wait_timeout"], **FILES}
        super().__init__(
            name=procedure.command.split()[-1],
            params=[*own_options(self.declared), *make_shared(shared)],
            help=procedure.begin.__doc__,
        )
        self.guide = replace(
            self.guide,
            examples=(typed_line(procedure.name, self.declared),),
            effect=EFFECTS[Effect.READS],
            lost=RETRIES["always"],
        )

    def invoke(self, ctx: Any) -> int:
        """Run it and return the exit code."""
        typed = dict(ctx.params)
        shared = shared_values({name: value for name, value in typed.items() if name.startswith(PREFIX)})
        session: Session = ctx.obj
        screen = session.screen(shared.output, shared.verbose, shared.query, shared.columns)
        pipeline = session.pipeline(self.provider, ScreenReporter(screen))
        profiles = pipeline.profiles()
        if shared.dry_run:
            profile = profiles.rehearsal(self.provider.name, shared.profile)
            show(screen, self._rehearsed(pipeline, typed, profile, shared), None, None)
            return 0
        profile = profiles.choose(self.provider.name, shared.profile)
        state = self.procedure.begin(**build_values(self.declared, typed, profile.plain))
        course = Course(pipeline, profile, shared.timeout, shared.wait_timeout)
        if shared.out and shared.out != STANDARD_OUTPUT:
            self._save(course, state, screen, shared)
        else:
            items = self._items(course, state, screen)
            rows = Bunches(item for item in items if not isinstance(item, Mark))
            show_rows_of(screen, rows, self.procedure.columns)
        return 0

    def _rehearsed(
        self, pipeline: Pipeline, typed: Mapping[str, Any], profile: Profile, shared: Shared
    ) -> dict[str, Any]:
        """Return the first request; the others depend on its answer."""
        step = next(self.procedure.follow(self.procedure.begin(**build_values(self.declared, typed, profile.plain))))
        assert isinstance(step, Call)  # noqa: S101 a procedure begins by asking
        operation = operation_of(self.provider, step)
        return pipeline.rehearse(Asked(operation, lambda _facts: dict(step.values), shared.profile))

    def _items(self, course: Course, state: State, screen: Screen) -> Iterator[Bunch | Mark]:
        def watch(rows: Iterator[Bunch], of: int | None) -> Iterator[Bunch]:
            return Progress(screen.err, "rows", of).over(rows, len)

        return course.drive(self.procedure.follow(state), watch)

    def _save(self, course: Course, state: State, screen: Screen, shared: Shared) -> None:
        if shared.query:
            raise UsageProblem("--query does not go with --out.", next_step="save it first, or leave --out away")
        name = f"{self.procedure.command.replace(' ', '-')}.{shared.output or USUAL_FORM}"
        place = place_of(shared.out, name, force=shared.force)
        form = form_of(Path(str(place.path)), shared.output, os.environ)
        with locked(f"out-{hashlib.sha256(str(Path(str(place.path)).resolve()).encode()).hexdigest()[:16]}"):
            self._save_to(place, form, course, state, screen, shared)

    def _save_to(self, place: Place, form: str, course: Course, state: State, screen: Screen, shared: Shared) -> None:
        account = f"{urlsplit(course.profile.host('base_url')).netloc} {course.profile.get('pos_id')}"
        of = {"account": account, "form": form, "columns": list(shared.columns), "asked": state["asked"]}
        partial = Partial(place, of)
        found = partial.find()
        if found is not None:
            screen.say(f"Going on with {partial.part}, {partial.rows} rows of which are whole.")
        try:
            with partial.writing() as writer:
                file = Screen(Form(form, None, shared.columns), cast("TextIO", writer), screen.err, screen.masker)
                file.show(
                    Bunches(partial.over(self._items(course, found or state, screen), writer)),
                    self.procedure.columns,
                )
        except BaseException:
            if partial.kept is not None:
                screen.say(f"{partial.kept.rows} rows are kept in {partial.part}; the same command goes on from there.")
            raise
        screen.say(f"{partial.rows} rows are in {place.path}.")


def form_of(path: Path, asked: str | None, environ: Mapping[str, str]) -> str:
    """Return the form of a file: what was asked for, else what its name says. Raises UsageProblem for a table."""
    if asked == "table":
        raise UsageProblem("A file holds no table.", next_step=f"-o one of {', '.join(FORMATS[1:])}")
    usual = environ.get("PAYCLI_OUTPUT")
    return asked or ENDINGS.get(path.suffix.lower()) or (usual if usual and usual in FORMATS[1:] else USUAL_FORM)
