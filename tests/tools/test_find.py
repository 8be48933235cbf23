"""``paycli find``: whatever it is, wherever it is, with the command that shows it whole; nothing is ever changed."""

import json
import shlex
from typing import Any

import pytest

from paycli.operations.looks import Look, Sought
from paycli.profiles import keyring
from paycli.providers.tora import looks
from tests.helpers import Result
from tests.tools.conftest import UAH, Core

SANDBOX = ("find", "-p", "sandbox")
COLUMNS = [
    *("provider", "profile", "id", "order", "kind", "status", "provider_status"),
    *("amount", "currency", "time", "command"),
]
CARD = "4242424242424242"


def hits(ended: Result) -> list[dict[str, Any]]:
    """Return the hits of a search that found something in all profiles."""
    assert ended.code == 0, ended.err
    found: list[dict[str, Any]] = ended.json
    return found


def told(row: dict[str, Any]) -> tuple[Any, ...]:
    """Return of a hit what it is and how it stands."""
    return row["kind"], row["status"], row["provider_status"], row["order"], row["amount"], row["currency"]


def whole(core: Core, row: dict[str, Any]) -> str:
    """Run the command of a hit and return what it shows."""
    program, *words = shlex.split(row["command"])
    assert program == "paycli"
    ended = core.run(*words, "-o", "json")
    assert ended.code == 0, ended.err
    return ended.out


def test_one_reference_is_found_at_every_provider_that_knows_it(core: Core) -> None:
    """In one stable list with the same words for how it stands, each with the command that shows it whole."""
    core.order("A-1001")
    payment = core.payment("A-1001")
    core.paycli("tora", "topups", "create", "MEL10", "--reference", "A-1001")
    found = hits(core.run(*SANDBOX, "A-1001", "-o", "json"))
    assert [list(row) for row in found] == 3 * [COLUMNS]
    assert [told(row) for row in found] == [
        ("payment", "held", "Reserved", "A-1001", 12.5, "DKK"),
        ("topup", "succeeded", "captured", "A-1001", 10.0, "EUR"),
        ("auth", "held", "success", "A-1001", 100, "UAH"),
    ]
    assert (found[0]["id"], found[2]["command"]) == (payment, "paycli tranzzo orders show A-1001 -p sandbox-tranzzo")
    assert all(row["id"] in whole(core, row) for row in found)
    assert core.run(*SANDBOX, "A-1001", "-o", "json").json == found


def test_nothing_that_is_sent_changes_anything(core: Core) -> None:
    """By any look of any provider, a sign-in aside."""
    core.order("A-1")
    del core.executed[:]
    texts = ("A-1", "3f2504e0-4f89-41d3-9a0c-0305e82c3301", "12345678", "424242******4242", "0" * 12, "0" * 26)
    assert {core.run(*SANDBOX, text).code for text in texts} == {0, 3}
    assert [told for told in core.executed if "oauth2/token" not in told] == []
    assert {path.split("/")[1] for path in core.asked} == {"tranzzo", "mobilepay", "tora", "toman", "terapay"}


@pytest.mark.parametrize(
    "words,status",
    [
        ((), "held"),
        (("capture", "--amount", "80"), "succeeded"),
        (("void",), "cancelled"),
        (("capture", "--all", "refund", "--amount", "30"), "succeeded"),
        (("capture", "--all", "refund", "--all"), "refunded"),
        (("capture", "--amount", "80.52"), "pending"),
        (("capture", "--amount", "80.51"), "held"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else value,
)
def test_an_order_stands_as_its_money_does(core: Core, words: tuple[str, ...], status: str) -> None:
    """Whatever the first operation's own word still is."""
    core.order("A-2")
    for step in " ".join(words).replace(" refund", ";refund").split(";"):
        verb, *rest = step.split() or [""]
        if verb:
            currency = UAH if rest else ()
            core.run("tranzzo", verb, "A-2", *rest, *currency, "-p", "sandbox")
    found = hits(core.run(*SANDBOX, "A-2"))
    assert [told(row) for row in found] == [("auth", status, "success", "A-2", 100, "UAH")]


def test_a_payment_that_failed_is_told_as_failed(core: Core) -> None:
    """Beside the provider's own word."""
    core.order("A-3", "purchase", "10.51")
    found = hits(core.run(*SANDBOX, "A-3"))
    assert [told(row)[:3] for row in found] == [("purchase", "failed", "failure")]


def test_an_order_is_found_in_the_period_by_its_payment_and_by_its_card(core: Core) -> None:
    """Once, however many operations it has; never beyond the period."""
    core.order("A-4")
    core.paycli("tranzzo", "capture", "A-4", "--all", *UAH)
    operations = core.paycli("tranzzo", "orders", "show", "A-4")
    card = operations[0]["cc_mask"]
    assert "*" in card
    for text in (operations[0]["payment_id"].upper(), operations[1]["operation_id"], card, f"*{card[-4:]}"):
        assert [row["order"] for row in hits(core.run(*SANDBOX, text, "--provider", "tranzzo"))] == ["A-4"]
        assert core.run(*SANDBOX, text, "--provider", "tranzzo", "--since", "2999-01-01").code == 3
    assert core.run(*SANDBOX, "424242******0000", "--provider", "tranzzo").code == 3


def test_an_order_is_found_in_the_period_by_the_banks_number(core: Core) -> None:
    """The provider spells its field rnn."""
    core.order("A-5", "purchase")
    shop: Any = core.sandbox.providers["tranzzo"]
    (shop.shop if hasattr(shop, "shop") else shop).orders["A-5"].operations[0]["rnn"] = "003561423521"
    found = hits(core.run(*SANDBOX, "003561423521", "--provider", "tranzzo"))
    assert [(row["order"], row["status"]) for row in found] == [("A-5", "succeeded")]


def test_a_payment_at_a_till_and_its_refund_are_found_by_their_identifiers(core: Core) -> None:
    """Each as what it is; captured payments by the order too."""
    payment = core.payment("A-6")
    core.paycli("mobilepay", "payments", "capture", payment, "--amount", "12.50")
    refund = core.paycli("mobilepay", "refunds", "create", payment, "--amount", "2.50")["refundId"]
    taken = ("payment", "succeeded", "Captured", "A-6", 12.5, "DKK")
    for text in (payment.upper(), "A-6"):
        assert [told(row) for row in hits(core.run(*SANDBOX, text))] == [taken]
    (found,) = hits(core.run(*SANDBOX, refund))
    assert (found["kind"], found["status"], found["provider_status"], found["amount"]) == (
        "refund",
        "pending",
        "Reserved",
        2.5,
    )
    assert refund in whole(core, found)


def test_a_sale_is_found_by_its_identifier_and_by_our_reference(core: Core) -> None:
    """With its cents as euros."""
    sold = core.paycli("tora", "topups", "create", "MEL10", "--reference", "R/7 ü")
    by_id, by_reference = hits(core.run(*SANDBOX, sold["id"])), hits(core.run(*SANDBOX, "R/7 ü"))
    assert by_id == by_reference
    assert told(by_id[0]) == ("topup", "succeeded", "captured", "R/7 ü", 10.0, "EUR")
    assert '"amount": 10.00,' in core.run(*SANDBOX, sold["id"], "-o", "json").out


def test_payments_of_terminals_are_found_through_all_pages(core: Core) -> None:
    """By identifier, terminal and card, of both kinds of terminals; the command shows the very payment."""
    every = {
        kind: core.paycli("toman", "payments", "list", kind, "--all")  # more than a page each
        for kind in ("ipg", "pos")
    }
    for kind, rows in every.items():
        row = rows[-1]
        (found,) = hits(core.run(*SANDBOX, row["id"]))
        assert told(found)[:3] == (
            f"{kind} payment",
            *(("succeeded", "success") if row["status"] else ("failed", "failed")),
        )
        assert json.loads(whole(core, found)) == [row]
        same = {one["id"] for one in rows if one["terminal_number"] == row["terminal_number"]}
        assert {one["id"] for one in hits(core.run(*SANDBOX, row["terminal_number"], "--since", "-60d"))} == same
        card = row["masked_paid_card_number"]
        assert row["id"] in {one["id"] for one in hits(core.run(*SANDBOX, card, "--since", "-60d"))}


def test_a_list_that_begins_with_the_newest_is_read_no_further_than_the_period(core: Core) -> None:
    """Of three pages and two only the first of each."""
    number = core.paycli("toman", "payments", "list", "ipg")[0]["terminal_number"]
    del core.asked[:]
    core.run(*SANDBOX, number, "--provider", "toman", "--since", "-1m")
    assert [told for told in core.asked if "/payments/" in told] == [
        "GET /toman/payments/ipg",
        "GET /toman/payments/pos",
    ]


def test_a_batch_is_found_by_its_identifier(core: Core, tmp_path: Any) -> None:
    """The statement of a wallet is left out where nobody is signed in to one, which is no failure."""
    file = tmp_path / "wages.csv"
    file.write_text("destination,amount\n23276123456,10.00\n")
    batch = core.paycli("terapay", "batches", "submit", str(file), "--batch-name", "Wages 3")["batchId"]
    (found,) = hits(core.run(*SANDBOX, batch.upper(), "--provider", "terapay"))
    assert told(found) == ("batch", "pending", "Submitted", "Wages 3", 10.0, "SLE")
    core.paycli("terapay", "batches", "process", batch)
    assert [row["status"] for row in hits(core.run(*SANDBOX, batch, "--provider", "terapay"))] == ["succeeded"]
    assert "nobody is signed in" in core.run(*SANDBOX, "INV-1", "--provider", "terapay").err


def test_what_nobody_knows_is_exit_3(core: Core) -> None:
    """After an empty list; who was asked, and who could not hold such a thing, is told."""
    ended = core.run(*SANDBOX, "nowhere", "-o", "json")
    assert (ended.code, ended.json) == (3, [])
    assert (ended.error["kind"], ended.error["exit_code"]) == ("not_found", 3)
    assert "in 4 of 5 profiles" in ended.error["message"]
    assert "sandbox-toman: its provider knows no such identifier." in ended.error["message"]
    assert not [path for path in core.asked if path.startswith(("GET /toman", "POST /toman"))]
    by_order = core.run(*SANDBOX, "nowhere", "--provider", "tranzzo").err
    by_card = core.run(*SANDBOX, "*0001", "--provider", "tranzzo", "--since", "2026-03-02").err
    assert ("--since" in by_order, "from 2026-03-02 00:00 on" in by_card, "--since -90d" in by_card) == (
        False,
        True,
        True,
    )


@pytest.mark.parametrize("text", [CARD, f"  {CARD[:4]} {CARD[4:8]} {CARD[8:12]} {CARD[12:]}", f"card {CARD}"])
def test_a_card_number_is_refused_and_not_repeated(core: Core, text: str) -> None:
    """Before anything is done; its mask is fine."""
    ended = core.run(*SANDBOX, text)
    assert (ended.code, ended.out, core.asked) == (2, "", [])
    assert CARD[-4:] not in ended.err.replace("414141******2284", "")
    assert "its mask" in ended.err


@pytest.mark.parametrize(
    "words",
    [
        ("",),
        ("  ",),
        ("a\nb",),
        ("x" * 300,),
        ("A", "--since", "never"),
        ("A", "--timeout", "0"),
        ("A", "--provider", "x"),
    ],
)
def test_what_cannot_be_looked_for_is_a_usage_error(core: Core, words: tuple[str, ...]) -> None:
    """Nothing is sent."""
    assert (core.run(*SANDBOX, *words).code, core.asked) == (2, [])


def test_the_sandbox_is_never_searched_unless_it_is_named(core: Core) -> None:
    """Without a profile there is nowhere to look; an unknown one is named."""
    assert (core.run("find", "A-1").code, core.asked) == (4, [])
    assert core.run("find", "A-1", "-p", "shpo").code == 4
    assert core.run("find", "A-1", "-p", "sandbox-tora", "--provider", "toman").code == 4
    assert core.run("find", "A-1", "-p", "sandbox-tora").code == 3
    assert {path.split("/")[1] for path in core.asked} == {"tora"}


def test_a_profile_without_reachable_secrets_is_named_and_nobody_is_asked(
    core: Core, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Others are searched; a broken profile is told with what is wrong. Exit 11 after the hits."""
    core.order("A-8")
    for name, value in {"POS_ID": "5a5d0b0c-1c7e-4f5e-9d52-0f3f3f6a1d01", "PROVIDER": "tranzzo"}.items():
        monkeypatch.setenv(f"PAYCLI_SHOP_{name}", value)
        monkeypatch.setenv(f"PAYCLI_BARE_{name}", value)
    for name, value in {"API_KEY": "sandbox-key-7f31c2", "API_SECRET": "sandbox-secret-b81f04e6"}.items():
        monkeypatch.setenv(f"PAYCLI_SHOP_{name}", value)
    monkeypatch.setenv("PAYCLI_SHOP_ENDPOINTS_KEY", "sandbox-endpoints-39ad55")
    monkeypatch.setenv("PAYCLI_SHOP_BASE_URL", "http://127.0.0.1:8700/tranzzo")
    monkeypatch.setenv("PAYCLI_ODD_PROVIDER", "tranzo")
    monkeypatch.setattr("paycli.profiles.person.present", lambda: True)
    ended = core.run("find", "A-8", "-o", "json")
    assert (ended.code, [row["profile"] for row in ended.json]) == (11, ["shop"])
    assert (ended.error["kind"], "2 of 3 profiles could not answer" in ended.error["message"]) == ("incomplete", True)
    assert "bare: Profile bare has no api_key, api_secret, endpoints_key." in ended.error["message"]
    assert "PAYCLI_BARE_API_KEY" in ended.error["message"]
    assert "odd: Profile odd names a provider that paycli does not know." in ended.error["message"]


def test_secrets_in_the_keyring_are_used(core: Core, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read before the search begins, and masked like all others."""
    core.order("A-9")
    stored = {"api_key": "sandbox-key-7f31c2", "api_secret": "sandbox-secret-b81f04e6"}
    entry = {"secrets": {**stored, "endpoints_key": "sandbox-endpoints-39ad55"}, "hosts": ["http://127.0.0.1:8700"]}

    class Held:
        def get_password(self, _service: str, user: str) -> str | None:
            return json.dumps(entry) if user == "shop" else None

    monkeypatch.setattr(keyring, "_usual_backend", Held)
    settings = {"PROVIDER": "tranzzo", "POS_ID": "5a5d0b0c-1c7e-4f5e-9d52-0f3f3f6a1d01", "ENVIRONMENT": "test"}
    for name, value in {**settings, "BASE_URL": "http://127.0.0.1:8700/tranzzo"}.items():
        monkeypatch.setenv(f"PAYCLI_SHOP_{name}", value)
    ended = core.run("find", "A-9", "-vv")
    assert [row["order"] for row in hits(ended)] == ["A-9"]
    assert "shop: > GET http://127.0.0.1:8700/tranzzo/api/v1/pos/" in ended.err
    assert not [secret for secret in entry["secrets"].values() if secret in ended.err]  # type: ignore[attr-defined]


def test_a_sign_in_that_hangs_holds_up_no_other(core: Core, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even one at the same provider: it is named, with a way to ask that profile once more."""
    number = core.paycli("toman", "payments", "list", "pos")[0]["terminal_number"]
    core.hanging = "127.0.0.2"
    for name, host in {"FIRST": core.hanging, "OTHER": "127.0.0.1"}.items():
        settings = {"PROVIDER": "toman", "USERNAME": "sandbox-clerk", "CLIENT_ID": "sandbox-client-1f09"}
        secrets = {"PASSWORD": "sandbox-pass-60b2aa", "CLIENT_SECRET": "sandbox-client-secret-8d27e1"}
        for field, value in {**settings, **secrets, "BASE_URL": f"http://{host}:8700/toman"}.items():
            monkeypatch.setenv(f"PAYCLI_{name}_{field}", value)
    ended = core.run("find", number, "--timeout", "1", "-o", "json")
    core.released.set()
    assert (ended.code, {row["profile"] for row in ended.json}) == (11, {"other"})
    assert ended.error["message"].startswith("1 of 2 profiles could not answer:\n  first: no complete answer")
    assert ended.error["next"] == f"paycli find {number} -p first --timeout 3"


def test_a_look_that_would_change_something_is_refused(core: Core, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the search itself, whatever a provider declares; nothing is sent, and nothing written down."""

    def values(_sought: Sought) -> dict[str, str]:
        return {"product": "MEL10"}

    def hit(_data: object, _values: object, _facts: object) -> None:
        """Return nothing."""

    monkeypatch.setattr(looks, "LOOKS", (Look("topups create", values, hit),))
    ended = core.run("find", "A-1", "-p", "sandbox-tora")
    assert (ended.code, core.asked) == (11, [])
    assert "tora topups create changes something, and only reads may go out here." in ended.err
    assert core.run("journal", "list").json == []


def test_every_form_of_output_is_there(core: Core) -> None:
    """With the same columns, an identifier a line, and what a query or a choice of columns leaves."""
    core.order("A-11")
    payment = core.paycli("tranzzo", "orders", "show", "A-11")[0]["payment_id"]
    assert core.run(*SANDBOX, "A-11", "-o", "csv").out.splitlines()[0] == ",".join(COLUMNS)
    assert core.run(*SANDBOX, "A-11", "-o", "id").out == f"{payment}\n"
    assert core.run(*SANDBOX, "A-11", "--columns", "order,amount").json == [{"order": "A-11", "amount": 100}]
    assert core.run(*SANDBOX, "A-11", "--query", "[].status").json == ["held"]
    table = core.run(*SANDBOX, "A-11", "-o", "table").out
    assert "100.00 UAH" in table
    assert payment in table


def test_a_text_that_begins_with_a_hyphen_is_found_and_shown(core: Core) -> None:
    """The command can be typed as it is."""
    core.paycli("tora", "topups", "create", "MEL10", "--reference", "-7")
    ended = core.run(*SANDBOX, "--", "-7")
    assert [row["order"] for row in hits(ended)] == ["-7"]
