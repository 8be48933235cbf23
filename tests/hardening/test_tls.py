"""TLS with a real server: whom paycli speaks to, what it refuses, and what it says then."""

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.hardening.certificates import LONG_AGO, Authority, outdated
from tests.hardening.shop import SECRETS, Run, Shop, opened, port_of, told
from tests.serving import Answered, Came, Host, serve

Patch = pytest.MonkeyPatch
Served = Callable[[Authority], ssl.SSLContext | None]
WRONG: dict[str, tuple[Served, bool, str, str]] = {
    "other host": (lambda a: a.certificate("other", "DNS:other.example").served(), True, "not valid for", "base_url"),
    "expired": (lambda a: a.certificate("old", valid=LONG_AGO).served(), True, "has expired", "clock"),
    "unknown authority": (lambda a: a.certificate("shop").served(), False, "issuer", "ca_bundle"),
    "self-signed": (lambda a: a.alone().served(), False, "self-signed", "ca_bundle"),
    "other self-signed": (lambda a: a.alone().served(), True, "self-signed", "ca_bundle"),
    "TLS 1.1": (lambda a: a.certificate("shop").served(ssl.TLSVersion.TLSv1_1), True, "TLS of version 1.2", "ask"),
    "no TLS": (lambda _: None, True, "what answers there is not TLS", "base_url"),
}


@contextmanager
def silent() -> Iterator[str]:
    """Listen on loopback, take what comes and say nothing."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield f"https://127.0.0.1:{listener.getsockname()[1]}"


@pytest.fixture(params=WRONG)
def wrong(request: Any, run: Run, authority: Authority, monkeypatch: Patch) -> Iterator[tuple[Shop, str, str]]:
    """Return a shop that must not be spoken to, with words of the reason and of the remedy."""
    served, trusted, reason, remedy = WRONG[request.param]
    if trusted:
        monkeypatch.setenv("PAYCLI_SHOP_CA_BUNDLE", str(authority.file))
    with opened(run, monkeypatch, served(authority)) as shop:
        monkeypatch.setenv("PAYCLI_SHOP_BASE_URL", f"https://127.0.0.1:{port_of(shop.host.address)}/tranzzo")
        yield shop, reason, remedy


def test_a_host_that_is_not_the_right_one_is_told_nothing(wrong: tuple[Shop, str, str], counted: Any) -> None:
    """A read and a refund end with exit 6, what is wrong and what to do; the journal says not sent."""
    shop, reason, remedy = wrong
    read, refund = shop.read("-o", "json"), shop.refund("-o", "json")
    blind = shop.refund("--no-preflight", "-o", "json")
    for ended in (read, refund, blind):
        assert (ended.code, ended.out, ended.error["kind"]) == (6, "", "not_sent")
        assert reason in ended.error["message"]
        assert remedy in ended.error["next"]
        assert not [secret for secret in SECRETS if secret in told(ended)]
    assert (shop.arrived, shop.refunded, shop.states()) == ([], [], ["not-sent"])
    counted("TLS hosts refused")


def test_what_was_refused_for_its_certificate_can_go_again(run: Run, authority: Authority, monkeypatch: Patch) -> None:
    """Nothing was sent, so nothing stands in its way."""
    with opened(run, monkeypatch, authority.certificate("shop").served()) as shop:
        assert shop.refund("--no-preflight").code == 6
        monkeypatch.setenv("PAYCLI_SHOP_CA_BUNDLE", str(authority.file))
        assert shop.refund().code == 0
        assert (shop.states(), shop.refunded) == (["not-sent", "succeeded"], [10])


def test_a_host_that_says_nothing_got_nothing(shop: Shop, monkeypatch: Patch, counted: Any) -> None:
    """The connection is there, TLS is not: exit 6 within the time allowed."""
    with silent() as address:
        monkeypatch.setenv("PAYCLI_SHOP_BASE_URL", address)
        ended = shop.refund("--no-preflight", "--timeout", "0.1", "-o", "json")
    assert (ended.code, ended.error["kind"], shop.states()) == (6, "not_sent", ["not-sent"])
    assert "no secure connection to 127.0.0.1" in ended.error["message"]
    assert "within the time allowed" in ended.error["message"]
    counted("TLS hosts refused")


@contextmanager
def recorded(answer: bytes) -> Iterator[tuple[str, list[bytes]]]:
    """Listen on loopback, say something that is no TLS and close; keep what came."""
    came: list[bytes] = []
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(10)

    def serve_() -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = listener.accept()
                with connection:
                    came.append(connection.recv(1 << 16))
                    connection.sendall(answer)

    thread = threading.Thread(target=serve_, daemon=True)
    thread.start()
    try:
        yield f"https://127.0.0.1:{listener.getsockname()[1]}", came
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(10)


@pytest.mark.parametrize("answer", [b"", b"SSH-2.0-made-up\r\n", b"\x15\x03\x01\x00\x02\x02\x28", b"\x00" * 40])
def test_only_the_greeting_of_tls_reaches_what_is_none(
    shop: Shop, monkeypatch: Patch, answer: bytes, counted: Any
) -> None:
    """No secret, no path and no amount is in the bytes."""
    with recorded(answer) as (address, came):
        monkeypatch.setenv("PAYCLI_SHOP_BASE_URL", f"{address}/tranzzo")
        ended = shop.refund("--no-preflight", "-o", "json")
    assert (ended.code, shop.states()) == (6, ["not-sent"])
    assert "no secure connection" in ended.error["message"]
    everything = b"".join(came)
    assert everything.startswith(b"\x16\x03")
    assert not [word for word in (*SECRETS, "refund", "A-1", "HTTP") if word.encode() in everything]
    counted("TLS hosts refused")


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
def test_https_on_loopback_works_with_a_bundle(
    run: Run, authority: Authority, monkeypatch: Patch, version: ssl.TLSVersion
) -> None:
    """With either version that is safe."""
    context = authority.certificate("shop").served()
    context.minimum_version = context.maximum_version = version
    monkeypatch.setenv("PAYCLI_SHOP_CA_BUNDLE", str(authority.file))
    with opened(run, monkeypatch, context) as shop:
        assert (shop.refund().code, shop.refunded, shop.states()) == (0, [10], ["succeeded"])


def test_a_certificate_that_vouches_for_itself_can_be_trusted(
    run: Run, authority: Authority, monkeypatch: Patch
) -> None:
    """By naming its own file."""
    monkeypatch.setenv("PAYCLI_SHOP_CA_BUNDLE", str(authority.alone().chain))
    with opened(run, monkeypatch, authority.alone().served()) as shop:
        assert shop.read().code == 0


def test_the_outdated_server_speaks_to_whoever_allows_it(authority: Authority) -> None:
    """So that it is paycli that refuses it, and not this machine's library."""
    with serve(lambda _came: Answered(), authority.certificate("shop").served(ssl.TLSVersion.TLSv1_1)) as host:
        context = ssl.create_default_context(cafile=str(authority.file))
        outdated(context, ssl.TLSVersion.TLSv1_1)
        with (
            socket.create_connection(("127.0.0.1", port_of(host.address))) as plain,
            context.wrap_socket(plain, server_hostname="127.0.0.1") as secured,
        ):
            assert secured.version() == "TLSv1.1"


@pytest.mark.parametrize("content", [b"", b"no certificate\n", b"\x00\xff", None])
def test_a_bundle_that_holds_no_certificates_is_a_configuration_problem(
    shop: Shop, tmp_path: Path, monkeypatch: Patch, content: bytes | None
) -> None:
    """Exit 4 and nothing sent; never the usual authorities instead. So is a file that is not there."""
    bundle = tmp_path / "bundle.pem"
    if content is not None:
        bundle.write_bytes(content)
    monkeypatch.setenv("PAYCLI_SHOP_CA_BUNDLE", str(bundle))
    for ended in (shop.read("-o", "json"), shop.refund("-o", "json")):
        assert (ended.code, ended.error["kind"]) == (4, "configuration")
        assert "ca_bundle" in ended.err.lower()
    assert (shop.arrived, shop.states()) == ([], [])


def test_the_keys_of_connections_are_written_nowhere(shop: Shop, tmp_path: Path, monkeypatch: Patch) -> None:
    """Whatever the environment asks for: with them, a recorded connection tells its secrets."""
    monkeypatch.setenv("SSLKEYLOGFILE", str(tmp_path / "keys.log"))
    assert shop.read().code == 0
    assert not (tmp_path / "keys.log").exists()
    monkeypatch.setenv("SSLKEYLOGFILE", "/nowhere/keys.log")
    assert shop.read().code == 0


def redirecting(status: int, to: Host) -> Callable[[Came, Callable[[], Answered]], Answered]:
    """Return what answers every request with the address of another host."""
    return lambda came, _answer: Answered(status, b"", headers={"Location": f"{to.address}{came.path}"})


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("secure", [True, False], ids=["https", "http"])
def test_no_redirect_is_followed(shop: Shop, authority: Authority, status: int, secure: bool, counted: Any) -> None:
    """Not to a host whose certificate is fine, nor down to plain text; a read is then exit 6."""
    other = authority.certificate("shop").served() if secure else None
    with serve(lambda _came: Answered(body=b"[]"), other) as elsewhere:
        shop.between = redirecting(status, elsewhere)
        ended = shop.read("-o", "json")
        assert (ended.code, elsewhere.came) == (6, [])
        assert f"HTTP {status}" in ended.error["message"]
    counted("TLS redirects not followed")


def test_a_redirected_refund_is_looked_for_and_not_followed(shop: Shop, authority: Authority, counted: Any) -> None:
    """Whoever redirects may have executed it: it had, and the look finds it."""

    def between(came: Came, answer: Callable[[], Answered]) -> Answered:
        done = answer()
        return redirecting(307, elsewhere)(came, answer) if came.method == "POST" else done

    with serve(lambda _came: Answered(body=b"{}"), authority.certificate("shop").served()) as elsewhere:
        shop.between = between
        ended = shop.refund()
        assert (ended.code, elsewhere.came) == (0, [])
    assert (shop.refunded, shop.entries()[0]["settled"]) == ([10], "marked")
    counted("TLS redirects not followed")


@pytest.mark.parametrize("executed", [True, False])
def test_a_connection_that_ends_without_a_word_may_have_executed(shop: Shop, executed: bool, counted: Any) -> None:
    """Found where it was executed, else exit 7; never sent again."""

    def between(came: Came, answer: Callable[[], Answered]) -> Answered:
        if came.method != "POST":
            return answer()
        if executed:
            answer()
        raise ConnectionAbortedError

    shop.between = between
    ended = shop.refund()
    assert (ended.code, shop.arrived.count("POST")) == ((0, 1) if executed else (7, 1))
    assert shop.states() == (["succeeded"] if executed else ["unknown"])
    counted("TLS answers lost")
