"""``paycli api PROFILE METHOD PATH``: a raw signed request.

Its effect is that of the declared operation that its method, decoded path and query match, and where several do the
gravest; a request that matches none is taken for a change. It is never sent again by itself.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote, unquote

from typer.core import TyperArgument, TyperCommand, TyperOption

from paycli.commands.build import make_shared
from paycli.commands.run import run_asked, terms_of
from paycli.commands.shared import CHANGES, EVERY, shared_values
from paycli.errors import UsageProblem
from paycli.operations.catalog import provider
from paycli.operations.compose import METHODS_WITHOUT_BODY
from paycli.operations.operation import NEVER, Effect, Operation, Request, Shape
from paycli.operations.params import Facts
from paycli.operations.provider import Provider
from paycli.operations.routes import matched, routed
from paycli.operations.scan import holds_card_number
from paycli.operations.wire import NotJson, decode
from paycli.output.masking import without_card_data
from paycli.profiles.resolve import Profiles
from paycli.sending.pipeline import Asked
from paycli.values import replace

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
NO_FACTS: Facts = {}
GRAVITY = (Effect.READS, Effect.WRITES, Effect.MOVES_MONEY)
HELP = """Send a raw request, signed as the profile's provider wants it.

PATH begins with one slash, lies below the profile's base_url, and may hold fields of the profile such as {pos_id}. The
request has the effect of the declared operation that it matches (paycli operations list); one that matches none is
taken for a change. It is never sent again by itself.

Example: paycli api sandbox-tranzzo GET /api/v1/pos/{pos_id}/orders/A-1
"""


class ApiCommand(TyperCommand):
    """Builds the request out of what was typed and sends it through the pipeline."""

    def __init__(self) -> None:
        shared = {name: option for name, option in EVERY.items() if name != "profile"}
        super().__init__(
            name="api",
            help=HELP,
            rich_markup_mode=None,
            params=[
                TyperArgument(
                    param_decls=["profile"], metavar="PROFILE", required=True, help="Whose host and credentials."
                ),
                TyperArgument(
                    param_decls=["method"],
                    metavar="METHOD",
                    required=True,
                    help="|".join(METHODS),
                    autocompletion=lambda *_: METHODS,
                ),
                TyperArgument(
                    param_decls=["path"], metavar="PATH", required=True, help="With its query, if it has one."
                ),
                TyperOption(
                    param_decls=["field", "-f", "--field"],
                    multiple=True,
                    metavar="k=v",
                    help="A field of the body, or of the query of a GET: text, or with k:=v any JSON value.",
                ),
                TyperOption(
                    param_decls=["input", "--input"], metavar="FILE", help="The body as it is; - for standard input."
                ),
                *make_shared({**shared, **CHANGES}),
            ],
        )

    def invoke(self, ctx: Any) -> int:
        """Send the request and return the exit code."""
        typed = ctx.params
        profile = Profiles().profile(typed["profile"])
        declared = provider(profile.provider)
        method = typed["method"].upper()
        if method not in METHODS:
            raise UsageProblem(f"{typed['method']!r} is no method.", next_step=f"one of {', '.join(METHODS)}")
        check_path(typed["path"])
        fields = dict(map(_field, typed["field"] or ()))
        body = _body(typed["input"])
        if holds_card_number(fields):
            raise UsageProblem(
                "A field of -f holds what looks like a card number.", next_step="put the body into --input, - or a file"
            )
        if fields and body is not None:
            raise UsageProblem("-f and --input contradict each other.", next_step="keep one of them")

        def request(facts: Facts) -> Request:
            return make_request(method, typed["path"], fields, body, facts)

        def placed(facts: Facts) -> Request:
            made = request(facts)
            return replace(made, parts=parts_of(declared, made, facts))

        operation = raw_operation(declared, request(profile.plain), typed["path"], profile.plain)
        shared = shared_values(typed)
        asked = Asked(operation, lambda _facts: {}, profile.name, shared.timeout, terms_of(shared), placed)
        return run_asked(ctx.obj, declared, asked, shared)


COMMAND = ApiCommand


def check_path(path: str) -> None:
    """Raise UsageProblem for a path that could leave the profile's host or mean another route than it shows."""
    decoded = unquote(path.partition("?")[0])
    problem = None
    if not path.startswith("/") or path.startswith("//") or decoded.startswith("//"):
        problem = "begins with exactly one slash, and names no host"
    elif "\\" in unquote(path) or not unquote(path).isprintable():
        problem = "holds no backslash and no control character"
    elif "#" in path:
        problem = "holds no fragment"
    elif {".", ".."} & set(decoded.split("/")):
        problem = "holds no dot segments"
    if problem:
        raise UsageProblem(f"PATH {problem}.", next_step="write such as /api/v1/pos/{pos_id}/orders/A-1")


def make_request(method: str, path: str, fields: Mapping[str, Any], body: bytes | None, facts: Facts) -> Request:
    """Return the request that was typed, with the profile's fields filled in."""
    route, _, query = path.partition("?")
    filled = re.sub(r"\{([a-z_]+)\}", lambda match: quote(facts.get(match[1], f"<{match[1]}>"), safe="<>"), route)
    encoded = quote(filled, safe="/%:@!$&'()*+,;=~-._<>")
    pairs = tuple(parse_qsl(query, keep_blank_values=True))
    if method in METHODS_WITHOUT_BODY:
        pairs += tuple((name, value if isinstance(value, str) else str(value)) for name, value in fields.items())
        return Request(method, "base_url", encoded, pairs, raw=body)
    return Request(method, "base_url", encoded, pairs, None if body is not None else fields, raw=body)


def parts_of(declared: Provider, request: Request, facts: Facts) -> Mapping[str, str]:
    """Return what a request has in the placeholders of the operation that it matches."""
    matches = _matching(declared, request, facts)
    return (matched(matches[0], request.path) or {}) if matches else {}


def raw_operation(declared: Provider, request: Request, typed: str, facts: Facts = NO_FACTS) -> Operation:
    """Return an operation with the effect of what the request matches."""
    matches = _matching(declared, request, facts)
    gravest = matches[0] if matches else None
    closest = sorted(matches, key=lambda operation: len(operation.path.partition("?")[2]), reverse=True)
    return Operation(
        provider=declared.name,
        # What it is called is written down, so that no credential which was typed into it may stay there.
        command=f"api {request.method} {without_card_data(typed)}",
        method=request.method,
        path=typed,
        effect=gravest.effect if gravest else Effect.WRITES,
        # Never sent again by itself; the read that settles what it matches settles it too.
        retry=gravest.retry if gravest and gravest.retry.settled_by else NEVER,
        same=gravest.same if gravest else (),
        movement=gravest.kind if gravest else "raw",
        documented_as="raw request",
        fields=_nothing,
        shape=Shape.ANY,
        creates=next((operation.creates for operation in closest if operation.creates), None),
        listed=any(operation.listed for operation in matches),
        irrevocable=any(operation.irrevocable for operation in matches),
        once=next((operation.once for operation in matches if operation.once), None),
        beside=gravest.beside if gravest else None,
        weigh=gravest.weigh if gravest else None,
        pictures=next((operation.pictures for operation in matches if operation.pictures), None),
        raw=True,
        begins=any(operation.begins for operation in matches),
        scopes=gravest.scopes if gravest else (),
    )


def _nothing() -> Mapping[str, Any]:
    return {}


def _matching(declared: Provider, request: Request, facts: Facts) -> list[Operation]:
    """Return the operations that the request matches, with the routes of the profile, the gravest first."""
    known = [routed(operation, facts) for operation in declared.load().values()]
    matches = [operation for operation in known if _matches(operation, request)]
    return sorted(matches, key=lambda operation: GRAVITY.index(operation.effect), reverse=True)


def _matches(operation: Operation, request: Request) -> bool:
    if request.method not in operation.method.split("|") or operation.path.startswith("{"):
        return False
    if matched(operation, request.path) is None:
        return False
    query = operation.path.partition("?")[2]
    fixed = set(parse_qsl(query))
    known = {name for name, _ in fixed} | set(operation.query)
    # A parameter that the declaration does not know may turn a read into something else; a change stays one.
    return fixed <= set(request.query) and (operation.changes or {name for name, _ in request.query} <= known)


def _field(text: str) -> tuple[str, Any]:
    match = re.match(r"([^=:]+)(:?=)", text)
    if not match:
        raise UsageProblem(f"-f {text!r} is not of the form k=v or k:=JSON.")
    value = text[match.end() :]
    if match[2] == "=":
        return match[1], value
    try:
        return match[1], decode(value.encode())
    except NotJson as problem:
        raise UsageProblem(f"-f {match[1]}:= is followed by what is {problem}.") from None


def _body(name: str | None) -> bytes | None:
    if name is None:
        return None
    try:
        import sys

        return sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as problem:
        raise UsageProblem(f"--input {name}: {problem.strerror}.") from None
