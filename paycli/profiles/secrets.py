"""Where a profile's secrets come from: each source in turn, asked for one field."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from paycli.errors import ConfigurationProblem
from paycli.operations.provider import Provider
from paycli.profiles import environment
from paycli.profiles.profile import Profile


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


def secrets_of(profile: Profile, declared: Provider, sources: Iterable[SecretSource]) -> dict[str, Secret]:
    """Return the profile's secrets by field; raises ConfigurationProblem when one that is needed is nowhere."""
    sources = list(sources)
    found: dict[str, Secret] = {}
    for setting in declared.settings:
        if not setting.secret:
            continue
        secret = next((hit for source in sources if (hit := source.find(profile, setting.name))), None)
        if secret:
            found[setting.name] = secret
        elif setting.needed:
            raise ConfigurationProblem(
                f"Profile {profile.name} has no {setting.name}.",
                next_step=f"set the variable {profile.variable(setting.name)}",
            )
    return found


def require_plain(profile: Profile, declared: Provider) -> None:
    """Raise ConfigurationProblem when a plain field that every request needs is missing."""
    for setting in declared.settings:
        if setting.needed and not setting.secret and not profile.get(setting.name):
            raise ConfigurationProblem(
                f"Profile {profile.name} has no {setting.name}.",
                next_step=f"add {setting.name}: to the profile, or set the variable {profile.variable(setting.name)}",
            )
