"""Small pictures as Tora sends them: one bit a pixel, as a BMP in base64."""

import base64
import struct
from collections.abc import Sequence

HEADERS = 62
PER_METRE = 2835
_LEFT = ["0001101", "0011001", "0010011", "0111101", "0100011", "0110001", "0101111", "0111011", "0110111", "0001011"]
# Which of the six left digits are mirrored and inverted tells an EAN-13's first digit.
_FIRST = ["LLLLLL", "LLGLGG", "LLGGLG", "LLGGGL", "LGLLGG", "LGGLLG", "LGGGLL", "LGLGLG", "LGLGGL", "LGGLGL"]


def logo(seed: int) -> dict[str, str]:
    """Return a framed pattern as a provider's logo."""
    inner = [[(seed >> (row * 5 + column) % 31) & 1 == 1 for column in range(16)] for row in range(8)]
    rows = [[True] * 20, *([True, False, *row, False, True] for row in inner), [True] * 20]
    return _medium("LOGO", rows)


def barcode(ean: str) -> dict[str, str]:
    """Return an EAN-13 as the picture that a till can read."""
    modules = [False] * 9 + [bit == "1" for bit in ean_modules(ean)] + [False] * 9
    return _medium("BARCODE", [modules] * 24)


def with_check_digit(digits: str) -> str:
    """Return twelve digits with the check digit of EAN-13."""
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits))
    return f"{digits}{-total % 10}"


def ean_modules(ean: str) -> str:
    """Return the 95 modules of an EAN-13, dark ones as 1."""
    left = "".join(
        _mirrored(_LEFT[int(digit)]) if kind == "G" else _LEFT[int(digit)]
        for digit, kind in zip(ean[1:7], _FIRST[int(ean[0])], strict=True)
    )
    right = "".join(_inverted(_LEFT[int(digit)]) for digit in ean[7:])
    return f"101{left}01010{right}101"


def bitmap(rows: Sequence[Sequence[bool]]) -> bytes:
    """Return a BMP of rows from the top; True is black."""
    width, height = len(rows[0]), len(rows)
    pixels = b"".join(_packed(row) for row in reversed(rows))
    file_header = struct.pack("<2sIHHI", b"BM", HEADERS + len(pixels), 0, 0, HEADERS)
    picture_header = struct.pack("<IiiHHIIiiII", 40, width, height, 1, 1, 0, len(pixels), PER_METRE, PER_METRE, 0, 0)
    return file_header + picture_header + struct.pack("<II", 0x000000, 0xFFFFFF) + pixels


def _packed(row: Sequence[bool]) -> bytes:
    # A row fills whole groups of 32 bits; colour 1 of the palette is white.
    bits = "".join("0" if dark else "1" for dark in row).ljust(-(-len(row) // 32) * 32, "0")
    return int(bits, 2).to_bytes(len(bits) // 8, "big")


def _medium(kind: str, rows: Sequence[Sequence[bool]]) -> dict[str, str]:
    return {"type": kind, "content": base64.b64encode(bitmap(rows)).decode(), "mediaType": "image/bmp"}


def _inverted(bits: str) -> str:
    return bits.translate(str.maketrans("01", "10"))


def _mirrored(bits: str) -> str:
    return _inverted(bits)[::-1]
