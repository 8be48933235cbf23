"""Card data as a user gives it: unseen, and nowhere to be found afterwards."""

import json
from pathlib import Path

import pexpect
import pytest

from tests.console.test_terminal import spawn
from tests.helpers import Result, Served

NUMBER, CVV = "4242424242424242", "917"
CARD = json.dumps({"number": NUMBER, "exp_month": "11", "exp_year": "2037", "cvv": CVV})
PAY = ("--amount", "12", "--currency", "UAH", "--description", "test", "-p", "sandbox")
LIVE = {
    "PAYCLI_SHOP_PROVIDER": "tranzzo",
    "PAYCLI_SHOP_ACCESS": "write",
    "PAYCLI_SHOP_CURRENCY": "UAH",
    "PAYCLI_SHOP_POS_ID": "p-1",
}


def seen(ended: Result) -> str:
    """Return everything that was printed."""
    return ended.out + ended.err


def kept(home: Path) -> str:
    """Return everything that lies in the state directory."""
    return "".join(path.read_bytes().decode("latin-1") for path in (home / "state").rglob("*") if path.is_file())


def test_a_card_from_standard_input_is_seen_nowhere(sandbox: Served) -> None:
    """Neither with -vv, nor in the journal and its export, nor on the disk."""
    ended = sandbox.paycli("tranzzo", "pay", "card", "C-1", *PAY, "--card-stdin", "-vv", stdin=CARD)
    exported = sandbox.paycli("journal", "export")
    assert '"cc_number":"***"' in ended.err
    for text in (seen(ended), seen(exported), kept(sandbox.home)):
        assert NUMBER not in text
    assert CVV not in ended.err.split("> {")[1].splitlines()[0]
    assert json.loads(exported.out.splitlines()[-1])["operation"] == "tranzzo pay card"


def test_the_journals_hash_does_not_depend_on_the_card(sandbox: Served) -> None:
    """A hash over a CVV can be undone; so two cards of one payment have one hash."""
    other = json.dumps({"number": "5555555555554444", "exp_month": 1, "exp_year": 40, "cvv": "111"})
    # The sandbox takes the first for no test card of a payer, so that the second may still go out.
    for card, code in ((other, 5), (CARD, 0)):
        assert sandbox.paycli("tranzzo", "pay", "card", "C-2", *PAY, "--card-stdin", stdin=card).code == code
    entries = [json.loads(line) for line in sandbox.paycli("journal", "export").out.splitlines()]
    assert len(entries) == 2
    assert len({entry["digest"] for entry in entries}) == 1


def test_a_rehearsal_needs_no_card(sandbox: Served) -> None:
    """Words stand where card data would."""
    ended = sandbox.paycli("tranzzo", "pay", "card", "C-3", *PAY, "--dry-run", "--card-stdin")
    assert ended.code == 0
    assert {ended.json["body"][name] for name in ("cc_number", "exp_month", "exp_year", "card_cvv")} == {
        "<card_number>",
        "<card_exp_month>",
        "<card_exp_year>",
        "<card_cvv>",
    }
    assert '\\"cc_number\\":\\"<card_number>\\"' in ended.out


@pytest.mark.parametrize(
    "stdin,words,told",
    [
        ("", (), "add --card-stdin"),
        ("{", ("--card-stdin",), "not JSON"),
        (CARD.replace("cvv", "cvx"), ("--card-stdin",), "not known here"),
        (CARD.replace(f', "cvv": "{CVV}"', ""), ("--card-stdin",), "CVV, or a cryptogram"),
        (CARD, ("--card-stdin", "--cryptogram-stdin"), "both want standard input"),
        (CARD, ("--card-stdin", "--payload", f"card {NUMBER}"), "'--payload'"),
        (CARD, ("--card-stdin", "--reason", NUMBER), "'--reason'"),
        (CARD, ("--card-stdin", "--server-url", NUMBER), "'--server-url'"),
        (CARD, ("--card-stdin", NUMBER), "unexpected extra argument"),
        (CARD, ("--card-number", NUMBER), "No such option"),
    ],
)
@pytest.mark.parametrize("form", ["table", "json"])
def test_what_is_wrong_is_exit_2_and_repeats_nothing(
    sandbox: Served, stdin: str, words: tuple[str, ...], told: str, form: str
) -> None:
    """Before anything is sent or written down."""
    ended = sandbox.paycli("tranzzo", "pay", "card", "C-4", *PAY, *words, "-o", form, stdin=stdin)
    assert ended.code == 2
    assert told in ended.err
    assert NUMBER not in seen(ended)
    assert sandbox.paycli("journal", "export").out == ""


def test_files_are_looked_through_too(sandbox: Served, tmp_path: Path) -> None:
    """JSON, and what goes as Base64."""
    file = tmp_path / "f.json"
    file.write_text(json.dumps([{"description": f"paid by {NUMBER}"}]))
    for option in ("--products", "--payload-file"):
        ended = sandbox.paycli("tranzzo", "pay", "hosted", "C-5", *PAY, option, str(file))
        assert (ended.code, NUMBER in seen(ended)) == (2, False)


def test_a_payload_file_goes_as_base64(sandbox: Served, tmp_path: Path) -> None:
    """As the document advises for what is structured."""
    file = tmp_path / "f.json"
    file.write_text('{"a": 1}')
    ended = sandbox.paycli("tranzzo", "pay", "hosted", "C-6", *PAY, "--payload-file", str(file), "--dry-run")
    assert ended.json["body"]["payload"] == "eyJhIjogMX0="
    both = sandbox.paycli("tranzzo", "pay", "hosted", "C-6", *PAY, "--payload-file", str(file), "--payload", "x")
    assert (both.code, "contradict" in both.err) == (2, True)


def test_a_live_profile_must_allow_cards(sandbox: Served) -> None:
    """Refused here with what to set, and before anybody types a card."""
    words = ("tranzzo", "pay", "card", "C-7", "--amount", "12", "--description", "x", "-p", "shop")
    ended = sandbox.paycli(*words, "--card-stdin", stdin=CARD, **LIVE)
    assert ended.code == 10
    assert "paycli profiles set shop card_data true" in ended.err
    rehearsed = sandbox.paycli(*words, "--dry-run", **LIVE)
    assert (rehearsed.code, "would be refused here" in rehearsed.err) == (0, True)


def test_a_raw_request_with_a_card_number_is_a_card_command(sandbox: Served, tmp_path: Path) -> None:
    """In a field it is refused; in a body the profile must allow it."""
    raw = ("api", "shop", "POST", "/api/v1/payment")
    typed = sandbox.paycli(*raw, "-f", f"cc_number={NUMBER}", "--dry-run", **LIVE)
    assert (typed.code, NUMBER in seen(typed)) == (2, False)
    body = tmp_path / "body.json"
    body.write_text(json.dumps({"order_id": "C-8", "cc_number": NUMBER, "card_cvv": CVV}))
    sent = sandbox.paycli(*raw, "--input", str(body), **LIVE)
    assert (sent.code, "card_data: true" in sent.err) == (10, True)
    shown = sandbox.paycli(*raw, "--input", str(body), "--dry-run", **LIVE)
    assert (shown.code, NUMBER in seen(shown), CVV in seen(shown)) == (0, False, False)


def test_on_a_terminal_each_part_is_asked_for_unseen(sandbox: Served) -> None:
    """With labels; a mistyped number is asked for again, and nothing is echoed."""
    child = spawn(sandbox.environment, "tranzzo", "pay", "card", "C-9", *PAY, "-v")
    child.expect("Card number: ")
    child.sendline("4242424242424241")
    child.expect("a digit was mistyped")
    child.expect("Card number: ")
    child.sendline("4242 4242 4242 4242")
    child.expect("Expiry month: ")
    child.sendline("11")
    child.expect("Expiry year: ")
    child.sendline("37")
    child.expect(r"CVV \(may be left empty\): ")
    before = child.before
    child.sendline(CVV)
    child.expect(pexpect.EOF)
    child.close()
    # The answer holds the masked number.
    seen_there = (before + child.before).replace("424242******4242", "")
    assert "4242" not in seen_there
    assert CVV not in child.before.splitlines()[0]
    assert "POST" in child.before


def test_a_prompt_can_be_left(sandbox: Served) -> None:
    """Ctrl-C ends it with 130; nothing was in flight."""
    child = spawn(sandbox.environment, "tranzzo", "pay", "card", "C-10", *PAY)
    child.expect("Card number: ")
    child.sendcontrol("c")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 130


def test_a_switch_on_a_terminal_is_refused(sandbox: Served) -> None:
    """It would show what is typed."""
    child = spawn(sandbox.environment, "tranzzo", "pay", "card", "C-11", *PAY, "--card-stdin")
    child.expect("standard input is a terminal")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 2
