"""Whether the keyring works, and whether each profile has the secrets that it needs; none is ever shown."""

import os
import secrets
import stat
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from paycli.checkup.note import FINDING, NOTE, OK, Note, Notes, told
from paycli.errors import ConfigurationProblem
from paycli.operations.catalog import provider
from paycli.profiles.environment import variable
from paycli.profiles.keyring import Keyring, KeyringProblem
from paycli.profiles.profile import Profile
from paycli.profiles.secrets import EnvironmentSecrets, KeyringSecrets, SandboxSecrets, SecretSource

CHECK = "secrets"
HEADLESS = (
    "on a machine without a desktop set the secrets as variables, PAYCLI_<PROFILE>_<FIELD>, or the same with _FILE "
    "naming a file that only you may read"
)


def hidden(keyring: Keyring, found: Sequence[Profile], environ: Mapping[str, str]) -> Notes:
    """Yield how the keyring stands, and what each profile has and lacks. An unusable one is not asked again."""
    wanting = [profile for profile in found if _lacks_variables(profile, environ)]
    problem = tried(keyring)
    yield _of_keyring(keyring, problem, wanting)
    for profile in found:
        stored = [] if problem else [KeyringSecrets(keyring)]
        yield from _of_profile(profile, [*_given(profile, environ), *stored], environ)


def tried(keyring: Keyring) -> KeyringProblem | None:
    """Write a throwaway entry, read it and delete it, each within its time; return what went wrong."""
    user, text = f"doctor/{secrets.token_hex(4)}", secrets.token_hex(16)
    try:
        keyring.set(user, text)
        came = keyring.get(user)
        keyring.delete(user)
        left = keyring.get(user)
    except KeyringProblem as problem:
        return problem
    if came != text:
        return KeyringProblem("The keyring does not give back what was stored in it.")
    return KeyringProblem(f"The keyring keeps what was deleted: the entry {user} of paycli.") if left else None


def _of_keyring(keyring: Keyring, problem: KeyringProblem | None, wanting: Sequence[Profile]) -> Note:
    if problem is None:
        return Note("keyring", _short(keyring.name()), OK, "an entry was written, read and deleted")
    if wanting:
        names = ", ".join(profile.name for profile in wanting)
        return Note("keyring", "backend", FINDING, f"{problem.message} Needed for: {names}.", HEADLESS)
    return Note("keyring", "backend", NOTE, f"{problem.message} No profile here needs it.", HEADLESS)


def _short(name: str) -> str:
    return name.removeprefix("keyring.backends.")


def _lacks_variables(profile: Profile, environ: Mapping[str, str]) -> bool:
    try:
        return any(
            not any(source.find(profile, field) for source in _given(profile, environ)) for field in _needed(profile)
        )
    except ConfigurationProblem:
        # A variable is there, and what is wrong with it is told with the secrets.
        return False


def _given(profile: Profile, environ: Mapping[str, str]) -> list[SecretSource]:
    return [EnvironmentSecrets(environ), SandboxSecrets(provider(profile.provider))]


def _needed(profile: Profile) -> list[str]:
    return [setting.name for setting in provider(profile.provider).settings if setting.secret and setting.needed]


def _of_profile(profile: Profile, sources: Sequence[SecretSource], environ: Mapping[str, str]) -> Notes:
    declared = provider(profile.provider)
    try:
        places = {field: _places(profile, field, sources) for field in sorted(declared.secrets)}
    except ConfigurationProblem as problem:
        yield told(CHECK, profile.name, problem)
        return
    yield _held(profile, places, unusable=not any(isinstance(source, KeyringSecrets) for source in sources))
    for field, found in places.items():
        if len(found) > 1:
            name = found[0].removeprefix("variable ")
            yield Note(CHECK, profile.name, NOTE, f"{name} wins over the {field} in the keyring", f"unset {name}")
        yield from _readable_by_others(profile, field, environ)


def _places(profile: Profile, field: str, sources: Sequence[SecretSource]) -> list[str]:
    return [secret.source for source in sources if (secret := source.find(profile, field))]


def _held(profile: Profile, places: Mapping[str, Sequence[str]], *, unusable: bool) -> Note:
    absent = [field for field in _needed(profile) if not places[field]]
    if absent:
        names = ", ".join(profile.variable(field) for field in absent)
        remedy = f"set {names}" if unusable else f"paycli secrets set {profile.name}; or set {names}"
        return Note(CHECK, profile.name, FINDING, f"lacks {', '.join(absent)}", remedy)
    held = [f"{field} ({found[0].split()[0]})" for field, found in places.items() if found]
    return Note(CHECK, profile.name, OK, ", ".join(held) or "needs none")


def _readable_by_others(profile: Profile, field: str, environ: Mapping[str, str]) -> Iterator[Note]:
    name = f"{variable(profile.name, field)}_FILE"
    if os.name != "posix" or not environ.get(name):
        return
    mode = stat.S_IMODE(Path(environ[name]).stat().st_mode)
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        told = f"the file that {name} names can be read by others (mode {mode:04o})"
        yield Note(CHECK, profile.name, NOTE, told, f'chmod 600 "${name}"')
