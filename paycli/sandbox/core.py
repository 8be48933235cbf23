"""The sandbox without sockets: the providers' state and rules, over a clock and a random source that tests choose."""

import copy
import random
import re
import threading
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol, runtime_checkable

from paycli.sandbox.faults import Faults
from paycli.sandbox.http import Call, Message, Reply, as_text
from paycli.sandbox.mobilepay import MobilePay
from paycli.sandbox.terapay import TeraPay
from paycli.sandbox.toman import Toman
from paycli.sandbox.tora import Tora
from paycli.sandbox.tranzzo import Tranzzo
from paycli.sandbox.world import Clock, MovableClock, NoSuchThingError, World

MARK = re.compile(rb"pc-[a-z0-9]{10}")
"""What paycli writes into a free text to know its own operations again."""


class ProviderSandbox(Protocol):
    """One provider's part of the sandbox."""

    def handle(self, call: Call) -> Reply:
        """Answer one request as the provider's document says."""

    def act(self, event: str, target: str) -> str:
        """Let the customer do something; return what happened. Raises NoSuchThingError."""

    def error(self, status: int) -> Reply:
        """Return an error of the provider's own shape."""

    def furnish(self, call: Call) -> None:
        """Make whatever a request needs, so that it would be executed now: what it acts on, with enough money."""


@runtime_checkable
class FileSandbox(Protocol):
    """A provider whose files lie on another host than its API."""

    def file(self, call: Call) -> Reply:
        """Answer one request for a file."""


class Sandbox:
    """All providers, one request at a time."""

    def __init__(
        self, clock: Clock | None = None, chance: random.Random | None = None, *, keeps_earlier: bool = False
    ) -> None:
        self.world = World(clock or MovableClock(), chance or random.Random())  # noqa: S311 made-up identifiers
        self.lock = threading.Lock()
        self.faults = Faults()
        self.keeps_earlier = keeps_earlier
        self.turns = 0
        self.providers: dict[str, ProviderSandbox] = {}
        self.earlier: dict[str, ProviderSandbox] = {}
        self.reset()

    def reset(self) -> None:
        """Forget everything, faults too, and go back to the present time."""
        self.turns += 1
        self.world.clock.reset()
        self.faults = Faults()
        self.earlier = {}
        self.providers = {
            "tranzzo": Tranzzo(self.world),
            "mobilepay": MobilePay(self.world),
            "toman": Toman(self.world),
            "terapay": TeraPay(self.world),
            "tora": Tora(self.world),
        }

    def handle(
        self,
        method: str,
        path: str,
        query: Mapping[str, str],
        headers: Mapping[str, str],
        body: bytes,
        fault: str | None = None,
        answer: bool | None = None,
    ) -> Reply:
        """Answer one request, with a fault of the core where one is named; the path's first segment is the provider.

        A reply with a question is handled once more, with the shop's answer to it.
        """
        name, _, rest = path.removeprefix("/").partition("/")
        with self.lock:
            provider = self.providers.get(name)
            if provider is None:
                return as_text(404, f"The sandbox has no provider {name!r}; it has {', '.join(self.providers)}.\n")
            self.turns += 1
            call = Call(method, f"/{rest}", query, headers, body, pending=fault == "pending", answer=answer)
            if fault == "stale-read":
                stale = copy.deepcopy(self.earlier.get(name, provider)).handle(call)
                if not stale.executed:
                    return stale
            reply = self._remembered(name, call)
            if fault == "repeat":
                self._remembered(name, call)
            elif fault == "twin":
                self._remembered(name, _of_somebody_else(call))
            return reply

    def _remembered(self, name: str, call: Call) -> Reply:
        keep = self.keeps_earlier or self.faults.expects(name, "stale-read")
        before = copy.deepcopy(self.providers[name]) if keep else None
        reply = self.providers[name].handle(call)
        if before and reply.executed:
            self.earlier[name] = before
        return reply

    def file(self, method: str, path: str, query: Mapping[str, str], headers: Mapping[str, str]) -> Reply:
        """Answer one request to the file server; the first segment of the path names the provider."""
        name, _, rest = path.removeprefix("/").partition("/")
        with self.lock:
            provider = self.providers.get(name)
            if not isinstance(provider, FileSandbox):
                return as_text(404, f"The sandbox has no files of {name!r}.\n")
            return provider.file(Call(method, f"/{rest}", query, headers))

    def fault(self, method: str, path: str) -> str | None:
        """Return the kind of fault that a request meets, or None."""
        name, _, rest = path.removeprefix("/").partition("/")
        with self.lock:
            return self.faults.take(name, method, f"/{rest}")

    def error(self, path: str, status: int) -> Reply:
        """Return an error in the shape of the provider that the path names."""
        name = path.removeprefix("/").partition("/")[0]
        provider = self.providers.get(name)
        return provider.error(status) if provider else as_text(status, "")

    def furnish(self, call: Call) -> None:
        """Make whatever a request needs, so that it would be executed now; its path begins with the provider's name."""
        name, _, rest = call.path.removeprefix("/").partition("/")
        with self.lock:
            self.providers[name].furnish(replace(call, path=f"/{rest}"))

    def move(self, by: timedelta) -> datetime:
        """Move the clock forward and return the new moment."""
        self.turns += 1
        self.world.clock.move(by)
        return self.world.clock.now()

    def question(self, provider: str, event: str, target: str) -> Message | None:
        """Return what a shop wants to be asked before an event, or None."""
        with self.lock:
            asks = getattr(self.providers.get(provider), "asks", None)
            found: Message | None = asks(event, target) if asks else None
            return found

    def act(self, provider: str, event: str, target: str) -> str:
        """Let a provider's customer do something. Raises NoSuchThingError."""
        with self.lock:
            if provider not in self.providers:
                raise NoSuchThingError(f"The sandbox has no provider {provider!r}; it has {', '.join(self.providers)}.")
            self.turns += 1
            return self.providers[provider].act(event, target)


def _of_somebody_else(call: Call) -> Call:
    """Return the same request as a colleague would make it: without paycli's mark, and under no key."""
    headers = {name: value for name, value in call.headers.items() if "idempotency" not in name}
    query = {name: MARK.sub(b"", value.encode()).decode() for name, value in call.query.items()}
    return replace(call, trusted=True, headers=headers, query=query, body=MARK.sub(b"", call.body))
