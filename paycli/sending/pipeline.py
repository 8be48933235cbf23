"""The one way in which a provider command goes out, as a list of steps.

Resolve the profile, build the values, complete the request, check policy; a change then goes the way of
``paycli.sending.changes``; sign, send, judge. What shows the outcome stands in ``commands``; what is between two steps
here is true of every command of every provider.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cached_property
from typing import Any, Protocol

from paycli.errors import ConfigurationProblem, Interrupted
from paycli.journal.entry import Entry
from paycli.journal.store import Journal
from paycli.operations.compose import compose
from paycli.operations.operation import Operation, Request
from paycli.operations.outcome import Answer, Fault, Flow, Outcome, Reason, Rejected, Succeeded, Unknown
from paycli.operations.params import Argument, Facts
from paycli.operations.provider import Provider, Values
from paycli.operations.safety import LISTED
from paycli.operations.signature import parameters
from paycli.operations.wire import NotJson, decode
from paycli.profiles.person import secret_sources
from paycli.profiles.places import state_directory
from paycli.profiles.profile import Profile
from paycli.profiles.resolve import Profiles
from paycli.profiles.secrets import Sources, require_plain, secrets_of
from paycli.profiles.tokens import Memory
from paycli.sending import policy
from paycli.sending.attempts import Clock, RealClock, attempt, may_wait, repeatable
from paycli.sending.changes import Change
from paycli.sending.judge import TOO_MANY_REQUESTS, judge
from paycli.sending.outgoing import MASK, headers, masked, rehearse, unsigned
from paycli.sending.pages import listed, reading
from paycli.sending.proxy import proxy_for
from paycli.sending.rows import judge_flow
from paycli.sending.sign_in import Desks, Means
from paycli.sending.terms import Panel, Terms, Way


class Reporter(Protocol):
    """Where the pipeline says what it does, while it does it."""

    def secrets(self, values: list[str]) -> None:
        """Learn the values that must never be shown."""

    def chosen(self, profile: Profile, proxy: str | None) -> None:
        """Say for ``-v`` what of the profile the environment shadows, and which proxy is used."""

    def change(self, profile: Profile, host: str) -> None:
        """Say under which profile and to which host a change goes."""

    def preview(self, line: str) -> None:
        """Say one line of what a change will do, before it goes out."""

    def warn(self, sentence: str) -> None:
        """Say something that does not stop the command."""

    def exchange(
        self, method: str, url: str, sent: Mapping[str, str], body: bytes, result: Answer | Flow | Fault
    ) -> None:
        """Say what was sent and what came back, for ``-v``."""

    def progress(self, sentence: str) -> None:
        """Say what is waited for."""

    def confirm(self, panel: Panel) -> None:
        """Ask before money moves; raises RefusedHere when the answer is no, or nobody can answer."""


class Exchange(Protocol):
    """Something that sends one request."""

    def __call__(
        self, method: str, url: str, sent: dict[str, str], body: bytes, *, stream: bool
    ) -> Answer | Flow | Fault:
        """Send and return the answer, complete or, of a successful read, still arriving; or what its failure tells."""


Connect = Callable[[Profile, float | None], Exchange]


def connect(profile: Profile, total: float | None) -> Exchange:
    """Return the real way to the profile's hosts."""
    from paycli.sending.client import Client, Outgoing

    client = Client(
        profile.timeouts, proxy=profile.get("proxy") or None, ca_bundle=profile.get("ca_bundle") or None, total=total
    )

    def exchange(method: str, url: str, sent: dict[str, str], body: bytes, *, stream: bool) -> Answer | Flow | Fault:
        outgoing = Outgoing(method, url, sent, body)
        return client.stream(outgoing) if stream else client.exchange(outgoing)

    return exchange


def utc_now() -> datetime:
    """Return the present moment in UTC."""
    return datetime.now(UTC)


def open_journal() -> Journal:
    """Return the journal of this machine."""
    return Journal(state_directory())


@dataclass(frozen=True)
class Asked:
    """What the user asked for: the operation, how its values are built, and the shared options that matter here.

    ``request`` replaces the composition for what the user wrote as a request.
    """

    operation: Operation
    build: Callable[[Facts], dict[str, Any]]
    profile: str | None = None
    timeout: float | None = None
    terms: Terms = field(default_factory=Terms)
    request: Callable[[Facts], Request] | None = None


@dataclass(frozen=True)
class Done:
    """What became of it, with what is needed to tell it; a change has its entry in the journal.

    ``read`` looks at a target by the command of a read, over the same way.
    """

    outcome: Outcome
    profile: Profile
    values: Mapping[str, Any]
    entry: Entry | None = None
    read: Callable[[str, str], Outcome] | None = None


@dataclass
class Pipeline:
    """The steps, over the parts of the outside world that they touch."""

    provider: Provider
    reporter: Reporter
    profiles: Callable[[], Profiles] = Profiles
    connect: Connect = connect
    sources: Callable[[Provider, Callable[[str], None]], Sources] = secret_sources
    clock: Clock = field(default_factory=RealClock)
    journal: Callable[[], Journal] = open_journal
    mask: Callable[[str], str] = str
    now: Callable[[], datetime] = utc_now
    memory: Memory = field(default_factory=Memory)
    held: dict[str, dict[str, str]] = field(default_factory=dict, repr=False)

    def run(self, asked: Asked) -> Done:
        """Send the operation and return its outcome. Raises PaycliError where it cannot be sent."""
        return self.send_under(self.profiles().choose(self.provider.name, asked.profile), asked)

    def send_under(self, profile: Profile, asked: Asked) -> Done:
        """Send the operation under a profile that was chosen already."""
        # First, so that nobody types a card number in vain.
        for finding in policy.findings(asked.operation, profile, asked.terms.reason, self.provider):
            raise finding
        values, request = self._prepare(asked, profile)
        for finding in policy.card_findings(asked.operation, request, profile):
            raise finding
        if not asked.operation.public:
            require_plain(profile, self.provider)
        self.reporter.chosen(profile, proxy_for(profile.host(request.origin), profile.get("proxy") or None))
        line = Line(self, profile, asked.timeout)
        if asked.operation.sign_in:
            return Done(line.desks.perform(asked.operation, request), profile, values)
        if not asked.operation.changes:
            return Done(line.read_all(asked.operation, request, values), profile, values)
        line.desks.proofs(asked.operation)
        self.reporter.change(profile, profile.host(request.origin))
        for told in asked.operation.preview(request) if asked.operation.preview else ():
            self.reporter.preview(told)
        journal = self.journal()
        try:
            owner = line.desks.owner(asked.operation)
            change = Change(self.provider, asked.operation, request, profile, journal, self._way(line), owner)
            outcome, entry = change.carry_out(asked.terms)
        finally:
            journal.close()
        return Done(outcome, profile, values, entry, line.read)

    def look_up(self, profile: Profile) -> Callable[[str, str], Outcome]:
        """Return how to read a target under a profile, by the command of a read."""
        require_plain(profile, self.provider)
        return Line(self, profile, None).read

    def owner(self, profile: Profile, command: str) -> str:
        """Return a word for whose things a command acts on under a profile."""
        return Line(self, profile, None).desks.owner(self.provider.load(command.split(maxsplit=1)[0])[command])

    def rehearse(self, asked: Asked) -> dict[str, Any]:
        """Return the request as it would be signed; what policy would say goes to the reporter."""
        profile = self.profiles().rehearsal(self.provider.name, asked.profile)
        _, request = self._prepare(asked, profile)
        found = policy.findings(asked.operation, profile, asked.terms.reason, self.provider)
        for finding in found or policy.card_findings(asked.operation, request, profile):
            self.reporter.warn(f"would be refused here: {finding.message}")
        return rehearse(request, profile, self.provider, asked.operation)

    def _way(self, line: "Line") -> Way:
        return Way(
            line.send,
            line.read,
            self.clock.sleep,
            self.clock.monotonic,
            self.reporter.warn,
            self.reporter.confirm,
            self.reporter.progress,
            line.look,
        )

    def _prepare(self, asked: Asked, profile: Profile) -> tuple[dict[str, Any], Request]:
        values = asked.build(profile.plain)
        if asked.request:
            return values, self.provider.carry(asked.request(profile.plain), profile.plain)
        return values, _reasoned(compose(self.provider, asked.operation, values, profile.plain), asked)


class Line:
    """The way to a provider under one profile: signs, sends, judges, and repeats within the rules."""

    def __init__(self, pipeline: Pipeline, profile: Profile, timeout: float | None) -> None:
        self.pipeline = pipeline
        self.provider = pipeline.provider
        self.reporter = pipeline.reporter
        self.clock = pipeline.clock
        self.profile = profile
        self.mask = pipeline.mask
        self.exchange = pipeline.connect(profile, timeout)
        means = Means(
            send=self._send,
            secrets=self._secrets_for,
            held=self._held,
            keyring=lambda: self.sources.keyring,
            memory=pipeline.memory,
            now=lambda: pipeline.now().timestamp(),
            learn=self.reporter.secrets,
            warn=self.reporter.warn,
        )
        self.desks = Desks(pipeline.provider, profile, means)

    @cached_property
    def sources(self) -> Sources:
        """Where secrets come from."""
        return self.pipeline.sources(self.provider, self.reporter.progress)

    def _secrets_for(self, needs: frozenset[str] | None) -> Values:
        """Return these secrets and no other, all of them demanded; without names those that the provider needs."""
        if needs is None:
            return self.secrets
        found = secrets_of(self.profile, self.provider, self.sources, only=needs, demanded=needs)
        texts = {name: secret.text for name, secret in found.items()}
        self.reporter.secrets(list(texts.values()))
        return texts

    def _held(self, field: str) -> str | None:
        """Return a secret that is sent where there is one; a keyring that cannot be used, or must not, holds none."""
        keyring = [self.sources.keyring] if self.sources.keyring else []
        for source in (*self.sources.first, *keyring):
            try:
                found = source.find(self.profile, field)
            except ConfigurationProblem:
                continue
            if found:
                self.reporter.secrets([found.text])
                return found.text
        return None

    @cached_property
    def secrets(self) -> dict[str, str]:
        """The profile's secrets, fetched once and when something needs them: where a token is kept, nothing may."""
        held = self.pipeline.held
        if self.profile.name not in held:
            found = secrets_of(self.profile, self.provider, self.sources)
            held[self.profile.name] = {name: secret.text for name, secret in found.items()}
            self.reporter.secrets(list(held[self.profile.name].values()))
        return held[self.profile.name]

    def read(self, command: str, target: str) -> Outcome:
        """Return what the read of that command tells about a target."""
        operation = self._declared(command)
        first = (item.name for item in parameters(operation.fields) if isinstance(item.marker, Argument))
        name = operation.looked_up_by or next(first, None)
        return self.look(command, {name: target} if name else {})

    def look(self, command: str, values: Mapping[str, Any]) -> Outcome:
        """Return what a read with these values tells, each bare identifier of a list with what its own read tells."""
        operation = self._declared(command)
        for finding in policy.findings(operation, self.profile, None, self.provider):
            raise finding
        outcome = self.send(operation, compose(self.provider, operation, values, self.profile.plain))
        if isinstance(outcome, Rejected) and outcome.reason is Reason.MISSING and operation.absent:
            return Succeeded(dict(operation.absent))
        if isinstance(outcome, Succeeded) and operation.detail and isinstance(outcome.data, list):
            return self._detailed(operation.detail, outcome.data)
        return outcome

    def _detailed(self, command: str, identifiers: list[Any]) -> Outcome:
        rows: list[Any] = []
        for identifier in identifiers:
            if isinstance(identifier, Mapping):
                rows.append(identifier)
                continue
            outcome = self.read(command, str(identifier))
            if not isinstance(outcome, Succeeded):
                return outcome
            rows.append({**outcome.data, LISTED: str(identifier)})
        return Succeeded(rows)

    def _declared(self, command: str) -> Operation:
        return self.provider.load(command.split(maxsplit=1)[0])[command]

    def read_all(self, operation: Operation, request: Request, values: Mapping[str, Any]) -> Outcome:
        """Return the outcome of a read; a list goes on by itself, and rows that were not asked for are left out."""
        outcome = self.send(operation, request)
        if not (operation.listing and isinstance(outcome, Succeeded)):
            return outcome
        read = reading(operation, self.provider, self.profile.plain)
        return listed(outcome, operation, request, read, lambda page: self.send(operation, page), values)

    def send(self, operation: Operation, request: Request) -> Outcome:
        """Return the outcome of sending a request.

        Raises only while nothing can have left; what goes wrong afterwards is an outcome. A read whose token is refused
        goes again once with a new one; a change never does.
        """
        values, token = self.desks.proofs(operation)
        statuses: list[int] = []
        outcome = self._send(operation, request, values, statuses)
        if token is None or not statuses or self.desks.holds(operation, token, statuses[-1]) or operation.changes:
            return outcome
        return self._send(operation, request, self.desks.proofs(operation)[0])

    def _send(
        self, operation: Operation, request: Request, values: Values, statuses: list[int] | None = None
    ) -> Outcome:
        raw = unsigned(request, self.profile, values)
        told = masked(request, self.profile)
        signature = {} if operation.public else self.provider.sign(raw, values).headers
        sent = headers(request, signature)
        shown = headers(request, dict.fromkeys(signature, MASK))
        _refuse_unsendable(sent)
        wait = may_wait(operation, self.provider)
        left = False

        def send() -> Answer | Flow | Fault:
            nonlocal left
            result = self.exchange(raw.method, raw.url, sent, raw.body, stream=operation.streamed)
            if statuses is not None and not isinstance(result, Fault):
                statuses.append(result.status)
            left = left or _left(result, unprocessed=wait)
            if isinstance(result, Answer):
                self.reporter.secrets(_brought(operation, request, result, self.provider))
            self.reporter.exchange(told.method, told.url, shown, told.body, result)
            if isinstance(result, Fault) and result.interrupted and not operation.changes:
                raise Interrupted("Stopped; a read changes nothing.")
            return result

        def judged(result: Answer | Flow | Fault) -> Outcome:
            if isinstance(result, Flow):
                return judge_flow(result, operation, request, judged)
            return judge(operation, request, result, self.provider.explain)

        again = repeatable(operation)
        try:
            outcome = attempt(send, judged, again=again, wait=wait, clock=self.clock, told=self.reporter.progress)
            return _told(outcome, self.mask)
        except BaseException as problem:
            if not (operation.changes and left):
                raise
            return Unknown(f"paycli was stopped after it was sent ({type(problem).__name__})")


def _reasoned(request: Request, asked: Asked) -> Request:
    """Return the request with the reason of the change, where the provider has a field for it."""
    field, reason = asked.operation.reason, asked.terms.reason
    return replace(request, body={**(request.body or {}), field: reason}) if field and reason else request


def _told(outcome: Outcome, mask: Callable[[str], str]) -> Outcome:
    """Return the outcome with a sentence that may be written down, whatever the provider repeats in it."""
    return outcome if isinstance(outcome, Succeeded) else replace(outcome, sentence=mask(outcome.sentence))


def _brought(operation: Operation, request: Request, answer: Answer, provider: Provider) -> list[str]:
    """Return what of an answer must not be shown: what exists only once, and what a sign-in brought."""
    sign_in = provider.sign_in_of(operation) if operation.sign_in else None
    if not (operation.once or sign_in):
        return []
    try:
        content = decode(answer.body)
    except NotJson:
        content = None
    data = provider.explain(operation, request, answer, content).data
    once = list(operation.once.values(data).values()) if operation.once else []
    try:
        return [*once, sign_in.read(request, data, 0.0).text] if sign_in else once
    except ValueError:
        return once


def _left(result: Answer | Flow | Fault, *, unprocessed: bool) -> bool:
    if isinstance(result, Fault):
        return result.may_have_left
    return not (unprocessed and result.status == TOO_MANY_REQUESTS)


def _refuse_unsendable(sent: Mapping[str, str]) -> None:
    for name, value in sent.items():
        if not value.isascii() or not value.isprintable():
            raise ConfigurationProblem(
                f"The header {name} would hold characters that HTTP cannot carry.",
                next_step="look for stray characters in the profile's keys and secrets",
            )
