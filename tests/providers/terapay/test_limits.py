"""What the document limits is refused before anything is sent, with exit 2 and the name of what is wrong."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.providers.terapay.conftest import LittleTeraPay

U = "4be0643f-1d98-4c1e-9d0e-5f2f6d7a1b20"
CARD = '{{"number": "4242424242424242", "exp_month": "{month}", "exp_year": "{year}", "cvv": "{cvv}"}}'
GOOD_CARD = {"month": "12", "year": "2031", "cvv": "123"}
LIMITS: list[tuple[list[str], str, str]] = [
    (["portal", "login", "--username", "clerk"], "", "--username"),
    (["portal", "reset-password", "--email", "a@b", "--reset-stdin"], '{"token": "t"}', "new_password is missing"),
    (["portal", "reset-password", "--email", "nobody", "--reset-stdin"], "{}", "--email"),
    (["users", "create"], "", "--user-name"),
    (["users", "create", "--email", "x"], "", "--email"),
    (["users", "override-permissions", "7"], "", "API_USER_ID"),
    (["users", "override-permissions", U], "", "No permission"),
    (["users", "override-permissions", U, "--grant", U, "--revoke", U], "", "granted and revoked"),
    (["users", "override-permissions", U, "--overrides", "-"], '{"x": true}', "--overrides"),
    (["users", "override-permissions", U, "--overrides", "-"], f'{{"{U}": 1}}', "--overrides"),
    (["developers", "register", "--developer-name", ""], "", "--developer-name"),
    (["developers", "register", "--role-id", "clerk"], "", "--role-id"),
    (["batches", "submit", "-", "--batch-name", ""], "", "--batch-name"),
    (["batches", "submit", "-", "--batch-name", "W"], "destination,amount\nA,0.009\n", "line 2, column amount"),
    (["batches", "submit", "-", "--batch-name", "W"], "destination,amount\n", "no entries"),
    (["batches", "submit", "-", "--batch-name", "W", "--total", "6"], "destination,amount\nA,5\n", "--total"),
    (["batches", "submit", "nowhere.csv", "--batch-name", "W"], "", "nowhere.csv"),
    (["batches", "process", "W"], "", "BATCH_ID"),
    (["batches", "show", "W"], "", "BATCH_ID"),
    (["batches", "retry", U, "1"], "", "ITEM_ID"),
    (["batches", "retry", U], "", "ITEM_ID"),
    (["batches", "retry", U, U, U], "", "named twice"),
    (["cards", "submit", "--card-stdin"], CARD.format(**{**GOOD_CARD, "month": "13"}), "exp_month"),
    (["cards", "submit", "--card-stdin"], CARD.format(**{**GOOD_CARD, "month": "0"}), "exp_month"),
    (["cards", "submit", "--card-stdin"], CARD.format(**{**GOOD_CARD, "year": "2020"}), "exp_year"),
    (["cards", "submit", "--card-stdin"], CARD.format(**{**GOOD_CARD, "year": "2101"}), "exp_year"),
    (["cards", "submit", "--card-stdin"], CARD.format(**{**GOOD_CARD, "cvv": "12"}), "cvv"),
    (["cards", "submit", "--card-stdin"], CARD.format(**{**GOOD_CARD, "cvv": "12345"}), "cvv"),
    (
        ["checkout", "create", "--amount", "5", "--currency", "EURO", "--return-url", "https://x.y"],
        "",
        "--currency",
    ),
    (["checkout", "create", "--amount", "5", "--return-url", "shop"], "", "--return-url"),
    (["clients", "register", "--name", "N", "--client-type", "Firm"], "", "--client-type"),
    (["clients", "register", "--name", "N", "--email-address", "x"], "", "--email-address"),
    (["clients", "approve", "7"], "", "ID"),
    (["clients", "transactions", U, "--type", "card"], "", "--type"),
    (["customers", "register", "--email", "a@b", "--password-stdin"], "short-7", "8 characters"),
    (["customers", "register", "--email", f"{'a' * 200}@b", "--password-stdin"], "long-enough", "--email"),
    (["customers", "register", "--email", "a@b", "--full-name", "n" * 201, "--password-stdin"], "", "--full-name"),
    (["customers", "login", "--email", "a@b", "--password-stdin"], "short-7", "8 characters"),
    (["wallet", "top-up", "--amount", "0.009"], "", "--amount"),
    (["wallet", "top-up", "--amount", "0.011"], "", "2 decimals"),
    (["wallet", "top-up", "--amount", "5", "--description", "d" * 201], "", "--description"),
    (["wallet", "top-up", "--amount", "5", "--description", ""], "", "--description"),
    (["wallet", "transfer", "ama", "--amount", "5"], "", "RECIPIENT_CUSTOMER_ID"),
    (["wallet", "pay", "--amount", "5", "--external-reference", "r" * 101], "", "--external-reference"),
    (["wallet", "statement", "--from", "last week"], "", "--from"),
    (["transfers", "bank", "1" * 35, "--amount", "5"], "", "ACCOUNT_NUMBER"),
    (["transfers", "bank", "001", "--amount", "0"], "", "--amount"),
    (["transfers", "resend-otp", "7"], "", "TRANSACTION_ID"),
    (["transfers", "mobile", "-"], "phoneNumber,amount\n12,5\n", "line 2, column phoneNumber"),
    (["transfers", "client-bank", U, "-", "--account-number", "00"], "amount\n5\n", "--account-number"),
    (["transfers", "client-bank", "7", "-", "--account-number", "001"], "amount\n5\n", "DESTINATION_CLIENT_ID"),
    (["transfers", "client-mobile", U, "-", "--phone-number", "office"], "amount\n5\n", "--phone-number"),
    (["permissions", "create", "--name", "N", "--http-method", "LOOK"], "", "--http-method"),
    (["permissions", "create", "--name", "N", "--route-pattern", "banks"], "", "--route-pattern"),
    (["permissions", "import", "-"], "name,httpMethod,routePattern\nN,LOOK,/x\n", "line 2, column httpMethod"),
    (["roles", "create", "--name", "", "--permission-ids", U], "", "--name"),
    (["roles", "create", "--name", "R", "--permission-ids", "7"], "", "--permission-ids"),
    (["roles", "set-permissions", U], "", "--none"),
    (["roles", "set-permissions", U, "--permission-ids", U, "--none"], "", "--none"),
    (["roles", "set-permissions", U, "--permission-ids-file", "-"], '["7"]', "--permission-ids-file"),
    (["sms", "send", "office", "--message", "m"], "", "PHONE_NUMBER"),
    (["sms", "send", "23277123456", "--message", "m" * 321], "", "--message"),
    (["sms", "bulk", "--message", "m"], "", "--phone-numbers"),
    (["sms", "send-as", "23277123456", "--message", "m", "--sender-id", "s" * 12], "", "--sender-id"),
    (["sms", "send-as", "23277123456", "--message", "m", "--sender-id", ""], "", "--sender-id"),
]


@pytest.mark.parametrize("typed,stdin,told", LIMITS, ids=lambda value: " ".join(value)[:60] if value else "")
def test_a_limit_of_the_document_is_a_usage_error(
    run: Any, terapay: LittleTeraPay, typed_in: Callable[[str], None], typed: list[str], stdin: str, told: str
) -> None:
    """Named, and nothing was sent."""
    typed_in(stdin)
    ended = run("terapay", *typed, "-o", "json")
    assert (ended.code, ended.error["kind"]) == (2, "usage")
    assert told in ended.err
    assert terapay.came() == []


@pytest.mark.parametrize(
    "typed",
    [
        ("transfers", "bank", "001", "--amount", "5", "--narration", "4242 4242 4242 4242"),
        ("wallet", "top-up", "--amount", "5", "--description", "4242424242424242"),
        ("sms", "send", "23277123456", "--message", "card 4242424242424242"),
    ],
)
def test_card_numbers_are_refused_in_free_text(run: Any, terapay: LittleTeraPay, typed: tuple[str, ...]) -> None:
    """And not repeated."""
    ended = run("terapay", *typed)
    assert ended.code == 2
    assert "4242" not in ended.err
    assert terapay.came() == []


def test_an_account_number_is_not_taken_for_a_card(run: Any, terapay: LittleTeraPay, tmp_path: Path) -> None:
    """Identifiers are not scanned."""
    (tmp_path / "e.csv").write_text("amount\n5.00\n")
    words = ("transfers", "client-bank", U, str(tmp_path / "e.csv"), "--account-number", "4242424242424242")
    assert run("terapay", *words).code == 0
    assert len(terapay.came()) == 1


def test_the_currency_of_the_profile_limits_decimals(
    run: Any, terapay: LittleTeraPay, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Leone has two; the document names no currency."""
    monkeypatch.setenv("PAYCLI_CI_CURRENCY", "JPY")
    ended = run("terapay", "transfers", "bank", "001", "--amount", "5.50", "-o", "json")
    assert (ended.code, "no decimals" in ended.err, terapay.came()) == (2, True, [])
