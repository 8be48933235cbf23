"""Tora from the shell against a served sandbox: what is sold once, what exists once, and what a person reads."""

import json
import re
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pexpect
import pytest

from tests.console.test_terminal import bare, screen, spawn
from tests.helpers import Served

SELL = ("tora", "topups", "create", "MEL10", "-p", "sandbox")
BILL = ("tora", "bills", "pay", "1000000001", "--product-code", "NERO", "--amount", "12.50", "--phone", "2100000001")
OPTIONS = ("--option", "due_date=2026-03-31", "--option", "meter=77")
MOBILE = "6900000001"
KEY = re.compile(r"> TORA-Idempotency-Key: (\S+)")
KEPT = re.compile(r"kept in (\S+once-\S+\.json)")


def sold(sandbox: Served) -> list[dict[str, Any]]:
    """Return what Tora's list of transactions holds."""
    found: list[dict[str, Any]] = sandbox.paycli("tora", "transactions", "list", "-p", "sandbox", "-o", "json").json
    return found


def fault(sandbox: Served, kind: str, *more: str, route: str = "POST /topups") -> None:
    """Let the next request of a route meet a fault."""
    assert sandbox.paycli("sandbox", "fault", "add", "tora", route, kind, *more).code == 0


def states(sandbox: Served) -> list[str]:
    """Return the states in the journal, newest first."""
    return [row["state"] for row in sandbox.paycli("journal", "list", "--all", "-o", "json").json]


def password(sandbox: Served) -> str:
    """Return the one-time password that the sandbox sent to the customer last."""
    assert sandbox.process.stdout
    while True:
        line = sandbox.process.stdout.readline()
        if found := re.search(rf"SMS to {MOBILE}: (\d+) is", line):
            return found[1]


def test_a_sale_cut_after_commit_goes_again_with_its_key_and_sells_one_pin(sandbox: Served) -> None:
    """And brings that PIN."""
    fault(sandbox, "drop-after-commit")
    ended = sandbox.paycli(*SELL, "--show-pin", "-vv")
    keys = KEY.findall(ended.err)
    assert (ended.code, len(keys), len({*keys})) == (0, 2, 1), ended.err
    assert re.fullmatch(r"\d{16}", ended.json["pinCode"])
    assert [row["id"] for row in sold(sandbox)] == [ended.json["id"]]


def test_a_killed_sale_typed_again_sells_one_pin(sandbox: Served) -> None:
    """SIGKILL after Tora sold it: the same command brings what was sold."""
    fault(sandbox, "slow")
    with subprocess.Popen([sys.executable, "-m", "paycli", *SELL], env=sandbox.environment) as process:
        until = time.monotonic() + 20
        while not sold(sandbox):
            assert time.monotonic() < until
        process.send_signal(signal.SIGKILL)
    ended = sandbox.paycli(*SELL, "--show-pin")
    assert ended.code == 0, ended.err
    assert [row["id"] for row in sold(sandbox)] == [ended.json["id"]]
    assert states(sandbox) == ["succeeded"]


def test_a_named_sale_that_was_lost_brings_its_pin_under_that_name(sandbox: Served) -> None:
    """Without the name it is another one."""
    fault(sandbox, "drop-after-commit", "--times", "3")
    lost = sandbox.paycli(*SELL, "--request-id", "till-7", "-o", "json")
    assert (lost.code, lost.error["kind"]) == (7, "unknown")
    assert "same key" in lost.error["next"]
    found = sandbox.paycli(*SELL, "--request-id", "till-7", "--show-pin")
    assert (found.code, len(sold(sandbox))) == (0, 1)


def test_again_is_another_sale(sandbox: Served) -> None:
    """With a new key, while the first is unknown."""
    fault(sandbox, "drop-after-commit", "--times", "3")
    lost = sandbox.paycli(*SELL, "-vv")
    more = sandbox.paycli(*SELL, "--again", "-vv")
    assert (lost.code, more.code) == (7, 0)
    assert len({*KEY.findall(lost.err)}) == 1
    assert not {*KEY.findall(lost.err)} & {*KEY.findall(more.err)}
    assert len(sold(sandbox)) == 2


def test_a_reference_is_sold_once_in_a_day(sandbox: Served) -> None:
    """Without one, every sale is another one; a free reference carries the entry's id."""
    assert [sandbox.paycli(*SELL).code for _ in range(2)] == [0, 0]
    named = (*SELL, "--reference", "ORDER-1")
    assert [sandbox.paycli(*named).code, sandbox.paycli(*named).code] == [0, 10]
    assert sandbox.paycli(*named, "--again").code == 0
    entries = {row["id"] for row in sandbox.paycli("journal", "list", "--all", "-o", "json").json}
    references = [row["reference"] for row in sold(sandbox)]
    assert references[:2] == ["ORDER-1", "ORDER-1"]
    assert {*references[2:]} < entries


def test_a_pin_is_masked_and_kept_in_a_file_of_the_users_own(sandbox: Served) -> None:
    """Unless --show-pin prints it; it is in no log."""
    ended = sandbox.paycli(*SELL, "-vv", "-o", "json")
    [path] = [Path(found) for found in KEPT.findall(ended.err)]
    kept = json.loads(path.read_text())
    assert ended.json == {**kept, "pinCode": "***"}
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    journal = (sandbox.home / "state" / "journal.db").read_bytes()
    assert kept["pinCode"] not in ended.out + ended.err
    assert kept["pinCode"].encode() not in journal
    assert "***" in sandbox.paycli(*SELL, "-o", "table").out


def test_a_pin_that_cannot_be_printed_is_not_lost(sandbox: Served) -> None:
    """A full device takes nothing; standard error names the file."""
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-m", "paycli", *SELL, "--show-pin", "-o", "json"]
        ended = subprocess.run(
            command, env=sandbox.environment, stdout=full, stderr=subprocess.PIPE, text=True, check=False, timeout=60
        )
    assert ended.returncode == 0
    [path] = KEPT.findall(ended.stderr)
    assert json.loads(Path(path).read_text())["id"] == sold(sandbox)[0]["id"]


def test_two_steps_are_finished_once(sandbox: Served) -> None:
    """Capture or void, found by the transaction's status where the answer is lost."""
    numbers = [sandbox.paycli(*SELL, "--two-step", "-o", "id").out.strip() for _ in range(2)]
    for verb, word in (("capture", "captured"), ("void", "canceled")):
        number = numbers.pop()
        fault(sandbox, "drop-after-commit", route=f"POST /topups/{number}/{verb}")
        ended = sandbox.paycli("tora", "topups", verb, number, "-p", "sandbox")
        assert (ended.code, ended.json["status"]) == (0, word), ended.err
        assert "inferred" in ended.err
        assert sandbox.paycli("tora", "topups", verb, number, "-p", "sandbox").code == 10
    bill = sandbox.paycli(*BILL, *OPTIONS, "--two-step", "-p", "sandbox").json["id"]
    assert sandbox.paycli("tora", "bills", "capture", bill, "-p", "sandbox").json["status"] == "captured"
    refused = sandbox.paycli("tora", "bills", "void", bill, "-p", "sandbox")
    assert refused.code == 10
    assert "a reclamation asks" in refused.err
    assert sandbox.paycli("tora", "topups", "capture", "1", "-p", "sandbox").code == 3


@pytest.mark.parametrize(
    "more,told",
    [
        ((), "the bill wants due_date and meter"),
        (("--option", "due_date=31/03/2026", "--option", "meter=7"), "due_date is a date"),
        (("--option", "due_date=2026-02-30", "--option", "meter=7"), "due_date is a date"),
        ((*OPTIONS, "--option", "colour=red"), "no option colour"),
        ((*OPTIONS, "--option", "meter=8"), "meter is given twice"),
        ((*OPTIONS, "--product-code", "REVMA"), "use one of: NERO"),
    ],
)
def test_what_a_bill_wants_is_checked_before_it_is_paid(sandbox: Served, more: tuple[str, ...], told: str) -> None:
    """Exit 2, with what the bill takes; nothing is in the journal."""
    ended = sandbox.paycli(*BILL, *more, "-p", "sandbox")
    assert ended.code == 2
    assert told in ended.err
    assert (sold(sandbox), states(sandbox)) == ([], [])


def test_a_bill_is_paid_once_in_a_day(sandbox: Served) -> None:
    """By its payment code and amount; another part of it is another payment."""
    pay = (*BILL, *OPTIONS, "-p", "sandbox")
    first = sandbox.paycli(*pay).json
    assert (first["paymentAmount"], first["commission"], first["totalAmount"]) == (1250, 100, 1350)
    assert sandbox.paycli(*pay).code == 10
    assert sandbox.paycli(*pay, "--amount", "12.51").code == 0
    assert len(sold(sandbox)) == 2


def test_a_bill_that_was_paid_by_the_lost_attempt_is_not_looked_at_again(sandbox: Served) -> None:
    """Its look before could refuse what only asks what became of it."""
    fault(sandbox, "drop-after-commit", "--times", "3", route="POST /payments")
    pay = (*BILL, *OPTIONS, "-p", "sandbox")
    assert sandbox.paycli(*pay).code == 7
    fault(sandbox, "500", "--times", "9", route="GET /payments/*")
    assert sandbox.paycli(*pay).code == 0
    assert len(sold(sandbox)) == 1


def test_a_person_reads_what_a_bill_wants(sandbox: Served) -> None:
    """Greek whole on forty columns, and no line longer but what the provider wrote in one piece."""
    code, text = screen(sandbox.environment, "tora", "bills", "show", "1000000001", "-p", "sandbox", width=40)
    assert code == 0
    for told in ("Ύδρευση Αιγιαλού", "1.00 EUR", "--option due_date=YYYY-MM-DD", "Μετρητής"):
        assert told in bare(text)
    shown = sandbox.paycli("tora", "bills", "show", "1000000001", "-p", "sandbox", "-o", "json")
    assert shown.json[0]["options"][0]["header"] == "Λήξη"
    assert "Ύδρευση" in shown.out
    listed = sandbox.paycli("tora", "bills", "show", "1000000001", "-p", "sandbox", "-o", "csv", LC_ALL="C")
    assert listed.out.splitlines()[1] == "NERO,Ύδρευση Αιγιαλού,100,false,true,true"


@pytest.mark.parametrize("form", ["table", "json", "yaml", "ndjson"])
def test_images_never_flood_a_terminal(sandbox: Served, form: str) -> None:
    """Their size stands there; a program gets them whole."""
    words = ("tora", "topups", "products", "-p", "sandbox", "-o", form)
    code, text = screen(sandbox.environment, *words, width=60)
    assert code == 0
    assert "(image, 446 B)" in text
    assert "Qk0" not in text
    assert ("Qk" in sandbox.paycli(*words).out) is (form != "table")


def test_images_are_saved_where_one_says(sandbox: Served, tmp_path: Path) -> None:
    """As files that begin as bitmaps do, each once."""
    folder = tmp_path / "logos" / "tora"
    words = ("tora", "topups", "products", "-p", "sandbox", "--media", str(folder))
    for _ in range(2):
        ended = sandbox.paycli(*words)
        assert ended.code == 0
        assert "7 images in" in ended.err
    files = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert {"mel10-barcode.bmp", "meltemi-logo.bmp"} < {*files}
    assert (len(files), {content[:2] for content in files.values()}) == (7, {b"BM"})
    (tmp_path / "file").write_text("")
    paid = sandbox.paycli(*BILL, *OPTIONS, "-p", "sandbox", "--media", str(tmp_path / "file"))
    assert (paid.code, sold(sandbox)) == (2, [])


def test_products_are_listed_one_a_row(sandbox: Served) -> None:
    """In the forms whose rows are ours; JSON is the provider's own."""
    words = ("tora", "topups", "products", "-p", "sandbox")
    assert sandbox.paycli(*words, "-o", "id").out.split() == ["MEL10", "MEL25", "PEL5", "PSC50"]
    assert sandbox.paycli(*words, "-o", "csv").out.count("\n") == 5
    assert [row["providerCode"] for row in sandbox.paycli(*words).json] == ["meltemi", "pelagos", "safe"]


def test_a_ticket_is_asked_for_and_issued_by_scripts(sandbox: Served) -> None:
    """With the password on standard input; it is seen nowhere."""
    asked = sandbox.paycli(
        "tora", "elaiko", "request", "LAIKO-K", "--mobile", MOBILE, "--odd-or-even", "EVEN", "-p", "sandbox"
    )
    number = asked.json["requestId"]
    issue = ("tora", "elaiko", "issue", number, "--otp-stdin", "-vv", "-p", "sandbox")
    otp = password(sandbox)
    assert sandbox.paycli(*issue, stdin="000000\n" if otp != "000000" else "1\n").code == 5
    ended = sandbox.paycli(*issue, stdin=f"{otp}\n")
    assert (ended.code, len(ended.json["barcodes"]), int(ended.json["ticketNumber"]) % 2) == (0, 5, 0)
    assert '"otp":"***"' in ended.err
    assert otp not in ended.err.replace(ended.json["id"], "")


def test_a_ticket_is_sold_in_one_go_on_a_terminal(sandbox: Served) -> None:
    """A wrong password may be typed again; a ticket's Greek is whole on forty columns."""
    words = ("tora", "elaiko", "buy", "LAIKO-K", "--mobile", MOBILE, "--ending", "7", "-p", "sandbox")
    child = spawn(sandbox.environment, *words, width=40)
    child.expect("One-time password from the customer's mobile: ")
    child.sendline("no")
    child.expect("refused elaiko issue")
    child.expect("One-time password from the customer's mobile: ")
    child.sendline(password(sandbox))
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
    told = bare(child.before)
    assert "ΚΛΑΣΙΚΗ" in told
    assert re.search(r"ticketNumber +\d{4}7\s", told)
    assert [row["type"] for row in sold(sandbox)] == ["ELAIKO"]


def test_a_ticket_in_one_go_needs_somebody(sandbox: Served) -> None:
    """Scripts have the two commands; a rehearsal shows both requests."""
    words = ("tora", "elaiko", "buy", "LAIKO-K", "--mobile", MOBILE, "-p", "sandbox")
    ended = sandbox.paycli(*words)
    assert ended.code == 2
    assert "elaiko request, then elaiko issue" in ended.err
    rehearsed = sandbox.paycli(*words, "--dry-run").json
    assert [one["url"].rpartition("tora")[2] for one in rehearsed] == ["/elaiko/requests", "/elaiko/tickets"]
    assert sandbox.paycli(*words, "--odd-or-even", "ODD", "--ending", "1").code == 2


def test_a_report_is_waited_for(sandbox: Served) -> None:
    """And its file named."""
    ended = sandbox.paycli("tora", "reports", "run", "--format", "pdf", "-p", "sandbox", "-o", "json")
    assert (ended.code, ended.json[0]["status"], ended.json[0]["filename"][-4:]) == (0, "completed", ".pdf")
    started = sandbox.paycli("tora", "reports", "start", "--type", "actions", "-p", "sandbox").json
    shown = sandbox.paycli("tora", "reports", "show", started["id"], "-p", "sandbox").json
    assert (shown["id"], shown["status"]) == (started["id"], "pending")


def test_a_reclamation_is_asked_for_once(sandbox: Served) -> None:
    """Tora reads the reason that the journal keeps."""
    number = sandbox.paycli(*SELL, "-o", "id").out.strip()
    words = ("tora", "reclamations", "create", number, "--reason", "Δεν τυπώθηκε", "-p", "sandbox")
    ended = sandbox.paycli(*words, "-vv")
    assert (ended.code, ended.json["status"]) == (0, "pending")
    assert '"reason":"Δεν τυπώθηκε"' in ended.err
    assert sandbox.paycli(*words).code == 10


def test_a_list_turns_its_pages(sandbox: Served) -> None:
    """Every transaction once, and an honest end."""
    for _ in range(12):
        assert sandbox.paycli(*SELL).code == 0
    words = ("tora", "transactions", "list", "-p", "sandbox", "-o", "id")
    assert len({*sandbox.paycli(*words, "--all").out.split()}) == 12
    cut = sandbox.paycli(*words, "--limit", "5", "--require-complete")
    assert (cut.code, len(cut.out.split())) == (11, 5)
    whole = sandbox.paycli(*words, "--limit", "12", "--require-complete")
    assert (whole.code, len(whole.out.split())) == (0, 12)
