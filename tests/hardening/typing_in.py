"""What is typed for a canary: a declared command with its samples, in which every secret is a marker."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache

from paycli.operations.operation import Operation
from paycli.operations.params import Hidden, Part
from paycli.operations.provider import Provider
from paycli.operations.signature import parameters
from paycli.profiles.environment import variable_prefix
from tests.hardening.markers import (
    Marker,
    card_marker,
    code_marker,
    long_marker,
    plain_marker,
    short_marker,
)
from tests.simulation.typed import wish

PROFILE = "c"
MADE_UP = "bWFkZSB1cA=="
CVV_FIELDS = ("cvv", "card_cvv", "cvc", "cvv2")


@dataclass
class Typed:
    """A command as it is typed, what stands on standard input, and the markers in both and in the profile."""

    words: list[str]
    stdin: str = ""
    variables: dict[str, str] = field(default_factory=dict)
    planted: list[Marker] = field(default_factory=list)
    samples: dict[str, str] = field(default_factory=dict)

    def plant(self, marker: Marker, sample: str | None) -> Marker:
        """Note a marker, and what the sandbox knows in its stead."""
        self.planted.append(marker)
        if sample is not None:
            self.samples[marker.text] = sample
        return marker


def profile_of(declared: Provider, run: str, profile: str = PROFILE) -> Typed:
    """Return the variables of a profile whose every secret is a marker of this run."""
    typed = Typed([])
    prefix = variable_prefix(profile)
    address = f"http://127.0.0.1:8700/{declared.name}"
    typed.variables |= {f"{prefix}PROVIDER": declared.name, f"{prefix}ENVIRONMENT": "test"}
    typed.variables |= {f"{prefix}BASE_URL": address, f"{prefix}LATE_ARRIVAL": "2s"}
    for setting in declared.settings:
        if setting.secret:
            marker = typed.plant(_secret(f"{run} {setting.name}", setting.name), setting.sandbox)
            typed.variables[f"{prefix}{setting.name.upper()}"] = marker.text
        elif setting.sandbox:
            typed.variables[f"{prefix}{setting.name.upper()}"] = setting.sandbox
    return typed


def _secret(name: str, field_name: str) -> Marker:
    if field_name == "portal_cookie":
        return long_marker(name, before="TeraPay.Portal=", special="'+/=&<%#")
    if "password" in field_name:
        return long_marker(name, special="'+/=&<\"\\%# é")
    return long_marker(name)


def typed_for(operation: Operation, declared: Provider, run: str) -> Typed:
    """Return the command of the declaration's samples, with markers for all that is hidden."""
    typed = profile_of(declared, run)
    words = list(wish(operation, 1, 0).words)
    for marker in (parameter.marker for parameter in parameters(operation.fields)):
        if not isinstance(marker, Hidden):
            continue
        if marker.switch in words:
            typed.stdin = _standard_input(typed, marker, run)
        elif f"--{marker.name.replace('_', '-')}" in words:
            made = typed.plant(_part(marker.parts[0], f"{run} {marker.name} typed"), marker.parts[0].sample)
            words = [made.text if word == marker.parts[0].sample else word for word in words]
    typed.words = [*operation.name.split(), *words, "-p", PROFILE]
    return typed


def _standard_input(typed: Typed, marker: Hidden, run: str) -> str:
    values = {}
    for part in marker.parts:
        if part.name in {"exp_month", "exp_year", "type", "eci"}:
            values[part.name] = part.sample
        else:
            made = typed.plant(_part(part, f"{run} {marker.name} {part.name}"), part.sample)
            values[part.name] = made.text
    return json.dumps(values) if marker.json else f"{next(iter(values.values()))}\n"


def _part(part: Part, name: str) -> Marker:
    """Return a marker that the part takes."""
    for make in _makers(part):
        marker = make(name)
        try:
            part.parse(marker.text)
        except ValueError:
            continue
        return marker
    raise ValueError(f"no marker for {name}")


def _makers(part: Part) -> Iterator[Callable[[str], Marker]]:
    if part.name.endswith("number"):
        yield card_marker
    elif part.name == "cvv":
        yield lambda name: code_marker(name, *CVV_FIELDS)
    elif part.name == "otp":
        yield short_marker
    elif MADE_UP in part.sample:
        yield lambda name: _within(part.sample, plain_marker(name))
    yield lambda name: long_marker(name, special="'+/=&<\"\\%# é")


def _within(sample: str, marker: Marker) -> Marker:
    return Marker(marker.name, sample.replace(MADE_UP, marker.text, 1), marker.pieces)


@cache
def is_hidden(operation: Operation) -> bool:
    """Return whether a command takes what is never typed."""
    return any(isinstance(parameter.marker, Hidden) for parameter in parameters(operation.fields))
