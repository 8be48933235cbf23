"""Signing in by hand. Every other command does it by itself; nobody has to.

Document: "Get Access Token", "Refresh Token".
"""

from typing import Annotated

from paycli.operations.columns import text
from paycli.operations.operation import NEVER, Effect, Fields
from paycli.operations.params import Option
from paycli.providers.toman import TOMAN

PATH = "{auth_url}/oauth2/token/"
COLUMNS = (text("scope"), text("expires_in"), text("token_type"))
EXAMPLE = {
    "access_token": "made-up-access-token",
    "expires_in": 86400,
    "token_type": "Bearer",
    "scope": "repigma.payment.list repigma.report.list",
    "refresh_token": "made-up-refresh-token",
}


def _scope(text: str) -> str:
    if not text.isascii() or not text.isprintable() or " " in text or not text:
        raise ValueError(f"{text!r} is no scope; write one such as repigma.report.list, and repeat the option")
    return text


Scope = Annotated[
    tuple[str, ...],
    Option(
        "A right to ask for; repeat it for several.",
        parse=_scope,
        many=True,
        metavar="SCOPE",
        default_text="the profile's scopes, else all that the commands here need",
    ),
]


@TOMAN.post(
    "login",
    PATH,
    documented_as="Get access token (credentials in the body, or HTTP Basic)",
    effect=Effect.WRITES,
    retry=NEVER,
    sign_in=True,
    form=True,
    columns=COLUMNS,
    example=EXAMPLE,
)
def login(scope: Scope = ()) -> Fields:
    """Sign in and keep the token, which is never shown.

    No command needs this: each signs in by itself. It proves the credentials, and gets one token for several commands.
    """
    return {"grant_type": "password", "scope": " ".join(scope) or None}


@TOMAN.post(
    "refresh",
    PATH,
    documented_as="Refresh token (rotates)",
    effect=Effect.WRITES,
    retry=NEVER,
    sign_in=True,
    form=True,
    columns=COLUMNS,
    example=EXAMPLE,
)
def refresh() -> Fields:
    """Renew the token that was got last; what renewed it is used up and replaced.

    No command needs this: each renews its token by itself before it expires.
    """
    return {"grant_type": "refresh_token"}
