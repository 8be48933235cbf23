"""How far a long transfer is, on standard error, where somebody watches."""

import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TextIO, TypeVar

from paycli.output.screen import is_terminal

Item = TypeVar("Item")
PAUSE = 0.5


class Progress:
    """One line on a terminal that tells a growing number, and is gone at the end; nothing elsewhere."""

    def __init__(self, err: TextIO, unit: str, of: int | None = None) -> None:
        self.err = err
        self.told = f" of {of} {unit}" if of else f" {unit}"
        self.watched = is_terminal(err)
        self.count = 0
        self.next = time.monotonic() + PAUSE
        self.shown = False

    def over(self, items: Iterable[Item], size: Callable[[Any], int] = lambda _item: 1) -> Iterator[Item]:
        """Yield the items and count them."""
        if not self.watched:
            yield from items
            return
        try:
            for item in items:
                yield item
                self.count += size(item)
                if time.monotonic() >= self.next:
                    self._show()
        finally:
            self._clear()

    def _show(self) -> None:
        self.next = time.monotonic() + PAUSE
        self._write(f"\r… {self.count}{self.told} ")
        self.shown = True

    def _clear(self) -> None:
        if self.shown:
            self._write("\r\x1b[K")
        self.shown = False

    def _write(self, text: str) -> None:
        try:
            self.err.write(text)
            self.err.flush()
        except OSError:
            self.watched = False
