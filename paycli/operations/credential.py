"""A credential's place in a query or a body: it is filled in when the request leaves, and nowhere before."""

from typing import Self


class Credential(str):
    """Text that stands for a field of the profile.

    What composes, compares, digests or shows a request sees ``<field>``, or the value of a field that is no secret;
    the bytes that leave hold the value, and what is shown of them a mask or the variable of that field.
    """

    __slots__ = ("field",)
    field: str

    def __new__(cls, field: str, text: str | None = None) -> Self:
        """Stand for a field; ``text`` is its value where that is no secret."""
        made = super().__new__(cls, text or f"<{field}>")
        made.field = field
        return made
