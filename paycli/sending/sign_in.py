"""Signing in before it is needed: a token that is kept, else renewed, else got with the profile's credentials.

A token counts as used up a minute before it expires, so that it holds while a request is on its way. Refresh tokens
rotate: renewing happens under a lock between processes, and who waited for it takes what the other one brought.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Protocol

from paycli.errors import PaycliError, ProviderRefused
from paycli.operations.compose import compose
from paycli.operations.operation import Operation, Request
from paycli.operations.outcome import NotSent, Outcome, Succeeded
from paycli.operations.provider import Provider
from paycli.operations.tokens import Scopes, SignIn, Token
from paycli.profiles.profile import Profile
from paycli.profiles.tokens import Tokens
from paycli.sending.verdict import error_of

SPARE = 60.0
REFRESH_TOKEN = "refresh_token"  # noqa: S105 the name of a value


class Send(Protocol):
    """Sends the request of a sign-in, proved with the profile's secrets and what is given beside them."""

    def __call__(self, operation: Operation, request: Request, beside: Mapping[str, str]) -> Outcome:
        """Return what became of it; not repeated by itself."""


class Desk:
    """Where one profile's token of one kind is handed out."""

    def __init__(
        self,
        provider: Provider,
        sign_in: SignIn,
        profile: Profile,
        tokens: Tokens,
        *,
        send: Send,
        now: Callable[[], float],
        learn: Callable[[list[str]], None],
        warn: Callable[[str], None],
    ) -> None:
        self.provider = provider
        self.sign_in = sign_in
        self.profile = profile
        self.tokens = tokens
        self.send = send
        self.now = now
        self.learn = learn
        self.warn = warn
        self.untried: set[str] = set()

    def token(self, operation: Operation) -> Token | None:
        """Return the token with which an operation goes out; None where there is none and none is demanded.

        Raises the PaycliError of a sign-in that failed.
        """
        wanted = self.sign_in.scopes(operation, self.profile.plain)
        found = self._usable(self.tokens.remembered(), wanted) or self._usable(self.tokens.load(), wanted)
        if found is None:
            with self.tokens.alone():
                found = self._usable(self.tokens.load(), wanted) or self._renewed(wanted) or self._got(wanted)
        if found:
            self.learn([found.text])
        return found

    def accepted(self, token: Token) -> None:
        """Note that the provider took a token: should it be refused later, another one is worth a try."""
        self.untried.discard(token.text)

    def refused(self, token: Token) -> bool:
        """Note that the provider does not take a token; return whether another one is worth a try.

        After one that was got just now it is not: the next would be refused too. Never raises: what was sent is sent.
        """
        try:
            with self.tokens.alone():
                held = self.tokens.load()
                self.tokens.keep([replace(one, expires=0.0) if one.text == token.text else one for one in held])
        except PaycliError:
            return False
        return token.text not in self.untried

    def perform(self, operation: Operation, request: Request) -> Outcome:
        """Carry out a sign-in that was typed, and keep what it brings."""
        with self.tokens.alone():
            if operation.command == self.sign_in.refresh:
                outcome = self._renew(operation, request, self._newest())
            else:
                outcome = self._get(operation, request)
        if self.tokens.problem and isinstance(outcome, Succeeded):
            self.warn(f"{self.tokens.problem.message} What was got ends with this command")
        return outcome

    def _usable(self, tokens: list[Token], wanted: Scopes) -> Token | None:
        until = self.now() + SPARE
        return next((one for one in reversed(tokens) if wanted <= one.scopes and one.expires > until), None)

    def _renewed(self, wanted: Scopes) -> Token | None:
        held = [one for one in self.tokens.load() if wanted <= one.scopes and self._renewable(one)]
        if not held or self.sign_in.refresh is None:
            return None
        operation, request = self._composed(self.sign_in.refresh, frozenset())
        if not isinstance(self._renew(operation, request, held[-1]), Succeeded):
            return None
        return self.tokens.remembered()[-1]

    def _got(self, wanted: Scopes) -> Token | None:
        if not self.sign_in.demanded:
            return None
        operation, request = self._composed(self.sign_in.login, wanted)
        if problem := error_of(self._get(operation, request), operation, self.provider, self.profile, {}):
            problem.money = problem.money or "Nothing else was sent."
            raise problem
        return self.tokens.remembered()[-1]

    def _newest(self) -> Token:
        """Return the token to renew, signing in first where none is kept."""
        held = [one for one in self.tokens.load() if self._renewable(one)]
        if held:
            return max(held, key=lambda one: one.got)
        self.warn("no sign-in is kept that could be renewed; signing in first")
        operation = self._operation(self.sign_in.login)
        token = self._got(self.sign_in.scopes(operation, self.profile.plain))
        if token is None or token.refresh is None:
            raise ProviderRefused(f"{self.provider.title} gave nothing that renews a sign-in.")
        return token

    def _get(self, operation: Operation, request: Request) -> Outcome:
        outcome = self.send(operation, request, {})
        return self._kept(request, outcome, frozenset(), instead_of=None)

    def _renew(self, operation: Operation, request: Request, old: Token) -> Outcome:
        """Renew a token; one that was used up, or whose answer was lost, is not used for renewing again."""
        self.learn([old.refresh or ""])
        outcome = self.send(operation, request, {REFRESH_TOKEN: old.refresh or ""})
        if not isinstance(outcome, Succeeded):
            self.tokens.keep([replace(one, refresh=None) if one == old else one for one in self.tokens.load()])
        return self._kept(request, outcome, old.scopes, instead_of=old)

    def _kept(self, request: Request, outcome: Outcome, scopes: Scopes, instead_of: Token | None) -> Outcome:
        if not isinstance(outcome, Succeeded):
            return outcome
        try:
            read = self.sign_in.read(request, outcome.data, self.now())
        except ValueError as problem:
            return NotSent(f"an answer that cannot be used ({problem})")
        token = replace(read, scopes=read.scopes | scopes)
        self.learn([token.text, token.refresh or ""])
        self.untried.add(token.text)
        held = self.tokens.load()
        self.tokens.keep([*(one for one in held if one != instead_of and self._lives(one, token)), token])
        return outcome

    def _lives(self, one: Token, newer: Token) -> bool:
        """Whether a token is still worth keeping beside a newer one."""
        return one.scopes != newer.scopes and (one.expires > self.now() or self._renewable(one))

    def _renewable(self, token: Token) -> bool:
        return bool(token.refresh) and token.refresh_expires > self.now()

    def _composed(self, command: str, scopes: Scopes) -> tuple[Operation, Request]:
        operation = self._operation(command)
        values = self.sign_in.ask(scopes) if scopes else {}
        return operation, compose(self.provider, operation, values, self.profile.plain)

    def _operation(self, command: str) -> Operation:
        return self.provider.load(command.split(maxsplit=1)[0])[command]
