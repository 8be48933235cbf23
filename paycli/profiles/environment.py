"""Profile fields from the environment: ``PAYCLI_<PROFILE>_<FIELD>``, or ``…_FILE`` naming a file that holds it."""

import os
from collections.abc import Mapping
from pathlib import Path

from paycli.errors import ConfigurationProblem
from paycli.values import dataclass

_PREFIX, _SUFFIX = "PAYCLI_", "_PROVIDER"
LONGEST_VALUE = 65536


@dataclass(frozen=True)
class FromEnvironment:
    """A value and the variable that gave it."""

    text: str
    variable: str


def variable_prefix(profile: str) -> str:
    """Return the beginning of the variables of a profile: upper case, with ``-`` and ``.`` as ``_``."""
    return _PREFIX + profile.upper().replace("-", "_").replace(".", "_") + "_"


def variable(profile: str, field: str) -> str:
    """Return the variable that sets a field of a profile; a nested one, such as ``timeout.read``, ends TIMEOUT_READ."""
    return variable_prefix(profile) + field.upper().replace(".", "_")


def read(profile: str, field: str, environ: Mapping[str, str] | None = None) -> FromEnvironment | None:
    """Return the field's value from the environment; an empty variable counts as not set.

    Raises ConfigurationProblem for a ``…_FILE`` variable whose file cannot be read.
    """
    environ = os.environ if environ is None else environ
    name = variable(profile, field)
    if direct := environ.get(name):
        return FromEnvironment(direct, name)
    if path := environ.get(f"{name}_FILE"):
        return FromEnvironment(_content(path, f"{name}_FILE"), f"{name}_FILE")
    return None


def _content(path: str, name: str) -> str:
    try:
        raw = Path(path).read_bytes()
        if len(raw) > LONGEST_VALUE:
            raise ConfigurationProblem(f"The file that {name} names is too large for one value.")
        text = raw.decode().removesuffix("\n").removesuffix("\r")
    except OSError as problem:
        raise ConfigurationProblem(f"The file that {name} names cannot be read: {problem.strerror}.") from None
    except UnicodeDecodeError:
        raise ConfigurationProblem(f"The file that {name} names is not UTF-8 text.") from None
    if not text:
        raise ConfigurationProblem(f"The file that {name} names is empty.")
    return text


def named_profiles(environ: Mapping[str, str] | None = None) -> list[str]:
    """Return the names of the profiles that the environment alone defines, by a ``PAYCLI_<PROFILE>_PROVIDER``."""
    environ = os.environ if environ is None else environ
    return sorted(
        name.removeprefix(_PREFIX).removesuffix(_SUFFIX).lower().replace("_", "-")
        for name, value in environ.items()
        if name.startswith(_PREFIX) and name.endswith(_SUFFIX) and len(name) > len(_PREFIX + _SUFFIX) and value
    )
