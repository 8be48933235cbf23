"""``paycli help``: each topic, held to the code where it names something."""

import re
from pathlib import Path
from typing import Any

import pytest

from paycli.errors import ExitCode
from paycli.tools import topics
from paycli.tools.topics import ENVIRONMENT, EXIT_CODES, TOPICS


@pytest.mark.parametrize("topic", TOPICS)
def test_a_topic_is_told(run: Any, topic: str) -> None:
    """On standard output, in lines that fit a terminal of 80 columns."""
    told = run("help", topic)
    assert (told.code, told.out.split(), told.err) == (0, TOPICS[topic].split(), "")
    assert max(map(len, told.out.splitlines())) < 80


def test_every_exit_code_is_told() -> None:
    """And no other."""
    assert {int(code) for code in re.findall(r"^\d+", EXIT_CODES, re.MULTILINE)} == {int(code) for code in ExitCode}


def test_an_unknown_topic_is_a_usage_error(run: Any) -> None:
    """With the one that was meant."""
    ended = run("help", "exit-code")
    assert (ended.code, ended.out) == (2, "")
    assert "did you mean exit-codes?" in ended.err


def test_the_variables_are_those_that_the_program_reads() -> None:
    """Each that its source names, and no other."""
    sources = Path(topics.__file__).parents[1].rglob("*.py")
    read = {name for source in sources for name in re.findall(r'"(PAYCLI_[A-Z_]+)"', source.read_text("utf-8"))}
    assert set(re.findall(r"^(PAYCLI_[A-Z_]+) ", ENVIRONMENT, re.MULTILINE)) == read
