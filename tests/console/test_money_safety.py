"""Nothing paid twice, no outcome lost: the rules of money safety as processes over real sockets."""

import signal
import sqlite3
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tests.forking import forks
from tests.helpers import Result, Served

POS = "5a5d0b0c-1c7e-4f5e-9d52-0f3f3f6a1d01"
KEYS = {
    "API_KEY": "sandbox-key-7f31c2",
    "API_SECRET": "sandbox-secret-b81f04e6",
    "ENDPOINTS_KEY": "sandbox-endpoints-39ad55",
}
REFUND, READ = "POST /api/v1/refund", "GET /api/v1/pos/*"
PROFILE = """\
  {name}:
    provider: tranzzo
    environment: {environment}
    access: write
    currency: UAH
    pos_id: {pos}
    base_url: {address}/tranzzo
    late_arrival: 1s
    timeout: {{settle: {settle}, read: 1}}
"""


class Shop:
    """A sandbox with orders of 100 UAH, and paycli with a profile that looks for lost outcomes for a moment only."""

    def __init__(self, served: Served) -> None:
        self.served = served

    def paycli(self, *argv: str, **variables: str) -> Result:
        return self.served.paycli(*argv, **variables)

    def order(self, name: str) -> None:
        """Make a paid order."""
        page = ("--amount", "100", "--currency", "UAH", "--description", "test")
        assert self.paycli("tranzzo", "pay", "hosted", name, *page, "-p", "shop").code == 0
        assert self.paycli("sandbox", "act", "tranzzo", "pay", name).code == 0

    def refund(self, name: str, amount: str, *more: str, profile: str = "shop", **variables: str) -> Result:
        """Refund an amount."""
        return self.paycli("tranzzo", "refund", name, "--amount", amount, *more, "-p", profile, **variables)

    def fault(self, kind: str, route: str = REFUND, *more: str) -> None:
        """Add a fault."""
        assert self.paycli("sandbox", "fault", "add", "tranzzo", route, kind, *more).code == 0

    def refunds(self, name: str) -> list[float]:
        """Return the amounts that the provider refunded."""
        rows = self.paycli("tranzzo", "orders", "show", name, "-p", "shop").json
        return [row["amount"] for row in rows if row["method"] == "refund" and row["status"] == "success"]

    def states(self) -> list[tuple[str, str | None]]:
        """Return the states of the journal's refunds, oldest first."""
        rows = self.paycli("journal", "list", "--all").json
        return [(row["state"], row["settled"]) for row in reversed(rows) if row["operation"] == "tranzzo refund"]


@pytest.fixture
def shop(sandbox: Served, tmp_path: Path) -> Shop:
    """Return a shop with the paid order A-1."""
    config = tmp_path / "config"
    config.mkdir()
    names = (("shop", "test"), ("other-name", "test"), ("live", "live"))
    text = "profiles:\n" + "".join(
        PROFILE.format(name=name, environment=environment, pos=POS, address=sandbox.address, settle=1)
        for name, environment in names
    )
    (config / "profiles.yaml").write_text(text)
    variables = {
        f"PAYCLI_{prefix}_{key}": value for prefix in ("SHOP", "OTHER_NAME", "LIVE") for key, value in KEYS.items()
    }
    (tmp_path / "state").mkdir()
    port = sandbox.address.rpartition(":")[2]
    token = sandbox.home / "state" / f"sandbox-{port}.token"
    (tmp_path / "state" / token.name).write_text(token.read_text())
    made = Shop(Served(tmp_path, sandbox.address, sandbox.process, variables))
    made.order("A-1")
    return made


def test_an_answer_that_was_lost_is_found(shop: Shop) -> None:
    """Executed once, exit 0, with the operation's id."""
    shop.fault("drop-after-commit")
    ended = shop.refund("A-1", "10")
    assert (ended.code, ended.json["amount"]) == (0, 10)
    assert ended.json["operation_id"]
    assert "marked" in ended.err
    assert shop.refunds("A-1") == [10]
    assert shop.states() == [("succeeded", "marked")]


def test_while_nobody_knows_nothing_else_goes_out(shop: Shop) -> None:
    """Exit 7; other changes of the order are refused; a look settles it once reads work again."""
    shop.fault("drop-after-commit")
    shop.fault("timeout", READ, "--after", "1")
    shop.fault("500", READ, "--times", "20")
    lost = shop.refund("A-1", "10", "-o", "json", "--timeout", "0.5")
    assert (lost.code, lost.out, lost.error["kind"]) == (7, "", "unknown")
    assert [row["id"] for row in shop.paycli("journal", "list", "--state", "unknown").json] == [
        lost.error["journal_id"]
    ]
    still = shop.refund("A-1", "20", "--timeout", "0.5", "--no-preflight")
    assert still.code == 10
    assert lost.error["journal_id"] in still.err
    assert shop.paycli("journal", "resolve").code == 7


def test_an_open_outcome_is_settled_by_the_next_look_before(shop: Shop) -> None:
    """And then the next change goes."""
    shop.fault("drop-after-commit")
    shop.fault("500", READ, "--after", "1", "--times", "12")
    assert shop.refund("A-1", "10").code == 7
    while shop.paycli("tranzzo", "orders", "show", "A-1", "-p", "shop").code:
        time.sleep(0.1)
    assert shop.refund("A-1", "20").code == 0
    assert shop.states() == [("succeeded", "marked"), ("succeeded", None)]
    assert shop.paycli("journal", "resolve").code == 0


def test_what_never_arrived_can_go_again_once(shop: Shop) -> None:
    """Unknown, refused, and after late arrival not sent."""
    shop.fault("drop-before-commit")
    assert shop.refund("A-1", "10").code == 7
    assert shop.refund("A-1", "10").code == 10
    assert shop.paycli("journal", "resolve").code in {0, 7}
    time.sleep(1.1)
    assert shop.paycli("journal", "resolve").code == 0
    assert shop.states() == [("not-sent", "inferred")]
    assert shop.refund("A-1", "10").code == 0
    assert shop.refund("A-1", "10").code == 10
    assert shop.refunds("A-1") == [10]


@pytest.mark.parametrize("kind,code", [("500", 7), ("timeout", 7), ("429", 0)])
def test_each_fault_has_its_outcome(shop: Shop, kind: str, code: int) -> None:
    """500 and silence are unknown, 429 was not processed and goes again."""
    shop.fault(kind)
    assert shop.refund("A-1", "10", "--timeout", "1").code == code
    assert shop.refunds("A-1") == ([10] if code == 0 else [])


def test_of_four_processes_one_refund_goes_out(shop: Shop) -> None:
    """The others are refused."""
    with ThreadPoolExecutor(4) as pool:
        codes = sorted(pool.map(lambda _: shop.refund("A-1", "10").code, range(4)))
    assert codes == [0, 10, 10, 10]
    assert shop.refunds("A-1") == [10]


def test_a_colleagues_equal_refund_is_seen(shop: Shop, tmp_path: Path) -> None:
    """Refused unless --again."""
    elsewhere = {"PAYCLI_STATE_DIR": str(tmp_path / "colleague")}
    assert shop.refund("A-1", "10", **elsewhere).code == 0
    ended = shop.refund("A-1", "10")
    assert ended.code == 10
    assert "not from this machine" in ended.err
    assert shop.refund("A-1", "10", "--again").code == 0
    assert shop.refunds("A-1") == [10, 10]


def test_all_and_the_same_sum_are_the_same(shop: Shop) -> None:
    """--all is resolved by the look before."""
    assert shop.paycli("tranzzo", "refund", "A-1", "--all", "-p", "shop").code == 0
    ended = shop.refund("A-1", "100", "--no-preflight")
    assert ended.code == 10
    assert "done already" in ended.err


def test_the_same_account_under_another_name_is_the_same(shop: Shop) -> None:
    """The account is host and merchant."""
    assert shop.refund("A-1", "10").code == 0
    assert shop.refund("A-1", "10", profile="other-name").code == 10
    assert shop.refund("A-1", "11", profile="other-name").code == 0


def test_more_than_is_left_is_refused_here(shop: Shop) -> None:
    """Nothing is sent, and what is left is told."""
    ended = shop.refund("A-1", "100.01")
    assert ended.code == 10
    assert "only 100.00 UAH is left to refund" in ended.err
    assert shop.states() == []
    assert shop.paycli("tranzzo", "void", "A-1", "-p", "shop").code == 10


def test_a_request_id_names_an_intention(shop: Shop) -> None:
    """Sent once; the same again answers what became of it; other values are refused; a new id passes the 24 hours."""
    first = shop.refund("A-1", "10", "--request-id", "r-1")
    again = shop.refund("A-1", "10", "--request-id", "r-1")
    assert (first.code, again.code, again.json["state"]) == (0, 0, "succeeded")
    assert again.json["provider_id"] == first.json["operation_id"]
    assert shop.refund("A-1", "11", "--request-id", "r-1").code == 10
    assert shop.refund("A-1", "10", "--request-id", "r-2").code == 0
    assert shop.refunds("A-1") == [10, 10]


def test_a_request_id_may_be_used_again_after_a_refusal(shop: Shop) -> None:
    """Nothing moved."""
    assert shop.refund("A-1", "500", "--request-id", "r-1", "--no-preflight").code == 5
    assert shop.refund("A-1", "500", "--request-id", "r-1", "--no-preflight").code == 5


def test_a_pending_refund_blocks_until_it_is_finished(shop: Shop) -> None:
    """Exit 8; the next look settles it."""
    assert shop.refund("A-1", "10.52").code == 8
    assert shop.refund("A-1", "20").code == 10
    assert shop.paycli("journal", "resolve").code == 7
    assert shop.paycli("sandbox", "act", "tranzzo", "finish", "A-1").code == 0
    assert shop.refund("A-1", "20").code == 0
    assert shop.states()[0] == ("succeeded", "marked")


def test_limits_stop_one_operation_and_a_day(shop: Shop) -> None:
    """Told apart; unknown ones count."""
    for field, value in (("limits.refund.per_operation", "50"), ("limits.*.per_day", "60")):
        assert shop.paycli("profiles", "set", "shop", field, value).code == 0
    assert "the limit of refund is 50" in shop.refund("A-1", "50.01").err
    assert shop.refund("A-1", "40").code == 0
    over = shop.refund("A-1", "20.01")
    assert over.code == 10
    assert "the limit of * is 60" in over.err
    assert shop.refund("A-1", "20").code == 0


def test_a_live_change_needs_a_yes(shop: Shop) -> None:
    """Without a terminal --yes is wanted, and the panel is shown."""
    ended = shop.refund("A-1", "10", profile="live")
    assert ended.code == 10
    assert "LIVE" in ended.err
    assert "add --yes" in ended.err
    assert shop.refund("A-1", "10", "--yes", profile="live").code == 0


def test_a_raw_refund_is_the_same_kind(shop: Shop) -> None:
    """The guard is over what moves, not over how it was typed."""
    fields = ("-f", f"pos_id={POS}", "-f", "order_id=A-1", "-f", "order_currency=UAH", "-f", "refund_amount:=10")
    assert shop.refund("A-1", "10").code == 0
    assert shop.paycli("api", "shop", "POST", "/api/v1/refund", *fields).code == 10


def test_a_closed_pipe_leaves_the_journal_complete(shop: Shop) -> None:
    """The exit code is the refund's."""
    line = f"set -o pipefail; {sys.executable} -m paycli tranzzo refund A-1 --amount 10 -p shop | head -c 0"
    ended = subprocess.run(
        ["/bin/bash", "-c", line], env=shop.served.environment, capture_output=True, check=False, timeout=60
    )
    assert ended.returncode == 0
    assert shop.states() == [("succeeded", None)]


@pytest.mark.parametrize("redirect", ["| head -c 0", ">&-", "> /dev/full"])
def test_an_answer_that_exists_only_once_is_kept(shop: Shop, redirect: str) -> None:
    """A page's address cannot be asked for again; it lies in a file that only its owner reads."""
    page = "tranzzo pay hosted P-1 --amount 5 --description x -p shop"
    line = f"set -o pipefail; {sys.executable} -m paycli {page} {redirect}"
    ended = subprocess.run(
        ["/bin/bash", "-c", line], env=shop.served.environment, capture_output=True, text=True, check=False, timeout=60
    )
    assert ended.returncode == 0, ended.stderr
    (kept,) = (shop.served.home / "state").glob("answer-*.json")
    assert "redirect_url" in kept.read_text()
    assert kept.stat().st_mode & 0o777 == 0o600
    assert str(kept) in ended.stderr


def test_ctrl_c_while_a_lost_outcome_is_looked_for_is_exit_7(shop: Shop) -> None:
    """The journal has it."""
    assert shop.paycli("profiles", "set", "shop", "timeout.settle", "30").code == 0
    shop.fault("drop-before-commit")
    command = [sys.executable, "-m", "paycli", "tranzzo", "refund", "A-1", "--amount", "10", "-p", "shop"]
    with subprocess.Popen(command, env=shop.served.environment, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr
        while "looking what became of it" not in process.stderr.readline():
            assert process.poll() is None
        process.send_signal(signal.SIGINT)
        told = process.stderr.read()
    assert process.returncode == 7
    assert "journal resolve" in told
    assert shop.states() == [("unknown", None)]


def test_old_closed_entries_can_be_pruned(shop: Shop) -> None:
    """What is open stays, and the journal stays whole."""
    assert shop.refund("A-1", "10").code == 0
    shop.fault("drop-before-commit")
    assert shop.refund("A-1", "11").code == 7
    assert "Removed 2 entries" in shop.paycli("journal", "prune", "--before", "now").err
    assert [row["state"] for row in shop.paycli("journal", "list").json] == ["unknown"]
    assert shop.paycli("journal", "verify").code == 0


def test_an_altered_journal_is_named(shop: Shop) -> None:
    """Exit 2."""
    assert shop.refund("A-1", "10").code == 0
    assert shop.paycli("journal", "verify").code == 0
    path = shop.served.home / "state" / "journal.db"
    with sqlite3.connect(path) as raw:
        raw.execute("UPDATE entries SET entry = replace(entry, '10.00', '90.00')")
    raw.close()
    ended = shop.paycli("journal", "verify")
    assert ended.code == 2
    assert "pc-" in ended.err


def test_a_state_directory_that_cannot_be_written_stops_changes_but_not_reads(shop: Shop) -> None:
    """Exit 10, and nothing was sent."""
    ended = shop.refund("A-1", "10", PAYCLI_STATE_DIR="/proc/none")
    assert ended.code == 10
    assert "cannot be written" in ended.err
    assert shop.refunds("A-1") == []


def test_a_person_closes_what_no_read_can(shop: Shop) -> None:
    """With a reason; a hosted page that nobody opened need not be listed."""
    shop.fault("drop-before-commit", "POST /api/v1/payment")
    page = ("--amount", "5", "--description", "x", "-p", "shop", "-o", "json")
    lost = shop.paycli("tranzzo", "pay", "hosted", "A-2", *page)
    assert lost.code == 7
    identifier = lost.error["journal_id"]
    time.sleep(1.1)
    assert shop.paycli("journal", "resolve").code == 7
    assert shop.paycli("journal", "resolve", identifier, "--as", "not-sent").code == 2
    closed = shop.paycli("journal", "resolve", identifier, "--as", "not-sent", "--reason", "asked support")
    assert (closed.code, closed.json[0]["settled"]) == (0, "by hand")
    assert shop.paycli("tranzzo", "pay", "hosted", "A-2", *page).code == 0


def test_a_killed_refund_is_executed_exactly_once_in_the_end(shop: Shop) -> None:
    """Killed at twenty moments of its way, resolved after late arrival, and typed again."""
    orders = [f"K-{number}" for number in range(20)]
    killed: set[int] = set()
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(shop.order, orders))
    started = time.monotonic()
    assert shop.refund("A-1", "10").code == 0
    whole = time.monotonic() - started
    for number, order in enumerate(orders):
        words = ("tranzzo", "refund", order, "--amount", "10", "-p", "shop")
        process = forks().start(words, shop.served.environment)
        time.sleep(whole * number / len(orders))
        killed.add(process.kill().code)
    assert -signal.SIGKILL in killed
    time.sleep(1.2)
    resolved = shop.paycli("journal", "resolve")
    assert resolved.code == 0, resolved.err
    with ThreadPoolExecutor(4) as pool:
        codes = list(pool.map(lambda order: shop.refund(order, "10").code, orders))
    assert set(codes) <= {0, 10}
    assert {order: shop.refunds(order) for order in orders} == {order: [10] for order in orders}


def test_a_settled_refund_holds_no_secret(shop: Shop) -> None:
    """Neither the export nor the file."""
    shop.fault("drop-after-commit")
    assert shop.refund("A-1", "10", "--reason", "Χαλασμένη καρέκλα").code == 0
    exported: Any = shop.paycli("journal", "export")
    raw = (shop.served.home / "state" / "journal.db").read_bytes().decode("utf-8", "replace")
    assert "Χαλασμένη" in exported.out
    assert [value for value in KEYS.values() if value in exported.out or value in raw] == []


def test_a_request_id_with_any_other_value_is_refused(shop: Shop) -> None:
    """Also where the order alone makes two of them the same."""
    page = ("tranzzo", "pay", "hosted", "R-1", "--description", "x", "-p", "shop", "--request-id", "w-1")
    assert shop.paycli(*page, "--amount", "10").code == 0
    assert shop.paycli(*page, "--amount", "10").code == 0
    assert shop.paycli(*page, "--amount", "999").code == 10


@pytest.mark.parametrize("long", [True, False])
def test_what_went_without_a_mark_is_not_missed_by_one(shop: Shop, tmp_path: Path, long: bool) -> None:
    """A raw body, and a comment with no room: found by inference, never called not sent."""
    assert shop.refund("A-1", "1").code == 0
    body = tmp_path / "body.json"
    body.write_text(f'{{"pos_id":"{POS}","order_id":"A-1","order_currency":"UAH","refund_amount":10}}')
    shop.fault("drop-after-commit")
    words = ("tranzzo", "refund", "A-1", "--amount", "10", "--comment", "x" * 2045, "-p", "shop")
    ended = shop.paycli(*words) if long else shop.paycli("api", "shop", "POST", "/api/v1/refund", "--input", str(body))
    assert ended.code == 0
    time.sleep(1.1)
    assert shop.paycli("journal", "resolve").code == 0
    assert shop.paycli("journal", "list", "--limit", "1").json[0]["settled"] == "inferred"
    assert shop.refunds("A-1") == [1, 10]


def test_a_strange_parameter_does_not_hide_a_raw_refund(shop: Shop) -> None:
    """It is the same change."""
    fields = ("-f", f"pos_id={POS}", "-f", "order_id=A-1", "-f", "order_currency=UAH", "-f", "refund_amount:=10")
    assert shop.paycli("api", "shop", "POST", "/api/v1/refund", *fields).code == 0
    assert shop.paycli("api", "shop", "POST", "/api/v1/refund?x=1", *fields).code == 10


@pytest.mark.parametrize("amount", [("--all",), ("--amount", "100")])
def test_a_named_full_refund_can_be_asked_for_again(shop: Shop, amount: tuple[str, ...]) -> None:
    """Nothing is left, and that is why: the answer is what became of it."""
    words = ("tranzzo", "refund", "A-1", *amount, "-p", "shop", "--request-id", "r-1")
    assert shop.paycli(*words).code == 0
    again = shop.paycli(*words)
    assert (again.code, again.json["state"]) == (0, "succeeded")
    assert shop.refunds("A-1") == [100]


def test_a_named_intention_is_answered_although_nothing_can_be_read(shop: Shop) -> None:
    """Unknown stays 7, never 6."""
    shop.fault("drop-before-commit")
    assert shop.refund("A-1", "10", "--request-id", "r-1").code == 7
    shop.fault("500", READ, "--times", "3")
    assert shop.refund("A-1", "10", "--request-id", "r-1").code == 7


@pytest.mark.parametrize("redirect", ["| true", "> /dev/full"])
def test_resolve_ends_with_its_own_code_whatever_reads_it(shop: Shop, redirect: str) -> None:
    """7 while something is open."""
    assert shop.refund("A-1", "10.52").code == 8
    line = f"set -o pipefail; {sys.executable} -m paycli journal resolve {redirect}"
    ended = subprocess.run(
        ["/bin/bash", "-c", line], env=shop.served.environment, capture_output=True, text=True, check=False, timeout=60
    )
    assert ended.returncode == 7, ended.stderr
