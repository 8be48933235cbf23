"""The declaration of one provider command, and the request that it makes."""

from collections.abc import Callable, Mapping
from enum import Enum
from typing import TYPE_CHECKING, Any

from paycli.operations.columns import Column
from paycli.operations.files import Saved
from paycli.operations.follow import Follow
from paycli.operations.money import Money
from paycli.operations.once import Once
from paycli.operations.pages import Numbered
from paycli.operations.pictures import Pictures
from paycli.values import dataclass, field

if TYPE_CHECKING:
    from paycli.operations.timeline import Timeline

Fields = Mapping[str, Any]
"""What a declared function returns: the fields of the body or of the query; None means left out."""


class Effect(Enum):
    """What an operation does at the provider."""

    READS = "reads"
    WRITES = "writes"
    MOVES_MONEY = "moves-money"


class Route(Enum):
    """Where method and path come from."""

    DOCUMENTED = "documented"
    FOUND = "found"
    ASSUMED = "assumed"


@dataclass(frozen=True)
class Retry:
    """When an operation may be sent again: ``always``, ``never``, ``key``, or ``lookup:COMMAND`` that settles it."""

    rule: str

    @property
    def settled_by(self) -> str | None:
        """The read that tells whether a lost operation happened, or None where there is no such read."""
        kind, _, command = self.rule.partition(":")
        return command if kind == "lookup" else None


ALWAYS = Retry("always")
NEVER = Retry("never")
KEY = Retry("key")


def settled_by(command: str) -> Retry:
    """Return the rule of an operation that may not be repeated but can be looked up."""
    return Retry(f"lookup:{command}")


class Shape(Enum):
    """What the provider's answer is declared to be; ``LINES`` is one JSON object a line."""

    OBJECT = "object"
    ARRAY = "array"
    LINES = "lines"
    FILE = "file"
    TEXT = "text"
    ANY = "any"


@dataclass(frozen=True)
class View:
    """Rows in the order in which a person reads them, and lines to print below.

    Rows of their ``own`` are made of the answer's, and are those of CSV and of ``-o id`` too.
    """

    rows: list[Any]
    lines: list[str] = field(default_factory=list)
    own: bool = False


@dataclass(frozen=True)
class Operation:
    """Everything that is true of a provider command whatever its options are.

    ``fields`` is the declared function; ``same`` names the values that make two of them the same operation;
    ``creates`` names the answer's field whose presence is the success of a command that creates something (else its
    status word decides); ``public`` says that it carries no credentials; ``empty_is_missing`` that an empty list means
    that the thing asked for is unknown; ``view`` is how a person reads the rows; ``movement`` is the
    kind of movement where the command's last word does not say it; ``query`` names what goes into the query: all of a
    GET, and of another what is named here;
    ``listing`` says that the answer is a list without end, which is streamed and cut at ``--limit``; ``enveloped`` that
    its rows lie inside an object, out of which ``explain`` takes them; ``raw`` that the user wrote the request and a
    2xx answer is all that can be asked for; ``card_data`` that it sends a card's number; ``begins`` that it begins
    something under our own reference, which is not known there before; ``saved`` that the answer is kept as a file;
    ``qr`` names the answer's field that is shown as a QR code.

    ``sign_in`` says that the command gets or renews a token: that is no change, whatever its effect is called.
    ``scopes`` are the rights that a token needs for it; ``form`` says that the body is a form, not JSON. ``keep`` makes
    of the function's values what chooses among the rows here, since the provider does not; ``unfinished`` tells a row
    for which ``--wait`` waits; ``link`` is the answer's field with the address from which a file is fetched.
    ``headers`` names the fields that go as headers; ``reason`` is the field into which ``--reason`` goes; ``numbered``
    tells how a bare list turns its pages; ``pictures`` where images lie in the answer.

    Of a change: ``beside`` names a further read, with its values, that it is weighed with, by ``weigh`` where that
    takes the request's fields; ``listed`` says that what it creates can be seen from the moment on at which it is
    there, so that absence proves something; ``irrevocable`` that
    it cannot be taken back and is asked about as money is; ``once`` what of its answer exists only once; ``follow`` how
    ``--wait`` watches what it created. Of a read that tells what became of a change: ``looked_up_by`` is the parameter
    that takes the target where that is no argument; ``detail`` the read that tells more of each bare identifier in its
    list; ``absent`` the row that stands for a thing that is not there, where absence is a state. ``preview`` tells of a
    change, line by line, what its request holds that a person wants to see before it goes out.

    Of a read that shows one order, payment or transaction (of a list: of one of its rows): ``timeline`` tells what
    happened, out of the answer and, once they are there, out of the rows of the further read that it asked for.
    """

    provider: str
    command: str
    method: str
    path: str
    effect: Effect
    retry: Retry
    documented_as: str
    fields: Callable[..., Fields]
    route: Route = Route.DOCUMENTED
    shape: Shape = Shape.OBJECT
    columns: tuple[Column, ...] = ()
    same: tuple[str, ...] = ()
    creates: str | None = None
    empty_is_missing: bool = False
    public: bool = False
    example: Any = None
    view: Callable[[list[Any]], View] | None = None
    movement: str | None = None
    query: tuple[str, ...] = ()
    listing: bool = False
    raw: bool = False
    card_data: bool = False
    begins: bool = False
    sign_in: bool = False
    scopes: tuple[str, ...] = ()
    form: bool = False
    keep: Callable[..., Callable[[Any], bool] | None] | None = None
    unfinished: Callable[[Any], bool] | None = None
    link: str | None = None
    saved: Saved | None = None
    qr: str | None = None
    headers: tuple[str, ...] = ()
    reason: str | None = None
    numbered: Numbered | None = None
    pictures: Pictures | None = None
    weigh: "Callable[[Request, list[Any]], Any] | None" = None
    enveloped: bool = False
    beside: "Callable[[Request], tuple[str, Mapping[str, Any]] | None] | None" = None
    listed: bool = False
    irrevocable: bool = False
    once: Once | None = None
    follow: Follow | None = None
    looked_up_by: str | None = None
    detail: str | None = None
    absent: Mapping[str, Any] | None = None
    preview: "Callable[[Request], tuple[str, ...]] | None" = None
    timeline: "Callable[[Any, list[Any] | None], Timeline | None] | None" = None

    @property
    def streamed(self) -> bool:
        """Whether the answer of a success is handed on while it arrives; a change is judged whole."""
        arriving = (self.listing and not self.paged and not self.enveloped) or self.shape in {Shape.LINES, Shape.FILE}
        return self.effect is Effect.READS and arriving

    @property
    def finished_later(self) -> bool:
        """Whether it may be accepted first and finished later, with a read that tells when."""
        return self.changes and self.retry.settled_by is not None and not self.creates

    @property
    def changes(self) -> bool:
        """Whether the operation changes anything at the provider; a sign-in is no change."""
        return self.effect is not Effect.READS and not self.sign_in

    @property
    def paged(self) -> bool:
        """Whether the list comes in pages: objects that name the next one, or arrays with numbers."""
        return self.listing and (self.shape is Shape.OBJECT or self.numbered is not None)

    @property
    def kind(self) -> str:
        """The kind of movement: commands of one kind on one target are the same thing done twice."""
        return self.movement or self.command.split()[-1]

    @property
    def name(self) -> str:
        """The provider and the command, as typed: ``tranzzo refund``."""
        return f"{self.provider} {self.command}"

    @property
    def verb(self) -> str:
        """The method that is sent: the first of those that the provider takes."""
        return self.method.partition("|")[0]

    @property
    def summary(self) -> str:
        """The first line of the function's docstring."""
        return (self.fields.__doc__ or "").strip().partition("\n")[0]


@dataclass(frozen=True)
class Request:
    """One request, complete but for its signature.

    ``path`` is percent-quoted and relative to ``origin``, the name of the profile field that holds the host
    (``base_url``, ``report_url``, ``auth_url``). ``raw`` is a body that is sent as it is; ``form`` says that the body
    goes as a form. ``parts`` is what fills the path's placeholders, by name. ``money`` is what was asked to move,
    which the fields alone need not tell: some name no currency.
    """

    method: str
    origin: str
    path: str
    query: tuple[tuple[str, str], ...] = ()
    body: Mapping[str, Any] | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    raw: bytes | None = None
    form: bool = False
    parts: Mapping[str, str] = field(default_factory=dict)
    money: Money | None = None

    @property
    def content(self) -> Any:
        """What its body holds, of one that the user wrote too; None where that is no JSON."""
        if self.raw is None:
            return self.body
        from paycli.operations.wire import NotJson, decode

        try:
            return decode(self.raw)
        except NotJson:
            return None

    @property
    def fields(self) -> Mapping[str, Any]:
        """The fields of its body, of one that the user wrote too; none where it is no object."""
        content = self.content
        return content if isinstance(content, Mapping) else {}
