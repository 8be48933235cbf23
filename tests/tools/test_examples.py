"""Every example that the help shows, typed as it stands: against the sandbox's core, which has what it needs."""

import io
import json
import re
import shlex
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from socketserver import TCPServer
from typing import Any

import pytest
import typer

from paycli.cli import root
from paycli.commands import hidden, secrets
from paycli.commands.build import OperationCommand
from paycli.commands.groups import LazyGroup
from paycli.commands.guide import GuidedCommand
from paycli.commands.session import Session
from paycli.operations.operation import Operation
from paycli.operations.outcome import Answer, Fault, Flow
from paycli.operations.params import Hidden
from paycli.operations.provider import Provider
from paycli.operations.signature import parameters
from paycli.profiles import keyring, person
from paycli.sandbox import server
from paycli.sandbox.http import Call
from paycli.sending.pipeline import Pipeline, Reporter
from paycli.tools import listen, ticket
from tests.filekeyring import FileKeyring
from tests.helpers import Result, Served
from tests.simulation.history import _is_of
from tests.simulation.network import call_of
from tests.tools.conftest import Core

PROFILES = """\
profiles:
  shop-test:
    provider: tranzzo
    environment: test
    base_url: http://127.0.0.1:8700/tranzzo
    currency: UAH
    pos_id: 5a5d0b0c-1c7e-4f5e-9d52-0f3f3f6a1d01
"""
SECRETS = {
    "API_KEY": "sandbox-key-7f31c2",
    "API_SECRET": "sandbox-secret-b81f04e6",
    "ENDPOINTS_KEY": "sandbox-endpoints-39ad55",
}
FILES = {
    "refunds.csv": "order_id,amount,currency\nA-1001,10,UAH\n",
    "refund.json": '{"pos_id": "5a5d0b0c-1c7e-4f5e-9d52-0f3f3f6a1d01", "order_id": "A-1001",'
    ' "order_currency": "UAH", "refund_amount": 10}',
    "key.txt": "a-made-up-key\n",
}
POS_ID = "00000000-0000-4000-8000-000000000000"
ENTRY = "pc-7k2m9x4b8q"
PAYMENT = "01JNB7Q0M5X2Y8Z4C6D9E1F3G7"
HOLD = ("tranzzo", "capture", "A-1001", "--amount", "10", "--currency", "UAH", "-p", "sandbox")
PENDING = ("paycli tranzzo pay privat24", "paycli tranzzo pay payparts", "paycli tranzzo pay apm")
ASKING = ("paycli secrets set", "paycli tora elaiko buy")
USUAL = Session.pipeline
FILES_ADDRESS = "http://127.0.0.1:8799"
SERVING = ("paycli sandbox serve", "paycli tranzzo webhooks listen")
SERVED = ("paycli bulk", "paycli sandbox reset", "paycli sandbox act", "paycli sandbox clock", "paycli sandbox fault")


def guided(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield every command and group with its words."""
    yield path, command
    if isinstance(command, LazyGroup):
        for name in command.entries:
            yield from guided(command.get_command(None, name), (*path, name))


COMMANDS = dict(guided(root()))
LEAVES = {path: command for path, command in COMMANDS.items() if not isinstance(command, LazyGroup)}
EXAMPLES = [(example, command) for command in LEAVES.values() for example in command.guide.examples]


@pytest.mark.parametrize("path", COMMANDS, ids=lambda path: " ".join(path) or "paycli")
def test_every_command_has_a_sentence_and_an_example_in_one_line(path: tuple[str, ...]) -> None:
    """Groups as well; nothing of the help but an example is wider than 80 columns."""
    command = COMMANDS[path]
    name = " ".join(["paycli", *path])
    told = typer.Context(command, info_name=name, max_content_width=80, terminal_width=80).get_help()
    examples = re.findall(r"^  (paycli .*)$", told.partition("\nExample")[2], re.MULTILINE)
    assert [line for line in told.splitlines() if len(line) > 80 and line.strip() not in examples] == []
    assert (command.help or "").partition("\n")[0].endswith((".", "?", "…")), command.help
    assert examples
    assert all(example.startswith(name) for example in examples) or not path


def test_what_sends_says_what_it_does_and_what_to_do_about_a_lost_answer() -> None:
    """Every command that has a time limit sends, and has an effect and a retry rule."""
    for path, command in LEAVES.items():
        assert isinstance(command, GuidedCommand), path
        sends = any("--timeout" in parameter.opts for parameter in command.params)
        assert bool(command.guide.effect) is bool(command.guide.lost), path
        assert command.guide.effect or not sends, path


class Desk:
    """The core, told by each request of a command what that needs."""

    def __init__(self, core: Core, operation: Operation | None) -> None:
        self.core = core
        self.operation = operation
        self.looking = operation is not None
        self.last: Call | None = None

    def exchange(self, method: str, url: str, sent: dict[str, str], body: bytes, **how: bool) -> Answer | Flow | Fault:
        """Carry a request, or catch it on its way."""
        call = call_of(method, url, sent, body)
        if url.startswith(FILES_ADDRESS):
            reply = self.core.sandbox.file(method, call.path, call.query, call.headers)
            return Flow(reply.status, dict(reply.headers), iter([reply.body]), lambda: None)
        if self.operation is None or not self.looking or not _is_of(self.operation, call):
            return self.core.exchange(method, url, sent, body, stream=how["stream"], fresh=how["fresh"])
        self.last = call
        return Fault("nobody is there", may_have_left=False)

    def furnish(self) -> None:
        """Make what the request that was caught needs."""
        assert self.last is not None
        self.core.sandbox.furnish(self.last)
        self.looking = False


@pytest.mark.parametrize("example, command", EXAMPLES, ids=[example for example, _ in EXAMPLES])
def test_an_example_does_what_it_shows(
    example: str,
    command: GuidedCommand,
    core: Core,
    config: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> None:
    """As it stands in the help; what it speaks of is there."""
    if example == "paycli demo":
        pytest.skip("run as a process in tests/console/test_main_job.py")
    (config / "profiles.yaml").write_text(PROFILES)
    (config / "profiles.yaml").chmod(0o600)
    monkeypatch.chdir(tmp_path)
    _surroundings(monkeypatch, tmp_path)
    if example.startswith(SERVED):
        _served(monkeypatch, request.getfixturevalue("sandbox"), paid="act" not in example)
    if example.startswith(ASKING):
        _somebody_there(monkeypatch, core)
    if isinstance(command, OperationCommand):
        _have(core, command, example, monkeypatch)
    else:
        example = _prepared(core, example)
    if example.startswith(SERVING):
        _stop_at_once(monkeypatch)
    ended = _typed(core.run, example, monkeypatch, _standard_input(command))
    assert ended.code == (8 if example.startswith(PENDING) else 0), ended.err


def _surroundings(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    """Write the files that examples name."""
    for name, content in FILES.items():
        (home / name).write_text(content)
    for name, secret in SECRETS.items():
        monkeypatch.setenv(f"PAYCLI_SHOP_TEST_{name}", secret)
    monkeypatch.setenv("SHELL", "/bin/bash")
    monkeypatch.setattr(keyring, "_usual_backend", lambda: FileKeyring(home / "keyring.json"))


def _served(monkeypatch: pytest.MonkeyPatch, served: Served, *, paid: bool) -> None:
    """Speak to a sandbox that is served, with an order."""
    words = ["--method", "auth", "--amount", "100", "--currency", "UAH", "--description", "test", "-p", "sandbox"]
    assert served.paycli("tranzzo", "pay", "hosted", "A-1001", *words).code == 0
    if paid:
        assert served.paycli("sandbox", "act", "tranzzo", "pay", "A-1001").code == 0
        assert served.paycli(*HOLD).code == 0
    monkeypatch.setattr(Session, "pipeline", USUAL)
    monkeypatch.setenv("PAYCLI_SANDBOX_URL", served.address)
    monkeypatch.setenv("PAYCLI_STATE_DIR", str(served.home / "state"))


def _somebody_there(monkeypatch: pytest.MonkeyPatch, core: Core) -> None:
    """Let somebody sit at the terminal who knows every secret."""

    def answer(question: str) -> str:
        if "secrets" in question or " of " in question:
            return "a-made-up-secret"
        requests: Mapping[str, Any] = core.sandbox.providers["tora"].state.requests  # type: ignore[attr-defined]
        return str(list(requests.values())[-1].otp)

    for module in (person, secrets, hidden):
        monkeypatch.setattr(module, "ask_hidden", answer)
    for module in (person, secrets, ticket):
        monkeypatch.setattr(module, "present", lambda: True)


def _have(core: Core, command: OperationCommand, example: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the example be typed once into a network that only looks, and furnish what its request needs."""
    for parameter in parameters(command.operation.fields):
        for marker in (parameter.marker, *getattr(parameter.marker, "options", {}).values()):
            if (content := getattr(marker, "sample_file", None)) is not None:
                Path(marker.sample).write_text(content)
    desk = Desk(core, command.operation)
    core.sandbox.world.files_address = FILES_ADDRESS
    usual = Session.pipeline

    def made(session: Session, declared: Provider, reporter: Reporter) -> Pipeline:
        return replace(usual(session, declared, reporter), connect=lambda _profile, _total: desk.exchange)

    monkeypatch.setattr(Session, "pipeline", made)
    safely = " --no-preflight --again" if command.operation.changes else ""
    looked = _typed(core.run, example + safely, monkeypatch, _standard_input(command))
    assert looked.code == 6, looked.err
    desk.furnish()


def _prepared(core: Core, example: str) -> str:
    """Let what a tool's example speaks of exist, and return the example with its name."""
    if example.startswith("paycli journal"):
        _captured(core)
        if "--as" in example:
            return example.replace(ENTRY, _lost(core))
        return example.replace(ENTRY, core.run("journal", "list", "-o", "id").out.split()[0])
    if example.startswith(("paycli find", "paycli api")):
        _captured(core)
    if example.startswith(("paycli bulk status", "paycli bulk report")):
        words = shlex.split(example)[3:]
        assert core.run("bulk", "run", *words, "--yes").code == 0
    if PAYMENT in example:
        return example.replace(PAYMENT, core.paycli("toman", "payments", "list", "ipg")[0]["id"])
    if "webhook.txt" in example:
        signed = core.run("tranzzo", "webhooks", "sign", "--event", "refund", "-p", "sandbox")
        Path("webhook.txt").write_text(signed.out)
    return example


def _captured(core: Core) -> None:
    core.order("A-1001")
    assert core.run(*HOLD).code == 0


def _lost(core: Core) -> str:
    """Let an answer be lost that no read tells of, and return its entry's id."""
    core.losing = "/sms/"
    words = ("sms", "send", "23276123456", "--message", "made up", "-p", "sandbox")
    assert core.run("terapay", *words).code == 7
    return core.run("journal", "list", "--state", "unknown", "-o", "id").out.strip()


def _stop_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let whoever serves be stopped as soon as it listens, on a port that is free."""
    bind = TCPServer.server_bind

    def free(served: TCPServer) -> None:
        served.server_address = (served.server_address[0], 0)
        bind(served)

    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(TCPServer, "server_bind", free)
    monkeypatch.setattr(server.Server, "serve_forever", stopped)
    monkeypatch.setattr(listen.Listener, "arriving", lambda _: iter(()))


def _standard_input(command: GuidedCommand) -> str:
    """Return what the samples of hidden values are on standard input."""
    if not isinstance(command, OperationCommand):
        return ""
    markers = [p.marker for p in parameters(command.operation.fields) if isinstance(p.marker, Hidden)]
    return next((_sample(marker) for marker in markers if _is_typed(marker, command)), "")


def _is_typed(marker: Hidden, command: OperationCommand) -> bool:
    return marker.switch in command.guide.examples[0]


def _sample(marker: Hidden) -> str:
    values = {part.name: part.sample for part in marker.parts if part.sample}
    return json.dumps(values) if marker.json else values[marker.parts[0].name]


def _typed(run: Callable[..., Result], example: str, monkeypatch: pytest.MonkeyPatch, given: str) -> Result:
    """Type an example as a shell would."""
    words = shlex.split(example.replace("$POS_ID", POS_ID))[1:]
    words, given = _redirected(words, given)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(given.encode()), encoding="utf-8"))
    return run(*words)


def _redirected(words: Sequence[str], given: str) -> tuple[list[str], str]:
    if "<" in words:
        at = words.index("<")
        return list(words[:at]), Path(words[at + 1]).read_text()
    return list(words[: words.index(">")] if ">" in words else words), given
