"""Which profiles are searched, and the pipeline with which each is: reads only, no questions, its own time."""

import contextlib
import threading
from collections.abc import Iterable, Mapping, Sequence
from typing import TextIO, cast

from paycli.commands.reporter import ScreenReporter
from paycli.commands.session import Session
from paycli.errors import ConfigurationProblem
from paycli.operations.catalog import PROVIDERS, provider
from paycli.operations.looks import Sought
from paycli.operations.provider import Provider
from paycli.output.screen import Screen
from paycli.profiles.keyring import SharedKeyring
from paycli.profiles.profile import Profile
from paycli.profiles.resolve import SANDBOX, Profiles
from paycli.profiles.secrets import KeyringSecrets, Sources, secrets_of
from paycli.profiles.tokens import Memory
from paycli.sending.finding import Limit, looks_for, operation_of, search
from paycli.sending.pipeline import Pipeline
from paycli.sending.together import Found, Job, Noted, Put, Said
from paycli.values import dataclass, field, replace


@dataclass
class Scope:
    """The profiles that are searched, those that cannot be used and why, and those that hold no such thing.

    ``period`` says that a list is looked through, which goes back only so far.
    """

    profiles: list[Profile] = field(default_factory=list)
    broken: dict[str, ConfigurationProblem] = field(default_factory=dict)
    without: list[str] = field(default_factory=list)
    period: bool = False

    @property
    def names(self) -> list[str]:
        """The names of all of them."""
        return [*(profile.name for profile in self.profiles), *self.broken, *self.without]


def scope_of(profiles: Profiles, named: Sequence[str], providers: Sequence[str], sought: Sought) -> Scope:
    """Return what is searched: all configured profiles, or those that are named; `sandbox` names all built-in ones.

    Raises ConfigurationProblem for a name that cannot be used, and where nothing is left to search.
    """
    scope = Scope()
    for name in dict.fromkeys(_spelt_out(named)) if named else profiles.names():
        try:
            if providers and profiles.provider_of(name).name not in providers:
                continue
            profile = profiles.profile(name)
        except ConfigurationProblem as problem:
            if named:
                raise
            scope.broken[name] = problem
            continue
        if looks := looks_for(provider(profile.provider), sought):
            scope.profiles.append(profile)
            scope.period = scope.period or any(look.period for look in looks)
        else:
            scope.without.append(name)
    if not scope.names:
        which = f" for {', '.join(providers)}" if providers else ""
        raise ConfigurationProblem(
            f"There is no profile{which} to look in.",
            next_step="make one: paycli profiles add NAME; against a local sandbox: paycli find TEXT -p sandbox",
        )
    return scope


def _spelt_out(named: Iterable[str]) -> list[str]:
    local = [f"{SANDBOX}-{known}" for known in PROVIDERS]
    return [one for name in named for one in (local if name == SANDBOX else [name])]


class Relay:
    """Stands for standard error in a thread: hands lines on to the one that may write."""

    def __init__(self, name: str, put: Put) -> None:
        self.name = name
        self.put = put

    def write(self, text: str) -> int:
        """Hand a line on."""
        self.put(Said(self.name, text.rstrip("\n")))
        return len(text)

    def flush(self) -> None:
        """Do nothing: nothing is held back."""

    def isatty(self) -> bool:
        """Return that this is no terminal."""
        return False


class QuietReporter(ScreenReporter):
    """Tells what a search does, to those who want to know; several threads teach one masker."""

    lock = threading.Lock()

    def secrets(self, values: list[str]) -> None:
        """Teach the masker, one thread at a time."""
        with self.lock:
            super().secrets(values)

    def progress(self, sentence: str) -> None:
        """Say what is waited for, with -v."""
        if self.screen.verbosity:
            super().progress(sentence)


class Searches:
    """Makes the search of each profile; what may ask a person, or must happen one by one, is done here before."""

    def __init__(self, session: Session, screen: Screen, sought: Sought) -> None:
        self.session = session
        self.screen = screen
        self.sought = sought
        self.keyring: SharedKeyring | None = None

    def jobs(self, profiles: Iterable[Profile]) -> Mapping[str, Job]:
        """Return the search of each profile by its name."""
        jobs = {profile.name: self._job(profile) for profile in profiles}
        # The network's library is imported once, not by several threads at a time.
        import paycli.sending.client  # noqa: F401

        if self.keyring:
            # From here on nobody waits for a passphrase.
            self.keyring.person = False
        return jobs

    def _job(self, profile: Profile) -> Job:
        declared = provider(profile.provider)
        reporter = QuietReporter(self.screen)
        pipeline = self.session.pipeline(declared, reporter)
        sources = self._sources(pipeline)
        with contextlib.suppress(ConfigurationProblem):
            # Where a token is kept nothing is needed; what is missing then is told by the search.
            found = {name: one.text for name, one in secrets_of(profile, declared, sources).items()}
            reporter.secrets(list(found.values()))
            pipeline.held[profile.name] = found
        _load(declared)

        def job(limit: Limit, put: Put) -> None:
            told = QuietReporter(replace(self.screen, err=cast("TextIO", Relay(profile.name, put))))
            bounded = replace(
                pipeline,
                reporter=told,
                connect=limit.bound(pipeline.connect),
                sources=lambda _declared, _notice: sources,
                clock=limit,
                # A sign-in that hangs holds up nobody else's.
                memory=Memory(),
                reads_only=True,
            )
            for hit in search(bounded, profile, self.sought, lambda sentence: put(Noted(profile.name, sentence))):
                put(Found(profile.name, hit))

        return job

    def _sources(self, pipeline: Pipeline) -> Sources:
        """Return where a profile's secrets come from: nobody is asked for one, and all share one keyring."""
        usual = pipeline.sources(pipeline.provider, self.screen.say)
        if usual.keyring is None:
            return replace(usual, prompt=None)
        self.keyring = self.keyring or SharedKeyring(usual.keyring.keyring)
        return replace(usual, keyring=KeyringSecrets(self.keyring), prompt=None)


def _load(declared: Provider) -> None:
    """Import what a search may need, since imports of several threads at a time may meet."""
    sign_ins = (one for sign_in in declared.sign_ins for one in (sign_in.login, sign_in.refresh) if one)
    for command in (*(look.command for look in declared.looks_of()), *sign_ins):
        operation_of(declared, command)
