"""What the canaries found once, each by itself: none of it comes back."""

from pathlib import Path

import pytest

from paycli.operations.catalog import provider
from paycli.operations.outcome import Unknown
from paycli.sending.line import _told
from tests.hardening.hunting import Ended, Hunt
from tests.hardening.test_canaries import JSON, Situation, canary, furnished_for


def ended(where: Path, name: str, situation: Situation) -> Ended:
    """Run a command in one situation and return what it left; no marker may be anywhere."""
    hunt = Hunt(where / "hunt")
    operation = provider(name.split(maxsplit=1)[0]).load()[name.partition(" ")[2]]
    found = canary(hunt, operation, situation, furnished_for(hunt, operation))
    assert hunt.leaks == []
    return found


@pytest.mark.parametrize(
    "name,fault",
    [("tranzzo payout token", "html-502"), ("tranzzo pay apm", "drop-after-commit")],
)
def test_the_row_that_settles_a_lost_answer_is_written_down_without_secrets(
    tmp_path: Path, name: str, fault: str
) -> None:
    """Its words are a provider's, as those of an answer are."""
    assert "you sent ***" in ended(tmp_path, name, Situation(fault, fault=fault)).places["journal"]


@pytest.mark.parametrize("name", ["tora topups create", "terapay transfers bank", "toman terminals create"])
def test_words_that_are_too_many_are_cut_after_they_are_masked(tmp_path: Path, name: str) -> None:
    """Of a secret that was cut no mask would know the rest."""
    told = ended(tmp_path, name, Situation("refuse", JSON, fault="refuse"))
    assert "you sent ***" in told.places["stderr"]


def test_a_long_sentence_keeps_its_end() -> None:
    """There stands what paycli adds to the provider's words."""
    told = _told(Unknown("a" * 5000 + " secret; check the credentials", "c" * 5000), lambda text: text.replace("r", ""))
    assert isinstance(told, Unknown)
    assert told.sentence.endswith(" … " + "a" * 172 + " secet; check the cedentials")
    assert (len(told.sentence), len(told.code or "")) == (603, 603)


def test_a_cookie_that_an_answer_sets_is_not_shown(tmp_path: Path) -> None:
    """It may be a session, whoever wanted it."""
    told = ended(tmp_path, "tranzzo orders show", Situation("success", (*JSON, "-vv"))).places["stderr"]
    assert "< set-cookie: ***" in told


def test_a_pin_is_not_brought_out_by_an_expression(tmp_path: Path) -> None:
    """What is picked out has no name any more."""
    query = Situation("query", (*JSON, "--query", "[pinCode, echo_request]"))
    assert '"***"' in ended(tmp_path, "tora topups create", query).places["stdout"]
