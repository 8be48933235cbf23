"""The commands above the providers, and those made of several requests: no planted secret is found anywhere either."""

import base64
import json
import logging
import os
import sys
import tempfile
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from paycli.commands.reporter import ScreenReporter
from paycli.operations.catalog import PROVIDERS, provider
from paycli.profiles.profile import Profile
from paycli.sandbox.core import Sandbox
from paycli.sandbox.http import Call
from paycli.sending.closing import ended
from paycli.tools.topics import TOPICS
from tests.hardening.conftest import Judged
from tests.hardening.hunting import Ended, Hunt
from tests.hardening.markers import HALF, Marker, card_marker, code_marker, plain_marker
from tests.hardening.repeating import Repeating, fresh_core
from tests.hardening.test_canaries import DEFECT, Situation, canary, furnished_for, kept_once
from tests.hardening.typing_in import CVV_FIELDS, Typed, profile_of

ORDER = "A-1001"
LEGAL = ("-o", "json"), ("-o", "table"), ("-o", "csv")
ALWAYS_MET = (None, "500", "drop-after-commit")
FAULTS = (*ALWAYS_MET, "401", "html-502", "garbage", "timeout")
SHELLS = ("bash", "zsh", "fish", "powershell")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Let every fault happen where that was asked for, and else the worst."""
    if "fault" in metafunc.fixturenames:
        faults = FAULTS if metafunc.config.getoption("--exhaustive") else ALWAYS_MET
        metafunc.parametrize("fault", faults, ids=str)


@dataclass
class Office:
    """A machine with a profile of every provider, each with markers, whose providers repeat what they hear."""

    hunt: Hunt
    where: Path
    name: str
    fault: str | None = None
    core: Sandbox = field(default_factory=lambda: fresh_core(paid()))
    typed: Typed = field(default_factory=lambda: Typed([]))
    answered: list[Marker] = field(default_factory=list)
    of: dict[str, list[Marker]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Plant everything."""
        for name in PROVIDERS:
            made = profile_of(provider(name), f"{self.name} {name}", f"c-{name}")
            self.typed.variables |= made.variables
            self.typed.planted += made.planted
            self.of[name] = made.planted
            self.typed.samples |= made.samples
        proxy = self.typed.plant(plain_marker(f"{self.name} proxy password"), None)
        self.typed.variables |= {"HTTPS_PROXY": f"http://clerk:{proxy.text}@proxy.invalid:3128", "NO_PROXY": ""}

    def connect(self, profile: Profile, _total: float | None) -> Repeating:
        """Return the way to the provider of a profile."""
        declared = provider(profile.provider)
        way = Repeating(declared, self.core, self.of[declared.name], self.typed.samples, self.name, self.fault)
        way.answered = self.answered
        return way

    def type(self, *words: str, stdin: str = "", plant: tuple[Marker, ...] = ()) -> Ended:
        """Run a command there."""
        typed = replace(self.typed, words=list(words), stdin=stdin, planted=[*self.typed.planted, *plant])
        ended = self.hunt.run(
            f"{self.name}: {' '.join(words)}",
            typed,
            self.connect,
            answered=self.answered,
            allowed=kept_once,
            machine=self.where,
        )
        assert ended.code != DEFECT, f"{words}: {ended.told}"
        return ended

    def write(self, name: str, text: str) -> None:
        """Write a file into the working directory."""
        folder = self.where / "work"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)


def paid() -> list[Call]:
    """Return requests for which the sandbox prepares orders that are paid."""
    body = {"order_currency": "UAH", "refund_amount": 5}
    return [
        Call("POST", "/tranzzo/api/v1/refund", body=json.dumps({"order_id": order, **body}).encode())
        for order in (ORDER, "A-1002", "A-1003")
    ]


@pytest.mark.parametrize("form", LEGAL, ids=lambda form: form[1])
def test_what_looks_at_the_set_up_tells_no_secret(judged: Judged, tmp_path: Path, form: tuple[str, ...]) -> None:
    """Profiles, secrets and doctor; the proxy of the environment has a password, too."""
    office = Office(judged.hunt, tmp_path / "office", f"set-up as {form[1]}")
    for name in PROVIDERS:
        office.type("profiles", "show", f"c-{name}", *form)
        office.type("profiles", "check", f"c-{name}", *form)
    for words in (("profiles", "list"), ("secrets", "status"), ("doctor",), ("operations", "list")):
        office.type(*words, *form)
    office.type("profiles", "check", "c-tranzzo", *form, "--query", "[@, to_string(@)]")
    office.fault = "401"
    for name in PROVIDERS:
        office.type("profiles", "check", f"c-{name}", *form)
    judged.conclude()


def test_secrets_that_are_stored_are_not_told(judged: Judged, tmp_path: Path) -> None:
    """Neither what was typed nor what was refused, and a file that holds one is reported without its text."""
    office = Office(judged.hunt, tmp_path / "office", "stored")
    office.type("profiles", "add", "kept", "--provider", "tranzzo", "--environment", "test", "--pos-id", "p-1")
    stored, refused, misplaced = (plain_marker(f"stored {number}") for number in range(3))
    assert office.type("secrets", "set", "kept", "api_key", stdin=f"{stored.text}\n", plant=(stored,)).code == 0
    assert office.type("secrets", "set", "kept", "api_key", stdin=f"{refused.text}\n\n\x07", plant=(refused,)).code == 2
    office.type("secrets", "status", "-o", "json", plant=(stored,))
    office.type("profiles", "show", "kept", "-o", "json", plant=(stored,))
    office.type("doctor", "-o", "json", plant=(stored,))
    office.type("tranzzo", "orders", "show", ORDER, "-p", "kept", "-vv", plant=(stored,))
    office.type("secrets", "delete", "kept", "--yes", plant=(stored,))
    file = office.where / "config" / "profiles.yaml"
    for broken in (
        f"profiles:\n  shop: {{provider: tranzzo, api_key: {misplaced.text}}}\n",
        f"profiles:\n  shop:\n    provider: tranzzo\n    api_key: [{misplaced.text}\n",
        f"profiles:\n  shop:\n    provider: tranzzo\n    pos_id: p\n    pos_id: {misplaced.text}\n",
        f"profiles:\n  shop:\n    provider: tranzzo\n    base_url: https://user:{misplaced.text}@cpay.tranzzo.com\n",
        f"profiles:\n  shop:\n    provider: tranzzo\n    proxy: http://user:{misplaced.text}@proxy.invalid:1\n",
        f"profiles:\n  shop:\n    provider: tranzzo\n    environment: {misplaced.text}\n",
    ):
        file.write_text(broken)
        for words in (("profiles", "list"), ("profiles", "show", "shop"), ("doctor",), ("tranzzo", "health")):
            ended = office.type(*words, "-o", "json")
            # The file itself holds it, and nothing else may.
            assert misplaced.text not in ended.told + ended.places["journal"], (words, broken)
    judged.conclude()


def test_a_card_number_in_a_wrong_place_is_not_repeated(judged: Judged, tmp_path: Path) -> None:
    """Wherever somebody types it."""
    office = Office(judged.hunt, tmp_path / "office", "wrong place")
    card = card_marker("typed in a wrong place")
    refund = ("--amount", "1", "--currency", "UAH", "-p", "c-tranzzo")
    office.write("card.csv", f"order_id,amount,currency,reason\n{ORDER},1,UAH,{card.text}\n")
    office.write("number.csv", f"order_id,amount,currency\n{ORDER},{card.text},UAH\n")
    for words in (
        ("find", card.text),
        ("tranzzo", "refund", ORDER, *refund, "--reason", card.text),
        ("tranzzo", "refund", ORDER, *refund, "--amount", card.text),
        ("tranzzo", "pay", "card", ORDER, *refund, "--number", card.text),
        ("tranzzo", "pay", "card", ORDER, card.text),
        ("api", "c-tranzzo", "POST", "/api/v1/refund", "-f", f"a={card.text}"),
        ("api", "c-tranzzo", "POST", "/api/v1/refund", "-f", f"{card.text}"),
        ("bulk", "run", "card.csv", "--command", "tranzzo refund", "-p", "c-tranzzo", "--yes"),
        ("bulk", "run", "number.csv", "--command", "tranzzo refund", "-p", "c-tranzzo", "--yes"),
    ):
        for form in (("-o", "json"), ("-o", "table")):
            typed = office.type(*words, *form)
            assert card.text not in typed.told, words
            assert card.text not in typed.places["journal"], words
            assert typed.code != 0, words
    judged.conclude()


def test_the_job_of_a_day_tells_no_secret(judged: Judged, tmp_path: Path, fault: str | None) -> None:
    """Look for it, refund it, in bulk too, settle what is open, read the journal whole, in one state directory."""
    office = Office(judged.hunt, tmp_path / "office", f"job, {fault}", fault)
    office.write("refunds.csv", "order_id,amount,currency\nA-1002,1,UAH\nA-1003,2,UAH\n")
    office.write("orders.csv", "order_id\nA-1002\nA-1003\n")
    bulk = ("-p", "c-tranzzo", "--yes", "-vv", "-o", "csv")
    office.type("find", ORDER, "-vv", "-o", "json")
    office.type("find", "414141******2284", "-o", "table")
    refund = ("tranzzo", "refund", ORDER, "--amount", "1", "--currency", "UAH", "-p", "c-tranzzo", "-vv", "-o", "json")
    office.type(*refund, *([] if fault is None else ["--no-preflight"]))
    office.type("bulk", "run", "refunds.csv", "--command", "tranzzo refund", *bulk)
    office.type("bulk", "run", "orders.csv", "--command", "tranzzo orders show", *bulk)
    for word in ("status", "report"):
        office.type("bulk", word, "refunds.csv", "--command", "tranzzo refund", "-p", "c-tranzzo", "-o", "json")
    for words in (("list",), ("resolve",), ("verify",), ("export",), ("export", "-o", "yaml")):
        office.type("journal", *words)
    office.fault = None
    told = office.type("journal", "list", "-o", "json")
    for row in json.loads(told.places["stdout"]):
        office.type("journal", "show", row["id"], "-o", "json")
    office.type("journal", "resolve")
    office.type("tranzzo", "orders", "show", ORDER, "-p", "c-tranzzo", "-o", "table")
    office.type("journal", "prune", "--before", "2099-01-01")
    judged.conclude()


def test_raw_requests_tell_no_secret(judged: Judged, tmp_path: Path) -> None:
    """With fields, with a body that holds a card and a password, and what answers bring."""
    office = Office(judged.hunt, tmp_path / "office", "raw")
    card, cvv = card_marker("raw card"), code_marker("raw CVV", *CVV_FIELDS)
    body = {"order_id": "R-1", "cc_number": card.text, "card_cvv": cvv.text, "order_amount": 1, "order_currency": "UAH"}
    pay = ("api", "c-tranzzo", "POST", "/api/v1/payment", "--input", "-")
    for extra in (("-vv",), ("--dry-run",), ("-o", "table"), ("--query", "@")):
        office.type(*pay, *extra, stdin=json.dumps(body), plant=(card, cvv))
    for path in ("/api/v1/pos/{pos_id}/orders/A-1001", "/api/v1/nothing", "/api/v1/pos/{pos_id}/orders/A-1001?x=1"):
        office.type("api", "c-tranzzo", "GET", path, "-vv")
    for name, path in (
        ("tora", "/transactions"),
        ("toman", "/psp/"),
        ("mobilepay", "/api/stores"),
        ("mobilepay", "/api/pos/manage/token/reset"),
        ("terapay", "/api/banks"),
        ("terapay", "/api/wallet/balance"),
    ):
        for asked in (("-vv",), ("--dry-run", "-vv"), ("-o", "yaml", "-v")):
            office.type("api", f"c-{name}", "GET", path, *asked)
    judged.conclude()


def test_what_needs_no_provider_tells_no_secret(judged: Judged, tmp_path: Path) -> None:
    """Help, lists, scripts, webhooks; help is shown with every variable set."""
    office = Office(judged.hunt, tmp_path / "office", "local")
    for name in PROVIDERS:
        office.type(name, "--help")
        office.type("operations", "export-routes", name)
    commands: tuple[tuple[str, ...], ...] = (
        *(("--help",), ("--version",), ("help",), ("nothing",), ("profiles", "path")),
        *(("operations", "show", "tranzzo refund"), ("tranzzo", "payways", "list"), ("tranzzo", "codes", "list")),
        *(("sandbox", "--help"), ("demo", "--help"), ("tranzzo", "refund", "--help"), ("bulk", "run", "--help")),
        *(("help", topic) for topic in TOPICS),
        *(("completions", shell) for shell in SHELLS),
    )
    for words in commands:
        office.type(*words)
    judged.conclude()


def test_webhooks_tell_no_secret(judged: Judged, tmp_path: Path) -> None:
    """Made, sent to where nobody listens, verified, refused."""
    office = Office(judged.hunt, tmp_path / "office", "webhooks")
    signed = office.type("tranzzo", "webhooks", "sign", "--event", "refund", "-p", "c-tranzzo").places["stdout"]
    assert "signature" in signed
    for stdin in (signed, signed[:-20], signed.replace("a", "b"), "{", ""):
        for form in LEGAL:
            office.type("tranzzo", "webhooks", "verify", "-p", "c-tranzzo", *form, stdin=stdin)
    office.type("tranzzo", "webhooks", "sign", "--event", "auth", "-p", "c-tranzzo", "--to", "http://127.0.0.1:1/x")
    event = json.dumps({name: marker.text for name, marker in zip("abc", office.typed.planted, strict=False)})
    # What is signed is the user's own file, so that only the verdict over it must not repeat a secret.
    office.type("tranzzo", "webhooks", "verify", "-p", "c-tranzzo", "--data", event, "--signature", "x")
    judged.conclude()


def test_commands_of_several_requests_tell_no_secret(judged: Judged, tmp_path: Path, fault: str | None) -> None:
    """And those that keep what a sign-in brings: login, renewal, use, logout, in one keyring."""
    office = Office(judged.hunt, tmp_path / "office", f"several, {fault}", fault)
    period = ("--from", "2026-03-01", "--to", "2026-03-02")
    commands: tuple[tuple[str, ...], ...] = (
        ("toman", "login", "-p", "c-toman", "-vv"),
        ("toman", "refresh", "-p", "c-toman", "-vv"),
        ("toman", "payments", "show", "1", "-p", "c-toman", "-vv"),
        ("toman", "logout", "-p", "c-toman"),
        ("terapay", "portal", "login", "-p", "c-terapay", "-vv"),
        ("terapay", "wallet", "balance", "-p", "c-terapay", "-vv"),
        ("terapay", "logout", "-p", "c-terapay"),
        ("tranzzo", "reports", "run", *period, "-p", "c-tranzzo", "-vv"),
        ("tora", "reports", "run", *period, "-p", "c-tora", "-vv"),
        ("tora", "elaiko", "buy", "LAIKO-K", "--mobile", "6900000001", "-p", "c-tora", "-vv"),
        ("tora", "elaiko", "buy", "LAIKO-K", "--mobile", "6900000001", "-p", "c-tora", "--dry-run"),
        ("mobilepay", "payments", "clear", "T-1001", "-p", "c-mobilepay", "--yes", "-vv"),
    )
    for words in commands:
        office.type(*words, "-o", "json")
    judged.conclude()


@pytest.mark.parametrize(
    "name,switch",
    [
        ("tora topups create", "--show-pin"),
        ("mobilepay tokens create", "--show"),
        ("mobilepay tokens reset", "--show"),
        ("terapay api-keys create", "--show"),
    ],
)
@pytest.mark.parametrize("form", ["json", "table", "csv", "yaml"])
def test_what_a_command_exists_to_deliver_comes_with_its_switch_alone(
    tmp_path: Path, name: str, switch: str, form: str
) -> None:
    """On standard output, and nothing else that is secret."""
    hunt = Hunt(tmp_path / "hunt")
    operation = provider(name.split(maxsplit=1)[0]).load()[name.partition(" ")[2]]
    furnished = furnished_for(hunt, operation)
    canary(hunt, operation, Situation(switch, ("-o", form, "-vv", switch)), furnished)
    assert {leak.place for leak in hunt.leaks} == {"stdout"}
    assert {leak.marker.split()[-4:-1] == ["of", "an", "answer"] for leak in hunt.leaks} == {True}
    assert not [leak for leak in hunt.leaks if "cookie" in leak.marker]


def untaught(patch: pytest.MonkeyPatch) -> None:
    """Let nobody teach the masker."""
    patch.setattr(ScreenReporter, "secrets", lambda *_: None)


def unmasked(patch: pytest.MonkeyPatch) -> None:
    """Let the journal have a provider's words as they came."""
    patch.setattr("paycli.sending.line._told", lambda outcome, _mask: outcome)
    patch.setattr("paycli.sending.changes.ended", lambda *given: ended(*given[:5]))


def talkative(patch: pytest.MonkeyPatch) -> None:
    """Let the connection print, keep, log and warn of a header, each encoded otherwise."""
    usual = Repeating.__call__

    def leaking(self: Repeating, method: str, url: str, sent: dict[str, str], body: bytes, **more: Any) -> Any:
        key = sent["X-API-KEY"]
        sys.stdout.write(key[: HALF + 2])
        Path(tempfile.mkstemp()[1]).write_text("".join(f"\\u{ord(char):04x}" for char in key))
        Path(f"{key.encode().hex()}.txt").write_text(base64.b64encode(b"xy" + key.encode()).decode())
        logging.getLogger("x").debug(key.encode().hex())
        warnings.warn(quote(key), stacklevel=1)
        return usual(self, method, url, sent, body, **more)

    patch.setattr(Repeating, "__call__", leaking)


def raised(patch: pytest.MonkeyPatch) -> None:
    """Let a failure reach the interpreter."""

    def fail(*_: Any) -> None:
        raise BaseException("key %s" % os.environ["PAYCLI_C_TRANZZO_API_KEY"])  # noqa: TRY002, UP031 that is the mistake

    patch.setattr(ScreenReporter, "chosen", fail)


@pytest.mark.parametrize(
    "mistake,places",
    [
        (untaught, {"stderr", "write-ahead log", "state", "journal"}),
        (unmasked, {"write-ahead log", "state", "journal"}),
        (talkative, {"stdout", "temporary", "work", "log", "warnings"}),
        (raised, {"traceback"}),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_the_hunt_finds_what_a_mistake_leaves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mistake: Callable[[pytest.MonkeyPatch], None], places: set[str]
) -> None:
    """In every place where the mistake leaves it, and nowhere else."""
    mistake(monkeypatch)
    hunt = Hunt(tmp_path / "hunt")
    office = Office(hunt, tmp_path / "office", "mistake", "refuse")
    refund = ("tranzzo", "refund", ORDER, "--amount", "1", "--currency", "UAH", "--no-preflight", "--again")
    office.type(*refund, "-p", "c-tranzzo", "-vv")
    assert {leak.place.partition(":")[0] for leak in hunt.leaks} == places
