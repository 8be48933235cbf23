"""What people would get on their phones is shown where the sandbox is served, and what happened is kept."""

import http.client
import json
import queue
import random
import threading

import pytest

from paycli.sandbox.core import Sandbox
from paycli.sandbox.keeping import restore, written
from paycli.sandbox.server import Server
from paycli.tools.sandbox import _show
from tests.sandbox.account import Account
from tests.sandbox.still import Still
from tests.sandbox.tora_shop import BASIC, WATER, made, send


def test_a_one_time_password_is_shown_once() -> None:
    """After the request that sent it."""
    shown: queue.Queue[str] = queue.Queue()
    server = Server(0, Sandbox(Still(), random.Random(1)), "token", shown.put)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        ask_for_a_ticket(server)
        first = shown.get(timeout=10)
        ask_for_a_ticket(server)
        second = shown.get(timeout=10)
    finally:
        server.shutdown()
        server.server_close()
    assert [line.rpartition(": ")[0] for line in (first, second)] == ["tora: SMS to 6900000001"] * 2
    assert first != second


def ask_for_a_ticket(server: Server) -> None:
    """Register an e-laiko request over the wire."""
    connection = http.client.HTTPConnection("127.0.0.1", server.server_address[1], timeout=10)
    body = json.dumps({"productCode": "LAIKO-K", "mobile": "6900000001"})
    headers = {"Authorization": BASIC, "Content-Type": "application/json"}
    connection.request("POST", "/tora/elaiko/requests", body, headers)
    assert connection.getresponse().status == 200
    connection.close()


def test_a_message_does_not_drive_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    """What a shop sends is shown, not obeyed."""
    _show("terapay: SMS to 1 from Shop: a\x1b[2Jb\nc")
    assert capsys.readouterr().out == "terapay: SMS to 1 from Shop: a\\u001b[2Jb\\u000ac\n"


def test_the_latest_lines_are_kept_when_nobody_shows_them() -> None:
    """Not all of them."""
    world = Sandbox(Still(), random.Random(1)).world
    for number in range(1500):
        world.tell(str(number))
    assert (len(world.told), world.told[-1]) == (1000, "1499")


def test_what_happened_is_there_after_a_restart() -> None:
    """Both providers' states can be written and read, what was answered under a key too."""
    account = Account()
    number = account.made("/batches", {"batchName": "B", "items": [{"destination": "d", "amount": 10.51}]})["batchId"]
    account.made(f"/batches/{number}/process")
    account.customer("ada").made("/wallet/top-up", {"amount": 10.5, "description": "cash"})
    first = send(account.sandbox, "POST", "/payments", WATER, None, tora_idempotency_key="k1")
    made(account.sandbox, "/elaiko/requests", {"productCode": "LAIKO-K", "mobile": "6900000001"})
    later = Account(Sandbox(Still(), random.Random(2)))
    restore(later.sandbox, written(account.sandbox))
    assert later.seen(f"/batches/{number}") == account.seen(f"/batches/{number}")
    again = send(later.sandbox, "POST", "/payments", WATER, None, tora_idempotency_key="k1")
    assert (again.executed, again.body) == (False, first.body)
    assert written(later.sandbox) == written(account.sandbox)
