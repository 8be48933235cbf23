"""What a provider's notifications look like: the hooks by which they are verified, made and told apart."""

from collections.abc import Callable, Mapping
from typing import Any

from paycli.operations.columns import Column
from paycli.values import dataclass


@dataclass(frozen=True)
class Genuine:
    """A notification that the provider signed: its event."""

    event: Mapping[str, Any]


@dataclass(frozen=True)
class Forged:
    """A notification that is not what the provider signed, and what probably went wrong."""

    why: str
    next_step: str | None = None


@dataclass(frozen=True)
class Webhooks:
    """A provider's hooks for notifications.

    ``secret`` names the profile's field that signs them. ``verify`` reads the body of one under a secret; ``fields``
    makes such a body out of its form fields; ``sign`` makes one out of an event's JSON. ``samples`` are made-up events
    by name, for a point of sale and a moment in ISO 8601. ``media`` is their content type. ``answers`` are the bodies
    with which a question before a payment is answered. ``columns`` show an event.
    """

    secret: str
    verify: Callable[[bytes, str], Genuine | Forged]
    fields: Callable[[str, str], bytes]
    sign: Callable[[bytes, str], bytes]
    samples: Callable[[Mapping[str, str], str], Mapping[str, Mapping[str, Any]]]
    media: str
    answers: Mapping[str, bytes]
    columns: tuple[Column, ...]
