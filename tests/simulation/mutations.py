"""Mistakes that the simulation has to notice, each as a change to the program that is made for one run."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest

from paycli.journal import store
from paycli.journal.entry import SENDING, Entry
from paycli.journal.store import Journal
from paycli.operations.outcome import NotSent, Outcome, Unknown
from paycli.sending import changes, closing, guard, judge, line, resolve
from paycli.sending.settle import Evidence
from tests.simulation.disk import _DiskOfProcess

Patch = pytest.MonkeyPatch


def _no_synchronisation(patch: Patch) -> None:
    """Commit without waiting for the disk."""
    patch.setattr(store, "SYNCHRONISATION", "OFF")


def _sent_before_it_is_written(patch: Patch) -> None:
    """Leave out the write between the claim and the first byte."""
    update = Journal.update
    patch.setattr(Journal, "update", lambda self, entry: entry if entry.state == SENDING else update(self, entry))


def _sent_again_on_a_timeout(patch: Patch) -> None:
    """Repeat every change after a fault, as if it were a read."""
    patch.setattr(line, "repeatable", lambda _operation: True)


def _claimed_without_looking(patch: Patch) -> None:
    """Insert the intention without asking the guard in the same transaction."""
    claim = changes.Change._claim

    def careless(self: changes.Change, *parts: Any) -> Entry:
        with pytest.MonkeyPatch.context() as inner:
            inner.setattr(guard, "check", lambda *_parts: None)
            return claim(self, *parts)

    patch.setattr(changes.Change, "_claim", careless)


def _500_is_a_refusal(patch: Patch) -> None:
    """Believe a server that broke that it did nothing."""
    patch.setattr(judge, "REFUSALS", judge.REFUSALS | {500})


def _a_lost_answer_is_not_sent(patch: Patch) -> None:
    """Say that nothing was sent when nothing came back."""
    right = judge.judge

    def wrong(*parts: Any) -> Outcome:
        outcome = right(*parts)
        return NotSent(outcome.sentence) if isinstance(outcome, Unknown) else outcome

    patch.setattr(line, "judge", wrong)


def _nothing_arrives_late(patch: Patch) -> None:
    """Settle as not sent at once when nothing is there."""
    patch.setattr(Entry, "can_arrive_until", lambda _self: None)


def _open_ones_stop_nothing(patch: Patch) -> None:
    """Let another change go out while one is unknown."""
    patch.setattr(guard, "_open", lambda *_parts: ())


def _request_ids_mean_nothing(patch: Patch) -> None:
    """Send a named intention again."""
    patch.setattr(guard, "check_named", lambda *_parts: None)


def _done_is_forgotten(patch: Patch) -> None:
    """Forget what succeeded."""
    patch.setattr(guard, "_done", lambda *_parts: ())
    patch.setattr(guard, "_elsewhere", lambda *_parts: ())


def _the_living_are_buried(patch: Patch) -> None:
    """Take every other process for dead."""
    patch.setattr(_DiskOfProcess, "lives", lambda _self, _name: False)


def _marks_are_believed_to_come_back(patch: Patch) -> None:
    """Conclude from a missing mark although this account never showed one."""

    def believed(journal: Journal, entry: Entry) -> Evidence:
        return replace(closing.evidence_of(journal, entry), marks_come_back=True)

    patch.setattr(resolve, "evidence_of", believed)


def _old_things_are_ours(patch: Patch) -> None:
    """Infer from what was there before."""

    def blind(journal: Journal, entry: Entry) -> Evidence:
        return Evidence([], frozenset(), closing_evidence(journal, entry).marks_come_back)

    closing_evidence = closing.evidence_of
    for module in (closing, changes, resolve):
        patch.setattr(module, "evidence_of", blind)


def _secrets_are_told(patch: Patch) -> None:
    """Put what was signed into a sentence."""
    from paycli.output.masking import Masker

    patch.setattr(Masker, "mask", lambda _self, text: text + " sandbox-secret-b81f04e6")


MUTATIONS: Mapping[str, Callable[[Patch], None]] = {
    change.__name__.strip("_").replace("_", " "): change
    for change in (
        _no_synchronisation,
        _sent_before_it_is_written,
        _sent_again_on_a_timeout,
        _claimed_without_looking,
        _500_is_a_refusal,
        _a_lost_answer_is_not_sent,
        _nothing_arrives_late,
        _open_ones_stop_nothing,
        _request_ids_mean_nothing,
        _done_is_forgotten,
        _the_living_are_buried,
        _marks_are_believed_to_come_back,
        _old_things_are_ours,
        _secrets_are_told,
    )
}
