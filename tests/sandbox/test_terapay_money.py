"""How money moves at TeraPay's sandbox."""

from datetime import timedelta
from typing import Any

import pytest

from paycli.sandbox.world import NoSuchThingError
from tests.sandbox.account import UNKNOWN, Account


@pytest.fixture
def account() -> Account:
    """Return an account that holds 100000.00."""
    return Account()


def batch(account: Account, *amounts: Any) -> tuple[str, list[str]]:
    """Submit a batch and return its identifier and its items'."""
    items = [{"destination": "23276000001", "amount": amount} for amount in amounts]
    made = account.made("/batches", {"batchName": "Wages", "items": items})
    return made["batchId"], made["itemIds"]


def statuses(account: Account, number: str) -> tuple[str, list[str]]:
    """Return the status of a batch and of its items."""
    shown = account.seen(f"/batches/{number}")
    return shown["status"], [item["status"] for item in shown["items"]]


def test_a_batch_pays_when_it_is_processed(account: Account) -> None:
    """Once."""
    number, _ = batch(account, 10, 20.5)
    assert (statuses(account, number), account.balance()) == (("Submitted", ["Pending"] * 2), "100000.00")
    account.made(f"/batches/{number}/process")
    assert (statuses(account, number), account.balance()) == (("Completed", ["Completed"] * 2), "99969.50")
    assert account.refused(f"/batches/{number}/process") == (422, "INVALID_STATE")


def test_an_item_that_failed_is_retried(account: Account) -> None:
    """An amount in .51 fails at its first try; what is done is not done again."""
    number, items = batch(account, 10, 20.51)
    account.made(f"/batches/{number}/process")
    assert (statuses(account, number), account.balance()) == (
        ("PartiallyCompleted", ["Completed", "Failed"]),
        "99990.00",
    )
    path = f"/batches/{number}/retry"
    assert account.refused(path, {"batchId": number, "itemIds": items}) == (422, "INVALID_STATE")
    assert account.refused(path, {"batchId": number, "itemIds": [UNKNOWN]}) == (422, "UNKNOWN_ITEM")
    assert account.refused(path, {"batchId": UNKNOWN, "itemIds": items[1:]}) == (400, "INVALID_BODY")
    shown = account.made(path, {"batchId": number, "itemIds": items[1:]})
    assert (shown["status"], shown["items"][1]["attempts"], account.balance()) == ("Completed", 2, "99969.49")


def test_an_item_can_be_made_to_fail(account: Account) -> None:
    """At its next try, and only there."""
    number, items = batch(account, 10)
    account.sandbox.act("terapay", "fail", items[0])
    account.made(f"/batches/{number}/process")
    assert statuses(account, number) == ("Failed", ["Failed"])
    account.made(f"/batches/{number}/retry", {"batchId": number, "itemIds": items})
    assert statuses(account, number) == ("Completed", ["Completed"])
    with pytest.raises(NoSuchThingError):
        account.sandbox.act("terapay", "fail", items[0])


def test_an_item_can_take_its_time(account: Account) -> None:
    """An amount in .52, or everything when that is asked for; it is finished or fails later."""
    number, _ = batch(account, 10.52)
    account.made(f"/batches/{number}/process")
    assert statuses(account, number) == ("Processing", ["Processing"])
    account.sandbox.act("terapay", "finish", number)
    assert statuses(account, number) == ("Completed", ["Completed"])
    other, items = batch(account, 10)
    account.made(f"/batches/{other}/process", fault="pending")
    account.sandbox.act("terapay", "fail", items[0])
    assert (statuses(account, other), account.balance()) == (("Failed", ["Failed"]), "99989.48")


def test_an_item_fails_when_the_balance_does_not_suffice(account: Account) -> None:
    """The others are paid."""
    account.sandbox.act("terapay", "balance", "15.00")
    number, _ = batch(account, 10, 10)
    account.made(f"/batches/{number}/process")
    assert statuses(account, number) == ("PartiallyCompleted", ["Completed", "Failed"])


def test_a_batch_that_is_not_there_is_not_found(account: Account) -> None:
    """And what is no UUID is refused."""
    assert account.refused(f"/batches/{UNKNOWN}", method="GET") == (404, "BATCH_NOT_FOUND")
    assert account.refused("/batches/7", method="GET") == (400, "INVALID_PATH")


def test_a_bank_transfer_waits_for_the_password(account: Account) -> None:
    """It is told to whoever runs the sandbox, a new one when it is sent again; the money is set aside."""
    made = account.made("/transfers/bank", {"accountNumber": "001002003", "amount": 12.5})
    assert (made["status"], made["narration"]) == ("AwaitingOtp", "Transfer to 001002003")
    assert account.balance() == "99987.50"
    first = account.told()
    account.made("/transfers/resend-otp", {"transactionId": made["transactionId"]})
    assert made["transactionId"] in first
    assert account.told() != first
    assert "Completed" in account.sandbox.act("terapay", "approve", made["transactionId"])
    again = {"transactionId": made["transactionId"]}
    assert account.refused("/transfers/resend-otp", again) == (422, "INVALID_STATE")
    with pytest.raises(NoSuchThingError):
        account.sandbox.act("terapay", "decline", made["transactionId"])


def test_a_declined_transfer_gives_the_money_back(account: Account) -> None:
    """All of it."""
    made = account.made("/transfers/bank", {"accountNumber": "001", "amount": 12.5, "narration": "rent"})
    account.sandbox.act("terapay", "decline", made["transactionId"])
    assert (made["narration"], account.balance()) == ("rent", "100000.00")


def test_a_transfer_that_is_not_there_has_no_password(account: Account) -> None:
    """Nothing is sent."""
    assert account.refused("/transfers/resend-otp", {"transactionId": UNKNOWN}) == (404, "TRANSACTION_NOT_FOUND")


def test_telephones_are_paid_all_or_none(account: Account) -> None:
    """A balance that does not suffice for all pays nobody."""
    payments = [{"phoneNumber": "+23276000001", "amount": 10}, {"phoneNumber": "23277000002", "amount": 20.25}]
    made = account.made("/transfers/mobile", {"payments": payments})
    assert [one["receiverBankCode"] for one in made["results"]] == ["076", "077"]
    assert (str(made["totalAmount"]), account.balance()) == ("30.25", "99969.75")
    account.sandbox.act("terapay", "balance", "30.24")
    assert account.refused("/transfers/mobile", {"payments": payments}) == (422, "INSUFFICIENT_FUNDS")
    assert account.balance() == "30.24"


def test_telephones_can_take_their_time(account: Account) -> None:
    """When that is asked for."""
    payments = [{"phoneNumber": "+23276000001", "amount": 10}]
    made = account.made("/transfers/mobile", {"payments": payments}, fault="pending")
    assert made["status"] == "Processing"
    account.sandbox.act("terapay", "finish", made["results"][0]["transactionId"])


def test_a_client_gets_money_once_it_is_approved(account: Account) -> None:
    """And is approved once."""
    number = account.made("/clients", {"clientType": "Individual", "name": "Ada", "city": None})["clientId"]
    wish = {"destinationClientId": number, "accountNumber": "001-7", "entries": [{"amount": 5, "narration": "May"}]}
    assert account.refused("/transfers/client/bank", wish) == (422, "INVALID_STATE")
    account.made(f"/clients/{number}/approve")
    assert account.refused(f"/clients/{number}/approve") == (422, "INVALID_STATE")
    account.made("/transfers/client/bank", wish)
    assert (account.seen(f"/clients/{number}")["status"], account.balance()) == ("Approved", "99995.00")


def test_a_clients_transactions_are_told_apart_by_channel(account: Account) -> None:
    """Any other word than bank and mobile means both; another client's are not among them."""
    number, other = account.client(), account.client()
    entries = [{"amount": 1}, {"amount": 2, "narration": None}]
    account.made("/transfers/client/bank", {"destinationClientId": number, "accountNumber": "002", "entries": entries})
    wish = {"destinationClientId": number, "phoneNumber": "+23278000001", "entries": entries[:1]}
    account.made("/transfers/client/mobile", wish)
    codes = {
        word: [one["receiverBankCode"] for one in account.seen(f"/clients/{number}/transactions", {"type": word})]
        for word in ("bank", "mobile", "all")
    }
    assert codes == {"bank": ["002", "002"], "mobile": ["078"], "all": ["002", "002", "078"]}
    assert account.seen(f"/clients/{other}/transactions") == []
    assert account.refused(f"/clients/{UNKNOWN}/transactions", method="GET") == (404, "CLIENT_NOT_FOUND")


def test_a_wallet_is_the_customers(account: Account) -> None:
    """Whoever signed in; without a customer it is the account's own."""
    ada = account.customer("ada")
    assert ada.made("/wallet/top-up", {"amount": 10.25, "description": "cash"})["balance"] == 10.25
    assert [entry["amount"] for entry in ada.seen("/wallet/statement")] == [10.25]
    assert account.seen("/wallet/statement") == []
    assert account.made("/wallet/top-up", {"amount": 1, "description": "cash"})["balance"] == 1


def test_wallets_transfer_between_each_other(account: Account) -> None:
    """Never more than there is, never to nobody or oneself."""
    ada, bob = account.customer("ada"), account.customer("bob")
    provider: Any = account.sandbox.providers["terapay"]
    ada_id, bob_id = provider.state.customers
    ada.made("/wallet/top-up", {"amount": 10, "description": "cash"})
    wish = {"recipientCustomerId": bob_id, "amount": 4, "description": "lunch"}
    assert ada.made("/wallet/transfer", wish)["balance"] == 6
    (entry,) = bob.seen("/wallet/statement")
    assert (entry["direction"], entry["balance"], entry["counterpartyCustomerId"]) == ("credit", 4, ada_id)
    assert ada.refused("/wallet/transfer", {**wish, "amount": 6.01}) == (422, "INSUFFICIENT_FUNDS")
    assert ada.refused("/wallet/transfer", {**wish, "recipientCustomerId": ada_id}) == (422, "UNKNOWN_RECIPIENT")
    assert ada.refused("/wallet/transfer", {**wish, "recipientCustomerId": UNKNOWN}) == (422, "UNKNOWN_RECIPIENT")


def test_a_wallet_pays_a_reference(account: Account) -> None:
    """Which its statement shows."""
    ada = account.customer("ada")
    wish = {"amount": 4, "description": "chairs", "externalReference": "INV-7"}
    assert ada.refused("/wallet/pay", wish) == (422, "INSUFFICIENT_FUNDS")
    ada.made("/wallet/top-up", {"amount": 10, "description": "cash"})
    ada.made("/wallet/pay", wish)
    shown = ada.seen("/wallet/statement", {"type": "payment"})
    assert [(entry["externalReference"], entry["direction"]) for entry in shown] == [("INV-7", "debit")]


def test_a_statement_is_of_a_period(account: Account) -> None:
    """Whole days, the last one too, or moments."""
    for _ in range(3):
        account.made("/wallet/top-up", {"amount": 1, "description": "cash"})
        account.sandbox.move(timedelta(days=1))
    found = {
        (first, last): len(account.seen("/wallet/statement", {"startDate": first, "endDate": last}))
        for first, last in [
            ("2026-03-02", "2026-03-03"),
            ("2026-03-03", "2026-03-03"),
            ("2026-03-05", "2026-03-09"),
            ("2026-03-02T10:00:00Z", "2026-03-04T10:00:00Z"),
        ]
    }
    assert list(found.values()) == [2, 1, 0, 2]


def test_a_statement_can_be_csv(account: Account) -> None:
    """With a line of names."""
    account.made("/wallet/top-up", {"amount": 1, "description": "cash, counted"})
    lines = account.send("GET", "/wallet/statement", query={"format": "csv"}).body.decode().splitlines()
    assert (lines[0].split(",")[0], len(lines), '"cash, counted"' in lines[1]) == ("transactionId", 2, True)


def test_a_customers_token_ends_after_a_day(account: Account) -> None:
    """And opens nothing but wallets."""
    ada = account.customer("ada")
    wish = {"accountNumber": "001", "amount": 1}
    assert ada.refused("/transfers/bank", wish) == (401, "UNAUTHORIZED")
    account.sandbox.move(timedelta(days=1))
    assert ada.refused("/wallet/top-up", {"amount": 1, "description": "x"}) == (401, "UNAUTHORIZED")


def test_a_customer_registers_once_and_signs_in_with_the_password(account: Account) -> None:
    """The address counts in whatever case."""
    account.customer("ada")
    wish = {"email": "ADA@wallet.example", "password": "long enough"}
    assert account.refused("/customers/register", wish) == (422, "DUPLICATE_EMAIL")
    assert account.refused("/customers/login", {**wish, "password": "wrong one"}) == (401, "INVALID_CREDENTIALS")
