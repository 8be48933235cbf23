"""No secret comes out, in whatever form it comes back."""

import base64
import html
import json
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paycli.output.masking import Masker, without_card_data

SECRET = 'k"ey/+ü sécrét-42'


@pytest.mark.parametrize(
    "form",
    [
        SECRET,
        quote(SECRET, safe=""),
        quote(SECRET),
        json.dumps(SECRET)[1:-1],
        json.dumps(SECRET, ensure_ascii=False)[1:-1],
        SECRET.replace('"', '""'),
        base64.b64encode(SECRET.encode()).decode().rstrip("="),
        base64.urlsafe_b64encode(SECRET.encode()).decode().rstrip("="),
    ],
)
def test_each_form_is_masked(form: str) -> None:
    """Raw, percent-encoded, JSON-escaped, as in CSV and base64."""
    masker = Masker()
    masker.learn([SECRET])
    masked = masker.mask(f"before {form} after")
    assert "***" in masked
    assert form not in masked
    assert masked.startswith("before ")
    assert masked.endswith(" after")


@given(lead=st.binary(max_size=7), tail=st.binary(max_size=7))
def test_base64_is_masked_wherever_the_secret_lies_in_it(lead: bytes, tail: bytes) -> None:
    """As in a Basic header that holds user and password."""
    masker = Masker()
    masker.learn(["correct horse battery"])
    encoded = base64.b64encode(lead + b"correct horse battery" + tail).decode()
    assert "***" in masker.mask(encoded)
    assert base64.b64encode(b"rrect horse batt").decode()[2:-4] not in masker.mask(encoded)


def test_short_values_are_not_masked_by_value() -> None:
    """A CVV of three digits would mask half of every amount."""
    masker = Masker()
    masker.learn(["123", ""])
    assert masker.mask("1234567") == "1234567"


def test_what_a_rehearsal_shows_instead_of_a_secret_stays() -> None:
    """The variable of a secret, or its name in angle brackets, is none."""
    body = {"password": "${PAYCLI_CI_PASSWORD}", "refresh_token": "<refresh_token>", "client_secret": "$open"}
    assert without_card_data(body) == {**body, "client_secret": "***"}
    told = json.dumps({"curl": 'x --data "password=${PAYCLI_CI_PASSWORD}" &password=${PAYCLI_A}b', **body})
    assert Masker().mask(told) == told.replace("password=${PAYCLI_A}b", "password=***").replace("$open", "***")


def test_the_signature_of_a_link_is_masked() -> None:
    """It opens a file to whoever has it."""
    told = '{"url": "https://files.example/x?X-Amz-Expires=9&X-Amz-Signature=0f1e2d"}'
    assert Masker().mask(told) == told.replace("0f1e2d", "***")


@pytest.mark.parametrize(
    "field", ["cc_number", "recipient_cc_number", "card_cvv", "exp_month", "exp_year", "cryptogram"]
)
def test_what_a_card_command_sends_is_masked_by_field(field: str) -> None:
    """In data, in JSON text, and in JSON within JSON; whatever its length."""
    assert without_card_data({"a": [{field: "12"}]}) == {"a": [{field: "***"}]}
    assert Masker().mask(f'{{"{field}":12}}') == f'{{"{field}":"***"}}'
    inner = json.dumps({"body": json.dumps({field: "12"})})
    assert "12" not in Masker().mask(inner)


def test_the_words_of_a_rehearsal_are_shown() -> None:
    """They stand for what is not there."""
    assert without_card_data({"cc_number": "<card_number>"}) == {"cc_number": "<card_number>"}
    assert Masker().mask('{"cc_number":"<card_number>"}') == '{"cc_number":"<card_number>"}'
    assert without_card_data({"cryptogram": {"eci": "05"}}) == {"cryptogram": "***"}
    assert Masker().mask('{"card_cvv":"<x>1"}') == '{"card_cvv":"***"}'


def test_the_variable_of_a_rehearsal_is_no_value() -> None:
    """Only a whole variable of paycli's is let through."""
    masker = Masker()
    for text in (
        '"accessToken": "${PAYCLI_CI_ACCESS_TOKEN}"',
        "?a=1&accessToken=${PAYCLI_CI_ACCESS_TOKEN}&b=2",
        '\\"accessToken\\":\\"${PAYCLI_CI_ACCESS_TOKEN}\\"',
    ):
        assert masker.mask(text) == text
        assert masker.mask(text.replace("${PAYCLI_CI_ACCESS_TOKEN}", "abc")) == text.replace(
            "${PAYCLI_CI_ACCESS_TOKEN}", "***"
        )
    assert masker.without({"accessToken": "${PAYCLI_A_B}"}) == {"accessToken": "${PAYCLI_A_B}"}
    assert masker.without({"accessToken": "${PAYCLI_A_B}x"}) == {"accessToken": "***"}


def test_what_a_command_exists_to_deliver_is_let_through_alone() -> None:
    """Its fields and its values; every other secret stays masked."""
    masker = Masker()
    masker.learn(["old-secret-1", "new-secret-2"])
    opened = masker.revealing(["accessToken"], ["new-secret-2"])
    data = {"accessToken": "new-secret-2", "password": "x", "note": "old-secret-1"}
    assert opened.without(data) == {"accessToken": "new-secret-2", "password": "***", "note": "old-secret-1"}
    assert opened.mask("old-secret-1 new-secret-2 accessToken=1 pin=2") == "*** new-secret-2 accessToken=1 pin=***"
    assert masker.mask("new-secret-2 accessToken=1") == "*** accessToken=***"


@pytest.mark.parametrize(
    "form",
    [
        SECRET.replace("+", r"\u002b").replace("-", r"\u002D"),
        "".join(f"\\u{ord(char):04x}" for char in SECRET),
        SECRET.replace("-", "%2d").replace("é", "%c3%A9"),
        "".join(f"%{byte:02x}" for byte in SECRET.encode()),
        json.dumps(json.dumps(SECRET))[3:-3],
        json.dumps(json.dumps(SECRET.replace("+", "~plus~")))[3:-3].replace("~plus~", r"\\u002b"),
        html.escape(SECRET),
        SECRET.replace('"', "&#34;").replace("ü", "&#xFC;"),
        repr(SECRET.encode())[2:-1],
        SECRET.encode().hex(),
        SECRET.encode().hex().upper(),
        "it's-a-'secret'".replace("'", "''"),
        "😀-emoji-password".encode("ascii", "backslashreplace").decode(),
        json.dumps("😀-emoji-password")[1:-1],
    ],
)
def test_whatever_of_it_is_escaped(form: str) -> None:
    """Which characters an encoder escapes is its own choice, and so is the case of its digits."""
    masker = Masker()
    masker.learn([SECRET, "it's-a-'secret'", "😀-emoji-password"])
    assert masker.mask(f'before "{form}" after') == 'before "***" after'


def test_what_is_escaped_and_no_secret_stays() -> None:
    """Character by character."""
    masker = Masker()
    masker.learn([SECRET])
    told = r"""\u00e9 100%25 &amp; it''s \"so\" \\ and%20on k\u0022ey"""
    assert masker.mask(told) == told


@pytest.mark.parametrize("form", ["4242 4242 4242 4242", "4242-4242-4242-4242", "4242\u00a04242\u00a04242\u00a04242"])
def test_a_card_number_is_masked_in_groups_too(form: str) -> None:
    """As people write it, and as receipts print it."""
    masker = Masker()
    masker.learn(["4242424242424242", "378282246310005"])
    assert masker.mask(f"card {form}, 3782 822463 10005") == "card ***, ***"


def test_hidden_data_holds_no_value_in_any_text() -> None:
    """In names and nested values; what holds none is the very same."""
    masker = Masker()
    masker.learn([SECRET])
    harmless = {"a": [{"b": "x"}, 1, None]}
    assert masker.hide(harmless) is harmless
    assert masker.hide({SECRET: [{"b": f"x {SECRET}"}, 1]}) == {"***": [{"b": "x ***"}, 1]}


def test_what_several_threads_learn_at_the_same_time_is_all_known() -> None:
    """Rows of a bulk run bring what must not be shown, each in its own thread."""
    masker = Masker()
    values = [f"secret-number-{number:04}" for number in range(200)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda value: masker.learn([value]), values))
    assert [value for value in values if masker.mask(value) != "***"] == []
