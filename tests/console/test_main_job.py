"""The main job as processes against a served sandbox: what is printed, and the exit codes that scripts rely on."""

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.helpers import Served, isolated, serve_sandbox

PAGE = ("--method", "auth", "--amount", "100", "--currency", "UAH", "--description", "test", "-p", "sandbox")
UAH = ("--currency", "UAH", "-p", "sandbox")


def test_hold_capture_refund_show(sandbox: Served) -> None:
    """The whole way, with the right states at its end."""
    page = sandbox.paycli("tranzzo", "pay", "hosted", "A-1", *PAGE)
    assert (page.code, page.json["order_id"]) == (0, "A-1")
    assert page.json["redirect_url"].startswith(f"{sandbox.address}/tranzzo/api/v1/checkout/")
    assert sandbox.paycli("sandbox", "act", "tranzzo", "pay", "A-1").code == 0
    capture = sandbox.paycli("tranzzo", "capture", "A-1", "--amount", "80", *UAH)
    assert (capture.code, capture.json["amount"], capture.json["status"]) == (0, 80, "success")
    refund = sandbox.paycli("tranzzo", "refund", "A-1", "--amount", "30", *UAH)
    assert (refund.code, refund.json["status_code"]) == (0, "1004")
    shown = sandbox.paycli("tranzzo", "orders", "show", "A-1", "-o", "json", "-p", "sandbox")
    assert [(o["method"], o["amount"], o["status"]) for o in shown.json] == [
        ("auth", 100, "success"),
        ("capture", 80, "success"),
        ("refund", 30, "success"),
    ]
    more = sandbox.paycli("tranzzo", "refund", "A-1", "--amount", "60", "--no-preflight", *UAH)
    assert (more.code, more.out) == (5, "")
    assert "code 4002" in more.err
    assert "Nothing moved" in more.err


def test_a_change_names_profile_environment_and_host(sandbox: Served) -> None:
    """In one line on standard error."""
    sandbox.held("A-2")
    ended = sandbox.paycli("tranzzo", "void", "A-2", *UAH)
    assert ended.code == 0
    assert ended.err.splitlines() == [f"sandbox-tranzzo · test · {sandbox.address.removeprefix('http://')}"]


def test_everything_that_is_left_can_be_asked_for(sandbox: Served) -> None:
    """--all captures and refunds without a sum."""
    sandbox.held("A-3")
    assert sandbox.paycli("tranzzo", "capture", "A-3", "--all", *UAH).json["amount"] == 100
    assert sandbox.paycli("tranzzo", "refund", "A-3", "--all", *UAH).json["amount"] == 100


def test_pending_is_exit_8_and_shows_the_answer(sandbox: Served) -> None:
    """Accepted is neither success nor failure."""
    sandbox.held("A-4")
    ended = sandbox.paycli("tranzzo", "capture", "A-4", "--amount", "10.52", *UAH)
    assert (ended.code, ended.json["status"]) == (8, "pending")
    assert "orders show A-4" in ended.err
    assert sandbox.paycli("sandbox", "act", "tranzzo", "finish", "A-4").code == 0


def test_a_wrong_secret_is_exit_4(sandbox: Served) -> None:
    """And its value stays unseen, with -vv too."""
    wrong = "not-the-secret-0815"
    ended = sandbox.paycli("tranzzo", "check", "-p", "sandbox", "-vv", PAYCLI_SANDBOX_TRANZZO_API_SECRET=wrong)
    assert ended.code == 4
    assert wrong not in ended.out + ended.err
    plain = sandbox.paycli(
        "tranzzo", "check", "-p", "sandbox", "-vv",
        PAYCLI_SANDBOX_TRANZZO_API_SECRET=wrong, PAYCLI_SANDBOX_TRANZZO_SIGNING="plain",
    )  # fmt: skip
    assert plain.code == 4
    assert wrong not in plain.out + plain.err


@pytest.mark.parametrize("scheme", ["hmac-sha1", "sha1", "plain"])
def test_every_signing_scheme_is_accepted(sandbox: Served, scheme: str) -> None:
    """Reads and changes alike."""
    environ = {"PAYCLI_SANDBOX_TRANZZO_SIGNING": scheme}
    assert sandbox.paycli("tranzzo", "check", "-p", "sandbox", **environ).code == 0
    assert sandbox.paycli("tranzzo", "pay", "hosted", f"S-{scheme}", *PAGE, **environ).code == 0


def test_health_needs_no_credentials(sandbox: Served) -> None:
    """Nothing is signed."""
    ended = sandbox.paycli("tranzzo", "health", "-p", "sandbox", "-o", "table", "-vv")
    assert (ended.code, ended.out) == (0, "OK\n")
    assert "X-API" not in ended.err


def test_an_unknown_order_is_exit_3(sandbox: Served) -> None:
    """For reads and changes; the credential check's empty list is none."""
    assert sandbox.paycli("tranzzo", "orders", "show", "nobody", "-p", "sandbox").code == 3
    assert sandbox.paycli("tranzzo", "refund", "nobody", "--all", *UAH).code == 3
    assert sandbox.paycli("tranzzo", "check", "-p", "sandbox").json == []


def test_an_order_id_is_unique(sandbox: Served) -> None:
    """Whatever became of the first."""
    assert sandbox.paycli("tranzzo", "pay", "hosted", "A-5", *PAGE).code == 0
    assert sandbox.paycli("tranzzo", "pay", "hosted", "A-5", *PAGE).code == 10
    again = sandbox.paycli("tranzzo", "pay", "hosted", "A-5", *PAGE, "--again", "-o", "json")
    assert (again.code, again.error["provider_code"], again.error["kind"]) == (5, "P-409", "rejected")


@pytest.mark.parametrize(
    "argv",
    [
        ("refund", "A-1", "--amount", "1.005", *UAH),
        ("refund", "A-1", *UAH),
        ("refund", "A-1", "--all", "--amount", "1", *UAH),
        ("refund", "A-1", "--amount", "-1", *UAH),
        ("refund", "..", "--all", *UAH),
        ("refund", "A" * 33, "--all", *UAH),
        ("refund", "--all"),
        ("pay", "hosted", "A-1", "--amount", "1", *UAH),
        ("orders", "show", "A-1", "--timeout", "0"),
        ("orders", "show", "A-1", "-o", "xml"),
        ("nothing",),
    ],
)
def test_what_cannot_be_meant_is_exit_2(sandbox: Served, argv: tuple[str, ...]) -> None:
    """Before anything is sent, with what to type next, and no traceback."""
    ended = sandbox.paycli("tranzzo", *argv)
    assert (ended.code, ended.out) == (2, "")
    assert "Traceback" not in ended.err
    assert "next:" in ended.err or "Invalid value" in ended.err


def test_nobody_listening_is_exit_6(sandbox: Served) -> None:
    """Nothing was sent, and the message says so."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    ended = sandbox.paycli("tranzzo", "refund", "A-1", "--all", *UAH, PAYCLI_SANDBOX_URL=f"http://127.0.0.1:{port}")
    assert ended.code == 6
    assert "Nothing was sent" in ended.err


@contextmanager
def silent_refund(cut: bool) -> Iterator[tuple[str, threading.Event]]:
    """Serve an order of 100 to every read; take a refund and say nothing, or close the connection."""
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(0.1)
    stop, taken = threading.Event(), threading.Event()
    rows = b'[{"payment_id": "p", "order_id": "A-1", "method": "purchase", "amount": 100, "currency": "UAH", "status": "success"}]'  # noqa: E501 one row
    kept = []

    def serve() -> None:
        while not stop.is_set():
            try:
                connection, _ = listener.accept()
            except TimeoutError:
                continue
            connection.settimeout(20)
            if connection.recv(65536).startswith(b"GET"):
                connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(rows), rows))
                connection.close()
                continue
            taken.set()
            if cut:
                connection.close()
            else:
                kept.append(connection)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}", taken
    finally:
        stop.set()
        thread.join(20)
        for connection in (*kept, listener):
            connection.close()


REFUND = ("tranzzo", "refund", "A-1", "--all", *UAH)


def test_a_cut_answer_to_a_change_is_exit_7(sandbox: Served, tmp_path: Path) -> None:
    """Neither success nor failure, and not to be repeated."""
    quick_profile(tmp_path)
    with silent_refund(cut=True) as (address, _):
        ended = sandbox.paycli(*REFUND[:-1], "quick", **quick(tmp_path, address))
    assert ended.code == 7
    assert "do not repeat" in ended.err
    assert "paycli journal resolve pc-" in ended.err
    assert "orders show A-1 -p quick" in ended.err


def quick_profile(home: Path) -> None:
    """Write a profile that looks for lost outcomes for a moment only."""
    (home / "config").mkdir(exist_ok=True)
    text = "profiles: {quick: {provider: tranzzo, environment: test, pos_id: p, timeout: {settle: 1}}}"
    (home / "config" / "profiles.yaml").write_text(text)


def quick(home: Path, address: str) -> dict[str, str]:
    """Return the variables of that profile at an address."""
    names = ("API_KEY", "API_SECRET", "ENDPOINTS_KEY")
    return {
        **isolated(home),
        "PAYCLI_QUICK_BASE_URL": address,
        **{f"PAYCLI_QUICK_{name}": "12345678" for name in names},
    }


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_while_the_answer_to_a_change_is_awaited_is_exit_7(
    sandbox: Served, tmp_path: Path, number: signal.Signals
) -> None:
    """It may have happened."""
    quick_profile(tmp_path)
    with silent_refund(cut=False) as (address, taken):
        environment = {**sandbox.environment, **quick(tmp_path, address)}
        command = [sys.executable, "-m", "paycli", *REFUND[:-1], "quick", "--timeout", "8"]
        with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as process:
            assert taken.wait(30)
            process.send_signal(number)
            _, told = process.communicate(timeout=30)
    assert process.returncode == 7
    assert "Traceback" not in told


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_while_the_answer_to_a_read_is_awaited_is_exit_130(sandbox: Served, number: signal.Signals) -> None:
    """It changed nothing."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(30)
        environment = {**sandbox.environment, "PAYCLI_SANDBOX_URL": f"http://127.0.0.1:{listener.getsockname()[1]}"}
        command = [sys.executable, "-m", "paycli", "tranzzo", "orders", "show", "A-1", "-p", "sandbox"]
        with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as process:
            connection, _ = listener.accept()
            connection.recv(65536)
            process.send_signal(number)
            _, told = process.communicate(timeout=30)
            connection.close()
    assert process.returncode == 130
    assert "Traceback" not in told


def test_a_closed_pipe_does_not_make_a_success_a_failure(sandbox: Served) -> None:
    """The exit code is that of the refund."""
    sandbox.held("A-6")
    sandbox.paycli("tranzzo", "capture", "A-6", "--all", *UAH)
    command = (
        f"set -o pipefail; {sys.executable} -m paycli tranzzo refund A-6 --all --currency UAH -p sandbox | head -c 0"
    )
    ended = subprocess.run(
        ["/bin/bash", "-c", command], env=sandbox.environment, capture_output=True, text=True, check=False, timeout=30
    )
    assert (ended.returncode, "Traceback" in ended.stderr) == (0, False)


def test_an_output_that_does_not_fit_does_not_make_a_success_a_failure(sandbox: Served) -> None:
    """The answer is then on standard error."""
    sandbox.held("A-7")
    fits_not = sandbox.paycli("tranzzo", "capture", "A-7", "--all", *UAH, "--query", "sum(@)")
    assert (fits_not.code, fits_not.out) == (0, "")
    assert "it is done, but cannot be shown" in fits_not.err
    assert '"method": "capture"' in fits_not.err


def test_a_profile_that_may_only_read_sends_no_change(sandbox: Served) -> None:
    """Refused here, exit 10, with what to set."""
    ended = sandbox.paycli(
        "tranzzo", "refund", "A-1", "--all", *UAH, "-o", "json", PAYCLI_SANDBOX_TRANZZO_ACCESS="read"
    )
    assert (ended.code, ended.error["kind"]) == (10, "refused_here")
    assert "PAYCLI_SANDBOX_TRANZZO_ACCESS=write" in ended.error["next"]


def test_a_profile_from_the_environment_alone(sandbox: Served) -> None:
    """An empty home is enough."""
    ended = sandbox.paycli(
        "tranzzo", "check",
        PAYCLI_CI_PROVIDER="tranzzo", PAYCLI_CI_ENVIRONMENT="test", PAYCLI_CI_BASE_URL=f"{sandbox.address}/tranzzo",
        PAYCLI_CI_POS_ID="5a5d0b0c-1c7e-4f5e-9d52-0f3f3f6a1d01", PAYCLI_CI_API_KEY="sandbox-key-7f31c2",
        PAYCLI_CI_API_SECRET="sandbox-secret-b81f04e6", PAYCLI_CI_ENDPOINTS_KEY="sandbox-endpoints-39ad55",
    )  # fmt: skip
    assert (ended.code, ended.json) == (0, [])


def test_a_taken_port_is_a_sentence(sandbox: Served) -> None:
    """Not a traceback."""
    port = sandbox.address.rpartition(":")[2]
    ended = sandbox.paycli("sandbox", "serve", "--port", port)
    assert ended.code == 4
    assert ended.err.startswith(f"error: Port {port} cannot be used")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_sandbox_stops_cleanly(tmp_path: Path, number: signal.Signals) -> None:
    """With exit 0, and without its token left behind."""
    with serve_sandbox(tmp_path) as served:
        assert next((tmp_path / "state").glob("*.token")).stat().st_mode & 0o777 == 0o600
        served.process.send_signal(number)
        assert served.process.wait(10) == 0
    assert not list((tmp_path / "state").glob("*.token"))


def test_a_sandbox_that_is_reset_knows_no_order(sandbox: Served) -> None:
    """And says so."""
    sandbox.held("A-8")
    assert sandbox.paycli("sandbox", "reset").out == "everything is forgotten\n"
    assert sandbox.paycli("tranzzo", "orders", "show", "A-8", "-p", "sandbox").code == 3


def test_control_needs_the_token(sandbox: Served, tmp_path: Path) -> None:
    """Another home knows nothing of it."""
    ended = sandbox.paycli("sandbox", "reset", **isolated(tmp_path))
    assert ended.code == 4


def test_the_demo_leaves_nothing_behind(tmp_path: Path) -> None:
    """No file in home, and exit 0."""
    environment = {"HOME": str(tmp_path), "PATH": os.environ["PATH"]}
    command = [sys.executable, "-m", "paycli", "demo"]
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "held      20.00 UAH  can be captured" in ended.stdout
    assert "left      50.00 UAH  can be refunded" in ended.stdout
    assert not list(tmp_path.iterdir())
