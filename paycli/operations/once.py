"""What of an answer exists only once: a new token or key, a PIN."""

from collections.abc import Mapping
from typing import Any

from paycli.values import dataclass


@dataclass(frozen=True)
class Once:
    """The fields of an answer that no later read brings back, as dotted paths.

    Each names the profile's secret into which ``--save`` puts it, or None. ``show`` is the flag that prints them; with
    neither they go to a file that only the user can read.
    """

    fields: Mapping[str, str | None]
    show: str = "--show"

    @property
    def can_be_saved(self) -> bool:
        """Whether a profile can hold any of it."""
        return any(self.fields.values())

    @property
    def names(self) -> frozenset[str]:
        """The last words of the fields, as they stand in the answer."""
        return frozenset(path.rpartition(".")[2] for path in self.fields)

    def values(self, data: Any) -> dict[str, str]:
        """Return what the answer holds of it, by field."""
        return {path: str(value) for path in self.fields if (value := _pick(data, path)) not in {None, ""}}

    def secrets(self, data: Any) -> dict[str, str]:
        """Return what can be saved, by the profile's secret."""
        return {name: text for path, text in self.values(data).items() if (name := self.fields[path])}


def _pick(data: Any, path: str) -> Any:
    for name in path.split("."):
        data = data.get(name) if isinstance(data, Mapping) else None
    return data if isinstance(data, str | int) else None
