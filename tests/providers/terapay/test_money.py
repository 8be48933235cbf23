"""What becomes of TeraPay's changes: lost answers, repetitions, panels, and keys that are shown once."""

import json
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.providers.terapay.conftest import LittleTeraPay
from tests.serving import Answered, Came

U = "4be0643f-1d98-4c1e-9d0e-5f2f6d7a1b20"
TOP_UP = ("terapay", "wallet", "top-up", "--amount", "12.50")
PROCESS = ("terapay", "batches", "process", U)
BATCH = {"batchId": U, "status": "Submitted", "items": [{"itemId": "i", "status": "Pending"}]}
LOST = Answered(500, b"oops")


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch, terapay: LittleTeraPay) -> None:
    """Give up looking at once, where a lost answer cannot be found."""
    assert terapay.came() == []
    monkeypatch.setenv("PAYCLI_CI_LATE_ARRIVAL", "0s")


def entry_of(came: Came, **more: Any) -> bytes:
    """Return a statement with the entry that a change makes."""
    body = json.loads(came.body)
    return json.dumps([{"transactionId": "t-1", "type": "TopUp", **body, **more}]).encode()


def test_a_description_that_is_left_free_carries_our_mark(run: Any, terapay: LittleTeraPay) -> None:
    """One that was typed stays as it is."""
    terapay.put("GET /api/wallet/statement", [])
    assert run(*TOP_UP).code == 0
    assert run(*TOP_UP, "--description", "Float", "--again").code == 0
    marked, typed = (json.loads(came.body)["description"] for came in terapay.came("POST"))
    assert (marked[:3], len(marked), typed) == ("pc-", 13, "Float")


def test_a_lost_top_up_is_found_by_its_mark(run: Any, terapay: LittleTeraPay) -> None:
    """In the statement; it went once."""
    terapay.put("GET /api/wallet/statement", [])
    terapay.answers["POST /api/wallet/top-up"] = [LOST]

    def answer(came: Came) -> Answered:
        if came.method == "POST":
            terapay.answers["GET /api/wallet/statement"] = [Answered(200, entry_of(came))]
        return terapay.answer(came)

    terapay.host.answer = answer
    ended = run(*TOP_UP, "-o", "json")
    assert (ended.code, ended.json["transactionId"], "marked" in ended.err) == (0, "t-1", True)
    assert len(terapay.came("POST")) == 1


def test_other_entries_of_the_wallet_prove_nothing(run: Any, terapay: LittleTeraPay, tmp_path: Path) -> None:
    """A payment out of it of the same amount is no top-up; what is nowhere is unknown, and blocks the wallet."""
    terapay.put("GET /api/wallet/statement", [])
    terapay.answers["POST /api/wallet/top-up"] = [LOST]

    def answer(came: Came) -> Answered:
        if came.method == "POST":
            other = entry_of(came, type="Payment", direction="debit", description="Rice")
            terapay.answers["GET /api/wallet/statement"] = [Answered(200, other)]
        return terapay.answer(came)

    terapay.host.answer = answer
    profiles = tmp_path / "config" / "profiles.yaml"
    profiles.parent.mkdir(exist_ok=True)
    address = terapay.host.address
    profiles.write_text(
        f"profiles: {{t: {{provider: terapay, environment: test, base_url: '{address}', timeout: {{settle: 1}}}}}}\n"
    )
    profiles.chmod(0o600)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PAYCLI_T_API_KEY", "k")
        patch.setenv("PAYCLI_T_API_SECRET", "s")
        assert run(*TOP_UP, "-p", "t").code == 7
        terapay.answers["POST /api/wallet/top-up"] = [Answered(200, b"{}")]
        ended = run("terapay", "wallet", "pay", "--amount", "1", "--external-reference", "I-1", "-p", "t")
    assert (ended.code, len(terapay.came("POST"))) == (10, 1)


def test_a_wallet_may_be_topped_up_as_last_year(run: Any, terapay: LittleTeraPay) -> None:
    """An old entry of the same amount is no repetition; only an equal one of these 24 hours is."""
    old = {"transactionId": "t-0", "type": "TopUp", "amount": 12.50, "description": "Float"}
    terapay.put("GET /api/wallet/statement", [old])
    assert run(*TOP_UP).code == 0
    assert run(*TOP_UP).code == 10
    assert run("terapay", "wallet", "top-up", "--amount", "12.51").code == 0


def test_a_reference_that_was_paid_is_not_paid_again(run: Any, terapay: LittleTeraPay) -> None:
    """By a colleague, on another machine."""
    paid = {"transactionId": "t-0", "type": "Payment", "amount": 5.00, "externalReference": "INV-7"}
    terapay.put("GET /api/wallet/statement", [paid])
    words = ("terapay", "wallet", "pay", "--amount", "5.00", "--external-reference")
    assert run(*words, "INV-7").code == 10
    assert run(*words, "INV-8").code == 0


def test_a_batch_that_changed_shows_that_a_lost_process_happened(run: Any, terapay: LittleTeraPay) -> None:
    """It is inferred, and said so."""
    terapay.put(f"GET /api/batches/{U}", BATCH)
    terapay.put(f"GET /api/batches/{U}", {**BATCH, "status": "Completed"})
    terapay.answers[f"POST /api/batches/{U}/process"] = [LOST]
    ended = run(*PROCESS, "-o", "json")
    assert (ended.code, ended.json["status"], "inferred" in ended.err) == (0, "Completed", True)
    assert [came.body for came in terapay.came("POST")] == [b""]


def test_an_unknown_batch_is_not_processed(run: Any, terapay: LittleTeraPay) -> None:
    """The look before says so; nothing is sent."""
    terapay.put(f"GET /api/batches/{U}", {"message": "No such batch"}, 404)
    assert run(*PROCESS).code == 3
    assert terapay.came("POST") == []


@pytest.mark.parametrize("answer", [LOST, Answered(200, b"<html>")])
def test_a_lost_transfer_is_never_sent_again(run: Any, terapay: LittleTeraPay, answer: Answered) -> None:
    """No read tells what became of it, and another one to the account waits until a person says so."""
    terapay.answers["POST /api/transfers/bank"] = [answer]
    words = ("terapay", "transfers", "bank", "001001123", "--amount")
    ended = run(*words, "5.00", "-o", "json")
    assert (ended.code, len(terapay.came())) == (7, 1)
    assert run(*words, "6.00", "--again").code == 10
    entry = ended.error["journal_id"]
    assert run("journal", "resolve", entry, "--as", "not-sent", "--reason", "asked the bank").code == 0
    terapay.answers["POST /api/transfers/bank"] = [Answered(202, b'{"status": "AwaitingOtp"}')]
    ended = run(*words, "6.00", "-o", "json")
    assert (ended.code, ended.json) == (0, {"status": "AwaitingOtp"})


def test_status_words_are_shown_and_success_false_is_a_refusal(run: Any, terapay: LittleTeraPay) -> None:
    """2xx is done, but for an answer that says no; bare words and nothing at all are answers too."""
    words = ("terapay", "transfers", "bank", "001001123", "-o", "json", "--amount")
    terapay.answers["POST /api/transfers/bank"] = [
        Answered(200, b'{"status": "Whatever"}'),
        Answered(204, b""),
        Answered(200, b"OK", "text/plain; charset=utf-8"),
        Answered(200, b'{"success": false, "message": "Closed"}'),
    ]
    assert [run(*words, amount).code for amount in ("1", "2", "3", "4")] == [0, 0, 0, 5]


def test_a_file_that_was_sent_is_not_sent_again(run: Any, terapay: LittleTeraPay, tmp_path: Path) -> None:
    """Whatever it is called; how many entries make how much is told before."""
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_text("phoneNumber,amount\n23276123456,10.00\n23276543210,2.50\n")
    ended = run("terapay", "transfers", "mobile", str(tmp_path / "a.csv"), "--total", "12.50")
    assert (ended.code, "2 entries, 12.50 SLE together" in ended.err) == (0, True)
    assert run("terapay", "transfers", "mobile", str(tmp_path / "b.csv")).code == 10
    assert len(terapay.came()) == 1


def live(monkeypatch: pytest.MonkeyPatch, terapay: LittleTeraPay, tmp_path: Path, more: str) -> None:
    """Make the profile ``live``, whose host is the test's."""
    path = tmp_path / "config" / "profiles.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(
        "profiles:\n  live:\n    provider: terapay\n    environment: live\n    access: write\n"
        f"    base_url: {terapay.host.address}\n{more}"
    )
    path.chmod(0o600)
    monkeypatch.setenv("PAYCLI_LIVE_API_KEY", "k")
    monkeypatch.setenv("PAYCLI_LIVE_API_SECRET", "s")


def test_a_live_profile_names_its_routes(
    run: Any, terapay: LittleTeraPay, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Then it shows how much goes where, and asks; limits hold for what an amount is known of."""
    live(monkeypatch, terapay, tmp_path, "")
    words = ("terapay", "transfers", "bank", "001001123", "--amount", "5.00", "-p", "live", "-o", "json")
    ended = run(*words, "--yes")
    assert (ended.code, "assumed" in ended.err) == (10, True)
    route = '    routes: {transfers bank: "POST /api/transfers/bank"}\n    limits: {bank-transfer: {per_day: 9}}\n'
    live(monkeypatch, terapay, tmp_path, route)
    ended = run(*words)
    assert (ended.code, "add --yes" in ended.err, "how much 5.00 SLE" in ended.err) == (10, True, True)
    assert run(*words, "--yes").code == 0
    ended = run(*(word.replace("001001123", "002") for word in words), "--yes")
    assert (ended.code, "limit of bank-transfer" in ended.err) == (10, True)
    assert len(terapay.came()) == 1


def test_card_data_wants_a_live_profile_that_says_so(
    run: Any, terapay: LittleTeraPay, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is read before that is known."""
    live(monkeypatch, terapay, tmp_path, '    routes: {cards submit: "POST /api/cards"}\n')
    ended = run("terapay", "cards", "submit", "--card-stdin", "--yes", "-p", "live")
    assert (ended.code, "card_data" in ended.err, terapay.came()) == (10, True, [])


def test_no_card_is_written_down(
    run: Any, terapay: LittleTeraPay, typed_in: Callable[[str], None], tmp_path: Path
) -> None:
    """Neither number nor CVV, in no output and no journal."""
    terapay.put("POST /api/cards", {"cardId": "c-1", "cardNumber": "4242424242424242"})
    typed_in('{"number": "4242424242424242", "exp_month": "12", "exp_year": "2031", "cvv": "987"}')
    ended = run("terapay", "cards", "submit", "--card-stdin", "-vv", "-o", "json")
    assert ended.code == 0
    journal = b"".join(path.read_bytes() for path in (tmp_path / "state").glob("journal.db*"))
    for told in (ended.out, ended.err, journal.decode("latin-1")):
        assert "4242424242424242" not in told
        assert '"987"' not in told


KEYS = {"apiKey": "tp-made-up-key-1", "apiSecret": "made-up-new-secret-1"}
CREATES = [
    (("terapay", "api-keys", "create"), "POST /api/api-keys"),
    (("terapay", "users", "create", "--email", "a@b", "--generate-api-key"), "POST /api/portal/users"),
]


@pytest.mark.parametrize("command,route", CREATES)
def test_a_new_secret_is_kept_for_its_owner_only(
    run: Any, terapay: LittleTeraPay, tmp_path: Path, command: tuple[str, ...], route: str
) -> None:
    """In a file of mode 0600 that standard error names, and nowhere else."""
    terapay.put(route, KEYS)
    ended = run(*command, "-vv", "-o", "json")
    assert (ended.code, ended.json) == (0, {"apiKey": "***", "apiSecret": "***"})
    [path] = (tmp_path / "state").glob("once-*.json")
    assert (json.loads(path.read_text()), stat.S_IMODE(path.stat().st_mode)) == (KEYS, 0o600)
    assert str(path) in ended.err
    assert not [text for text in KEYS.values() if text in ended.err]


@pytest.mark.parametrize("command,route", CREATES)
def test_a_new_secret_is_shown_or_saved_where_that_is_asked_for(
    run: Any, terapay: LittleTeraPay, kept: Path, command: tuple[str, ...], route: str
) -> None:
    """And then lies in no file."""
    terapay.put(route, KEYS)
    assert run(*command, "--show", "-o", "json").json == KEYS
    ended = run(*command, "--save", "--again", "-o", "json")
    assert ended.code == 0
    held = json.loads(json.loads(kept.read_text())["ci"])["secrets"]
    assert held == {"api_key": KEYS["apiKey"], "api_secret": KEYS["apiSecret"]}
    assert not list((kept.parent / "state").glob("once-*.json"))


def test_what_changes_is_told_before(run: Any, terapay: LittleTeraPay, typed_in: Callable[[str], None]) -> None:
    """Of permissions and roles, on standard error."""
    typed_in("name,httpMethod,routePattern\nBanks.Read,GET,/api/banks\n")
    assert "creates Banks.Read GET /api/banks" in run("terapay", "permissions", "import", "-").err
    ended = run("terapay", "users", "override-permissions", U, "--grant", U)
    assert f"grants {U}" in ended.err
    ended = run("terapay", "roles", "set-permissions", U, "--none")
    assert "the role will have 0 permissions and no other" in ended.err
    assert json.loads(terapay.came()[-1].body) == {"permissionIds": []}


def test_a_statement_is_a_list_in_whatever_envelope(run: Any, terapay: LittleTeraPay) -> None:
    """As JSON the rows alone, as CSV the declared columns."""
    rows = [{"transactionId": "t-1", "amount": 12.50, "description": "=1+1", "type": "TopUp"}]
    terapay.put("GET /api/wallet/statement", {"customer": "ama", "entries": rows})
    assert run("terapay", "wallet", "statement", "-o", "json").json == rows
    ended = run("terapay", "wallet", "statement", "-o", "csv")
    assert ended.out.splitlines()[0].startswith("createdAt,type,direction,amount,balance,description")
    assert "12.5" in ended.out
    assert run("terapay", "wallet", "statement", "-o", "id").out == "t-1\n"


def test_one_customers_lost_change_is_not_looked_up_in_anothers_wallet(
    run: Any, terapay: LittleTeraPay, typed_in: Callable[[str], None], kept: Path
) -> None:
    """That it is not there proves nothing; nor does it stop the other's changes."""

    def sign_in(name: str) -> None:
        typed_in("made-up-8\n")
        assert run("terapay", "customers", "login", "--email", f"{name}@c.example", "--password-stdin").code == 0

    assert not kept.exists()
    terapay.put("POST /api/customers/login", {"token": "made-up-wallet-token-1"})
    terapay.put("POST /api/customers/login", {"token": "made-up-wallet-token-2"})
    terapay.put("POST /api/customers/login", {"token": "made-up-wallet-token-3"})
    terapay.put("GET /api/wallet/statement", [])
    terapay.answers["POST /api/wallet/top-up"] = [Answered(302, b""), Answered(200, b"{}")]
    sign_in("ama")
    lost = run(*TOP_UP, "--no-preflight", "--timeout", "5", "-o", "json")
    assert lost.code == 7
    sign_in("bai")
    assert "somebody else" in run("journal", "resolve", lost.error["journal_id"]).err
    assert run(*TOP_UP).code == 0
    sign_in("ama")
    assert run(*TOP_UP).code == 10
    assert run("journal", "resolve", lost.error["journal_id"], "-o", "json").code == 0
