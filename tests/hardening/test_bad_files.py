"""Files that are damaged in every way: profiles, sheets of bulk runs, batches, JSON of options."""

import io
import json
import random
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from paycli.output.visible import visible
from tests.hardening.damage import BOMB, DEEP, HUGE, damaged
from tests.hardening.nonsense import RAW, disturbed
from tests.helpers import Result
from tests.wired import Inside, wired

SECRET = "s3cret-planted-in-the-file"
PROFILES = f"""# Our accounts
defaults: {{tranzzo: shop-test, toman: tehran}}
profiles:
  shop-test:
    provider: tranzzo       # the shop
    environment: test
    currency: UAH
    pos_id: "00000000-0000-4000-8000-000000000000"
    limits:
      refund: {{per_operation: 500, per_day: 5000}}
    timeout: {{connect: 5, read: 30}}
    late_arrival: 15m
  tehran:
    provider: toman
    base_url: https://toman.example
    ca_bundle: {SECRET}
""".encode()
SHEET = b'order_id,amount,currency,comment\nA-1,12.50,UAH,first\nA-2,1,UAH,"second, with a comma"\n'
BATCH = b"destination,amount\n233200000001,12.50\n233200000002,7\n"
ITEMS = {"items": [{"destination": "233200000001", "amount": 12.5}, {"destination": "233200000002", "amount": "7"}]}
PRODUCTS = [{"id": "1", "name": "A chair", "qty": 1, "price": 12.5, "amount": 12.5, "currency": "UAH"}]


def fine(ended: Result, codes: set[int], *never: str) -> str | None:
    """Return what is wrong about how a command ended on what is wrong itself, or None."""
    told = ended.out + ended.err
    if ended.code not in codes:
        return f"exit code {ended.code}"
    if "Traceback" in told or "A defect" in told:
        return "a traceback"
    if ended.code and not ended.err.strip():
        return "ended without a word"
    if ended.code and visible(ended.err) != ended.err:
        return "control characters on standard error"
    if any(secret in told for secret in never):
        return "the text of the file is told"
    return "more is told than anybody reads" if len(ended.err) > 20_000 else None


Try = Callable[..., Result]


@pytest.fixture
def sheet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the path of a file in an empty directory, which commands name as it is."""
    monkeypatch.chdir(tmp_path)
    return tmp_path / "typed"


def told(problems: list[tuple[str, str, bytes, Result]]) -> str:
    """Return a report of what went wrong."""
    shown = [
        f"{seed}: {problem}: {body[:400]!r}\n   {ended.code} {ended.err[-600:]}"
        for seed, problem, body, ended in problems[:20]
    ]
    return "\n".join([f"{len(problems)} problems", *shown])


def test_a_damaged_profiles_file_is_a_configuration_problem(
    run: Try, config: Path, count: int, record_property: Callable[[str, object], None]
) -> None:
    """Exit 4 with the line, or it is still a profiles file; what stands in it is not repeated."""
    commands = (
        ("profiles", "list", "-o", "json"),
        ("profiles", "show", "shop-test", "-o", "json"),
        ("profiles", "set", "shop-test", "currency", "EUR"),
        ("profiles", "remove", "tehran", "--yes"),
        ("profiles", "use", "shop-test"),
        ("tranzzo", "orders", "show", "A-1", "--dry-run", "-o", "json"),
        ("toman", "psps", "list", "--dry-run"),
    )
    found = []
    for number in range(count):
        chance = random.Random(f"profiles {number}")
        body = damaged(chance, PROFILES)
        (config / "profiles.yaml").write_bytes(body)
        argv = chance.choice(commands)
        ended = run(*argv)
        never = () if argv[:2] == ("profiles", "show") else (SECRET,)
        if problem := fine(ended, {0, 4, 2}, *never):
            found.append((f"{number} {' '.join(argv)}", problem, body, ended))
    record_property("fuzz profiles", count)
    assert not found, told(found)


@pytest.mark.parametrize("body", [*HUGE, *DEEP, BOMB], ids=lambda body: repr(body[:12]))
def test_a_profiles_file_beyond_all_measure_is_refused(run: Try, config: Path, body: bytes) -> None:
    """A megabyte of brackets, a thousand levels, aliases that multiply."""
    for content in (body, PROFILES + body, b"profiles:\n  shop-test:\n    provider: " + body):
        (config / "profiles.yaml").write_bytes(content)
        ended = run("profiles", "list")
        assert fine(ended, {0, 4}) is None, (ended.code, ended.err[-500:])


@pytest.mark.parametrize("command, content", [("bulk", SHEET), ("batch", BATCH), ("batch", json.dumps(ITEMS).encode())])
def test_a_damaged_sheet_is_a_bad_file(
    run: Try,
    sheet: Path,
    monkeypatch: pytest.MonkeyPatch,
    count: int,
    record_property: Callable[[str, object], None],
    command: str,
    content: bytes,
) -> None:
    """Exit 2 with line and column, and nothing is sent; or it still is what was meant."""
    inside = Inside()
    wired(monkeypatch, inside.connect)
    argv = {
        "bulk": ("bulk", "run", "typed", "--command", "tranzzo refund", "-p", "sandbox-tranzzo", "--dry-run"),
        "batch": ("terapay", "batches", "submit", "typed", "--batch-name", "B", "--dry-run", "-p", "sandbox"),
    }[command]
    sheet.write_bytes(content)
    assert run(*argv).code == 0
    found = []
    for number in range(count):
        body = damaged(random.Random(f"{command} {number}"), content)
        sheet.write_bytes(body)
        ended = run(*argv)
        if problem := fine(ended, {0, 2}):
            found.append((f"{number}", problem, body, ended))
    record_property("fuzz sheets", count)
    assert not found, told(found)
    assert inside.came == []


def test_a_damaged_json_file_of_an_option_is_a_bad_file(
    run: Try, sheet: Path, count: int, record_property: Callable[[str, object], None]
) -> None:
    """Whatever it holds, it goes as it is or is refused."""
    argv = [
        "tranzzo",
        "pay",
        "hosted",
        "A-1",
        "--amount",
        "1",
        "--currency",
        "UAH",
        "--description",
        "x",
        "-p",
        "sandbox",
        "--dry-run",
        "--products",
        "typed",
    ]
    sheet.write_bytes(json.dumps(PRODUCTS).encode())
    assert run(*argv).code == 0
    found = []
    for number in range(count):
        chance = random.Random(f"json {number}")
        body = chance.choice(
            (chance.choice(RAW), disturbed(chance, PRODUCTS), damaged(chance, json.dumps(PRODUCTS).encode()))
        )
        sheet.write_bytes(body)
        ended = run(*argv)
        if problem := fine(ended, {0, 2}):
            found.append((f"{number}", problem, body, ended))
    record_property("fuzz options", count)
    assert not found, told(found)


def test_damaged_card_data_on_standard_input_is_refused(
    run: Try, monkeypatch: pytest.MonkeyPatch, count: int, record_property: Callable[[str, object], None]
) -> None:
    """Nothing of it is repeated."""
    card = {"number": "4242424242424242", "exp_month": 12, "exp_year": 29, "cvv": "917"}
    argv = [
        "tranzzo",
        "pay",
        "card",
        "A-2",
        "--amount",
        "10",
        "--currency",
        "UAH",
        "--description",
        "x",
        "--card-stdin",
        "-p",
        "sandbox",
    ]
    wired(monkeypatch, Inside().connect)
    found = []
    for number in range(count):
        chance = random.Random(f"card {number}")
        body = chance.choice((disturbed(chance, card), damaged(chance, json.dumps(card).encode())))
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(body)))
        ended = run(*argv)
        if problem := fine(ended, {0, 2, 5, 8, 10}, "4242424242424242"):
            found.append((f"{number}", problem, body, ended))
    record_property("fuzz cards", count)
    assert not found, told(found)
