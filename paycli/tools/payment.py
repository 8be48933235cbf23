"""``payments show PAYMENT_ID`` where the provider has only lists: the list of each terminal type is looked through."""

from typing import Any

from typer.core import TyperArgument

from paycli.commands.build import make_shared
from paycli.commands.guide import GuidedCommand
from paycli.commands.reporter import ScreenReporter
from paycli.commands.run import show
from paycli.commands.shared import EVERY, Shared, shared_values
from paycli.errors import NotFound
from paycli.operations.outcome import Succeeded
from paycli.operations.provider import Provider
from paycli.sending.pipeline import Asked, Done, Pipeline
from paycli.sending.verdict import error_of

LIST = "payments list"
TYPES = ("ipg", "pos")
HELP = """Show a payment: what happened, and what it comes to.

The provider has lists only: those of ipg and then of pos are looked through, page by page, until the payment is found.

Example: paycli toman payments show 01JNB7Q0M5X2Y8Z4C6D9E1F3G7 -p sandbox

Effect: reads only

If the answer is lost: safe to send again; tried again by itself after a fault
"""


class ShowCommand(GuidedCommand):
    """Looks through lists for one payment, and shows it."""

    def __init__(self, declared: Provider) -> None:
        self.declared = declared
        self.operation = declared.load("payments")[LIST]
        argument = TyperArgument(param_decls=["payment"], metavar="PAYMENT_ID", required=True, help="The payment.")
        super().__init__(name="show", help=HELP, params=[argument, *make_shared(EVERY)])

    def invoke(self, ctx: Any) -> int:
        """Show the payment. Raises NotFound where no list holds it."""
        shared = shared_values(dict(ctx.params))
        screen = ctx.obj.screen(shared.output, shared.verbose, shared.query, shared.columns)
        pipeline = ctx.obj.pipeline(self.declared, ScreenReporter(screen))
        if shared.dry_run:
            show(screen, [pipeline.rehearse(self._asked(kind, shared)) for kind in TYPES], None, None)
            return 0
        row, done = self._found(pipeline, ctx.params["payment"], shared)
        show(screen, row, self.operation, done)
        return 0

    def _found(self, pipeline: Pipeline, payment: str, shared: Shared) -> tuple[Any, Done]:
        profile = pipeline.profiles().choose(self.declared.name, shared.profile)
        for kind in TYPES:
            done = pipeline.send_under(profile, self._asked(kind, shared))
            if problem := error_of(done.outcome, self.operation, self.declared, profile, done.values):
                raise problem
            assert isinstance(done.outcome, Succeeded)  # noqa: S101 every other outcome is an error
            with done.outcome.data as rows:
                row = next((one for one in rows if isinstance(one, dict) and one.get("id") == payment), None)
            if row is not None:
                return row, done
        raise NotFound(
            f"{self.declared.title} lists no payment {payment!r}, neither of ipg nor of pos.",
            next_step="check the identifier and the profile",
        )

    def _asked(self, kind: str, shared: Shared) -> Asked:
        values = {"terminal_type": kind}
        return Asked(self.operation, lambda _facts: values, shared.profile, shared.timeout)


COMMAND = ShowCommand
