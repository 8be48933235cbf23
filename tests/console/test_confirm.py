"""The question before real money moves, on a real terminal."""

from pathlib import Path
from typing import Any

import pexpect
import pytest

from tests.console.test_money_safety import Shop, shop  # noqa: F401 the fixture
from tests.console.test_terminal import bare, spawn


def asked(shop: Shop, amount: str) -> Any:  # noqa: F811 the fixture's value
    """Start a live refund and read as far as the question."""
    child = spawn(shop.served.environment, "tranzzo", "refund", "A-1", "--amount", amount, "-p", "live")
    child.expect("how much")
    child.expect("LIVE")
    child.expect("left")
    return child


def ended(child: Any) -> tuple[int, str]:
    """Read to the end; return exit code and the rest."""
    child.expect(pexpect.EOF)
    child.close()
    return child.exitstatus, bare(child.before)


@pytest.mark.parametrize("answer", ["", "n", "no", "Ja"])
def test_enter_means_no(shop: Shop, answer: str) -> None:  # noqa: F811 the fixture
    """Exit 10, and nothing in the journal."""
    child = asked(shop, "10")
    child.expect(r"Go on\? \[y/N\] ")
    child.sendline(answer)
    code, told = ended(child)
    assert code == 10
    assert "You said no" in told
    assert shop.states() == []
    assert shop.refunds("A-1") == []


def test_yes_goes_out(shop: Shop) -> None:  # noqa: F811 the fixture
    """And the answer is shown."""
    child = asked(shop, "10")
    child.expect(r"Go on\? \[y/N\] ")
    child.sendline("y")
    assert ended(child)[0] == 0
    assert shop.refunds("A-1") == [10]


@pytest.mark.parametrize("typed,code", [("20.00", 0), ("20", 0), ("2", 10), ("y", 10), ("", 10), ("20.01", 10)])
def test_above_a_limit_the_amount_is_typed(shop: Shop, typed: str, code: int) -> None:  # noqa: F811 the fixture
    """A wrong one is no."""
    assert shop.paycli("profiles", "set", "live", "confirm_above", "15").code == 0
    child = asked(shop, "20")
    child.expect("Type the amount, UAH without the currency, to go on: ")
    child.sendline(typed)
    assert ended(child)[0] == code
    assert shop.refunds("A-1") == ([20] if code == 0 else [])


@pytest.mark.parametrize("key", ["\x03", "\x04"])
def test_ctrl_c_at_the_question_is_130(shop: Shop, key: str) -> None:  # noqa: F811 the fixture
    """Nothing was in flight."""
    child = asked(shop, "10")
    child.expect(r"Go on\? \[y/N\] ")
    child.send(key)
    code, told = ended(child)
    assert code == 130
    assert "Traceback" not in told
    assert shop.states() == []


def test_the_panel_says_what_to_what_how_much_and_what_is_left(shop: Shop, tmp_path: Path) -> None:  # noqa: F811
    """On standard error, for someone who is about to say yes."""
    ended_ = shop.refund("A-1", "30", "--yes", profile="live")
    assert ended_.code == 0
    told = ended_.err.splitlines()
    assert "  what     tranzzo refund A-1" in told
    assert "  how much 30.00 UAH" in told
    assert any("live, LIVE, 127.0.0.1" in line for line in told)
    assert "  after    70.00 UAH left" in told
    assert tmp_path
