"""Images that lie in an answer as Base64: found, named, and told by their size instead of their bytes."""

import base64
import binascii
from collections.abc import Iterator, Mapping
from typing import Any

from paycli.patterns import pattern
from paycli.values import dataclass

ENDINGS = {
    "image/bmp": "bmp",
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/gif": "gif",
    "image/svg+xml": "svg",
}
KILO = 1000
LONGEST_NAME = 100
_UNSAFE = pattern(r"[^\w.-]+")


@dataclass(frozen=True)
class Picture:
    """One image: what its file is called, and its bytes."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Pictures:
    """The fields that hold an image's bytes, its media type and what it shows, wherever they stand together.

    ``owners`` are the fields that name what an image belongs to, of the thing around it.
    """

    content: str
    media: str
    kind: str
    owners: tuple[str, ...]

    def find(self, data: Any, owner: str = "image") -> Iterator[Picture]:
        """Yield every image of an answer that can be read."""
        if isinstance(data, list):
            for item in data:
                yield from self.find(item, owner)
        elif isinstance(data, Mapping):
            if (content := self._bytes(data)) is not None:
                yield Picture(self._name(data, owner), content)
                return
            named = next((str(data[name]) for name in self.owners if data.get(name)), owner)
            for item in data.values():
                yield from self.find(item, named)

    def told(self, data: Any) -> Any:
        """Return the answer with each image's size in the place of its bytes."""
        if isinstance(data, list):
            return [self.told(item) for item in data]
        if not isinstance(data, Mapping):
            return data
        if (content := self._bytes(data)) is not None:
            return {**data, self.content: f"(image, {size(len(content))})"}
        return {name: self.told(item) for name, item in data.items()}

    def _bytes(self, item: Mapping[str, Any]) -> bytes | None:
        text, media = item.get(self.content), item.get(self.media)
        if not isinstance(text, str) or not isinstance(media, str) or not media.startswith("image/"):
            return None
        try:
            return base64.b64decode(text, validate=True)
        except (binascii.Error, ValueError):
            return b""

    def _name(self, item: Mapping[str, Any], owner: str) -> str:
        stem = _UNSAFE.sub("-", f"{owner}-{item.get(self.kind) or 'image'}".lower()).strip(".-")[:LONGEST_NAME]
        return f"{stem}.{ENDINGS.get(str(item.get(self.media)), 'bin')}"


def size(count: int) -> str:
    """Return a number of bytes as people read it: ``590 B``, ``1.2 kB``."""
    return f"{count} B" if count < KILO else f"{count / KILO:.1f} kB"
