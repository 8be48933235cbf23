"""Bulk runs as their users meet them, in this process against a sandbox with or without faults."""

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from paycli.commands.build import OperationCommand
from paycli.errors import PaycliError
from paycli.journal.store import Journal
from paycli.operations.catalog import PROVIDERS, provider
from paycli.operations.signature import arguments
from paycli.tools.bulk.cells import Cells, refuse_what_bulk_cannot
from tests.tools.bulk.troubled import Shop, troubled_shop

REFUNDS = ("--command", "tranzzo refund", "-p", "sandbox")
FIELDS = ["line", "target", "amount", "currency", "state", "exit_code", "provider_id", "journal_id", "message"]


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shop]:
    """Return a shop with five paid orders, known to runs in this process."""
    with troubled_shop(tmp_path, 5) as made:
        for name, value in made.variables.items():
            monkeypatch.setenv(name, value)
        yield made


def rows(out: str) -> list[dict[str, str]]:
    """Return the rows of CSV output."""
    return list(csv.DictReader(io.StringIO(out)))


def written(shop: Shop, text: str) -> str:
    """Write a file and return its name."""
    path = shop.home / "typed.csv"
    path.write_text(text)
    return str(path)


def test_a_run_does_each_row_once_and_a_second_run_none(shop: Shop, run: Any) -> None:
    """In the order of the file, with what the journal knows of each."""
    first = run("bulk", "run", str(shop.file()), *REFUNDS, "--yes", "-o", "csv")
    assert first.code == 0, first.err
    assert "5 rows, 5 of them to do" in first.err
    assert "how much 65.15 UAH" in first.err
    assert list(rows(first.out)[0]) == FIELDS
    assert [row["target"] for row in rows(first.out)] == ["O-1", "O-2", "O-3", "O-4", "O-5"]
    assert {row["state"] for row in rows(first.out)} == {"succeeded"}
    again = run("bulk", "run", str(shop.file("renamed.csv")), *REFUNDS, "--yes", "-o", "csv")
    assert again.code == 0
    assert "5 are done already and are not sent again" in again.err
    assert shop.sandbox.refunds == dict.fromkeys(shop.orders, 1)
    assert [row["journal_id"] for row in rows(again.out)] == [row["journal_id"] for row in rows(first.out)]


@pytest.mark.parametrize("form", ["json", "ndjson", "yaml", "table", "id"])
def test_rows_come_in_every_form(shop: Shop, run: Any, form: str) -> None:
    """One each."""
    ended = run("bulk", "run", str(shop.file()), *REFUNDS, "--yes", "-o", form)
    assert ended.code == 0
    if form == "json":
        assert [list(row) for row in ended.json] == [FIELDS] * 5
    assert ended.out.count("pc-") == 5


def test_nothing_is_sent_while_anything_is_wrong(shop: Shop, run: Any) -> None:
    """Exit 2, with the cell's place; also where only the profile tells that it is wrong."""
    for row, told in {
        "O-2,1.234,UAH": "line 3, column amount: 1.234",
        "O-2,,UAH": "line 3: How much? Neither --amount nor --all was given",
        "O-1,1,UAH": "line 3: it repeats line 2; equal rows need a request_id each",
        "O-1,1.00,": "line 3: it repeats line 2",
    }.items():
        shop.home.joinpath("config").mkdir(exist_ok=True)
        name = written(shop, f"order_id,amount,currency\nO-1,1,UAH\n{row}\n")
        ended = run("bulk", "run", name, *REFUNDS, "--yes")
        assert (ended.code, shop.sandbox.refunds.total()) == (2, 0), ended.err
        assert told in ended.err


def test_bad_cells_and_repeated_rows_are_told_at_once(shop: Shop, run: Any) -> None:
    """Whoever mends a file wants to do it in one go."""
    name = written(shop, "order_id,amount,currency\nO-1,1,UAH\nO-1,1,UAH\nO-2,x,UAH\nO-3,1.234,UAH\n")
    ended = run("bulk", "run", name, *REFUNDS, "--yes")
    assert ended.code == 2
    places = [line.strip().partition(":")[0] for line in ended.err.splitlines() if line.strip().startswith("line ")]
    assert places == ["line 3", "line 4, column amount", "line 5, column amount"]


def test_equal_rows_with_names_of_their_own_are_two_intentions(shop: Shop, run: Any) -> None:
    """And the same name twice is a mistake."""
    text = "order_id,amount,currency,request_id\nO-1,1,UAH,{}\nO-1,1,UAH,{}\n"
    ended = run("bulk", "run", written(shop, text.format("a", "a")), *REFUNDS, "--yes")
    assert ended.code == 2
    assert "line 3, column request_id: it has the request_id of line 2" in ended.err
    for _ in range(2):
        assert run("bulk", "run", written(shop, text.format("a", "b")), *REFUNDS, "--yes").code == 0
    assert shop.sandbox.refunds == {"O-1": 2}


def test_an_edited_amount_is_refused_unless_it_has_a_name(shop: Shop, run: Any) -> None:
    """The row that did it within 24 hours is not in the file any more."""
    assert run("bulk", "run", written(shop, "order_id,amount,currency\nO-1,1,UAH\n"), *REFUNDS, "--yes").code == 0
    edited = run("bulk", "run", written(shop, "order_id,amount,currency\nO-1,2,UAH\n"), *REFUNDS, "--yes", "-o", "json")
    assert edited.code == 9
    assert [row["exit_code"] for row in edited.json] == [10]
    assert "A row that this file does not hold any more did refund of 1.00 UAH of O-1" in edited.json[0]["message"]
    both = written(shop, "order_id,amount,currency\nO-1,1,UAH\nO-1,2,UAH\n")
    assert run("bulk", "run", both, *REFUNDS, "--yes").code == 0
    named = written(shop, "order_id,amount,currency,request_id\nO-1,3,UAH,third\n")
    assert run("bulk", "run", named, *REFUNDS, "--yes").code == 0
    assert shop.sandbox.refunds == {"O-1": 3}


def test_a_row_that_fails_does_not_stop_the_others(shop: Shop, run: Any) -> None:
    """Exit 9; the rows tell why."""
    name = written(shop, "order_id,amount,currency\nO-1,1,UAH\nO-2,9999,UAH\nNOBODY,1,UAH\nO-3,1,UAH\n")
    ended = run("bulk", "run", name, *REFUNDS, "--yes", "-o", "csv")
    assert ended.code == 9
    assert [(row["state"], row["exit_code"]) for row in rows(ended.out)] == [
        ("succeeded", "0"),
        ("not-sent", "10"),
        ("not-sent", "3"),
        ("succeeded", "0"),
    ]
    assert "2 of 4 rows are done; 1 not found, 1 refused here." in ended.err


def test_an_unknown_row_is_exit_7_and_settled_by_the_next_run(shop: Shop, run: Any) -> None:
    """It is not sent again while it may have happened."""
    shop.sandbox.faults.add("tranzzo", "POST /api/v1/refund", "drop-after-commit", 1)
    shop.sandbox.faults.add("tranzzo", "GET /*", "503", 99, after=1)
    name = written(shop, "order_id,amount,currency\nO-1,1,UAH\n")
    ended = run("bulk", "run", name, *REFUNDS, "--yes", "-o", "json")
    assert (ended.code, ended.json[0]["state"]) == (7, "unknown")
    shop.sandbox.faults.waiting.clear()
    again = run("bulk", "run", name, *REFUNDS, "--yes", "-o", "json")
    assert (again.code, again.json[0]["state"]) == (0, "succeeded")
    assert "1 are unknown and are settled first" in again.err
    assert shop.sandbox.refunds == {"O-1": 1}


def test_refused_credentials_stop_the_run(shop: Shop, run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is under way ends; the other rows are not begun."""
    monkeypatch.setenv("PAYCLI_SANDBOX_TRANZZO_API_SECRET", "not-the-right-one")
    ended = run("bulk", "run", str(shop.file()), *REFUNDS, "--yes", "--concurrency", "1", "-o", "csv")
    assert ended.code == 9
    assert [row["exit_code"] for row in rows(ended.out)] == ["4", "6", "6", "6", "6"]
    assert "not begun: the credentials were refused" in ended.out


def test_nobody_there_to_confirm_is_exit_10(shop: Shop, run: Any) -> None:
    """Nothing is sent without --yes."""
    ended = run("bulk", "run", str(shop.file()), *REFUNDS)
    assert ended.code == 10
    assert "add --yes" in ended.err
    assert shop.sandbox.refunds.total() == 0


@pytest.mark.parametrize("typed, code", [("65.15", 0), ("65.1", 10), ("y", 10), ("", 10)])
def test_the_total_is_typed_on_live(
    shop: Shop, run: Any, monkeypatch: pytest.MonkeyPatch, typed: str, code: int
) -> None:
    """One confirmation for all rows."""
    monkeypatch.setenv("PAYCLI_SANDBOX_TRANZZO_ENVIRONMENT", "live")
    monkeypatch.setenv("PAYCLI_SANDBOX_TRANZZO_ACCESS", "write")
    monkeypatch.setattr("paycli.tools.bulk.asking.present", lambda: True)
    asked: list[str] = []

    def answer(question: str) -> str:
        asked.append(question)
        return typed

    monkeypatch.setattr("paycli.tools.bulk.asking.ask", answer)
    ended = run("bulk", "run", str(shop.file()), *REFUNDS)
    assert ended.code == code
    assert asked == ["Type the total, UAH without the currency, to go on: "]
    assert shop.sandbox.refunds.total() == (5 if code == 0 else 0)


def test_a_dry_run_sends_nothing(shop: Shop, run: Any) -> None:
    """It checks the file and tells what would be done, and what the journal knows."""
    name = written(shop, "order_id,amount,currency\nO-1,1,UAH\n")
    assert run("bulk", "run", name, *REFUNDS, "--yes").code == 0
    name = written(shop, "order_id,amount,currency\nO-1,1,UAH\nO-2,2,UAH\n")
    ended = run("bulk", "run", name, *REFUNDS, "--dry-run", "-o", "json")
    assert ended.code == 0
    assert [row["state"] for row in ended.json] == ["succeeded", "new"]
    assert "how much 2.00 UAH" in ended.err
    assert shop.sandbox.refunds == {"O-1": 1}


def test_status_tells_what_the_journal_knows(shop: Shop, run: Any) -> None:
    """And has the exit code that the run would have."""
    name = written(shop, "order_id,amount,currency\nO-1,1,UAH\n")
    before = run("bulk", "status", name, *REFUNDS, "-o", "json")
    assert (before.code, before.json[0]["state"]) == (9, "new")
    assert run("bulk", "run", name, *REFUNDS, "--yes").code == 0
    after = run("bulk", "status", name, *REFUNDS, "-o", "json")
    assert (after.code, after.json[0]["state"]) == (0, "succeeded")


def test_a_report_adds_up_at_the_provider_and_says_where_it_differs(shop: Shop, run: Any) -> None:
    """Not from our own notes: what somebody else did, and what the journal only believes, is named."""
    assert run("bulk", "run", str(shop.file()), *REFUNDS, "--yes").code == 0
    agreed = run("bulk", "report", str(shop.file()), *REFUNDS, "-o", "json")
    assert agreed.code == 0
    assert "Both agree." in agreed.err
    order = shop.sandbox.providers["tranzzo"].shop.orders["O-2"]  # type: ignore[attr-defined]
    order.operations = [operation for operation in order.operations if operation["method"] != "refund"]
    differing = run("bulk", "report", str(shop.file()), *REFUNDS, "-o", "json")
    assert differing.code == 9
    assert [row["difference"] for row in differing.json if row["difference"]] == ["the journal says succeeded"]
    assert "4 of 5 rows done, 53.13 UAH" in differing.err


def test_a_report_says_what_it_could_not_read(shop: Shop, run: Any) -> None:
    """That is no difference."""
    assert run("bulk", "run", str(shop.file()), *REFUNDS, "--yes").code == 0
    shop.sandbox.faults.add("tranzzo", "GET /*/O-3", "503", 99)
    ended = run("bulk", "report", str(shop.file()), *REFUNDS, "-o", "json")
    assert ended.code == 9
    assert [row["provider_state"] for row in ended.json].count("not read") == 1
    assert "Tranzzo could not be asked about 1 rows (line 4)." in ended.err


def test_a_report_names_an_equal_refund_of_somebody_else(shop: Shop, run: Any) -> None:
    """It happened meanwhile, so that no look before could show it."""
    shop.sandbox.faults.add("tranzzo", "POST /api/v1/refund", "twin", 1)
    name = written(shop, "order_id,amount,currency\nO-5,1,UAH\n")
    assert run("bulk", "run", name, *REFUNDS, "--yes").code == 0
    ended = run("bulk", "report", name, *REFUNDS, "-o", "json")
    assert ended.code == 9
    assert "there is another one that this journal does not know" in ended.json[0]["difference"]
    assert "besides  1 equal ones that this journal does not know, 1.00 UAH" in ended.err


def test_a_read_looks_a_list_up_beside_its_own_columns(shop: Shop, run: Any) -> None:
    """Without journal or confirmation; a row that is not found is told, the others come."""
    name = written(shop, "order_id,customer\nO-1,Олена\nNOBODY,Παύλος\n")
    ended = run("bulk", "run", name, "--command", "tranzzo orders show", "-p", "sandbox", "-o", "json")
    assert ended.code == 9
    found, missing = ended.json
    assert (found["line"], found["customer"], found["method"], found["amount"]) == (2, "Олена", "purchase", 11.01)
    assert found["exit_code"] == 0
    assert (missing["line"], missing["customer"], missing["exit_code"]) == (3, "Παύλος", 3)
    assert not Journal(shop.home / "state").exists()


def test_a_dry_run_of_a_look_up_asks_nobody(shop: Shop, run: Any) -> None:
    """It says that the file is right."""
    name = written(shop, "order_id\nO-1\nO-2\n")
    ended = run("bulk", "run", name, "--command", "tranzzo orders show", "-p", "sandbox", "--dry-run")
    assert (ended.code, ended.out) == (0, "")
    assert "is right: 2 rows would be looked up." in ended.err


@pytest.mark.parametrize(
    "command, told",
    [
        ("tranzzo pay card", "takes card data"),
        ("tranzzo receipts show", "saves a file"),
        ("toman login", "signs in"),
        ("tranzzo refunds", "is no command of one request"),
        ("nobody refund", "does not begin with a provider"),
        ("", "does not begin with a provider"),
    ],
)
def test_what_does_not_run_in_bulk_is_told(shop: Shop, run: Any, command: str, told: str) -> None:
    """Before the file is read any further."""
    name = written(shop, "order_id,amount,currency,description\nN-1,1,UAH,x\n")
    ended = run("bulk", "run", name, "--command", command, "-p", "sandbox", "--yes")
    assert ended.code in {2, 10}
    assert told in ended.err


def test_every_command_runs_in_bulk_or_says_why_not() -> None:
    """Each argument has its column, but for commands that take hidden values, sign in or save a file."""
    refused = {}
    for name in PROVIDERS:
        declared = provider(name)
        for operation in declared.load().values():
            command = OperationCommand(declared, operation)
            try:
                refuse_what_bulk_cannot(command)
            except PaycliError as problem:
                refused[operation.name] = problem.message
            else:
                assert set(re.findall(r"\w+", arguments(operation).lower())) <= set(Cells(command).columns)
    assert all("does not run in bulk" in message for message in refused.values())
    assert {"toman login", "tranzzo pay card", "tranzzo receipts show"} <= set(refused)
    assert not {"tranzzo refund", "tora topups create", "mobilepay payments start", "terapay wallet pay"} & set(refused)


def test_a_topups_pin_is_kept(shop: Shop, run: Any) -> None:
    """What exists only once is in a file of the user's own, and the row names it."""
    name = written(shop, "product_code\nMEL10\n")
    ended = run("bulk", "run", name, "--command", "tora topups create", "-p", "sandbox", "--yes", "-o", "json")
    assert ended.code == 0, ended.err
    message = ended.json[0]["message"]
    assert message.startswith("What exists only once is kept in ")
    kept = Path(message.split(" kept in ")[1].partition(",")[0])
    assert kept.stat().st_mode & 0o777 == 0o600
    pin = json.loads(kept.read_text())["pinCode"]
    assert pin
    assert pin not in ended.out + ended.err


def test_a_pin_that_comes_with_the_second_run_is_kept_too(shop: Shop, run: Any) -> None:
    """The lost topup goes again with its key, and the provider answers what it did then."""
    shop.sandbox.faults.add("tora", "POST /*", "drop-after-commit", 3)
    words = ("bulk", "run", written(shop, "product_code\nMEL10\n"), "--command", "tora topups create", "-p", "sandbox")
    assert run(*words, "--yes").code == 7
    ended = run(*words, "--yes", "-o", "json")
    assert ended.code == 0, ended.err
    kept = Path(ended.json[0]["message"].split(" kept in ")[1].partition(",")[0])
    assert json.loads(kept.read_text())["pinCode"]
