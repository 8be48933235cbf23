"""What can go wrong, a class per situation that a user can act on.

The tree::

    PaycliError
      UsageProblem         2   what was typed, or a file that was named
      NotFound             3   the provider does not know it
      ConfigurationProblem 4   a profile, a credential, this machine's set-up
      ProviderRefused      5   nothing moved
      NothingSent          6   safe to run again
      OutcomeUnknown       7   do not repeat
      NotFinished          8   accepted, not finished
      SomeRowsFailed       9   of a bulk run
      RefusedHere         10   policy, or the user said no
      ListIncomplete      11   there is more than was shown
      Interrupted        130   nothing was in flight

Each carries what happened, what to type next and whether money may have moved; ``__main__`` alone turns one into text
and an exit code.
"""

from enum import IntEnum
from typing import ClassVar


class ExitCode(IntEnum):
    """The exit codes that scripts rely on."""

    DONE = 0
    DEFECT = 1
    USAGE = 2
    NOT_FOUND = 3
    CONFIGURATION = 4
    REFUSED_BY_PROVIDER = 5
    NOTHING_SENT = 6
    OUTCOME_UNKNOWN = 7
    NOT_FINISHED = 8
    SOME_ROWS_FAILED = 9
    REFUSED_HERE = 10
    INCOMPLETE = 11
    INTERRUPTED = 130


class PaycliError(Exception):
    """A situation that ends the command, told as a sentence with what to do about it."""

    kind: ClassVar[str] = "defect"
    exit_code: ClassVar[ExitCode] = ExitCode.DEFECT

    def __init__(
        self,
        message: str,
        *,
        next_step: str | None = None,
        money: str | None = None,
        provider_code: str | None = None,
        journal_id: str | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.next_step = next_step
        self.money = money
        self.provider_code = provider_code
        self.journal_id = journal_id


class UsageProblem(PaycliError):
    """What was typed, or a file that was named, cannot be used."""

    kind = "usage"
    exit_code = ExitCode.USAGE


class NotFound(PaycliError):
    """The provider knows no such thing."""

    kind = "not_found"
    exit_code = ExitCode.NOT_FOUND


class ConfigurationProblem(PaycliError):
    """A profile, a credential or the set-up of this machine is wrong or missing."""

    kind = "configuration"
    exit_code = ExitCode.CONFIGURATION


class ProviderRefused(PaycliError):
    """The provider said no; nothing moved."""

    kind = "rejected"
    exit_code = ExitCode.REFUSED_BY_PROVIDER


class NothingSent(PaycliError):
    """Nothing was sent or nothing was changed; running it again is safe."""

    kind = "not_sent"
    exit_code = ExitCode.NOTHING_SENT


class OutcomeUnknown(PaycliError):
    """A change may or may not have happened; it must not be repeated."""

    kind = "unknown"
    exit_code = ExitCode.OUTCOME_UNKNOWN


class NotFinished(PaycliError):
    """The provider accepted a change and has not finished it."""

    kind = "pending"
    exit_code = ExitCode.NOT_FINISHED


class SomeRowsFailed(PaycliError):
    """Some rows of a bulk run did not succeed; what became of each is known."""

    kind = "partial"
    exit_code = ExitCode.SOME_ROWS_FAILED


class RefusedHere(PaycliError):
    """Policy on this machine, or the person at it, said no; nothing was sent."""

    kind = "refused_here"
    exit_code = ExitCode.REFUSED_HERE


class ListIncomplete(PaycliError):
    """There is more than was shown, and completeness was asked for."""

    kind = "incomplete"
    exit_code = ExitCode.INCOMPLETE


class Interrupted(PaycliError):
    """The user stopped the command while nothing was in flight."""

    kind = "interrupted"
    exit_code = ExitCode.INTERRUPTED
