"""Who mistypes a word is told which one was probably meant."""

from typing import Any

import pytest

from paycli.operations.meant import meant


@pytest.mark.parametrize(
    "typed, told",
    [
        (("tranzo", "check"), "No such command 'tranzo'. Did you mean tranzzo"),
        (("tranzzo", "refnd"), "No such command 'refnd'. Did you mean refund?"),
        (("sandbox", "fault", "ad"), "No such command 'ad'. Did you mean add?"),
        (("tranzzo", "refund", "A-1", "--amont", "12"), "No such option: --amont. Did you mean --amount"),
        (
            ("tranzzo", "health", "-o", "jsn"),
            "csv, yaml, id. Did you mean json",
        ),
        (("tranzzo", "pay", "qr", "A-1", "--order-3ds-bypass", "alwas"), "Did you mean always?"),
        (("journal", "list", "--state", "unkown"), "Did you mean unknown?"),
        (("find", "A-1", "--provider", "tranzo"), "Did you mean tranzzo"),
        (("operations", "list", "--provider", "tomann"), "Did you mean toman"),
        (("tranzzo", "payways", "list", "--direction", "inn"), "Did you mean in?"),
        (("sandbox", "fault", "add", "tora", "GET /", "timeoutt"), "Did you mean timeout?"),
        (("help", "exit-code"), "did you mean exit-codes?"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_a_slip_is_told_with_what_was_meant(run: Any, typed: tuple[str, ...], told: str) -> None:
    """Commands, options, and words that an option chooses among; exit 2."""
    ended = run(*typed)
    assert (ended.code, ended.out) == (2, "")
    assert told in ended.err


def test_nothing_is_suggested_where_nothing_is_near(run: Any) -> None:
    """A guess that is far off misleads."""
    assert meant("xyzzy", ["capture", "refund"]) == ""
    assert run("tranzzo", "refund", "A-1", "--zzz").err.splitlines()[0] == "error: No such option: --zzz."
