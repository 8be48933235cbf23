"""Which form output takes, and what a terminal is spared."""

import io

import pytest

from paycli.errors import ProviderRefused, UsageProblem
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
