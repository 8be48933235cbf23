"""mVisa QR codes: the string that a payer's application reads, and its picture."""

import struct
import zlib
from collections.abc import Mapping, Sequence
from typing import Any

from paycli.sandbox.http import Call, Reply, as_json, parse_json
from paycli.sandbox.tranzzo.answers import violations
from paycli.sandbox.tranzzo.checks import Rules, amount, pattern, text, uuid, word
from paycli.sandbox.tranzzo.checks import violations as violated
from paycli.sandbox.tranzzo.shop import Shop

Named = Mapping[str, str]
# A newer page than the document says how large the picture is.
PIXELS = 294
QUIET = 4
NUMERIC = {
    "UAH": "980",
    "USD": "840",
    "EUR": "978",
    "GBP": "826",
    "PLN": "985",
    "INR": "356",
    "XTS": "963",
}
CONFIGURED = {
    "mcc": "5999",
    "merchant_pan": "4242424242424242",
    "merchant_name": "SANDBOX SHOP",
    "merchant_city": "Kyiv",
    "country_code": "UA",
}
RULES: Rules = {
    "pos_id": (True, uuid),
    "amount": (False, amount),
    "currency": (True, word(*NUMERIC)),
    "mcc": (False, pattern("[0-9]{4,5}", "must be 4 or 5 digits")),
    "merchant_pan": (False, pattern("[0-9]{13,20}", "must be a card number")),
    "merchant_name": (False, text(25)),
    "merchant_city": (False, text(15)),
    "country_code": (False, pattern("[A-Z]{2}", "must be a country code")),
}


def create(_shop: Shop, call: Call, _named: Named) -> Reply:
    """Make a QR code, as text or as a picture; without an amount the payer chooses it."""
    body = parse_json(call.body)
    wrong = violated(body, RULES)
    if call.query.keys() != {"type"} or call.query["type"] not in {"raw", "png"}:
        wrong = [("type", "must be raw or png"), *wrong]
    if wrong:
        return violations(wrong)
    raw = raw_code({**CONFIGURED, **body})
    if call.query["type"] == "raw":
        return as_json(200, {"raw": raw}, executed=True)
    return Reply(200, picture(raw), {"Content-Type": "image/png"}, executed=True)


def raw_code(values: Mapping[str, Any]) -> str:
    """Return the code's text: tags, lengths and values, and a checksum over all of it."""
    parts = [
        ("00", "01"),
        ("02", values["merchant_pan"]),
        ("52", values["mcc"]),
        ("53", NUMERIC[values["currency"]]),
        *([("54", f"{values['amount']:.2f}")] if "amount" in values else []),
        ("58", values["country_code"]),
        ("59", values["merchant_name"]),
        ("60", values["merchant_city"]),
    ]
    text_ = "".join(f"{tag}{len(value):02}{value}" for tag, value in parts) + "6304"
    return f"{text_}{checksum(text_.encode()):04X}"


def checksum(raw: bytes) -> int:
    """Return the CRC-16 that EMV codes end with: polynomial 0x1021, beginning with 0xFFFF."""
    value = 0xFFFF
    for byte in raw:
        value ^= byte << 8
        for _ in range(8):
            value = (value << 1 ^ 0x1021 if value & 0x8000 else value << 1) & 0xFFFF
    return value


def picture(raw: str) -> bytes:
    """Return a square PNG of a QR code."""
    import segno

    matrix = segno.make(raw, micro=False).matrix
    scale = max(1, PIXELS // (len(matrix) + 2 * QUIET))
    edge = (PIXELS - scale * len(matrix)) // 2
    lines = [_line(row, scale, edge) for row in matrix for _ in range(scale)]
    blank = b"\xff" * PIXELS
    return _png([*[blank] * edge, *lines, *[blank] * (PIXELS - edge - len(lines))])


def _line(row: Sequence[int], scale: int, edge: int) -> bytes:
    dots = b"".join((b"\x00" if dark else b"\xff") * scale for dark in row)
    return (b"\xff" * edge + dots).ljust(PIXELS, b"\xff")


def _png(lines: Sequence[bytes]) -> bytes:
    header = struct.pack(">IIBBBBB", PIXELS, len(lines), 8, 0, 0, 0, 0)
    packed = zlib.compress(b"".join(b"\x00" + line for line in lines))
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", packed) + _chunk(b"IEND", b"")


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
