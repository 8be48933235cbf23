"""Regular expressions that are compiled when they are used first: a command declares fifty and uses ten."""

import re
from typing import TYPE_CHECKING, Any


class _Pattern:
    """Stands for a compiled expression until one of its methods is asked for."""

    def __init__(self, text: str, flags: int = 0) -> None:
        self._made_of = text, flags

    def __getattr__(self, name: str) -> Any:
        found = getattr(re.compile(*self._made_of), name)
        setattr(self, name, found)
        return found


if TYPE_CHECKING:
    from re import compile as pattern
else:
    pattern = _Pattern

__all__ = ("pattern",)
