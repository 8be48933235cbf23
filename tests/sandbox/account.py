"""A TeraPay account in the sandbox, for tests that speak as its program, its portal users or its customers."""

import json
import random
from dataclasses import dataclass, field
from typing import Any

from paycli.sandbox.core import Sandbox
from paycli.sandbox.http import Reply
from paycli.sandbox.terapay.access import API_KEY, API_SECRET
from tests.sandbox.still import Still

KEY = {"x-api-key": API_KEY, "x-api-secret": API_SECRET}
UNKNOWN = "11111111-2222-4333-8444-555555555555"


@dataclass
class Account:
    """A sandbox of its own with a known clock and chance; ``who`` are the headers that name the caller."""

    sandbox: Sandbox = field(default_factory=lambda: Sandbox(Still(), random.Random(1)))
    who: dict[str, str] = field(default_factory=lambda: dict(KEY))

    def as_caller(self, **headers: str) -> "Account":
        """Return the same account, spoken to by somebody else."""
        return Account(self.sandbox, {name.replace("_", "-"): value for name, value in headers.items()})

    def send(
        self, method: str, path: str, body: Any = None, query: dict[str, str] | None = None, fault: str | None = None
    ) -> Reply:
        """Send a request."""
        raw = b"" if body is None else json.dumps(body).encode()
        headers = {**self.who, **({} if body is None else {"content-type": "application/json"})}
        return self.sandbox.handle(method, f"/terapay/api{path}", query or {}, headers, raw, fault)

    def made(self, path: str, body: Any = None, *, method: str = "POST", fault: str | None = None) -> Any:
        """Return what an executed request answers."""
        reply = self.send(method, path, body, fault=fault)
        assert (reply.status in {200, 201, 202}, reply.executed) == (True, True), reply.body
        return json.loads(reply.body)

    def seen(self, path: str, query: dict[str, str] | None = None) -> Any:
        """Return what a read answers."""
        reply = self.send("GET", path, query=query)
        assert (reply.status, reply.executed) == (200, False), reply.body
        return json.loads(reply.body)

    def refused(self, path: str, body: Any = None, *, method: str = "POST") -> tuple[int, str]:
        """Return the status and the code of a refusal, which has executed nothing."""
        reply = self.send(method, path, body)
        assert not reply.executed
        return reply.status, json.loads(reply.body)["code"]

    def told(self) -> str:
        """Return the latest line for whoever runs the sandbox."""
        return self.sandbox.world.told[-1]

    def balance(self) -> str:
        """Return what the account holds."""
        provider: Any = self.sandbox.providers["terapay"]
        return str(provider.state.balance)

    def customer(self, name: str) -> "Account":
        """Register a wallet customer, sign in, and return the account as this customer sees it."""
        who = {"email": f"{name}@wallet.example", "password": "long enough"}
        self.send("POST", "/customers/register", who)
        token = json.loads(self.send("POST", "/customers/login", who).body)["token"]
        return self.as_caller(authorization=f"Bearer {token}")

    def client(self) -> str:
        """Register and approve a client and return its identifier."""
        number = str(self.made("/clients", {"clientType": "Company", "name": "Quarry Ltd"})["clientId"])
        self.made(f"/clients/{number}/approve")
        return number
