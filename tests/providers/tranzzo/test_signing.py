"""Tranzzo's signatures, by the vectors that were recomputed from its document."""

import base64
import hashlib

import pytest

from paycli.operations.provider import Unsigned
from paycli.providers.tranzzo.signing import hmac_sha1, plain_sha1, sign

SECRET = "changeme"
BODY = b'{"name":"Joe","age":20}'
VALUES = {"api_key": "key", "api_secret": SECRET, "endpoints_key": "door"}


def signed(method: str = "POST", body: bytes = BODY, **more: str) -> str:
    """Return the header that signs."""
    return sign(Unsigned(method, "https://x.test", body), {**VALUES, **more}).headers["X-API-AUTH"]


def test_hmac_sha1_equals_the_vector() -> None:
    """The recommended scheme."""
    assert hmac_sha1(SECRET, BODY) == "48731878acbb41e6ee70eac5f1e6f8b8031f9484"


def test_sha1_equals_the_vector() -> None:
    """The scheme without HMAC."""
    assert plain_sha1(SECRET, BODY) == "8c8a2929897286196bb906216379f84c9ec17573"


def test_the_webhook_vector_is_the_same_sha1_in_base64url() -> None:
    """Webhooks sign the encoded data with the same construction."""
    digest = bytes.fromhex(plain_sha1(SECRET, b"eyJuYW1lIjoiSm9lIiwiYWdlIjoyMH0="))
    assert base64.urlsafe_b64encode(digest) == b"Bcj3hb-h00HrEMIoJ5nPW5ZHlVQ="
    assert len(digest) == hashlib.sha1(b"", usedforsecurity=False).digest_size


@pytest.mark.parametrize(
    "scheme,header",
    [
        ("hmac-sha1", "CPAY-HMAC key:48731878acbb41e6ee70eac5f1e6f8b8031f9484"),
        ("sha1", "CPAY-SHA1 key:8c8a2929897286196bb906216379f84c9ec17573"),
        ("plain", "CPAY key:changeme"),
    ],
)
def test_each_scheme_has_its_header(scheme: str, header: str) -> None:
    """Label, key and proof."""
    assert signed(signing=scheme) == header


def test_the_label_is_a_setting() -> None:
    """Sources disagree about the name of the recommended scheme."""
    assert signed(signing_label="CPAY-HMAC-SHA1").startswith("CPAY-HMAC-SHA1 key:4873")


def test_a_read_signs_the_empty_body_or_goes_plain() -> None:
    """What is signed on a GET is not documented, so it is a setting."""
    assert signed("GET", b"") == f"CPAY-HMAC key:{hmac_sha1(SECRET, b'')}"
    assert signed("GET", b"", sign_get="false", signing_label="X") == "CPAY key:changeme"
    assert signed("POST", sign_get="false").startswith("CPAY-HMAC ")


def test_the_endpoints_key_goes_along() -> None:
    """Every request carries it."""
    assert sign(Unsigned("GET", "", b""), VALUES).headers["X-API-KEY"] == "door"
