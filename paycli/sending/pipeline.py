"""The one way in which a provider command goes out, as a list of steps.

Resolve the profile, build the values, complete the request, check policy; a change then goes the way of
``paycli.sending.changes``; sign, send, judge. What shows the outcome stands in ``commands``; what is between two steps
here is true of every command of every provider.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Protocol

from paycli.operations.compose import compose
from paycli.operations.operation import Operation, Request
from paycli.operations.outcome import Answer, Fault, Flow, Outcome
from paycli.operations.params import Facts
from paycli.operations.provider import Provider
from paycli.profiles.person import secret_sources
from paycli.profiles.places import state_directory
from paycli.profiles.profile import Profile
from paycli.profiles.resolve import Profiles
from paycli.profiles.secrets import Sources, require_plain
from paycli.profiles.tokens import Memory
from paycli.sending import policy
from paycli.sending.around import Around
from paycli.sending.attempts import Clock, Quota, RealClock
from paycli.sending.line import Line
from paycli.sending.outgoing import rehearse
from paycli.sending.proxy import proxy_for
from paycli.sending.terms import Panel, Terms, Way
from paycli.values import dataclass, field, replace

if TYPE_CHECKING:
    from paycli.journal.entry import Entry
    from paycli.journal.store import Journal
    from paycli.sending.client import Client


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
        self, method: str, url: str, sent: dict[str, str], body: bytes, *, stream: bool, fresh: bool
    ) -> Answer | Flow | Fault:
        """Send and return the answer, complete or, of a successful read, still arriving; or what its failure tells.

        What is ``fresh`` goes over a connection of its own, wherever one is kept.
        """


Connect = Callable[[Profile, float | None], Exchange]


class Kept(Exchange, Protocol):
    """An exchange that keeps its connection for the next request."""

    def close(self) -> None:
        """Give the connection up."""


@dataclass(frozen=True)
class _OverClient:
    """An exchange over the HTTP client."""

    client: "Client"

    def __call__(
        self, method: str, url: str, sent: dict[str, str], body: bytes, *, stream: bool, fresh: bool
    ) -> Answer | Flow | Fault:
        from paycli.sending.client import Outgoing

        outgoing = Outgoing(method, url, sent, body)
        return self.client.stream(outgoing) if stream else self.client.exchange(outgoing, fresh=fresh)

    def close(self) -> None:
        self.client.close()


def connect(profile: Profile, total: float | None) -> Exchange:
    """Return the real way to the profile's hosts, with a connection for each request."""
    return _OverClient(_client(profile, total, kept=False))


def connect_kept(profile: Profile, total: float | None) -> Kept:
    """Return the real way to the profile's hosts for many requests in a row."""
    return _OverClient(_client(profile, total, kept=True))


def _client(profile: Profile, total: float | None, *, kept: bool) -> "Client":
    from paycli.sending.client import Client

    proxy, ca_bundle = profile.get("proxy") or None, profile.get("ca_bundle") or None
    return Client(profile.timeouts, proxy=proxy, ca_bundle=ca_bundle, total=total, kept=kept)


def utc_now() -> datetime:
    """Return the present moment in UTC."""
    return datetime.now(UTC)


def open_journal() -> "Journal":
    """Return the journal of this machine."""
    from paycli.journal.store import Journal

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

    ``read`` looks at a target by the command of a read, over the same way; ``around`` is what is known beside the
    answer of a read that has a timeline.
    """

    outcome: Outcome
    profile: Profile
    values: Mapping[str, Any]
    entry: "Entry | None" = None
    read: Callable[[str, str], Outcome] | None = None
    around: Around | None = None


@dataclass
class Pipeline:
    """The steps, over the parts of the outside world that they touch.

    Where it is for ``reads_only``, nothing that changes anything goes out, whoever asks.
    """

    provider: Provider
    reporter: Reporter
    profiles: Callable[[], Profiles] = Profiles
    connect: Connect = connect
    connect_kept: Callable[[Profile, float | None], Kept] = connect_kept
    sources: Callable[[Provider, Callable[[str], None]], Sources] = secret_sources
    clock: Clock = field(default_factory=RealClock)
    journal: "Callable[[], Journal]" = open_journal
    mask: Callable[[str], str] = str
    now: Callable[[], datetime] = utc_now
    memory: Memory = field(default_factory=Memory)
    held: dict[str, dict[str, str]] = field(default_factory=dict, repr=False)
    reads_only: bool = False
    quota: Quota | None = None

    def run(self, asked: Asked) -> Done:
        """Send the operation and return its outcome. Raises PaycliError where it cannot be sent."""
        return self.send_under(self.profiles().choose(self.provider.name, asked.profile), asked)

    def send_under(self, profile: Profile, asked: Asked) -> Done:
        """Send the operation under a profile that was chosen already."""
        policy.keep_to_reads(asked.operation, reads_only=self.reads_only)
        # First, so that nobody types a card number in vain.
        for finding in policy.findings(asked.operation, profile, asked.terms.reason, self.provider):
            raise finding
        values, request = self.prepare(asked, profile)
        for finding in policy.card_findings(asked.operation, request, profile):
            raise finding
        if not asked.operation.public:
            require_plain(profile, self.provider)
        self.reporter.chosen(profile, proxy_for(profile.host(request.origin), profile.get("proxy") or None))
        line = Line(self, profile, asked.timeout)
        if asked.operation.sign_in:
            return Done(line.desks.perform(asked.operation, request), profile, values)
        if not asked.operation.changes:
            around = Around(line, asked.operation, request, values) if asked.operation.timeline else None
            return Done(line.read_all(asked.operation, request, values), profile, values, around=around)
        line.desks.proofs(asked.operation)
        self.reporter.change(profile, profile.host(request.origin))
        for told in asked.operation.preview(request) if asked.operation.preview else ():
            self.reporter.preview(told)
        from paycli.sending.changes import Change

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
        _, request = self.prepare(asked, profile)
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
            self.mask,
        )

    def prepare(self, asked: Asked, profile: Profile) -> tuple[dict[str, Any], Request]:
        """Return the values of a command and the request that it makes, unsigned; touches nothing outside."""
        values = asked.build(profile.plain)
        if asked.request:
            return values, self.provider.carry(asked.request(profile.plain), profile.plain)
        return values, _reasoned(compose(self.provider, asked.operation, values, profile.plain), asked)


def _reasoned(request: Request, asked: Asked) -> Request:
    """Return the request with the reason of the change, where the provider has a field for it."""
    field, reason = asked.operation.reason, asked.terms.reason
    return replace(request, body={**(request.body or {}), field: reason}) if field and reason else request
