"""From a request to the bytes that leave: the address, the body, the signature; and the same as a rehearsal."""

import shlex
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode

from paycli.operations.operation import Operation, Request
from paycli.operations.provider import Provider, Signature, Unsigned
from paycli.operations.wire import encode
from paycli.profiles.profile import Profile

JSON = "application/json"
FORM = "application/x-www-form-urlencoded"
SIGNATURE = "<signature>"


def unsigned(request: Request, profile: Profile) -> Unsigned:
    """Return what is signed. The host is the profile's own, whatever the request says."""
    query = f"?{urlencode(request.query, quote_via=quote)}" if request.query else ""
    url = f"{profile.host(request.origin) or f'<{request.origin}>'}{request.path}{query}"
    return Unsigned(request.method, url, _body(request))


def _body(request: Request) -> bytes:
    if request.raw is not None:
        return request.raw
    if request.body is not None and request.form:
        return urlencode(request.body, quote_via=quote).encode()
    return b"" if request.body is None else encode(request.body)


def headers(request: Request, signature: Mapping[str, str]) -> dict[str, str]:
    """Return all headers that paycli itself sets."""
    content = {} if request.body is None and request.raw is None else {"Content-Type": FORM if request.form else JSON}
    return {"Accept": JSON, **content, **request.headers, **signature}


def rehearse(request: Request, profile: Profile, provider: Provider, operation: Operation) -> dict[str, Any]:
    """Return the request as it would be signed, with secrets as variables, needing neither secrets nor a network.

    The ``curl`` line is for a POSIX shell in which those variables are set; it signs for itself.
    """
    variables = {name: f"${{{profile.variable(name)}}}" for name in provider.secrets}
    sign_in = provider.sign_in_of(operation)
    if sign_in and operation.sign_in:
        request = sign_in.prove(operation, request, {**profile.plain, **variables})
    elif sign_in:
        variables[sign_in.value] = f"${{{profile.variable(sign_in.value)}}}"
    raw = unsigned(request, profile)
    signature = provider.sign(raw, {**profile.plain, **variables})
    return {
        "method": raw.method,
        "url": raw.url,
        "headers": headers(request, _shown(signature)),
        "body": request.body if request.raw is None else raw.body.decode(errors="replace"),
        "string_to_sign": signature.string_to_sign,
        "curl": _curl(request, raw, headers(request, signature.for_shell)),
    }


def _shown(signature: Signature) -> dict[str, str]:
    """Return the headers with what would be computed as a word, since a signature made of variables means nothing."""
    return {
        name: text if text == signature.for_shell[name] else signature.for_shell[name].partition("$(")[0] + SIGNATURE
        for name, text in signature.headers.items()
    }


def _curl(request: Request, raw: Unsigned, all_headers: Mapping[str, str]) -> str:
    words = [f"curl -sS -X {raw.method} {shlex.quote(raw.url)}"]
    words += [f'-H "{name}: {value}"' for name, value in all_headers.items()]
    if request.form:
        return " ".join([*words, *(f"--data-urlencode {_word(k, v)}" for k, v in (request.body or {}).items())])
    if not raw.body:
        return f"BODY=''; {' '.join(words)}"
    return f'BODY={shlex.quote(raw.body.decode(errors="replace"))}; {" ".join(words)} --data-binary "$BODY"'


def _word(name: str, value: Any) -> str:
    """Return a field of a form as a word of the shell, in which a variable is filled in."""
    text = f"{name}={value}"
    return f'"{text}"' if str(value).startswith("${") else shlex.quote(text)
