"""What is shown in several parts fits a terminal, stays aligned in every script, and is whole where it is typed."""

import io
from typing import Any

import pytest

from paycli.operations.columns import identifier, notes, text
from paycli.output.parts import Fields, Lines, Part, Table, print_parts
from paycli.output.table import aligned, fold

COMMAND = "  paycli terapay batches retry 5b0c7a11-6e0d-4a59-8f0c-1d2e3f4a5b6c"


def printed(*parts: Part, width: int | None = 30) -> list[str]:
    """Return the lines of some parts."""
    out = io.StringIO()
    print_parts(parts, out, width=width, zone="UTC")
    return out.getvalue().splitlines()


def test_an_empty_line_stands_between_parts() -> None:
    """And none before the first."""
    table = Table([{"a": "1"}], (text("a"),), "Title")
    assert printed(Lines(("x",)), Fields({"a": "é"}, (text("a"),)), table) == ["x", "", "a  é", "", "Title", "a", "1"]


def test_sentences_are_folded_and_commands_are_not() -> None:
    """A command that is folded could not be copied."""
    assert printed(Lines(("one two three four five six seven", COMMAND))) == [
        "one two three four five six",
        "seven",
        COMMAND,
    ]


def test_control_characters_stay_on_their_line() -> None:
    """They are shown, not executed."""
    assert printed(Lines(("a\x1b[2J\nb",)), width=None) == ["a\\u001b[2J\\u000ab"]


@pytest.mark.parametrize("width", [None, 80, 20])
def test_notes_stand_below_their_row(width: int | None) -> None:
    """At every width, folded at it; a long word stays whole."""
    told = ["a sentence of words", "x" * 40]
    rows: list[dict[str, Any]] = [{"a": "Ωμέγα", "id": "6d0a6f0e-3c55", "notes": told}, {"a": "پرداخت", "id": "b"}]
    lines = printed(Table(rows, (text("a"), identifier("id"), notes("notes"))), width=width)
    folded = ["  a sentence of", "  words"] if width == 20 else ["  a sentence of words"]
    below = lines.index(folded[0])
    assert lines[below : below + len(folded) + 1] == [*folded, f"  {'x' * 40}"]
    assert any(line.endswith("6d0a6f0e-3c55") for line in lines[:below])


def test_texts_are_filled_up_as_a_terminal_measures_them() -> None:
    """Wide characters count twice."""
    assert aligned(["付款", "é"]) == ["付款", "é   "]
    assert aligned(["1.00", "22.00"], right=True) == [" 1.00", "22.00"]
    assert fold("付款 付款", 6) == ["付款", "付款"]
