"""What is built holds all that paycli needs and nothing else, and works where nothing else of it is."""

import contextlib
import os
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import tomllib
import venv
import zipfile
from collections.abc import Callable, Iterator
from email.message import Message
from email.parser import Parser
from pathlib import Path

import pytest

from paycli import __version__
from tests.helpers import isolated

ROOT = Path(__file__).parent.parent.parent
BESIDE = ("pyproject.toml", "README.md", "MANIFEST.in", "CHANGELOG.md", "ARCHITECTURE.md", "profiles.example.yaml")
LEFT_BEHIND = ("paycli/__pycache__/cli.cpython-311.pyc", "paycli/.cache/x", "tests/test_x.py", ".venv/x.py")
BUILD = """
import os, pathlib, shutil, sys
import setuptools.build_meta as backend
out = pathlib.Path(sys.argv[1])
shutil.unpack_archive(out / backend.build_sdist(str(out)), out)
os.chdir(next(path for path in out.iterdir() if path.is_dir()))
backend.build_wheel(str(out))
"""
EVERYTHING = """
import contextlib, io, pkgutil, sys
import paycli
from paycli.__main__ import main
from paycli.cli import root
from typer.core import TyperGroup
for name in ("httpx", "rich.console", "keyring", "keyring.backends.SecretService", "yaml", "jmespath", "segno"):
    __import__(name)
for module in pkgutil.walk_packages(paycli.__path__, "paycli."):
    if not module.name.endswith("__main__"):
        __import__(module.name)
told = []
def helped(command, words):
    for name in command.list_commands(None) if isinstance(command, TyperGroup) else ():
        helped(command.get_command(None, name), [*words, name])
    with contextlib.redirect_stdout(io.StringIO()) as out:
        assert main([*words, "--help"]) == 0, words
    told.append(out.getvalue())
helped(root(), [])
assert all("Usage: paycli" in text for text in told)
print(len(told))
"""


def text_of(name: str) -> str:
    """Return a file of the project."""
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of an sdist, made of a copy of the project, and of the wheel that was made of the sdist."""
    pytest.importorskip("setuptools", minversion="70.1", reason="an older one makes no wheel; the dev extra has it")
    # The processes of one run share what the first of them builds.
    base = tmp_path_factory.getbasetemp()
    out = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "built"
    with alone(out.with_suffix(".lock")):
        if not out.exists():
            fresh = tmp_path_factory.mktemp("out")
            build(tmp_path_factory.mktemp("copy"), fresh)
            fresh.rename(out)
    return out


@contextlib.contextmanager
def alone(lock: Path) -> Iterator[None]:
    """Let one process at a time go on."""
    fcntl = pytest.importorskip("fcntl")
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def build(copy: Path, out: Path) -> None:
    """Build from a copy of the project in which things lie about that belong in no package."""
    for name in BESIDE:
        shutil.copy(ROOT / name, copy)
    for name in ("paycli", "completions"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in LEFT_BEHIND:
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        (copy / name).write_text("")
    made = subprocess.run(
        [sys.executable, "-c", BUILD, str(out)], cwd=copy, capture_output=True, text=True, check=False, timeout=120
    )
    assert made.returncode == 0, made.stderr


def files(folder: Path) -> set[str]:
    """Return the files of a folder of the project, but for what Python and editors leave behind."""
    found = (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(ROOT).as_posix() for path in found}


def wheel_of(built: Path) -> zipfile.ZipFile:
    """Return the wheel."""
    return zipfile.ZipFile(next(built.glob("*.whl")))


def metadata_of(built: Path) -> Message:
    """Return what the wheel says of itself."""
    with wheel_of(built) as wheel:
        name = next(name for name in wheel.namelist() if name.endswith(".dist-info/METADATA"))
        return Parser().parsestr(wheel.read(name).decode())


def test_the_wheel_holds_the_package_and_nothing_else(built: Path) -> None:
    """No tests, no caches, nothing that lay about; and whatever file the package has, py.typed among them."""
    with wheel_of(built) as wheel:
        names = {name for name in wheel.namelist() if ".dist-info/" not in name}
    assert names == files(ROOT / "paycli")
    assert "paycli/py.typed" in names


def test_the_sdist_holds_what_belongs_to_the_project_but_its_tests(built: Path) -> None:
    """The scripts for shells and the example of a profiles.yaml, too."""
    with tarfile.open(next(built.glob("*.tar.gz"))) as sdist:
        names = {member.name.partition("/")[2] for member in sdist.getmembers() if member.isfile()}
    made = {name for name in names if name.startswith("paycli.egg-info/")} | {"PKG-INFO", "setup.cfg"}
    assert names - made == files(ROOT / "paycli") | files(ROOT / "completions") | set(BESIDE)


def test_the_metadata_says_what_the_project_says(built: Path) -> None:
    """README as the description, the same Python, libraries and version; nothing that nobody decided."""
    told = metadata_of(built)
    project = tomllib.loads(text_of("pyproject.toml"))["project"]
    assert (told["Name"], told["Summary"]) == (project["name"], project["description"])
    assert told["Version"] == __version__
    assert told["Requires-Python"] == project["requires-python"]
    assert told["Description-Content-Type"] == "text/markdown"
    assert str(told.get_payload()).strip() == text_of("README.md").strip()
    assert told.get_all("Classifier") == project["classifiers"]
    assert (told["License"], told["License-Expression"], told.get_all("Project-URL")) == (None, None, None)
    needed = [line for line in told.get_all("Requires-Dist", []) if "extra ==" not in line]
    assert len(needed) == len(project["dependencies"])


@pytest.fixture
def installed(built: Path, tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Return what runs a program of an environment that holds the wheel, and the libraries from this one."""
    place = tmp_path / "environment"
    venv.create(place, symlinks=True)
    scheme = {"base": str(place), "platbase": str(place)}
    # Of a folder named like this the .pth files count for nothing: the project itself is not reached by it.
    Path(sysconfig.get_path("purelib", "venv", scheme), "libraries.pth").write_text(sysconfig.get_path("purelib"))
    command = [sys.executable, "-m", "pip", "--python", str(place), "install", "-q", "--no-deps", "--no-index"]
    subprocess.run([*command, "--no-compile", str(next(built.glob("*.whl")))], check=True, timeout=60)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()

    def run(program: str, *words: str, **variables: str) -> subprocess.CompletedProcess[str]:
        environment = {**isolated(tmp_path), "PATH": "/usr/bin:/bin", **variables}
        command = [str(Path(sysconfig.get_path("scripts", "venv", scheme)) / program), *words]
        return subprocess.run(
            command, env=environment, cwd=elsewhere, capture_output=True, text=True, check=False, timeout=60
        )

    return run


def test_the_wheel_alone_runs(installed: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path) -> None:
    """Version, help, completions and the demo, where every warning is an error and what stays open is one."""
    version = installed("paycli", "--version")
    assert (version.stdout, version.stderr) == (f"paycli {__version__}\n", "")
    assert installed("paycli", "completions", "bash").stdout == text_of("completions/paycli.bash")
    assert "journal" in installed("paycli", "help", "safety", PYTHONWARNINGS="error").stdout
    demo = installed("paycli", "demo", PYTHONWARNINGS="error", PYTHONDEVMODE="1")
    assert (demo.returncode, demo.stderr) == (0, "")
    assert "paycli tranzzo refund A-1" in demo.stdout
    assert "Warning" not in demo.stdout
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_the_wheel_runs_under_options_of_python(installed: Callable[..., subprocess.CompletedProcess[str]]) -> None:
    """Apart from whatever lies around it, and without assertions."""
    refund = ("-m", "paycli", "tranzzo", "refund", "A-1", "--all", "-p", "sandbox", "--dry-run")
    for option in ("-I", "-OO"):
        told = installed("python", option, *refund)
        assert (option, told.returncode, told.stderr) == (option, 0, "")
        assert '"method": "POST"' in told.stdout


def test_nothing_that_paycli_imports_warns() -> None:
    """Every module, the libraries that come later, and the help of every command, where a warning is an error."""
    ended = subprocess.run(
        [sys.executable, "-W", "error", "-X", "dev", "-c", EVERYTHING],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (ended.returncode, ended.stderr) == (0, "")
    assert int(ended.stdout) > 150
