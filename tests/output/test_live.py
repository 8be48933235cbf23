"""Where something stands while one waits: one line on a terminal, a line for each new word elsewhere."""

import io

import pytest

from paycli.output.masking import Masker
from paycli.output.screen import Screen, Shape


class Terminal(io.StringIO):
    """A stream that a person looks at."""

    def isatty(self) -> bool:
        return True


def watched(err: io.StringIO) -> str:
    """Return what is left on standard error after three looks."""
    masker = Masker()
    masker.learn(["secret-token-1"])
    screen = Screen(Shape("json"), io.StringIO(), err, masker)
    screen.live("… Paired", fresh=True)
    screen.live("… Paired, secret-token-1", fresh=False)
    screen.live("… Reserved\x1b[2J", fresh=True)
    screen.end_live()
    return err.getvalue()


def test_on_a_terminal_one_line_is_written_over(monkeypatch: pytest.MonkeyPatch) -> None:
    """Masked, with what a provider sends made harmless, and ended with a line end."""
    monkeypatch.setenv("TERM", "xterm")
    told = watched(Terminal())
    assert told.count("\n") == 1
    assert told.split("\r\x1b[K")[1:3] == ["… Paired", "… Paired, ***"]
    assert "\x1b[2J" not in told


@pytest.mark.parametrize("err", [io.StringIO, Terminal])
def test_elsewhere_each_new_word_has_a_line(monkeypatch: pytest.MonkeyPatch, err: type[io.StringIO]) -> None:
    """In a file, and on a terminal that cannot move."""
    monkeypatch.setenv("TERM", "dumb")
    assert [line[:10] for line in watched(err()).splitlines()] == ["… Paired", "… Reserved"]
