"""Every value that can be typed, typed as nobody should: amounts, times, identifiers, expressions, whole commands."""

import random
from collections.abc import Callable

import pytest

from paycli.operations.operation import Operation
from paycli.operations.params import Argument, Option
from paycli.operations.signature import parameters
from tests.hardening.answering import operations
from tests.hardening.nonsense import HOSTILE, NUMBERS
from tests.hardening.test_bad_files import Try, fine, told
from tests.simulation.typed import wish
from tests.wired import Inside, wired

# What no terminal types but a script may pass: bytes that are no UTF-8 arrive as half characters. No word holds a NUL.
TEXTS = (
    *(text.replace("\0", "") for text in HOSTILE),
    *NUMBERS,
    *(
        "\udcff",
        "a\udc80b",
        ".",
        "..",
        "/",
        "a/../b",
        "%2e%2e",
        "%00",
        "?a=b",
        "#",
        "\\",
        "-",
        "--",
        "-1",
        "@",
        "~",
        "*",
        "$(id)",
    ),
    *(
        "-99999w",
        "-99999d",
        "-0s",
        "--7d",
        "yesterday ",
        "now",
        "24:00",
        "2026-02-30",
        "0000-01-01",
        "2026-W99-9",
        "12:61",
    ),
    *(
        "0001-01-01",
        "9999-12-31",
        "2026-01-01T00:00:00+99:99",
        "２０２６-01-01",
        "1.50",
        "01.50",
        "1,50",
        "1e2",
        "+1",
        "1_0",
        "0x1",
        "0",
    ),
    *(
        "0.001",
        "999999999999999999",
        "9999999999999999999",
        ".5",
        "5.",
        "1.",
        "１２",
        "uah",
        "UАH",
        "US",
        "USDT",
        "",
        "\t",
        "inf",
        "nan",
        "1e9",
    ),
    *(
        "a,b",
        ",",
        "a..b",
        ".a",
        "a,,b",
        "[",
        "[?",
        "@.x | [0]",
        "sum(@)",
        "`",
        "`{`",
        "a" * 5000,
        "(" * 5000,
        "[0]" * 2000,
        "!" * 3000 + "a",
    ),
    *(
        "`1e999999999`",
        "to_number('1e99999999')",
        "sort_by(@, &x)",
        "join(',', @)",
        "max(@)",
        "avg(`[]`)",
        "*.*.*",
        "keys(@)",
        "&a",
        "a.b" * 999,
    ),
    *(
        "10/s",
        "0/s",
        "/s",
        "999999/s",
        "1/w",
        "30m",
        "9" * 30 + "h",
        "4242424242424242",
        "a=b",
        "=",
        "a=",
        "=b",
        "a=b=c",
    ),
)
SHARED = (
    "--columns",
    "--query",
    "--timeout",
    "--limit",
    "--reason",
    "--request-id",
    "--profile",
    "--output",
    "--wait-timeout",
)


def words(chance: random.Random, operation: Operation) -> list[str]:
    """Return a command as it should be typed, with one to three values that should not."""
    typed = list(wish(operation, 1, 0).words)
    flags = [
        parameter.marker.flag or f"--{parameter.name.replace('_', '-')}"
        for parameter in parameters(operation.fields)
        if isinstance(parameter.marker, Option) and not parameter.marker.switch
    ]
    arguments = sum(isinstance(parameter.marker, Argument) for parameter in parameters(operation.fields))
    for _ in range(chance.choice((1, 1, 2, 3))):
        text = chance.choice(TEXTS)
        if typed and chance.random() < 0.5:
            place = chance.randrange(arguments) if arguments and chance.random() < 0.5 else chance.randrange(len(typed))
            typed[place] = text
        else:
            typed += [chance.choice([*flags, *SHARED]), text]
    return typed


def test_a_wrong_value_is_a_usage_problem(
    run: Try, monkeypatch: pytest.MonkeyPatch, count: int, record_property: Callable[[str, object], None]
) -> None:
    """Rehearsed, each command ends with 0, or with the sentence that says which value is wrong."""
    inside = Inside()
    wired(monkeypatch, inside.connect)
    cases = count * 10
    found = []
    for number in range(cases):
        chance = random.Random(f"values {number}")
        operation = chance.choice(operations())
        argv = [*operation.name.split(), *words(chance, operation), "-p", "sandbox", "--dry-run"]
        ended = run(*argv)
        if problem := fine(ended, {0, 2, 4}):
            found.append((f"{number} {argv!r}"[:700], problem, b"", ended))
    record_property("fuzz values", cases)
    assert not found, told(found)
    assert inside.came == []


TOOLS = (
    ("find", "{}"),
    ("find", "A-1001", "--provider", "{}"),
    ("find", "{}", "-p", "sandbox-tranzzo", "--query", "{}"),
    ("journal", "list", "--since", "{}"),
    ("journal", "list", "--state", "{}", "--limit", "{}"),
    ("journal", "show", "{}"),
    ("journal", "resolve", "{}", "--as", "{}", "--reason", "{}"),
    ("journal", "prune", "--before", "{}"),
    ("journal", "export", "--since", "{}"),
    ("operations", "list", "--columns", "{}"),
    ("operations", "list", "--query", "{}", "-o", "{}"),
    ("operations", "show", "{}"),
    ("operations", "show", "tranzzo {}"),
    ("operations", "export-routes", "{}"),
    ("api", "{}", "GET", "/api/v1/x"),
    ("api", "sandbox-tranzzo", "{}", "/api/v1/x", "--dry-run"),
    ("api", "sandbox-tranzzo", "POST", "{}", "--dry-run"),
    ("api", "sandbox-tranzzo", "POST", "/api/v1/{}", "-f", "{}", "--dry-run"),
    ("api", "sandbox-mobilepay", "GET", "/x?{}", "--dry-run"),
    ("api", "sandbox-tranzzo", "POST", "/api/v1/x", "--input", "{}", "--dry-run"),
    ("profiles", "show", "{}"),
    ("profiles", "add", "{}", "--provider", "tranzzo"),
    ("profiles", "add", "shop", "--provider", "{}", "--currency", "{}"),
    ("profiles", "add", "shop", "--provider", "tranzzo", "--base-url", "{}"),
    ("profiles", "set", "{}", "{}", "{}"),
    ("profiles", "use", "{}"),
    ("profiles", "remove", "{}", "--yes"),
    ("secrets", "delete", "{}", "{}", "--yes"),
    ("bulk", "run", "{}", "--command", "tranzzo refund", "--dry-run"),
    ("bulk", "run", "sheet.csv", "--command", "{}", "--dry-run"),
    ("bulk", "run", "sheet.csv", "--command", "tranzzo refund", "-p", "sandbox-tranzzo", "--dry-run", "--rate", "{}"),
    ("bulk", "run", "sheet.csv", "--command", "tranzzo refund", "-p", "{}", "--dry-run", "--timeout", "{}"),
    ("bulk", "run", "sheet.csv", "--command", "tranzzo {}", "-p", "sandbox-tranzzo", "--dry-run", "--limit", "{}"),
    ("bulk", "report", "{}", "--command", "tranzzo refund", "-p", "sandbox-tranzzo"),
    ("help", "{}"),
    ("completions", "{}"),
    ("tranzzo", "{}"),
    ("{}",),
    ("tranzzo", "codes", "show", "{}"),
    ("tranzzo", "webhooks", "verify", "--data", "{}", "--signature", "{}", "-p", "sandbox"),
    ("tranzzo", "webhooks", "sign", "--event", "{}", "-p", "sandbox"),
    ("tranzzo", "webhooks", "sign", "--event", "purchase", "--order-id", "{}", "-p", "sandbox"),
    ("sandbox", "clock", "{}"),
    ("sandbox", "act", "{}", "{}", "{}"),
    ("sandbox", "fault", "add", "{}", "{}", "{}"),
)


def test_a_wrong_value_of_a_tool_is_told(
    run: Try,
    monkeypatch: pytest.MonkeyPatch,
    count: int,
    record_property: Callable[[str, object], None],
    tmp_path: object,
) -> None:
    """The commands above the providers know what to say, too."""
    monkeypatch.chdir(str(tmp_path))
    monkeypatch.setenv("PAYCLI_SANDBOX_URL", "http://127.0.0.1:9")
    wired(monkeypatch, Inside().connect)
    cases = count * 6
    found = []
    for number in range(cases):
        chance = random.Random(f"tools {number}")
        with open("sheet.csv", "w", encoding="utf-8") as file:  # noqa: PTH123 in the directory one is in
            file.write("order_id,amount,currency\nA-1,1,UAH\n")
        argv = [word.replace("{}", chance.choice(TEXTS)) for word in chance.choice(TOOLS)]
        ended = run(*argv)
        if problem := fine(ended, {0, 2, 3, 4, 5, 6, 10, 11}):
            found.append((f"{number} {argv!r}"[:700], problem, b"", ended))
    record_property("fuzz values", cases)
    assert not found, told(found)


@pytest.mark.parametrize("text", ["\udcff", "a\udc80b"])
def test_what_is_no_text_is_a_usage_problem(run: Try, text: str) -> None:
    """Bytes that are no UTF-8 never leave, whatever they were typed for."""
    ended = run("tranzzo", "orders", "show", text, "-p", "sandbox", "--dry-run")
    assert ended.code == 2, ended.err
