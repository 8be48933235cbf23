"""What a provider tells about its changes, so that none is done twice and none is lost: the hooks of money safety."""

from collections.abc import Callable, Mapping
from typing import Any

from paycli.operations.money import Money
from paycli.operations.operation import Operation, Request
from paycli.values import dataclass

Row = Mapping[str, Any]
LISTED = "@id"
"""Where a row holds the bare identifier by which a list named it, beside what its own read tells."""


@dataclass(frozen=True)
class Identity:
    """What a change acts on, read out of its request, however that was made.

    ``target`` is the existing object, or our own reference of what is created; without ``money`` all of it is meant,
    or nothing moves. ``named`` is what a person calls it, where that is not the target; ``detail`` is what tells two
    changes of one target and amount apart, such as who gets it.
    """

    kind: str
    target: str
    merchant: str
    money: Money | None = None
    named: str = ""
    detail: str = ""


@dataclass(frozen=True)
class Weighed:
    """A change held against the state of what it acts on.

    ``money`` is what will move, ``after`` what is then left; ``problem`` why it cannot be right; ``lines`` tell the
    state to a person.
    """

    money: Money | None = None
    after: Money | None = None
    problem: str | None = None
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class Safety:
    """A provider's hooks.

    ``identify`` reads what a request acts on; ``mark`` puts our mark into a field that comes back; ``weigh`` holds a
    change against the rows read before; ``alike`` says whether a row could be this very change; ``key`` names a row;
    ``note`` is the text of a row in which a mark of ours would stand. ``equal`` says whether a row that was there
    before is the same change, done by somebody else; where it is left out, whatever is alike is. ``worth`` is how much
    a row moved, where its fields say so.
    """

    identify: Callable[[Operation, Request], Identity]
    mark: Callable[[Request, str], Request]
    weigh: Callable[[Identity, list[Row]], Weighed]
    alike: Callable[[Identity, Row], bool]
    key: Callable[[Row], str]
    note: Callable[[Row], str]
    equal: Callable[[Identity, Row], bool] | None = None
    worth: Callable[[Row], Money | None] | None = None
