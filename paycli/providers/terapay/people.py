"""Portal users, what single ones may do, and developers.

Document: "The user creation request", "Map of PermissionID → IsAllowed", and the registration of a developer.
"""

from collections.abc import Mapping
from typing import Annotated, Any

from paycli.errors import UsageProblem
from paycli.operations.columns import identifier, text
from paycli.operations.hidden import LONGEST_TEXT
from paycli.operations.operation import ALWAYS, NEVER, Effect, Fields, Request, Route
from paycli.operations.params import Compound, Facts, Option
from paycli.providers.terapay import TERAPAY
from paycli.providers.terapay.fields import SAMPLE_UUID, RoleId, email, phone, text_of, uuid, uuid_argument
from paycli.providers.terapay.keys import NEW_KEY

Grants = Mapping[str, bool]


def build_overrides(typed: Mapping[str, Any], _facts: Facts) -> Grants:
    """Return the permissions with whether each is granted. Raises UsageProblem where none or too much was typed."""
    found = dict(_of_file(typed["overrides"]))
    for flag, allowed in (("grant", True), ("revoke", False)):
        for permission in typed[flag] or ():
            if found.get(permission, allowed) is not allowed:
                raise UsageProblem(f"{permission} is granted and revoked.", next_step="keep one of them")
            found[permission] = allowed
    if not found:
        raise UsageProblem(
            "No permission was named.", next_step="add --grant UUID, --revoke UUID, or --overrides FILE.json"
        )
    return found


def build_names(typed: Mapping[str, Any], _facts: Facts) -> Mapping[str, Any]:
    """Return the name and the e-mail address, of which one may be left out. Raises UsageProblem."""
    if not (typed["user_name"] or typed["email"]):
        raise UsageProblem("A user has a name or an e-mail address.", next_step="add --user-name NAME or --email EMAIL")
    return {"userName": typed["user_name"], "email": typed["email"]}


def _of_file(content: Any) -> Grants:
    if content is None:
        return {}
    problem = "Invalid value for '--overrides': it is no JSON object of permissions with true or false."
    if not isinstance(content, Mapping) or not all(isinstance(value, bool) for value in content.values()):
        raise UsageProblem(problem)
    try:
        return {uuid(str(name)): value for name, value in content.items()}
    except ValueError as wrong:
        raise UsageProblem(f"Invalid value for '--overrides': {wrong}.") from None


def preview_of_overrides(request: Request) -> tuple[str, ...]:
    """Return what is granted and what is revoked."""
    grants: Grants = (request.body or {})["overrides"]
    told = {True: "grants", False: "revokes"}
    return tuple(f"{told[allowed]} {permission}" for permission, allowed in grants.items())


ApiUserId = Annotated[str, uuid_argument("API_USER_ID", "Identifier of the API user.")]
Overrides = Annotated[
    Grants,
    Compound(
        {
            "grant": Option("Permission to grant; repeat it for several.", parse=uuid, many=True, metavar="UUID"),
            "revoke": Option("Permission to revoke; repeat it for several.", parse=uuid, many=True, metavar="UUID"),
            "overrides": Option(
                "JSON object of permissions with true (grant) or false (revoke); - is standard input.",
                json_file=True,
                metavar="FILE.json",
            ),
        },
        build_overrides,
        f"--grant {SAMPLE_UUID}",
    ),
]
Names = Annotated[
    Mapping[str, Any],
    Compound(
        {
            "user_name": Option("Name to sign in with.", parse=text_of(LONGEST_TEXT), metavar="NAME"),
            "email": Option("E-mail address of the user.", parse=email(), metavar="EMAIL"),
        },
        build_names,
        "--email ama@sandbox.example",
    ),
]
Roles = Annotated[
    tuple[str, ...], Option("Role of the user; repeat it for several.", parse=text_of(LONGEST_TEXT), many=True)
]
GenerateApiKey = Annotated[bool, Option("Also issue an API key and its secret.", switch=True)]
DeveloperName = Annotated[
    str, Option("Name of the developer.", parse=text_of(LONGEST_TEXT), metavar="NAME", sample="'Ama Kamara'")
]
DeveloperEmail = Annotated[
    str,
    Option("E-mail address of the developer.", parse=email(), metavar="EMAIL", sample="dev@sandbox.example"),
]
DeveloperPhone = Annotated[
    str, Option("Phone number with its country code.", parse=phone, metavar="PHONE", sample="23276123456")
]


@TERAPAY.post(
    "users create",
    "/api/portal/users",
    documented_as="Create a portal user, optionally with an API key",
    route=Route.ASSUMED,
    effect=Effect.WRITES,
    retry=NEVER,
    same=("email",),
    movement="user",
    once=NEW_KEY,
    columns=(identifier("id", primary=True, otherwise="userId"), text("userName"), text("email"), text("apiKey")),
    example={"id": SAMPLE_UUID, "userName": "ama", "email": "ama@sandbox.example"},
)
def users_create(names: Names, roles: Roles = (), generate_api_key: GenerateApiKey = False) -> Fields:
    """Create a portal user.

    With --generate-api-key a key and a secret come with it, once: printed by --show, stored by --save, else kept in a
    file that only you can read.
    """
    return {**names, "roles": list(roles) or None, "generateApiKey": generate_api_key}


@TERAPAY.declare(
    "users override-permissions",
    "PUT",
    "/api/users/{apiUserId}/permissions",
    documented_as="Grant or revoke single permissions of an API user",
    route=Route.ASSUMED,
    effect=Effect.WRITES,
    retry=ALWAYS,
    same=("api_user", "overrides"),
    preview=preview_of_overrides,
    columns=(identifier("apiUserId", primary=True, otherwise="id"), text("overrides")),
    example={"apiUserId": SAMPLE_UUID, "overrides": {SAMPLE_UUID: True}},
)
def override_permissions(api_user: ApiUserId, overrides: Overrides) -> Fields:
    """Grant or revoke single permissions of an API user, whatever his role allows."""
    return {"overrides": overrides}


@TERAPAY.post(
    "developers register",
    "/api/developers",
    documented_as="Register a developer with a role",
    route=Route.ASSUMED,
    effect=Effect.WRITES,
    retry=NEVER,
    same=("developer_email",),
    movement="developer",
    columns=(identifier("id", primary=True, otherwise="developerId"), text("developerName"), text("developerEmail")),
    example={"id": SAMPLE_UUID, "developerName": "Ama Kamara", "developerEmail": "dev@sandbox.example"},
)
def developers_register(
    developer_name: DeveloperName,
    developer_email: DeveloperEmail,
    developer_phone_number: DeveloperPhone,
    role_id: RoleId,
) -> Fields:
    """Register a developer with a role."""
    return {
        "developerName": developer_name,
        "developerEmail": developer_email,
        "developerPhoneNumber": developer_phone_number,
        "roleId": role_id,
    }
