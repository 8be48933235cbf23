"""Who may ask: Tranzzo's three schemes, checked over the bytes that arrived.

The credentials are made up and public; they open nothing but the sandbox.
"""

import enum
import hashlib
import hmac

from paycli.sandbox.http import Call

POS_ID = "5a5d0b0c-1c7e-4f5e-9d52-0f3f3f6a1d01"
API_KEY = "sandbox-key-7f31c2"
API_SECRET = "sandbox-secret-b81f04e6"  # noqa: S105 public
ENDPOINTS_KEY = "sandbox-endpoints-39ad55"


class Access(enum.Enum):
    """What an address asks of its caller; reports lie on a host whose examples send no endpoints key."""

    KEYED = "keyed"
    REPORTS = "reports"
    OPEN = "open"


def refusal(call: Call, pos_id: str | None, access: Access) -> str | None:
    """Return why the caller is refused, or None."""
    if access is Access.KEYED and "x-api-key" not in call.headers:
        return "The header X-API-KEY is missing"
    if call.headers.get("x-api-key", ENDPOINTS_KEY) != ENDPOINTS_KEY:
        return "The API key is not valid"
    scheme, _, credentials = call.headers.get("x-api-auth", "").partition(" ")
    key, _, proof = credentials.partition(":")
    expected = _proof(scheme, call.body)
    if expected is None or key != API_KEY or not hmac.compare_digest(proof, expected):
        return "The credentials or the pos_id are not valid"
    if pos_id not in {None, POS_ID}:
        return "The credentials or the pos_id are not valid"
    return None


def _proof(scheme: str, body: bytes) -> str | None:
    secret = API_SECRET.encode()
    match scheme:
        case "CPAY":
            return API_SECRET
        case "CPAY-HMAC" | "CPAY-HMAC-SHA1":
            return hmac.new(secret, body, hashlib.sha1).hexdigest()
        case "CPAY-SHA1":
            return hashlib.sha1(secret + body + secret).hexdigest()  # noqa: S324 the provider's scheme
    return None
