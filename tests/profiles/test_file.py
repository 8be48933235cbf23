"""profiles.yaml: text with lines, and errors that never quote it."""

from pathlib import Path

import pytest

from paycli.errors import ConfigurationProblem
from paycli.profiles.file import parse_profiles, read_profiles

HERE = Path("profiles.yaml")


def test_scalars_stay_text_and_know_their_line() -> None:
    """0123 is no number, no is no truth value."""
    file = parse_profiles(b"profiles:\n  a:\n    provider: tranzzo\n    pos_id: 0123\n    currency: NO\n", HERE)
    assert {name: (w.text, w.line) for name, w in file.profiles["a"].items()} == {
        "provider": ("tranzzo", 3),
        "pos_id": ("0123", 4),
        "currency": ("NO", 5),
    }


def test_nested_settings_have_dotted_names() -> None:
    """Limits are the deepest."""
    file = parse_profiles(b"profiles: {a: {limits: {refund: {per_day: 5}}, timeout: {read: 3}}}", HERE)
    assert {name: w.text for name, w in file.profiles["a"].items()} == {
        "limits.refund.per_day": "5",
        "timeout.read": "3",
    }


def test_no_file_and_an_empty_file_hold_nothing(tmp_path: Path) -> None:
    """Neither is an error."""
    assert not read_profiles(tmp_path / "none.yaml").profiles
    assert not parse_profiles(b"", HERE).profiles
    assert not parse_profiles(b"profiles:\ndefaults:\n", HERE).profiles


@pytest.mark.parametrize(
    "raw,line",
    [
        (b"profiles:\n  a: {provider: x, provider: y}", 2),
        (b"profiles:\n  a: [1, 2]", 2),
        (b"profiles:\n  a:\n    b: [s3cret]", 3),
        (b"profiles:\n\ts3cret: 1", 2),
        (b"profiles:\n  a: *s3cret", 2),
        (b"profiles:\n  a: 's3cret", 2),
        (b"stray: s3cret", 1),
        (b"s3cret", 1),
        (b"profiles:\n  a:\n    k: \xff", 3),
        (b"profiles: {? [s3cret] : 1}", 1),
        (b"profiles: {a: {b: {c: {d: {e: s3cret}}}}}", 1),
    ],
)
def test_a_broken_file_is_reported_with_its_line_and_never_with_its_text(raw: bytes, line: int) -> None:
    """It may hold a secret."""
    with pytest.raises(ConfigurationProblem) as problem:
        parse_profiles(raw, HERE)
    assert "s3cret" not in problem.value.message
    assert f"line {line}" in problem.value.message


def test_a_file_of_nothing_but_brackets_is_an_error() -> None:
    """Depth does not break the reader."""
    with pytest.raises(ConfigurationProblem):
        parse_profiles(b"[" * 20000, HERE)


@pytest.mark.parametrize("raw", [b"[" * 100_000, b"{a: " * 50_000, b"profiles: " + b"[" * 400 + b"]" * 400])
def test_what_is_nested_deeply_is_refused(raw: bytes) -> None:
    """The parser in C would end the process without a word."""
    with pytest.raises(ConfigurationProblem, match="line 1: not valid YAML"):
        parse_profiles(raw, HERE)
