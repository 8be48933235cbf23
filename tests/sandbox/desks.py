"""Desks that speak to the sandbox: a till of MobilePay and a clerk of Toman."""

import json
import random
from typing import Any
from urllib.parse import urlencode

from paycli.sandbox.core import Sandbox
from paycli.sandbox.http import Call, Reply
from paycli.sandbox.mobilepay.merchant import ACCESS_TOKEN, BIO_CODE
from paycli.sandbox.toman.books import Books
from paycli.sandbox.toman.tokens import CLIENT_ID, CLIENT_SECRET, PASSWORD, SCOPES, USERNAME
from tests.sandbox.moving import Moving

SIGNED = {"accessToken": ACCESS_TOKEN, "bioCode": BIO_CODE}
GUID = "11111111-2222-4333-8444-555555555555"
JSON = {"content-type": "application/json"}
CLIENT = {"client_id": CLIENT_ID, "client_secret": CLIENT_SECRET}
PERSON = {"grant_type": "password", "username": USERNAME, "password": PASSWORD}
FORM = {"content-type": "application/x-www-form-urlencoded"}
UNKNOWN = "11111111-2222-4333-8444-555555555555"


class Desk:
    """A till that speaks to the sandbox."""

    def __init__(self) -> None:
        self.sandbox = Sandbox(Moving(), random.Random(7))

    def send(self, method: str, path: str, fields: dict[str, Any], *, trusted: bool = False) -> Reply:
        """Send exactly these fields, where the method carries them."""
        raw = json.dumps(fields).encode() if method == "POST" else b""
        query = {} if method == "POST" else fields
        provider = self.sandbox.providers["mobilepay"]
        return provider.handle(Call(method, f"/api/pos{path}", query, JSON, raw, trusted=trusted))

    def ask(self, path: str, method: str = "GET", **fields: str) -> dict[str, Any]:
        """Send a request with credentials; return the answer's content."""
        answer: dict[str, Any] = json.loads(self.send(method, path, {**fields, **SIGNED}).body)
        return answer

    def errors(self, path: str, method: str = "GET", **fields: str) -> list[str]:
        """Send a request that is refused; return the codes of its errors."""
        answer = self.ask(path, method, **fields)
        assert answer["success"] is False
        return [error.partition(":")[0] for error in answer["errors"]]

    def start(self, amount: str = "100.00", order: str = "A-1", terminal: str = "T-1001") -> str:
        """Start a payment; return its id."""
        fields = {"orderId": order, "amount": amount, "terminalId": terminal}
        return str(self.ask("/payment/start", "POST", **fields)["paymentId"])

    def reserved(self, amount: str = "100.00", order: str = "A-1") -> str:
        """Start a payment that the customer accepts; return its id."""
        payment = self.start(amount, order)
        self.act("reserve", payment)
        return payment

    def act(self, event: str, target: str) -> str:
        """Let something happen in the shop."""
        return self.sandbox.act("mobilepay", event, target)

    def state(self, payment: str) -> str:
        """Return a payment's state."""
        return str(self.ask("/payment/status", paymentId=payment)["status"])


class Office:
    """A clerk's desk that speaks to the sandbox."""

    def __init__(self) -> None:
        self.sandbox = Sandbox(Moving(), random.Random(11))

    def form(self, fields: dict[str, str], **headers: str) -> Reply:
        """Ask the token server."""
        body = urlencode(fields).encode()
        return self.sandbox.handle("POST", "/toman/oauth2/token/", {}, {**FORM, **headers}, body)

    def sign_in(self, scope: str = " ".join(sorted(SCOPES))) -> dict[str, Any]:
        """Sign in; return the tokens."""
        tokens: dict[str, Any] = json.loads(self.form({**PERSON, **CLIENT, "scope": scope}).body)
        return tokens

    def send(
        self, token: str, path: str, method: str = "GET", body: Any = None, query: dict[str, str] | None = None
    ) -> Reply:
        """Send a request with a token."""
        headers = {"authorization": f"Bearer {token}", "host": "127.0.0.1:8700", "content-type": "application/json"}
        raw = b"" if body is None else json.dumps(body).encode()
        return self.sandbox.handle(method, f"/toman{path}", query or {}, headers, raw)

    def get(self, path: str, **query: str) -> Any:
        """Read something with a fresh token."""
        return json.loads(self.send(self.sign_in()["access_token"], path, query=query).body)

    def post(self, path: str, body: Any) -> Reply:
        """Send a body with a fresh token."""
        return self.send(self.sign_in()["access_token"], path, "POST", body)

    @property
    def books(self) -> Books:
        """What the sandbox holds."""
        books: Books = self.sandbox.providers["toman"].books  # type: ignore[attr-defined] # Toman's own
        return books

    def terminal(self, **change: Any) -> dict[str, Any]:
        """Return a request for a new terminal."""
        account = next(iter(self.books.accounts))
        return {
            "terminal_type": 1,
            "psp_account_uuid": account,
            "terminal_number": "7700123",
            "acceptor_code": 311,
            "enabled": True,
            "description": "کنار در",
            "start_fetch_time": "2026-03-01T00:00:00.500Z",
            **change,
        }
