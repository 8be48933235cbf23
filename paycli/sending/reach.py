"""Reach a profile's hosts harmlessly: is anybody there, through which proxy, and what does its clock say.

Where the provider has a read without credentials that one is sent, else a bare HEAD, which any answer satisfies.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from paycli.errors import ConfigurationProblem
from paycli.operations.compose import compose
from paycli.operations.outcome import Answer, Fault, Flow
from paycli.operations.provider import Provider
from paycli.profiles.profile import Profile
from paycli.profiles.stored import ORIGINS
from paycli.sending.outgoing import unsigned
from paycli.sending.pipeline import Connect, utc_now
from paycli.values import dataclass

LIMIT = 10.0
"""Seconds allowed for one host."""


@dataclass(frozen=True)
class Question:
    """One harmless request; ``strict`` says that only a success proves that the right host answered."""

    method: str
    url: str
    strict: bool = False

    @property
    def host(self) -> str:
        """The host and its port, as people know it."""
        return urlsplit(self.url).netloc


@dataclass(frozen=True)
class Reached:
    """What a question brought: an answer or what its failure tells, when, and what to do where that is known."""

    question: Question
    result: Answer | Fault
    at: datetime
    remedy: str | None = None

    @property
    def problem(self) -> str | None:
        """What is wrong, as a sentence without its end; None where the host answers."""
        if isinstance(self.result, Fault):
            return self.result.sentence
        if self.question.strict and not 200 <= self.result.status < 300:  # noqa: PLR2004 the class of success
            return f"{self.question.host} answers, but not as the provider does (HTTP {self.result.status})"
        return None

    @property
    def ahead(self) -> timedelta | None:
        """By how much this machine's clock is ahead of the host's; None where the answer does not tell."""
        try:
            told = parsedate_to_datetime(self.result.headers["date"])  # type: ignore[union-attr]
            return self.at - told.astimezone(UTC)
        except (AttributeError, KeyError, TypeError, ValueError):
            return None


def questions(profile: Profile, provider: Provider) -> list[Question]:
    """Return one question for each host of a profile."""
    found: dict[str, Question] = {}
    for origin in ORIGINS:
        if address := profile.get(origin):
            known = provider.reachable if origin == "base_url" else None
            question = _declared(profile, provider, known) if known else Question("HEAD", address)
            found.setdefault(address, question)
    return list(found.values())


def _declared(profile: Profile, provider: Provider, command: str) -> Question:
    operation = provider.load(command.split(maxsplit=1)[0])[command]
    raw = unsigned(compose(provider, operation, {}, profile.plain), profile, {})
    return Question(raw.method, raw.url, strict=True)


def reach(question: Question, profile: Profile, connect: Connect, now: Callable[[], datetime] = utc_now) -> Reached:
    """Ask a question without credentials, within a time limit, and return what came of it."""
    sent = {"Accept": "application/json"}
    remedy = None
    try:
        result = connect(profile, LIMIT)(question.method, question.url, sent, b"", stream=False, fresh=True)
    except ConfigurationProblem as problem:
        result, remedy = Fault(problem.message.rstrip("."), may_have_left=False), problem.next_step
    if isinstance(result, Flow):  # pragma: no cover nothing is streamed unless that is asked for
        raise TypeError("a stream was not asked for")
    return Reached(question, result, now(), remedy)
