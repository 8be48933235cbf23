"""Tables never cut an identifier off, whatever the width."""

import io
import re
from typing import Any

import pytest

from paycli.operations.columns import coded, identifier, money, money_in, status, text, time
from paycli.output.forms import columns_of, inner_columns_of
from paycli.output.table import print_object, print_rows

ID = "6d0a6f0e-3c55-4c86-9a3e-2f6d9b1c7e42"
COLUMNS = (time("at"), text("method"), status("status"), money("amount", "currency"), text("code"), identifier("id"))
ROWS = [
    {"at": "2026-03-02T09:15:00.1", "method": "auth", "status": "success", "amount": 100, "currency": "UAH", "id": ID},
    {"at": "2026-03-02T09:16:00.1", "method": "capture", "status": "failure", "amount": 8, "currency": "JPY", "id": ID},
]


def printed(rows: list[Any], width: int | None) -> list[str]:
    """Return the lines of a table."""
    out = io.StringIO()
    print_rows(rows, COLUMNS, out, width=width, zone="UTC")
    return out.getvalue().splitlines()


@pytest.mark.parametrize("width", [None, 200, 80, 40])
def test_every_identifier_is_whole_at_every_width(width: int | None) -> None:
    """And no line is wider than the terminal, but an identifier that alone is."""
    lines = printed(ROWS, width)
    assert sum(ID in line for line in lines) == len(ROWS)
    assert all(len(line) <= max(width or 999, len(ID) + 8) for line in lines)


def test_a_wide_terminal_gets_one_line_a_row() -> None:
    """With a heading; empty columns are left out."""
    lines = printed(ROWS, 200)
    assert len(lines) == 1 + len(ROWS)
    assert "code" not in lines[0]


def test_at_80_columns_identifiers_move_below_their_row() -> None:
    """The rest stays a table."""
    wide = [{**row, "code": "1" * 20} for row in ROWS]
    lines = printed(wide, 80)
    assert [ID in line for line in lines] == [False, False, True, False, True]


def test_amounts_have_their_currencys_decimals_and_never_fewer_than_they_came_with() -> None:
    """Shown, not rounded."""
    lines = printed([{"amount": "0.285", "currency": "UAH"}, {"amount": 8, "currency": "JPY"}], None)
    assert [line.strip() for line in lines] == ["amount", "0.285 UAH", "8 JPY"]


def test_control_characters_cannot_move_the_cursor() -> None:
    """A provider's text is shown, not executed."""
    lines = printed([{"method": "a\x1b[2J\u202eb\nc", "id": "1"}], None)
    assert lines[1] == "a\\u001b[2J\\u202eb\\u000ac  1"


def test_wide_characters_are_measured_as_they_are_shown() -> None:
    """Columns stay aligned beside Chinese, Greek and combining text."""
    lines = printed([{"method": "付款", "id": "1"}, {"method": "Ωμέγα", "id": "2"}], None)
    assert lines[1:] == ["付款    1", "Ωμέγα   2"]


def test_one_thing_is_a_list_of_its_fields() -> None:
    """What is absent is left out."""
    out = io.StringIO()
    print_object({"id": ID, "amount": 1, "currency": "KWD"}, COLUMNS, out, zone="UTC")
    assert out.getvalue().splitlines() == ["amount  1.000 KWD", f"id      {ID}"]


def test_codes_are_words_and_amounts_have_their_unit() -> None:
    """Where the provider has a number for a state, and no field for a currency."""
    columns = (coded("state", (0, "failed"), (1, "success")), money_in("amount", "IRR"))
    out = io.StringIO()
    rows = [{"state": 1, "amount": 682500}, {"state": 7, "amount": None}, {"state": True, "amount": 1}]
    print_rows(rows, columns, out, width=None, zone="UTC")
    assert [line.split() for line in out.getvalue().splitlines()[1:]] == [
        ["success", "682500", "IRR"],
        ["7"],
        ["yes", "1", "IRR"],
    ]


def test_an_object_within_an_object_is_told_field_by_field() -> None:
    """Compact JSON in one cell is for machines."""
    columns = inner_columns_of({"details": {"id": "a", "more": {"x": 1}}, "empty": {}, "success": True})
    assert [column.field for column in columns] == ["details.id", "details.more", "empty", "success"]


def test_a_closed_pipe_is_an_error_like_any_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is done stays done, and exits 0, when nobody reads the table."""

    class Closed(io.StringIO):
        """A pipe that nobody reads."""

        def write(self, _text: str) -> int:
            """Refuse the text."""
            raise BrokenPipeError

    for colours in ("", "1"):
        monkeypatch.setenv("FORCE_COLOR", colours)
        with pytest.raises(BrokenPipeError):
            print_rows(ROWS, COLUMNS, Closed(), width=None, zone="UTC")


class Terminal(io.StringIO):
    """Text that goes to a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    "out,variables,coloured",
    [
        (Terminal(), {}, True),
        (Terminal(), {"NO_COLOR": "1"}, False),
        (io.StringIO(), {}, False),
        (io.StringIO(), {"FORCE_COLOR": "1"}, True),
        (io.StringIO(), {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
    ],
)
def test_colours_are_written_where_they_are_seen(
    monkeypatch: pytest.MonkeyPatch, out: io.StringIO, variables: dict[str, str], coloured: bool
) -> None:
    """And the same text is written either way."""
    for name in ("NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE", "COLORTERM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in {"TERM": "xterm-256color", **variables}.items():
        monkeypatch.setenv(name, value)
    print_rows([{"status": "failure", "method": "付款"}], COLUMNS, out, width=None, zone="UTC")
    written = out.getvalue()
    assert ("\x1b[31mfailure\x1b[0m" in written) is coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", written) == "method  status\n付款    failure\n"


def test_headings_that_came_in_an_answer_cannot_move_the_cursor() -> None:
    """A name is as free to choose as a value."""
    row = {"\x1b[2J": 1, "a\nb": {"\u202e": 2}}
    out = io.StringIO()
    print_object(row, inner_columns_of(row), out, zone="UTC")
    print_rows([row], columns_of(row), out, width=None, zone="UTC")
    assert "\x1b" not in out.getvalue()
    assert "\u202e" not in out.getvalue()
    assert out.getvalue().count("\\u001b[2J") == 2


@pytest.mark.parametrize("amount", ["1e999999999", "1" * 5000, "NaN", "-Infinity"])
def test_an_amount_beyond_all_measure_is_shown_as_it_came(amount: str) -> None:
    """Written out it would fill the memory."""
    lines = printed([{**ROWS[0], "amount": amount}], None)
    assert any(amount in line for line in lines)


def test_moments_at_the_edges_of_the_calendar_are_shown() -> None:
    """They exist in some zones only."""
    for at in ("0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59"):
        assert any(at in line for line in printed([{**ROWS[0], "at": at}], None))
