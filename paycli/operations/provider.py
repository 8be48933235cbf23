"""A provider: its name, its profile fields, and the few hooks in which it differs from the others."""

import importlib
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from paycli.operations.money import Money
from paycli.operations.operation import ALWAYS, Effect, Fields, Operation, Request, Retry
from paycli.operations.outcome import Answer, Reading
from paycli.operations.pages import Page
from paycli.operations.safety import Safety
from paycli.operations.steps import Procedure
from paycli.operations.tokens import SignIn
from paycli.operations.webhooks import Webhooks
from paycli.values import dataclass, field

if TYPE_CHECKING:
    from paycli.operations.looks import Look

Declared = TypeVar("Declared", bound=Callable[..., Fields])


@dataclass(frozen=True)
class Setting:
    """A field of a profile that only this provider has.

    ``sandbox`` is the value in the built-in sandbox profile; ``choices`` limits what may be written.
    """

    name: str
    help: str
    secret: bool = False
    needed: bool = False
    default: str | None = None
    choices: tuple[str, ...] = ()
    sandbox: str | None = None


@dataclass(frozen=True)
class Probe:
    """A harmless command that proves something of a profile; ``what`` is how that is called.

    ``values`` are those of its function. Where ``needs`` names profile fields, a profile without them is not probed.
    ``absent`` says that the values name what cannot exist: "there is no such thing" proves as much, where the same
    without credentials is refused. ``rights`` says that credentials are proved already, so that a refusal tells only
    that this user lacks a right.
    """

    command: str
    what: str = "credentials"
    values: Mapping[str, Any] = field(default_factory=dict)
    needs: tuple[str, ...] = ()
    absent: bool = False
    rights: bool = False


@dataclass(frozen=True)
class Unsigned:
    """What is signed: the method, the whole address, and the very bytes that will be sent."""

    method: str
    url: str
    body: bytes


@dataclass(frozen=True)
class Signature:
    """Headers that prove who asks, what was signed, and the same headers as a POSIX shell would make them.

    In ``for_shell`` the body's bytes are ``$BODY``; the values of secrets are whatever the hook was given.
    """

    headers: Mapping[str, str]
    string_to_sign: str
    for_shell: Mapping[str, str]


Values = Mapping[str, str]
"""A profile's values for the hooks: plain fields and, when signing, secrets."""


def no_completion(_operation: Operation, request: Request, _values: Values) -> Request:
    """Add nothing of the profile to the request."""
    return request


def no_credentials(request: Request, _values: Values) -> Request:
    """Leave the request as it is: who asks is proved by headers."""
    return request


@dataclass(frozen=True)
class Provider:
    """A provider's declarations and hooks.

    ``resources`` maps the first word of each command to the module or modules that declare it, so that running one
    command imports no others. ``tables`` are groups of ordinary commands over facts of the provider's, each with the
    module that holds it and its line of help.

    Hooks: ``complete`` puts facts of the profile into a request, ``carry`` the places of
    credentials that go in its query or body (of one that the user wrote, too), ``sign`` makes its headers,
    ``explain`` reads an answer, ``safety`` tells its changes apart, ``keyed``
    puts an idempotency key into a request, ``page`` reads one page of a list, ``sign_ins`` tell how tokens are got.
    ``reachable`` names a harmless read without credentials, ``probes`` are those with them; ``schemes`` are the
    settings with which a probe is tried when it is refused.
    ``unrecorded`` are the names of request fields that are in no entry of the journal and in no hash: card data,
    one-time passwords, tokens.
    ``looks`` names the module that holds ``LOOKS``, the ways to look for a text.
    ``webhooks`` names the module that holds ``WEBHOOKS``, the hooks of notifications; ``procedures`` maps commands that
    are several requests to the modules that hold a ``PROCEDURE``.
    ``local`` are commands made of several requests, each with the module that holds it and its line of help.
    ``account`` names the plain fields that say which merchant a profile is, where requests do not. ``currency`` is that
    of a profile that names none; ``least_pause`` the seconds between two looks at one thing.
    """

    name: str
    title: str
    hosts: Mapping[str, str]
    settings: tuple[Setting, ...]
    resources: Mapping[str, str | tuple[str, ...]]
    groups: Mapping[str, str]
    sign: Callable[[Unsigned, Values], Signature]
    explain: Callable[[Operation, Request, Answer, Any], Reading]
    complete: Callable[[Operation, Request, Values], Request] = no_completion
    carry: Callable[[Request, Values], Request] = no_credentials
    money: Callable[[Money], Any] = str
    throttled_unprocessed: bool = False
    safety: Safety | None = None
    keyed: Callable[[Request, str], Request] | None = None
    page: Callable[[Any], Page] | None = None
    sign_ins: tuple[SignIn, ...] = ()
    reachable: str | None = None
    probes: tuple[Probe, ...] = ()
    schemes: tuple[Mapping[str, str], ...] = ()
    unrecorded: frozenset[str] = frozenset()
    looks: str | None = None
    webhooks: str | None = None
    procedures: Mapping[str, str] = field(default_factory=dict)
    local: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    account: tuple[str, ...] = ()
    tables: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    currency: str | None = None
    least_pause: float = 0.0
    operations: dict[str, Operation] = field(default_factory=dict)

    @cached_property
    def secrets(self) -> frozenset[str]:
        """The names of the profile fields that are secret."""
        return frozenset(setting.name for setting in self.settings if setting.secret)

    def get(
        self,
        command: str,
        path: str,
        *,
        documented_as: str,
        effect: Effect = Effect.READS,
        retry: Retry = ALWAYS,
        **facts: Any,
    ) -> Callable[[Declared], Declared]:
        """Declare a command that is a GET; a true read needs no effect and no retry rule."""
        return self.declare(command, "GET", path, documented_as=documented_as, effect=effect, retry=retry, **facts)

    def post(
        self, command: str, path: str, *, documented_as: str, effect: Effect, retry: Retry, **facts: Any
    ) -> Callable[[Declared], Declared]:
        """Declare a command that is a POST; its effect and retry rule are always said."""
        return self.declare(command, "POST", path, documented_as=documented_as, effect=effect, retry=retry, **facts)

    def declare(self, command: str, method: str, path: str, **facts: Any) -> Callable[[Declared], Declared]:
        """Return the decorator that registers a function as a command and returns it unchanged."""

        def register(function: Declared) -> Declared:
            if command in self.operations:
                raise ValueError(f"{self.name} {command} is declared twice")
            self.operations[command] = Operation(
                provider=self.name, command=command, method=method, path=path, fields=function, **facts
            )
            return function

        return register

    def webhooks_of(self) -> Webhooks | None:
        """Import the hooks of the provider's notifications, where it sends any."""
        if self.webhooks is None:
            return None
        found: Webhooks = importlib.import_module(f"paycli.providers.{self.name}.{self.webhooks}").WEBHOOKS
        return found

    def looks_of(self) -> "tuple[Look, ...]":
        """Import the ways to look for a text, in the order in which they are tried."""
        if self.looks is None:
            return ()
        found: tuple[Look, ...] = importlib.import_module(f"paycli.providers.{self.name}.{self.looks}").LOOKS
        return found

    def procedure(self, command: str) -> Procedure:
        """Import the declaration of a command that is several requests."""
        module = importlib.import_module(f"paycli.providers.{self.name}.{self.procedures[command]}")
        found: Procedure = module.PROCEDURE
        return found

    def sign_in_of(self, operation: Operation) -> SignIn | None:
        """Return the sign-in whose token the operation carries, or which the operation itself performs, or None."""
        if operation.sign_in:
            return next((one for one in self.sign_ins if operation.command in {one.login, one.refresh}), None)
        return next((one for one in self.sign_ins if one.covers(operation)), None)

    def load(self, word: str | None = None) -> Mapping[str, Operation]:
        """Import the module that declares the commands beginning with ``word``, or all; return what is declared."""
        chosen = self.resources.values() if word is None else [self.resources[word]]
        modules = [module for one in chosen for module in ((one,) if isinstance(one, str) else one)]
        for module in dict.fromkeys(modules):
            importlib.import_module(f"paycli.providers.{self.name}.{module}")
        return self.operations
