"""Where a profile's secrets come from: environment, then keyring, then a prompt on a terminal."""

import os
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from paycli.errors import ConfigurationProblem
from paycli.operations.provider import Provider
from paycli.profiles import environment
from paycli.profiles.keyring import Keyring, KeyringProblem
from paycli.profiles.profile import Profile
from paycli.profiles.stored import Stored, load, refuse_other_hosts
from paycli.values import dataclass


@dataclass(frozen=True)
class Secret:
    """A secret value and where it came from; never shown."""

    text: str
    source: str

    def __repr__(self) -> str:
        return f"Secret(source={self.source!r})"


class SecretSource(Protocol):
    """One place that may hold a profile's secrets."""

    def find(self, profile: Profile, field: str) -> Secret | None:
        """Return the secret, or None when this source has none."""


class EnvironmentSecrets:
    """Secrets from variables."""

    def __init__(self, environ: Mapping[str, str] | None = None) -> None:
        self.environ = os.environ if environ is None else environ

    def find(self, profile: Profile, field: str) -> Secret | None:
        """Return the secret of the profile's variable."""
        given = environment.read(profile.name, field, self.environ)
        return Secret(given.text, f"variable {given.variable}") if given else None


class SandboxSecrets:
    """The public made-up credentials of the built-in sandbox profiles; they open nothing but the sandbox."""

    def __init__(self, declared: Provider) -> None:
        self.made_up = {setting.name: setting.sandbox for setting in declared.settings if setting.secret}

    def find(self, profile: Profile, field: str) -> Secret | None:
        """Return the made-up secret when the profile is a built-in one."""
        text = self.made_up.get(field)
        return Secret(text, "built-in") if profile.built_in and text else None


class KeyringSecrets:
    """Secrets from the keyring, read once; one that cannot be used is noted, and told when something is missing."""

    def __init__(self, keyring: Keyring) -> None:
        self.keyring = keyring
        self.held: dict[str, Stored] = {}
        self.problem: KeyringProblem | None = None

    def find(self, profile: Profile, field: str) -> Secret | None:
        """Return the stored secret; raises ConfigurationProblem when it was stored for other hosts."""
        if profile.built_in:
            return None
        if profile.name not in self.held:
            self.held[profile.name] = self._load(profile)
        text = self.held[profile.name].secrets.get(field)
        return Secret(text, "keyring") if text else None

    def _load(self, profile: Profile) -> Stored:
        try:
            held = load(self.keyring, profile.name)
        except KeyringProblem as problem:
            self.problem = problem
            return Stored()
        if held.secrets:
            refuse_other_hosts(profile, held)
        return held


class PromptedSecrets:
    """Secrets typed at a hidden prompt, for this run only."""

    def __init__(self, ask: Callable[[str], str]) -> None:
        self.ask = ask

    def find(self, profile: Profile, field: str) -> Secret | None:
        """Ask for the secret."""
        text = self.ask(f"{field} of profile {profile.name}: ")
        return Secret(text, "prompt") if text else None


@dataclass(frozen=True)
class Sources:
    """All sources in their order; the later ones are asked only while something that is needed is missing."""

    first: Sequence[SecretSource]
    keyring: KeyringSecrets | None = None
    prompt: PromptedSecrets | None = None


def secrets_of(
    profile: Profile,
    declared: Provider,
    sources: Sources,
    only: frozenset[str] | None = None,
    demanded: frozenset[str] = frozenset(),
) -> dict[str, Secret]:
    """Return the profile's secrets by field, all or ``only`` some; some may be ``demanded`` though not always needed.

    Raises ConfigurationProblem when one that is needed is nowhere.
    """
    wanted = [setting for setting in declared.settings if setting.secret and (only is None or setting.name in only)]
    found: dict[str, Secret] = {}

    def missing() -> list[str]:
        needed = (setting.name for setting in wanted if setting.needed or setting.name in demanded)
        return [name for name in needed if name not in found]

    def ask(source: SecretSource, fields: Sequence[str]) -> None:
        for field in fields:
            if field not in found and (secret := source.find(profile, field)):
                found[field] = secret

    for source in sources.first:
        ask(source, [setting.name for setting in wanted])
    if sources.keyring and missing():
        ask(sources.keyring, [setting.name for setting in wanted])
    if sources.prompt and missing():
        ask(sources.prompt, missing())
    if absent := missing():
        raise _nowhere(profile, absent, sources.keyring.problem if sources.keyring else None)
    return found


def _nowhere(profile: Profile, absent: list[str], problem: KeyringProblem | None) -> ConfigurationProblem:
    variables = ", ".join(profile.variable(field) for field in absent)
    if problem:
        why, remedy = f" {problem.message}", f"set {variables} (or the same with _FILE, naming a file that holds it)"
    else:
        why, remedy = "", f"store them: paycli secrets set {profile.name}; or set {variables}"
    return ConfigurationProblem(f"Profile {profile.name} has no {', '.join(absent)}.{why}", next_step=remedy)


def require_plain(profile: Profile, declared: Provider) -> None:
    """Raise ConfigurationProblem when the host, or a plain field that every request needs, is missing."""
    require_host(profile, declared)
    for setting in declared.settings:
        if setting.needed and not setting.secret and not profile.get(setting.name):
            raise ConfigurationProblem(
                f"Profile {profile.name} has no {setting.name}.",
                next_step=f"add {setting.name}: to the profile, or set the variable {profile.variable(setting.name)}",
            )


def require_host(profile: Profile, declared: Provider) -> None:
    """Raise ConfigurationProblem when neither the profile nor the provider's document names the host."""
    if not profile.get("base_url"):
        raise ConfigurationProblem(
            f"Profile {profile.name} has no base_url, and {declared.title} documents none.",
            next_step=f"add base_url: to the profile, or set the variable {profile.variable('base_url')}",
        )
