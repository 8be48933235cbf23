"""Providers that repeat everything they were told: the sandbox's core behind a mirror that knows the planted values."""

import base64
import copy
import json
import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import quote, unquote, unquote_plus, urlencode

from paycli.operations.outcome import Answer, CutOffError, Fault, Flow
from paycli.operations.provider import Provider, Unsigned
from paycli.sandbox.core import Sandbox
from paycli.sandbox.http import Call, Reply, json_text, parse_json
from paycli.sandbox.mischief import ELSEWHERE, GARBAGE, PAGE
from tests.hardening.markers import Marker, forms_of, found_in, plain_marker, short_marker
from tests.simulation.network import call_of

LOST = ("timeout", "reset", "drop-before-commit", "drop-after-commit", "commit-late", "truncate")
COMMITTED = ("drop-after-commit", "commit-late", "truncate")
TOKENS = (
    *("access_token", "refresh_token", "accessToken", "token", "jwt", "portal_cookie"),
    *("apiKey", "apiSecret", "key", "secret", "apiKeyValue", "apiKeySecret", "secretKey"),
)
PINS = ("pinCode",)
SENTENCES = ("message", "detail", "description", "status_description", "error_description", "comment", "title", "error")

PRINTABLE = "".join(map(chr, range(0x20, 0x7F)))
FILES = "/_files"
ESCAPED = "echo-escaped-"

IsOwn = Callable[[Call], bool]


@dataclass
class Repeating:
    """One provider for one run of a command.

    ``planted`` are the values under which the profile and the hidden values go out, ``samples`` what the sandbox knows
    in their stead. ``fault`` meets the requests that ``is_own`` tells, and ``problem`` is raised there. ``known`` are
    those that it was sent so far, ``answered`` the markers that its answers brought.
    """

    declared: Provider
    core: Sandbox
    planted: list[Marker]
    samples: dict[str, str]
    name: str
    fault: str | None = None
    problem: Callable[[], BaseException] | None = None
    is_own: IsOwn = lambda _call: True
    mirrors: bool = True
    answered: list[Marker] = field(default_factory=list)
    known: list[Marker] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)

    def connect(self, *_: Any) -> "Repeating":
        """Return the way to this provider."""
        return self

    def close(self) -> None:
        """Nothing is held."""

    def __call__(
        self, method: str, url: str, sent: dict[str, str], body: bytes, *, stream: bool, fresh: bool
    ) -> Answer | Flow | Fault:
        """Answer one request."""
        del fresh
        call = self._understood(method, url, sent, body)
        if url.startswith(self.core.world.files_address):
            call = replace(call, path=f"{FILES}{call.path}")
        own = self.is_own(call)
        if own and self.problem:
            raise self.problem()
        fault = self.fault if own else None
        if fault in LOST and not stream:
            if fault in COMMITTED:
                self._handled(call)
            return Fault("no complete answer within the time allowed", may_have_left=True)
        if fault == "refuse-connection":
            return Fault("no connection within the time allowed", may_have_left=False)
        if fault == "interrupted":
            return Fault("it was interrupted while the answer was awaited", may_have_left=True, interrupted=True)
        answer = self._mirrored(self._replied(call, fault), method, url, sent, body)
        if stream and 200 <= answer.status < 300:
            return Flow(answer.status, answer.headers, _pieces(answer.body, cut=fault in LOST), lambda: None)
        return answer

    def _understood(self, method: str, url: str, sent: Mapping[str, str], body: bytes) -> Call:
        """Return the request as the sandbox can read it: with its own made-up credentials and values."""
        url, body = self._plain(url), self._plain(body.decode("latin-1")).encode("latin-1")
        headers = {name: self._plain(value) for name, value in sent.items()}
        if not self.declared.sign_ins:
            facts = {one.name: one.sandbox or one.default or "" for one in self.declared.settings}
            headers |= self.declared.sign(Unsigned(method, url, body), facts).headers
        call = replace(call_of(method, url, headers, body), trusted=bool(self.declared.sign_ins))
        self.calls.append(call)
        return call

    def _plain(self, text: str) -> str:
        for marker in [*self.planted, *self.answered]:
            if (sample := self.samples.get(marker.text)) is None:
                continue
            utf8 = marker.text.encode().decode("latin-1")
            for form in (utf8, quote(marker.text, safe=""), json.dumps(utf8)[1:-1], urlencode({"": marker.text})[1:]):
                text = text.replace(form, sample)
        return text

    def _replied(self, call: Call, fault: str | None) -> Reply:
        match fault:
            case "refuse":
                return self.core.error(call.path, 400)
            case "redirect":
                return ELSEWHERE
            case str() if fault.isdigit():
                return self.core.error(call.path, int(fault))
        if fault in {"repeat", "twin"}:
            self._handled(call)
        reply = self._handled(replace(call, pending=fault == "pending"))
        return {"garbage": GARBAGE, "html-502": PAGE}.get(fault or "", reply)

    def _handled(self, call: Call) -> Reply:
        if call.path.startswith(FILES):
            return self.core.file(call.method, call.path.removeprefix(FILES), call.query, call.headers)
        name, _, rest = call.path.removeprefix("/").partition("/")
        inner = replace(call, path=f"/{rest}")
        served = self.core.providers[name]
        if self.fault == "stale-read" and call.method == "GET":
            served = copy.deepcopy(served)
        reply = served.handle(inner)
        return replace(reply, body=reply.content(), chunks=None)

    def _mirrored(self, reply: Reply, method: str, url: str, sent: Mapping[str, str], body: bytes) -> Answer:
        headers = {name.lower(): value for name, value in reply.headers.items()}
        if not self.mirrors:
            return Answer(reply.status, headers, reply.body)
        told = self._told(method, url, sent, body)
        cookie = self._marker(plain_marker, "cookie")
        headers |= {"x-repeated": quote(told["echo_note"], safe=PRINTABLE)}
        headers |= {"set-cookie": f"TeraPay.Portal={cookie}; Path=/; HttpOnly", "x-proof": " ".join(sent.values())}
        content = parse_json(reply.body)
        if not isinstance(content, dict | list):
            return Answer(reply.status, headers, _after(reply, told))
        return Answer(reply.status, headers, _escaped(json_text(self._with(content, told)), self.known))

    def _told(self, method: str, url: str, sent: Mapping[str, str], body: bytes) -> dict[str, Any]:
        """Return what this provider says too much."""
        known = {*found_in(_everything(url, sent, body), self.planted)}
        if "x-api-auth" in map(str.lower, sent):
            # Who checks a signature has what it was made with.
            known |= {marker for marker in self.planted if marker.name.endswith("api_secret")}
        self.known += [marker for marker in self.planted if marker in known and marker not in self.known]
        long = [marker.text for marker in self.known if not marker.short]
        return {
            "echo_sentence": " | ".join(forms_of(text)[len(self.calls) % 7] for text in long),
            "echo_note": " | ".join(form for text in long for form in forms_of(text)),
            "echo_request": body.decode(errors="replace"),
            "echo_form": urlencode({name: str(value) for name, value in _fields(body).items()}),
            "echo_url": f"{method} {url}",
            "echo_headers": dict(sent),
            "echo_escaped": [f"{ESCAPED}{index}" for index in range(len(self.known))],
            "echo_raw": "\n".join(f"{name}: {value}" for name, value in sent.items()),
        }

    def _with(self, content: Any, told: Mapping[str, Any]) -> Any:
        """Return the answer with it: in an object, or the first row of a list, and in its sentences."""
        if isinstance(content, list):
            return [self._with(row, told) if not index else row for index, row in enumerate(content)]
        if not isinstance(content, dict):
            return content
        changed = {name: self._changed(name, value, told) for name, value in content.items()}
        return {**changed, **told}

    def _changed(self, name: str, value: Any, told: Mapping[str, Any]) -> Any:
        if name in TOKENS and isinstance(value, str):
            return self._marker(plain_marker, name, value)
        if name in PINS and isinstance(value, str | int):
            return self._marker(short_marker, name, str(value))
        if name in SENTENCES and isinstance(value, str):
            return f"{value} (you sent {told['echo_sentence']})"
        return {one: self._changed(one, inner, told) for one, inner in value.items()} if _is_object(value) else value

    def _marker(self, make: Callable[[str], Marker], name: str, real: str = "") -> str:
        marker = make(f"{self.name} {name} of an answer {len(self.answered)}")
        self.answered.append(marker)
        if real:
            self.samples[marker.text] = real
        return marker.text


def _everything(url: str, sent: Mapping[str, str], body: bytes) -> str:
    """Return all that was sent, with what stands in base64 decoded."""
    text = "\n".join([unquote(url), *sent.values(), body.decode(errors="replace"), unquote_plus(body.decode())])
    inner = [word for word in re.findall(r"[A-Za-z0-9+/]{12,}={0,2}", text) if len(word) % 4 == 0]
    return "\n".join([text, *(base64.b64decode(word).decode(errors="replace") for word in inner)])


def _escaped(text: str, planted: Sequence[Marker]) -> bytes:
    """Return JSON in which some texts are written with nothing but escapes, as any JSON may be."""
    for index, marker in enumerate(planted):
        shown = "***" if marker.short else "".join(f"\\u{ord(char):04x}" for char in marker.text)
        text = text.replace(f'"{ESCAPED}{index}"', f'"{shown}"')
    return text.encode()


def _is_object(value: Any) -> bool:
    return isinstance(value, dict)


def _fields(body: bytes) -> dict[str, Any]:
    try:
        found = json.loads(body)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _after(reply: Reply, told: Mapping[str, Any]) -> bytes:
    media = reply.headers.get("Content-Type", "")
    if not media.startswith(("text/html", "text/plain")) or reply.status < 400:
        return reply.body
    return reply.body + f"\n<!-- {told['echo_note']} {told['echo_request']} -->".encode()


def _pieces(body: bytes, *, cut: bool) -> Iterator[bytes]:
    yield body[: len(body) // 2]
    if cut:
        raise CutOffError("the connection broke before the answer was complete")
    yield body[len(body) // 2 :]


def fresh_core(furnished: Sequence[Call]) -> Sandbox:
    """Return a sandbox that holds what these requests need."""
    core = Sandbox(chance=random.Random(7))
    for call in furnished:
        core.furnish(call)
    return core
