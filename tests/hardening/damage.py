"""Files that were damaged: by editors, by people, by disks and on purpose; a seed decides how."""

import random
from collections.abc import Sequence

PIECES = (
    *(
        b"\t",
        b"&a ",
        b"*a",
        b"<<: *a\n",
        b"<<: {a: b}\n",
        b"!!python/object/apply:os.system [id]",
        b"!!binary aGk=",
        b"!x ",
    ),
    *(b"- ", b": ", b"? ", b"\x00", b"\xff", b"\xc3\x28", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\r\n", b"\r", b"---\n"),
    *(
        b"...\n",
        b"%YAML 9.9\n",
        b"{",
        b"}",
        b"[",
        b"]",
        b'"',
        b"'",
        b"|\n",
        b">-\n",
        b"#",
        b",",
        b";",
        b"@",
        b"`",
        b"\\x",
    ),
    *(
        "\u2028".encode(),
        "\x85".encode(),
        "\u202e".encode(),
        "\u200b".encode(),
        b"\x1b[2J",
        b"\x07",
        b"\n",
        b" ",
        b"''",
    ),
    *(b"null", b"~", b"true", b"1e999999", b"0x1F", b"2026-01-01", b"NaN", b"-1", b"1_000", b".5", b"\xef\xbc\x91"),
    *(
        b"profiles:\n",
        b"defaults:\n",
        b"  shop-test:\n",
        b"    provider: tranzzo\n",
        b"    currency: [UAH]\n",
        b"'': x\n",
    ),
    *(b"    limits: {refund: {per_day: {a: {b: 1}}}}\n", b"    timeout: {read: 99999999999999999999}\n", b"x" * 5000),
    *(
        b"    late_arrival: " + b"9" * 5000 + b"s\n",
        b"    timeout.read: 5\n",
        b"    base_url: https://[\n",
        b"\xf0\x9f\x98\x80",
    ),
    *(
        b"A-1001",
        b"4242424242424242",
        b"12.50",
        b"amount",
        b'""',
        b"=1+1",
        b"\x0c",
        b"9" * 5000,
        b"<<",
        b"? [a, b]\n: c\n",
    ),
)
HUGE = (
    b"[" * 1_000_000,
    b"{a: " * 100_000,
    b"- " * 200_000,
    b"a: &a [" + b"*a," * 100_000,
    b'"' + b"x" * 900_000,
    b"\n" * 900_000,
)
DEEP = (
    b"".join(b" " * depth + b"a:\n" for depth in range(1200)),
    b"[" * 3000 + b"]" * 3000,
    b"{a: " * 600 + b"}" * 600,
)
BOMB = b"a: &a [x,x,x,x,x,x,x,x,x]\n" + b"".join(
    b"%c: &%c [%s]\n" % (name, name, b",".join([b"*%c" % (name - 1)] * 9)) for name in range(ord("b"), ord("j"))
)


def damaged(chance: random.Random, content: bytes, pieces: Sequence[bytes] = PIECES) -> bytes:
    """Return content with one to five damages."""
    for _ in range(chance.choice((1, 1, 1, 2, 5))):
        content = _damage(chance, content, pieces)
    return content


def _damage(chance: random.Random, content: bytes, pieces: Sequence[bytes]) -> bytes:
    at = chance.randrange(len(content) + 1)
    match chance.randrange(9):
        case 0:
            return content[:at]
        case 1:
            return content[:at] + bytes([chance.randrange(256)]) + content[at + 1 :]
        case 2:
            return content[:at] + content[at + chance.randrange(1, 30) :]
        case 3:
            lines = content.splitlines(keepends=True) or [b""]
            line = chance.choice(lines)
            lines.insert(chance.randrange(len(lines) + 1), line)
            return b"".join(lines)
        case 4:
            return chance.choice(
                (content.replace(b"\n", b"\r\n"), content.replace(b"\n", b"\r"), b"\xef\xbb\xbf" + content)
            )
        case 5:
            return chance.choice((content.decode(errors="replace").encode("utf-16"), content[::-1], content * 2, b""))
    return content[:at] + chance.choice(pieces) + content[at:]
