"""A change under one profile, as its request shows it: what it acts on, for whom, and what makes two of them equal."""

import hashlib
from collections.abc import Collection, Mapping
from typing import Any
from urllib.parse import urlencode

from paycli.operations.operation import Operation, Request
from paycli.operations.provider import Provider
from paycli.operations.safety import Identity
from paycli.operations.wire import encode
from paycli.profiles.profile import Profile
from paycli.sending.closing import account_of
from paycli.values import dataclass


@dataclass(frozen=True)
class Subject:
    """What a change is, before anything is known of the state of what it acts on."""

    provider: Provider
    operation: Operation
    request: Request
    profile: Profile
    identity: Identity
    account: str
    digest: str

    @property
    def look(self) -> str | None:
        """The read that tells the state of what it acts on, where there is one."""
        return self.operation.retry.settled_by if self.identity.target else None


def subject_of(
    provider: Provider, operation: Operation, request: Request, profile: Profile, owner: str = ""
) -> Subject:
    """Return what a request is the change of; the owner is a word for who signed in."""
    identity = identify(provider, operation, request)
    account = account_of(profile, merchant_of(provider, profile, identity), owner)
    digest = digest_of(request, provider.unrecorded)
    return Subject(provider, operation, request, profile, identity, account, digest)


def identify(provider: Provider, operation: Operation, request: Request) -> Identity:
    """Return what a request acts on, of which kind it is, and how much it moves."""
    if provider.safety is None:
        return Identity(operation.kind, "", "")
    return provider.safety.identify(operation, request)


def merchant_of(provider: Provider, profile: Profile, identity: Identity) -> str:
    """Return which merchant a change is for, as its request says, else the profile."""
    return identity.merchant or " ".join(filter(None, map(profile.get, provider.account)))


def digest_of(request: Request, unrecorded: Collection[str]) -> str:
    """Return a hash of the request without the fields that must not be hashed: a hash over a CVV can be undone.

    A body that the user wrote is read, so that they are left out of it too.
    """
    fields = request.content
    if fields is None:
        fields = {} if request.raw is None else {"raw": hashlib.sha256(request.raw).hexdigest()}
    query = urlencode([(name, value) for name, value in request.query if name not in unrecorded])
    hashed = f"{request.method} {request.path} {query} ".encode() + encode(_without(fields, unrecorded))
    return hashlib.sha256(hashed).hexdigest()


def _without(value: Any, names: Collection[str]) -> Any:
    if isinstance(value, Mapping):
        return {name: _without(item, names) for name, item in value.items() if name not in names}
    return [_without(item, names) for item in value] if isinstance(value, list | tuple) else value
