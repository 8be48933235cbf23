"""The portal: signing in, and a forgotten password.

Document: "PortalUserLoginDto", "ResetPasswordDto".
"""

from collections.abc import Mapping
from typing import Annotated

from paycli.operations.columns import identifier, text
from paycli.operations.hidden import one_line
from paycli.operations.operation import NEVER, Effect, Fields, Route
from paycli.operations.params import Hidden, Option, Part
from paycli.providers.terapay import TERAPAY
from paycli.providers.terapay.fields import email

Username = Annotated[
    str | None,
    Option(
        "E-mail address to sign in with.",
        parse=email(),
        metavar="EMAIL",
        default_text="the profile's portal_username",
    ),
]
RememberMe = Annotated[bool, Option("Ask for a cookie that outlasts a browser's session.", switch=True)]
Email = Annotated[
    str, Option("E-mail address of the portal user.", parse=email(), metavar="EMAIL", sample="clerk@sandbox.example")
]
Reset = Annotated[
    Mapping[str, str],
    Hidden(
        "reset",
        "The token and the password, from standard input: a JSON object with token, new_password; else you are asked.",
        (
            Part("token", "Token of the reset", one_line, "made-up-reset-token"),
            Part("new_password", "New password", one_line, "made-up-password-2"),
        ),
        json=True,
        sample_stdin='{"token": "made-up-reset-token", "new_password": "made-up-password-2"}',
    ),
]


@TERAPAY.post(
    "portal login",
    "/api/portal/login",
    documented_as="Portal sign-in (cookie)",
    route=Route.ASSUMED,
    effect=Effect.WRITES,
    retry=NEVER,
    sign_in=True,
    same=("username",),
    columns=(text("message"), text("expires_in")),
    example={"message": "Signed in", "expires_in": 86400},
)
def portal_login(username: Username = None, remember_me: RememberMe = False) -> Fields:
    """Sign in to the portal with the profile's portal_password and keep the cookie, which is never shown.

    The cookie goes out beside the API key until it expires; no command demands one.
    """
    return {"username": username, "rememberMe": remember_me}


@TERAPAY.post(
    "portal reset-password",
    "/api/portal/reset-password",
    documented_as="Reset a portal password",
    route=Route.ASSUMED,
    effect=Effect.WRITES,
    retry=NEVER,
    same=("email",),
    columns=(identifier("message", primary=True),),
    example={"message": "The password is changed"},
)
def reset_password(email: Email, reset: Reset) -> Fields:
    """Set a portal user's new password, with the token that was made for it."""
    return {"email": email, "token": reset["token"], "newPassword": reset["new_password"]}
