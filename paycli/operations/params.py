"""What a user types for a command: arguments, options, and values made of several options.

A declared function's parameter is ``Annotated`` with one of these. Parsers raise ValueError with a sentence; the
factory of commands turns it into a usage error that names the option.
"""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Annotated, Any

from paycli.errors import UsageProblem
from paycli.operations.money import Money, parse_amount, parse_currency
from paycli.values import dataclass

Facts = Mapping[str, str]
"""The profile's plain values that a command may use, by field name."""


@dataclass(frozen=True)
class Argument:
    """The thing acted on: a positional value, named as in the help.

    Where there is a ``content``, the value is what that makes of the content of the file that is named, ``-`` being
    standard input; it raises ValueError. Where ``sample`` names a file, ``sample_file`` is what such a file holds.
    """

    name: str
    help: str
    parse: Callable[[str], Any] = str
    sample: str = ""
    many: bool = False
    sample_file: str | None = None
    content: Callable[[bytes], Any] | None = None


@dataclass(frozen=True)
class Option:
    """A value named by a flag; without ``flag`` it is called as the parameter is, in kebab case.

    With ``json_file`` the value is the content of a JSON file, named by its path or ``-`` for standard input; with
    ``base64_file`` it is the Base64 of a file's content, which then is parsed. Where ``sample`` names a file,
    ``sample_file`` is what such a file holds.
    """

    help: str
    flag: str | None = None
    short: str | None = None
    parse: Callable[[str], Any] = str
    metavar: str | None = None
    sample: str = ""
    many: bool = False
    switch: bool = False
    default_text: str | None = None
    choices: tuple[str, ...] = ()
    json_file: bool = False
    sample_file: str | None = None
    base64_file: bool = False


@dataclass(frozen=True)
class Compound:
    """One value that is typed as several options and built once the profile is known.

    ``build`` gets the typed values by option name (``amount``, ``all``) and the profile's facts, and raises
    UsageProblem or ValueError.
    """

    options: Mapping[str, Option]
    build: Callable[[Mapping[str, Any], Facts], Any]
    sample: str = ""


@dataclass(frozen=True)
class Part:
    """One piece of a hidden value: its name, the label of its prompt, and what checks it.

    ``parse`` raises ValueError with a sentence that does not repeat the value; ``sample`` is made up; what is not
    ``secret`` may be shown.
    """

    name: str
    label: str
    parse: Callable[[str], Any]
    sample: str = ""
    needed: bool = True
    secret: bool = True


@dataclass(frozen=True)
class Hidden:
    """A value that is never typed as an argument, such as card data: from standard input, or asked for unseen.

    With ``json`` it is an object with the parts' names, and the function gets a mapping; else it is the text of its
    only part. An option of its name exists where ``file`` or ``plain`` is its help: it names a file with the same
    content, or is the text itself. ``example`` is what an example types where the value is not required; ``unless``
    names what can be typed in its stead.
    """

    name: str
    help: str
    parts: tuple[Part, ...]
    json: bool = False
    file: str | None = None
    plain: str | None = None
    sample_stdin: str = ""
    example: str = ""
    unless: tuple[str, ...] = ()

    @property
    def switch(self) -> str:
        """The flag that takes the value from standard input."""
        return f"--{self.name.replace('_', '-')}-stdin"

    @property
    def sample(self) -> str:
        """What an example types for it, with ``sample_stdin`` on standard input."""
        return self.switch

    @property
    def options(self) -> Mapping[str, Option]:
        """What can be typed for it, by name: ``cc_token_stdin``, and where it exists ``cc_token``."""
        found = {f"{self.name}_stdin": Option(self.help, flag=self.switch, switch=True)}
        if told := self.file or self.plain:
            flag = f"--{self.name.replace('_', '-')}"
            found[self.name] = Option(told, flag=flag, metavar="FILE" if self.file else "TEXT")
        return found


Marker = Argument | Option | Compound | Hidden


@dataclass(frozen=True)
class Share:
    """A part of what an order holds, or all of it (``part`` is None), in the order's currency."""

    part: Money | None
    currency: str

    def __str__(self) -> str:
        return str(self.part) if self.part else f"all of it, in {self.currency}"


AMOUNT = Option("Amount in major units, such as 12.50.", parse=parse_amount, metavar="AMOUNT", sample="12.50")
CURRENCY = Option("ISO 4217 code; the profile's currency when left out.", parse=parse_currency, metavar="CODE")
ALL = Option("Everything that is left of it.", switch=True)


def _currency(typed: Mapping[str, Any], facts: Facts) -> str:
    currency = typed["currency"] or facts.get("currency")
    if not currency:
        raise UsageProblem(
            "Neither --currency nor the profile names a currency.",
            next_step="add --currency UAH (or the order's currency), or set currency: in the profile",
        )
    return str(currency)


def _money(amount: Decimal, currency: str) -> Money:
    try:
        return Money(amount, currency)
    except ValueError as problem:
        raise UsageProblem(f"Invalid value for '--amount': {problem}.") from None


def build_money(typed: Mapping[str, Any], facts: Facts) -> Money:
    """Return the typed amount in its currency, or raise UsageProblem."""
    if typed["amount"] is None:
        raise UsageProblem("No amount: --amount is required.", next_step="add --amount 12.50")
    return _money(typed["amount"], _currency(typed, facts))


def build_share(typed: Mapping[str, Any], facts: Facts) -> Share:
    """Return the typed part or all, or raise UsageProblem when neither or both were typed."""
    if typed["all"] and typed["amount"] is not None:
        raise UsageProblem("--amount and --all contradict each other.", next_step="keep one of them")
    if not typed["all"] and typed["amount"] is None:
        raise UsageProblem(
            "How much? Neither --amount nor --all was given.",
            next_step="add --amount 12.50, or --all for everything that is left",
        )
    currency = _currency(typed, facts)
    return Share(None if typed["all"] else _money(typed["amount"], currency), currency)


def as_fields(typed: Mapping[str, Any], _facts: Facts) -> Mapping[str, Any]:
    """Return the typed options as request fields of the same names."""
    return dict(typed)


Amount = Annotated[
    Money,
    Compound({"amount": AMOUNT, "currency": CURRENCY}, build_money, "--amount 12.50 --currency UAH"),
]
AmountOrAll = Annotated[
    Share,
    Compound({"amount": AMOUNT, "all": ALL, "currency": CURRENCY}, build_share, "--amount 12.50 --currency UAH"),
]
CurrencyOfOrder = Annotated[
    str,
    Compound({"currency": CURRENCY}, _currency, "--currency UAH"),
]


def at_most(length: int) -> Callable[[str], str]:
    """Return a parser that refuses text of more characters than the document allows."""

    def parse(text: str) -> str:
        if len(text) > length:
            raise ValueError(f"{len(text)} characters long; at most {length} are allowed")
        return text

    return parse


@dataclass(frozen=True)
class Identifier:
    """Parses an identifier, which may become part of a path; no identifier is looked at for card numbers."""

    length: int

    def __call__(self, text: str) -> str:
        """Return the text; raises ValueError when it is empty, a dot segment, too long or holds control characters."""
        if not text or text in {".", ".."}:
            raise ValueError(f"{text!r} cannot be an identifier")
        if any(ord(character) < ord(" ") or ord(character) == 0x7F for character in text):  # noqa: PLR2004 DEL
            raise ValueError("an identifier cannot hold control characters")
        return at_most(self.length)(text)


def identifier(length: int) -> Callable[[str], str]:
    """Return a parser of an identifier that becomes part of a path: not empty, no dot segment, no control character."""
    return Identifier(length)


def web_address(text: str) -> str:
    """Return an http(s) address of at most 2048 characters, or raise ValueError."""
    if not re.match(r"https?://[^\s/]", text):
        raise ValueError(f"{text!r} is not an address; it begins with https://")
    return at_most(2048)(text)


@dataclass(frozen=True)
class OneOf:
    """Parses one of a few words."""

    words: tuple[str, ...]

    def __call__(self, text: str) -> str:
        """Return the word; raises ValueError for any other text."""
        if text not in self.words:
            raise ValueError(f"{text!r} is not one of {', '.join(self.words)}")
        return text


def one_of(*words: str) -> Callable[[str], str]:
    """Return a parser that takes one of the words."""
    return OneOf(words)


def digits(count: int) -> Callable[[str], str]:
    """Return a parser of exactly so many ASCII digits."""

    def parse(text: str) -> str:
        if not re.fullmatch(rf"[0-9]{{{count}}}", text):
            raise ValueError(f"{text!r} is not a number of {count} digits")
        return text

    return parse
