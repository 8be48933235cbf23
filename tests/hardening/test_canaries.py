"""No planted secret is found anywhere, whatever a command meets; ``--exhaustive`` runs every command in every way."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from paycli.operations.catalog import PROVIDERS, provider
from paycli.operations.operation import Operation
from paycli.sandbox.faults import KINDS
from paycli.sandbox.http import Call
from tests.hardening.conftest import Judged
from tests.hardening.hunting import Ended, Hunt, crashing
from tests.hardening.markers import Marker
from tests.hardening.repeating import Repeating, fresh_core
from tests.hardening.typing_in import Typed, typed_for
from tests.simulation.history import _is_of

DEFECT = 1
JSON, TABLE = ("-o", "json"), ("-o", "table")
QUERY = "[@, to_string(@), values(@), pinCode, accessToken, access_token, otp, echo_headers, echo_request]"
ECHOED = "echo_note,echo_request,echo_form,echo_headers,echo_raw,echo_escaped,accessToken,pinCode,access_token,message"


@dataclass(frozen=True)
class Situation:
    """What a command meets, and how its answer is asked for."""

    name: str
    words: tuple[str, ...] = (*JSON, "-vv")
    fault: str | None = None
    crash: str | None = None
    terminal: bool = False


FORMS = (
    Situation("success", (*JSON, "-vv")),
    Situation("table", (*TABLE, "-v")),
    Situation("terminal", (*TABLE, "-vv"), terminal=True),
    Situation("ndjson", ("-o", "ndjson", "-v")),
    Situation("csv", ("-o", "csv")),
    Situation("yaml", ("-o", "yaml")),
    Situation("id", ("-o", "id")),
    Situation("query", (*JSON, "--query", QUERY)),
    Situation("query as a table", (*TABLE, "--query", "[@]")),
    Situation("columns", ("-o", "csv", "--columns", ECHOED)),
    Situation("columns as a table", (*TABLE, "--columns", ECHOED)),
    Situation("columns as yaml", ("-o", "yaml", "--columns", ECHOED)),
)
FAULTS = tuple(
    Situation(f"{kind}{how}", words, fault=kind)
    for kind in (*KINDS, "refuse-connection")
    for how, words in (("", (*JSON, "-vv")), (" as text", TABLE))
)
REHEARSALS = (Situation("dry run", (*JSON, "--dry-run", "-vv")), Situation("dry run as text", (*TABLE, "--dry-run")))
CRASHES = tuple(
    Situation(f"crash of the {place} as {words[1]}", words, crash=place)
    for place in ("exchange", "judge", "screen")
    for words in ((*JSON, "-vv"), TABLE)
)
INTERRUPTIONS = (
    Situation("interrupted", (*JSON, "-vv"), fault="interrupted"),
    Situation("interrupted before anything left", TABLE, crash="keyboard"),
)
GROUPS = (FORMS, FAULTS, CRASHES, (*REHEARSALS, *INTERRUPTIONS))


def furnished_for(hunt: Hunt, operation: Operation) -> list[Call]:
    """Return the request that a command makes, which the sandbox then prepares for; nothing is there to answer it."""
    calls: list[Call] = []
    canary(hunt, operation, Situation("no connection", fault="refuse-connection"), [], calls)
    return [call for call in calls if _is_of(operation, call)][-1:]


def canary(
    hunt: Hunt, operation: Operation, situation: Situation, furnished: list[Call], calls: list[Call] | None = None
) -> Ended:
    """Run one command in one situation, and look for what was planted; the requests that came join ``calls``."""
    declared = provider(operation.provider)
    name = f"{operation.name}, {situation.name}"
    typed = typed_for(operation, declared, name)
    typed.words += [*situation.words, *([] if furnished or not operation.changes else ["--no-preflight", "--again"])]
    way = Repeating(
        declared, fresh_core(furnished), typed.planted, typed.samples, name, is_own=lambda call: _is_of(operation, call)
    )
    way.fault, way.problem = situation.fault, _problem(situation, typed)
    with crashing(situation.crash, lambda: RuntimeError(_confession(typed))):
        ended = hunt.run(
            name, typed, way.connect, terminal=situation.terminal, answered=way.answered, allowed=kept_once
        )
    assert ended.code != DEFECT or situation.crash, f"{name}: {ended.told}"
    if calls is not None:
        calls += way.calls
    return ended


def _problem(situation: Situation, typed: Typed) -> Callable[[], BaseException] | None:
    kinds = {"exchange": RuntimeError, "keyboard": KeyboardInterrupt}
    kind = kinds.get(situation.crash or "")
    return (lambda: kind(_confession(typed))) if kind else None


def _confession(typed: Typed) -> str:
    return " ".join(marker.text for marker in typed.planted)


def kept_once(place: str, marker: Marker) -> bool:
    """Return whether a find is what a command exists to deliver: the file of what exists only once."""
    return place.startswith("state:once-") and "of an answer" in marker.name


def situations(number: int, *, exhaustive: bool) -> Iterator[Situation]:
    """Yield what one command meets: everything, or of each group another one for each command."""
    for group in GROUPS:
        yield from group if exhaustive else [group[number % len(group)]]


@pytest.mark.parametrize("name", PROVIDERS)
def test_no_command_tells_a_secret(name: str, judged: Judged, request: pytest.FixtureRequest) -> None:
    """Neither in what it prints nor in what it leaves on the disk, whatever the provider repeats and breaks."""
    exhaustive = request.config.getoption("--exhaustive")
    for number, operation in enumerate(provider(name).load().values()):
        furnished = furnished_for(judged.hunt, operation)
        for situation in situations(number, exhaustive=exhaustive):
            canary(judged.hunt, operation, situation, furnished)
    judged.conclude()
