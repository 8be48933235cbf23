"""Which form output takes, and what a terminal is spared."""

import io
from typing import Any

import pytest

from paycli.errors import ProviderRefused, UsageProblem
from paycli.operations.columns import Column, Kind
from paycli.output.errors import as_json, as_text
from paycli.output.screen import Screen, Shape, choose_format


def test_a_terminal_gets_a_table_and_a_pipe_gets_json() -> None:
    """The option wins, then the variable."""
    assert choose_format(None, {}, terminal=True) == "table"
    assert choose_format(None, {}, terminal=False) == "json"
    assert choose_format(None, {"PAYCLI_OUTPUT": "table"}, terminal=False) == "table"
    assert choose_format("json", {"PAYCLI_OUTPUT": "table"}, terminal=True) == "json"
    with pytest.raises(UsageProblem):
        choose_format(None, {"PAYCLI_OUTPUT": "xml"}, terminal=True)


class Terminal(io.StringIO):
    """A stream with a person behind it."""

    def isatty(self) -> bool:
        return True


def test_json_on_a_terminal_is_escaped_and_still_the_same_json() -> None:
    """Bidirectional text cannot disguise an amount."""
    out = Terminal()
    Screen(Shape("json"), out, io.StringIO()).show({"name": "a\u202eb"}, ())
    assert "\u202e" not in out.getvalue()
    assert "\\u202e" in out.getvalue()


def test_an_error_says_what_happened_whether_money_moved_and_what_next() -> None:
    """As text and as one JSON object."""
    problem = ProviderRefused("It said no.", money="Nothing moved.", next_step="look", provider_code="4002")
    assert as_text(problem) == "error: It said no.\n       Nothing moved.\nnext:  look"
    assert as_json(problem) == (
        '{"error": {"kind": "rejected", "message": "It said no. Nothing moved.", "exit_code": 5, '
        '"provider_code": "4002", "journal_id": null, "next": "look"}}'
    )


SECRET = "two words of a pass phrase"


def told(form: str, data: Any, width: int = 0, monkeypatch: Any = None, **shape: Any) -> str:
    """Return what a screen that knows the secret shows of data."""
    out = Terminal() if width else io.StringIO()
    if monkeypatch:
        monkeypatch.setenv("COLUMNS", str(width))
    screen = Screen(Shape(form, **shape), out, io.StringIO())
    screen.masker.learn([SECRET])
    screen.show(data, [Column("note", Kind.NOTE)] if width else ())
    return out.getvalue()


def test_a_secret_is_not_shown_on_two_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    """A note is folded between words, and a secret may have some."""
    shown = told("table", [{"note": f"you sent us {SECRET} today"}], 20, monkeypatch)
    assert shown.split() == ["you", "sent", "us", "***", "today"]
    assert "***" in told("yaml", {"note": "x" * 9_990 + f" {SECRET}"})


@pytest.mark.parametrize(
    "query,shown",
    [
        ("pin", '"***"'),
        ("[pin, note]", '[\n  "***",\n  "***"\n]'),
        ("join(' ', [pin, cvv])", '"*** ***"'),
        ("to_string(@)", None),
    ],
)
def test_an_expression_brings_out_nothing_that_is_hidden(query: str, shown: str | None) -> None:
    """What it picks has no name any more by which it would be known, and what it cuts no value."""
    printed = told("json", {"pin": "4711", "cvv": 817, "note": SECRET}, query=query)
    assert "4711" not in printed
    assert "817" not in printed
    assert "pass" not in printed
    assert shown is None or printed == f"{shown}\n"
