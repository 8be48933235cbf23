"""Card numbers in text that is free to write, so that they can be refused, and never repeated.

A card number has 15, 16 or 19 digits, perhaps in groups, a known prefix and a right check digit. Groups are taken
whole: a longer number holds no card number.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from paycli.operations.wire import NotJson, decode
from paycli.patterns import pattern

MASK = "***"
LENGTHS = frozenset({15, 16, 19})
LONGEST = max(LENGTHS)
AMEX_LENGTH = 15
# Spaces, hyphens and dashes, the narrow and the unbreakable ones too.
_RUN = pattern(r"\d+(?:[ \u00a0\u2009\u202f\u2010-\u2015-]\d+)*")
_GROUP = pattern(r"\d+")
_UUID = pattern(r"\b[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\b")
# Visa, Mastercard, Mir, Diners, JCB, Maestro, Discover, UnionPay, RuPay, Uzcard, Humo, Napas, Troy, Prostir.
_KNOWN = pattern(r"4|5[0-8]|2(?:22[1-9]|2[3-9]|[3-6]|7[01]|720)|220[0-4]|3[05689]|6|8[12]|8600|9704|9792|9804|9860")
# All other numbers of 15 digits that pass the check are those of telephones (IMEI).
_AMEX = pattern(r"3[47]")


def luhn(digits: str) -> bool:
    """Return whether the last digit is the right check digit of those before it."""
    total = 0
    for position, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + position % 2)
        total += value - 9 if value > 9 else value  # noqa: PLR2004 the sum of two digits
    return total % 10 == 0


def is_card_number(digits: str) -> bool:
    """Return whether so many digits with this beginning and this end are a card number."""
    if len(digits) not in LENGTHS:
        return False
    known = _AMEX if len(digits) == AMEX_LENGTH else _KNOWN
    return bool(known.match(digits)) and luhn(digits)


def holds_card_number(value: Any) -> bool:
    """Return whether text, or any text or number within a JSON document, holds a card number.

    What a document calls an id or an account is an identifier and is not looked at.
    """
    if isinstance(value, str):
        return any(True for _ in _spans(value))
    if isinstance(value, Mapping):
        return any(holds_card_number(item) for name, item in value.items() if not _names_identifier(str(name)))
    if isinstance(value, list | tuple):
        return any(holds_card_number(item) for item in value)
    return isinstance(value, int | Decimal) and not isinstance(value, bool) and holds_card_number(str(value))


def body_holds_card_number(body: bytes) -> bool:
    """Return whether a body that was written as it is holds a card number."""
    try:
        return holds_card_number(decode(body))
    except NotJson:
        return holds_card_number(body.decode(errors="replace"))


def without_card_numbers(text: str) -> str:
    """Return the text with its card numbers replaced."""
    shown, end = [], 0
    for start, stop in _spans(text):
        if start >= end:
            shown += [text[end:start], MASK]
            end = stop
    return "".join([*shown, text[end:]])


def _spans(text: str) -> Iterator[tuple[int, int]]:
    # An identifier of hexadecimal groups may by chance hold groups of digits only.
    looked_at = _UUID.sub(lambda match: "x" * len(match[0]), text)
    for run in _RUN.finditer(looked_at):
        groups = list(_GROUP.finditer(looked_at, run.start(), run.end()))
        for first in range(len(groups)):
            digits = ""
            for last in range(first, len(groups)):
                digits += "".join(str(int(digit)) for digit in groups[last][0])
                if len(digits) > LONGEST:
                    break
                if is_card_number(digits):
                    yield groups[first].start(), groups[last].end()


def _names_identifier(name: str) -> bool:
    endings = ("_id", "Id", "ID", "Code", "_account", "account_number", "upi_number")
    return name.lower() in {"id", "reference"} or name.endswith(endings)
