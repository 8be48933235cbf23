"""Making a terminal known is a change: guarded, journalled, and never sent twice."""

from typing import Any

import pytest

from tests.providers.toman.service import LittleToman, Reply

CREATED = {"uuid": "4be0643f-1d98-4c1e-9d0e-5f2f6d7a1b20", "terminal_number": "70012345", "terminal_type": 1}


def create(number: str = "70012345", **changes: str) -> list[str]:
    """Return the command that makes a terminal known."""
    options = {
        "terminal-type": "pos",
        "psp-account-uuid": "c1a5b6de-7f2b-4c0a-8f57-6f1f3f0c9e11",
        "terminal-number": number,
        "acceptor-code": "512",
        "start-fetch-time": "2026-03-01",
        **{name.replace("_", "-"): value for name, value in changes.items()},
    }
    return ["toman", "terminals", "create", *(word for name, value in options.items() for word in (f"--{name}", value))]


def test_the_same_terminal_is_not_made_twice(run: Any, toman: LittleToman) -> None:
    """Within 24 hours, unless --again; another one is."""
    toman.put("/terminals/", Reply(201, CREATED))
    assert run(*create()).json == CREATED
    assert run(*create()).code == 10
    assert run(*create("70099999")).code == 0
    assert run(*create(), "--again").code == 0
    assert len(toman.asked()) == 3
    [first, *_] = run("journal", "list", "-o", "json").json
    assert (first["operation"], first["state"], first["amount"]) == ("toman terminals create", "succeeded", None)


def test_a_lost_answer_is_unknown_and_stays_so(run: Any, toman: LittleToman) -> None:
    """Exit 7; no read tells, so a person does."""
    toman.put("/terminals/", Reply(200, b"{}", {"Content-Length": "90"}, cut=1), Reply(201, CREATED))
    lost = run(*create(), "-o", "json")
    assert (lost.code, lost.error["kind"]) == (7, "unknown")
    assert run(*create()).code == 10
    assert len(toman.asked()) == 1
    closed = run("journal", "resolve", lost.error["journal_id"], "--as", "not-sent", "--reason", "asked them")
    assert closed.code == 0
    assert run(*create()).code == 0


@pytest.mark.parametrize(
    "reply,code",
    [
        (Reply(400, {"terminal_number": ["terminal with this number already exists."]}), 5),
        (Reply(403, {}), 4),
        (Reply(409, {}), 7),
        (Reply(500, {}), 7),
        (Reply(200, {"detail": "odd"}), 7),
        (Reply(429, {}), 6),
    ],
)
def test_outcomes_are_told_apart(run: Any, toman: LittleToman, reply: Reply, code: int) -> None:
    """Refused, unknown, or not processed; sent once in any case."""
    toman.put("/terminals/", reply)
    assert run(*create()).code == code
    assert len(toman.asked()) == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"terminal_type": "2"},
        {"psp_account_uuid": "c1a5b6de"},
        {"acceptor_code": "5.0"},
        {"start_fetch_time": "soon"},
        {"enabled": "maybe"},
        {"terminal_number": " "},
    ],
)
def test_what_cannot_be_right_is_a_usage_error(run: Any, toman: LittleToman, changes: dict[str, str]) -> None:
    """Nothing is sent, not even a sign-in."""
    assert run(*create(**changes)).code == 2
    assert toman.came == []


def test_a_live_profile_that_can_only_read_makes_none(
    run: Any, toman: LittleToman, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reads go out under it all the same."""
    monkeypatch.setenv("PAYCLI_CI_ENVIRONMENT", "live")
    assert run(*create()).code == 10
    assert toman.came == []
