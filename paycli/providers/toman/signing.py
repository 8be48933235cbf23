"""Toman's sign-in: OAuth 2.0 with the password grant and rotating refresh tokens, and the Bearer header it leads to.

Document: "Get Access Token", "Refresh Token". The client's credentials go into the form, or as HTTP Basic.
"""

from base64 import b64encode
from collections.abc import Mapping
from typing import Any

from paycli.operations.operation import Operation, Request
from paycli.operations.provider import Signature, Unsigned, Values
from paycli.operations.tokens import Scopes, SignIn, Token
from paycli.values import replace

TOKEN = "access_token"  # noqa: S105 the name of a field
REFRESH = "refresh_token"
DAY = 86_400.0
LONGEST = 366 * 86_400
REFRESH_LIFETIME = 7 * DAY
SCOPES = (
    "repigma.payment.list",
    "repigma.psp.read",
    "repigma.psp_account.read",
    "repigma.report.download",
    "repigma.report.list",
    "repigma.terminal.create",
    "repigma.terminal.read",
)


def sign(_unsigned: Unsigned, values: Values) -> Signature:
    """Return the header that carries the token, or at a sign-in that wants it so, the client's credentials."""
    if token := values.get(TOKEN):
        bearer = {"Authorization": f"Bearer {token}"}
        return Signature(bearer, "", bearer)
    if values.get("client_auth") != "basic":
        return Signature({}, "", {})
    client, secret = values.get("client_id", "<client_id>"), values["client_secret"]
    proof = b64encode(f"{client}:{secret}".encode()).decode()
    made = f"Basic $(printf '%s' \"{client}:{secret}\" | base64 | tr -d '\\n')"
    return Signature({"Authorization": f"Basic {proof}"}, "", {"Authorization": made})


def prove(operation: Operation, request: Request, values: Values) -> Request:
    """Put who signs in into the form."""
    body = dict(request.body or {})
    if operation.command == "refresh":
        body[REFRESH] = values.get(REFRESH, f"<{REFRESH}>")
    else:
        body |= {"username": values.get("username", "<username>"), "password": values["password"]}
    if values.get("client_auth") != "basic":
        body |= {"client_id": values.get("client_id", "<client_id>"), "client_secret": values["client_secret"]}
    return replace(request, body=body)


def named_scopes(text: str) -> tuple[str, ...]:
    """Return the scopes of a profile's text, apart by spaces or commas."""
    return tuple(text.replace(",", " ").split())


def wanted(operation: Operation, values: Values) -> Scopes:
    """Return what a token must allow: the profile's scopes, else what the command needs, else everything there is."""
    return frozenset(named_scopes(values.get("scopes", "")) or operation.scopes or SCOPES)


def read(request: Request, content: Any, now: float) -> Token:
    """Return the token of an answer. Raises ValueError where it holds none."""
    text = content.get(TOKEN) if isinstance(content, Mapping) else None
    if not isinstance(text, str) or not text:
        raise ValueError(f"no {TOKEN} in it")
    lifetime = content.get("expires_in")
    granted, asked = (str(one.get("scope") or "").split() for one in (content, request.body or {}))
    return Token(
        text=text,
        expires=now + (float(min(max(lifetime, 0), LONGEST)) if isinstance(lifetime, int) else DAY),
        scopes=frozenset([*granted, *asked]),
        refresh=content.get(REFRESH) if isinstance(content.get(REFRESH), str) else None,
        refresh_expires=now + REFRESH_LIFETIME,
        got=now,
    )


SIGN_IN = SignIn(
    value=TOKEN,
    login="login",
    refresh="refresh",
    read=read,
    prove=prove,
    scopes=wanted,
    ask=lambda scopes: {"scope": tuple(sorted(scopes))},
    account=("username", "client_id"),
)
