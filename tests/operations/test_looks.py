"""How a text is looked for: what every declared look holds to, card masks, and what a hit says."""

import shlex
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from paycli.operations.catalog import PROVIDERS, provider
from paycli.operations.compose import compose
from paycli.operations.looks import Hit, Look, Sought, Status, card_mask, moment_of, number_of, row_where, same_card
from paycli.operations.operation import Effect, Operation
from paycli.operations.signature import parameters
from paycli.output.query import search

SINCE = datetime(2026, 2, 1, tzinfo=UTC)
GUID = "3F2504E0-4F89-41D3-9A0C-0305E82C3301"
# An order, a GUID, a card mask, an RRN, a terminal's number, a payment of Toman's.
ORDER, MASK, RRN, TERMINAL, ULID = (
    "A-1001",
    "414141******2284",
    "003561423521",
    "70012345",
    "01JNB7Q0M5X2Y8Z4C6D9E1F3G7",
)
TEXTS = (ORDER, GUID, MASK, RRN, TERMINAL, ULID)
LOOKS = [(name, number, look) for name in PROVIDERS for number, look in enumerate(provider(name).looks_of())]


def declared(name: str, command: str) -> Operation:
    """Return the declaration of a command."""
    return provider(name).load(command.split(maxsplit=1)[0])[command]


def asked(look: Look) -> list[dict[str, Any]]:
    """Return the values of a look for each text that it takes."""
    made = (look.values(Sought(text, SINCE)) for text in TEXTS)
    return [dict(values) for values in made if values is not None]


@pytest.fixture(params=LOOKS, ids=lambda one: f"{one[0]} {one[1]} {one[2].command}")
def look(request: pytest.FixtureRequest) -> tuple[str, Look]:
    """Return each declared look with its provider."""
    name, _, found = request.param
    return name, found


def test_every_provider_can_be_looked_through() -> None:
    """By one look at least."""
    assert {name for name, _, _ in LOOKS} == set(PROVIDERS)


def test_a_look_names_a_declared_read_and_gives_it_its_values(look: tuple[str, Look]) -> None:
    """All that the read requires and nothing that it does not take; a request can be made of them."""
    name, found = look
    operation = declared(name, found.command)
    takes = parameters(operation.fields)
    assert operation.effect is Effect.READS
    assert not operation.sign_in
    assert asked(found), "no text is looked for by it"
    for values in asked(found):
        assert {one.name for one in takes if one.required} <= set(values) <= {one.name for one in takes}
        assert operation.verb == "GET"
        compose(provider(name), operation, values, {})


def test_what_is_whole_is_told_by_a_declared_read(look: tuple[str, Look]) -> None:
    """Of a row as the list's own example has it."""
    name, found = look
    if found.whole is None:
        return
    row = declared(name, found.command).example[0]
    named = found.whole(row)
    assert named is not None
    command, values = named
    operation = declared(name, command)
    assert operation.effect is Effect.READS
    assert set(values) == {one.name for one in parameters(operation.fields) if one.required}


def test_a_hit_of_the_examples_names_a_declared_command(look: tuple[str, Look]) -> None:
    """Which takes what is typed for it."""
    name, found = look
    operation = declared(name, found.command)
    example = operation.example
    if isinstance(example, dict):
        example = example.get("results", [example])[0] if operation.listing else example
    elif not (found.whole is None and not operation.listing):
        example = example[0]
    if isinstance(example, str):
        return
    hit = found.hit(example, asked(found)[0], {})
    assert hit is not None
    assert hit.id
    assert declared(name, hit.command).effect is Effect.READS


@pytest.mark.parametrize(
    "name,text,commands",
    [
        ("tranzzo", ORDER, ["orders show"]),
        ("tranzzo", GUID, ["orders show", "transactions list"]),
        ("tranzzo", RRN, ["orders show", "transactions list"]),
        ("tranzzo", MASK, ["transactions list"]),
        ("mobilepay", ORDER, ["payments list", "payments list"]),
        ("mobilepay", GUID, ["payments show", "refunds show", "payments list", "payments list"]),
        ("mobilepay", MASK, []),
        ("mobilepay", "x" * 37, []),
        ("tora", ORDER, ["transactions show", "transactions list"]),
        ("tora", "R/7", ["transactions list"]),
        ("tora", MASK, []),
        ("toman", ORDER, []),
        ("toman", ULID, ["payments list", "payments list"]),
        ("toman", TERMINAL, ["payments list", "payments list"]),
        ("toman", MASK, ["payments list", "payments list"]),
        ("terapay", GUID, ["batches show", "wallet statement"]),
        ("terapay", ORDER, ["wallet statement"]),
        ("terapay", MASK, []),
    ],
)
def test_only_looks_that_the_text_could_be_meant_for_are_sent(name: str, text: str, commands: list[str]) -> None:
    """No card mask goes where identifiers are looked up."""
    looks = provider(name).looks_of()
    assert [look.command for look in looks if look.values(Sought(text, SINCE)) is not None] == commands


@pytest.mark.parametrize(
    "text,digits",
    [
        ("414141******2284", ("414141", "2284")),
        ("41414141****2284", ("41414141", "2284")),
        ("4141 41** **** 2284", ("414141", "2284")),
        ("414141xxxxxx2284", ("414141", "2284")),
        ("414141…2284", ("414141", "2284")),
        ("414141...2284", ("414141", "2284")),
        ("*2284", ("", "2284")),
        ("414141*", ("414141", "")),
        ("A-1001", None),
        ("2284", None),
        ("****", None),
        ("12.50", None),
        ("2026.0001", None),
        ("1234x5678", None),
        ("414141******228", None),
    ],
)
def test_a_card_mask_is_known_by_what_is_left_out(text: str, digits: tuple[str, str] | None) -> None:
    """An amount or a reference is none."""
    assert card_mask(text) == digits


@pytest.mark.parametrize(
    "text,shown,same",
    [
        ("414141******2284", "414141******2284", True),
        ("41414177****2284", "414141******2284", True),
        ("414141******2284", "41414177****2284", True),
        ("*2284", "414141******2284", True),
        ("414141*", "414141******2284", True),
        ("414142******2284", "414141******2284", False),
        ("414141******2285", "414141******2284", False),
        ("414141*", "******2284", False),
        ("*2284", "", False),
        ("*2284", None, False),
        ("A-1001", "A-1001", False),
    ],
)
def test_masks_of_one_card_agree_as_far_as_both_show_digits(text: str, shown: Any, same: bool) -> None:
    """Providers show six or eight of the first ones."""
    assert same_card(text, shown) is same


def test_a_hit_tells_a_command_that_a_shell_takes_as_it_is() -> None:
    """Whatever characters an identifier has."""
    hit = Hit("x", "auth", Status.HELD, "orders show", argument="it's; rm -rf $HOME", options=("--all",))
    words = ["paycli", "tranzzo", "orders", "show", "it's; rm -rf $HOME", "--all", "-p", "shop"]
    assert shlex.split(hit.typed("tranzzo", "shop")) == words
    hyphen = Hit("x", "auth", Status.HELD, "orders show", argument="-x")
    assert hyphen.typed("tranzzo", "shop") == "paycli tranzzo orders show -p shop -- -x"


def test_a_hit_tells_its_time_in_utc() -> None:
    """To the second, or to the millisecond where there is one; none where there is none."""
    hit = Hit("x", "auth", Status.HELD, "orders show", time=moment_of("2026-03-02T11:15:00.100", "Europe/Kyiv"))
    assert hit.as_row("tranzzo", "shop")["time"] == "2026-03-02T09:15:00.100Z"
    assert Hit("x", "y", Status.HELD, "z", time=moment_of("2026-03-02T09:15:00+02:00")).as_row("a", "b")["time"] == (
        "2026-03-02T07:15:00Z"
    )
    assert Hit("x", "y", Status.HELD, "z").as_row("a", "b")["time"] is None
    assert [moment_of(value) for value in (None, 7, "yesterday")] == [None, None, None]


def test_amounts_are_exact_and_nonsense_is_none() -> None:
    """Decimals keep their scale."""
    assert [str(number_of(value)) for value in (Decimal("12.50"), "7.00", 3)] == ["12.50", "7.00", "3"]
    nonsense: tuple[Any, ...] = (None, True, "NaN", "x", [])
    assert [number_of(value) for value in nonsense] == [None] * 5


@pytest.mark.parametrize("text", ["A-1", "a`b", "it's", 'say "x"', "\\", "ü"])
def test_a_row_is_shown_by_its_field_whatever_stands_in_it(text: str) -> None:
    """The expression finds this row and no other."""
    option, expression = row_where("id", text)
    assert option == "--query"
    assert search(expression, [{"id": text}, {"id": "B"}]) == [{"id": text}]
