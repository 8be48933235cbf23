"""Where the tokens of sign-ins are kept: in the keyring under ``<profile>/token``, else for this process alone.

A token belongs to the hosts and the account for which it was got; under others it counts as not there.
"""

import json
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import Any

from paycli.errors import ConfigurationProblem
from paycli.operations.tokens import SignIn, Token
from paycli.profiles.keyring import Keyring, KeyringProblem
from paycli.profiles.lock import locked
from paycli.profiles.profile import Profile
from paycli.profiles.stored import hosts_of, token_user
from paycli.values import dataclass, field

MOST = 8
Record = dict[str, Any]


@dataclass
class Memory:
    """Tokens for the life of this process, by whose they are; one thread at a time gets one."""

    tokens: dict[str, list[Token]] = field(default_factory=dict, repr=False)
    lock: threading.RLock = field(default_factory=threading.RLock)


class Tokens:
    """The tokens of one kind under one profile."""

    def __init__(self, profile: Profile, sign_in: SignIn, keyring: Keyring | None, memory: Memory) -> None:
        self.profile = profile
        self.owner: Record = {
            "value": sign_in.value,
            "hosts": list(hosts_of(profile)),
            "account": {name: profile.get(name) for name in sign_in.account},
        }
        self.memory = memory
        # The built-in profiles' sandbox forgets its sessions when it ends.
        self.keyring = None if profile.built_in else keyring
        self.problem: KeyringProblem | None = None

    def remembered(self) -> list[Token]:
        """Return what this process knows, without asking the keyring."""
        return list(self.memory.tokens.get(self._key(), ()))

    def load(self) -> list[Token]:
        """Return what is kept. A keyring that cannot be used is noted as ``problem`` and not asked again."""
        if (records := self._records()) is not None:
            self.memory.tokens[self._key()] = [_token(record) for record in records if self._is_mine(record)]
        return self.remembered()

    def keep(self, tokens: list[Token]) -> None:
        """Keep these tokens of ours, newest last, in place of all others of the same kind."""
        self.memory.tokens[self._key()] = tokens[-MOST:]
        if self.keyring is None:
            return
        records = self._records() or []
        others = [record for record in records if record.get("value") != self.owner["value"]]
        mine = [{**self.owner, **_record(token)} for token in tokens[-MOST:]]
        try:
            self.keyring.set(token_user(self.profile.name), json.dumps([*others, *mine], ensure_ascii=False))
        except KeyringProblem as problem:
            self._give_up(problem)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Let nobody else get or renew a token of this profile: no thread, and where tokens are shared no process.

        Where no lock can be written, no process has one, and reading goes on without.
        """
        with self.memory.lock, ExitStack() as held:
            if self.keyring is not None:
                with suppress(ConfigurationProblem):
                    held.enter_context(locked(f"token-{self.profile.name}"))
            yield

    def _records(self) -> list[Record] | None:
        if self.keyring is None:
            return None
        try:
            text = self.keyring.get(token_user(self.profile.name))
        except KeyringProblem as problem:
            self._give_up(problem)
            return None
        return _records(text or "[]")

    def _give_up(self, problem: KeyringProblem) -> None:
        self.problem, self.keyring = problem, None

    def _is_mine(self, record: Record) -> bool:
        bound = set(self.owner["hosts"]) <= set(record.get("hosts", ()))
        return bound and all(record.get(name) == self.owner[name] for name in ("value", "account"))

    def _key(self) -> str:
        return json.dumps([self.profile.name, self.owner], sort_keys=True)


def forget_tokens(keyring: Keyring, profile: str) -> bool:
    """Remove a profile's tokens from the keyring; return whether there were any. Raises KeyringProblem."""
    with locked(f"token-{profile}"):
        held = keyring.get(token_user(profile)) is not None
        if held:
            keyring.delete(token_user(profile))
    return held


def _records(text: str) -> list[Record]:
    """Return the records of an entry; a damaged one holds none, since signing in again repairs it."""
    try:
        found = json.loads(text)
    except ValueError:
        return []
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _record(token: Token) -> Record:
    return {
        "text": token.text,
        "expires": token.expires,
        "scopes": sorted(token.scopes),
        "refresh": token.refresh,
        "refresh_expires": token.refresh_expires,
        "got": token.got,
        "whose": token.whose,
    }


def _token(record: Record) -> Token:
    return Token(
        text=str(record.get("text", "")),
        expires=_number(record.get("expires")),
        scopes=frozenset(map(str, record.get("scopes") or ())),
        refresh=record.get("refresh") or None,
        refresh_expires=_number(record.get("refresh_expires")),
        got=_number(record.get("got")),
        whose=str(record.get("whose") or ""),
    )


def _number(value: Any) -> float:
    return float(value) if isinstance(value, int | float) else 0.0
