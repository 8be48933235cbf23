"""Tranzzo's request signatures: HMAC-SHA1 (recommended), SHA1, or the credentials as they are.

The signature is over the very bytes of the body. What is signed on a GET is not documented: the empty body, unless the
profile says ``sign_get: false``, which sends reads with the plain scheme.
"""

import hashlib
import hmac

from paycli.operations.provider import Signature, Unsigned, Values

SCHEMES = ("hmac-sha1", "sha1", "plain")
LABELS = {"hmac-sha1": "CPAY-HMAC", "sha1": "CPAY-SHA1", "plain": "CPAY"}


def hmac_sha1(secret: str, data: bytes) -> str:
    """Return the hex HMAC-SHA1 of the data under the secret."""
    return hmac.new(secret.encode(), data, hashlib.sha1).hexdigest()


def plain_sha1(secret: str, data: bytes) -> str:
    """Return the hex SHA1 of secret, data, secret, for systems without HMAC."""
    key = secret.encode()
    return hashlib.sha1(key + data + key).hexdigest()  # noqa: S324 the provider's scheme


def sign(unsigned: Unsigned, values: Values) -> Signature:
    """Return the two headers that every Tranzzo request carries."""
    scheme = values.get("signing", "hmac-sha1")
    label = values.get("signing_label")
    if unsigned.method == "GET" and values.get("sign_get") == "false":
        scheme, label = "plain", None
    key, secret = values["api_key"], values["api_secret"]
    proof, string_to_sign, shell = _proof(scheme, secret, unsigned.body)
    prefix = f"{label or LABELS[scheme]} {key}:"
    endpoints_key = {"X-API-KEY": values["endpoints_key"]}
    return Signature(
        headers={"X-API-AUTH": prefix + proof, **endpoints_key},
        string_to_sign=string_to_sign,
        for_shell={"X-API-AUTH": prefix + shell, **endpoints_key},
    )


def _proof(scheme: str, secret: str, body: bytes) -> tuple[str, str, str]:
    text = body.decode(errors="replace")
    if scheme == "plain":
        return secret, "", secret
    if scheme == "sha1":
        made = f"$(printf '%s' \"{secret}$BODY{secret}\" | openssl dgst -sha1 | sed 's/^.* //')"
        return plain_sha1(secret, body), f"{secret}{text}{secret}", made
    made = f"$(printf '%s' \"$BODY\" | openssl dgst -sha1 -hmac \"{secret}\" | sed 's/^.* //')"
    return hmac_sha1(secret, body), text, made
