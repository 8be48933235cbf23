"""Whether profiles.yaml can be read, and each profile used."""

import contextlib
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from paycli.checkup.note import FINDING, NOTE, OK, Note, Notes, told
from paycli.errors import ConfigurationProblem, PaycliError
from paycli.operations.catalog import PROVIDERS, provider
from paycli.profiles.file import Written
from paycli.profiles.places import profiles_file
from paycli.profiles.profile import Profile
from paycli.profiles.resolve import Profiles
from paycli.profiles.secrets import require_plain

CHECK = "profiles"


def accounts(profiles: Profiles, named: str | None) -> tuple[list[Profile], list[Note]]:
    """Return the profiles that can be read, and what is to say of all of them."""
    found: list[Profile] = []
    notes: list[Note] = []
    for name in [named] if named else profiles.names():
        try:
            profile = profiles.profile(name)
        except ConfigurationProblem as problem:
            notes.append(told(CHECK, name, problem))
            continue
        found.append(profile)
        notes += _of(profile)
    if not (found or notes):
        notes.append(_nobody(profiles.file.path))
    return found, notes if named else [*notes, *_defaults(profiles), *_chosen(profiles)]


def unreadable(problem: PaycliError) -> Note:
    """Return the finding that profiles.yaml cannot be read."""
    return told(CHECK, str(profiles_file()), problem)


def _of(profile: Profile) -> Notes:
    try:
        require_plain(profile, provider(profile.provider))
    except ConfigurationProblem as problem:
        yield told(CHECK, profile.name, problem)
        return
    if profile.live and profile.may_write:
        yield Note(
            CHECK,
            profile.name,
            NOTE,
            f"{profile.provider}, live with access: write: it can move real money",
            f"if it should only look: paycli profiles set {profile.name} access read",
        )
        return
    kind, access = profile.get("environment", "live"), "write" if profile.may_write else "only read"
    yield Note(CHECK, profile.name, OK, f"{profile.provider}, {kind}, may {access}")


def _nobody(path: Path) -> Note:
    return Note(
        CHECK, str(path), NOTE, "no profile yet", "paycli profiles add NAME; to try one without an account: paycli demo"
    )


def _defaults(profiles: Profiles) -> Notes:
    for name, written in profiles.file.defaults.items():
        if problem := _wrong_default(profiles, name, written):
            fitting = "|".join(_of_provider(profiles, name))
            remedy = f"paycli profiles use {fitting}" if fitting else "correct it there"
            yield Note(CHECK, "defaults", FINDING, f"{profiles.file.path.name}, line {written.line}: {problem}", remedy)


def _wrong_default(profiles: Profiles, name: str, written: Written) -> str | None:
    if name not in PROVIDERS:
        return f"{name} is no provider; there are {', '.join(PROVIDERS)}"
    try:
        of = profiles.provider_of(written.text).name if written.text in _known(profiles) else None
    except ConfigurationProblem:
        # The profile's own mistake is told with the profile.
        return None
    if of is None:
        return f"{name} names a profile that is not there"
    return f"{name} names a profile that is for {of}" if of != name else None


def _of_provider(profiles: Profiles, name: str) -> Iterator[str]:
    for one in profiles.names():
        with contextlib.suppress(ConfigurationProblem):
            if profiles.provider_of(one).name == name:
                yield one


def _known(profiles: Profiles) -> Sequence[str]:
    return [*profiles.names(), *(f"sandbox-{name}" for name in PROVIDERS)]


def _chosen(profiles: Profiles) -> Notes:
    name = os.environ.get("PAYCLI_PROFILE")
    if not name:
        return
    if name not in _known(profiles):
        yield Note(
            CHECK,
            "PAYCLI_PROFILE",
            FINDING,
            "names a profile that is not there",
            f"unset PAYCLI_PROFILE, or name one of: {', '.join(_known(profiles))}",
        )
