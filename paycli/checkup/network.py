"""Whether the hosts answer, through which proxy, and whether this machine's clock agrees with theirs."""

import os
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from urllib.parse import urlsplit

from paycli.checkup.note import FINDING, NOTE, OK, Note, Notes, told
from paycli.errors import ConfigurationProblem
from paycli.operations.catalog import provider
from paycli.operations.outcome import Answer
from paycli.operations.provider import Provider
from paycli.profiles.profile import Profile
from paycli.profiles.settings import is_loopback
from paycli.sending.pipeline import Connect
from paycli.sending.proxy import proxy_for
from paycli.sending.reach import LIMIT, Question, Reached, questions, reach
from paycli.values import dataclass, field

SPARE = 2.0
"""Seconds beyond a host's own limit, for the name service, which has none of ours."""

SKEW = timedelta(seconds=30)
"""A Date has whole seconds, and an answer may take some."""

REPORT = "this is a defect of paycli: please report it"
UNREAD = ("HTTP_PROXY", "ALL_PROXY", "http_proxy", "all_proxy")


Connects = Callable[[Provider], Connect]
"""How a provider is reached."""


@dataclass
class Errand:
    """One host of one or more profiles, asked in a thread of its own."""

    question: Question
    profile: Profile
    of: list[str]
    reached: Reached | None = None
    wrong: Exception | None = field(default=None, repr=False)

    def run(self, connect: Connects) -> None:
        """Ask; what goes wrong in a way that nobody expected is kept."""
        try:
            self.reached = reach(self.question, self.profile, connect(provider(self.profile.provider)))
        except Exception as problem:  # noqa: BLE001 it is told as a finding, without its text
            self.wrong = problem


def errands(found: Sequence[Profile]) -> list[Errand]:
    """Return one errand for each host and way to it; profiles that share them share the errand."""
    made: dict[tuple[str, ...], Errand] = {}
    for profile in found:
        for question in questions(profile, provider(profile.provider)):
            way = (question.method, question.url, profile.get("proxy"), profile.get("ca_bundle"))
            errand = made.setdefault(way, Errand(question, profile, []))
            errand.of.append(profile.name)
    return list(made.values())


def run(asked: Sequence[Errand], connect: Connects, limit: float = LIMIT + SPARE) -> None:
    """Ask all at once and wait for all together; one that does not come back is left behind."""
    until = time.monotonic() + limit
    threads = [threading.Thread(target=errand.run, args=(connect,), daemon=True) for errand in asked]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(max(until - time.monotonic(), 0))


def network(asked: Sequence[Errand]) -> Notes:
    """Yield whether each host answers, with the profiles that it is of."""
    for errand in asked:
        yield _of_host(errand)


def _of_host(errand: Errand) -> Note:
    subject, of = errand.question.host, ", ".join(errand.of)
    if errand.wrong:
        return Note("network", subject, FINDING, f"cannot be asked ({type(errand.wrong).__name__}): {of}", REPORT)
    if errand.reached is None:
        return Note("network", subject, FINDING, f"no answer within {LIMIT:g} s: {of}", _remedy(errand, ""))
    if problem := errand.reached.problem:
        return Note(
            "network", subject, FINDING, f"{problem.removeprefix(f'{subject} ')}: {of}", _remedy(errand, problem)
        )
    answer = errand.reached.result
    took = f" in {answer.seconds:.2f} s" if isinstance(answer, Answer) else ""
    return Note("network", subject, OK, f"answers{took}: {of}")


def _remedy(errand: Errand, problem: str) -> str:
    name = errand.of[0]
    if "secure connection" in problem:
        return f"TLS 1.2 or newer is not spoken there; is that the host and the port? paycli profiles show {name}"
    if "certificate" in problem:
        return (
            "is that the host? Where a company's proxy opens TLS, name its authority: "
            f"paycli profiles set {name} ca_bundle FILE.pem"
        )
    if isinstance(errand.reached, Reached) and errand.reached.remedy:
        return errand.reached.remedy
    if errand.profile.get("proxy") and _proxy(errand):
        return f"look at its proxy: paycli profiles show {name}"
    if proxy := _proxy(errand):
        return f"look at the proxy {_shown(proxy)}; where it is not needed: NO_PROXY={errand.question.host}"
    if errand.reached and isinstance(errand.reached.result, Answer):
        return f"look at base_url: paycli profiles show {name}"
    if errand.profile.built_in:
        return "paycli sandbox serve"
    return f"look at the host, and whether a firewall or VPN is between: paycli profiles show {name}"


def proxies(asked: Sequence[Errand], environ: Mapping[str, str]) -> Notes:
    """Yield the proxy of each host, without its password, and a note of variables that look like one."""
    try:
        used = {errand.question.host: errand for errand in asked if _proxy(errand)}
    except ConfigurationProblem as problem:
        yield told("proxies", "HTTPS_PROXY", problem)
        return
    for host, errand in used.items():
        yield Note("proxies", host, OK, f"through {_shown(_proxy(errand) or '')} ({_source(errand)})")
    if asked and not used:
        yield Note("proxies", "every host", OK, "is asked directly")
    for name in UNREAD:
        if environ.get(name) and not (environ.get("HTTPS_PROXY") or environ.get("https_proxy")):
            remedy = "set HTTPS_PROXY, or the profile's proxy, if it is meant for paycli"
            yield Note("proxies", name, NOTE, "is not read: every provider is asked over https", remedy)


def _proxy(errand: Errand) -> str | None:
    """Return the proxy on the way to a host. Raises ConfigurationProblem where the variable names an unusable one."""
    return proxy_for(errand.question.url, errand.profile.get("proxy") or None)


def _source(errand: Errand) -> str:
    if errand.profile.get("proxy"):
        return f"proxy of {errand.of[0]}"
    return "HTTPS_PROXY" if os.environ.get("HTTPS_PROXY") else "https_proxy"


def _shown(proxy: str) -> str:
    """Return a proxy's address without what stands before the @, which would be a user and a password."""
    return urlsplit(proxy).netloc.rpartition("@")[2]


def clock(asked: Sequence[Errand]) -> Notes:
    """Yield how far this machine's clock is from those of the hosts; the nearest counts, since theirs may be wrong."""
    ahead = {
        errand.question.host: found
        for errand in asked
        # A server on this machine goes by the same clock.
        if not is_loopback(errand.question.host) and errand.reached and (found := errand.reached.ahead) is not None
    }
    if not ahead:
        yield Note("clock", "this machine", NOTE, "not compared: no other host told the time")
        return
    host, skew = min(ahead.items(), key=lambda item: abs(item[1]))
    if abs(skew) <= SKEW:
        yield Note("clock", "this machine", OK, f"agrees with {host}")
        return
    way = "ahead of" if skew > timedelta(0) else "behind"
    yield Note(
        "clock",
        "this machine",
        FINDING,
        f"is {_span(skew)} {way} {host}. No provider's signature holds the time, but periods (--from -1h), the day of "
        "a limit, the 24 hours of the guard and the life of a token are counted by this clock.",
        "set the clock by the network: timedatectl set-ntp true",
    )


def _span(skew: timedelta) -> str:
    seconds = round(abs(skew.total_seconds()))
    return str(timedelta(seconds=seconds)) if seconds >= 120 else f"{seconds} s"  # noqa: PLR2004 two minutes
