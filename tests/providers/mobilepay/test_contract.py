"""Every route of the document, as our commands compose it."""

import json
import shlex
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from paycli.commands.build import OperationCommand, build_values
from paycli.operations.compose import compose
from paycli.operations.operation import Request
from paycli.profiles.profile import Profile, Value
from paycli.providers.mobilepay import MOBILEPAY
from paycli.sending.outgoing import unsigned

ROUTES = json.loads((Path(__file__).parents[2] / "data" / "mobilepay_contract.json").read_text())
VALUES = {"access_token": "token-41c", "bio_code": "B-7"}


def composed(route: Mapping[str, Any], **facts: str) -> Request:
    """Return the request of what was typed, under a profile that takes the route's method."""
    method = "get" if route["method"] == "GET" else "post"
    plain = {"bio_code": "B-7", "environment": "test", "http_method": method, **facts}
    operation = MOBILEPAY.load(route["command"].split()[0])[route["command"]]
    command = OperationCommand(MOBILEPAY, operation)
    with command.make_context("x", list(route["typed"])) as context:
        values = build_values(command.declared, context.params, plain)
    return compose(MOBILEPAY, operation, values, plain)


def leaving(request: Request) -> tuple[str, str, dict[str, Any], dict[str, Any] | None]:
    """Return method, path, query and body of the bytes that leave."""
    profile = Profile("shop", "mobilepay", {"base_url": Value("https://till.test", "x")})
    raw = unsigned(request, profile, VALUES)
    split = urlsplit(raw.url)
    return raw.method, split.path, dict(parse_qsl(split.query)), json.loads(raw.body) if raw.body else None


def agrees(route: Mapping[str, Any]) -> bool:
    """Return whether our command makes exactly this request."""
    return leaving(composed(route)) == (route["method"], route["path"], route.get("query", {}), route.get("body"))


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{route['method']} {route['path']}")
def test_a_command_makes_the_documented_request(route: Mapping[str, Any]) -> None:
    """Method, path, and every field as text; nothing more."""
    assert leaving(composed(route)) == (route["method"], route["path"], route.get("query", {}), route.get("body"))
    assert all(isinstance(value, str) for value in (route.get("body") or route["query"]).values())


def test_every_route_is_reached(record_property: Callable[[str, object], None]) -> None:
    """All of the document's routes, by all of our commands."""
    agreeing = [route for route in ROUTES if agrees(route)]
    record_property(f"contract of {len(ROUTES)} mobilepay", len(agreeing))
    assert len(agreeing) == len(ROUTES) == len({(route["method"], route["path"]) for route in ROUTES}) == 35
    assert {route["command"] for route in ROUTES} == set(MOBILEPAY.load())


def test_the_samples_are_what_the_parsers_take() -> None:
    """What the help shows can be typed."""
    from paycli.commands.build import example_line

    for name, operation in MOBILEPAY.load().items():
        words = shlex.split(example_line(operation))[2 + len(name.split()) :]
        command = OperationCommand(MOBILEPAY, operation)
        with command.make_context("x", words) as context:
            assert build_values(command.declared, context.params, {}) is not None
