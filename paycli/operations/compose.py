"""From a declaration and typed values to a request: fill the path, drop what was left out, encode money."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from paycli.operations.money import Money
from paycli.operations.operation import Operation, Request
from paycli.operations.params import Argument
from paycli.operations.provider import Provider, Values
from paycli.operations.signature import parameters

_PLACEHOLDER = re.compile(r"\{([a-z_A-Z]+)\}")
_ORIGIN = re.compile(r"\{([a-z]+_url)\}")
METHODS_WITHOUT_BODY = frozenset({"GET", "DELETE"})


def compose(provider: Provider, operation: Operation, values: Mapping[str, Any], facts: Values) -> Request:
    """Return the request of an operation, complete but for its signature.

    ``values`` are the function's parameters; ``facts`` the profile's plain fields. A placeholder of the path is an
    argument of that name, else a field of the profile; a missing field stays visible as ``<field>``.
    """
    origin, template, fixed_query = _split(operation.path)
    named = {
        plain(parameter.marker.name): str(values[parameter.name])
        for parameter in parameters(operation.fields)
        if isinstance(parameter.marker, Argument) and not (parameter.marker.many or parameter.marker.content)
    }
    path = _PLACEHOLDER.sub(lambda match: _segment(match[1], named, facts), template)
    given = {name: value for name, value in operation.fields(**values).items() if value is not None}
    money = next((value for value in given.values() if isinstance(value, Money)), None)
    fields = {name: _encode(provider, value) for name, value in given.items()}
    if operation.verb in METHODS_WITHOUT_BODY:
        query = (*fixed_query, *((name, str(value)) for name, value in fields.items()))
        request = Request(operation.verb, origin, path, query, money=money)
    else:
        query = (*fixed_query, *((name, str(value)) for name, value in fields.items() if name in operation.query))
        body = {name: value for name, value in fields.items() if name not in operation.query}
        request = Request(operation.verb, origin, path, query, body, form=operation.form, money=money)
    if operation.saved:
        request = replace(request, headers={"Accept": f"{operation.saved.accepted}, */*;q=0.5"})
    return provider.carry(provider.complete(operation, request, facts), facts)


def plain(name: str) -> str:
    """Return a name without its case and underscores, so that ``apiUserId`` in a path is the argument API_USER_ID."""
    return name.replace("_", "").lower()


def _split(template: str) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    origin = "base_url"
    if match := _ORIGIN.match(template):
        origin, template = match[1], template[match.end() :]
    path, _, query = template.partition("?")
    pairs = tuple((name, value) for name, _, value in (pair.partition("=") for pair in query.split("&") if pair))
    return origin, path, pairs


def _segment(name: str, named: Mapping[str, str], facts: Values) -> str:
    if plain(name) in named:
        return quote(named[plain(name)], safe="")
    if name in facts:
        return quote(facts[name], safe="")
    return f"<{name}>"


def _encode(provider: Provider, value: Any) -> Any:
    if isinstance(value, Money):
        return provider.money(value)
    if isinstance(value, Mapping):
        return {name: _encode(provider, item) for name, item in value.items() if item is not None}
    if isinstance(value, list | tuple):
        return [_encode(provider, item) for item in value]
    return value
