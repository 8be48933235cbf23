"""The way to a provider under one profile: sign, send, judge, and send again within the rules."""

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from paycli.errors import ConfigurationProblem, Interrupted
from paycli.operations.compose import compose
from paycli.operations.operation import Operation, Request
from paycli.operations.outcome import Answer, Fault, Flow, NotSent, Outcome, Reason, Rejected, Succeeded, Unknown
from paycli.operations.params import Argument
from paycli.operations.provider import Provider, Values
from paycli.operations.safety import LISTED
from paycli.operations.signature import parameters
from paycli.operations.wire import NotJson, decode
from paycli.profiles.profile import Profile
from paycli.profiles.secrets import Sources, secrets_of
from paycli.sending import policy
from paycli.sending.attempts import attempt, may_wait, repeatable
from paycli.sending.judge import TOO_MANY_REQUESTS, judge
from paycli.sending.outgoing import MASK, headers, masked, unsigned
from paycli.sending.pages import listed, reading
from paycli.sending.rows import judge_flow
from paycli.sending.sign_in import Desks, Means
from paycli.values import replace

if TYPE_CHECKING:
    from paycli.sending.pipeline import Pipeline

LONGEST, KEPT_END = 600, 200


class Line:
    """The way to a provider under one profile: signs, sends, judges, and repeats within the rules."""

    def __init__(self, pipeline: "Pipeline", profile: Profile, timeout: float | None) -> None:
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
        policy.keep_to_reads(operation, reads_only=self.pipeline.reads_only)
        raw = unsigned(request, self.profile, values)
        told = masked(request, self.profile)
        signature = {} if operation.public else self.provider.sign(raw, values).headers
        sent = headers(request, signature)
        shown = headers(request, dict.fromkeys(signature, MASK))
        _refuse_unsendable(sent)
        wait = may_wait(operation, self.provider)
        # A GET that changes something must meet nothing on its way that could answer, or repeat, it.
        fresh = operation.changes and raw.method == "GET"
        left = False

        def send() -> Answer | Flow | Fault:
            nonlocal left
            result = self.exchange(raw.method, raw.url, sent, raw.body, stream=operation.streamed, fresh=fresh)
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
            say, quota = self.reporter.progress, self.pipeline.quota
            outcome = attempt(send, judged, again=again, wait=wait, clock=self.clock, told=say, quota=quota)
            return _told(outcome, self.mask)
        except BaseException as problem:
            if not (operation.changes and left):
                raise
            return Unknown(f"paycli was stopped after it was sent ({type(problem).__name__})")


def _told(outcome: Outcome, mask: Callable[[str], str]) -> Outcome:
    """Return the outcome with words that may be written down, whatever the provider repeats in them, and however much.

    They are cut here and nowhere else: of a secret that was cut no mask would know the rest.
    """
    if isinstance(outcome, Succeeded):
        return outcome
    said = replace(outcome, sentence=_cut(mask(outcome.sentence)))
    if isinstance(said, NotSent) or said.code is None:
        return said
    return replace(said, code=_cut(mask(said.code)))


def _cut(text: str) -> str:
    """Return a text of bounded length; our own advice stands at the end of the provider's words."""
    return text if len(text) <= LONGEST else f"{text[: LONGEST - KEPT_END]} … {text[-KEPT_END:]}"


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
