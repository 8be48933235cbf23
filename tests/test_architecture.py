"""The structure that ARCHITECTURE.md draws is the structure that there is."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FILES = sorted((ROOT / "paycli").rglob("*.py"))
ALONE = {
    "httpx": "sending/client.py",
    "httpcore": "sending/client.py",
    "rich": "output/styled.py",
    "keyring": "profiles/keyring.py",
    "jmespath": "output/query.py",
}
ALLOWED = {
    "operations": {"operations", "errors", "values", "patterns"},
    "providers": {"operations", "providers", "errors", "values", "patterns"},
    "profiles": {"operations", "profiles", "errors", "values", "patterns"},
    "journal": {"journal", "errors", "values", "patterns"},
    "sending": {"operations", "profiles", "journal", "sending", "errors", "given", "values", "patterns"},
    "output": {"operations", "output", "errors", "values", "patterns"},
    "checkup": {"operations", "profiles", "journal", "sending", "output", "checkup", "errors", "values", "patterns"},
    "sandbox": {"sandbox"},
}


@cache
def imports(path: Path) -> set[str]:
    """Return the dotted names that a file imports, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_run_one_way(path: Path) -> None:
    """Providers know operations; the sandbox knows nobody; nobody knows the commands but they themselves."""
    part = path.relative_to(ROOT / "paycli").parts[0]
    inner = {name.split(".")[1] for name in imports(path) if name.startswith("paycli.")}
    if part in ALLOWED:
        assert inner <= ALLOWED[part]


@pytest.mark.parametrize("library", ALONE)
def test_a_heavy_library_has_one_home(library: str) -> None:
    """One module each imports httpx and rich."""
    users = {str(p.relative_to(ROOT / "paycli")) for p in FILES for n in imports(p) if n.split(".")[0] == library}
    assert users == {ALONE[library]}


def test_architecture_names_only_what_exists() -> None:
    """And is short."""
    text = (ROOT / "ARCHITECTURE.md").read_text()
    assert len(text.splitlines()) < 100
    paths = set(re.findall(r"`((?:paycli|tests)/[\w./-]*)`", text))
    assert len(paths) > 15
    assert {path for path in paths if not (ROOT / path).exists()} == set()


def test_the_readme_has_its_two_set_up_lines_in_fenced_blocks() -> None:
    """Each is one line that works on a fresh clone, and stands where it is looked for first."""
    lines = (ROOT / "README.md").read_text().splitlines()
    for word in ("paycli demo", "pytest"):
        position, line = next((i, line) for i, line in enumerate(lines) if word in line)
        assert line.startswith("python3 -m venv .venv && ")
        assert lines[position - 1].startswith("```")
        assert lines[position + 1] == "```"


def test_the_example_profiles_can_be_read() -> None:
    """Every field in it is a known one."""
    from paycli.profiles.file import read_profiles
    from paycli.profiles.resolve import Profiles

    found = Profiles(read_profiles(ROOT / "profiles.example.yaml"), {})
    assert found.names()
    for name in found.names():
        assert found.profile(name).get("provider")
