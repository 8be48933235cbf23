"""Tranzzo's webhooks: the vector of its document, every change of it, and what is said of a wrong one."""

import base64
import json
from urllib.parse import quote, urlencode

import pytest

from paycli.operations.webhooks import Forged, Genuine
from paycli.providers.tranzzo.notifications import form, samples, sign, signature, verify

SECRET = "changeme"
DATA = "eyJuYW1lIjoiSm9lIiwiYWdlIjoyMH0="
SIGNATURE = "Bcj3hb-h00HrEMIoJ5nPW5ZHlVQ="
EVENT = Genuine({"name": "Joe", "age": 20})
LETTERS = "ABCXYZabcxyz0189-_=+/"


def why(data: str, given: str, secret: str = SECRET) -> str:
    """Return why a notification is refused."""
    found = verify(form(data, given), secret)
    assert isinstance(found, Forged), found
    return found.why


@pytest.mark.parametrize("data", [DATA, DATA.rstrip("=")])
@pytest.mark.parametrize("given", [SIGNATURE, SIGNATURE.rstrip("=")])
def test_the_vector_is_genuine_with_and_without_padding(data: str, given: str) -> None:
    """Padding says nothing."""
    assert verify(form(data, given), SECRET) == EVENT
    assert verify(f"data={data}&signature={given}\n".encode(), SECRET) == EVENT


def test_what_is_signed_without_padding_is_genuine() -> None:
    """The data is signed as it is sent."""
    bare = DATA.rstrip("=")
    assert verify(form(bare, signature(SECRET, bare)), SECRET) == EVENT


@pytest.mark.parametrize("position", range(len(DATA)))
def test_any_changed_character_of_the_data_is_noticed(position: int) -> None:
    """Whatever it is changed to."""
    for letter in set(LETTERS) - {DATA[position]}:
        changed = DATA[:position] + letter + DATA[position + 1 :]
        assert isinstance(verify(form(changed, SIGNATURE), SECRET), Forged), changed


@pytest.mark.parametrize("position", range(len(SIGNATURE)))
def test_any_changed_character_of_the_signature_is_noticed(position: int) -> None:
    """Also where Base64 would decode to the same bytes."""
    for letter in set(LETTERS) - {SIGNATURE[position]}:
        changed = SIGNATURE[:position] + letter + SIGNATURE[position + 1 :]
        assert isinstance(verify(form(DATA, changed), SECRET), Forged), changed


def test_a_wrong_one_is_explained() -> None:
    """Secret, alteration and re-encoding need different remedies."""
    assert why(DATA, SIGNATURE, "another") == why(base64.urlsafe_b64encode(b'{"age":21}').decode(), SIGNATURE)
    assert why(DATA, SIGNATURE, "another").startswith("wrong secret, or altered data")
    assert why(DATA[:-6], SIGNATURE).startswith("altered data")
    assert why(DATA, SIGNATURE[:-5]).startswith("the signature is not one")
    spaced = base64.urlsafe_b64encode(json.dumps({"name": "Joe", "age": 20}).encode()).decode()
    assert why(spaced, SIGNATURE) == "re-encoded data: its JSON was written anew"
    assert why(quote(DATA), SIGNATURE) == "re-encoded data: a percent-encoding too many"
    assert why('{"name":"Joe","age":20}', SIGNATURE).startswith("re-encoded data: it was decoded")
    assert why(DATA[:20] + "\n" + DATA[20:], SIGNATURE) == "re-encoded data: line breaks or spaces were put in"


def test_another_alphabet_is_a_re_encoding() -> None:
    """The signature is over what was sent, not over what it means."""
    event = '{"payload":"~~~???>>>"}'
    data = base64.urlsafe_b64encode(event.encode()).decode()
    standard = base64.b64encode(event.encode()).decode()
    assert data != standard
    given = signature(SECRET, data)
    assert why(standard, given) == "re-encoded data: its Base64 alphabet was changed"
    unquoted = f"data={standard}&signature={given}".encode()
    assert isinstance(verify(unquoted, SECRET), Forged)


@pytest.mark.parametrize("body", [b"", b"{}", b"data=x", b"signature=x", b"\xff=1", b"data=x&data=y&signature=z"])
def test_what_is_no_form_is_refused(body: bytes) -> None:
    """With the same sentence."""
    assert verify(body, SECRET) == Forged(
        "it is no form with one data and one signature", "give it the body as it came, unchanged"
    )


def test_a_right_signature_over_no_event_is_refused() -> None:
    """It is nothing that could be shown."""
    assert isinstance(verify(sign(b"[1]", SECRET), SECRET), Forged)
    assert isinstance(verify(sign(b"\xff", SECRET), SECRET), Forged)


def test_every_sample_is_a_genuine_event() -> None:
    """Of the profile's point of sale."""
    made = samples({"pos_id": "pos-1", "currency": "EUR"}, "2026-03-02T09:15:00.123456+00:00")
    assert set(made) == {"purchase", "auth", "capture", "void", "refund", "failure", "pending"}
    for name, event in made.items():
        body = sign(json.dumps(event).encode(), SECRET)
        assert verify(body, SECRET) == Genuine(event), name
        assert (event["pos_id"], event["currency"], event["created_at"]) == ("pos-1", "EUR", "2026-03-02T09:15:00.123")
    assert urlencode({"data": DATA}) in form(DATA, "x").decode()
