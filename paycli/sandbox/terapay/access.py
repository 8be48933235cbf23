"""Who may ask: a key with its secret, a portal user's cookie, a wallet customer's token.

The credentials are made up and public; they open nothing but the sandbox. How the cookie is called and how the token
travels is not documented: here a cookie of any framework's kind, and a bearer token.
"""

from __future__ import annotations

import hmac
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING, Any

from paycli.sandbox.routes import Refused, Route
from paycli.sandbox.terapay.people import User, seal

if TYPE_CHECKING:
    from paycli.sandbox.http import Call
    from paycli.sandbox.terapay.state import State, Wallet

API_KEY = "sandbox-key-5be190"
API_SECRET = "sandbox-secret-e702fa"  # noqa: S105 public
PORTAL_USERNAME = "clerk@sandbox.example"
PORTAL_PASSWORD = "sandbox-pass-03d1f8"  # noqa: S105 public
COOKIE = "TeraPay.Portal"
ANYONE = "anyone"
WALLET = "wallet"


def admit(state: State, route: Route[Any], call: Call) -> None:
    """Let a caller in who may do this. Raises Refused.

    Credentials that are sent have to be right, also where none are asked for.
    """
    user = user_of(state, call)
    customer = _customer(state, call)
    if call.trusted or route.open_to == ANYONE or (customer and not user and route.open_to == WALLET):
        return
    if user is None:
        raise Refused(401, "UNAUTHORIZED", "Neither an API key nor a portal cookie was sent")
    if not permitted(state, user, call.method, call.path):
        raise Refused(403, "FORBIDDEN", f"The user has no permission for {call.method} {call.path}")


def user_of(state: State, call: Call) -> User | None:
    """Return whom the key or else the cookie belongs to, or None when there is neither. Raises Refused."""
    if call.trusted:
        return next(iter(state.users.values()))
    if "x-api-key" in call.headers or "x-api-secret" in call.headers:
        key = state.keys.get(call.headers.get("x-api-key", ""))
        if key is None or not hmac.compare_digest(key.secret, seal(call.headers.get("x-api-secret", ""))):
            raise Refused(401, "UNAUTHORIZED", "The API key or its secret is wrong")
        return state.users[key.user]
    cookie = _cookie(call)
    if cookie is None:
        return None
    owner = _alive(state, state.cookies, cookie)
    if owner is None:
        raise Refused(401, "UNAUTHORIZED", "The portal session has ended")
    return state.users[owner]


def wallet_of(state: State, call: Call) -> Wallet:
    """Return the wallet of the token's customer, or the account's own without a token. Raises Refused."""
    return _customer(state, call) or state.merchant


def permitted(state: State, user: User, method: str, path: str) -> bool:
    """Return whether the user's roles and overrides allow a request; what is revoked wins."""
    held = {permission for role in user.roles for permission in state.roles[role].permissions}
    granted = held | {permission for permission, allowed in user.overrides.items() if allowed}
    revoked = {permission for permission, allowed in user.overrides.items() if not allowed}

    def covered(ids: set[str]) -> bool:
        return any(state.permissions[one].covers(method, path) for one in ids)

    return covered(granted - revoked) and not covered(revoked)


def _customer(state: State, call: Call) -> Wallet | None:
    scheme, _, token = call.headers.get("authorization", "").partition(" ")
    if not scheme:
        return None
    owner = _alive(state, state.tokens, token) if scheme.lower() == "bearer" else None
    if owner is None and not call.trusted:
        raise Refused(401, "UNAUTHORIZED", "The wallet token is wrong or has expired")
    return state.customers[owner] if owner else None


def _alive(state: State, held: dict[str, Any], token: str) -> str | None:
    owner, until = held.get(token, (None, state.now()))
    return owner if until > state.now() else None


def _cookie(call: Call) -> str | None:
    try:
        found = SimpleCookie(call.headers.get("cookie", "")).get(COOKIE)
    except CookieError:
        return None
    return found.value if found else None
