"""A bulk run that meets every fault there is and is killed again and again pays each row once."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.forking import Running, forks
from tests.tools.bulk.troubled import Shop, troubled_shop

COMMAND = ("--command", "tranzzo refund", "-p", "sandbox")
MOST_RUNS = 120


def start(shop: Shop, path: Path, form: str = "ndjson") -> Running:
    """Start a run; its pauses jump."""
    return forks().start(["bulk", "run", str(path), *COMMAND, "--yes", "-o", form], shop.variables)


def kill(shop: Shop, path: Path, after: int) -> bool:
    """Start a run and kill it once so many further refunds were made; return whether it was still alive."""
    goal = shop.sandbox.refunds.total() + after
    # Nobody reads while it runs: so little that a pipe holds it.
    process = start(shop, path, "id")
    while process.lives() and shop.sandbox.refunds.total() < goal:
        time.sleep(0.002)
    alive = process.lives()
    process.kill()
    return alive


def run_to_the_end(shop: Shop, path: Path) -> int:
    """Run again and again until every row is done; return how many runs it took."""
    for count in range(1, MOST_RUNS):
        code = start(shop, path).end().code
        assert code in {0, 7, 9}, code
        if code == 0:
            return count
        shop.finish_pending()
        time.sleep(2.1)  # late_arrival: what is unknown may still arrive until then
    raise AssertionError("it never ended")


def prove(shop: Shop, kills: int, trouble: float, run: random.Random) -> int:
    """Refund every order through faults and so many kills of living runs; return how many further runs it took.

    At every moment no order is refunded more than once, which the sandbox itself watches.
    """
    path = shop.file()
    shop.sandbox.trouble = trouble
    share = max(len(shop.orders) // (kills + 2), 1)
    met = 0
    for _ in range(3 * kills):
        # Refused credentials end some runs before they are killed.
        met += kill(shop, path, run.randint(1, share))
        if met == kills:
            break
    assert met == kills
    runs = run_to_the_end(shop, path)
    shop.sandbox.trouble = 0.0
    return runs


def report(shop: Shop, path: Path) -> subprocess.CompletedProcess[str]:
    """Let paycli add up at the provider."""
    return subprocess.run(
        [sys.executable, "-m", "paycli", "bulk", "report", str(path), *COMMAND, "-o", "csv"],
        env=shop.variables,
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("orders, kills, trouble", [(24, 2, 0.25), (1000, 20, 0.1)], ids=["small", "large"])
def test_every_order_is_refunded_exactly_once(
    tmp_path: Path, orders: int, kills: int, trouble: float, request: pytest.FixtureRequest, record_property: object
) -> None:
    """Whatever happens on the way: then no row is unknown, and the report agrees with the ledger to the cent."""
    if orders > 100 and not request.config.getoption("--exhaustive"):
        pytest.skip("a thousand refunds with twenty kills take minutes: --exhaustive")
    with troubled_shop(tmp_path, orders, seed=orders) as shop:
        runs = prove(shop, kills, trouble, random.Random(orders))
        assert shop.sandbox.most == 1
        assert set(shop.sandbox.refunds) == set(shop.orders)
        assert shop.sandbox.refunded == sum(shop.orders.values())
        told = report(shop, tmp_path / "refunds.csv")
        assert told.returncode == 0, told.stderr
        assert f"Tranzzo  {orders} of {orders} rows done, {shop.sandbox.refunded} UAH" in told.stderr
        assert "Both agree." in told.stderr
    for name, figure in {"rows": orders, "kills": kills, "runs": runs, "faults": shop.sandbox.met.total()}.items():
        record_property(f"bulk {name}", figure)  # type: ignore[operator]


def test_two_runs_at_the_same_time_share_the_rows(tmp_path: Path) -> None:
    """Each order is refunded by one of them, though a second refund of the same amount would be possible."""
    with troubled_shop(tmp_path, 30) as shop:
        path = shop.file(**{order.replace("-", "_"): "1.00" for order in shop.orders})
        both = [start(shop, path), start(shop, path)]
        assert {one.end().code for one in both} <= {0, 7, 9}
        assert shop.sandbox.most == 1
        assert start(shop, path).end().code == 0
        assert shop.sandbox.refunds == dict.fromkeys(shop.orders, 1)


def test_ctrl_c_finishes_what_is_under_way(tmp_path: Path) -> None:
    """Exit 130: nothing is in flight, the other rows are not begun, and the next run does them."""
    with troubled_shop(tmp_path, 60) as shop:
        path = shop.file()
        shop.sandbox.faults.add("tranzzo", "POST /api/v1/refund", "slow", 60)
        running = start(shop, path)
        while running.lives() and not shop.sandbox.refunds:
            time.sleep(0.01)
        shop.sandbox.faults.waiting.clear()
        os.kill(running.pid, signal.SIGINT)
        ended = running.end()
        rows = [json.loads(line) for line in ended.out.splitlines()]
        assert ended.code in {7, 130}, ended.err
        assert "rows that are under way go to their end" in ended.err
        assert "not begun: the run was stopped" in {row["message"] for row in rows}
        assert len(rows) == 60
        assert sum(row["state"] in {"succeeded", "unknown"} for row in rows) == shop.sandbox.refunds.total()
        assert run_to_the_end(shop, path) <= 2
        assert shop.sandbox.refunds == dict.fromkeys(shop.orders, 1)
