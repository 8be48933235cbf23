"""Toman (Iran): PSP reporting, called "repigma"."""

from paycli.operations.operation import Operation, Request
from paycli.operations.pages import enveloped
from paycli.operations.provider import Probe, Provider, Setting, Values
from paycli.providers.toman.answers import explain
from paycli.providers.toman.safety import SAFETY
from paycli.providers.toman.signing import SIGN_IN, sign, wanted
from paycli.values import replace

SETTINGS = (
    Setting("username", "User to whom the provider gave the API.", needed=True, sandbox="sandbox-clerk"),
    Setting("password", "That user's password.", secret=True, needed=True, sandbox="sandbox-pass-60b2aa"),
    Setting("client_id", "Identifier of the OAuth client.", needed=True, sandbox="sandbox-client-1f09"),
    Setting(
        "client_secret",
        "Secret of the OAuth client.",
        secret=True,
        needed=True,
        sandbox="sandbox-client-secret-8d27e1",
    ),
    Setting("scopes", "Rights to sign in for, apart by spaces; left out: those that each command needs."),
    Setting("auth_url", "Host that gives tokens, without the path."),
    Setting(
        "client_auth",
        "Where the client's credentials go at sign-in: into the body, or into a Basic header.",
        default="body",
        choices=("body", "basic"),
    ),
    Setting(
        "payments_segment",
        "How the path of payments calls the terminal type: by name (ipg, pos) or by code (0, 1); sources differ.",
        default="name",
        choices=("name", "code"),
    ),
)
CODES = {"/payments/ipg": "/payments/0", "/payments/pos": "/payments/1"}


def complete(operation: Operation, request: Request, values: Values) -> Request:
    """Ask for the scopes that the profile wants, and write the terminal type into a path as it says."""
    if operation.command == SIGN_IN.login:
        scope = " ".join(sorted(wanted(operation, values)))
        return replace(request, body={"scope": scope, **(request.body or {})})
    if values.get("payments_segment") == "code":
        return replace(request, path=CODES.get(request.path, request.path))
    return request


TOMAN = Provider(
    name="toman",
    currency="IRR",
    title="Toman",
    hosts={
        "base_url": "https://repigma.toman.ir",
        "auth_url": "https://accounts.qbitpay.org",
        "test base_url": "https://repigma-staging.qcluster.org",
        "test auth_url": "https://auth.qbitpay.org",
    },
    settings=SETTINGS,
    resources={
        "login": "session",
        "refresh": "session",
        "payments": "payments",
        "reports": "reports",
        "terminals": "terminals",
        "psps": "psps",
        "psp-accounts": "psps",
    },
    groups={
        "payments": "Look through the payments of terminals.",
        "reports": "Find reports and download them.",
        "terminals": "Make terminals known and look them up.",
        "psps": "Look the payment service providers up.",
        "psp-accounts": "Look accounts at payment service providers up.",
    },
    sign=sign,
    explain=explain,
    complete=complete,
    safety=SAFETY,
    looks="looks",
    page=enveloped,
    sign_ins=(SIGN_IN,),
    probes=(Probe("login"), Probe("psps list", "api", rights=True)),
    local={"payments show": ("paycli.tools.payment", "Show a payment, looked for in both lists.")},
    schemes=({"client_auth": "body"}, {"client_auth": "basic"}),
)
PROVIDER = TOMAN
