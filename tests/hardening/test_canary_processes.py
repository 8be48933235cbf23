"""Real processes with planted secrets: over a real connection, and as other processes of the machine see them."""

import os
import resource
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from paycli.operations.catalog import provider
from tests.hardening.conftest import Judged
from tests.hardening.hunting import Leak, files_in, journal_in
from tests.hardening.markers import Marker, found_in
from tests.hardening.repeating import Repeating, fresh_core
from tests.hardening.typing_in import Typed, typed_for
from tests.helpers import LIMIT, isolated
from tests.serving import Answered, Came, Host, serve

BESIDE = ("host", "user-agent", "accept-encoding", "connection", "content-length")


@dataclass
class Desk:
    """A provider on loopback that repeats everything; what is held does not answer before it is released."""

    name: str
    typed: Typed
    held: bool = False
    reached: threading.Event = field(default_factory=threading.Event)
    released: threading.Event = field(default_factory=threading.Event)
    host: Host = field(default_factory=lambda: Host(lambda _came: Answered()))

    def __post_init__(self) -> None:
        """Open the desk."""
        declared = provider(self.name)
        self.way = Repeating(declared, fresh_core(()), self.typed.planted, self.typed.samples, self.name)

    def answer(self, came: Came) -> Answered:
        """Answer one request."""
        if self.held:
            self.reached.set()
            self.released.wait(LIMIT)
        sent = {name: value for name, value in came.headers.items() if name not in BESIDE}
        answer = self.way(came.method, f"{self.host.address}{came.path}", sent, came.body, stream=False, fresh=False)
        assert not isinstance(answer, dict)
        headers = {name: value for name, value in getattr(answer, "headers", {}).items() if name != "content-type"}
        return Answered(getattr(answer, "status", 500), getattr(answer, "body", b""), headers=headers)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return a home with a temporary directory of its own."""
    for name in ("temporary", "config"):
        (tmp_path / name).mkdir(mode=0o700)
    return tmp_path


def variables(home: Path, typed: Typed, address: str) -> dict[str, str]:
    """Return what such a process gets."""
    named = {
        name: f"{address}{value[21:]}" if name.endswith("_BASE_URL") else value
        for name, value in typed.variables.items()
    }
    root = str(Path(__file__).parent.parent.parent)
    return {
        "PATH": os.environ["PATH"],
        **isolated(home),
        **named,
        "TMPDIR": str(home / "temporary"),
        "PYTHONPATH": root,
    }


def left(home: Path) -> Iterator[tuple[str, str]]:
    """Yield every place that a process may have written to."""
    yield from ((str(path.relative_to(home)), text) for path, text in files_in(home))
    yield "journal", journal_in(home / "state")


def note(judged: Judged, name: str, markers: list[Marker], places: Iterator[tuple[str, str]]) -> None:
    """Look for the markers of a process in what it left."""
    judged.hunt.runs += 1
    judged.hunt.markers |= {marker.name for marker in markers}
    for place, text in places:
        judged.hunt.places[place] += 1
        kept = Path(place).name.startswith("once-")
        found = [marker for marker in found_in(text, markers) if not (kept and "of an answer" in marker.name)]
        judged.hunt.leaks += [Leak(name, marker.name, place, "") for marker in found]


@pytest.mark.parametrize(
    "name",
    [
        "tranzzo pay card",
        "tranzzo orders show",
        "mobilepay tokens reset",
        "toman payments list",
        "terapay portal login",
    ],
)
def test_a_process_tells_no_secret(name: str, home: Path, judged: Judged) -> None:
    """Over a real connection, with every library's own words; variables of theirs that ask for more are set."""
    declared = provider(name.split(maxsplit=1)[0])
    typed = typed_for(declared.load()[name.partition(" ")[2]], declared, f"process {name}")
    desk = Desk(declared.name, typed)
    talk = {"HTTPX_LOG_LEVEL": "trace", "PYTHONWARNINGS": "default", "PYTHONDEVMODE": "1", "PYTHONFAULTHANDLER": "1"}
    with serve(desk.answer) as desk.host:
        ended = subprocess.run(
            [sys.executable, "-m", "paycli", *typed.words, "-vv", "-o", "json"],
            env={**variables(home, typed, desk.host.address), **talk},
            input=typed.stdin.encode(),
            capture_output=True,
            timeout=LIMIT,
            check=False,
            cwd=home,
        )
    told = [("stdout", ended.stdout.decode()), ("stderr", ended.stderr.decode())]
    assert desk.way.calls, told
    assert ended.returncode != 1, told
    note(judged, name, [*typed.planted, *desk.way.answered], iter([*told, *left(home)]))
    judged.conclude()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGABRT])
def test_nothing_of_a_process_under_way_tells_a_secret(number: signal.Signals, home: Path, judged: Judged) -> None:
    """Its arguments, which everybody can read; children, which it has none of; a core file, which it may not leave."""
    declared = provider("tranzzo")
    typed = typed_for(declared.load()["pay card"], declared, f"under way, {number.name}")
    desk = Desk("tranzzo", typed, held=True)
    with serve(desk.answer) as desk.host:
        process = subprocess.Popen(
            [sys.executable, "-m", "paycli", *typed.words, "-vv"],
            env=variables(home, typed, desk.host.address),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=home,
            preexec_fn=_cores_allowed,  # noqa: PLW1509 no thread of ours holds a lock that it needs
        )
        assert process.stdin
        process.stdin.write(typed.stdin.encode())
        process.stdin.close()
        process.stdin = None
        assert desk.reached.wait(LIMIT)
        seen = Path(f"/proc/{process.pid}")
        places = [("arguments", (seen / "cmdline").read_text()), ("name", (seen / "comm").read_text())]
        children = "".join(path.read_text() for path in seen.glob("task/*/children"))
        cores = next(line for line in (seen / "limits").read_text().splitlines() if "core file" in line)
        process.send_signal(number)
        out, err = process.communicate(timeout=LIMIT)
        desk.released.set()
    assert children == ""
    assert cores.split()[4] == "0"
    assert process.returncode == (130 if number == signal.SIGINT else -number)
    assert [path.name for path in home.rglob("core*")] == []
    note(
        judged,
        number.name,
        typed.planted,
        iter([*places, ("stdout", out.decode()), ("stderr", err.decode()), *left(home)]),
    )
    judged.conclude()


def _cores_allowed() -> None:
    _, most = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (most, most))
