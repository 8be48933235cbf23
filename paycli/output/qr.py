"""QR codes in a terminal and as PNG."""

import io

import segno

BORDER = 2
# Two rows of modules a line: upper, lower -> character. What is light is drawn, since most terminals are dark.
_BLOCKS = {(0, 0): "█", (0, 1): "▀", (1, 0): "▄", (1, 1): " "}


def draw(text: str) -> list[str]:
    """Return the code as lines of block characters. Raises ValueError for text that no code can hold."""
    rows = [[int(bool(module)) for module in row] for row in _make(text).matrix_iter(border=BORDER)]
    if len(rows) % 2:
        rows.append([0] * len(rows[0]))
    pairs = zip(rows[::2], rows[1::2], strict=True)
    return ["".join(_BLOCKS[pair] for pair in zip(upper, lower, strict=True)) for upper, lower in pairs]


def png(text: str) -> bytes:
    """Return the code as a PNG image. Raises ValueError for text that no code can hold."""
    held = io.BytesIO()
    _make(text).save(held, kind="png", scale=8)
    return held.getvalue()


def _make(text: str) -> segno.QRCode:
    # No micro codes: banking apps do not read them.
    return segno.make(text, micro=False)
