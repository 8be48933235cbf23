"""The keyring by doubles: what is refused, what hangs, what fails, and which hosts secrets are bound to."""

import importlib
import threading
from pathlib import Path
from typing import Any

import keyring.errors
import pytest

from paycli.errors import ConfigurationProblem
from paycli.profiles.file import parse_profiles
from paycli.profiles.keyring import OWN, Keyring, KeyringProblem, _usual_backend
from paycli.profiles.profile import Profile
from paycli.profiles.resolve import Profiles
from paycli.profiles.stored import Stored, forget, hosts_of, load, refuse_other_hosts, store


class Memory:
    """A backend that keeps values for this test."""

    def __init__(self) -> None:
        self.held: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, user: str) -> str | None:
        return self.held.get((service, user))

    def set_password(self, service: str, user: str, value: str) -> None:
        self.held[service, user] = value

    def delete_password(self, service: str, user: str) -> None:
        del self.held[service, user]


class Chain:
    """A chain of backends, as the library makes one."""

    def __init__(self, *backends: Any) -> None:
        self.backends = backends


Chain.__module__ = "keyring.backends.chainer"


def a_backend(module: str) -> Any:
    """Return a backend of a module's name."""
    return type("Keyring", (Memory,), {"__module__": module})()


def over(backend: Any, **more: Any) -> Keyring:
    """Return the keyring over a backend."""
    return Keyring(backend=lambda: backend, **more)


def profile(base_url: str = "https://x.test") -> Profile:
    """Return a profile of a host."""
    text = f"profiles: {{shop: {{provider: tranzzo, base_url: '{base_url}'}}}}"
    return Profiles(parse_profiles(text.encode(), Path("p")), {}).profile("shop")


def test_values_lie_under_the_service_paycli() -> None:
    """By the profile's name."""
    backend = Memory()
    over(backend).set("shop", "v")
    assert backend.held == {("paycli", "shop"): "v"}
    assert over(backend).get("shop") == "v"
    over(backend).delete("shop")
    over(backend).delete("shop")
    assert over(backend).get("shop") is None


@pytest.mark.parametrize("module", ["keyring.backends.null", "keyring.backends.fail", "keyrings.alt.file"])
def test_a_backend_that_keeps_nothing_or_plain_text_is_refused_by_name(module: str) -> None:
    """Never fallen back to."""
    with pytest.raises(KeyringProblem, match=module):
        over(a_backend(module)).set("shop", "v")


def test_a_chain_gives_its_first_accepted_backend_and_never_a_refused_one() -> None:
    """Even when that one fails."""
    good = Memory()
    over(Chain(a_backend("keyrings.alt.file"), good)).set("shop", "v")
    assert good.held
    with pytest.raises(KeyringProblem, match="chainer"):
        over(Chain(a_backend("keyrings.alt.file"))).set("shop", "v")


@pytest.mark.parametrize("person", [False, True])
def test_a_keyring_that_hangs_ends_within_its_time(person: bool) -> None:
    """A person is told first, and given longer."""
    release = threading.Event()

    class Hanging(Memory):
        def get_password(self, service: str, user: str) -> str | None:  # noqa: ARG002
            release.wait(10)
            return None

    said: list[str] = []
    with pytest.raises(KeyringProblem, match="did not answer"):
        over(Hanging(), person=person, notice=said.append, patience=(0.05, 0.1)).get("shop")
    release.set()
    assert bool(said) is person


@pytest.mark.parametrize(
    "problem,told",
    [
        (keyring.errors.KeyringLocked("s3cret"), "locked"),
        (keyring.errors.PasswordSetError("s3cret"), "failed"),
        (RuntimeError("s3cret"), "failed"),
    ],
)
def test_a_failure_is_told_without_its_text(problem: Exception, told: str) -> None:
    """A backend's message might hold what was to be stored."""

    class Failing(Memory):
        def set_password(self, service: str, user: str, value: str) -> None:  # noqa: ARG002
            raise problem

    with pytest.raises(KeyringProblem, match=told) as caught:
        over(Failing()).set("shop", "s3cret")
    assert "s3cret" not in str(caught.value)


def test_secrets_are_bound_to_the_hosts_that_they_were_stored_for() -> None:
    """A changed base_url gets nothing until they are stored again."""
    kept = over(Memory())
    store(kept, profile(), {"api_key": "k", "api_secret": "s"})
    held = load(kept, "shop")
    assert (held.hosts, dict(held.secrets)) == (("https://x.test",), {"api_key": "k", "api_secret": "s"})
    refuse_other_hosts(profile(), held)
    with pytest.raises(ConfigurationProblem, match=r"https://evil\.test"):
        refuse_other_hosts(profile("https://evil.test"), held)
    with pytest.raises(ConfigurationProblem):
        refuse_other_hosts(profile("https://x.test:444"), held)


def test_storing_one_secret_for_a_new_host_does_not_take_the_others_along() -> None:
    """They were given for another host."""
    kept = over(Memory())
    store(kept, profile(), {"api_key": "k", "api_secret": "s"})
    store(kept, profile(), {"api_key": "k2"})
    assert dict(load(kept, "shop").secrets) == {"api_key": "k2", "api_secret": "s"}
    store(kept, profile("https://y.test"), {"api_key": "k3"})
    assert dict(load(kept, "shop").secrets) == {"api_key": "k3"}


def test_one_secret_or_all_can_be_forgotten() -> None:
    """An empty entry goes away."""
    kept = over(Memory())
    store(kept, profile(), {"api_key": "k", "api_secret": "s"})
    assert forget(kept, "shop", ("api_key",)) == ["api_key"]
    assert dict(load(kept, "shop").secrets) == {"api_secret": "s"}
    assert forget(kept, "shop", None) == ["api_secret"]
    assert kept.get("shop") is None


@pytest.mark.parametrize("text", ["", "x", "[]", "{}", '{"secrets": 1, "hosts": []}'])
def test_a_damaged_entry_is_a_sentence(text: str) -> None:
    """Without its text."""
    kept = over(Memory())
    kept.set("shop", text)
    with pytest.raises(KeyringProblem, match="damaged"):
        load(kept, "shop")


def test_a_stored_record_does_not_print_its_secrets() -> None:
    """Not even in a debugger."""
    assert "s3cret" not in repr(Stored({"api_key": "s3cret"}))


def test_the_hosts_are_those_of_every_address_of_the_profile() -> None:
    """Scheme and authority."""
    assert hosts_of(Profiles(parse_profiles(b"profiles: {a: {provider: tranzzo}}", Path("p")), {}).profile("a")) == (
        "https://api.tranzzo.com",
        "https://cpay.tranzzo.com",
    )


def loads(monkeypatch: pytest.MonkeyPatch, *, named: str | None = None, own: Any = None) -> None:
    """Let the library's functions load backends of these names."""
    monkeypatch.setattr("keyring.core.load_env", lambda: named and a_backend(named))
    monkeypatch.setattr("keyring.core.load_config", lambda: None)
    monkeypatch.setattr("keyring.core.load_keyring", own or (lambda name: a_backend(name.rpartition(".")[0])))
    monkeypatch.setattr("keyring.get_keyring", lambda: a_backend("keyring.backends.found"))
    monkeypatch.delenv("XDG_CURRENT_DESKTOP", raising=False)


def module_of_usual() -> str:
    """Return the module of the backend that is used when nobody gives one."""
    return type(_usual_backend()).__module__


@pytest.mark.parametrize(
    "platform,module",
    [
        ("linux", "keyring.backends.SecretService"),
        ("darwin", "keyring.backends.macOS"),
        ("win32", "keyring.backends.Windows"),
        ("freebsd14", "keyring.backends.found"),
    ],
)
def test_the_platforms_own_backend_is_loaded_without_looking_for_others(
    monkeypatch: pytest.MonkeyPatch, platform: str, module: str
) -> None:
    """Where it is not known which that is, keyring looks."""
    loads(monkeypatch)
    monkeypatch.setattr("sys.platform", platform)
    assert module_of_usual() == module


def test_a_backend_that_the_user_names_comes_first_and_may_be_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """By PYTHON_KEYRING_BACKEND or keyringrc.cfg, as keyring reads them."""
    loads(monkeypatch, named="keyring.backends.null")
    assert module_of_usual() == "keyring.backends.null"
    with pytest.raises(KeyringProblem, match="forgets everything"):
        Keyring().get("shop")


def test_keyring_looks_where_the_own_backend_does_not_work_or_kde_has_another(monkeypatch: pytest.MonkeyPatch) -> None:
    """No Secret Service, or a KDE desktop."""

    def fail(name: str) -> None:
        raise FileNotFoundError(name)

    loads(monkeypatch, own=fail)
    monkeypatch.setattr("sys.platform", "linux")
    assert module_of_usual() == "keyring.backends.found"
    loads(monkeypatch)
    monkeypatch.setenv("XDG_CURRENT_DESKTOP", "ubuntu:KDE")
    assert module_of_usual() == "keyring.backends.found"


def test_the_names_of_the_platforms_backends_are_keyrings_own() -> None:
    """Each can be imported wherever its platform's libraries are not."""
    for name in OWN.values():
        module, _, kind = name.rpartition(".")
        assert hasattr(importlib.import_module(module), kind)
