"""``paycli sandbox``: the providers as a local server."""

import contextlib
import os
import re
import secrets
import sys
import textwrap
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlsplit

import typer

from paycli.commands.options import word_of
from paycli.errors import ConfigurationProblem, UsageProblem
from paycli.operations.catalog import PROVIDERS
from paycli.output.visible import one_line
from paycli.profiles.places import state_directory
from paycli.profiles.resolve import SANDBOX_HOST
from paycli.sandbox.faults import KINDS

if TYPE_CHECKING:
    from paycli.sandbox.core import Sandbox
    from paycli.sandbox.keeping import Keeper

app = typer.Typer(rich_markup_mode=None, add_completion=False, pretty_exceptions_enable=False)

DEFAULT_PORT = 8700
INDENT = "    "
ProviderName = Annotated[
    str, typer.Argument(metavar="PROVIDER", parser=word_of(PROVIDERS), help="One of the five, such as tranzzo.")
]


@app.command()
def serve(
    port: Annotated[
        int, typer.Option(metavar="PORT", min=0, max=65535, help="Port on 127.0.0.1; 0 takes a free one.")
    ] = DEFAULT_PORT,
    data: Annotated[
        Path | None,
        typer.Option(metavar="DIR", file_okay=False, help="Keep what happens in this directory, for the next start."),
    ] = None,
) -> None:
    """Serve the sandbox on loopback until Ctrl-C.

    Every provider lies under its own name, /tranzzo and so on; the built-in profiles (-p sandbox) know its made-up
    credentials. PAYCLI_SANDBOX_URL names another address than http://127.0.0.1:8700.

    Amounts decide what happens, whatever the currency: an amount that ends in .51 fails (a payment lacks funds, code
    4009; a capture, void or refund is declined by the bank, 5147); one that ends in .52 stays pending (2119) until
    `paycli sandbox act tranzzo finish ORDER_ID` or `fail`; every other one succeeds. The currency XTS is the test mode:
    1 to 2 XTS, code 0.

    Payment pages can be opened in a browser; the payer's card there is 4242424242424242. Only documented test cards are
    taken: 4242424242424242 and 5454545454545454, and 5555555555554444 to receive. A direct payment waits for 3-D Secure
    when order_3ds_bypass is always, or supported with 5454545454545454; its user_action_url is a page, too.

    Webhooks and preflight questions go to loopback addresses only.

    MobilePay: every terminal id is known, T-1001 and T-1002 have a point of sale. A payment in .51 cannot be reserved,
    one in .53 cannot be captured in part; a refund in .51 finds the balance too low (1368), one in .52 stays Initiated.

    Toman: accounts, terminals, payments of the last 30 days and reports are made up anew at every start; links to
    report files lead to a second port, live 48 hours and know Range (a fault's route for them: "GET /_files/*").

    Tora: the bills 1000000001 (50.00 due, parts allowed, asks for due_date and meter), 1000000002 (123.40, exactly) and
    1000000003 (29.90 or more, or zero), topups from MEL10 on, tickets LAIKO-K and LAIKO-E; the balance begins with
    1000.00 EUR. TeraPay: the account begins with 100000.00; an item of a batch in .51 fails until it is retried, one in
    .52 stays Processing. One-time passwords and text messages of both are printed here.

    Example: paycli sandbox serve

    Example: paycli sandbox serve --port 8701 --data sandbox-state
    """
    from paycli.sandbox.core import Sandbox
    from paycli.sandbox.files import serving_files
    from paycli.sandbox.server import Server

    token, sandbox = secrets.token_urlsafe(24), Sandbox()
    keeper = _keeper(data, sandbox) if data else None
    try:
        server = Server(port, sandbox, token, _show)
    except OSError as problem:
        raise ConfigurationProblem(
            f"Port {port} cannot be used: {problem.strerror}.", next_step="name another: --port 8701"
        ) from None
    path = _write_token(server.server_address[1], token)
    try:
        with serving_files(sandbox):
            sys.stdout.write(f"The sandbox listens on {server.address}; stop it with Ctrl-C.\n")
            sys.stdout.flush()
            server.serve_forever(poll_interval=0.1)
    except KeyboardInterrupt:
        sys.stderr.write("The sandbox stopped.\n")
    finally:
        server.server_close()
        path.unlink(missing_ok=True)
        if keeper:
            keeper.close()


def _keeper(directory: Path, sandbox: "Sandbox") -> "Keeper":
    from paycli.sandbox.keeping import BusyError, Keeper
    from paycli.sandbox.state import DamagedStateError

    try:
        return Keeper(directory, sandbox)
    except BusyError:
        raise ConfigurationProblem(
            f"Another sandbox keeps its state in {directory}.", next_step="stop it, or name another directory"
        ) from None
    except OSError as problem:
        raise ConfigurationProblem(f"{directory} cannot be used: {problem.strerror}.") from None
    except DamagedStateError:
        raise ConfigurationProblem(
            f"What lies in {directory} is no state of this sandbox.", next_step="name another directory, or empty it"
        ) from None


@app.command()
def reset() -> None:
    """Make the running sandbox forget every order.

    Example: paycli sandbox reset
    """
    sys.stdout.write(_control("reset", {}) + "\n")


ACT = """Play the customer, the bank, the shop, or the provider's own people.

What happens (EVENT), and to what (ID):

\b
tranzzo
  open, pay, reject ORDER_ID        the payment page
  3ds-pass, 3ds-fail ORDER_ID       3-D Secure
  finish, fail ORDER_ID             what is pending
  turn-down ORDER_ID                the shop says no before the payment
  subscribe ORDER_ID                a paid order recurs; names its identifiers
  report-rows N                     the next report has N made-up rows
mobilepay
  check-in TERMINAL_ID|POS_ID       a customer comes to the till
  pair, reserve, reject PAYMENT_ID  the customer accepts, or does not
  age PAYMENT_ID                    the customer is too young
  expire PAYMENT_ID|REFUND_ID       what would end by waiting
  reserve REFUND_ID                 the refund can be captured
  forget-token BIO_CODE             the merchant has no access token
toman
  pay, decline TERMINAL             somebody pays (number or uuid)
  finish, fail, expire UUID         a report
  sign-out USERNAME                 its tokens are not valid any more
tora
  otp REQUEST_ID                    read the customer's telephone
  finish REPORT_ID                  a report is ready
  accept, reject RECLAMATION_ID     a reclamation
  balance EURO                      how much there is to sell for
terapay
  approve, decline TRANSACTION_ID   type the one-time password, or not
  fail ITEM_ID                      of a batch, now or when tried next
  finish BATCH_ID|TRANSACTION_ID    what is under way
  forgot EMAIL                      a token for a new password
  balance AMOUNT                    how much there is to send

Example: paycli sandbox act tranzzo pay A-1001

Example: paycli sandbox act mobilepay check-in T-1001
"""


@app.command(help=ACT)
def act(
    provider: ProviderName,
    event: Annotated[str, typer.Argument(metavar="EVENT", help="What happens; see above.")],
    target: Annotated[str, typer.Argument(metavar="ID", help="To what, as the event says.")],
) -> None:
    """Let something happen."""
    sys.stdout.write(_control("act", {"provider": provider, "event": event, "id": target}) + "\n")


@app.command()
def clock(move: Annotated[str, typer.Argument(metavar="+TIME", help="Such as +25h or +7d.")]) -> None:
    """Move the sandbox's clock forward, for what happens after hours or days.

    Example: paycli sandbox clock +25h
    """
    match = re.fullmatch(r"\+(\d{1,6})([smhd])", move)
    if not match:
        raise UsageProblem(f"{move!r} moves no clock.", next_step="write such as +25h or +7d")
    seconds = int(match[1]) * {"s": 1, "m": 60, "h": 3600, "d": 86400}[match[2]]
    sys.stdout.write(_control("clock", {"seconds": seconds}) + "\n")


faults = typer.Typer(rich_markup_mode=None, help="Make the sandbox fail, to see what your script does.")
app.add_typer(faults, name="fault")


@faults.callback()
def fault() -> None:
    """Make the sandbox fail, to see what your script does."""


_KINDS = "\n".join(f"{kind}\n{textwrap.indent(textwrap.fill(told, 72), INDENT)}" for kind, told in KINDS.items())
ADD = f"""Let the next request at a route fail.

Kinds:

\b
{_KINDS}

Example: paycli sandbox fault add tranzzo "POST /api/v1/refund" drop-after-commit

Example: paycli sandbox fault add tranzzo "GET /api/v1/pos/*" 503 --times 3
"""


@faults.command(help=ADD)
def add(
    provider: ProviderName,
    route: Annotated[
        str,
        typer.Argument(
            metavar="ROUTE", help='Method and path, such as "POST /api/v1/refund"; * in the path stands for anything.'
        ),
    ],
    kind: Annotated[
        str,
        typer.Argument(
            metavar="KIND", parser=word_of(KINDS), help="What happens; see above.", autocompletion=lambda: [*KINDS]
        ),
    ],
    times: Annotated[int, typer.Option(metavar="N", min=1, help="How often.")] = 1,
    after: Annotated[int, typer.Option(metavar="N", min=0, help="How many requests it lets through first.")] = 0,
) -> None:
    """Add a fault."""
    words: dict[str, object] = {"provider": provider, "route": route, "kind": kind, "times": times, "after": after}
    sys.stdout.write(_control("fault", words) + "\n")


@faults.command("list")
def list_() -> None:
    """List the faults that still wait for a request, in the order in which they are met.

    Example: paycli sandbox fault list
    """
    waiting = _control("faults", {})
    if waiting:
        sys.stdout.write(f"{waiting}\n")
    else:
        sys.stderr.write("No fault waits.\n")


def _show(line: str) -> None:
    # What a shop sent must not drive the terminal; a closed pipe must not end an answer.
    with contextlib.suppress(OSError):
        sys.stdout.write(one_line(line) + "\n")
        sys.stdout.flush()


def _control(action: str, body: Mapping[str, object]) -> str:
    from paycli.sandbox.control import ControlProblem, control

    address = os.environ.get("PAYCLI_SANDBOX_URL") or SANDBOX_HOST
    try:
        token = _token_path(urlsplit(address).port or 80).read_text()
    except (OSError, ValueError):
        raise ConfigurationProblem(
            f"No sandbox of yours runs at {address}.", next_step="start one: paycli sandbox serve"
        ) from None
    try:
        return control(address, token, action, body)
    except ControlProblem as problem:
        raise UsageProblem(str(problem)) from None


def _token_path(port: int) -> Path:
    return state_directory() / f"sandbox-{port}.token"


def _write_token(port: int, token: str) -> Path:
    path = _token_path(port)
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.unlink(missing_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(token)
    except OSError as problem:
        raise ConfigurationProblem(f"{path} cannot be written: {problem.strerror}.") from None
    return path
