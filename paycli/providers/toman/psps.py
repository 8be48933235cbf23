"""Payment service providers, and the accounts at them.

Document: "PSPs", "PSPs Accounts", each with its filter by identifier.
"""

from typing import Annotated

from paycli.operations.columns import identifier, text, time
from paycli.operations.operation import Fields
from paycli.operations.params import Argument
from paycli.providers.toman import TOMAN
from paycli.providers.toman.fields import AccountUuid, whole_number

PspId = Annotated[int, Argument("ID", "Number of the PSP.", whole_number, sample="2")]
PSP = (identifier("id", primary=True), text("name"), text("enabled"))
ACCOUNT = (identifier("uuid", primary=True), text("name"), text("psp"), text("enabled"), time("created_at"))
PSP_EXAMPLE = {"id": 2, "name": "SEP", "enabled": True}
ACCOUNT_EXAMPLE = {
    "uuid": "4be0643f-1d98-4c1e-9d0e-5f2f6d7a1b20",
    "name": "فروشگاه مرکزی",
    "psp": "SEP",
    "enabled": True,
    "created_at": "2026-03-02T09:15:00.100Z",
}


@TOMAN.get(
    "psps list",
    "/psps",
    documented_as="PSPs",
    listing=True,
    query=("page",),
    scopes=("repigma.psp.read",),
    columns=PSP,
    example={"count": 1, "next": None, "previous": None, "results": [PSP_EXAMPLE]},
)
def psps_list() -> Fields:
    """List the payment service providers whose terminals can be reported."""
    return {}


@TOMAN.get(
    "psps show",
    "/psps/{id}",
    documented_as="PSP by id",
    scopes=("repigma.psp.read",),
    columns=PSP,
    example=PSP_EXAMPLE,
)
def psps_show(psp: PspId) -> Fields:
    """Show one payment service provider."""
    return {}


@TOMAN.get(
    "psp-accounts list",
    "/psp-accounts",
    documented_as="PSP accounts",
    listing=True,
    query=("page",),
    scopes=("repigma.psp_account.read",),
    columns=ACCOUNT,
    example={"count": 1, "next": None, "previous": None, "results": [ACCOUNT_EXAMPLE]},
)
def psp_accounts_list() -> Fields:
    """List your accounts at payment service providers."""
    return {}


@TOMAN.get(
    "psp-accounts show",
    "/psp-accounts/{uuid}",
    documented_as="PSP account by uuid",
    scopes=("repigma.psp_account.read",),
    columns=ACCOUNT,
    example=ACCOUNT_EXAMPLE,
)
def psp_accounts_show(account: AccountUuid) -> Fields:
    """Show one account at a payment service provider."""
    return {}
