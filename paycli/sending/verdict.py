"""An outcome as the error that ends the command, told in whole sentences."""

import shlex
from collections.abc import Mapping
from typing import Any

from paycli.errors import (
    ConfigurationProblem,
    NotFinished,
    NotFound,
    NothingSent,
    OutcomeUnknown,
    PaycliError,
    ProviderRefused,
)
from paycli.operations.operation import KEY, Operation
from paycli.operations.outcome import NotSent, Outcome, Pending, Reason, Rejected, Succeeded, Unknown
from paycli.operations.params import Argument
from paycli.operations.provider import Provider
from paycli.operations.signature import parameters
from paycli.profiles.profile import Profile

UNKNOWN_MONEY = "It may have happened: do not repeat it before you know."
KEYED_MONEY = "It may have happened."
REFUSED_MONEY = "Nothing moved."
UNSENT_MONEY = "Nothing was sent; it is safe to run it again."
UNPROCESSED_MONEY = "Nothing was changed; it is safe to run it again later."


def error_of(
    outcome: Outcome,
    operation: Operation,
    provider: Provider,
    profile: Profile,
    values: Mapping[str, Any],
    journal_id: str | None = None,
) -> PaycliError | None:
    """Return the error for an outcome other than success, or None; a change's names its entry in the journal."""
    problem = _error(outcome, operation, provider, profile, values)
    if problem and journal_id:
        problem.journal_id = journal_id
        if isinstance(problem, OutcomeUnknown) and operation.retry != KEY:
            problem.next_step = f"paycli journal resolve {journal_id}; to look: {problem.next_step}"
    return problem


def _error(
    outcome: Outcome, operation: Operation, provider: Provider, profile: Profile, values: Mapping[str, Any]
) -> PaycliError | None:
    if isinstance(outcome, Succeeded):
        return None
    what = f"{operation.command} {_target(operation, values)}".strip()
    look = _lookup(operation, provider, profile, values)
    match outcome:
        case Pending(_, sentence, code) if not operation.changes:
            return NotFinished(
                f"{what} is not finished: {_ended(sentence)}",
                next_step="run it again in a while; a read changes nothing",
                provider_code=code,
            )
        case Pending(_, sentence, code):
            return NotFinished(
                f"{provider.title} accepted {what} and has not finished it: {_ended(sentence)}",
                money="It is under way; do not repeat it.",
                next_step=look,
                provider_code=code,
            )
        case Rejected(sentence, code, reason):
            return _refusal(f"{provider.title} refused {what}: {_ended(sentence)}", code, reason, operation, profile)
        case NotSent(sentence, throttled, remedy):
            return _unsent(f"{what}: {sentence}.", operation, remedy, throttled=throttled)
        case Unknown(sentence, code):
            return OutcomeUnknown(
                f"The outcome of {what} is unknown: {_ended(sentence)}",
                money=KEYED_MONEY if operation.retry == KEY else UNKNOWN_MONEY,
                next_step=_again(operation, profile) or look or f"ask {provider.title} what became of it",
                provider_code=code,
            )


def _again(operation: Operation, profile: Profile) -> str | None:
    if operation.retry != KEY:
        return None
    lifetime = profile.get("key_lifetime")
    return f"type the same command again within {lifetime}: it goes with the same key, and is carried out once"


def _refusal(message: str, code: str | None, reason: Reason, operation: Operation, profile: Profile) -> PaycliError:
    money = REFUSED_MONEY if operation.changes else None
    match reason:
        case Reason.MISSING:
            return NotFound(message, money=money, provider_code=code, next_step="check the identifier and the profile")
        case Reason.CREDENTIALS:
            return ConfigurationProblem(
                message,
                money=money,
                provider_code=code,
                next_step=f"check the credentials of profile {profile.name}: paycli profiles show {profile.name}",
            )
        case Reason.REFUSED:
            return ProviderRefused(message, money=money, provider_code=code)


def _unsent(message: str, operation: Operation, remedy: str | None, *, throttled: bool) -> NothingSent:
    if operation.sign_in:
        return NothingSent(f"No sign-in, {message}", next_step=remedy or "run it again; signing in changes nothing")
    if not operation.changes:
        return NothingSent(f"No answer to {message}", next_step=remedy or "run it again; a read changes nothing")
    money = UNPROCESSED_MONEY if throttled else UNSENT_MONEY
    return NothingSent(f"Not done, {message}", money=money, next_step=remedy)


def _lookup(operation: Operation, provider: Provider, profile: Profile, values: Mapping[str, Any]) -> str | None:
    read = operation.retry.settled_by
    if not read:
        return None
    short = "sandbox" if profile.built_in else profile.name
    target = _target(operation, values)
    declared = provider.operations.get(read)
    if declared and (name := declared.looked_up_by) in values:
        target = f"--{str(name).replace('_', '-')} {shlex.quote(str(values[str(name)]))}"
    elif declared and not _argument(declared):
        target = ""
    return " ".join(filter(None, [f"paycli {operation.provider} {read}", target, f"-p {short}"]))


def _target(operation: Operation, values: Mapping[str, Any]) -> str:
    name = _argument(operation)
    return shlex.quote(str(values[name])) if name else ""


def _argument(operation: Operation) -> str | None:
    """Return the parameter that is the argument which an operation acts on, or None where it has no argument."""
    arguments = [
        (item.name, item.marker.name) for item in parameters(operation.fields) if isinstance(item.marker, Argument)
    ]
    # What a change acts on need not be typed first.
    acted_on = [item for item in arguments if item[1].lower() in operation.same] or arguments
    return acted_on[0][0] if acted_on else None


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith((".", "!", "?")) else f"{sentence}."
