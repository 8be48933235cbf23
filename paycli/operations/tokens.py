"""Signing in: what a token is, and how a provider's are got, renewed and used; no I/O.

A provider names a ``SignIn`` for each kind of token that it has. The engine (``paycli.sending.sign_in``) keeps the
tokens, renews them before they expire, and signs in by itself where that needs nothing but the profile.
"""

from collections.abc import Callable, Mapping
from typing import Any

from paycli.operations.operation import Operation, Request
from paycli.values import dataclass, field

Values = Mapping[str, str]
Scopes = frozenset[str]


@dataclass(frozen=True)
class Token:
    """A token, until when it holds, what it may be used for, and what renews it.

    Times are UNIX seconds. ``scopes`` is what was asked for together with what was granted, since a provider may grant
    less than was asked for, and asking again would not change that. ``whose`` is a word for who signed in.
    """

    text: str = field(repr=False)
    expires: float
    scopes: Scopes = frozenset()
    refresh: str | None = field(default=None, repr=False)
    refresh_expires: float = 0.0
    got: float = 0.0
    whose: str = ""


def no_values(_scopes: Scopes) -> Mapping[str, Any]:
    """Return nothing: the sign-in needs no values beyond the profile's."""
    return {}


def no_scopes(_operation: Operation, _values: Values) -> Scopes:
    """Return nothing: the provider knows no scopes."""
    return frozenset()


@dataclass(frozen=True)
class SignIn:
    """How one kind of token of a provider is got, renewed and read.

    ``value`` is the name under which the ``sign`` hook finds the token among its values. ``login`` and ``refresh`` are
    the commands that get and renew one. ``read`` makes the token of an answer that has what was asked for, at a moment;
    it raises ValueError where the answer holds none. ``prove`` puts the credentials into the request of a sign-in;
    among the values of a refresh stands ``refresh_token``. ``covers`` says which operations carry the token;
    ``account`` names the plain profile fields that say whose token it is. ``scopes`` is what a token must allow for an
    operation, and ``ask`` the values with which the login's function asks for it. Where a token is not ``demanded``, it
    is sent when there is one, and nobody signs in by himself; one that the profile itself holds under ``value`` wins.
    ``needs`` are the secrets that signing in takes; left out, those that the provider needs. ``owns`` says that what
    its operations act on is the token's owner's, so that they are an account of their own.
    """

    value: str
    login: str
    read: Callable[[Request, Any, float], Token]
    prove: Callable[[Operation, Request, Values], Request]
    refresh: str | None = None
    covers: Callable[[Operation], bool] = lambda operation: not (operation.public or operation.sign_in)
    scopes: Callable[[Operation, Values], Scopes] = no_scopes
    ask: Callable[[Scopes], Mapping[str, Any]] = no_values
    account: tuple[str, ...] = ()
    demanded: bool = True
    needs: frozenset[str] | None = None
    owns: bool = False
