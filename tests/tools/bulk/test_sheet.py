"""A CSV file as people and programs write it, and everything that is wrong with one."""

import pytest

from paycli.commands.build import OperationCommand
from paycli.errors import UsageProblem
from paycli.operations.catalog import provider
from paycli.tools.bulk.cells import Cells, TypedRow, canonical
from paycli.tools.bulk.sheet import MOST_TOLD, Line, read_sheet, refuse


def typed(text: str, name: str = "tranzzo refund", *, carried: bool = False) -> list[TypedRow]:
    """Return the rows of a file for a command."""
    word, _, command = name.partition(" ")
    declared = provider(word)
    operation = declared.load(command.split()[0])[command]
    sheet = read_sheet("f.csv", text.encode())
    found, wrong = Cells(OperationCommand(declared, operation)).rows("f.csv", sheet, carried=carried)
    if wrong:
        refuse("f.csv", wrong)
    return found


def refusal(text: str | bytes, name: str = "tranzzo refund") -> str:
    """Return what is said against a file."""
    with pytest.raises(UsageProblem) as problem:
        _ = read_sheet("f.csv", text) if isinstance(text, bytes) else typed(text, name)
    return problem.value.message


@pytest.mark.parametrize(
    "text",
    [
        "order_id,amount\nA-1,2.50\n",
        "\ufefforder_id,amount\r\nA-1,2.50\r\n",
        "order_id;amount\nA-1;2.50",
        "order_id\tamount\nA-1\t2.50\n\n",
        '"order_id","amount"\n"A-1","2.50"\n',
        "\n order_id , amount \nA-1,2.50\n",
    ],
)
def test_what_spreadsheets_write_is_read(text: str) -> None:
    """Marks, line ends, separators, quotes and blanks."""
    assert [line.cells for line in read_sheet("f.csv", text.encode()).lines] == [("A-1", "2.50")]


def test_a_row_has_the_number_of_the_line_on_which_it_begins() -> None:
    """Also after cells of several lines and blank lines."""
    sheet = read_sheet("f.csv", b'a,b\n"x\ny",1\n\nz,2\n')
    assert sheet.lines == (Line(2, ("x\ny", "1")), Line(5, ("z", "2")))


@pytest.mark.parametrize(
    "content, told",
    [
        (b"", "f.csv is empty"),
        (b"\n\n", "f.csv is empty"),
        (b"order_id,amount\n", "a header and no rows"),
        (b"order_id,amount\nA-1\n", "line 2: it has 1 cells, and the header names 2 columns"),
        (b"order_id,\nA-1,2\n", "line 1: a column has no name"),
        (b"order_id,amount\nA-1,2\n\xff\xfe,3\n", "line 3: it is not UTF-8 text"),
        (b'order_id,amount\nA-1,"2"x\n', "line 2: it is no CSV"),
        (b'order_id,amount\nA-1,"2\n', "line 2: it is no CSV"),
        (b"order_id,amount\nA\x00-1,2\n", "line 2, column order_id: it holds a control character"),
    ],
)
def test_what_is_no_csv_is_told_with_its_line(content: bytes, told: str) -> None:
    """Nothing of it is used."""
    assert told in refusal(content)


def test_cells_are_parsed_as_the_flags_are() -> None:
    """Amounts are decimals, switches are words, an empty cell is an option that was not given."""
    first, second = typed("order_id,amount,all,currency,comment,reason\nA-1,2.50,,uah,,why\nA-2,,true,,Ευχαριστώ,\n")
    assert (str(first.typed["amount"]), first.typed["all"], first.typed["currency"]) == ("2.50", False, "UAH")
    assert (first.typed["comment"], first.reason) == (None, "why")
    assert (second.typed["amount"], second.typed["all"], second.typed["comment"]) == (None, True, "Ευχαριστώ")
    assert second.reason is None


def test_every_bad_cell_is_named_by_line_and_column() -> None:
    """All of them at once, the file's own words in them."""
    told = refusal("order_id,amount,currency,all\nA-1,-5,UAH,\nA-2,1,hryvnia,\n,1,UAH,\nA-4,1,UAH,perhaps\n")
    assert "4 things are wrong, and nothing was sent" in told
    assert "line 2, column amount: '-5' is not an amount" in told
    assert "line 3, column currency: 'hryvnia' is not a currency code" in told
    assert "line 4, column order_id: it is required" in told
    assert "line 5, column all: " in told


def test_the_first_twenty_problems_are_told() -> None:
    """And how many more there are."""
    told = refusal("order_id,amount\n" + "A-1,x\n" * 50)
    assert told.count("column amount") == MOST_TOLD
    assert "and 30 more" in told


@pytest.mark.parametrize(
    "header, told",
    [
        ("order_id,amuont", "tranzzo refund has no 'amuont'; did you mean amount?"),
        ("order_id,amount,amount", "the column 'amount' is there twice"),
        ("order_id,amount,profile", "tranzzo refund has no 'profile'"),
        ("order_id,amount,yes", "tranzzo refund has no 'yes'"),
        ("order_id,amount,again", "tranzzo refund has no 'again'"),
    ],
)
def test_a_column_is_an_argument_or_an_option_of_the_command(header: str, told: str) -> None:
    """Who asks, and what overrides a guard, is not said by a file."""
    row = ",".join("1" for _ in header.split(","))
    assert told in refusal(f"{header}\n{row}\n")


def test_a_required_column_that_is_missing_is_told() -> None:
    """Once a row, as the value is."""
    assert "line 2: order_id is required, and there is no such column" in refusal("amount,currency\n1,UAH\n")


def test_a_card_number_in_a_cell_is_refused_and_not_repeated() -> None:
    """Also in a column that is only carried along."""
    for text in ("order_id,note\nA-1,4242 4242 4242 4242\n", "order_id,note\nA-1,pay 4242424242424242 back\n"):
        with pytest.raises(UsageProblem) as problem:
            typed(text, "tranzzo orders show", carried=True)
        assert "line 2, column note: it holds what looks like a card number" in problem.value.message
        assert "4242" not in problem.value.message


def test_a_cell_names_no_standard_input() -> None:
    """There is one standard input and many rows."""
    told = refusal("order_id,amount,currency,description,products\nA-1,1,UAH,x,-\n", "tranzzo pay hosted")
    assert "line 2, column products: a cell cannot name standard input" in told


def test_a_list_is_a_column_that_is_there_several_times() -> None:
    """As its option is."""
    first, second = "7d3f1b52-08c4-4f0e-9f5c-2a6e1c9b4d10", "8d3f1b52-08c4-4f0e-9f5c-2a6e1c9b4d10"
    text = f"batch_id,item_id,item_id\n{first},{second},{first}\n{first},{second},\n"
    both, one = typed(text, "terapay batches retry")
    assert both.typed["items"] == (second, first)
    assert one.typed["items"] == (second,)


@pytest.mark.parametrize("one, other", [("12.5", "12.50"), ("012", "12")])
def test_equal_amounts_are_equal_rows(one: str, other: str) -> None:
    """However many zeros were typed."""
    first, second = typed(f"order_id,amount\nA-1,{one}\nA-1,{other}\n")
    assert canonical(first.given) == canonical(second.given)
