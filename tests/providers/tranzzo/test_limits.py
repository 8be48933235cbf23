"""The document's limits are usage errors, told before anything is sent."""

import shlex
from pathlib import Path
from typing import Any

import pytest

UAH = "--amount 450 --currency UAH --description x -p sandbox --dry-run"
LONG = "x" * 5000


@pytest.mark.parametrize(
    "words,told",
    [
        (f"pay payparts A-1 {UAH} --parts-count 1", "2 to 25"),
        (f"pay payparts A-1 {UAH} --parts-count 26", "2 to 25"),
        (f"pay payparts A-1 {UAH} --property parts_count=x", "2 to 25"),
        (f"pay payparts A-1 {UAH}", "--parts-count is required"),
        (f"pay payparts A-1 {UAH.replace('450', '300')} --parts-count 2", "more than 300.00 UAH"),
        (f"split hosted A-1 {UAH} --split a=400 --split b=49.99", "add up to 449.99 UAH, and the amount is 450.00"),
        (f"split hosted A-1 {UAH} --split a=225 --split a=225", "named twice"),
        (f"split hosted A-1 {UAH}", "--split"),
        (f"split hosted A-1 {UAH} --split 450", "SUB_MERCHANT_ID=AMOUNT"),
        (f"split hosted A-1 {UAH} --split =450", "SUB_MERCHANT_ID=AMOUNT"),
        (f"refund A-1 --amount 5 --currency UAH --comment {LONG} -p sandbox", "at most 2048"),
        (f"pay hosted A-1 {UAH.replace('description x', 'description ' + LONG)}", "at most 2048"),
        (f"pay hosted A-1 {UAH} --payload {LONG}", "at most 4000"),
        (f"pay hosted A-1 {UAH} --server-url https://shop.example/{LONG}", "at most 2048"),
        (f"pay hosted {'x' * 33} {UAH}", "at most 32"),
        (f"payout token {'x' * 257} {UAH} --cc-token t", "at most 256"),
        (f"pay hosted A-1 {UAH} --merchant-mcc 49", "4 digits"),
        (f"pay hosted A-1 {UAH} --customer-ip 1.2.3", "no IP address"),
        (f"payout token A-1 {UAH} --cc-token t --customer-birthday 1990-13-01", "no date"),
        (f"payout token A-1 {UAH} --cc-token t --property wallet", "key=value"),
        (f"payout token A-1 {UAH} --cc-token t --property a=1 --property a=2", "given twice"),
        (f"pay token A-1 --amount 1.234 --currency KWD --description x --cc-token t {'-p sandbox'}", "two decimals"),
        (f"pay token A-1 {UAH.replace('--dry-run', '')} --cc-token {LONG[:300]}", "at most 255"),
        (f"pay token A-1 {UAH.replace('450', '1.234')} --cc-token t", "at most 2 decimals"),
        (f"p2p token A-1 {UAH} --cc-token t", "named once"),
        (f"p2p token A-1 {UAH} --cc-token t --recipient-cc-token r --external-fee 0.055", "at most 2 decimals"),
        (f"pay mvisa A-1 {UAH} --cc-token t", "--mvisa-qr is required"),
        (f"pay mvisa A-1 {UAH} --cc-token t --card-stdin --mvisa-qr x", "contradict"),
        ("bins show 4242424242424242 -p sandbox", "never all of it"),
        ("bins show 42424 -p sandbox", "6 to 8 digits"),
        ("ips show 300.1.1.1 -p sandbox", "no IP address"),
        ("p2p-credit token A-1 --cc-token t --currency UAH -p sandbox", "--all for everything"),
        (f"pay apm brazil-pixx A-1 {UAH}", "Did you mean brazil-pix"),
        (f"pay apm philippines-banking A-1 {UAH}", "no listed method for money that goes in"),
        (f"pay apm brazil-pix A-1 {UAH}", "is in BRL, not in UAH"),
        (f"pay apm korea-p2p A-1 {UAH.replace('UAH', 'KRW')}", "add --customer-ip TEXT"),
        (f"pay apm indonesia-banking A-1 {UAH.replace('UAH', 'IDR')} --customer-ip ::1", "--property pay_method=TEXT"),
        (
            f"pay apm korea-p2p A-1 {UAH.replace('UAH', 'KRW')} --customer-ip ::1 --property odd=1",
            "knows no properties.odd",
        ),
        (
            f"pay apm india-paytm A-1 {UAH.replace('UAH', 'INR')} --property trusted=yes",
            "trusted is true or false",
        ),
        (f"pay apm korea-p2p A-1 {UAH} --payway x", "--payway is for an unlisted method"),
        (f"pay apm new-one A-1 {UAH} --unlisted", "needs --payway"),
    ],
)
def test_what_the_document_does_not_allow_is_exit_2(run: Any, words: str, told: str) -> None:
    """With what to type instead."""
    ended = run("tranzzo", *shlex.split(words))
    assert ended.code == 2
    assert told in ended.err
    assert "4242424242424242" not in ended.err


@pytest.mark.parametrize("name,content", [("products", '{"a": 1}'), ("browser-fingerprint", "[]")])
def test_a_file_of_the_wrong_kind_is_exit_2(run: Any, tmp_path: Path, name: str, content: str) -> None:
    """An array where an object is wanted, and the other way round."""
    file = tmp_path / "f.json"
    file.write_text(content)
    words = shlex.split(f"pay token A-1 {UAH} --cc-token t")
    assert run("tranzzo", *words, f"--{name}", str(file)).code == 2


@pytest.mark.parametrize("text", ["", "{", "[]", "bm8=", "not base64!", "gpay:e30="])
def test_what_is_no_token_of_a_wallet_is_exit_2(run: Any, tmp_path: Path, text: str) -> None:
    """And is not repeated."""
    file = tmp_path / "token"
    file.write_text(text)
    words = shlex.split(f"pay apple-pay A-1 {UAH.replace('--dry-run', '')}")
    ended = run("tranzzo", *words, "--wallet-token", str(file))
    assert (ended.code, "no token of a wallet" in ended.err) == (2, True)
    typed = run("tranzzo", *words, "--wallet-token", "eyJ2ZXJzaW9uIjoiRUNfdjEifQ==")
    assert (typed.code, "eyJ2" in typed.err) == (2, False)


@pytest.mark.parametrize(
    "text", ['{"version":"EC_v1"}\n', "eyJ2ZXJzaW9uIjoiRUNfdjEifQ==", "applepay:eyJ2ZXJzaW9uIjoiRUNfdjEifQ=="]
)
def test_a_wallets_token_may_come_in_each_form(text: str) -> None:
    """As JSON, as its Base64, and with the wallet's word before it."""
    from paycli.providers.tranzzo.wallets import wallet_token

    assert wallet_token("applepay")(text) == "applepay:eyJ2ZXJzaW9uIjoiRUNfdjEifQ=="
