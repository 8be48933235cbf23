"""Wallet customers: registered, and signed in.

Document: "Registration data including email, password, and full name", "Login data including email and password".
"""

from typing import Annotated

from paycli.operations.columns import identifier, text
from paycli.operations.operation import NEVER, Effect, Fields, Route
from paycli.operations.params import Option
from paycli.providers.terapay import TERAPAY
from paycli.providers.terapay.fields import LONGEST_EMAIL, SAMPLE_UUID, email, hidden_password, text_of

LONGEST_NAME = 200
Email = Annotated[
    str,
    Option(
        "E-mail address of the customer.", parse=email(LONGEST_EMAIL), metavar="EMAIL", sample="ama@customer.example"
    ),
]
Password = Annotated[str, hidden_password("Password of the customer")]
FullName = Annotated[str | None, Option("Name of the customer.", parse=text_of(LONGEST_NAME), metavar="TEXT")]


@TERAPAY.post(
    "customers register",
    "/api/customers/register",
    documented_as="Register a wallet customer",
    route=Route.ASSUMED,
    effect=Effect.WRITES,
    retry=NEVER,
    same=("email",),
    movement="customer",
    columns=(identifier("customerId", primary=True, otherwise="id"), text("email"), text("fullName")),
    example={"customerId": SAMPLE_UUID, "email": "ama@customer.example"},
)
def customers_register(email: Email, password: Password, full_name: FullName = None) -> Fields:
    """Register a wallet customer with a password of 8 characters or more."""
    return {"email": email, "password": password, "fullName": full_name}


@TERAPAY.post(
    "customers login",
    "/api/customers/login",
    documented_as="Wallet customer sign-in",
    route=Route.ASSUMED,
    effect=Effect.WRITES,
    retry=NEVER,
    sign_in=True,
    same=("email",),
    columns=(identifier("customerId", primary=True), text("expiresIn")),
    example={"customerId": SAMPLE_UUID, "token": "made-up-token"},
)
def customers_login(email: Email, password: Password) -> Fields:
    """Sign a wallet customer in and keep the token, which is never shown.

    Until it expires the wallet commands act for this customer.
    """
    return {"email": email, "password": password}
