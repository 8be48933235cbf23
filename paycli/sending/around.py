"""What is known of a thing beside the answer that tells of it: the account in the journal, a further read."""

from collections.abc import Mapping
from typing import Any

from paycli.operations.operation import Operation, Request
from paycli.operations.outcome import Outcome
from paycli.operations.params import Argument
from paycli.operations.signature import parameters
from paycli.sending.line import Line


class Around:
    """What lies around the answer to one read; nothing of it is asked for before somebody wants it."""

    def __init__(self, line: Line, operation: Operation, request: Request, values: Mapping[str, Any]) -> None:
        self.line = line
        self.operation = operation
        self.request = request
        named = (item.name for item in parameters(operation.fields) if isinstance(item.marker, Argument))
        self.target = str(values.get(next(named, "")) or "")

    @property
    def profile(self) -> str:
        """The profile as it is typed."""
        return "sandbox" if self.line.profile.built_in else self.line.profile.name

    def account(self) -> str:
        """Return the account under which the journal knows what was read."""
        from paycli.sending.closing import account_of
        from paycli.sending.subject import identify, merchant_of

        provider, profile = self.line.provider, self.line.profile
        identity = identify(provider, self.operation, self.request)
        return account_of(profile, merchant_of(provider, profile, identity), self.line.desks.owner(self.operation))

    def look(self, command: str, values: Mapping[str, Any]) -> Outcome:
        """Return what a further read tells."""
        return self.line.look(command, values)
