"""What a bulk run will do: each row as one command, what it is known by, and what all of them move."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from paycli.commands.build import OperationCommand, build_values
from paycli.errors import UsageProblem
from paycli.operations.money import Money
from paycli.operations.operation import Effect, Operation
from paycli.operations.params import Facts
from paycli.profiles.profile import Profile
from paycli.sending import policy
from paycli.sending.closing import account_of
from paycli.sending.pipeline import Asked, Pipeline
from paycli.sending.subject import identify, merchant_of
from paycli.sending.terms import Row, Terms
from paycli.tools.bulk.cells import TypedRow, build_problem, canonical
from paycli.tools.bulk.sheet import Problem, refuse
from paycli.values import dataclass, replace


@dataclass(frozen=True)
class Planned:
    """A row that is ready to go.

    ``name`` is what it is known by in the journal; ``target`` what it acts on, empty where nothing identifies it;
    ``money`` what it moves, None where it moves none or all that is left; ``content`` is equal for equal requests.
    """

    place: int
    line: int
    cells: Mapping[str, str]
    asked: Asked
    name: str
    target: str
    money: Money | None
    content: str

    @property
    def request_id(self) -> str | None:
        """The name that the file gives the row's intention."""
        return self.asked.terms.request_id


def make_plan(
    name: str,
    rows: Sequence[TypedRow],
    known: Sequence[Problem],
    command: OperationCommand,
    pipeline: Pipeline,
    profile: Profile,
    terms: Terms,
) -> list[Planned]:
    """Return the rows as commands.

    Raises UsageProblem that names, beside the problems that are ``known``, every row that cannot be one, or that
    repeats another; RefusedHere for what policy forbids. Nothing is sent for it, and no secret is needed.
    """
    planned: list[Planned] = []
    wrong = [*known]
    for place, row in enumerate(rows):
        try:
            planned.append(_planned(place, row, command, pipeline, profile, terms))
        except (UsageProblem, ValueError) as problem:
            wrong.append(build_problem(row, problem))
    if command.operation.changes:
        wrong += _repetitions(planned)
    if wrong:
        refuse(name, wrong)
    if command.operation.changes:
        _refuse_by_policy(command.operation, planned, pipeline, profile)
    held = frozenset(row.name for row in planned)
    return [_holding(row, held) for row in planned]


def totals(rows: Iterable[Planned]) -> list[Money]:
    """Return what rows move, by currency."""
    return added(row.money for row in rows if row.money)


def added(moneys: Iterable[Money]) -> list[Money]:
    """Return the sums of amounts, by currency."""
    sums: dict[str, Decimal] = {}
    for money in moneys:
        sums[money.currency] = sums.get(money.currency, Decimal(0)) + money.amount
    return [Money(amount, currency) for currency, amount in sorted(sums.items())]


def _planned(
    place: int, row: TypedRow, command: OperationCommand, pipeline: Pipeline, profile: Profile, terms: Terms
) -> Planned:
    operation = command.operation

    def build(facts: Facts) -> dict[str, Any]:
        return build_values(command.declared, row.typed, facts)

    terms = replace(terms, reason=row.reason or terms.reason, request_id=row.request_id)
    asked = Asked(operation, build, profile.name, terms=terms)
    _, request = pipeline.prepare(asked, profile)
    for finding in policy.card_findings(operation, request, profile):
        raise UsageProblem(finding.message)
    identity = identify(pipeline.provider, operation, request)
    account = account_of(profile, merchant_of(pipeline.provider, profile, identity))
    moved = identity.money if operation.effect is Effect.MOVES_MONEY else None
    content = json.dumps([request.method, request.path, request.query, canonical(request.body)], sort_keys=True)
    name = _name(profile, account, operation, row)
    return Planned(place, row.line, row.cells, asked, name, identity.target, moved or request.money, content)


def _name(profile: Profile, account: str, operation: Operation, row: TypedRow) -> str:
    """Return what a row is known by: profile, command and its request_id, else its values; never where it stands."""
    what = ["id", row.request_id] if row.request_id else ["values", canonical(row.given)]
    known_by = [profile.name, account, operation.name, *what]
    return hashlib.sha256(json.dumps(known_by, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:32]


def _repetitions(rows: Sequence[Planned]) -> Iterable[Problem]:
    names: dict[str, Planned] = {}
    contents: dict[str, Planned] = {}
    for row in rows:
        first = names.setdefault(row.name, row)
        if first is not row and row.request_id:
            yield Problem(row.line, f"it has the request_id of line {first.line}", "request_id")
            continue
        equal = contents.setdefault(row.content, row)
        if equal is not row and not (row.request_id and equal.request_id):
            yield Problem(row.line, f"it repeats line {equal.line}; equal rows need a request_id each")


def _refuse_by_policy(operation: Operation, rows: Sequence[Planned], pipeline: Pipeline, profile: Profile) -> None:
    unexplained = next((row for row in rows if not row.asked.terms.reason), None)
    reason = None if unexplained else "given"
    for finding in policy.findings(operation, profile, reason, pipeline.provider):
        raise finding


def _holding(row: Planned, held: frozenset[str]) -> Planned:
    if not row.asked.operation.changes:
        return row
    terms = replace(row.asked.terms, row=Row(row.name, held))
    return replace(row, asked=replace(row.asked, terms=terms))
