"""Permissions, roles, exceptions for single users, and API keys."""

from collections.abc import Iterable
from typing import Any

from paycli.sandbox.http import Reply, as_json
from paycli.sandbox.routes import Ask, Refused, Route
from paycli.sandbox.shapes import array, flag, nullable, pattern, table, text, uuid, word
from paycli.sandbox.terapay.access import user_of
from paycli.sandbox.terapay.people import Key, Permission, Role, User, seal
from paycli.sandbox.terapay.state import State

# The document calls these nullable; one without a name could not be told from the others.
PERMISSION = table(
    {
        "name": (True, text(1)),
        "httpMethod": (False, nullable(word("GET", "POST", "PUT", "PATCH", "DELETE"))),
        "routePattern": (False, nullable(pattern(r"/\S*", "must be a route such as /api/banks"))),
    }
)
ROLE = table({"name": (True, text(1)), "permissionIds": (True, array(uuid, filled=False))})
ROLE_PERMISSIONS = table({"permissionIds": (True, nullable(array(uuid, filled=False)))})
API_KEY = table({"description": (False, nullable(text()))})


def overrides(body: Any) -> str | None:
    """Check the map from permission to whether it is granted."""
    if problem := table({"overrides": (True, lambda _value: None)})(body):
        return problem
    if not isinstance(body["overrides"], dict | None):
        return "overrides must be an object"
    items = (body["overrides"] or {}).items()
    wrong = (f"{name} {problem}" for name, held in items if (problem := uuid(name) or flag(held)))
    return next(wrong, None)


def issue_key(state: State, user: User) -> dict[str, str]:
    """Return a new key with its secret, which is not kept and never shown again."""
    secret = f"{state.world.chance.getrandbits(160):040x}"
    key = f"tp-{state.world.chance.getrandbits(64):016x}"
    state.keys[key] = Key(user.id, seal(secret))
    return {"apiKey": key, "apiSecret": secret}


def _create(state: State, ask: Ask) -> Reply:
    return as_json(201, _add(state, [ask.body])[0].shown(), executed=True)


def _import(state: State, ask: Ask) -> Reply:
    return as_json(201, [permission.shown() for permission in _add(state, ask.body)], executed=True)


def _add(state: State, wanted: list[dict[str, Any]]) -> list[Permission]:
    taken = {permission.name.lower() for permission in state.permissions.values()}
    for one in wanted:
        if one["name"].lower() in taken:
            raise Refused(422, "DUPLICATE_PERMISSION", f"There is a permission {one['name']}")
        taken.add(one["name"].lower())
    made = [
        Permission(state.world.fresh_id(), one["name"], one.get("httpMethod"), one.get("routePattern"))
        for one in wanted
    ]
    state.permissions |= {permission.id: permission for permission in made}
    return made


def _create_role(state: State, ask: Ask) -> Reply:
    name = ask.body["name"]
    if any(role.name.lower() == name.lower() for role in state.roles.values()):
        raise Refused(422, "DUPLICATE_ROLE", f"There is a role {name}")
    role = Role(state.world.fresh_id(), name, _known(state, ask.body["permissionIds"]))
    state.roles[role.id] = role
    return as_json(201, role.shown(), executed=True)


def _set_permissions(state: State, ask: Ask) -> Reply:
    role = state.roles.get(ask.uuid("roleId"))
    if role is None:
        raise Refused(404, "ROLE_NOT_FOUND", f"There is no role {ask.named['roleId']}")
    role.permissions = _known(state, ask.body["permissionIds"] or [])
    return as_json(200, role.shown(), executed=True)


def _override(state: State, ask: Ask) -> Reply:
    user = state.users.get(ask.uuid("apiUserId"))
    if user is None:
        raise Refused(404, "USER_NOT_FOUND", f"There is no API user {ask.named['apiUserId']}")
    wanted = ask.body["overrides"] or {}
    _known(state, wanted)
    user.overrides |= {number.lower(): allowed for number, allowed in wanted.items()}
    return as_json(200, {"apiUserId": user.id, "overrides": user.overrides}, executed=True)


def _create_key(state: State, ask: Ask) -> Reply:
    user = user_of(state, ask.call)
    if user is None:
        raise Refused(401, "UNAUTHORIZED", "Nobody to issue a key for")
    return as_json(201, issue_key(state, user), executed=True)


def _known(state: State, ids: Iterable[str]) -> list[str]:
    wanted = list(dict.fromkeys(number.lower() for number in ids))
    if strange := [number for number in wanted if number not in state.permissions]:
        raise Refused(422, "UNKNOWN_PERMISSION", f"There is no permission {', '.join(strange)}")
    return wanted


def _furnish_permissions(state: State, ids: Iterable[str] | None) -> None:
    for number in ids or ():
        name = f"Permission {number[:8]}"
        state.permissions.setdefault(number.lower(), Permission(number.lower(), name, "GET", "/api/banks"))


def _furnish_role(state: State, ask: Ask) -> None:
    number = ask.uuid("roleId")
    state.roles.setdefault(number, Role(number, f"Role {number[:8]}", []))
    _furnish_permissions(state, ask.body["permissionIds"])


def _furnish_user(state: State, ask: Ask) -> None:
    number = ask.uuid("apiUserId")
    state.users.setdefault(number, User(number, "furnished", f"{number}@sandbox.example", []))
    _furnish_permissions(state, ask.body["overrides"])


ROUTES: tuple[Route[State], ...] = (
    Route("POST", "/api/permissions", _create, PERMISSION),
    Route("POST", "/api/permissions/bulk", _import, array(PERMISSION)),
    Route(
        "POST",
        "/api/roles",
        _create_role,
        ROLE,
        furnish=lambda state, ask: _furnish_permissions(state, ask.body["permissionIds"]),
    ),
    Route("PUT", "/api/roles/{roleId}/permissions", _set_permissions, ROLE_PERMISSIONS, furnish=_furnish_role),
    Route("PUT", "/api/users/{apiUserId}/permissions", _override, overrides, furnish=_furnish_user),
    Route("POST", "/api/api-keys", _create_key, API_KEY),
)
