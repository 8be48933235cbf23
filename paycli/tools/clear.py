"""``payments clear TERMINAL_ID``: cancel the payments that keep a till from starting another one.

A point of sale has one active payment at a time, and it is the till's duty to cancel what it does not finish; a till
that lost the id finds it here. What the customer has approved (Reserved) blocks nothing and is left alone.
"""

from collections.abc import Callable
from typing import Any

from typer.core import TyperArgument

from paycli.commands.build import make_shared
from paycli.commands.guide import GuidedCommand
from paycli.commands.reporter import ScreenReporter
from paycli.commands.run import show_rows_of, terms_of
from paycli.commands.shared import CHANGES, EVERY, Shared, shared_values
from paycli.errors import Interrupted, OutcomeUnknown, PaycliError
from paycli.operations.columns import Column, Kind
from paycli.operations.outcome import Succeeded
from paycli.operations.provider import Provider
from paycli.output.screen import Screen
from paycli.profiles.profile import Profile
from paycli.sending.pipeline import Asked, Done, Pipeline
from paycli.sending.verdict import error_of

BLOCKING = frozenset({"Initiated", "Prepared", "Paired", "IssuedToUser"})
LIST, STATUS, CANCEL = "payments list", "payments status", "payments cancel"
COLUMNS = (Column("paymentId", Kind.ID, primary=True), Column("was", Kind.STATUS), Column("result", Kind.STATUS))
# After a signal, or while it is not known what the last one did, nothing further is sent.
STOPPING = (Interrupted, OutcomeUnknown)
UNNAMED = "<payment_id>"
HELP = """Cancel the payments that keep a terminal from starting another one.

Every active payment of the terminal that nobody has approved yet is cancelled, each as `payments cancel` would; what is
Reserved is left alone.

Example: paycli mobilepay payments clear T-1001 -p sandbox

Effect: cancels payments that nobody has approved yet; MOVES NO CAPTURED MONEY

If the answer is lost: never sent again by itself; `paycli mobilepay payments status` tells what became of each
"""


class ClearCommand(GuidedCommand):
    """Lists, looks, cancels, and shows what became of each."""

    def __init__(self, declared: Provider) -> None:
        self.declared = declared
        shared = {name: option for name, option in {**EVERY, **CHANGES}.items() if name != "request_id"}
        super().__init__(
            name="clear",
            help=HELP,
            params=[
                TyperArgument(
                    param_decls=["terminal"], metavar="TERMINAL_ID", required=True, help="The terminal at Integra."
                ),
                *make_shared(shared),
            ],
        )

    def invoke(self, ctx: Any) -> int:
        """Clear the terminal; the first payment that could not be cancelled decides the exit code."""
        shared = shared_values(dict(ctx.params))
        screen: Screen = ctx.obj.screen(shared.output, shared.verbose, shared.query, shared.columns)
        pipeline = ctx.obj.pipeline(self.declared, ScreenReporter(screen, yes=shared.yes))
        till = Till(self.declared, pipeline, shared, ctx.params["terminal"])
        if shared.dry_run:
            screen.show(till.rehearse(), ())
            return 0
        profile = pipeline.profiles().choose(self.declared.name, shared.profile)
        rows, problems = till.clear(profile, screen.say)
        show_rows_of(screen, rows, COLUMNS)
        for problem in problems[1:]:
            screen.say(f"error: {problem.message}")
        if problems:
            raise problems[0]
        return 0


COMMAND = ClearCommand


class Till:
    """One terminal under one profile's terms."""

    def __init__(self, declared: Provider, pipeline: Pipeline, shared: Shared, terminal: str) -> None:
        self.operations = declared.load("payments")
        self.declared = declared
        self.pipeline = pipeline
        self.shared = shared
        self.terminal = terminal

    def rehearse(self) -> list[Any]:
        """Return the requests that would be made: the list, and the cancellation of what it would name."""
        return [
            self.pipeline.rehearse(self._asked(LIST, terminal_id=self.terminal)),
            self.pipeline.rehearse(self._asked(CANCEL, payment_id=UNNAMED)),
        ]

    def clear(self, profile: Profile, say: Callable[[str], None]) -> tuple[list[Any], list[PaycliError]]:
        """Return what became of each active payment, and what went wrong."""
        rows: list[Any] = []
        problems: list[PaycliError] = []
        for payment in self._read(profile, LIST, terminal_id=self.terminal):
            was = self._state(profile, str(payment))
            rows.append({"paymentId": payment, "was": was, "result": "left alone"})
            if was not in BLOCKING:
                continue
            if problems and isinstance(problems[-1], STOPPING):
                rows[-1]["result"] = "not tried"
                continue
            rows[-1]["result"] = self._cancel(profile, str(payment), problems)
        if not any(row["was"] in BLOCKING for row in rows):
            say(f"Nothing blocks {self.terminal}.")
        return rows, problems

    def _cancel(self, profile: Profile, payment: str, problems: list[PaycliError]) -> str:
        try:
            self._done(profile, CANCEL, payment_id=payment)
        except PaycliError as problem:
            problems.append(problem)
            return problem.kind
        return "cancelled"

    def _state(self, profile: Profile, payment: str) -> str | None:
        follow = self.operations["payments start"].follow
        answer = self._read(profile, STATUS, payment_id=payment)
        return follow.status(answer) if follow else None

    def _read(self, profile: Profile, command: str, **values: Any) -> Any:
        return self._done(profile, command, **values).outcome.data  # type: ignore[union-attr]

    def _done(self, profile: Profile, command: str, **values: Any) -> Done:
        operation = self.operations[command]
        done = self.pipeline.send_under(profile, self._asked(command, **values))
        journal_id = done.entry.id if done.entry else None
        if problem := error_of(done.outcome, operation, self.declared, profile, values, journal_id):
            raise problem
        assert isinstance(done.outcome, Succeeded)  # noqa: S101 every other outcome is an error
        return done

    def _asked(self, command: str, **values: Any) -> Asked:
        terms = terms_of(self.shared)
        return Asked(self.operations[command], lambda _facts: values, self.shared.profile, self.shared.timeout, terms)
