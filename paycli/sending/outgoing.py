"""From a request to the bytes that leave: the address, the body, the signature; and the same as a rehearsal."""

import re
import shlex
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote, urlencode

from paycli.errors import ConfigurationProblem
from paycli.operations.credential import Credential
from paycli.operations.operation import Operation, Request
from paycli.operations.provider import Provider, Signature, Unsigned
from paycli.operations.wire import decode, encode
from paycli.profiles.profile import Profile

JSON = "application/json"
FORM = "application/x-www-form-urlencoded"
SIGNATURE = "<signature>"
MASK = "***"


def unsigned(request: Request, profile: Profile, values: Mapping[str, str]) -> Unsigned:
    """Return what is signed, with credentials filled in. The host is the profile's own, whatever the request says.

    Raises ConfigurationProblem for a credential that the profile does not have: no placeholder ever leaves.
    """
    for name in credentials(request):
        if not values.get(name):
            raise ConfigurationProblem(
                f"Profile {profile.name} has no {name}.",
                next_step=f"add {name} to the profile, or set the variable {profile.variable(name)}",
            )
    return _filled(request, profile, values)


def masked(request: Request, profile: Profile) -> Unsigned:
    """Return the request as it may be shown: no credential stands in its address or body."""
    return _filled(request, profile, dict.fromkeys(credentials(request), MASK), safe="*")


def credentials(request: Request) -> list[str]:
    """Return the fields of the profile that go in the request's query or body."""
    return list(dict.fromkeys(text.field for text in _texts(request) if isinstance(text, Credential)))


def _texts(request: Request) -> Iterator[Any]:
    yield from (text for _, text in request.query)
    yield from (request.body or {}).values()


def _filled(request: Request, profile: Profile, values: Mapping[str, str], safe: str = "") -> Unsigned:
    def fill(text: Any) -> Any:
        return values[text.field] if isinstance(text, Credential) else text

    pairs = [(name, fill(text)) for name, text in request.query]
    query = f"?{urlencode(pairs, quote_via=quote, safe=safe)}" if pairs else ""
    host = profile.host(request.origin) or f"<{request.origin}>"
    return Unsigned(request.method, f"{host}{request.path}{query}", _body(request, fill))


def _body(request: Request, fill: Any) -> bytes:
    if request.raw is not None:
        return request.raw
    if request.body is None:
        return b""
    fields = {name: fill(value) for name, value in request.body.items()}
    return urlencode(fields, quote_via=quote).encode() if request.form else encode(fields)


def headers(request: Request, signature: Mapping[str, str]) -> dict[str, str]:
    """Return all headers that paycli itself sets."""
    content = {} if request.body is None and request.raw is None else {"Content-Type": FORM if request.form else JSON}
    return {"Accept": JSON, **content, **request.headers, **signature}


def rehearse(request: Request, profile: Profile, provider: Provider, operation: Operation) -> dict[str, Any]:
    """Return the request as it would be signed, with secrets as variables, needing neither secrets nor a network.

    The ``curl`` line is for a POSIX shell in which those variables are set; it signs for itself.
    """
    names = {*provider.secrets, *credentials(request)}
    tokens = {one.value for one in provider.sign_ins}
    variables = {name: f"${{{profile.variable(name)}}}" for name in names - tokens}
    sign_in = provider.sign_in_of(operation)
    if sign_in and operation.sign_in:
        request = sign_in.prove(operation, request, {**profile.plain, **variables})
        variables |= {name: f"${{{profile.variable(name)}}}" for name in credentials(request)}
    elif sign_in:
        variables[sign_in.value] = f"${{{profile.variable(sign_in.value)}}}"
    raw = _filled(request, profile, variables, safe="${}" if credentials(request) else "")
    signature = provider.sign(raw, {**profile.plain, **variables})
    return {
        "method": raw.method,
        "url": raw.url,
        "headers": headers(request, _shown(signature)),
        "body": _rehearsed_body(request, raw),
        "string_to_sign": signature.string_to_sign,
        "curl": _curl(request, raw, headers(request, signature.for_shell), profile),
    }


def _rehearsed_body(request: Request, raw: Unsigned) -> Any:
    if request.raw is not None:
        return raw.body.decode(errors="replace")
    if request.body is None or not credentials(request):
        return request.body
    return decode(raw.body)


def _shown(signature: Signature) -> dict[str, str]:
    """Return the headers with what would be computed as a word, since a signature made of variables means nothing."""
    return {
        name: text if text == signature.for_shell[name] else signature.for_shell[name].partition("$(")[0] + SIGNATURE
        for name, text in signature.headers.items()
    }


def _curl(request: Request, raw: Unsigned, all_headers: Mapping[str, str], profile: Profile) -> str:
    carried = [(name, text) for name, text in request.query if isinstance(text, Credential)]
    rest = urlencode([pair for pair in request.query if pair not in carried], quote_via=quote)
    url = raw.url.partition("?")[0] + (f"?{rest}" if rest else "")
    words = [f"curl -sS -X {raw.method} {shlex.quote(url if carried else raw.url)}"]
    words += [f'-H "{name}: {value}"' for name, value in all_headers.items()]
    if carried:
        # curl quotes the values itself, which a variable in an address would need.
        words += ["-G", *(f'--data-urlencode "{name}=${{{profile.variable(text.field)}}}"' for name, text in carried)]
    if request.form:
        return " ".join([*words, *(f"--data-urlencode {_word(k, v)}" for k, v in (request.body or {}).items())])
    if not raw.body:
        return f"BODY=''; {' '.join(words)}"
    body = _quoted(raw.body.decode(errors="replace"), credentials(request), profile)
    return f'BODY={body}; {" ".join(words)} --data-binary "$BODY"'


def _quoted(text: str, carried: list[str], profile: Profile) -> str:
    """Return the text for a POSIX shell, which puts the values of the variables in it in their places."""
    if not carried:
        return shlex.quote(text)
    variables = "|".join(re.escape(f"${{{profile.variable(name)}}}") for name in carried)
    parts = re.split(f"({variables})", text)
    return "".join(f'"{part}"' if index % 2 else shlex.quote(part) for index, part in enumerate(parts) if part)


def _word(name: str, value: Any) -> str:
    """Return a field of a form as a word of the shell, in which a variable is filled in."""
    text = f"{name}={value}"
    return f'"{text}"' if str(value).startswith("${") else shlex.quote(text)
