"""Raw requests: what they may name, and what they are taken for."""

from typing import Any

import pytest

from paycli.errors import UsageProblem
from paycli.operations.operation import Effect, Request
from paycli.providers.mobilepay import MOBILEPAY
from paycli.providers.tranzzo import TRANZZO
from paycli.tools.api import check_path, make_request, raw_operation
from tests.helpers import Served

FACTS = {"pos_id": "p/1"}


@pytest.mark.parametrize(
    "path",
    [
        "api",
        "",
        "//evil.test/x",
        "/%2Fevil.test",
        "https://evil.test",
        "/a/../b",
        "/a/%2e%2E/b",
        "/./a",
        "/a\\b",
        "/a%5Cb",
        "/a\nb",
        "/a%0d%0aX: y",
        "/a#b",
        "@evil.test",
    ],
)
def test_a_path_cannot_leave_the_profiles_host_or_hide_its_route(path: str) -> None:
    """Scheme, authority, backslash, dot segment and control character are refused."""
    with pytest.raises(UsageProblem):
        check_path(path)


@pytest.mark.parametrize("path", ["/", "/api/v1/refund", "/a%2Fb", "/a?b=c/../d", "/Ωμέγα", "/{pos_id}/x"])
def test_other_paths_are_taken(path: str) -> None:
    """As they are."""
    check_path(path)


@pytest.mark.parametrize(
    "method,path,effect",
    [
        ("GET", "/api/v1/pos/{pos_id}/orders/A-1", Effect.READS),
        ("GET", "/api/v1/pos/{pos_id}/orders/A-1?callback=true", Effect.WRITES),
        ("GET", "/api/v1/pos/{pos_id}/transactions?startDate=1&enddate=2", Effect.READS),
        ("GET", "/api/v1/pos/{pos_id}/transactions?startDate=1&x=2", Effect.WRITES),
        ("POST", "/api/v1/refund", Effect.MOVES_MONEY),
        ("POST", "/api/v1/refun%64", Effect.MOVES_MONEY),
        ("POST", "/api/v1/unheard-of", Effect.WRITES),
        ("GET", "/api/v1/refund", Effect.WRITES),
        ("GET", "/health", Effect.READS),
    ],
)
def test_a_request_has_the_effect_of_what_it_matches_else_it_is_a_change(
    method: str, path: str, effect: Effect
) -> None:
    """A parameter that no declaration knows makes a read a change."""
    request = make_request(method, path, {}, None, {"pos_id": "p-1"})
    assert raw_operation(TRANZZO, request, path).effect is effect


def test_fields_go_into_the_query_of_a_get_and_the_body_of_a_post() -> None:
    """The profile's fields fill the path, quoted."""
    assert make_request("GET", "/a/{pos_id}?x=1", {"y": "2 3"}, None, FACTS) == Request(
        "GET", "base_url", "/a/p%2F1", (("x", "1"), ("y", "2 3"))
    )
    assert make_request("POST", "/a b", {"y": 1}, None, FACTS) == Request("POST", "base_url", "/a%20b", (), {"y": 1})
    assert make_request("POST", "/a", {}, b"[1]", FACTS).raw == b"[1]"


def test_a_raw_refund_moves_money_and_a_raw_look_up_shows_it(sandbox: Served) -> None:
    """Signed like every other request."""
    sandbox.held("R-1")
    sandbox.paycli("tranzzo", "capture", "R-1", "--all", "--currency", "UAH", "-p", "sandbox")
    pos = "pos_id=5a5d0b0c-1c7e-4f5e-9d52-0f3f3f6a1d01"
    fields = ["-f", pos, "-f", "order_id=R-1", "-f", "order_currency=UAH", "-f", "refund_amount:=1.50"]
    refund = sandbox.paycli("api", "sandbox-tranzzo", "post", "/api/v1/refund", *fields)
    assert (refund.code, refund.json["amount"]) == (0, 1.5)
    read = sandbox.paycli("api", "sandbox-tranzzo", "GET", "/api/v1/pos/{pos_id}/orders/R-1", "--query", "length(@)")
    assert (read.code, read.out) == (0, "3\n")
    body = f'{{"pos_id": "{pos[7:]}", "order_id": "R-1", "order_currency": "UAH", "refund_amount": 500}}'
    raw = ("api", "sandbox-tranzzo", "POST", "/api/v1/refund", "--input", "-")
    assert sandbox.paycli(*raw, stdin=body).code == 10
    assert sandbox.paycli(*raw, "--no-preflight", stdin=body).code == 5
    assert sandbox.paycli("api", "sandbox-tranzzo", "GET", "/health").out == '"OK"\n'
    assert sandbox.paycli("api", "sandbox-tranzzo", "GET", "/nowhere").code == 3


def test_a_raw_change_needs_write_access(sandbox: Served) -> None:
    """As every change does; an unknown path is taken for one."""
    read_only = {"PAYCLI_SANDBOX_TRANZZO_ACCESS": "read"}
    for words in (("POST", "/api/v1/refund"), ("GET", "/api/v1/unheard-of")):
        assert sandbox.paycli("api", "sandbox-tranzzo", *words, **read_only).code == 10
    assert sandbox.paycli("api", "sandbox-tranzzo", "GET", "/health", **read_only).code == 0


@pytest.mark.parametrize(
    "words",
    [
        ("PURGE", "/x"),
        ("GET", "x"),
        ("POST", "/x", "-f", "novalue"),
        ("POST", "/x", "-f", "a:=nojson"),
        ("POST", "/x", "-f", "a=b", "--input", "-"),
        ("POST", "/x", "--input", "/no/such/file"),
    ],
)
def test_what_cannot_be_meant_is_exit_2(run: Any, words: tuple[str, ...]) -> None:
    """Before anything is sent."""
    assert run("api", "sandbox-tranzzo", *words).code == 2


def test_a_credential_that_was_typed_is_not_written_down() -> None:
    """The journal holds what a raw request is called."""
    typed = "/api/pos/payment/status?paymentId=x&accessToken=typed-token-1"
    request = make_request("GET", typed, {}, None, {})
    assert raw_operation(MOBILEPAY, request, typed).command.endswith("?paymentId=x&accessToken=***")
