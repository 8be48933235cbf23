"""A real HTTP proxy between paycli and the provider, and a real intermediary in front of the provider."""

import base64
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from tests.hardening.certificates import HOST, Authority
from tests.hardening.proxying import Proxy, proxied
from tests.hardening.shop import SECRETS, Run, Shop, opened, port_of, told
from tests.serving import Answered, Came

Patch = pytest.MonkeyPatch
WORD = "canary-word-of-the-proxy"
BASIC = base64.b64encode(f"clerk:{WORD}".encode()).decode()


@pytest.fixture
def asked_names(monkeypatch: Patch) -> list[str]:
    """Return the names that this process asked the name service for; only addresses of this machine are known."""
    asked: list[str] = []
    usual = socket.getaddrinfo

    def known(host: Any, *args: Any, **more: Any) -> Any:
        asked.append(str(host))
        if host not in {"127.0.0.1", "localhost"}:
            raise socket.gaierror(socket.EAI_NONAME, "not known")
        return usual(host, *args, **more)

    monkeypatch.setattr(socket, "getaddrinfo", known)
    return asked


@pytest.fixture
def far(run: Run, authority: Authority, monkeypatch: Patch, asked_names: list[str]) -> Iterator[Shop]:
    """Return a shop at a host that only a proxy knows."""
    assert not asked_names
    monkeypatch.setenv("PAYCLI_SHOP_CA_BUNDLE", str(authority.file))
    with opened(run, monkeypatch, authority.certificate("shop").served(), HOST) as shop:
        yield shop


@contextmanager
def through(shop: Shop, patch: Patch, user: str = "", variable: str = "HTTPS_PROXY") -> Iterator[Proxy]:
    """Let the shop be reached through a proxy."""
    with proxied({HOST: port_of(shop.host.address)}) as proxy:
        patch.setenv(variable, f"http://{user}{proxy.address}")
        yield proxy


@pytest.mark.parametrize("variable", ["PAYCLI_SHOP_PROXY", "HTTPS_PROXY", "https_proxy"])
def test_a_provider_behind_a_proxy_is_reached(
    far: Shop, monkeypatch: Patch, asked_names: list[str], variable: str, counted: Any
) -> None:
    """The proxy learns host and port and nothing else; the name service is not asked for the provider."""
    with through(far, monkeypatch, variable=variable) as proxy:
        assert (far.refund().code, far.refunded, far.states()) == (0, [10], ["succeeded"])
        assert set(proxy.targets) == {f"{HOST}:{port_of(far.host.address)}"}
    heads = b"".join(proxy.asked).decode()
    assert not [word for word in (*SECRETS, "refund", "A-1", "authorization") if word.lower() in heads.lower()]
    assert HOST not in asked_names
    counted("proxy tunnels opened", len(proxy.asked))


def test_the_profiles_own_proxy_wins_over_the_variable(far: Shop, monkeypatch: Patch) -> None:
    """And over NO_PROXY, which is about the variable."""
    monkeypatch.setenv("NO_PROXY", HOST)
    with through(far, monkeypatch, variable="PAYCLI_SHOP_PROXY") as own, through(far, monkeypatch) as usual:
        assert far.read().code == 0
    assert (len(own.asked), len(usual.asked)) == (1, 0)


@pytest.mark.parametrize("excepted", [HOST, ".example", "*.example", "*", f"other.test, {HOST}", f"{HOST}:443"])
def test_a_host_of_no_proxy_is_gone_to_directly(
    far: Shop, monkeypatch: Patch, asked_names: list[str], excepted: str
) -> None:
    """Whose name is then asked for, here in vain."""
    monkeypatch.setenv("NO_PROXY", excepted)
    with through(far, monkeypatch) as proxy:
        ended = far.read()
    assert (ended.code, proxy.asked, HOST in asked_names) == (6, [], True)
    assert f"the name service does not know {HOST}" in ended.err


@pytest.mark.parametrize("variable", ["PAYCLI_SHOP_PROXY", "HTTPS_PROXY"])
def test_loopback_is_never_gone_to_through_a_proxy(shop: Shop, monkeypatch: Patch, variable: str) -> None:
    """Whoever names one."""
    with through(shop, monkeypatch, variable=variable) as proxy:
        assert shop.read().code == 0
    assert proxy.asked == []


@pytest.mark.parametrize("refuses", [None, b"HTTP/1.1 407 Who are you\r\nContent-Length: 0\r\n\r\n"])
def test_a_proxys_password_reaches_the_proxy_alone_and_is_never_shown(
    far: Shop, monkeypatch: Patch, refuses: bytes | None, counted: Any
) -> None:
    """Neither the provider nor a reader of -vv, of an error or of doctor learns it."""
    said = ""
    with through(far, monkeypatch, f"clerk:{WORD}@") as proxy:
        proxy.refuses = refuses
        for words in ((), ("-v",), ("-vv",), ("-o", "json", "-vv")):
            said += told(far.read(*words)) + told(far.refund("--again", "--no-preflight", *words))
        said += told(far.run("doctor", "-o", "json")) + told(far.run("profiles", "check", "shop"))
        said += told(far.run("profiles", "show", "shop")) + told(far.run("journal", "export"))
        assert f"Proxy-Authorization: Basic {BASIC}".lower() in proxy.asked[0].decode().lower()
    assert f"through the proxy {proxy.address}" in said
    assert not [word for word in (WORD, BASIC, "clerk") if word in said]
    assert not [came for came in far.host.came if "proxy-authorization" in came.headers]
    assert bool(far.host.came) == (refuses is None)
    counted("proxy runs without its password in sight", 12)


def test_a_password_in_a_profiles_proxy_is_refused_and_not_shown(far: Shop, monkeypatch: Patch) -> None:
    """A profile holds no secrets."""
    with through(far, monkeypatch, f"clerk:{WORD}@", "PAYCLI_SHOP_PROXY") as proxy:
        ended = far.read()
    assert (ended.code, proxy.asked, WORD in ended.err) == (4, [], False)


REFUSALS = {
    "407": (b"HTTP/1.1 407 Who are you\r\nContent-Length: 0\r\n\r\n", "(HTTP 407)", "HTTPS_PROXY=http://USER"),
    "403": (b"HTTP/1.1 403 No\r\nContent-Length: 3\r\n\r\nno!", "(HTTP 403)", "NO_PROXY="),
    "502": (b"HTTP/1.1 502 Bad\r\nContent-Type: text/html\r\n\r\n<p>Bad</p>", "(HTTP 502)", "base_url"),
    "301": (b"HTTP/1.1 301 Moved\r\nLocation: http://127.0.0.1:1/\r\n\r\n", "(HTTP 301)", "base_url"),
    "nothing": (b"", "it broke off", "look at the proxy"),
    "half": (b"HTTP/1.1 20", "it broke off", "look at the proxy"),
    "no HTTP": (b"SSH-2.0-made-up\r\n", "it broke off", "look at the proxy"),
    "no tunnel": (b"HTTP/1.1 200 OK\r\n\r\n", "no secure connection", ""),
}


@pytest.mark.parametrize("kind", REFUSALS)
def test_a_proxy_that_opens_no_tunnel_lets_nothing_out(far: Shop, monkeypatch: Patch, kind: str, counted: Any) -> None:
    """A read and a refund are exit 6, the journal says not sent, and the sentence names the proxy's answer."""
    with through(far, monkeypatch) as proxy:
        proxy.refuses, sentence, remedy = REFUSALS[kind]
        for ended in (far.read("-o", "json"), far.refund("-o", "json"), far.refund("--no-preflight", "-o", "json")):
            assert (ended.code, ended.out, ended.error["kind"]) == (6, "", "not_sent")
            assert sentence in ended.error["message"]
            assert HOST in ended.error["message"]
            assert remedy in (ended.error["next"] or "")
        assert far.states() == ["not-sent"]
        proxy.refuses = None
        assert (far.refund().code, far.refunded) == (0, [10])
    counted("proxy refusals")


def test_a_proxy_that_does_not_answer_lets_nothing_out(far: Shop, monkeypatch: Patch, counted: Any) -> None:
    """Exit 6 within the time allowed."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{silent.getsockname()[1]}")
        ended = far.refund("--no-preflight", "--timeout", "0.1", "-o", "json")
    assert (ended.code, far.states(), far.arrived) == (6, ["not-sent"], [])
    assert "no answer from the proxy 127.0.0.1" in ended.error["message"]
    counted("proxy refusals")


def test_a_proxy_that_is_not_there_is_named(far: Shop, monkeypatch: Patch) -> None:
    """Not the provider, which is not to blame."""
    with socket.create_server(("127.0.0.1", 0)) as gone:
        address = f"127.0.0.1:{gone.getsockname()[1]}"
    monkeypatch.setenv("HTTPS_PROXY", f"http://{address}")
    ended = far.refund("--no-preflight", "-o", "json")
    assert (ended.code, far.states()) == (6, ["not-sent"])
    assert f"the proxy {address} refused the connection" in ended.error["message"]


@pytest.mark.parametrize("text", ["socks5://127.0.0.1:1", "ftp://127.0.0.1", "http://", "http://127.0.0.1:99999", "::"])
def test_what_is_no_http_proxy_is_a_configuration_problem(far: Shop, monkeypatch: Patch, text: str) -> None:
    """Exit 4, nothing sent and no way around it."""
    monkeypatch.setenv("HTTPS_PROXY", text)
    for ended in (far.read("-o", "json"), far.refund("-o", "json")):
        assert (ended.code, ended.error["kind"], "HTTPS_PROXY" in ended.err) == (4, "configuration", True)
    assert far.arrived == []


@pytest.mark.parametrize("name,code", [("shop", 0), ("alone", 6)])
def test_a_proxy_behind_tls_must_prove_who_it_is(
    far: Shop, authority: Authority, monkeypatch: Patch, name: str, code: int
) -> None:
    """As the provider must; TLS with the provider goes through TLS with the proxy."""
    certificate = authority.alone() if name == "alone" else authority.certificate(name)
    with proxied({HOST: port_of(far.host.address)}, certificate.served()) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", f"https://clerk:{WORD}@{proxy.address}")
        ended = far.refund("--no-preflight")
    assert ended.code == code, ended.err
    assert bool(proxy.asked) == (code == 0)
    assert ("the certificate of the proxy" in ended.err) == (code == 6)


@pytest.mark.parametrize("executed", [True, False])
def test_a_tunnel_that_ends_after_the_request_left_is_settled_by_looking(
    far: Shop, monkeypatch: Patch, executed: bool, counted: Any
) -> None:
    """Whether it arrived is not known; it is found or it is exit 7, and it is sent once."""
    cut = threading.Event()

    def between(came: Came, answer: Callable[[], Answered]) -> Answered:
        if came.method != "POST" or cut.is_set():
            return answer()
        done = answer() if executed else Answered()
        cut.set()
        proxy.cut.set()
        # Until the tunnel is gone, so that the answer cannot slip through.
        gone.wait(10)
        return done

    gone = threading.Event()
    with through(far, monkeypatch) as proxy:
        far.between = between
        usual = proxy.serve

        def serve(connection: socket.socket) -> None:
            usual(connection)
            if cut.is_set():
                gone.set()
                proxy.cut.clear()

        proxy.serve = serve  # type: ignore[method-assign]
        ended = far.refund()
    assert (ended.code, far.arrived.count("POST")) == ((0, 1) if executed else (7, 1)), ended.err
    assert far.states() == (["succeeded"] if executed else ["unknown"])
    assert far.refunded == ([10] if executed else [])
    counted("proxy answers lost")


@pytest.mark.parametrize("status", [502, 503, 504, 500, 407, 200])
@pytest.mark.parametrize("executed", [True, False])
def test_what_an_intermediary_says_instead_of_the_provider_is_no_answer(
    shop: Shop, status: int, executed: bool, counted: Any
) -> None:
    """A page of its own after the provider executed, or did not: looked for, found or exit 7, sent once."""

    def between(came: Came, answer: Callable[[], Answered]) -> Answered:
        if came.method != "POST":
            return answer()
        if executed:
            answer()
        return Answered(status, b"<html><h1>Bad gateway</h1></html>", "text/html")

    shop.between = between
    ended = shop.refund()
    assert (ended.code, shop.arrived.count("POST")) == ((0, 1) if executed else (7, 1)), ended.err
    assert shop.states() == (["succeeded"] if executed else ["unknown"])
    assert shop.refunded == ([10] if executed else [])
    counted("proxy answers lost")
    if not executed:
        again = shop.refund()
        assert (again.code, shop.arrived.count("POST")) == (10, 1)


def test_an_intermediary_that_always_fails_leaves_it_unknown(shop: Shop) -> None:
    """And the look finds it once the way is free again."""

    def between(_came: Came, answer: Callable[[], Answered]) -> Answered:
        done = answer()
        first = len(shop.host.came) == 1
        return done if first else Answered(502, b"<html></html>", "text/html")

    shop.between = between
    ended = shop.refund("-o", "json")
    assert (ended.code, ended.out, ended.error["kind"]) == (7, "", "unknown")
    shop.between = lambda _came, answer: answer()
    resolved = shop.run("journal", "resolve")
    assert (resolved.code, shop.states(), shop.refunded) == (0, ["succeeded"], [10])
