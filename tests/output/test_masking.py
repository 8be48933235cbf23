"""No secret comes out, in whatever form it comes back."""

import base64
import json
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
        base64.b64encode(SECRET.encode()).decode().rstrip("="),
        base64.urlsafe_b64encode(SECRET.encode()).decode().rstrip("="),
    ],
)
def test_each_form_is_masked(form: str) -> None:
    """Raw, percent-encoded, JSON-escaped and base64."""
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
