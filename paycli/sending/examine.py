"""Find out by harmless reads what of a profile is wrong: the host, the credentials, or the signing scheme."""

from collections.abc import Mapping
from typing import Any

from paycli.errors import ConfigurationProblem, NothingSent, PaycliError
from paycli.operations.operation import Operation
from paycli.operations.outcome import NotSent, Outcome, Reason, Rejected, Succeeded
from paycli.operations.provider import Provider
from paycli.profiles.profile import Profile, Value
from paycli.sending.pipeline import Asked, Pipeline, Reporter
from paycli.values import dataclass, replace


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: what, whether it is right, and what to do where it is not."""

    what: str
    detail: str
    problem: PaycliError | None = None

    def as_row(self) -> dict[str, Any]:
        """Return the finding as a row of output."""
        return {"what": self.what, "result": "wrong" if self.problem else "right", "detail": self.detail}


def examine(profile: Profile, provider: Provider, reporter: Reporter) -> list[Finding]:
    """Return what was found, host first; what comes after something wrong is not looked at."""
    pipeline = Pipeline(provider, reporter)

    def ask(command: str, settings: Mapping[str, str]) -> Outcome:
        operation: Operation = provider.load(command.split(maxsplit=1)[0])[command]
        tried = {name: Value(text, "tried") for name, text in settings.items()}
        return pipeline.send_under(
            replace(profile, values={**profile.values, **tried}), Asked(operation, lambda _facts: {})
        ).outcome

    host = profile.get("base_url")
    findings: list[Finding] = []
    if provider.reachable:
        outcome = ask(provider.reachable, {})
        if not isinstance(outcome, Succeeded):
            return [_unreachable(profile, host, outcome)]
        findings.append(Finding("host", f"{host} answers"))
    if provider.probe:
        findings += _credentials(profile, provider, ask)
    return findings


def _credentials(profile: Profile, provider: Provider, ask: Any) -> list[Finding]:
    outcome = ask(provider.probe, {})
    if isinstance(outcome, Succeeded):
        signing = [Finding("signing", "accepted")] if provider.schemes else []
        return [Finding("credentials", "accepted"), *signing]
    if not (isinstance(outcome, Rejected) and outcome.reason is Reason.CREDENTIALS):
        return [_unreachable(profile, profile.get("base_url"), outcome)]
    for settings in provider.schemes:
        if isinstance(ask(provider.probe, settings), Succeeded):
            told = ", ".join(f"{name}: {text}" for name, text in settings.items())
            remedy = "; ".join(f"paycli profiles set {profile.name} {name} {text}" for name, text in settings.items())
            problem = ConfigurationProblem(
                f"The credentials of {profile.name} are right, but its signing scheme is not; {told} is accepted.",
                next_step=remedy,
            )
            return [Finding("credentials", "accepted"), Finding("signing", f"{told} is what is accepted", problem)]
    everywhere = ", with every signing scheme" if provider.schemes else ""
    needed = ", ".join(setting.name for setting in provider.settings if setting.needed)
    problem = ConfigurationProblem(
        f"{provider.title} refuses the credentials of {profile.name}{everywhere}.",
        next_step=f"check {needed}; then: paycli secrets set {profile.name}",
    )
    return [Finding("credentials", f"refused{everywhere.replace(',', '')}", problem)]


def _unreachable(profile: Profile, host: str, outcome: Outcome) -> Finding:
    sentence = getattr(outcome, "sentence", "an odd answer")
    message = f"The host of {profile.name} is wrong or not there: {sentence}."
    remedy = f"look at base_url: paycli profiles show {profile.name}"
    kind = NothingSent if isinstance(outcome, NotSent) else ConfigurationProblem
    return Finding("host", f"{host}: {sentence}", kind(message, next_step=remedy))
