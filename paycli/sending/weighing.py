"""A change held against the state that was read before: whether it can be right, what it moves, what the guard sees."""

from decimal import Decimal

from paycli.errors import NotFound, RefusedHere
from paycli.operations.operation import Effect
from paycli.operations.outcome import Pending, Succeeded
from paycli.operations.safety import Identity, Row, Weighed
from paycli.sending.closing import rows_of
from paycli.sending.guard import Wish
from paycli.sending.settle import row_outcome
from paycli.sending.subject import Subject
from paycli.sending.terms import Terms, Way


def weigh(subject: Subject, way: Way, rows: list[Row] | None, terms: Terms) -> Weighed:
    """Return what will move and what is left. Raises NotFound or RefusedHere where it cannot be right."""
    if subject.operation.weigh:
        return _weighed_by_fields(subject, way, terms)
    if subject.provider.safety is None or rows is None:
        return Weighed(money=subject.identity.money)
    known_before = not (subject.operation.creates or subject.operation.begins)
    if not rows and known_before and terms.preflight:
        raise NotFound(
            f"{subject.provider.title} knows no {subject.identity.target}.",
            next_step="check the identifier and the profile",
            money="Nothing was sent.",
        )
    weighed = subject.provider.safety.weigh(subject.identity, [*rows, *_beside(subject, way, terms)])
    if weighed.problem and terms.preflight:
        raise RefusedHere(
            f"{subject.operation.command} {subject.identity.target}: {weighed.problem}.",
            next_step="look at it first; --no-preflight sends it all the same",
            money="Nothing was sent.",
        )
    return weighed if not weighed.problem else Weighed(money=subject.identity.money)


def _weighed_by_fields(subject: Subject, way: Way, terms: Terms) -> Weighed:
    weigh = subject.operation.weigh
    if weigh is None or not terms.preflight:
        return Weighed(money=subject.identity.money)
    weighed: Weighed = weigh(subject.request, _beside(subject, way, terms))
    return weighed


def _beside(subject: Subject, way: Way, terms: Terms) -> list[Row]:
    """Return what a further read tells, with which the change is weighed; it settles nothing."""
    wanted = subject.operation.beside(subject.request) if subject.operation.beside and terms.preflight else None
    if wanted is None:
        return []
    rows, problem = rows_of(way.look(*wanted))
    if problem:
        raise problem
    return rows


def wish_of(subject: Subject, identity: Identity, rows: list[Row] | None, terms: Terms) -> Wish:
    """Return the change as the guard sees it."""
    safety = subject.provider.safety
    equal = [safety.key(row) for row in rows or () if safety and _counts(subject, identity, row)]
    prefix = "limits."
    return Wish(
        account=subject.account,
        kind=identity.kind,
        target=identity.target,
        same=_same(subject, identity),
        money=identity.money,
        limits={
            name.removeprefix(prefix): Decimal(text)
            for name, text in subject.profile.plain.items()
            if name.startswith(prefix)
        },
        currency=subject.profile.get("currency"),
        again=terms.again,
        request_id=terms.request_id,
        identified=bool(subject.operation.same and identity.target),
        digest=subject.digest,
        elsewhere=tuple(equal),
        moves_money=subject.operation.effect is Effect.MOVES_MONEY or subject.operation.raw,
        row=terms.row,
    )


def _counts(subject: Subject, identity: Identity, row: Row) -> bool:
    safety = subject.provider.safety
    if safety is None or not (safety.equal or safety.alike)(identity, row):
        return False
    return isinstance(row_outcome(subject.provider, subject.operation, row), Succeeded | Pending)


def _same(subject: Subject, identity: Identity) -> str:
    what = "|".join(filter(None, [identity.target, identity.detail]))
    return f"{what}|{identity.money or 'all'}" if "amount" in subject.operation.same else what
