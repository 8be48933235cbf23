"""Find out by harmless requests what of a profile is wrong: the host, the credentials, the signing scheme, a right."""

from collections.abc import Iterator, Mapping
from typing import Any

from paycli.errors import ConfigurationProblem, NothingSent, PaycliError
from paycli.operations.operation import Operation, Route
from paycli.operations.outcome import Fault, NotSent, Outcome, Reason, Rejected, Succeeded
from paycli.operations.provider import Probe
from paycli.operations.routes import assumed
from paycli.profiles.profile import Profile, Value
from paycli.profiles.secrets import require_host
from paycli.sending import policy
from paycli.sending.pipeline import Asked, Pipeline
from paycli.sending.reach import Reached, questions, reach
from paycli.values import dataclass, replace

RIGHT, WRONG, UNCHECKED = "right", "wrong", "not checked"


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: what, whether it is right, and what to do where it is not."""

    what: str
    detail: str
    problem: PaycliError | None = None
    result: str = RIGHT

    def as_row(self) -> dict[str, Any]:
        """Return the finding as a row of output."""
        return {"what": self.what, "result": self.result, "detail": self.detail}


def examine(profile: Profile, pipeline: Pipeline) -> list[Finding]:
    """Return what was found, hosts first; what comes after something wrong is not looked at."""
    findings: list[Finding] = []
    for finding in _Examination(profile, pipeline).findings():
        findings.append(finding)
        if finding.result == WRONG:
            break
    return findings


class _Examination:
    """One profile, and the way to its provider."""

    def __init__(self, profile: Profile, pipeline: Pipeline) -> None:
        self.profile = profile
        self.pipeline = pipeline
        self.provider = pipeline.provider

    def findings(self) -> Iterator[Finding]:
        try:
            require_host(self.profile, self.provider)
        except ConfigurationProblem as problem:
            yield _wrong("host", "none is known", problem)
            return
        for question in questions(self.profile, self.provider):
            yield self._host(reach(question, self.profile, self.pipeline.connect, self.pipeline.now))
        probes = [probe for probe in self.provider.probes if all(map(self._is_set, probe.needs))]
        unnamed = [probe for probe in probes if self._is_assumed(probe)]
        for probe in probes:
            if probe in unnamed:
                yield self._unnamed(probe, unnamed)
            else:
                yield from self._probed(probe)

    def _host(self, reached: Reached) -> Finding:
        host = reached.question.host
        if reached.problem is None:
            return Finding("host", f"{host} answers")
        kind = NothingSent if isinstance(reached.result, Fault) else ConfigurationProblem
        message = f"The host of {self.profile.name} is wrong or not there: {reached.problem}."
        return _wrong("host", reached.problem, kind(message, next_step=self._look()))

    def _unnamed(self, probe: Probe, unnamed: list[Probe]) -> Finding:
        """Return that a live profile has no route for the probe; the first one tells what all of them need."""
        needed = [self._operation(one) for one in unnamed]
        problem = policy.assumed_routes(needed, self.profile, self.provider)
        problem.message += f" So it is not known whether the credentials of {self.profile.name} are right."
        detail = f"the route of {probe.command} is assumed, and a live profile must name it"
        return Finding(probe.what, detail, problem, UNCHECKED)

    def _probed(self, probe: Probe) -> list[Finding]:
        try:
            outcome = self._ask(probe)
        except ConfigurationProblem as problem:
            return [_wrong(probe.what, problem.message.rstrip("."), problem)]
        match outcome:
            case Succeeded():
                signing = [Finding("signing", "accepted")] if self.provider.schemes and not probe.rights else []
                return [Finding(probe.what, "accepted"), *signing]
            case Rejected(sentence, _, Reason.CREDENTIALS) if probe.rights:
                return [Finding(probe.what, f"answers; this user may lack the right to {probe.command}: {sentence}")]
            case Rejected(sentence, _, Reason.CREDENTIALS):
                return self._refused(probe, sentence)
            case Rejected() if probe.absent:
                return [self._compared(probe)]
        return [self._odd(probe, outcome)]

    def _compared(self, probe: Probe) -> Finding:
        """Return whether credentials make a difference where what was asked for is not there."""
        without = self._ask(probe, public=True)
        if isinstance(without, Rejected) and without.reason is Reason.CREDENTIALS:
            return Finding(probe.what, "accepted")
        route = f"paycli profiles set {self.profile.name} 'routes.{probe.command}' 'METHOD PATH'"
        problem = ConfigurationProblem(
            f"{self.provider.title} answers {probe.command} the same with and without credentials, which proves "
            "nothing: the route is another, or the host is not the provider's.",
            next_step=f"name the route that {self.provider.title} tells: {route}",
        )
        return _wrong(probe.what, "the answer is the same without credentials", problem)

    def _refused(self, probe: Probe, sentence: str) -> list[Finding]:
        for settings in self.provider.schemes:
            if isinstance(self._ask(probe, settings), Succeeded):
                return [Finding(probe.what, "accepted"), self._other_scheme(settings)]
        sentence = sentence.rstrip(".")
        everywhere = " with every signing scheme" if self.provider.schemes else ""
        own = [setting.name for setting in self.provider.settings if setting.needed]
        problem = ConfigurationProblem(
            f"{self.provider.title} refuses the {probe.what} of {self.profile.name}{everywhere}: {sentence}.",
            next_step=f"check {', '.join(probe.needs or own)}; secrets: paycli secrets set {self.profile.name}",
        )
        return [_wrong(probe.what, f"refused{everywhere}: {sentence}", problem)]

    def _other_scheme(self, settings: Mapping[str, str]) -> Finding:
        told = ", ".join(f"{name}: {text}" for name, text in settings.items())
        problem = ConfigurationProblem(
            f"The credentials of {self.profile.name} are right, but its signing scheme is not; {told} is accepted.",
            next_step="; ".join(
                f"paycli profiles set {self.profile.name} {name} {text}" for name, text in settings.items()
            ),
        )
        return _wrong("signing", f"{told} is what is accepted", problem)

    def _odd(self, probe: Probe, outcome: Outcome) -> Finding:
        sentence = getattr(outcome, "sentence", "an odd answer").rstrip(".")
        kind = NothingSent if isinstance(outcome, NotSent) else ConfigurationProblem
        host = self.profile.get("base_url")
        problem = kind(
            f"{host} does not answer {probe.command} as {self.provider.title} does: {sentence}.", next_step=self._look()
        )
        return _wrong(probe.command, sentence, problem)

    def _ask(self, probe: Probe, settings: Mapping[str, str] | None = None, *, public: bool = False) -> Outcome:
        tried = {name: Value(text, "tried") for name, text in (settings or {}).items()}
        profile = replace(self.profile, values={**self.profile.values, **tried})
        operation = self._operation(probe)
        asked = Asked(replace(operation, public=True) if public else operation, lambda _facts: dict(probe.values))
        return self.pipeline.send_under(profile, asked).outcome

    def _operation(self, probe: Probe) -> Operation:
        return self.provider.load(probe.command.split(maxsplit=1)[0])[probe.command]

    def _is_assumed(self, probe: Probe) -> bool:
        return self.profile.live and assumed(self._operation(probe), self.profile.plain)

    def _is_set(self, field: str) -> bool:
        if field not in self.provider.secrets:
            return bool(self.profile.get(field))
        sources = self.pipeline.sources(self.provider, self.pipeline.reporter.progress)
        found = (one.find(self.profile, field) for one in (*sources.first, sources.keyring) if one)
        return any(found)

    def _look(self) -> str:
        guessed = any(self._operation(probe).route is Route.ASSUMED for probe in self.provider.probes)
        routes = " and routes" if guessed else ""
        return f"look at base_url{routes}: paycli profiles show {self.profile.name}"


def _wrong(what: str, detail: str, problem: PaycliError) -> Finding:
    return Finding(what, detail, problem, WRONG)
