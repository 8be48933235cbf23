"""From a declaration and typed values to a request: fill the path, drop what was left out, encode money."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from paycli.operations.money import Money
from paycli.operations.operation import Operation, Request
from paycli.operations.params import Argument
from paycli.operations.provider import Provider, Values
from paycli.operations.routes import PLACEHOLDER, routed
from paycli.operations.signature import parameters
from paycli.patterns import pattern
from paycli.values import replace

_ORIGIN = pattern(r"\{([a-z]+_url)\}")
METHODS_WITHOUT_BODY = frozenset({"GET", "DELETE"})


def compose(provider: Provider, operation: Operation, values: Mapping[str, Any], facts: Values) -> Request:
    """Return the request of an operation, complete but for its signature.

    ``values`` are the function's parameters; ``facts`` the profile's plain fields. A placeholder of the path is an
    argument of that name, else a field of the profile; a missing field stays visible as ``<field>``. A route that the
    profile names replaces the declared one.
    """
    operation = routed(operation, facts)
    origin, template, fixed_query = _split(operation.path)
    named = {
        spelt(parameter.marker.name): str(values[parameter.name])
        for parameter in parameters(operation.fields)
        if isinstance(parameter.marker, Argument) and not (parameter.marker.many or parameter.marker.content)
    }
    parts = {name: named.get(spelt(name)) or facts.get(name) for name in PLACEHOLDER.findall(template)}
    path = PLACEHOLDER.sub(lambda match: _segment(match[1], parts[match[1]]), template)
    given = {name: value for name, value in operation.fields(**values).items() if value is not None}
    fields = {name: _encode(provider, value) for name, value in given.items()}
    request = Request(
        operation.verb,
        origin,
        path,
        fixed_query,
        headers={name: str(fields.pop(name)) for name in operation.headers if name in fields},
        form=operation.form,
        money=next((value for value in given.values() if isinstance(value, Money)), None),
        parts={name: text for name, text in parts.items() if text is not None},
    )
    request = _with_fields(request, operation, fields)
    if operation.saved:
        accept = {"Accept": f"{operation.saved.accepted}, */*;q=0.5"}
        request = replace(request, headers={**request.headers, **accept})
    return provider.carry(provider.complete(operation, request, facts), facts)


def _with_fields(request: Request, operation: Operation, fields: Mapping[str, Any]) -> Request:
    """Return the request with the fields in its query or its body."""
    if operation.verb in METHODS_WITHOUT_BODY:
        asked = fields
        body = None
    else:
        asked = {name: value for name, value in fields.items() if name in operation.query}
        body = {name: value for name, value in fields.items() if name not in operation.query}
    query = (*request.query, *((name, str(value)) for name, value in asked.items()))
    return replace(request, query=query, body=body)


def _split(template: str) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    origin = "base_url"
    if match := _ORIGIN.match(template):
        origin, template = match[1], template[match.end() :]
    path, _, query = template.partition("?")
    pairs = tuple((name, value) for name, _, value in (pair.partition("=") for pair in query.split("&") if pair))
    return origin, path, pairs


def spelt(name: str) -> str:
    """Return a name as names are compared: ``PAYMENT_CODE`` is the placeholder ``paymentCode``."""
    return name.replace("_", "").lower()


def _segment(name: str, text: str | None) -> str:
    return f"<{name}>" if text is None else quote(text, safe="")


def _encode(provider: Provider, value: Any) -> Any:
    if isinstance(value, Money):
        return provider.money(value)
    if isinstance(value, Mapping):
        return {name: _encode(provider, item) for name, item in value.items() if item is not None}
    if isinstance(value, list | tuple):
        return [_encode(provider, item) for item in value]
    return value
