"""No test reads the developer's home, keyring or profiles, and none reaches a network beyond loopback."""

import os
import socket
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from tests.forking import stop
from tests.helpers import Result, Served, isolated, run_in_process, serve_sandbox
from tests.jumping import let_nobody_wait

# How long an example takes says how busy the machine is.
settings.register_profile("timeless", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("timeless")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add what makes a run longer, or replays a piece of one."""
    parser.addoption("--seeds", type=int, default=2000, help="how many simulated histories run")
    parser.addoption("--seed", type=int, default=None, help="the one simulated history to replay")
    parser.addoption("--exhaustive", action="store_true", help="run what is too slow for every run")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest, so that several processes end together; chance orders the rest."""
    items.sort(key=lambda item: "simulation" not in item.path.parts)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the figures that tests recorded: how much was simulated, what was found."""
    figures: Counter[str] = Counter()
    for reports in terminalreporter.stats.values():
        for report in reports:
            for name, count in getattr(report, "user_properties", ()):
                figures[name] += count if getattr(report, "when", "") == "call" else 0
    for group in sorted({name.split()[0] for name in figures}):
        told = ", ".join(
            f"{count} {name.partition(' ')[2]}" for name, count in sorted(figures.items()) if name.split()[0] == group
        )
        terminalreporter.write_line(f"{group}: {told}")


@pytest.fixture(autouse=True)
def _isolation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give every test an empty home and no variables of paycli's."""
    for name in list(os.environ):
        if name.startswith("PAYCLI_") or name.lower() in {"https_proxy", "http_proxy", "all_proxy", "no_proxy"}:
            monkeypatch.delenv(name)
    for name, value in isolated(tmp_path).items():
        monkeypatch.setenv(name, value)


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse every connection that is not to this machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if isinstance(address, tuple) and address[0] not in {"127.0.0.1", "::1", "localhost"}:
            raise AssertionError(f"a test tried to reach {address[0]}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(autouse=True)
def _nobody_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every pause of a command in this process be over at once."""
    let_nobody_wait(monkeypatch)


@pytest.fixture(scope="session", autouse=True)
def _forking() -> Iterator[None]:
    """End the process that forks when the run ends."""
    yield
    stop()


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """Return the configuration directory of this test."""
    path = Path(isolated(tmp_path)["PAYCLI_CONFIG_DIR"])
    path.mkdir(parents=True, exist_ok=True)
    return path


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Any:
    """Return a function that runs paycli in this process."""

    def runner(*argv: str) -> Result:
        return run_in_process(argv, capsys)

    return runner


@pytest.fixture(scope="session")
def _server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serve_sandbox(tmp_path_factory.mktemp("sandbox")) as served:
        yield served


@pytest.fixture
def sandbox(_server: Served) -> Served:
    """Return a served sandbox, in a process of its own, with nothing in it and nothing in its journal."""
    _server.reset()
    return _server
