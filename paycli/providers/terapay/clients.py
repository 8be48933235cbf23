"""Clients: registered, approved, looked up with their transactions.

Document: "The client registration DTO", "The GUID of the client to approve", the channel filter of transactions.
"""

from typing import Annotated

from paycli.operations.columns import identifier, money_in, status, text, time
from paycli.operations.hidden import LONGEST_TEXT
from paycli.operations.operation import NEVER, Effect, Fields, Route, Shape, settled_by
from paycli.operations.params import Option, one_of
from paycli.providers.terapay import TERAPAY
from paycli.providers.terapay.fields import (
    CURRENCY,
    SAMPLE_UUID,
    ClientId,
    email,
    phone,
    text_of,
    uuid_argument,
)

TYPES = ("Individual", "Company")
CHANNELS = ("bank", "mobile")
COLUMNS = (
    identifier("id", primary=True, otherwise="clientId"),
    text("clientType"),
    text("name"),
    status("status"),
    text("emailAddress"),
    text("phoneNumber"),
)
EXAMPLE = {"id": SAMPLE_UUID, "clientType": "Company", "name": "Made-up Ltd", "status": "Pending"}


def _text(told: str) -> Option:
    return Option(told, parse=text_of(LONGEST_TEXT), metavar="TEXT")


Id = Annotated[str, uuid_argument("ID", "Identifier of the client.")]
ClientType = Annotated[str | None, Option("What kind of client.", parse=one_of(*TYPES), choices=TYPES)]
Name = Annotated[
    str, Option("Name of the client.", parse=text_of(LONGEST_TEXT), metavar="TEXT", sample="'Made-up Ltd'")
]
Phone = Annotated[str | None, Option("Phone number with its country code.", parse=phone, metavar="PHONE")]
Email = Annotated[str | None, Option("E-mail address.", parse=email(), metavar="EMAIL")]
ContactPerson = Annotated[str | None, _text("Who is to be asked for.")]
Address = Annotated[str | None, _text("Street and number.")]
City = Annotated[str | None, _text("City of the address.")]
State = Annotated[str | None, _text("State or province of the address.")]
Country = Annotated[str | None, _text("Country of the address.")]
Channel = Annotated[
    str | None,
    Option("Only transactions of this channel; both when left out.", parse=one_of(*CHANNELS), choices=CHANNELS),
]


@TERAPAY.post(
    "clients register",
    "/api/clients",
    documented_as="Register a client",
    route=Route.ASSUMED,
    effect=Effect.WRITES,
    retry=NEVER,
    same=("name",),
    movement="client",
    columns=COLUMNS,
    example=EXAMPLE,
)
def clients_register(
    name: Name,
    client_type: ClientType = None,
    contact_person: ContactPerson = None,
    phone_number: Phone = None,
    email_address: Email = None,
    address: Address = None,
    city: City = None,
    state: State = None,
    country: Country = None,
) -> Fields:
    """Register a client, which somebody has to approve."""
    return {
        "clientType": client_type,
        "name": name,
        "contactPerson": contact_person,
        "phoneNumber": phone_number,
        "emailAddress": email_address,
        "address": address,
        "city": city,
        "state": state,
        "country": country,
    }


@TERAPAY.post(
    "clients approve",
    "/api/clients/{id}/approve",
    documented_as="Approve a client",
    route=Route.ASSUMED,
    effect=Effect.WRITES,
    retry=settled_by("clients show"),
    same=("client",),
    columns=COLUMNS,
    example={**EXAMPLE, "status": "Approved"},
)
def clients_approve(client: Id) -> Fields:
    """Approve a client that registered."""
    return {}


@TERAPAY.get(
    "clients show",
    "/api/clients/{clientId}",
    documented_as="Read a client",
    route=Route.ASSUMED,
    columns=COLUMNS,
    example=EXAMPLE,
)
def clients_show(client: ClientId) -> Fields:
    """Show a client."""
    return {}


@TERAPAY.get(
    "clients transactions",
    "/api/clients/{clientId}/transactions",
    documented_as="Transactions of a client, by channel",
    route=Route.ASSUMED,
    shape=Shape.ARRAY,
    listing=True,
    enveloped=True,
    query=("type",),
    columns=(
        time("createdAt"),
        text("type"),
        status("status"),
        money_in("amount", CURRENCY),
        text("receiverBankCode"),
        text("receiverAccount"),
        text("narration"),
        identifier("transactionId", primary=True, otherwise="id"),
    ),
    example=[{"transactionId": SAMPLE_UUID, "amount": 12.50, "status": "Completed", "receiverBankCode": "076"}],
)
def clients_transactions(client: ClientId, type: Channel = None) -> Fields:  # noqa: A002 the provider's name
    """List the transactions of a client."""
    return {"type": type}
