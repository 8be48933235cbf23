"""The second step of what was sold with ``confirm: false``: the same for a topup and for a bill payment.

Document: "Create a topup sale", "Create bill payment"; the step itself has no body and no idempotency key.
"""

from collections.abc import Callable
from typing import Any

from paycli.operations.columns import identifier, minor, status, text
from paycli.operations.operation import Effect, Fields, Route, settled_by
from paycli.providers.tora import TORA
from paycli.providers.tora.fields import EURO
from paycli.providers.tora.headers import TERMINAL_ID

Declared = Callable[..., Fields]


def second_step(
    command: str, path: str, *, documented_as: str, example: dict[str, Any]
) -> Callable[[Declared], Declared]:
    """Return the decorator of a capture or a void, which the sale's own transaction settles."""
    return TORA.post(
        command,
        path,
        documented_as=documented_as,
        effect=Effect.MOVES_MONEY,
        retry=settled_by("transactions show"),
        route=Route.ASSUMED,
        same=("id",),
        headers=(TERMINAL_ID,),
        columns=(identifier("id", primary=True), status("status"), minor("amount", EURO), text("reference")),
        example=example,
    )
