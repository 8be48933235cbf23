"""The forms for machines, and numbers through every one of them."""

import csv
import io
import json
from typing import Any

import pytest
import yaml

from paycli.errors import UsageProblem
from paycli.operations.columns import identifier, money, text
from paycli.operations.wire import decode
from paycli.output.query import search
from paycli.output.screen import FORMATS, Screen, Shape

NUMBERS = {
    "0.28": "0.28",
    "12345678901234567.89": "12345678901234567.89",
    "1e5": "1E+5",
    "0.10": "0.10",
    "1E-7": "1E-7",
}
COLUMNS = (identifier("operation_id", primary=True, otherwise="payment_id"), text("note"), money("amount", "currency"))
ROWS = [
    {"operation_id": "1", "note": 'a,"b"\nc', "amount": 80, "currency": "UAH", "fee": {"amount": 1}},
    {"payment_id": "2", "note": "Ωμέγα", "amount": 30, "currency": "UAH"},
]


def shown(data: Any, format_: str, columns: Any = COLUMNS, **shape: Any) -> str:
    """Return what is written to standard output."""
    out = io.StringIO()
    Screen(Shape(format_, shape.get("query"), shape.get("only", ())), out, io.StringIO()).show(data, columns)
    return out.getvalue()


@pytest.mark.parametrize("format_", FORMATS[:-1])
@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("query", [None, "@", "n"])
def test_a_number_keeps_value_and_scale_in_every_form(format_: str, number: str, query: str | None) -> None:
    """Also after a query."""
    printed = shown(decode(f'{{"n": {number}}}'.encode()), format_, (), query=query)
    assert NUMBERS[number] in printed


@pytest.mark.parametrize("number", NUMBERS)
def test_a_list_of_numbers_streams_unchanged(number: str) -> None:
    """Rows from an iterator are written as rows from a list."""
    rows = decode(f'[{{"n": {number}}}]'.encode())
    for format_ in FORMATS[:-1]:
        assert shown(iter(rows), format_, ()) == shown(rows, format_, ())


def test_json_of_a_stream_is_one_array() -> None:
    """Empty, one and many."""
    for rows in ([], ROWS[:1], ROWS):
        assert json.loads(shown(iter(rows), "json")) == rows


def test_ndjson_is_a_row_a_line() -> None:
    """Line ends inside a value do not end the line."""
    lines = shown(ROWS, "ndjson").splitlines()
    assert [json.loads(line) for line in lines] == ROWS


def test_csv_has_the_declared_columns_with_money_and_currency_apart() -> None:
    """Quoted as a spreadsheet reads it."""
    assert list(csv.reader(io.StringIO(shown(ROWS, "csv")))) == [
        ["operation_id", "note", "amount", "currency"],
        ["1", 'a,"b"\nc', "80", "UAH"],
        ["2", "Ωμέγα", "30", "UAH"],
    ]


def test_csv_of_nothing_has_its_heading() -> None:
    """A script that reads columns by name still finds them."""
    assert shown([], "csv") == "operation_id,note,amount,currency\n"


def test_csv_writes_nested_cells_as_compact_json() -> None:
    """And nothing for null."""
    assert shown([{"a": {"b": [1, None]}, "c": None, "d": True}], "csv", ()) == 'a,c,d\n"{""b"":[1,null]}",,true\n'


def test_csv_of_rows_that_are_no_objects() -> None:
    """Their values, or nothing where columns are declared; an object amid them is compact JSON."""
    assert shown(["a", 1, None, {"b": 1}], "csv", ()) == 'value\na\n1\n""\n"{""b"":1}"\n'
    assert shown(["a", {"note": "b"}], "csv", (text("note"), text("more"))) == "note,more\n,\nb,\n"


def test_yaml_reads_back_as_it_was() -> None:
    """Text that looks like something else stays text."""
    data = [{"a": "no", "b": "2026-01-01", "c": None, "d": ["Олена", 1]}, {"a": "0123"}]
    assert yaml.safe_load(shown(data, "yaml", ())) == data
    assert yaml.safe_load(shown([], "yaml")) == []
    assert yaml.safe_load(shown({"a": {"b": 1}}, "yaml")) == {"a": {"b": 1}}


def test_id_is_the_declared_identifier_one_a_line() -> None:
    """Or the field that stands in for it."""
    assert shown(ROWS, "id") == "1\n2\n"
    with pytest.raises(UsageProblem):
        shown(ROWS, "id", (text("note"),))


def test_columns_choose_fields_with_dotted_paths() -> None:
    """In every form."""
    chosen = {"only": ("note", "fee.amount")}
    assert shown(ROWS[:1], "csv", **chosen) == 'note,fee.amount\n"a,""b""\nc",1\n'
    assert json.loads(shown(ROWS[:1], "json", **chosen)) == [{"note": ROWS[0]["note"], "fee.amount": 1}]
    assert "fee amount" in shown(ROWS, "table", **chosen)


@pytest.mark.parametrize(
    "expression,found",
    [
        ("[?n == `0.28`].n", "[0.28]"),
        ("[?n > `12345678901234567.88`].n", "[12345678901234567.89]"),
        ("sum([].n)", "12345678901234668.27"),
        ("max([].n)", "12345678901234567.89"),
        ("sort_by(@, &n)[0].n", "0.10"),
        ("[0].to_string(n)", '"0.28"'),
        ("to_number('0.10')", "0.10"),
        ("[].type(n) | [0]", '"number"'),
        ("avg([?n < `1`].n)", "0.19"),
        ("`0.1`", "0.1"),
        ("[0].type(n) == `number`", "true"),
    ],
)
def test_a_query_is_exact(expression: str, found: str) -> None:
    """No float in literals, functions or comparisons."""
    data = decode(b'[{"n": 0.28}, {"n": 12345678901234567.89}, {"n": 0.10}, {"n": 1e2}]')
    assert shown(data, "json", query=expression).split() == found.replace("[", "[ ").replace("]", " ]").split()


def test_a_query_that_does_not_fit_is_a_usage_error() -> None:
    """It says how to look at the answer."""
    with pytest.raises(UsageProblem, match="does not fit"):
        search("sum(@)", [{"a": 1}])


def test_a_broken_query_is_exit_2_before_anything_is_sent(run: Any) -> None:
    """With the place where it breaks."""
    ended = run("tranzzo", "orders", "show", "A", "--query", "a[", "-p", "sandbox")
    assert ended.code == 2
    assert "JMESPath" in ended.err


@pytest.mark.parametrize("format_", FORMATS[:-1])
def test_card_data_is_masked_by_field_in_every_form(format_: str) -> None:
    """Also inside text that holds JSON or form data."""
    data = {
        "card_cvv": "123",
        "deep": [{"otp": 4711, "note": "x"}],
        "echo": '{"cvv": "987", "cc_number": "4242424242424242"}',
        "form": "a=1&pin=9876&b=2",
    }
    printed = shown(data, format_, ())
    for hidden in ("123", "4711", "987", "4242424242424242", "9876"):
        assert hidden not in printed
    assert "b=2" in printed
