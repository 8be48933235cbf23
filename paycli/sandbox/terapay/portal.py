"""The portal: sign-in, passwords, users and developers."""

from datetime import timedelta

from paycli.sandbox.http import Reply, as_json
from paycli.sandbox.routes import Ask, Refused, Route
from paycli.sandbox.shapes import array, email, flag, nullable, table, text, uuid
from paycli.sandbox.terapay.access import ANYONE, COOKIE
from paycli.sandbox.terapay.people import Role, User, seal
from paycli.sandbox.terapay.rights import issue_key
from paycli.sandbox.terapay.state import State

SESSION = timedelta(days=14)

LOGIN = table({"username": (True, email), "password": (True, text(1)), "rememberMe": (False, flag)})
# The document calls these nullable; none of them can be done without.
RESET = table({"email": (True, email), "token": (True, text(1)), "newPassword": (True, text(1))})
USER = table(
    {
        "userName": (False, nullable(text(1))),
        "email": (False, nullable(email)),
        "roles": (False, nullable(array(text(1), filled=False))),
        "generateApiKey": (False, flag),
    }
)
DEVELOPER = table(
    {
        "developerName": (True, text(1)),
        "developerEmail": (True, text(1)),
        "developerPhoneNumber": (True, text(1)),
        "roleId": (True, uuid),
    }
)


def _login(state: State, ask: Ask) -> Reply:
    user = state.user_by_email(ask.body["username"])
    if user is None or user.password != seal(ask.body["password"]):
        raise Refused(401, "INVALID_CREDENTIALS", "The username or the password is wrong")
    cookie = state.world.fresh_id()
    state.cookies[cookie] = (user.id, state.now() + SESSION)
    lasting = f"; Max-Age={int(SESSION.total_seconds())}" if ask.body.get("rememberMe") else ""
    reply = as_json(200, {"message": "Signed in", "userName": user.name, "email": user.email})
    set_cookie = f"{COOKIE}={cookie}; Path=/; HttpOnly; SameSite=Lax{lasting}"
    return Reply(reply.status, reply.body, {**reply.headers, "Set-Cookie": set_cookie})


def _reset(state: State, ask: Ask) -> Reply:
    user = state.user_by_email(ask.body["email"])
    if user is None or user.reset_token is None or user.reset_token != ask.body["token"]:
        raise Refused(422, "INVALID_TOKEN", "The reset token is wrong or was used")
    user.password, user.reset_token = seal(ask.body["newPassword"]), None
    return as_json(200, {"message": "The password was changed"}, executed=True)


def _create(state: State, ask: Ask) -> Reply:
    body = ask.body
    names = {role.name.lower(): role.id for role in state.roles.values()}
    wanted = body.get("roles") or []
    if strange := [name for name in wanted if name.lower() not in names]:
        raise Refused(422, "UNKNOWN_ROLE", f"There is no role {', '.join(strange)}")
    name, address = body.get("userName"), body.get("email")
    if not (name or address):
        raise Refused(400, "INVALID_BODY", "A user has a userName or an email")
    user = _add(state, name or address, address or name, [names[name.lower()] for name in wanted])
    send_reset_token(state, user)
    answer = {"userId": user.id, "userName": user.name, "email": user.email, "roles": wanted}
    if body.get("generateApiKey"):
        answer |= {"apiUserId": user.id, **issue_key(state, user)}
    return as_json(201, answer, executed=True)


def _register(state: State, ask: Ask) -> Reply:
    body = ask.body
    if body["roleId"].lower() not in state.roles:
        raise Refused(422, "UNKNOWN_ROLE", f"There is no role {body['roleId']}")
    user = _add(state, body["developerName"], body["developerEmail"], [body["roleId"].lower()])
    send_reset_token(state, user)
    answer = {"developerId": user.id, "apiUserId": user.id, "developerName": user.name, "roleId": body["roleId"]}
    return as_json(201, answer, executed=True)


def send_reset_token(state: State, user: User) -> None:
    """Send a user the token that a new password needs."""
    user.reset_token = state.world.fresh_id()
    state.world.tell(f"terapay: e-mail to {user.email}: {user.reset_token} is the token for a new password")


def _add(state: State, name: str, address: str, roles: list[str]) -> User:
    if state.user_by_email(address):
        raise Refused(422, "DUPLICATE_EMAIL", f"There is a user with the e-mail address {address}")
    user = User(state.world.fresh_id(), name, address, roles)
    state.users[user.id] = user
    return user


def _furnish_login(state: State, ask: Ask) -> None:
    if state.user_by_email(ask.body["username"]) is None:
        _add(state, "furnished", ask.body["username"], []).password = seal(ask.body["password"])


def _furnish_reset(state: State, ask: Ask) -> None:
    user = state.user_by_email(ask.body["email"]) or _add(state, "furnished", ask.body["email"], [])
    user.reset_token = user.reset_token or ask.body["token"]


def _furnish_user(state: State, ask: Ask) -> None:
    known = {role.name.lower() for role in state.roles.values()}
    for name in ask.body.get("roles") or []:
        if name.lower() not in known:
            role = Role(state.world.fresh_id(), name, [])
            state.roles[role.id] = role


def _furnish_developer(state: State, ask: Ask) -> None:
    number = ask.body["roleId"].lower()
    state.roles.setdefault(number, Role(number, f"Role {number[:8]}", []))


ROUTES: tuple[Route[State], ...] = (
    Route("POST", "/api/portal/login", _login, LOGIN, furnish=_furnish_login, open_to=ANYONE),
    Route("POST", "/api/portal/reset-password", _reset, RESET, furnish=_furnish_reset, open_to=ANYONE),
    Route("POST", "/api/portal/users", _create, USER, furnish=_furnish_user),
    Route("POST", "/api/developers", _register, DEVELOPER, furnish=_furnish_developer),
)
