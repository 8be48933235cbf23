"""``--wait`` on a command that created something: watch it, show where it stands, and end as it ended."""

import shlex
from collections.abc import Mapping

from paycli.commands.shared import Shared
from paycli.errors import ExitCode, NotFinished, ProviderRefused
from paycli.operations.operation import Operation
from paycli.operations.outcome import Succeeded
from paycli.output.screen import Screen
from paycli.sending.follow import Followed, watch
from paycli.sending.pipeline import Done, Pipeline


def wait_for(screen: Screen, pipeline: Pipeline, operation: Operation, done: Done, shared: Shared) -> Followed | None:
    """Watch what was created, where that was asked for; what is returned also holds the command's own answer."""
    follow = operation.follow
    if not (shared.wait and follow and done.read and isinstance(done.outcome, Succeeded)):
        return None
    answer = done.outcome.data
    target = follow.target(answer, done.values)
    if not target:
        screen.say("warning: the answer names nothing that could be watched")
        return None

    def told(word: str, seconds: float, fresh: bool) -> None:
        screen.live(f"… {word}, {seconds:.0f} s", fresh=fresh)

    seen = watch(done.read, follow, target, pipeline.clock, shared.wait_timeout, told)
    if seen.word is not None:
        screen.end_live()
    fields = {name: value for part in (answer, seen.data) if isinstance(part, Mapping) for name, value in part.items()}
    return Followed(seen.word, fields or answer)


def end_of(followed: Followed, operation: Operation, done: Done) -> int:
    """Return 0 where it ended as was hoped, else raise how it stands; that it was created stays true."""
    follow = operation.follow
    if follow is None or followed.word in follow.good:
        return ExitCode.DONE
    target = follow.target(followed.data, done.values)
    short = "sandbox" if done.profile.built_in else done.profile.name
    look = f"paycli {operation.provider} {follow.read} {shlex.quote(target)} -p {short}"
    journal_id = done.entry.id if done.entry else None
    if followed.word in follow.bad:
        raise ProviderRefused(
            f"{target} was created and ended as {followed.word}.",
            money="No money moved.",
            provider_code=followed.word,
            next_step=look,
            journal_id=journal_id,
        )
    told = f"is {followed.word} still" if followed.word else "could not be watched"
    raise NotFinished(
        f"{target} was created and {told}.",
        money="It is under way; do not repeat it.",
        next_step=look,
        journal_id=journal_id,
    )
