"""Values that are never typed as arguments: card data, one-time passwords, tokens.

Every parser raises ValueError with a sentence that does not repeat the value.
"""

import re
from collections.abc import Callable

from paycli.operations.params import Hidden, Part
from paycli.operations.scan import luhn
from paycli.patterns import pattern

SHORTEST_NUMBER, LONGEST_NUMBER = 12, 19
LONGEST_TEXT = 4096
CENTURY = 2000
_BETWEEN_GROUPS = pattern(r"[\s\u2010-\u2015-]")


def card_number(text: str) -> str:
    """Return the number's digits; spaces and dashes between its groups are allowed."""
    digits = _BETWEEN_GROUPS.sub("", text)
    if not (digits.isascii() and digits.isdigit()):
        raise ValueError("a card number consists of digits")
    if not SHORTEST_NUMBER <= len(digits) <= LONGEST_NUMBER:
        raise ValueError(f"a card number has {SHORTEST_NUMBER} to {LONGEST_NUMBER} digits")
    if not luhn(digits):
        raise ValueError("its check digit is wrong: a digit was mistyped")
    return digits


def expiry_month(text: str) -> int:
    """Return the month, 1 to 12."""
    if not re.fullmatch(r"0?[1-9]|1[0-2]", text, re.ASCII):
        raise ValueError("a month is written 1 to 12")
    return int(text)


def short_year(text: str) -> int:
    """Return the last two digits of a year that is written with two or four."""
    return long_year(text) - CENTURY


def long_year(text: str) -> int:
    """Return the year with four digits, written with two or four."""
    if not re.fullmatch(r"(?:20)?[0-9]{2}", text, re.ASCII):
        raise ValueError("a year is written with two digits or four, such as 29 or 2029")
    return CENTURY + int(text[-2:])


def security_code(text: str) -> str:
    """Return the CVV: three digits, or four."""
    if not re.fullmatch(r"[0-9]{3,4}", text, re.ASCII):
        raise ValueError("a CVV has three digits, or four")
    return text


def one_line(text: str) -> str:
    """Return text of one line, not empty."""
    if not text:
        raise ValueError("it is empty")
    if not text.isprintable():
        raise ValueError("it is more than one line, or holds control characters")
    if len(text) > LONGEST_TEXT:
        raise ValueError(f"it is longer than {LONGEST_TEXT} characters")
    return text


NUMBER = Part("number", "Card number", card_number, "4242424242424242")
EXPIRY_MONTH = Part("exp_month", "Expiry month", expiry_month, "12", secret=False)
CVV = Part("cvv", "CVV", security_code, "123")
RECIPIENT_NUMBER = Part("recipient_number", "Card number of the recipient", card_number, "5555555555554444")


def expiry_year(parse: Callable[[str], int]) -> Part:
    """Return the part of a card's year in the form that ``parse`` makes."""
    return Part("exp_year", "Expiry year", parse, "29", secret=False)


def card(*parts: Part, unless: tuple[str, ...] = ()) -> Hidden:
    """Return the marker of a card of which these parts are wanted, unless something else was typed in its stead."""
    sample = ", ".join(f'"{part.name}": "{part.sample}"' for part in parts)
    names = ", ".join(part.name for part in parts)
    told = f"Card data from standard input, a JSON object with {names}; without it you are asked."
    return Hidden("card", told, parts, json=True, sample_stdin=f"{{{sample}}}", unless=unless)


def token(name: str, label: str, *, sample: str, parse: Callable[[str], str] = str, example: str = "") -> Hidden:
    """Return the marker of a card token, which may also be typed as an option; ``parse`` looks at one line of text."""
    told = f"{label}, from standard input; without it you are asked."
    part = Part(name, label, lambda text: parse(one_line(text)), sample)
    return Hidden(name, told, (part,), plain=f"{label}.", sample_stdin=f"{sample}\n", example=example)


def one_time(name: str, label: str, *, sample: str) -> Hidden:
    """Return the marker of a password or code, which is never an option."""
    told = f"{label}, from standard input; without it you are asked."
    return Hidden(name, told, (Part(name, label, one_line, sample),), sample_stdin=f"{sample}\n")
