"""What the fuzzers found that has no better place: each a sentence."""

from typing import Any

import pytest

from paycli.errors import NothingSent, UsageProblem
from paycli.operations.looks import moment_of
from paycli.operations.operation import Request
from paycli.operations.outcome import Succeeded
from paycli.operations.steps import name_in
from paycli.output.query import compile_query, search
from paycli.profiles.settings import bundle, duration
from paycli.providers.terapay.signing import lifetime_of, read_token
from paycli.providers.toman.reports import unfinished
from paycli.providers.toman.signing import read
from paycli.providers.tora.bills import shown
from paycli.sending.download import check_link

REQUEST = Request("POST", "base_url", "/x")
HUGE = int("9" * 4000)


@pytest.mark.parametrize("expression", ["(" * 5000, "!" * 3000 + "a"])
def test_an_expression_that_is_nested_deeply_is_refused(expression: str) -> None:
    """As a usage error that does not repeat it."""
    with pytest.raises(ValueError, match="nested too deeply"):
        compile_query(expression)


def test_an_expression_is_no_value() -> None:
    """& is for what sort_by takes."""
    with pytest.raises(UsageProblem):
        search("&a", {"a": 1})
    with pytest.raises(UsageProblem):
        search("{x: &a}", {"a": 1})
    assert search("sort_by(@, &a)[0].a", [{"a": 2}, {"a": 1}]) == 1


def test_a_number_beyond_all_measure_in_a_query_is_none() -> None:
    """It would be written out."""
    assert search("`1e999999999`", {}) == "1e999999999"
    assert search("to_number('1e999999999')", {}) is None


@pytest.mark.parametrize("link", ["https://[", "http://[::1", "https://a@b/x", None, {"a": 1}])
def test_a_link_that_is_none_is_not_fetched(link: object) -> None:
    """Whatever stands where the link should."""
    with pytest.raises(NothingSent):
        check_link(link)


@pytest.mark.parametrize("seconds", [HUGE, -HUGE])
def test_a_lifetime_beyond_all_measure_is_no_defect(seconds: int) -> None:
    """A token is believed for a year at most, and for no time below zero."""
    assert 0 <= read_token(REQUEST, {"token": "t", "expiresIn": seconds}, 0.0).expires <= 366 * 86400
    assert 0 <= read(REQUEST, {"access_token": "t", "expires_in": seconds}, 0.0).expires <= 366 * 86400
    assert 0 <= lifetime_of({"max-age": str(seconds)}, 0.0) <= 366 * 86400


@pytest.mark.parametrize("text", ["²", "", "1e9", "9" * 5000, "x"])
def test_an_odd_max_age_is_as_if_it_said_nothing(text: str) -> None:
    """A day."""
    assert lifetime_of({"max-age": text}, 0.0) == 86400


def test_an_expiry_at_the_edge_of_the_calendar_is_no_defect() -> None:
    """It is a moment, or none."""
    assert read_token(REQUEST, {"token": "t", "expiresAt": "0001-01-01T00:00:00+23:59"}, 0.0).expires < 0
    assert moment_of("9999-12-31T23:59:59-23:59") is None


def test_states_and_lists_of_a_wrong_type_are_shown_and_not_judged() -> None:
    """In lists that are waited for, and in bills."""
    assert not unfinished({"status": {"a": 1}})
    assert unfinished({"status": 0})
    assert shown([{"options": 5}, {"options": {"a": 1}}]).lines == []


def test_names_and_numbers_of_settings_beyond_all_measure_are_refused() -> None:
    """With the usual sentence."""
    with pytest.raises(ValueError, match="there is no such file"):
        bundle("x" * 5000)
    with pytest.raises(ValueError, match="write a number of seconds"):
        duration("9" * 5000)


def test_time_without_end_is_no_timeout(run: Any) -> None:
    """A day is the longest."""
    assert run("tranzzo", "orders", "show", "A-1", "-p", "sandbox", "--dry-run", "--timeout", "9" * 400).code == 2


@pytest.mark.parametrize("data", [{}, {"id": []}, {"id": {"a": 1}}, {"id": " "}, [], "x", None])
def test_a_report_that_is_not_named_is_not_asked_for(data: object) -> None:
    """It is told; what was shown so far stays whole."""
    with pytest.raises(NothingSent, match="names no id"):
        name_in(Succeeded(data), "id")
    assert name_in(Succeeded({"id": 7}), "id") == "7"
