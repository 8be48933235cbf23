"""Hidden values come from standard input, a file or prompts, and no error repeats one."""

import io
import sys
from pathlib import Path
from typing import Any

import pytest

from paycli.commands import hidden
from paycli.commands.build import build_values
from paycli.commands.hidden import Asking, Given, Rehearsed
from paycli.errors import UsageProblem
from paycli.operations.hidden import CVV, EXPIRY_MONTH, NUMBER, card, expiry_year, one_time, short_year, token
from paycli.operations.params import Hidden, Option, Part, identifier
from paycli.operations.signature import Parameter

CARD = card(NUMBER, EXPIRY_MONTH, expiry_year(short_year), CVV)
TOKEN = token("cc_token", "Card token", sample="tok")
OTP = one_time("otp", "One-time password", sample="123456")
GOOD = '{"number": "4242424242424242", "exp_month": 2, "exp_year": 2029, "cvv": "007"}'
VALUES = {"number": "4242424242424242", "exp_month": 2, "exp_year": 29, "cvv": "007"}
SECRETS = ("4242424242424242", "4242424242424241", "007", "hunter")


class Input(io.TextIOWrapper):
    """Standard input with a text."""

    def __init__(self, text: str | bytes) -> None:
        super().__init__(io.BytesIO(text if isinstance(text, bytes) else text.encode()))


def given(monkeypatch: pytest.MonkeyPatch, text: str | bytes, marker: Hidden = CARD) -> tuple[Any, list[str]]:
    """Read a value from standard input; return it and what the masker learnt."""
    learnt: list[str] = []
    monkeypatch.setattr(sys, "stdin", Input(text))
    value = Given(learnt.extend).read(marker, {f"{marker.name}_stdin": True}, required=True)
    return value, learnt


def refusal(monkeypatch: pytest.MonkeyPatch, text: str | bytes, marker: Hidden = CARD) -> str:
    """Return the sentence with which standard input is refused."""
    with pytest.raises(UsageProblem) as told:
        given(monkeypatch, text, marker)
    return f"{told.value.message} {told.value.next_step or ''}"


def test_a_card_is_a_json_object_on_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every part is checked and taught to the masker."""
    value, learnt = given(monkeypatch, GOOD)
    assert value == VALUES
    assert {"4242424242424242", "007"} <= set(learnt)


@pytest.mark.parametrize("text,read", [("hunter2!\n", "hunter2!"), ("hunter2!\r\n", "hunter2!"), (" h x ", " h x ")])
def test_a_text_loses_one_line_ending(monkeypatch: pytest.MonkeyPatch, text: str, read: str) -> None:
    """And nothing else: a password may begin with a space."""
    assert given(monkeypatch, text, OTP) == (read, [read, read])


@pytest.mark.parametrize(
    "text,told",
    [
        ("", "not JSON"),
        ("4242424242424242", "no JSON object"),
        ('{"number": "4242424242424242",', "not JSON at character"),
        (GOOD.replace("42424242", "42424241", 1), "check digit"),
        (GOOD.replace('"cvv"', '"4242424242424242"'), "fields that are not known"),
        ('{"number": "4242424242424242", "exp_month": 2, "exp_year": 29}', "cvv is missing"),
        ('{"exp_year": 29}', "number, exp_month, cvv is missing"),
        (GOOD.replace(" 2,", " true,"), "exp_month is neither text nor a whole number"),
        (GOOD.replace(" 2,", ' {"a": "4242424242424242"},'), "exp_month is neither"),
        (GOOD.replace(" 2,", " 13,"), "1 to 12"),
        (b"\xff\xfe4242424242424242", "not UTF-8"),
    ],
)
def test_bad_card_data_is_told_without_any_of_it(monkeypatch: pytest.MonkeyPatch, text: str | bytes, told: str) -> None:
    """What is wrong, where, and what to write instead."""
    sentence = refusal(monkeypatch, text)
    assert told in sentence
    assert "--card-stdin" in sentence
    assert not [secret for secret in SECRETS if secret in sentence]


@pytest.mark.parametrize("text", ["", "\n", "hunter1\nhunter2\n", b"\xff"])
def test_bad_text_is_told_without_any_of_it(monkeypatch: pytest.MonkeyPatch, text: str | bytes) -> None:
    """Empty, of several lines, or no text at all."""
    sentence = refusal(monkeypatch, text, OTP)
    assert "--otp-stdin" in sentence
    assert "hunter" not in sentence


def test_a_terminal_would_show_what_is_typed(monkeypatch: pytest.MonkeyPatch) -> None:
    """So a switch wants standard input redirected."""
    terminal = Input("")
    monkeypatch.setattr(terminal, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stdin", terminal)
    with pytest.raises(UsageProblem, match="is a terminal"):
        Given(lambda _texts: None).read(CARD, {"card_stdin": True}, required=True)


def test_without_terminal_and_switch_it_says_what_to_type() -> None:
    """Exit 2, whatever the value is."""
    for marker in (CARD, TOKEN, OTP):
        with pytest.raises(UsageProblem) as told:
            Given(lambda _texts: None).read(marker, {}, required=True)
        assert marker.switch in str(told.value.next_step)


def test_a_token_may_be_typed_and_is_learnt() -> None:
    """It is still not shown."""
    learnt: list[str] = []
    assert Given(learnt.extend).read(TOKEN, {"cc_token": "token-0815"}, required=True) == "token-0815"
    assert "token-0815" in learnt


def test_two_places_contradict_each_other() -> None:
    """An option and standard input."""
    with pytest.raises(UsageProblem, match="contradict"):
        Given(lambda _texts: None).read(TOKEN, {"cc_token": "t", "cc_token_stdin": True}, required=True)


def test_a_file_holds_the_same_as_standard_input(tmp_path: Path) -> None:
    """Where the marker allows one."""
    marker = Hidden("wallet", "x.", (Part("a", "A", str),), json=True, file="A file.")
    file = tmp_path / "w.json"
    file.write_text('{"a": "b"}')
    assert Given(lambda _texts: None).read(marker, {"wallet": str(file)}, required=True) == {"a": "b"}
    with pytest.raises(UsageProblem, match="No such file"):
        Given(lambda _texts: None).read(marker, {"wallet": str(tmp_path / "none")}, required=True)


def test_prompts_ask_again_until_a_part_is_right(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One prompt a part, with its label."""
    answers = iter(["4242424242424241", "4242 4242 4242 4242", "2", "29", "007"])
    asked: list[str] = []

    def ask(question: str) -> str:
        asked.append(question)
        return next(answers)

    monkeypatch.setattr(hidden, "ask_hidden", ask)
    assert Asking(lambda _texts: None).read(CARD, {}, required=True) == VALUES
    assert asked == ["Card number: ", "Card number: ", "Expiry month: ", "Expiry year: ", "CVV: "]
    assert "check digit" in capsys.readouterr().err


def test_what_is_optional_is_not_asked_for() -> None:
    """It is left out unless it was given."""
    assert Asking(lambda _texts: None).read(CARD, {}, required=False) is None


def test_a_rehearsal_reads_nothing() -> None:
    """Words stand where the values would."""
    assert Rehearsed().read(CARD, {"card_stdin": True}, required=True)["number"] == "<card_number>"
    assert Rehearsed().read(TOKEN, {"cc_token": "t"}, required=True) == "<cc_token>"
    assert Rehearsed().read(CARD, {}, required=False) is None


def test_one_value_a_run_comes_from_standard_input() -> None:
    """Two switches are refused before anything is read."""
    declared = [
        Parameter("card", CARD, required=True, default=None),
        Parameter("otp", OTP, required=True, default=None),
    ]
    with pytest.raises(UsageProblem, match="--card-stdin and --otp-stdin both"):
        build_values(declared, {"card_stdin": True, "otp_stdin": True}, {})


def test_a_free_option_that_holds_a_card_number_is_refused() -> None:
    """Text and JSON files alike; an identifier is not looked at."""
    note = Parameter("note", Option("A note."), required=False, default=None)
    reference = Parameter("reference", Option("A reference.", parse=identifier(36)), required=False, default=None)
    for value in ("4242 4242 4242 4242", {"x": ["4242424242424242"]}, ("a", "4242424242424242")):
        with pytest.raises(UsageProblem) as told:
            build_values([note], {"note": value}, {})
        assert "'--note'" in told.value.message
        assert "4242" not in told.value.message
    number = "4242424242424242"
    assert build_values([reference], {"reference": number}, {}) == {"reference": number}
