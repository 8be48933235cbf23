"""Permissions, and the roles that hold them.

Document: "Permission definition", "List of permissions to create", "List of PermissionIDs to assign".
"""

from collections.abc import Mapping
from typing import Annotated, Any

from paycli.errors import UsageProblem
from paycli.operations.columns import identifier, text
from paycli.operations.hidden import LONGEST_TEXT
from paycli.operations.operation import ALWAYS, NEVER, Effect, Fields, Request, Route, Shape
from paycli.operations.params import Compound, Facts, Option
from paycli.operations.wire import decode
from paycli.providers.terapay import TERAPAY
from paycli.providers.terapay.fields import (
    METHODS,
    SAMPLE_UUID,
    http_method,
    permission_name,
    route_pattern,
    text_of,
    unlike,
    uuid,
    uuid_argument,
)
from paycli.providers.terapay.files import Permissions

IDS = {
    "permission_ids": Option(
        "Identifier of a permission; repeat it for several.", parse=uuid, many=True, metavar="UUID", sample=SAMPLE_UUID
    ),
    "permission_ids_file": Option(
        "JSON array of identifiers of permissions; - is standard input.", json_file=True, metavar="FILE.json"
    ),
}
NONE = Option("Leave the role without any permission.", switch=True)


def build_ids(typed: Mapping[str, Any], _facts: Facts) -> list[str]:
    """Return the identifiers that were typed and those of the file. Raises UsageProblem."""
    written = typed["permission_ids_file"] or []
    flag = "--permission-ids-file"
    if not isinstance(written, list):
        raise UsageProblem(f"Invalid value for '{flag}': it is no JSON array of identifiers.")
    try:
        read = tuple(uuid(str(one)) for one in written)
    except ValueError as problem:
        raise UsageProblem(f"Invalid value for '{flag}': {problem}.") from None
    return unlike((*(typed["permission_ids"] or ()), *read), "--permission-ids")


def build_ids_or_none(typed: Mapping[str, Any], facts: Facts) -> list[str]:
    """Return the identifiers; that there are none has to be said. Raises UsageProblem."""
    found = build_ids(typed, facts)
    if bool(found) == bool(typed["none"]):
        raise UsageProblem(
            "Which permissions? Name them, or say --none, not both.",
            next_step="add --permission-ids UUID, --permission-ids-file FILE.json, or --none",
        )
    return found


def preview_of_role(request: Request) -> tuple[str, ...]:
    """Return which permissions a role will have."""
    found = (request.body or {})["permissionIds"]
    return (f"the role will have {len(found)} permissions and no other", *(f"permission {one}" for one in found))


def preview_of_import(request: Request) -> tuple[str, ...]:
    """Return which permissions will be created."""
    rows = decode(request.raw or b"[]")
    told = [" ".join(str(row[name]) for name in ("name", "httpMethod", "routePattern") if name in row) for row in rows]
    return (f"{len(rows)} permissions", *(f"creates {line}" for line in told))


PermissionIds = Annotated[list[str], Compound(IDS, build_ids, f"--permission-ids {SAMPLE_UUID}")]
NewPermissionIds = Annotated[
    list[str], Compound({**IDS, "none": NONE}, build_ids_or_none, f"--permission-ids {SAMPLE_UUID}")
]
RoleId = Annotated[str, uuid_argument("ROLE_ID", "Identifier of the role.")]
Name = Annotated[
    str, Option("Name that no other permission has.", parse=permission_name, metavar="TEXT", sample="Banks.Read")
]
HttpMethod = Annotated[
    str | None, Option("HTTP method that it covers.", parse=http_method, metavar="METHOD", choices=METHODS)
]
RoutePattern = Annotated[str | None, Option("Route that it covers.", parse=route_pattern, metavar="PATTERN")]
RoleName = Annotated[str, Option("Name of the role.", parse=text_of(LONGEST_TEXT), metavar="TEXT", sample="Clerks")]
PERMISSION = (
    identifier("permissionId", primary=True, otherwise="id"),
    text("name"),
    text("httpMethod"),
    text("routePattern"),
)
ROLE = (identifier("roleId", primary=True, otherwise="id"), text("name"), text("permissionIds"))
PERMISSION_EXAMPLE = {
    "permissionId": SAMPLE_UUID,
    "name": "Banks.Read",
    "httpMethod": "GET",
    "routePattern": "/api/banks",
}


@TERAPAY.post(
    "permissions create",
    "/api/permissions",
    documented_as="Create a permission",
    route=Route.ASSUMED,
    effect=Effect.WRITES,
    retry=NEVER,
    same=("name",),
    movement="permission",
    columns=PERMISSION,
    example=PERMISSION_EXAMPLE,
)
def permissions_create(name: Name, http_method: HttpMethod = None, route_pattern: RoutePattern = None) -> Fields:
    """Create a permission for a method and a route."""
    return {"name": name, "httpMethod": http_method, "routePattern": route_pattern}


@TERAPAY.post(
    "permissions import",
    "/api/permissions/bulk",
    documented_as="Create permissions in bulk",
    route=Route.ASSUMED,
    effect=Effect.WRITES,
    retry=NEVER,
    same=("file",),
    movement="permissions",
    preview=preview_of_import,
    shape=Shape.ANY,
    columns=PERMISSION,
    example=[PERMISSION_EXAMPLE],
)
def permissions_import(file: Permissions) -> Fields:
    """Create the permissions of a file, all in one request."""
    return {"permissions": list(file)}


@TERAPAY.post(
    "roles create",
    "/api/roles",
    documented_as="Create a role",
    route=Route.ASSUMED,
    effect=Effect.WRITES,
    retry=NEVER,
    same=("name",),
    movement="role",
    preview=preview_of_role,
    columns=ROLE,
    example={"roleId": SAMPLE_UUID, "name": "Clerks", "permissionIds": [SAMPLE_UUID]},
)
def roles_create(name: RoleName, permission_ids: PermissionIds) -> Fields:
    """Create a role with the permissions that are named."""
    return {"name": name, "permissionIds": permission_ids}


@TERAPAY.declare(
    "roles set-permissions",
    "PUT",
    "/api/roles/{roleId}/permissions",
    documented_as="Set the permissions of a role",
    route=Route.ASSUMED,
    effect=Effect.WRITES,
    retry=ALWAYS,
    same=("role", "permission_ids"),
    preview=preview_of_role,
    columns=ROLE,
    example={"roleId": SAMPLE_UUID, "name": "Clerks", "permissionIds": [SAMPLE_UUID]},
)
def roles_set_permissions(role: RoleId, permission_ids: NewPermissionIds) -> Fields:
    """Give a role these permissions and no other."""
    return {"permissionIds": permission_ids}
