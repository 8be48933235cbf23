"""Who asks: an API key and secret in headers, a portal user's cookie, a wallet customer's token.

Document: "Portal sign-in" (a cookie is kept), "Login data" of a wallet customer, "API key/secret pair for programmatic
access". The headers' names are not documented, so the profile says them; nor is where the wallet token goes: Bearer.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from paycli.errors import ConfigurationProblem
from paycli.operations.credential import Credential
from paycli.operations.operation import Operation, Request
from paycli.operations.provider import Signature, Unsigned, Values
from paycli.operations.tokens import SignIn, Token
from paycli.values import replace

COOKIE, WALLET = "portal_cookie", "wallet_token"
KEY_HEADER, SECRET_HEADER = "X-API-Key", "X-API-Secret"
PASSWORD = "portal_password"  # noqa: S105 the name of a field
TOKEN_FIELDS = ("token", "accessToken", "access_token", "jwt")
DAY = 86_400.0
LONGEST = 366 * 86_400
"""Seconds for which anything is believed to hold."""
_HEADER = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
# Several Set-Cookie headers arrive as one; a comma within a date is followed by no name and equals sign.
_APART = re.compile(r",(?=\s*[^;,\s=]+=)")


def sign(_unsigned: Unsigned, values: Values) -> Signature:
    """Return the headers that prove who asks, of those that are there."""
    found = {}
    if values.get("api_key") and values.get("api_secret"):
        found[_header(values, "api_key_header", KEY_HEADER)] = values["api_key"]
        found[_header(values, "api_secret_header", SECRET_HEADER)] = values["api_secret"]
    if cookie := values.get(COOKIE):
        found["Cookie"] = cookie
    if token := values.get(WALLET):
        found["Authorization"] = f"Bearer {token}"
    return Signature(found, "", found)


def _header(values: Values, field: str, usual: str) -> str:
    name = values.get(field) or usual
    if not _HEADER.fullmatch(name):
        raise ConfigurationProblem(
            f"{field} of the profile is no name of a header: {name!r}.", next_step=f"write one such as {usual}"
        )
    return name


def cookies_of(headers: Mapping[str, str]) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the cookies that an answer sets, each as ``name=value`` with its attributes; not those that it removes."""
    for cookie in _APART.split(headers.get("set-cookie", "")):
        pair, *attributes = [part.strip() for part in cookie.split(";")]
        if pair.partition("=")[2]:
            yield pair, {name.lower(): value for name, _, value in (one.partition("=") for one in attributes)}


def lifetime_of(attributes: Mapping[str, str], now: float) -> float:
    """Return how many seconds a cookie lasts; one that says nothing lasts a day here."""
    try:
        if "max-age" in attributes:
            return min(max(0.0, float(int(attributes["max-age"]))), LONGEST)
        return parsedate_to_datetime(attributes["expires"]).timestamp() - now
    except (KeyError, ValueError, TypeError, OverflowError):
        return DAY


def read_cookie(_request: Request, content: Any, now: float) -> Token:
    """Return the portal's cookie out of what ``explain`` made of the answer. Raises ValueError where it set none."""
    held = content.get(COOKIE) if isinstance(content, Mapping) else None
    if not isinstance(held, str) or not held:
        raise ValueError("no cookie came with it")
    return Token(held, now + float(content.get("expires_in", DAY)), got=now)


def read_token(request: Request, content: Any, now: float) -> Token:
    """Return the wallet customer's token out of an answer whose fields are not documented. Raises ValueError."""
    fields = content if isinstance(content, Mapping) else {}
    inner = [value for value in fields.values() if isinstance(value, Mapping)]
    for one in (fields, *inner):
        for name in TOKEN_FIELDS:
            if isinstance(text := one.get(name), str) and text:
                whose = str((request.body or {}).get("email") or "").lower()
                return Token(text, _until(one, now), got=now, whose=whose)
    raise ValueError("no token in it")


def _until(fields: Mapping[str, Any], now: float) -> float:
    """Return until when a token holds, in UNIX seconds: for a day where the answer does not tell."""
    seconds = fields.get("expiresIn", fields.get("expires_in"))
    if isinstance(seconds, int) and not isinstance(seconds, bool):
        return now + float(min(max(seconds, 0), LONGEST))
    try:
        moment = datetime.fromisoformat(str(fields.get("expiresAt", fields.get("expiration"))))
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        return now + DAY


def prove_portal(_operation: Operation, request: Request, values: Values) -> Request:
    """Put the portal user's password, and his name unless another was typed, into the request."""
    body = dict(request.body or {})
    # A profile without one is told when the request leaves.
    name = body.get("username") or values.get("portal_username") or Credential("portal_username")
    return replace(request, body={"username": name, "password": values[PASSWORD], **body})


def as_typed(_operation: Operation, request: Request, _values: Values) -> Request:
    """Return the request as it is: everything that proves the customer was typed."""
    return request


def _of_wallet(operation: Operation) -> bool:
    return operation.command.startswith("wallet ") or (operation.raw and operation.path.startswith("/api/wallet"))


PORTAL = SignIn(
    value=COOKIE,
    login="portal login",
    read=read_cookie,
    prove=prove_portal,
    covers=lambda operation: not (_of_wallet(operation) or operation.sign_in),
    account=("portal_username",),
    demanded=False,
    needs=frozenset({PASSWORD}),
)
CUSTOMER = SignIn(
    value=WALLET,
    login="customers login",
    read=read_token,
    prove=as_typed,
    covers=_of_wallet,
    demanded=False,
    owns=True,
)
