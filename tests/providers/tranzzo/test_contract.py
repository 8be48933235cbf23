"""What our commands send, held against the document: 72 named operations, and what it says beside them."""

import contextlib
import io
import json
import shlex
import sys
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from paycli.commands.build import OperationCommand, build_values
from paycli.commands.hidden import Given
from paycli.operations.compose import compose
from paycli.operations.wire import decode
from paycli.profiles.file import parse_profiles
from paycli.profiles.profile import Profile
from paycli.profiles.resolve import Profiles
from paycli.providers.tranzzo import TRANZZO
from paycli.sending.outgoing import rehearse

DATA = decode((Path(__file__).parents[2] / "data" / "tranzzo_contract.json").read_bytes())
NAMED, ALSO = DATA["operations"], DATA["also"]
COUNT = 72
POS_ID = "00000000-0000-4000-8000-000000000000"


def declared(entry: dict[str, Any]) -> str | None:
    """Return the declared command with which an expectation's command line begins."""
    words = shlex.split(entry["command"])
    names = (" ".join(words[:count]) for count in (2, 1))
    return next((name for name in names if name in TRANZZO.load()), None)


KNOWN = [entry for entry in [*NAMED, *ALSO] if declared(entry)]


def profile() -> Profile:
    """Return a profile that names the point of sale and nothing else."""
    text = f"profiles: {{shop: {{provider: tranzzo, environment: test, pos_id: {POS_ID}}}}}"
    return Profiles(parse_profiles(text.encode(), Path("p")), {}).profile("shop")


@contextlib.contextmanager
def standard_input(text: str) -> Iterator[None]:
    """Let a text stand on standard input."""
    before, sys.stdin = sys.stdin, io.TextIOWrapper(io.BytesIO(text.encode()))
    try:
        yield
    finally:
        sys.stdin = before


def sent(entry: dict[str, Any], where: Path) -> dict[str, Any]:
    """Return the request of a command line, as it would be signed."""
    for name, content in entry.get("files", {}).items():
        (where / name).write_text(json.dumps(content, default=float))
    name = str(declared(entry))
    operation = TRANZZO.operations[name]
    command = OperationCommand(TRANZZO, operation)
    words = shlex.split(entry["command"])[len(name.split()) :]
    with contextlib.chdir(where), standard_input(entry.get("stdin", "")):
        typed = command.make_context("x", words).params
        values = build_values(command.declared, typed, profile().plain, Given(lambda _texts: None))
    return rehearse(compose(TRANZZO, operation, values, profile().plain), profile(), TRANZZO, operation)


def typed(value: Any) -> Any:
    """Return a value with its JSON type beside it, so that 1, "1" and true differ, and 1 and 1.0 do not."""
    if isinstance(value, dict):
        return {name: typed(item) for name, item in value.items()}
    if isinstance(value, list):
        return [typed(item) for item in value]
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return ("number", Decimal(value))
    return (type(value).__name__, value)


@pytest.mark.parametrize("entry", KNOWN, ids=lambda entry: entry["name"])
def test_a_command_sends_what_the_document_says(entry: dict[str, Any], tmp_path: Path) -> None:
    """Method, address, query, headers, and the body with the types of its values."""
    made = sent(entry, tmp_path)
    query = "&".join(f"{name}={value}" for name, value in entry.get("query", {}).items())
    assert made["method"] == entry["method"]
    assert made["url"] == entry["host"] + entry["path"] + (f"?{query}" if query else "")
    assert typed(made["body"]) == typed(entry.get("body"))
    assert made["headers"].get("Content-Type") == ("application/json" if "body" in entry else None)
    if entry.get("signed", True):
        assert made["headers"]["X-API-AUTH"].startswith("CPAY-HMAC ${PAYCLI_SHOP_API_KEY}:")
        assert made["headers"]["X-API-KEY"] == "${PAYCLI_SHOP_ENDPOINTS_KEY}"


def test_every_named_operation_is_held(record_property: Callable[[str, object], None]) -> None:
    """And counted."""
    held = {entry["name"] for entry in NAMED if declared(entry)}
    record_property(f"contract of {COUNT} tranzzo", len(held))
    assert len(held) == len(NAMED) == COUNT


def test_every_command_is_held() -> None:
    """None is declared that no expectation tells of."""
    assert {declared(entry) for entry in KNOWN} == set(TRANZZO.load())
