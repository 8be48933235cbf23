"""Files of entries: every bad cell is named with its line and column, and nothing of a card number is repeated."""

from decimal import Decimal

import pytest

from paycli.operations.entries import MOST_TOLD, Entries, Field, amount, reader


def name(text: str) -> str:
    """Return a name, which is not ``bad``."""
    if text == "bad":
        raise ValueError("it is bad")
    return text


READ = reader(Field("to", name), Field("amount", amount, number=True), Field("note", name, needed=False), key="rows")
CARD = "4242424242424242"


@pytest.mark.parametrize(
    "content",
    [
        b"to,amount,note\nA,10.00,x\nB,0.01,\n",
        b"\xef\xbb\xbfto,amount,note\r\nA,10.00,x\r\n\r\n B , 0.01 ,\r\n",
        b'note,amount,to\nx,10.00,A\n,0.01,"B"\n',
        b'[{"to": "A", "amount": 10.00, "note": "x"}, {"to": "B", "amount": "0.01", "note": null}]',
        b' {"rows": [{"to": "A", "amount": 10.00, "note": "x"}, {"to": "B", "amount": 0.01}]}',
    ],
)
def test_entries_are_read_from_csv_and_json(content: bytes) -> None:
    """In whatever order the columns stand; amounts keep their decimals."""
    found = READ(content)
    assert list(found) == [{"to": "A", "amount": Decimal("10.00"), "note": "x"}, {"to": "B", "amount": Decimal("0.01")}]
    assert (str(found), found.total) == ("2 entries", Decimal("10.01"))
    assert str(found[0]["amount"]) == "10.00"


@pytest.mark.parametrize(
    "content,told",
    [
        (b"to,amount\nA,0.001\n", "line 2, column amount: '0.001' is not an amount of 0.01 or more"),
        (b"to,amount\nA,1e3\n", "line 2, column amount: '1e3' is not an amount"),
        (b"to,amount\nA,-5\n", "line 2, column amount: '-5' is not an amount"),
        (b"to,amount\n\n,5\n", "line 3, column to: it is empty"),
        (b'to,amount\n"A\nA",5\nbad,5\n', "line 4, column to: it is bad"),
        (b"to,amount\nA,5,6\n", "line 2: it has 3 cells and the heading 2"),
        (b"to,amount\nA\n", "line 2, column amount: it is empty"),
        (b"to,sum\nA,5\n", "line 1: the heading names the columns to, amount, note"),
        (b"to,to,amount\nA,A,5\n", "line 1: the heading"),
        (b'to,amount\n"A,5\n', "it is no CSV"),
        (b"to,amount\n", "it holds no entries"),
        (b"", "it holds no entries"),
        (b"[]", "it holds no entries"),
        (b"\xff\xfe", "it is not UTF-8 text"),
        (b"[{]", "it is not JSON"),
        (b'{"others": []}', "neither a JSON array nor an object with rows alone"),
        (b"[5]", "entry 1: it is no JSON object"),
        (b'[{"to": "A", "amount": true}]', "entry 1, field amount: it is no number"),
        (b'[{"to": "A", "amount": 0.009}]', "entry 1, field amount: '0.009' is not an amount of 0.01 or more"),
        (b'[{"to": "A", "amount": NaN}]', "it is not JSON"),
        (b'[{"to": 5, "amount": 5}]', "entry 1, field to: it is no text"),
        (b'[{"to": "A", "amount": 5, "more": 1}]', "entry 1, field more: there is no such field"),
        (f"to,amount\n{CARD},5\n".encode(), "line 2, column to: it holds what looks like a card number"),
        (f'[{{"to": "A", "amount": 5, "note": "card {CARD}"}}]'.encode(), "entry 1, field note: it holds what looks"),
    ],
)
def test_what_is_wrong_is_named(content: bytes, told: str) -> None:
    """By line and column of a CSV file, by entry and field of a JSON one."""
    with pytest.raises(ValueError, match=r"\w") as raised:
        READ(content)
    assert told in str(raised.value)
    assert CARD not in str(raised.value)


def test_every_bad_cell_is_told_at_once() -> None:
    """Up to twenty of them, and how many more there are."""
    with pytest.raises(ValueError, match=r"\w") as raised:
        READ(b"to,amount\nbad,0\nA,x\n")
    assert str(raised.value).count("line ") == 3
    many = b"to,amount\n" + b"bad,5\n" * (MOST_TOLD + 7)
    with pytest.raises(ValueError, match=r"\w") as raised:
        READ(many)
    assert str(raised.value).count("line ") == MOST_TOLD
    assert str(raised.value).endswith("and 7 more")


def test_a_sum_is_exact() -> None:
    """Three tenths are three tenths."""
    assert Entries(({"amount": Decimal("0.10")},) * 3).total == Decimal("0.30")
