"""What the environment decides: variables that win over the file, and those that nothing reads."""

import difflib
from collections.abc import Iterator, Mapping, Sequence

from paycli.checkup.note import FINDING, NOTE, OK, Note, Notes
from paycli.operations.catalog import PROVIDERS, provider
from paycli.output.screen import FORMATS
from paycli.profiles.environment import variable, variable_prefix
from paycli.profiles.profile import Profile
from paycli.profiles.resolve import SANDBOX, Profiles
from paycli.profiles.settings import COMMON, NESTED

CHECK = "variables"
READ = {
    "PAYCLI_PROFILE": "is the profile wherever -p is not typed, before `defaults` in profiles.yaml",
    "PAYCLI_OUTPUT": "is the output form wherever -o is not typed",
    "PAYCLI_CONFIG_DIR": "says where profiles.yaml lies",
    "PAYCLI_STATE_DIR": "says where the journal lies",
    "PAYCLI_SANDBOX_URL": "says where the sandbox profiles lead",
}
FROM_FILE = "_FILE"
LIKE = 0.88


def variables(environ: Mapping[str, str], profiles: Profiles | None, found: Sequence[Profile]) -> Notes:
    """Yield what the environment shadows, what it sets for every command, and what it means to set in vain."""
    given = sorted(name for name, text in environ.items() if name.startswith("PAYCLI_") and text)
    yield from _shadowed(found)
    yield from _twice(given)
    yield from (_of_all(name, environ[name]) for name in given if name in READ)
    if profiles:
        known = set(_readable(profiles))
        prefixes = [variable_prefix(name) for name in profiles.names()]
        yield from (_unread(name, known, prefixes) for name in given if name not in known and name not in READ)
    if not given:
        yield Note(CHECK, "PAYCLI_*", OK, "none is set")


def _shadowed(found: Sequence[Profile]) -> Notes:
    for profile in found:
        for field, value in profile.values.items():
            hidden = [source for source in value.shadows if source != "built-in"]
            if hidden and value.source.startswith("variable "):
                name = value.source.removeprefix("variable ")
                yield Note(
                    CHECK, name, NOTE, f"wins over {', '.join(hidden)}: {field} of {profile.name}", f"unset {name}"
                )


def _twice(given: Sequence[str]) -> Notes:
    for name in given:
        if f"{name}{FROM_FILE}" in given:
            yield Note(CHECK, name, NOTE, f"wins over {name}{FROM_FILE}", "unset one of the two")


def _of_all(name: str, text: str) -> Note:
    if name == "PAYCLI_OUTPUT" and text not in FORMATS:
        return Note(CHECK, name, FINDING, "names no output form", f"use one of {', '.join(FORMATS)}")
    return Note(CHECK, name, NOTE if name == "PAYCLI_PROFILE" else OK, READ[name])


def _readable(profiles: Profiles) -> Iterator[str]:
    """Yield every variable that is read for a profile that there is, whatever else may be wrong with it."""
    for name in (*profiles.names(), *(f"{SANDBOX}-{one}" for one in PROVIDERS)):
        for field in _fields(profiles, name):
            yield variable(name, field)
            yield f"{variable(name, field)}{FROM_FILE}"


def _fields(profiles: Profiles, name: str) -> Iterator[str]:
    from paycli.errors import ConfigurationProblem

    try:
        of = [profiles.provider_of(name)]
    except ConfigurationProblem:
        of = [provider(one) for one in PROVIDERS]
    yield from (setting.name for setting in (*COMMON, *NESTED.values()))
    yield from (setting.name for one in of for setting in one.settings)


def _unread(name: str, known: set[str], prefixes: Sequence[str]) -> Note:
    close = difflib.get_close_matches(name, sorted({*known, *READ}), 1, cutoff=LIKE)
    of_profile = any(name.startswith(prefix) for prefix in prefixes)
    why = "the profile has no such field" if of_profile else "no profile has such variables"
    remedy = f"did you mean {close[0]}?" if close else f"unset {name}; see: paycli help environment"
    return Note(CHECK, name, FINDING, f"nothing reads it: {why}", remedy)
