"""What Toman's declarations make of what was typed, as pure functions."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from paycli.operations.operation import Request
from paycli.operations.outcome import Answer, Reason
from paycli.operations.provider import Unsigned
from paycli.providers.toman import TOMAN
from paycli.providers.toman.answers import explain
from paycli.providers.toman.fields import terminal_number, timestamp, uuid, whole_number
from paycli.providers.toman.payments import card_mask, only
from paycli.providers.toman.reports import unfinished
from paycli.providers.toman.signing import SCOPES, named_scopes, read, sign, wanted

OPERATIONS = TOMAN.load()


def test_every_scope_of_the_commands_is_asked_for_by_a_bare_login() -> None:
    """So that it serves all of them."""
    declared = {scope for operation in OPERATIONS.values() for scope in operation.scopes}
    assert wanted(OPERATIONS["login"], {}) == declared == set(SCOPES)


def test_scopes_are_apart_by_spaces_or_commas() -> None:
    """As people write lists."""
    assert named_scopes(" a.b, c.d  e ") == ("a.b", "c.d", "e")
    assert wanted(OPERATIONS["psps list"], {"scopes": "a b"}) == {"a", "b"}


def test_a_token_is_read_with_its_end_and_its_scopes() -> None:
    """What was asked for counts, and what was granted."""
    request = Request("POST", "auth_url", "/oauth2/token/", body={"scope": "a b"})
    token = read(request, {"access_token": "t", "refresh_token": "r", "expires_in": 60, "scope": "a c"}, 1000.0)
    assert (token.text, token.refresh, token.expires) == ("t", "r", 1060.0)
    assert token.scopes == {"a", "b", "c"}
    assert token.refresh_expires == 1000.0 + 7 * 86400
    assert read(request, {"access_token": "t"}, 0.0).expires == 86400


@pytest.mark.parametrize("content", [None, [], {}, {"access_token": ""}, {"access_token": 5}])
def test_an_answer_without_a_token_is_none(content: Any) -> None:
    """Nothing else is taken for one."""
    with pytest.raises(ValueError, match="no access_token"):
        read(Request("POST", "auth_url", "/"), content, 0.0)


def test_the_signature_is_the_token_or_the_clients_credentials() -> None:
    """A sign-in in the body carries no header of the kind."""
    unsigned = Unsigned("GET", "https://x", b"")
    assert sign(unsigned, {"access_token": "t"}).headers == {"Authorization": "Bearer t"}
    assert sign(unsigned, {"client_auth": "body"}).headers == {}
    basic = {"client_auth": "basic", "client_id": "c", "client_secret": "s"}
    assert sign(unsigned, basic).headers == {"Authorization": "Basic Yzpz"}


@pytest.mark.parametrize(
    "text", ["", "4be0643f-1d98-4c1e-9d0e-5f2f6d7a1bzz", "4be0643f1d984c1e9d0e5f2f6d7a1b20", "a/b"]
)
def test_what_is_no_uuid_is_refused(text: str) -> None:
    """Before anything is sent."""
    with pytest.raises(ValueError, match="no UUID"):
        uuid(text)


@pytest.mark.parametrize("text", ["", "-1", "1.0", "٣", "1e3", "9" * 19])
def test_what_is_no_whole_number_is_refused(text: str) -> None:
    """ASCII digits only, and not too many."""
    with pytest.raises(ValueError, match="whole number"):
        whole_number(text)


@pytest.mark.parametrize("text", ["", " 7", "7\n", "7" * 65])
def test_what_is_no_terminal_number_is_refused(text: str) -> None:
    """It names a thing; blanks around it are a slip."""
    with pytest.raises(ValueError, match=r"terminal number|characters long"):
        terminal_number(text)


def test_times_are_sent_in_utc() -> None:
    """Whatever zone they were typed in."""
    tehran = timezone(timedelta(hours=3, minutes=30))
    assert timestamp(datetime(2026, 3, 1, 3, 30, tzinfo=tehran)) == "2026-03-01T00:00:00Z"


@pytest.mark.parametrize(
    "typed,expected",
    [
        ("603799******9999", ("603799", "9999")),
        ("603799xxxxxx9999", ("603799", "9999")),
        ("6037*", ("6037", "")),
        ("*9999", ("", "9999")),
        ("9999", ("", "9999")),
    ],
)
def test_a_card_mask_is_its_ends(typed: str, expected: tuple[str, str]) -> None:
    """However the middle is written."""
    assert card_mask(typed) == expected


def test_nothing_to_choose_by_is_no_choice() -> None:
    """Rows then pass unlooked at."""
    assert only(terminal_type="ipg") is None


def test_a_row_whose_time_cannot_be_read_is_shown_rather_than_hidden() -> None:
    """And one without a zone is in UTC."""
    keep = only(since=datetime(2026, 3, 2, tzinfo=UTC))
    assert keep
    assert keep({"transaction_datetime": "soon"})
    assert keep({"transaction_datetime": "2026-03-02T00:00:00"})
    assert not keep({"transaction_datetime": "2026-03-01T23:59:59"})
    assert not keep("no row")


@pytest.mark.parametrize("status,expected", [(0, True), (1, True), (2, False), (3, False), (4, False), (9, False)])
def test_a_report_is_under_way_until_success_or_failure(status: int, expected: bool) -> None:
    """Expired and unknown states are ends too: waiting for them would never end."""
    assert unfinished({"status": status}) is expected


@pytest.mark.parametrize(
    "status,content,sentence,reason",
    [
        (
            400,
            {"terminal_number": ["exists"], "acceptor_code": "odd"},
            "terminal_number: exists; acceptor_code: odd",
            None,
        ),
        (404, {"detail": "Not found."}, "Not found.", None),
        (400, None, "", None),
        (
            401,
            None,
            "HTTP 401; the command needs the scope repigma.terminal.create, which the user may lack",
            Reason.CREDENTIALS,
        ),
    ],
)
def test_errors_of_the_api_are_told(status: int, content: Any, sentence: str, reason: Reason | None) -> None:
    """Their shape is not documented: the usual fields of the framework, else all of them."""
    reading = explain(OPERATIONS["terminals create"], Request("POST", "base_url", "/"), Answer(status), content)
    assert (reading.sentence, reading.reason) == (sentence, reason)
