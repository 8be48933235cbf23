"""``webhooks verify``, ``sign`` and ``listen`` of every provider that sends notifications."""

import contextlib
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from paycli.commands.options import ColumnsOption, OutputOption, QueryOption, parsed_by, screen_of
from paycli.commands.run import silence_stdout
from paycli.errors import ConfigurationProblem, NothingSent, ProviderRefused, UsageProblem
from paycli.operations.catalog import provider
from paycli.operations.outcome import Answer, Fault
from paycli.operations.params import web_address
from paycli.operations.provider import Provider
from paycli.operations.webhooks import Forged, Webhooks
from paycli.operations.wire import NotJson, decode, encode
from paycli.output.cells import cell
from paycli.output.screen import Screen
from paycli.profiles.person import secret_sources
from paycli.profiles.profile import Profile
from paycli.profiles.resolve import Profiles
from paycli.profiles.secrets import secrets_of

app = typer.Typer(rich_markup_mode=None, add_completion=False, pretty_exceptions_enable=False)

SUCCESS = range(200, 300)


ProfileOption = Annotated[
    str | None,
    typer.Option("-p", "--profile", metavar="NAME", help="Whose secret; `sandbox` has a made-up one."),
]


@app.command()
def verify(
    ctx: typer.Context,
    data: Annotated[str | None, typer.Option(metavar="TEXT", help="The data field, as it came.")] = None,
    signature: Annotated[str | None, typer.Option(metavar="TEXT", help="The signature field, as it came.")] = None,
    profile: ProfileOption = None,
    output: OutputOption = None,
    query: QueryOption = None,
    columns: ColumnsOption = None,
) -> None:
    """Verify a webhook and print its event; exit 5 says that it is not what the provider signed.

    The body is read from standard input, as it came; or its two fields are given as --data and --signature.

    Example: paycli tranzzo webhooks verify -p sandbox < webhook.txt
    """
    hooks = _hooks(ctx)
    if (data is None) != (signature is None):
        raise UsageProblem(
            "--data and --signature go together.",
            next_step="add the other one, or give the whole body on standard input",
        )
    body = hooks.fields(data, signature) if data is not None and signature is not None else _standard_input()
    screen = screen_of(ctx, output, query, columns)
    found = hooks.verify(body, _secret(ctx, screen, profile)[1])
    if isinstance(found, Forged):
        raise ProviderRefused(f"This is not what the provider signed: {found.why}.", next_step=found.next_step)
    try:
        screen.show(found.event, hooks.columns)
    except BrokenPipeError:
        silence_stdout()


@app.command()
def sign(
    ctx: typer.Context,
    event: Annotated[str, typer.Option(metavar="FILE|NAME", help="A JSON file, - for standard input, or a sample.")],
    to: Annotated[str | None, typer.Option(metavar="URL", parser=parsed_by(web_address), help="Send it there.")] = None,
    order_id: Annotated[str | None, typer.Option(metavar="ID", help="The order of a sample.")] = None,
    profile: ProfileOption = None,
) -> None:
    """Make a signed webhook and print its body, or send it with --to as the provider would.

    Samples: purchase, auth, capture, void, refund, failure, pending. It is signed with the profile's secret; it goes to
    the address that is typed and carries no other credential.

    Example: paycli tranzzo webhooks sign --event refund --order-id A-1001 -p sandbox

    Effect: with --to, one request to that address; nothing at the provider

    If the answer is lost: run it again: what takes webhooks must bear a second one
    """
    hooks = _hooks(ctx)
    screen = screen_of(ctx, None)
    chosen, secret = _secret(ctx, screen, profile)
    body = hooks.sign(_event(hooks, chosen, event, order_id), secret)
    if to is None:
        sys.stdout.write(body.decode() + "\n")
        return
    result = _post(chosen, to, body, hooks.media)
    if isinstance(result, Fault):
        raise NothingSent(f"The target did not answer: {result.sentence}.", next_step="is it running?")
    if result.status not in SUCCESS:
        raise ProviderRefused(
            f"The target answered HTTP {result.status}.", next_step="look at what the target wrote down"
        )
    screen.say(f"The target answered HTTP {result.status} in {result.seconds:.2f} s.")


@app.command()
def listen(
    ctx: typer.Context,
    port: Annotated[int, typer.Option(metavar="N", min=0, max=65535, help="Port on 127.0.0.1; 0 takes a free one.")],
    forward_to: Annotated[
        str | None,
        typer.Option(metavar="URL", parser=parsed_by(web_address), help="Hand genuine ones on, byte by byte."),
    ] = None,
    preflight: Annotated[
        str | None, typer.Option(metavar="proceed|reject", help="How to answer the question before a payment.")
    ] = None,
    profile: ProfileOption = None,
    output: OutputOption = None,
    columns: ColumnsOption = None,
) -> None:
    """Take webhooks on loopback until Ctrl-C: verify, answer, show, forward.

    A wrong one is answered with 400, a genuine one with 200; one that comes a second time is dropped, unless it could
    not be forwarded. A preflight request looks like any other, so --preflight's word answers all of them.

    Example: paycli tranzzo webhooks listen --port 8801 --forward-to http://127.0.0.1:3000/hook -p sandbox

    Effect: answers what comes; with --forward-to, hands it on to that address

    If the answer is lost: the one who sent the webhook gets no 200, and sends it again
    """
    from paycli.tools.listen import Listener, Rules, Server

    hooks = _hooks(ctx)
    if preflight is not None and preflight not in hooks.answers:
        raise UsageProblem(f"--preflight is one of {', '.join(hooks.answers)}.")
    screen = screen_of(ctx, output, columns=columns)
    chosen, secret = _secret(ctx, screen, profile)
    forward = (lambda body, media: _post(chosen, forward_to, body, media)) if forward_to else None
    word = hooks.answers[preflight] if preflight else b"OK"
    listener = Listener(Rules(hooks, secret, word, screen.say, forward))
    try:
        server = Server(port, listener)
    except OSError as problem:
        raise ConfigurationProblem(
            f"Port {port} cannot be used: {problem.strerror}.", next_step="name another: --port 8702"
        ) from None
    # Stopping it is how it ends, wherever the signal arrives.
    with contextlib.suppress(KeyboardInterrupt), listener.stoppable(), server.serving():
        screen.say(f"Listening on http://127.0.0.1:{server.server_address[1]}; stop with Ctrl-C.")
        _show(screen, listener.arriving(), hooks, chosen.get("timezone", "UTC"))


def _show(screen: Screen, events: Iterator[Mapping[str, Any]], hooks: Webhooks, zone: str) -> None:
    """Show events as they come. Raises ConfigurationProblem when they cannot be written any more."""
    try:
        if screen.shape.format == "table":
            for event in events:
                cells = [cell(event, column, zone) for column in hooks.columns]
                screen.write("  ".join(filter(None, cells)) + "\n")
                screen.out.flush()
        else:
            screen.show(_flushed(screen, events), hooks.columns)
    except BrokenPipeError:
        raise
    except OSError as problem:
        silence_stdout()
        raise ConfigurationProblem(
            f"Events cannot be written to standard output: {problem.strerror}.",
            next_step="look at where standard output goes",
        ) from None


def _flushed(screen: Screen, events: Iterator[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for event in events:
        yield event
        screen.out.flush()


def _hooks(ctx: typer.Context) -> Webhooks:
    hooks = _provider(ctx).webhooks_of()
    assert hooks is not None  # noqa: S101 the group exists only where they do
    return hooks


def _provider(ctx: typer.Context) -> Provider:
    group = ctx.parent.parent if ctx.parent else None
    return provider(str(group.info_name if group else ""))


def _secret(ctx: typer.Context, screen: Screen, named: str | None) -> tuple[Profile, str]:
    """Return the profile and the one secret that signs webhooks, which is never shown."""
    declared = _provider(ctx)
    field = _hooks(ctx).secret
    chosen = Profiles().choose(declared.name, named)
    secrets = secrets_of(chosen, declared, secret_sources(declared, screen.say), only=frozenset({field}))
    screen.masker.learn([secret.text for secret in secrets.values()])
    return chosen, secrets[field].text


def _standard_input() -> bytes:
    if sys.stdin is None or sys.stdin.isatty():
        raise UsageProblem("There is no webhook on standard input.", next_step="add < FILE, or --data and --signature")
    return sys.stdin.buffer.read()


def _event(hooks: Webhooks, profile: Profile, name: str, order_id: str | None) -> bytes:
    """Return the JSON of a sample, or the very content of a file."""
    made = hooks.samples(profile.plain, datetime.now(UTC).isoformat())
    if name in made:
        return encode({**made[name], **({"order_id": order_id} if order_id else {})})
    if order_id:
        raise UsageProblem("--order-id goes with a sample, not with a file.", next_step="leave --order-id out")
    try:
        content = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as problem:
        raise UsageProblem(
            f"--event {name}: {problem.strerror}.", next_step=f"name a JSON file, or one of {', '.join(made)}"
        ) from None
    try:
        event = decode(content)
    except NotJson as problem:
        raise UsageProblem(f"--event {name}: {problem}.") from None
    if not isinstance(event, Mapping):
        raise UsageProblem(f"--event {name}: not a JSON object.")
    return content


def _post(profile: Profile, url: str, body: bytes, media: str) -> Answer | Fault:
    """Send a notification as the provider does, with no credential but its own signature."""
    from paycli.sending.client import Client, Outgoing

    client = Client(profile.timeouts, proxy=profile.get("proxy") or None, ca_bundle=profile.get("ca_bundle") or None)
    return client.exchange(Outgoing("POST", url, {"Content-Type": media}, body))
