"""Signing in before it is needed: a token that is kept, else renewed, else got with the profile's credentials.

A token counts as used up a minute before it expires, so that it holds while a request is on its way. Refresh tokens
rotate: renewing happens under a lock between processes, and who waited for it takes what the other one brought.
"""

import hashlib
from collections.abc import Callable

from paycli.errors import PaycliError, ProviderRefused
from paycli.operations.compose import compose
from paycli.operations.operation import Operation, Request
from paycli.operations.outcome import NotSent, Outcome, Succeeded
from paycli.operations.provider import Provider, Values
from paycli.operations.tokens import Scopes, SignIn, Token
from paycli.profiles.profile import Profile
from paycli.profiles.secrets import KeyringSecrets
from paycli.profiles.tokens import Memory, Tokens
from paycli.values import dataclass, replace

SPARE = 60.0
UNAUTHORIZED = 401
REFRESH_TOKEN = "refresh_token"  # noqa: S105 the name of a value


@dataclass(frozen=True)
class Means:
    """What signing in needs of the outside world: a way to send, secrets, a keyring, the time, and who is told."""

    send: Callable[[Operation, Request, Values], Outcome]
    secrets: Callable[[frozenset[str] | None], Values]
    held: Callable[[str], str | None]
    keyring: Callable[[], KeyringSecrets | None]
    memory: Memory
    now: Callable[[], float]
    learn: Callable[[list[str]], None]
    warn: Callable[[str], None]


class Desks:
    """One profile's desks, one for each kind of token."""

    def __init__(self, provider: Provider, profile: Profile, means: Means) -> None:
        self.provider = provider
        self.profile = profile
        self.means = means
        self.desks: dict[str, Desk] = {}

    def proofs(self, operation: Operation) -> tuple[Values, Token | None]:
        """Return the values that sign an operation's request, and the token among them; signs in where that is needed.

        Raises PaycliError where they cannot be had, while nothing of the operation has left.
        """
        plain = self.profile.plain
        sign_in = None if operation.public else self.provider.sign_in_of(operation)
        if sign_in is None:
            return (plain if operation.public else {**plain, **self.means.secrets(None)}), None
        if not sign_in.demanded:
            return {**plain, **self._beside(sign_in)}, None
        token = self._desk(sign_in).token(operation)
        return {**plain, **({sign_in.value: token.text} if token else {})}, token

    def owner(self, operation: Operation) -> str:
        """Return a word for whose things an operation acts on; nothing where they are the profile's own."""
        sign_in = self.provider.sign_in_of(operation)
        if sign_in is None or not sign_in.owns:
            return ""
        if text := self.means.held(sign_in.value):
            return _word(text)
        token = self._desk(sign_in).kept()
        return _word(token.whose or token.text) if token else ""

    def _beside(self, sign_in: SignIn) -> Values:
        """Return the provider's secrets, and of its tokens the one of this kind, where there is one.

        That a request is refused does not tell that such a token is, so it is kept until another one comes.
        """
        own = without_tokens(self.provider, self.means.secrets(None))
        text = self.means.held(sign_in.value)
        if text is None:
            token = self._desk(sign_in).kept()
            text = token.text if token else None
        return {**own, sign_in.value: text} if text else own

    def holds(self, operation: Operation, token: Token, status: int) -> bool:
        """Note how a token was taken; return whether it holds, or no other one is worth a try."""
        desk = self._desk_of(operation)
        if status == UNAUTHORIZED:
            return not desk.refused(token)
        desk.untried.discard(token.text)
        return True

    def perform(self, operation: Operation, request: Request) -> Outcome:
        """Carry out a sign-in that was typed, and keep what it brings."""
        return self._desk_of(operation).perform(operation, request)

    def _desk_of(self, operation: Operation) -> "Desk":
        sign_in = self.provider.sign_in_of(operation)
        if sign_in is None:
            raise TypeError(f"{operation.name} has no sign-in")
        return self._desk(sign_in)

    def _desk(self, sign_in: SignIn) -> "Desk":
        if sign_in.value not in self.desks:
            self.desks[sign_in.value] = Desk(self.provider, sign_in, self.profile, self.means)
        return self.desks[sign_in.value]


def _word(text: str) -> str:
    """Return a word that stands for a text and does not tell it."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def without_tokens(provider: Provider, values: Values) -> Values:
    """Return the values without those that are tokens of a sign-in: one goes only where it is meant."""
    return {name: text for name, text in values.items() if name not in {one.value for one in provider.sign_ins}}


class Desk:
    """Where one profile's tokens of one kind are handed out."""

    def __init__(self, provider: Provider, sign_in: SignIn, profile: Profile, means: Means) -> None:
        self.provider = provider
        self.sign_in = sign_in
        self.profile = profile
        keyring = means.keyring()
        self.tokens = Tokens(profile, sign_in, keyring.keyring if keyring else None, means.memory)
        self.means = means
        self.now = means.now
        self.learn = means.learn
        self.warn = means.warn
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

    def kept(self) -> Token | None:
        """Return a token that is kept and still holds; nobody signs in for it."""
        found = self._usable(self.tokens.remembered(), frozenset()) or self._usable(self.tokens.load(), frozenset())
        if found:
            self.learn([found.text])
        return found

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
        # Whether the keyring can be used decides whether other processes must be kept out.
        self.tokens.load()
        with self.tokens.alone():
            if operation.command == self.sign_in.refresh:
                outcome = self._renew(operation, request, self._newest())
            else:
                outcome = self._get(operation, request)
        if self.tokens.problem and isinstance(outcome, Succeeded):
            self.warn(f"{self.tokens.problem.message} What was got ends with this command")
        if isinstance(outcome, Succeeded) and not self.sign_in.demanded and self.means.held(self.sign_in.value):
            self.warn(f"the profile itself holds a {self.sign_in.value}, which wins over what was got now")
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
        from paycli.sending.verdict import error_of

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
        outcome = self._sent(operation, request, {})
        return self._kept(request, outcome, frozenset(), instead_of=None)

    def _renew(self, operation: Operation, request: Request, old: Token) -> Outcome:
        """Renew a token; one that was used up, or whose answer was lost, is not used for renewing again."""
        self.learn([old.refresh or ""])
        outcome = self._sent(operation, request, {REFRESH_TOKEN: old.refresh or ""})
        if not isinstance(outcome, Succeeded):
            self.tokens.keep([replace(one, refresh=None) if one == old else one for one in self.tokens.load()])
        return self._kept(request, outcome, old.scopes, instead_of=old)

    def _sent(self, operation: Operation, request: Request, beside: Values) -> Outcome:
        own = without_tokens(self.provider, self.means.secrets(self.sign_in.needs))
        values = {**self.profile.plain, **own, **beside}
        return self.means.send(operation, self.sign_in.prove(operation, request, values), values)

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
