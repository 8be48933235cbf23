"""Webhooks: verified, made, and received over real sockets."""

import json
import os
import queue
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest

from paycli.providers.tranzzo.notifications import form, sign
from tests.helpers import Result, isolated, run_as_process
from tests.serving import Answered, Came, serve

LIMIT = 20
SECRET = "sandbox-secret-b81f04e6"
EVENT = {"order_id": "A-7", "method": "refund", "status": "success", "amount": 30, "currency": "UAH"}
VECTOR = ("--data", "eyJuYW1lIjoiSm9lIiwiYWdlIjoyMH0=", "--signature", "Bcj3hb-h00HrEMIoJ5nPW5ZHlVQ=")


def paycli(home: Path, *argv: str, stdin: bytes = b"", **variables: str) -> Result:
    """Run paycli as a process."""
    environment = {"PATH": os.environ["PATH"], **isolated(home), **variables}
    return run_as_process(("tranzzo", "webhooks", *argv), environment, stdin)


def signed(**changes: Any) -> bytes:
    """Return the body of a genuine notification."""
    return sign(json.dumps({**EVENT, **changes}).encode(), SECRET)


def post(address: str, body: bytes) -> tuple[int, bytes]:
    """Send a notification as the provider does and return what is answered."""
    asked = Request(address, body, {"Content-Type": "application/x-www-form-urlencoded"}, method="POST")  # noqa: S310 loopback
    try:
        with urlopen(asked, timeout=LIMIT) as answer:  # noqa: S310 loopback
            return answer.status, answer.read()
    except OSError as problem:
        return getattr(problem, "code", 0), b""


@dataclass
class Listening:
    """A listener in a process of its own, and what it prints."""

    process: subprocess.Popen[bytes]
    address: str
    said: "queue.Queue[str]" = field(default_factory=queue.Queue)

    def wait_for(self, words: str) -> str:
        """Return the next line on standard error that holds the words."""
        while True:
            line = self.said.get(timeout=LIMIT)
            if words in line:
                return line

    def shown(self) -> Any:
        """Return the next event on standard output."""
        assert self.process.stdout
        return json.loads(self.process.stdout.readline())

    def stop(self) -> Result:
        """Press Ctrl-C and return what is left."""
        self.process.send_signal(signal.SIGINT)
        assert self.process.stdout
        code = self.process.wait(LIMIT)
        return Result(code, self.process.stdout.read().decode(), "")


@contextmanager
def listening(home: Path, *words: str) -> Iterator[Listening]:
    """Listen on a free port until the block ends."""
    pipe = subprocess.PIPE
    command = [sys.executable, "-m", "paycli", "tranzzo", "webhooks", "listen", "--port", "0", "-p", "sandbox", *words]
    environment = {"PATH": os.environ["PATH"], **isolated(home)}
    with subprocess.Popen(command, env=environment, stdout=pipe, stderr=pipe) as process:
        assert process.stderr
        first = process.stderr.readline().decode()
        assert "Listening on http://127.0.0.1:" in first, first
        held = Listening(process, first.split()[2].rstrip(";"))
        threading.Thread(target=_read, args=(process.stderr, held.said), daemon=True).start()
        try:
            yield held
        finally:
            process.kill()


def _read(stream: Any, said: "queue.Queue[str]") -> None:
    for line in stream:
        said.put(line.decode())


def test_the_vector_is_verified(tmp_path: Path) -> None:
    """As fields and as a form; the secret comes from the profile."""
    variables: dict[str, Any] = {"PAYCLI_SANDBOX_TRANZZO_API_SECRET": "changeme"}
    ended = paycli(tmp_path, "verify", *VECTOR, "-p", "sandbox", **variables)
    assert (ended.code, ended.json) == (0, {"name": "Joe", "age": 20})
    body = form(VECTOR[1], VECTOR[3])
    assert paycli(tmp_path, "verify", "-p", "sandbox", stdin=body, **variables).json == {"name": "Joe", "age": 20}
    wrong = paycli(tmp_path, "verify", "-p", "sandbox", "-o", "json", stdin=body)
    assert (wrong.code, wrong.out) == (5, "")
    assert "wrong secret" in wrong.error["message"]
    assert paycli(tmp_path, "verify", *VECTOR[:2], "-p", "sandbox").code == 2


def test_only_the_secret_that_signs_is_needed(tmp_path: Path) -> None:
    """And a missing one is told, not asked of the provider."""
    variables: dict[str, Any] = {
        "PAYCLI_CI_PROVIDER": "tranzzo",
        "PAYCLI_CI_POS_ID": "p",
        "PAYCLI_CI_API_SECRET": SECRET,
    }
    assert paycli(tmp_path, "verify", stdin=signed(), **variables).json == EVENT
    del variables["PAYCLI_CI_API_SECRET"]
    ended = paycli(tmp_path, "verify", stdin=signed(), **variables)
    assert ended.code == 4
    assert "api_secret" in ended.err


@pytest.mark.parametrize("name", ["purchase", "auth", "capture", "void", "refund", "failure", "pending"])
def test_a_sample_is_signed_and_genuine(run: Any, name: str) -> None:
    """Every one of them."""
    made = run("tranzzo", "webhooks", "sign", "--event", name, "--order-id", "A-9", "-p", "sandbox")
    assert made.code == 0
    data, signature = (pair.partition("=")[2] for pair in made.out.strip().replace("%3D", "=").split("&"))
    shown = run("tranzzo", "webhooks", "verify", "--data", data, "--signature", signature, "-p", "sandbox")
    assert (shown.code, shown.json["order_id"]) == (0, "A-9")


def test_a_file_is_signed_byte_by_byte(tmp_path: Path, run: Any) -> None:
    """Numbers and spaces stay as they are; what is no event is a usage error."""
    event = b'{ "amount" : 10.50 }\n'
    (tmp_path / "event.json").write_bytes(event)
    words = ("tranzzo", "webhooks", "sign", "-p", "sandbox", "--event")
    assert run(*words, str(tmp_path / "event.json")).out.encode() == sign(event, SECRET) + b"\n"
    assert run(*words, "no-such-file").code == 2
    (tmp_path / "list.json").write_bytes(b"[]")
    assert run(*words, str(tmp_path / "list.json")).code == 2


def test_a_signed_event_is_sent_as_the_provider_sends_it(run: Any) -> None:
    """To the typed address only, with no other credential; the target's refusal is an exit code."""
    with serve(lambda came: Answered(500 if "broken" in came.path else 200)) as target:
        words = ("tranzzo", "webhooks", "sign", "--event", "refund", "-p", "sandbox", "--to")
        assert run(*words, f"{target.address}/hook").code == 0
        assert run(*words, f"{target.address}/broken").code == 5
        came = target.came[0]
    assert (came.method, came.path) == ("POST", "/hook")
    assert came.headers["content-type"] == "application/x-www-form-urlencoded"
    assert not {name for name in came.headers if "api" in name or "auth" in name}
    assert came.body.startswith(b"data=")
    assert SECRET.encode() not in came.body
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    assert run(*words, f"http://127.0.0.1:{port}/").code == 6


def test_genuine_events_are_shown_once_and_wrong_ones_refused(tmp_path: Path) -> None:
    """Live, in the chosen form; a repeat is answered all the same."""
    with listening(tmp_path, "-o", "ndjson") as held:
        assert post(held.address, signed(amount=1)) == (200, b"OK")
        assert held.shown()["amount"] == 1
        assert post(held.address, signed(amount=1)) == (200, b"OK")
        held.wait_for("dropped")
        assert post(held.address, signed(amount=2)[:-4])[0] == 400
        held.wait_for("refused: ")
        assert post(held.address, b"x" * 2_000_000)[0] in {413, 0}
        assert post(held.address, signed(amount=3)) == (200, b"OK")
        assert held.shown()["amount"] == 3
        ended = held.stop()
    assert (ended.code, ended.out) == (0, "")


@pytest.mark.parametrize("word,answer", [("proceed", b"PROCEED"), ("reject", b"REJECT")])
def test_a_preflight_request_is_answered(tmp_path: Path, word: str, answer: bytes) -> None:
    """With the provider's word."""
    with listening(tmp_path, "--preflight", word) as held:
        assert post(held.address, signed()) == (200, answer)


def test_the_original_bytes_are_forwarded_and_a_dead_target_is_survived(tmp_path: Path) -> None:
    """What could not be forwarded is forwarded when it comes again."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with listening(tmp_path, "-o", "ndjson", "--forward-to", f"http://127.0.0.1:{port}/in") as held:
        assert post(held.address, signed(amount=1)) == (200, b"OK")
        held.wait_for("not forwarded")
        assert held.process.poll() is None
    came: list[Came] = []
    body = signed(amount=2) + b"&more=%20"

    def answer(one: Came) -> Answered:
        came.append(one)
        return Answered(500 if len(came) == 1 else 200)

    with serve(answer) as target, listening(tmp_path, "--forward-to", f"{target.address}/in") as held:
        assert post(held.address, body)[0] == 200
        assert "HTTP 500" in held.wait_for("forwarded")
        assert post(held.address, body)[0] == 200
        held.wait_for("dropped")
    assert [(one.path, one.body) for one in came] == [("/in", body)]
    assert not {name for name in came[0].headers if "api" in name or "auth" in name}


def test_a_json_array_is_closed_by_ctrl_c(tmp_path: Path) -> None:
    """So that what was saved can be read."""
    with listening(tmp_path) as held:
        assert post(held.address, signed())[0] == 200
        ended = held.stop()
    assert (ended.code, ended.json) == (0, [EVENT])


def test_a_listener_that_cannot_go_on_ends(tmp_path: Path) -> None:
    """A used port, and a full disk."""
    with socket.create_server(("127.0.0.1", 0)) as used:
        port = str(used.getsockname()[1])
        assert paycli(tmp_path, "listen", "--port", port, "-p", "sandbox").code == 4
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    command = [sys.executable, "-m", "paycli", "tranzzo", "webhooks", "listen", "--port", "0", "-p", "sandbox"]
    environment = {"PATH": os.environ["PATH"], **isolated(tmp_path)}
    with (
        Path("/dev/full").open("wb") as full,
        subprocess.Popen([*command, "-o", "ndjson"], env=environment, stdout=full, stderr=subprocess.PIPE) as process,
    ):
        assert process.stderr
        address = process.stderr.readline().decode().split()[2].rstrip(";")
        post(address, signed())
        assert process.wait(LIMIT) == 4
