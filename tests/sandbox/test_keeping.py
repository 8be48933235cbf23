"""What a sandbox knows outlives it, exactly."""

import json
import random
import time
from collections import defaultdict, deque
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from paycli.sandbox.core import Sandbox
from paycli.sandbox.http import Message
from paycli.sandbox.keeping import FILE, BusyError, Keeper, restore, written
from paycli.sandbox.state import DamagedStateError, Reader, Writer
from tests.helpers import Served, serve_sandbox
from tests.sandbox.tranzzo_shop import CARD, PAYMENT, new_sandbox, order, pay, send, shop_of

SHOP = '{"version": 1, "ahead": null, "providers": {"tranzzo": {"shop": {"thing": 0}}}, "things": [%s]}'
PROVIDERS = sorted(Sandbox().providers)


def again(value: Any) -> Any:
    """Write a value and read it."""
    writer = Writer({})
    told = json.loads(json.dumps([writer.written(value), writer.things]))
    return Reader(told[1], {}).read(told[0])


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        12,
        "текст",
        Decimal("10.50"),
        datetime(2026, 3, 2, 9, 15, tzinfo=UTC),
        timedelta(days=-1, microseconds=5),
        b"\x00\xff",
        ("a", (1, Decimal("0.10"))),
        {"a": [1, {2: "b"}], (3, 4): {5}},
        frozenset({1, 2}),
        deque([1, 2], maxlen=3),
        defaultdict(list, {"a": [1]}),
        Message("http://127.0.0.1/", b"x", "text/plain"),
    ],
    ids=repr,
)
def test_a_value_comes_back_as_it_was(value: Any) -> None:
    """Its type and its scale, too."""
    found = again(value)
    assert (found, type(found), str(found)) == (value, type(value), str(value))


def test_what_is_shared_stays_shared() -> None:
    """Also in a circle."""
    row: dict[str, Any] = {"status": "pending"}
    row["all"] = [row]
    found = again({"one": row, "two": row})
    found["one"]["status"] = "success"
    assert found["two"]["all"][0]["status"] == "success"


def test_chance_goes_on_where_it_was() -> None:
    """A source of random numbers is state."""
    chance = random.Random(7)
    chance.random()
    found = again(chance)
    assert found.random() == chance.random()


@pytest.mark.parametrize("provider", PROVIDERS)
def test_every_provider_can_be_kept(provider: str) -> None:
    """Whatever its part of the sandbox is made of, nothing of it is lost or shared with the first one."""
    first, second = Sandbox(), Sandbox()
    part = first.providers[provider]
    for name in dir(part):
        # What is made when it is first asked for, is state from then on.
        getattr(part, name)
    restore(second, written(first))
    assert json.loads(written(second))["providers"][provider] == json.loads(written(first))["providers"][provider]
    assert written(second) == written(first)


def test_orders_go_on_after_a_restart() -> None:
    """A page that was open is paid, what was paid is refunded, in the world of the new sandbox."""
    first, second = new_sandbox(), new_sandbox()
    pay(first, CARD, amount=10.10, order_3ds_bypass="always")
    restore(second, written(first))
    assert order(second) == order(first)
    second.act("tranzzo", "3ds-pass", "A-1")
    assert order(second)[0]["status"] == "success"
    assert order(first)[0]["status"] == "pending"
    assert shop_of(second).world is second.world
    assert str(shop_of(second).orders["A-1"].operations[0]["amount"]) == "10.1"


def test_the_clock_stays_where_it_was_moved() -> None:
    """Later than the machine's."""
    first, second = Sandbox(), Sandbox()
    first.move(timedelta(days=7))
    restore(second, written(first))
    assert second.world.clock.now() - first.world.clock.now() < timedelta(minutes=1)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no JSON",
        "[]",
        '{"version": 99}',
        SHOP % '{"thing": 5}',
        SHOP % '{"object": "os:system", "fields": []}',
        SHOP % '{"object": "paycli.sandbox.core:threading", "fields": []}',
        SHOP % '{"decimal": "x"}',
    ],
)
def test_nonsense_is_told_from_state(text: str) -> None:
    """And makes no object of a class that is not the sandbox's own; nothing has changed."""
    sandbox = new_sandbox()
    before = written(sandbox)
    with pytest.raises(DamagedStateError):
        restore(sandbox, text)
    assert written(sandbox) == before


def test_a_keeper_writes_soon_and_for_its_owner_only(tmp_path: Path) -> None:
    """Without being asked."""
    sandbox = new_sandbox()
    keeper = Keeper(tmp_path / "data", sandbox)
    send(sandbox, "POST", PAYMENT, CARD)
    path = tmp_path / "data" / FILE
    until = time.monotonic() + 10
    while "A-1" not in path.read_text() and time.monotonic() < until:
        time.sleep(0.05)
    assert ("A-1" in path.read_text(), path.stat().st_mode & 0o777) == (True, 0o600)
    keeper.close()


def test_a_directory_has_one_keeper_at_a_time(tmp_path: Path) -> None:
    """The second is refused, as is one that finds damage, which keeps nobody out afterwards."""
    first = Keeper(tmp_path, new_sandbox())
    with pytest.raises(BusyError):
        Keeper(tmp_path, new_sandbox())
    first.close()
    whole = (tmp_path / FILE).read_text()
    (tmp_path / FILE).write_text("{")
    with pytest.raises(DamagedStateError):
        Keeper(tmp_path, new_sandbox())
    (tmp_path / FILE).write_text(whole)
    Keeper(tmp_path, new_sandbox()).close()


def test_a_served_sandbox_goes_on(tmp_path: Path) -> None:
    """Stopped in between; what it kept is a sentence when it is damaged."""
    home, data = tmp_path / "home", str(tmp_path / "data")
    with serve_sandbox(home, "--data", data) as served:
        served.held("K-1", "100.10")
        second = served.paycli("sandbox", "serve", "--port", "0", "--data", data)
        assert (second.code, "Another sandbox keeps its state in" in second.err) == (4, True)
    with serve_sandbox(home, "--data", data) as served:
        captured = served.paycli("tranzzo", "capture", "K-1", "--all", "--currency", "UAH", "-p", "sandbox")
        assert (captured.code, captured.json["amount"]) == (0, 100.1)
    (tmp_path / "data" / FILE).write_text("{")
    ended = Served(home, "", served.process).paycli("sandbox", "serve", "--port", "0", "--data", data)
    assert (ended.code, ended.out) == (4, "")
    assert "no state of this sandbox" in ended.err
