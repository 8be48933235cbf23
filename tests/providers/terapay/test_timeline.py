"""What happened with a batch, in TeraPay's own words, which no document explains."""

from decimal import Decimal
from pathlib import Path
from typing import Any

from paycli.operations.timeline import Timeline
from paycli.providers.terapay.timeline import of_batch
from tests.providers.terapay.conftest import LittleTeraPay

BATCH = "5b0c7a11-6e0d-4a59-8f0c-1d2e3f4a5b6c"


def item(number: int, status: str, amount: Any = "10.00", **more: Any) -> dict[str, Any]:
    """Return an item of a batch."""
    return {"itemId": f"item-{number}", "destination": "23277000001", "amount": amount, "status": status, **more}


def told(*items: dict[str, Any], **more: Any) -> Timeline:
    """Return the timeline of a batch."""
    found = of_batch(
        {"batchId": BATCH, "batchName": "Wages", "createdAt": "2026-03-02T09:15:00Z", "items": [*items]} | more
    )
    assert found
    return found


def test_a_batch_is_told_item_by_item() -> None:
    """With why one failed, as it came."""
    found = told(item(1, "Done"), item(2, "Failed", failureReason="No such account"))
    assert [(one.what, one.status, one.id, one.notes) for one in found.happened] == [
        ("batch", "", BATCH, ()),
        ("to 23277000001", "Done", "item-1", ()),
        ("to 23277000001", "Failed", "item-2", ("No such account",)),
    ]


def test_the_sums_are_by_the_providers_words() -> None:
    """Exactly; an amount that is none makes its sum untold."""
    found = told(item(1, "Done", "0.10"), item(2, "Done", "0.20"), item(3, "Odd", "x"))
    assert [(one.word, one.amount, one.note) for one in found.sums] == [
        ("Done", Decimal("0.30"), "2 items"),
        ("Odd", None, "1 item"),
    ]


def test_what_failed_can_be_retried_by_the_merchant() -> None:
    """All of it in one command, unless it is many; nothing failed, nothing is suggested."""
    assert told(item(1, "Failed"), item(2, "REJECTED"), item(3, "Done")).typed == (
        f"terapay batches retry {BATCH} item-1 item-2",
    )
    assert told(*(item(number, "Failed") for number in range(9))).typed == (
        f"terapay batches retry {BATCH} ITEM_ID ...",
    )
    assert told(item(1, "Pending")).typed == ()


def test_the_document_is_said_to_explain_nothing() -> None:
    """Rather than that something is guessed."""
    assert "explains no status" in told().lines[0]


def test_an_answer_of_another_shape_is_told_as_far_as_it_goes() -> None:
    """Without an id it is none."""
    other = of_batch({"id": BATCH, "entries": [{"id": "e-1", "amount": 1}, "odd"], "note": "x"})
    assert other
    assert ([one.id for one in other.happened], other.facts) == ([BATCH, "e-1"], (("note", "x"),))
    assert (of_batch({}), of_batch([]), of_batch(None)) == (None, None, None)


def test_the_journal_knows_a_batch_that_was_submitted_here(run: Any, terapay: LittleTeraPay, tmp_path: Path) -> None:
    """By its name and its identifier; another batch of the same name is another."""
    file = tmp_path / "batch.csv"
    file.write_text("destination,amount\n23277000001,10.00\n")
    terapay.put("POST /api/batches", {"batchId": BATCH, "itemIds": ["item-1"]}, 201)
    assert run("terapay", "batches", "submit", str(file), "--batch-name", "Wages").code == 0
    assert run("journal", "list", "--query", "[].provider_id", "-o", "json").json == [BATCH]
    other = "6c1d8b22-7f1e-4b6a-9a1d-2e3f4a5b6c7d"
    for identifier in (BATCH, other):
        answer = {"batchId": identifier, "batchName": "Wages", "items": [item(1, "Failed")]}
        terapay.put(f"GET /api/batches/{identifier}", answer)
    mine, theirs = (run("terapay", "batches", "show", one, "-o", "table").out for one in (BATCH, other))
    assert "batches submit  10.00 SLE  succeeded" in mine
    assert f"  paycli terapay batches retry {BATCH} item-1 -p ci" in mine.splitlines()
    assert "The journal of this machine knows nothing of it." in theirs.splitlines()
