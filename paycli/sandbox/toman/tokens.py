"""Toman's token server: password grant and refresh, with rotating refresh tokens.

The credentials are made up and public; they open nothing but the sandbox.
"""

import base64
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import parse_qsl

from paycli.sandbox.http import Call, Reply, as_json
from paycli.sandbox.world import World

USERNAME = "sandbox-clerk"
PASSWORD = "sandbox-pass-60b2aa"  # noqa: S105 public
CLIENT_ID = "sandbox-client-1f09"
CLIENT_SECRET = "sandbox-client-secret-8d27e1"  # noqa: S105 public
SCOPES = frozenset(
    {
        "repigma.terminal.create",
        "repigma.terminal.read",
        "repigma.report.list",
        "repigma.report.download",
        "repigma.psp.read",
        "repigma.psp_account.read",
        "repigma.payment.list",
    }
)
ACCESS_LIFE = timedelta(days=1)
REFRESH_LIFE = timedelta(weeks=1)
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
FORM = "application/x-www-form-urlencoded"
FIELDS = {
    "password": ({"username", "password"}, {"scope"}),
    "refresh_token": ({"refresh_token"}, {"scope"}),
}


@dataclass(frozen=True)
class Grant:
    """What a token allows, until when."""

    scopes: tuple[str, ...]
    until: datetime


class Problem(Exception):
    """A refusal in the form of OAuth 2.0."""

    def __init__(self, error: str, status: int = 400, told: str = "") -> None:
        super().__init__(error)
        self.status = status
        self.content = {"error": error, **({"error_description": told} if told else {})}


@dataclass
class Tokens:
    """The tokens that are alive; a refresh token is forgotten when it was used."""

    world: World
    access: dict[str, Grant] = field(default_factory=dict)
    refresh: dict[str, Grant] = field(default_factory=dict)

    def answer(self, call: Call) -> Reply:
        """Answer a request for tokens. Signing in changes nothing that an operator would call done."""
        try:
            fields = _fields(call)
            scopes = self._password(fields) if fields["grant_type"] == "password" else self._refresh(fields)
        except Problem as problem:
            return as_json(problem.status, problem.content)
        return as_json(200, self._issue(scopes))

    def grant(self, token: str) -> Grant | None:
        """Return what an access token allows, or None when it is unknown or too old."""
        grant = self.access.get(token)
        return grant if grant and self.world.clock.now() < grant.until else None

    def forget(self) -> None:
        """Let every token die."""
        self.access.clear()
        self.refresh.clear()

    def _password(self, fields: Mapping[str, str]) -> tuple[str, ...]:
        if (fields["username"], fields["password"]) != (USERNAME, PASSWORD):
            raise Problem("invalid_grant", told="Invalid credentials given.")
        scopes = tuple(fields.get("scope", "").split())
        if not SCOPES.issuperset(scopes):
            raise Problem("invalid_scope")
        return scopes

    def _refresh(self, fields: Mapping[str, str]) -> tuple[str, ...]:
        grant = self.refresh.get(fields["refresh_token"])
        if grant is None or self.world.clock.now() >= grant.until:
            raise Problem("invalid_grant", told="The refresh token is unknown, used or expired.")
        scopes = tuple(fields.get("scope", "").split()) or grant.scopes
        if not set(grant.scopes).issuperset(scopes):
            raise Problem("invalid_scope")
        del self.refresh[fields["refresh_token"]]
        return scopes

    def _issue(self, scopes: tuple[str, ...]) -> dict[str, object]:
        now = self.world.clock.now()
        access, refresh = ("".join(self.world.chance.choices(LETTERS, k=30)) for _ in range(2))
        self.access[access] = Grant(scopes, now + ACCESS_LIFE)
        self.refresh[refresh] = Grant(scopes, now + REFRESH_LIFE)
        return {
            "access_token": access,
            "expires_in": int(ACCESS_LIFE.total_seconds()),
            "token_type": "Bearer",
            "scope": " ".join(scopes),
            "refresh_token": refresh,
        }


def _fields(call: Call) -> Mapping[str, str]:
    """Return the form's fields without the client's credentials. Raises Problem."""
    if call.headers.get("content-type", "").partition(";")[0].strip() != FORM or call.query:
        raise Problem("invalid_request", told=f"The fields stand in a body of {FORM}.")
    pairs = parse_qsl(call.body.decode(errors="replace"), keep_blank_values=True)
    repeated = [name for name, count in Counter(name for name, _ in pairs).items() if count > 1]
    if repeated:
        raise Problem("invalid_request", told=f"{repeated[0]} is repeated.")
    fields = _of_client(call, dict(pairs))
    kind = fields.get("grant_type", "")
    if kind not in FIELDS:
        raise Problem("unsupported_grant_type" if kind else "invalid_request", told="" if kind else "No grant_type.")
    _check(fields, *FIELDS[kind])
    return fields


def _check(fields: Mapping[str, str], needed: set[str], allowed: set[str]) -> None:
    missing = sorted(name for name in needed if not fields.get(name))
    unknown = sorted(set(fields) - needed - allowed - {"grant_type"})
    if missing or unknown:
        told = f"{missing[0]} is missing." if missing else f"{unknown[0]} is no field of this request."
        raise Problem("invalid_request", told=told)


def _of_client(call: Call, fields: Mapping[str, str]) -> Mapping[str, str]:
    """Check the client's credentials, in the body or as HTTP Basic, and take them away. Raises Problem."""
    inner = (fields.get("client_id"), fields.get("client_secret"))
    scheme, _, coded = call.headers.get("authorization", "").partition(" ")
    if scheme and inner != (None, None):
        raise Problem("invalid_request", told="The client names itself twice.")
    given = _basic(coded) if scheme.lower() == "basic" else inner
    if given != (CLIENT_ID, CLIENT_SECRET) and not call.trusted:
        raise Problem("invalid_client", status=401)
    return {name: value for name, value in fields.items() if name not in {"client_id", "client_secret"}}


def _basic(coded: str) -> tuple[str, str] | None:
    try:
        name, _, secret = base64.b64decode(coded, validate=True).decode().partition(":")
    except ValueError:
        return None
    return name, secret
