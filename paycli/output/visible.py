"""Text from providers, files and arguments made harmless for a terminal."""

import re

from paycli.patterns import pattern

# C0 and C1 controls, soft hyphen, zero-width characters, bidirectional marks and embeddings, line separators, BOM.
_CHARACTERS = "[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
_HARMFUL = pattern(_CHARACTERS)
_LINE = pattern(f"\n|{_CHARACTERS}")


def visible(text: str) -> str:
    r"""Return the text with control, bidirectional and zero-width characters as ``\u202e``; line ends stay."""
    return _HARMFUL.sub(_escaped, text)


def one_line(text: str) -> str:
    r"""Return the text with line ends escaped too, for one cell or one sentence."""
    return _LINE.sub(_escaped, text)


def _escaped(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"
