"""``elaiko buy PRODUCT_CODE``: an e-laiko ticket in one go, for somebody who has the customer before them.

The request, the customer's one-time password, the ticket. Scripts type ``elaiko request`` and ``elaiko issue``.
"""

from typing import Any

from paycli.commands.build import build_values, make_shared, own_options
from paycli.commands.guide import GuidedCommand
from paycli.commands.reporter import ScreenReporter
from paycli.commands.run import show, show_outcome, terms_of
from paycli.commands.session import Session
from paycli.commands.shared import CHANGES, EVERY, Shared, shared_values
from paycli.errors import Interrupted, UsageProblem
from paycli.operations.operation import Operation
from paycli.operations.outcome import Rejected, Succeeded
from paycli.operations.params import Hidden
from paycli.operations.provider import Provider
from paycli.operations.signature import parameters
from paycli.output.screen import Screen
from paycli.profiles.person import present
from paycli.sending.pipeline import Asked, Done, Pipeline
from paycli.sending.verdict import error_of

REQUEST, ISSUE = "elaiko request", "elaiko issue"
MOST_PASSWORDS = 3
HELP = """Sell an e-laiko ticket: ask for it, take the customer's one-time password, issue it.

The password is asked for unseen; a wrong one may be typed again. Without a terminal: `elaiko request`, then `elaiko
issue`.

Example: paycli tora elaiko buy LAIKO-K --mobile 6900000001 -p sandbox

Effect: MOVES MONEY

If the answer is lost: sent again by itself only with the same idempotency key
"""


class TicketCommand(GuidedCommand):
    """Asks, takes the password, issues."""

    def __init__(self, declared: Provider) -> None:
        self.declared = declared
        operations = declared.load("elaiko")
        self.request, self.issue = operations[REQUEST], operations[ISSUE]
        self.typed = parameters(self.request.fields)
        shared = {name: option for name, option in {**EVERY, **CHANGES}.items() if name != "request_id"}
        super().__init__(
            name="buy",
            help=HELP,
            params=[*own_options(self.typed), *make_shared(shared)],
        )

    def invoke(self, ctx: Any) -> int:
        """Sell one ticket and return the exit code."""
        typed = dict(ctx.params)
        shared = shared_values(typed)
        session: Session = ctx.obj
        screen = session.screen(shared.output, shared.verbose, shared.query, shared.columns)
        pipeline = session.pipeline(self.declared, ScreenReporter(screen, yes=shared.yes))
        asked = self._asked(self.request, lambda facts: build_values(self.typed, typed, facts), shared)
        if shared.dry_run:
            unknown = {"request": "<request_id>", "otp": "<otp>"}
            both = [
                pipeline.rehearse(asked),
                pipeline.rehearse(self._asked(self.issue, lambda _facts: unknown, shared)),
            ]
            show(screen, both, None, None)
            return 0
        if not present():
            raise UsageProblem(
                "It asks for the customer's password, and nobody can be asked here.",
                next_step=f"paycli {self.declared.name} {REQUEST}, then {ISSUE} REQUEST_ID --otp-stdin",
            )
        number = self._requested(pipeline, asked)
        try:
            return self._issued(session, pipeline, screen, number, shared)
        except Interrupted:
            screen.say(f"The request stays open: paycli {self.declared.name} {ISSUE} {number}")
            raise

    def _requested(self, pipeline: Pipeline, asked: Asked) -> str:
        done = pipeline.run(asked)
        if problem := self._problem(done, asked.operation):
            raise problem
        assert isinstance(done.outcome, Succeeded)  # noqa: S101 every other outcome is an error
        return str(done.outcome.data["requestId"])

    def _issued(self, session: Session, pipeline: Pipeline, screen: Screen, number: str, shared: Shared) -> int:
        screen.say(f"Request {number}: the customer gets a one-time password.")
        for left in range(MOST_PASSWORDS - 1, -1, -1):
            values = {"request": number, "otp": self._password(session)}
            done = pipeline.run(self._asked(self.issue, lambda _facts, values=values: values, shared))
            if not (isinstance(done.outcome, Rejected) and left):
                break
            screen.say(f"{getattr(self._problem(done, self.issue), 'message', '')} Once more:")
        return show_outcome(screen, pipeline, self.issue, done, shared)

    def _password(self, session: Session) -> Any:
        marker = next(p.marker for p in parameters(self.issue.fields) if isinstance(p.marker, Hidden))
        return session.hidden_values().read(marker, {}, required=True)

    def _problem(self, done: Done, operation: Operation) -> Any:
        journal_id = done.entry.id if done.entry else None
        return error_of(done.outcome, operation, self.declared, done.profile, done.values, journal_id)

    def _asked(self, operation: Operation, build: Any, shared: Shared) -> Asked:
        return Asked(operation, build, shared.profile, shared.timeout, terms_of(shared))


COMMAND = TicketCommand
