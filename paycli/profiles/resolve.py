"""Choose a profile and put its values together: environment over file over defaults."""

import difflib
import os
from collections.abc import Mapping
from typing import Any

from paycli.errors import ConfigurationProblem, UsageProblem
from paycli.operations.catalog import PROVIDERS, provider
from paycli.operations.operation import Effect
from paycli.operations.provider import Provider, Setting
from paycli.operations.routes import FIELD, check_routes
from paycli.patterns import pattern
from paycli.profiles import environment
from paycli.profiles.file import ProfilesFile, Written, read_profiles
from paycli.profiles.places import profiles_file
from paycli.profiles.profile import Profile, Value
from paycli.profiles.settings import COMMON, NESTED, check, find, host

NAME = pattern(r"[a-z0-9][a-z0-9.-]*")
SANDBOX = "sandbox"
STAND_IN = "ci"
SANDBOX_HOST = "http://127.0.0.1:8700"


class Profiles:
    """All profiles of this machine: the file's, those of the environment alone, and the built-in sandbox ones."""

    def __init__(self, file: ProfilesFile | None = None, environ: Mapping[str, str] | None = None) -> None:
        self.environ = os.environ if environ is None else environ
        self.file = file or read_profiles(profiles_file())
        self._check_names()

    def names(self) -> list[str]:
        """Return the names of the profiles that count; built-in ones do not."""
        taken = {environment.variable_prefix(name) for name in self.file.profiles}
        alone = [
            name
            for name in environment.named_profiles(self.environ)
            if environment.variable_prefix(name) not in taken
            and not self._built_in(name)
            and NAME.fullmatch(name)
            and name != SANDBOX
        ]
        return [*self.file.profiles, *alone]

    def choose(self, provider_name: str, named: str | None = None) -> Profile:
        """Return the profile that a command of a provider runs under. Raises ConfigurationProblem."""
        if named == "":
            raise UsageProblem("--profile names nothing.", next_step="leave it out, or name a profile")
        if named == SANDBOX:
            named = f"{SANDBOX}-{provider_name}"
        name = named or self.environ.get("PAYCLI_PROFILE") or self._default(provider_name) or self._only(provider_name)
        found = self.profile(name)
        if found.provider != provider_name:
            source = "--profile" if named else "PAYCLI_PROFILE"
            if not named and not self.environ.get("PAYCLI_PROFILE"):
                source = f"defaults in {self.file.path}"
            raise ConfigurationProblem(
                f"Profile {name} ({source}) is for {found.provider}, not for {provider_name}.",
                next_step=f"name one with -p; {self._choices(provider_name)}",
            )
        return found

    def rehearsal(self, provider_name: str, named: str | None = None) -> Profile:
        """Return the profile to rehearse with: the chosen one, or an empty one where there is none to choose."""
        if named or self.environ.get("PAYCLI_PROFILE") or self.file.defaults.get(provider_name):
            return self.choose(provider_name, named)
        if self._of_provider(provider_name):
            return self.choose(provider_name)
        declared = provider(provider_name)
        values = _Builder(STAND_IN, declared, {}, self.file, {}).values()
        return Profile(STAND_IN, provider_name, values)

    def profile(self, name: str) -> Profile:
        """Return the profile of that name. Raises ConfigurationProblem."""
        if name == SANDBOX:
            raise ConfigurationProblem(
                f"{SANDBOX} is short for a built-in profile inside a provider's commands; here say its whole name.",
                next_step=f"one of: {', '.join(f'{SANDBOX}-{known}' for known in PROVIDERS)}",
            )
        if name not in self.names() and not self._built_in(name):
            close = difflib.get_close_matches(name, [*self.names(), *(f"{SANDBOX}-{known}" for known in PROVIDERS)], 1)
            raise ConfigurationProblem(
                f"There is no profile {name!r}.",
                next_step=f"did you mean {close[0]}?" if close else "see: paycli profiles list",
            )
        return self._build(name)

    def _build(self, name: str) -> Profile:
        written = self.file.profiles.get(name, {})
        declared = self._provider_of(name, written)
        builder = _Builder(name, declared, written, self.file, self.environ)
        return Profile(name, declared.name, builder.values(), built_in=self._built_in(name))

    def _provider_of(self, name: str, written: Mapping[str, Written]) -> Provider:
        line = written["provider"].line if "provider" in written else None
        text = written["provider"].text if "provider" in written else ""
        if given := environment.read(name, "provider", self.environ):
            text, line = given.text, None
        elif self._built_in(name):
            text = name.removeprefix(f"{SANDBOX}-")
        where = f" ({self.file.path}, line {line})" if line else ""
        if not text:
            raise ConfigurationProblem(
                f"Profile {name} in {self.file.path} does not say which provider it is for.",
                next_step=f"add provider: {' | '.join(PROVIDERS)}",
            )
        if text not in PROVIDERS:
            raise ConfigurationProblem(
                f"Profile {name}{where} names a provider that paycli does not know.",
                next_step=f"the providers are: {', '.join(PROVIDERS)}",
            )
        return provider(text)

    def _built_in(self, name: str) -> bool:
        return name.startswith(f"{SANDBOX}-") and name.removeprefix(f"{SANDBOX}-") in PROVIDERS

    def _default(self, provider_name: str) -> str | None:
        written = self.file.defaults.get(provider_name)
        if written and written.text not in self.names() and not self._built_in(written.text):
            raise self.file.problem(written.line, f"defaults: {provider_name} names a profile that is not there.")
        return written.text if written else None

    def _of_provider(self, provider_name: str) -> list[str]:
        return [name for name in self.names() if self._is_of(name, provider_name)]

    def _is_of(self, name: str, provider_name: str) -> bool:
        try:
            return self.provider_of(name).name == provider_name
        except ConfigurationProblem:
            # Another profile's mistake is told when that profile is used.
            return False

    def provider_of(self, name: str) -> Provider:
        """Return the provider of a profile, whatever else of it may be wrong. Raises ConfigurationProblem."""
        return self._provider_of(name, self.file.profiles.get(name, {}))

    def _only(self, provider_name: str) -> str:
        found = self._of_provider(provider_name)
        if len(found) == 1:
            return found[0]
        if not found:
            for name in self.names():
                # One that does not say its provider may be the one that was meant.
                self.provider_of(name)
        problem = f"{len(found)} profiles are for {provider_name}" if found else f"No profile is for {provider_name}"
        raise ConfigurationProblem(
            f"{problem}, and none was named.", next_step=f"name one with -p; {self._choices(provider_name)}"
        )

    def _choices(self, provider_name: str) -> str:
        found = [*self._of_provider(provider_name), f"{SANDBOX} (a local server: paycli sandbox serve)"]
        return "there is: " + ", ".join(found)

    def _check_names(self) -> None:
        prefixes: dict[str, str] = {}
        for name in self.file.profiles:
            if not NAME.fullmatch(name):
                raise ConfigurationProblem(
                    f"{self.file.path}: {name!r} cannot be a profile's name.",
                    next_step="use small letters, digits, points and hyphens, beginning with a letter or digit",
                )
            if self._built_in(name) or name == SANDBOX:
                raise ConfigurationProblem(f"{self.file.path}: the name {name} is taken by a built-in profile.")
            prefix = environment.variable_prefix(name)
            if prefix in prefixes:
                raise ConfigurationProblem(
                    f"{self.file.path}: profiles {prefixes[prefix]} and {name} have the same variables, {prefix}…",
                    next_step="rename one of them",
                )
            prefixes[prefix] = name


class _Builder:
    """Puts the plain values of one profile together."""

    def __init__(
        self,
        name: str,
        declared: Provider,
        written: Mapping[str, Written],
        file: ProfilesFile,
        environ: Mapping[str, str],
    ) -> None:
        self.name = name
        self.declared = declared
        self.written = written
        self.file = file
        self.environ = environ
        self.built_in = name == f"{SANDBOX}-{declared.name}"

    def values(self) -> dict[str, Value]:
        self._refuse_unknown_fields()
        self._refuse_limits_of_nothing()
        self._refuse_routes_of_nothing()
        settings = [*COMMON, *NESTED.values(), *(s for s in self.declared.settings if not s.secret)]
        found: dict[str, Value] = {}
        for setting in settings:
            if (value := self._value(setting)) is not None:
                found[setting.name] = value
        for field, written in self.written.items():
            if field not in found:
                found[field] = Value(self._checked(find(field, ()), written), self._place(written))
        return self._with_hosts(found)

    def _value(self, setting: Setting) -> Value | None:
        layers = [*self._given(setting), *self._filed(setting), *self._usual(setting)]
        if not layers:
            return None
        first, *rest = layers
        shadowed = tuple(layer.source for layer in rest if layer.source != "default")
        return Value(first.text, first.source, shadowed)

    def _given(self, setting: Setting) -> list[Value]:
        given = environment.read(self.name, setting.name, self.environ)
        if given is None:
            return []
        try:
            return [Value(check(setting, given.text), f"variable {given.variable}")]
        except ValueError as problem:
            raise ConfigurationProblem(f"The variable {given.variable} is not valid: {problem}.") from None

    def _filed(self, setting: Setting) -> list[Value]:
        written = self.written.get(setting.name)
        return [Value(self._checked(setting, written), self._place(written))] if written else []

    def _usual(self, setting: Setting) -> list[Value]:
        if self.built_in:
            usual = {
                "provider": self.declared.name,
                "environment": "test",
                "access": "write",
                "currency": self.declared.currency or "UAH",
                "late_arrival": "2s",
            }
            if setting.name == "base_url":
                server = self.environ.get("PAYCLI_SANDBOX_URL") or SANDBOX_HOST
                return [Value(f"{_sandbox_host(server)}/{self.declared.name}", "built-in")]
            if text := usual.get(setting.name) or setting.sandbox:
                return [Value(text, "built-in")]
        default = self.declared.currency if setting.name == "currency" else setting.default
        return [Value(default, "default")] if default is not None else []

    def _with_hosts(self, found: dict[str, Value]) -> dict[str, Value]:
        own = found.get("base_url")
        kind = found["environment"].text
        for origin, usual in self.declared.hosts.items():
            if origin in found or " " in origin:
                continue
            address = self.declared.hosts.get(f"{kind} {origin}", usual)
            found[origin] = Value(own.text, "base_url") if own else Value(address, "default")
        return found

    def _checked(self, setting: Setting | None, written: Written) -> str:
        if setting is None:
            raise self.file.problem(written.line, f"profile {self.name}: a field here is not known.")
        try:
            return check(setting, written.text)
        except ValueError as problem:
            raise self.file.problem(written.line, f"profile {self.name}, {setting.name}: {problem}.") from None

    def _refuse_unknown_fields(self) -> None:
        known = [setting.name for setting in (*COMMON, *NESTED.values(), *self.declared.settings)]
        for field, written in self.written.items():
            if field in self.declared.secrets:
                raise self.file.problem(
                    written.line,
                    f"profile {self.name}: {field} is a secret and must not stand in this file.",
                    next_step=f"delete the line, then: paycli secrets set {self.name} {field}",
                )
            if find(field, self.declared.settings) is None:
                raise self.file.problem(written.line, f"profile {self.name}: {_unknown(field, known)}")

    def _refuse_limits_of_nothing(self) -> None:
        limited = {field: field.split(".")[1] for field in self.written if field.startswith("limits.")}
        if not limited:
            return
        moving = {op.kind for op in self.declared.load().values() if op.effect is Effect.MOVES_MONEY}
        for field, key in limited.items():
            if key != "*" and key not in moving:
                raise self.file.problem(
                    self.written[field].line,
                    f"profile {self.name}: {field} limits nothing.",
                    next_step=f"limits are for {', '.join(sorted(moving))}, or * for all",
                )

    def _refuse_routes_of_nothing(self) -> None:
        named = {
            field.removeprefix(FIELD): written for field, written in self.written.items() if field.startswith(FIELD)
        }
        for command, written in named.items():
            try:
                check_routes(self.declared.load(), command, written.text)
            except ValueError as problem:
                raise self.file.problem(
                    written.line,
                    f"profile {self.name}, routes: {command}: {problem}.",
                    next_step=f"see: paycli operations export-routes {self.declared.name}; more: paycli help profiles",
                ) from None

    def _place(self, written: Written) -> str:
        return f"{self.file.path.name}, line {written.line}"


def _sandbox_host(server: str) -> str:
    try:
        return host(server)
    except ValueError as problem:
        raise ConfigurationProblem(f"The variable PAYCLI_SANDBOX_URL is not valid: {problem}.") from None


def _unknown(field: str, known: list[str]) -> str:
    close: list[Any] = difflib.get_close_matches(field, known, 1)
    return f"{field} is not a field." + (f" Did you mean {close[0]}?" if close else "")
