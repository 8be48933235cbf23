"""The way of a change without sockets: guard, limits, keys and assumed routes, with declarations made here."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

import pytest

from paycli.errors import PaycliError, RefusedHere
from paycli.journal.store import Journal
from paycli.operations.columns import identifier
from paycli.operations.money import Money
from paycli.operations.operation import KEY, NEVER, Effect, Fields, Operation, Request, Retry, Route
from paycli.operations.outcome import Answer, Fault, Flow, Outcome, Reading, Rejected, Succeeded, Unknown, Word
from paycli.operations.params import Amount, Argument
from paycli.operations.provider import Provider, Setting, Signature
from paycli.operations.safety import Identity, Safety, Weighed
from paycli.operations.wire import encode
from paycli.profiles.file import parse_profiles
from paycli.profiles.profile import Profile
from paycli.profiles.resolve import Profiles
from paycli.profiles.secrets import Sources
from paycli.sending.pipeline import Asked, Pipeline
from paycli.sending.terms import Panel, Terms

Sent = dict[str, str]
Product = Annotated[str, Argument("PRODUCT", "What is sold.", sample="P")]


def sell(product: Product, amount: Amount) -> Fields:
    """Sell a product."""
    return {"product": product, "amount": amount}


def provider(operation: Operation) -> Provider:
    """Return a provider with one operation, whose key is a header and which has no reads."""
    safety = Safety(
        identify=lambda op, request: Identity(op.kind, "", "m", Money((request.body or {})["amount"], "EUR")),
        mark=lambda request, _mark: request,
        weigh=lambda identity, _rows: Weighed(identity.money),
        alike=lambda _identity, _row: False,
        key=lambda row: str(row.get("id", "")),
        note=lambda _row: "",
    )
    return Provider(
        name="tora",
        title="Shop",
        hosts={"base_url": "https://shop.test"},
        settings=(Setting("terminal", "x"),),
        resources={},
        groups={},
        sign=lambda _unsigned, _values: Signature({}, "", {}),
        explain=lambda _op, _request, answer, content: Reading(
            Word.REFUSED if answer.status == 400 else Word.NONE, content, "told"
        ),
        safety=safety,
        keyed=lambda request, key: replace(request, headers={"Key": key}),
        operations={operation.command: operation},
    )


class Reporter:
    """Keeps what is said."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def secrets(self, values: list[str]) -> None:
        assert values == []

    def change(self, profile: Profile, host: str) -> None:
        self.said.append(f"{profile.name} {host}")

    def chosen(self, profile: Profile, proxy: str | None) -> None:
        assert (profile.name, proxy) == ("shop", None)

    def preview(self, _line: str) -> None:
        """Say nothing."""

    def warn(self, sentence: str) -> None:
        self.said.append(sentence)

    progress = warn

    def confirm(self, panel: Panel) -> None:
        self.said.append(panel.operation.command)

    def exchange(self, *_details: Any) -> None:
        """Say nothing."""


class World:
    """A network that answers a list of results, a clock that is moved, and a journal in a folder."""

    def __init__(self, directory: Path, retry: Retry, profile: str = "", **facts: Any) -> None:
        self.now = datetime(2026, 3, 2, 9, 15, tzinfo=UTC)
        self.directory = directory
        self.answers: list[Answer | Fault | BaseException] = []
        self.sent: list[Sent] = []
        self.reporter = Reporter()
        self.slept = 0.0
        text = f"profiles: {{shop: {{provider: tranzzo, environment: test, currency: EUR{profile}}}}}"
        self.profile = Profiles(parse_profiles(text.encode(), Path("p")), {}).profile("shop")
        usual = {"columns": (identifier("id", primary=True),), "same": ()}
        self.operation = Operation(
            "tora", "sell", "POST", "/sell", Effect.MOVES_MONEY, retry, "", sell, **{**usual, **facts}
        )
        self.provider = provider(self.operation)

    def sell(self, amount: str = "5.00", **terms: Any) -> Outcome:
        """Sell for an amount of EUR and return the outcome."""
        pipeline = Pipeline(
            self.provider,
            self.reporter,
            connect=lambda _profile, _total: self.send,
            sources=lambda _provider, _notice: Sources(()),
            clock=self,
            journal=lambda: Journal(self.directory, lambda: self.now),
        )
        body = {"product": "P", "amount": Decimal(amount)}
        request = Request("POST", "base_url", "/sell", body=body)
        asked = Asked(self.operation, lambda _facts: {}, terms=Terms(**terms), request=lambda _facts: request)
        return pipeline.send_under(self.profile, asked).outcome

    def send(
        self, method: str, url: str, sent: Sent, body: bytes, *, stream: bool, fresh: bool
    ) -> Answer | Flow | Fault:
        """Note what is sent and answer with the next result."""
        assert (method, url, bool(body)) == ("POST", "https://cpay.tranzzo.com/sell", True)
        assert not stream
        assert not fresh
        self.sent.append(sent)
        result = self.answers.pop(0)
        if isinstance(result, BaseException):
            raise result
        return result

    def entries(self) -> list[str]:
        """Return the states in the journal."""
        return [entry.state for entry in Journal(self.directory).entries()]

    def monotonic(self) -> float:
        return self.slept

    def sleep(self, seconds: float) -> None:
        self.slept += seconds


LOST = Fault("lost", may_have_left=True)
DONE = Answer(200, {}, encode({"id": "7"}))


@pytest.fixture
def make(tmp_path: Path) -> Callable[..., World]:
    """Return a maker of worlds over one folder."""
    return lambda retry=KEY, profile="", **facts: World(tmp_path, retry, profile, **facts)


def test_a_keyed_change_goes_again_with_the_same_key(make: Any) -> None:
    """By itself, after a lost answer."""
    world = make()
    world.answers = [LOST, LOST, DONE]
    assert world.sell() == Succeeded({"id": "7"})
    assert len({sent["Key"] for sent in world.sent}) == 1
    assert len(world.sent) == 3
    assert world.entries() == ["succeeded"]


def test_a_change_without_a_key_goes_out_once(make: Any) -> None:
    """Whatever is lost; nothing tells what became of it."""
    world = make(NEVER)
    world.answers = [LOST]
    assert world.sell() == Unknown("lost")
    assert world.entries() == ["unknown"]


def test_a_lost_keyed_change_typed_again_goes_with_its_key(make: Any) -> None:
    """Within the key's lifetime, in the same entry."""
    world = make()
    world.answers = [LOST] * 3 + [DONE]
    assert world.sell() == Unknown("lost")
    world.now += timedelta(minutes=59)
    assert world.sell() == Succeeded({"id": "7"})
    assert len({sent["Key"] for sent in world.sent}) == 1
    assert world.entries() == ["succeeded"]


def test_of_two_that_go_on_with_a_lost_keyed_change_one_does(make: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever read the journal before the other wrote it sends nothing, and overwrites nothing."""
    world = make()
    world.answers = [LOST] * 3 + [DONE]
    world.sell()
    before = list(Journal(world.directory).entries())
    assert [entry.state for entry in before] == ["unknown"]
    assert world.sell() == Succeeded({"id": "7"})
    monkeypatch.setattr(Journal, "of_account", lambda *_: before)
    with pytest.raises(RefusedHere, match="Another paycli is finding out"):
        world.sell()
    assert (len(world.sent), world.entries()) == (4, ["succeeded"])


def test_a_lost_keyed_change_of_a_name_goes_with_its_key_under_that_name_only(make: Any) -> None:
    """Another intention, with another name or none, is another one."""
    world = make()
    world.answers = [LOST] * 3 + [DONE] * 3
    assert world.sell(request_id="r") == Unknown("lost")
    assert world.sell() == Succeeded({"id": "7"})
    assert world.sell(request_id="r") == Succeeded({"id": "7"})
    keys = [sent["Key"] for sent in world.sent]
    assert (len({*keys}), keys[0] == keys[-1], keys[3] == keys[0]) == (2, True, False)
    assert world.entries() == ["succeeded", "succeeded"]


def test_a_lost_keyed_change_whose_key_may_be_forgotten_is_not_sent_again(make: Any) -> None:
    """With a new key it could be done twice; --again says that this is meant."""
    world = make()
    world.answers = [LOST] * 3 + [DONE]
    world.sell()
    world.now += timedelta(minutes=61)
    with pytest.raises(RefusedHere, match="may not know its key any more"):
        world.sell()
    assert world.sell(again=True) == Succeeded({"id": "7"})
    assert len({sent["Key"] for sent in world.sent}) == 2


@pytest.mark.parametrize("case", ["other amount", "again"])
def test_another_intention_has_a_key_of_its_own(make: Any, case: str) -> None:
    """With another body, or with --again."""
    world = make()
    world.answers = [LOST] * 3 + [DONE]
    world.sell()
    world.sell("6.00" if case == "other amount" else "5.00", again=case == "again")
    assert len({sent["Key"] for sent in world.sent}) == 2
    assert world.entries() == ["unknown", "succeeded"]


def test_a_rejected_keyed_change_gets_a_new_key(make: Any) -> None:
    """Also under the same request id."""
    world = make()
    world.answers = [Answer(400, {}, b"{}"), DONE]
    assert isinstance(world.sell(request_id="r"), Rejected)
    assert world.sell(request_id="r") == Succeeded({"id": "7"})
    assert len({sent["Key"] for sent in world.sent}) == 2


def test_what_was_done_under_a_request_id_is_not_sent_again(make: Any) -> None:
    """The journal answers."""
    world = make()
    world.answers = [DONE]
    world.sell(request_id="r")
    known = world.sell(request_id="r")
    assert isinstance(known, Succeeded)
    assert known.data["provider_id"] == "7"
    with pytest.raises(RefusedHere, match="names another change"):
        make(same=("product", "amount")).sell("6.00", request_id="r")
    assert len(world.sent) == 1


def test_without_anything_that_identifies_a_repetition_there_is_no_24_hour_guard(make: Any) -> None:
    """Two people may buy the same."""
    world = make()
    world.answers = [DONE, DONE]
    assert isinstance(world.sell(), Succeeded)
    assert isinstance(world.sell(), Succeeded)


def test_an_assumed_route_is_refused_on_a_live_profile_until_it_is_named(make: Any) -> None:
    """The message shows what to add."""
    world = make(route=Route.ASSUMED)
    live = make(profile=", access: write", route=Route.ASSUMED)
    values = dict(live.profile.values)
    values["environment"] = replace(values["environment"], text="live")
    live.profile = replace(live.profile, values=values)
    with pytest.raises(RefusedHere, match="assumed") as problem:
        live.sell()
    assert "routes" in str(problem.value.next_step)
    world.answers = [DONE]
    assert isinstance(world.sell(), Succeeded)


def test_a_reason_can_be_required(make: Any) -> None:
    """And is then kept."""
    world = make(profile=", require_reason: true")
    with pytest.raises(RefusedHere, match="reason"):
        world.sell()
    world.answers = [DONE]
    world.sell(reason="because")
    assert [entry.reason for entry in Journal(world.directory).entries()] == ["because"]


@pytest.mark.parametrize(
    "limits,told",
    [("void: {per_operation: 1}", None), ("refund: {per_operation: 4}", "4"), ("'*': {per_day: 4.99}", "4.99")],
)
def test_limits_hold_for_the_commands_that_they_name(make: Any, limits: str, told: str | None) -> None:
    """And for every one that moves money under a star."""
    world = make(profile=f", limits: {{{limits}}}", movement="refund")
    world.answers = [DONE]
    if told is None:
        assert isinstance(world.sell(), Succeeded)
        return
    with pytest.raises(RefusedHere, match=f"is {told}"):
        world.sell()
    assert world.sent == []


def test_what_stops_before_a_byte_left_was_not_sent(make: Any) -> None:
    """And may be typed again."""
    world = make(NEVER)
    world.answers = [KeyboardInterrupt(), DONE]
    with pytest.raises(KeyboardInterrupt):
        world.sell()
    assert world.entries() == ["not-sent"]
    assert isinstance(world.sell(), Succeeded)


def test_a_full_disk_after_sending_does_not_change_the_outcome(make: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is told, and looked up later."""
    world = make(NEVER)
    world.answers = [DONE]
    update = Journal.update

    def full(self: Journal, entry: Any) -> Any:
        if entry.state == "succeeded":
            raise RefusedHere("The journal cannot be written: database or disk is full.")
        return update(self, entry)

    monkeypatch.setattr(Journal, "update", full)
    assert isinstance(world.sell(), Succeeded)
    assert any("not written down" in line for line in world.reporter.said)
    monkeypatch.undo()
    Journal(world.directory).recover()
    assert world.entries() == ["unknown"]


def test_a_defect_in_reading_the_answer_is_unknown(make: Any) -> None:
    """What left stays sent."""
    world = make(NEVER)
    world.answers = [Answer(200, {}, encode({"id": "7"}))]
    world.provider = replace(world.provider, explain=lambda *_: 1 / 0)
    outcome = world.sell()
    assert isinstance(outcome, Unknown)
    assert world.entries() == ["unknown"]


def test_errors_of_this_file_are_paycli_errors() -> None:
    """The guard's refusals end as sentences."""
    assert issubclass(RefusedHere, PaycliError)


def test_the_24_hours_count_from_the_success(make: Any) -> None:
    """Not from the moment at which it was typed."""
    world = make(NEVER, same=("product",))
    world.provider = replace(
        world.provider,
        safety=replace(world.provider.safety, identify=lambda op, _request: Identity(op.kind, "T", "m")),
    )
    world.answers = [LOST, DONE]
    assert isinstance(world.sell(), Unknown)
    world.now += timedelta(hours=25)
    journal = Journal(world.directory, lambda: world.now)
    (entry,) = journal.entries()
    journal.update(entry.ended("succeeded", world.now))
    with pytest.raises(RefusedHere, match="done already"):
        world.sell()
