"""Answers that are files: what is declared of them, and one that is arriving."""

from collections.abc import Callable, Iterator, Mapping

from paycli.operations.outcome import Answer
from paycli.patterns import pattern
from paycli.values import dataclass

ANY_BYTES = "application/octet-stream"
LONGEST_NAME = 150
_UNSAFE = pattern(r'[\x00-\x1f\x7f<>:"/\\|?*\s]+')


@dataclass(frozen=True)
class Saved:
    """An answer that is kept as a file.

    ``endings`` maps the ending of the file's name to the media types that it goes with; the first one is the usual.
    ``by`` names the request's field that chooses among them; where its value is no ending, the answer is no file.
    ``name`` is what the file is called without its ending, with the function's parameters in braces.
    """

    endings: Mapping[str, tuple[str, ...]]
    name: str
    by: str | None = None

    def ending(self, query: Mapping[str, str]) -> str | None:
        """Return the ending that a request with this query asks for, or None when it asks for no file."""
        if self.by is None or self.by not in query:
            return next(iter(self.endings))
        return query[self.by] if query[self.by] in self.endings else None

    @property
    def accepted(self) -> str:
        """The media types, as a request asks for them."""
        return ", ".join([media for kinds in self.endings.values() for media in kinds])

    def file_name(self, values: Mapping[str, object], ending: str) -> str:
        """Return a name that every disk can hold."""
        stem = self.name.format(**values)
        return f"{_UNSAFE.sub('-', stem).strip('.-')[:LONGEST_NAME] or 'answer'}.{ending}"


@dataclass(frozen=True)
class Document:
    """A file that is arriving: its ending, its bytes in pieces, and how to stop it."""

    ending: str
    pieces: Iterator[bytes]
    close: Callable[[], None] = lambda: None


def wrong_media(saved: Saved, ending: str, headers: Mapping[str, str]) -> str | None:
    """Return the media type of an answer that is not the file asked for; one that does not say is believed."""
    media = headers.get("content-type", "").partition(";")[0].strip().lower()
    return media if media and media not in {ANY_BYTES, *saved.endings[ending]} else None


def document_of(saved: Saved, query: Mapping[str, str], answer: Answer) -> Document | None:
    """Return the file that a complete answer is, or None where it is none."""
    ending = saved.ending(query)
    if ending is None or not answer.body or wrong_media(saved, ending, answer.headers):
        return None
    return Document(ending, iter([answer.body]))
