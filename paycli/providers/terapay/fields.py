"""The values that several of TeraPay's commands take, with the limits that the document names."""

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Annotated

from paycli.errors import UsageProblem
from paycli.operations.entries import SMALLEST
from paycli.operations.hidden import LONGEST_TEXT, one_line
from paycli.operations.meant import not_one_of
from paycli.operations.money import parse_amount
from paycli.operations.params import Argument, Hidden, Identifier, Option, Part, at_most

CURRENCY = "SLE"
"""The currency of transfers is not documented: Leone is inferred, and ``currency`` of the profile says otherwise."""

SHORTEST_PASSWORD = 8
LONGEST_EMAIL = 200
LONGEST_DESCRIPTION = 200
LONGEST_ACCOUNT = 34
SHORTEST_BANK_ACCOUNT = 3
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")
SAMPLE_UUID = "4be0643f-1d98-4c1e-9d0e-5f2f6d7a1b20"
SAMPLE_PHONE = "23276123456"
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_EMAIL = re.compile(r"[^\s@<>,;]+@[^\s@<>,;]+")
_PHONE = re.compile(r"\+?[0-9]{6,15}", re.ASCII)
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def uuid(text: str) -> str:
    """Return a UUID in lower case; raises ValueError."""
    if not _UUID.fullmatch(text):
        raise ValueError(f"{text!r} is no UUID, such as {SAMPLE_UUID}")
    return text.lower()


def email(longest: int | None = None) -> Callable[[str], str]:
    """Return a parser of an e-mail address of at most so many characters."""

    def parse(text: str) -> str:
        if not _EMAIL.fullmatch(text):
            raise ValueError(f"{text!r} is no e-mail address")
        return at_most(longest)(text) if longest else text

    return parse


def phone(text: str) -> str:
    """Return a phone number with its country code, digits with or without a plus before them; raises ValueError."""
    if not _PHONE.fullmatch(text):
        raise ValueError(f"{text!r} is no phone number with country code, such as 23276123456 or +23276123456")
    return text


def text_of(longest: int | None = None, shortest: int = 1) -> Callable[[str], str]:
    """Return a parser of text of so many characters, without control characters; raises ValueError."""

    def parse(text: str) -> str:
        if len(text.strip()) < min(shortest, 1) or len(text) < shortest:
            raise ValueError("it is empty" if shortest == 1 else f"at least {shortest} characters are wanted")
        if _CONTROL.search(text):
            raise ValueError("it holds control characters, such as the end of a line")
        return at_most(longest)(text) if longest else text

    return parse


def amount(text: str) -> Decimal:
    """Return an amount of 0.01 or more in major units; raises ValueError."""
    found = parse_amount(text)
    if found < SMALLEST:
        raise ValueError(f"{text!r} is less than 0.01, which is the least")
    return found


def account_number(text: str) -> str:
    """Return a bank account number of at most 34 characters; raises ValueError."""
    return text_of(LONGEST_ACCOUNT)(text)


def password(text: str) -> str:
    """Return a password of a customer, of 8 characters or more; raises ValueError without repeating it."""
    if len(one_line(text)) < SHORTEST_PASSWORD:
        raise ValueError(f"a password has at least {SHORTEST_PASSWORD} characters")
    return text


def permission_name(text: str) -> str:
    """Return a permission's name, such as Banks.Read; raises ValueError."""
    if not re.fullmatch(r"[^\s\x00-\x1f\x7f]+", text):
        raise ValueError(f"{text!r} is no name of a permission, such as Banks.Read")
    return text


def http_method(text: str) -> str:
    """Return an HTTP method in upper case; raises ValueError."""
    if text.upper() not in METHODS:
        raise not_one_of(text, METHODS)
    return text.upper()


def route_pattern(text: str) -> str:
    """Return the pattern of a route, which begins with a slash; raises ValueError."""
    if not re.fullmatch(r"/[^\s\x00-\x1f\x7f]*", text):
        raise ValueError(f"{text!r} is no route, such as /api/banks")
    return text


def unlike(values: tuple[str, ...], flag: str) -> list[str]:
    """Return the values as a list. Raises UsageProblem where one is named twice."""
    twice = next((value for index, value in enumerate(values) if value in values[:index]), None)
    if twice is not None:
        raise UsageProblem(f"{flag}: {twice} is named twice.", next_step="name it once")
    return list(values)


def uuid_argument(name: str, told: str) -> Argument:
    """Return the argument that names a thing by its UUID."""
    return Argument(name, told, uuid, sample=SAMPLE_UUID)


def hidden_password(told: str) -> Hidden:
    """Return the marker of a customer's password."""
    return Hidden(
        "password",
        f"{told}, from standard input; without it you are asked.",
        (Part("password", told, password, "made-up-password-1"),),
        sample_stdin="made-up-password-1\n",
    )


Amount = Annotated[
    Decimal,
    Option(
        "Amount in major units, such as 12.50; of the profile's currency.",
        flag="--amount",
        parse=amount,
        metavar="AMOUNT",
        sample="12.50",
    ),
]
Narration = Annotated[str | None, Option("Text of the transaction.", parse=text_of(LONGEST_TEXT), metavar="TEXT")]
PhoneNumber = Annotated[str, Argument("PHONE_NUMBER", "Recipient, with the country code.", phone, sample=SAMPLE_PHONE)]
ClientId = Annotated[str, uuid_argument("CLIENT_ID", "Identifier of the client.")]
DestinationClientId = Annotated[
    str, uuid_argument("DESTINATION_CLIENT_ID", "Identifier of the client that the money goes to.")
]
BatchId = Annotated[str, uuid_argument("BATCH_ID", "Identifier of the batch.")]
Permission = Annotated[
    tuple[str, ...],
    Option("Identifier of a permission; repeat it for several.", parse=uuid, many=True, metavar="UUID"),
]
RoleId = Annotated[str, Option("Identifier of the role.", parse=uuid, metavar="UUID", sample=SAMPLE_UUID)]


class BankAccount(Identifier):
    """Parses the account number of a client, of 3 characters or more; identifiers are not looked at for cards."""

    def __call__(self, text: str) -> str:
        """Return it; raises ValueError when it is too short, or cannot be one."""
        found = super().__call__(text)
        if len(re.findall(r"[0-9]", found)) < SHORTEST_BANK_ACCOUNT:
            raise ValueError("an account number has at least 3 digits, from which the bank's code is derived")
        return found


ClientAccount = Annotated[
    str,
    Option(
        "Account of the client, for all entries.",
        flag="--account-number",
        parse=BankAccount(LONGEST_TEXT),
        metavar="NUMBER",
        sample="001001123456789012",
    ),
]
