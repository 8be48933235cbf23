"""A row for 500 refunds at once; the peer is a script that reads the order, signs and refunds with curl and openssl."""

import itertools
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from paycli.sandbox.tranzzo.access import API_KEY, API_SECRET, ENDPOINTS_KEY, POS_ID
from tests.benchmarks.lookups import ask
from tests.benchmarks.measuring import Command
from tests.benchmarks.rows import Contest, NotMeasurable, Row, paycli, peer
from tests.helpers import serve_sandbox
from tests.sandbox.tranzzo_shop import CARD, PAYMENT

MANY = 500
WORKERS = 8
SCRIPT = """\
#!/bin/sh
# refund.sh ORDER AMOUNT: read the order, then refund that much of it.
set -eu
signed() {{ printf %s "$1" | openssl dgst -sha1 -hmac '{secret}' | sed 's/^.* //'; }}
order=$(curl -sf '{address}/api/v1/pos/{pos}/orders/'"$1" \\
  -H 'X-API-KEY: {endpoints_key}' -H "X-API-AUTH: CPAY-HMAC {key}:$(signed '')")
case $order in
  *'"status": "success"'* | *'"status":"success"'*) ;;
  *) echo "$1 cannot be refunded" >&2; exit 1 ;;
esac
body=$(printf '{{"pos_id":"{pos}","order_id":"%s","order_currency":"UAH","refund_amount":%s}}' "$1" "$2")
curl -sf -X POST '{address}/api/v1/refund' -H 'Content-Type: application/json' \\
  -H 'X-API-KEY: {endpoints_key}' -H "X-API-AUTH: CPAY-HMAC {key}:$(signed "$body")" -d "$body"
"""


def peer_script(address: str) -> str:
    """Return a POSIX shell script that refunds one order at a Tranzzo host."""
    return SCRIPT.format(address=address, key=API_KEY, secret=API_SECRET, endpoints_key=ENDPOINTS_KEY, pos=POS_ID)


@contextmanager
def refunds(home: Path) -> Iterator[Contest]:
    """Refund a part of each of 500 orders; every run takes other amounts, and paycli starts with an empty journal."""
    words = ("bulk", "run", str(home / "refunds.csv"), "--command", "tranzzo refund", "-p", "sandbox", "--yes")
    ours = paycli(home, *words, "--concurrency", str(WORKERS))
    if subprocess.run(
        [*ours.argv[:1], "bulk", "--help"], env=ours.variables, capture_output=True, check=False
    ).returncode:
        raise NotMeasurable("paycli has no bulk yet")
    amounts = itertools.count(1)
    with serve_sandbox(home) as served:
        for number in range(MANY):
            ask(served.address, PAYMENT, {**CARD, "order_id": f"A-{number}", "amount": 10_000})
        (home / "refund.sh").write_text(peer_script(f"{served.address}/tranzzo"))

        def table() -> None:
            rows = "".join(f"A-{number},{amount},UAH\n" for amount in [next(amounts)] for number in range(MANY))
            (home / "refunds.csv").write_text(f"order_id,amount,currency\n{rows}")
            shutil.rmtree(home / "journal", ignore_errors=True)

        def pairs() -> None:
            rows = "".join(f"A-{number} {amount}\n" for amount in [next(amounts)] for number in range(MANY))
            (home / "pairs").write_text(rows)

        pairs()
        places = {**ours.variables, "PAYCLI_SANDBOX_URL": served.address, "PAYCLI_STATE_DIR": str(home / "journal")}
        xargs = ("xargs", "-P", str(WORKERS), "-n", "2", "sh", str(home / "refund.sh"))
        script = Command(xargs, {"HOME": str(home)}, stdin=home / "pairs", prepare=pairs)
        yield Contest(Command(ours.argv, places, prepare=table), *peer("xargs curl openssl sed", script))


ROWS = (Row("500 refunds in bulk", f"xargs -P {WORKERS} of curl", 0.333, refunds, runs=3),)
