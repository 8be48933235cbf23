"""``paycli demo``: the main job, walked through against a sandbox of its own."""

import os
import shlex
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import typer

from paycli.errors import PaycliError
from paycli.values import dataclass

app = typer.Typer(rich_markup_mode=None, add_completion=False, pretty_exceptions_enable=False)


@dataclass(frozen=True)
class Step:
    """One command of the walk: what it is for, what is typed, and the exit code that it ends with."""

    told: str
    command: str
    exit_code: int = 0


STEPS = (
    Step(
        "A shop holds 100 UAH on its customer's card. First the payment page:",
        "paycli tranzzo pay hosted A-1 --method auth --amount 100 --currency UAH --description 'Two chairs' -p sandbox",
    ),
    Step(
        "The customer opens the page and pays (here the sandbox plays the customer):",
        "paycli sandbox act tranzzo pay A-1",
    ),
    Step(
        "One chair is in stock. Take 80 of the 100:", "paycli tranzzo capture A-1 --amount 80 --currency UAH -p sandbox"
    ),
    Step(
        "The chair comes back with a scratch. Give 30 back:",
        "paycli tranzzo refund A-1 --amount 30 --currency UAH -p sandbox",
    ),
    Step("What happened with the order, and what is left?", "paycli tranzzo orders show A-1 -p sandbox"),
    Step(
        "More than is left cannot be refunded. The exit code says that nothing moved:",
        "paycli tranzzo refund A-1 --amount 60 --currency UAH --no-preflight -p sandbox",
        5,
    ),
    Step(
        "What would be sent, without sending it:",
        "paycli tranzzo refund A-1 --amount 10 --currency UAH -p sandbox --dry-run -o json",
    ),
)


@app.command()
def demo() -> None:
    """Walk through a payment, a capture and a refund against a sandbox of its own; leaves nothing behind."""
    from paycli.sandbox.core import Sandbox
    from paycli.sandbox.server import Server

    token = os.urandom(16).hex()
    server = Server(0, Sandbox(), token)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        with tempfile.TemporaryDirectory(prefix="paycli-demo-") as home:
            (Path(home) / f"sandbox-{server.server_address[1]}.token").write_text(token)
            environment = _environment(home, server.address)
            for step in STEPS:
                _take(step, environment)
    finally:
        server.shutdown()
        server.server_close()
    sys.stdout.write("\nThat was the main job. Next: paycli --help, or a profile of your own (README.md).\n")


def _take(step: Step, environment: dict[str, str]) -> None:
    sys.stdout.write(f"\n{step.told}\n$ {step.command}\n")
    sys.stdout.flush()
    words = shlex.split(step.command)[1:]
    ended = subprocess.run(
        [sys.executable, "-m", "paycli", *words],
        env=environment,
        check=False,
        stdin=subprocess.DEVNULL,
        stderr=subprocess.STDOUT,
        timeout=30,
    )
    if step.exit_code:
        sys.stdout.write(f"(exit code {ended.returncode})\n")
    if ended.returncode != step.exit_code:
        raise PaycliError(
            f"The demo's command ended with {ended.returncode} instead of {step.exit_code}.",
            next_step="please report it, with the output above",
        )


def _environment(home: str, address: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PAYCLI_")}
    return {
        **kept,
        "PAYCLI_CONFIG_DIR": home,
        "PAYCLI_STATE_DIR": home,
        "PAYCLI_SANDBOX_URL": address,
        "PAYCLI_OUTPUT": "table",
    }
