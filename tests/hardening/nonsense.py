"""Answers, texts and bytes that nobody should send: made of what somebody would, by chance that a seed decides."""

import random
from collections.abc import Callable
from functools import partial
from typing import Any

import simplejson

HOSTILE = (
    "\x1b]0;owned\x07",
    "\x1b[2J\x1b[1;1H",
    "\x1b[8mhidden",
    "\x9b31m",
    "line\r\nfeed\rback",
    "\u202egnirts\u202c",
    "zero\u200bwidth\u2060\ufeff",
    "\u2028\u2029",
    "nul\x00byte\x7f",
    "[red]markup[/red] :smile:",
    "https://a.example/?X-Amz-Signature=abc",
    "https://[",
    "https://a.example:99999999/?page=2",
    "?page=1",
    "5" * 5000,
    "ж" * 300,
    "\U0001f600" * 50,
    "",
    " ",
    "null",
    "../../etc/passwd",
    "2026-13-45T99:99:99Z",
    "9999-12-31T23:59:59.999999-23:59",
    "0001-01-01T00:00:00+23:59",
    "1e400",
    "1e999999999",
    "NaN",
    "Infinity",
    "-0",
    "１２",
    "==CMD|'/C calc'!A0",
)
NUMBERS = (
    *("1e999999", "-1e999999", "1e-999999", "1e999999999999", "0e999999999", "1E+400", "9" * 4000, "9" * 5000),
    *(
        "-0",
        "-0.0",
        "0.1e1",
        "1.10",
        "NaN",
        "Infinity",
        "-Infinity",
        "12345678901234567890.123456789012345678901234567",
    ),
    *("-1", "0", "18446744073709551616", "1.7976931348623157e309", "4.9e-324", "253402300800000", "1e15", "9" * 60),
)
WRONG: tuple[Any, ...] = (
    None,
    True,
    False,
    0,
    -1,
    1.5,
    "",
    "x",
    [],
    {},
    [[]],
    [None],
    {"": None},
    [{}],
    ["x"],
    [1, "a"],
)
RAW = (
    b"",
    b" \n",
    b"<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>",
    b"{",
    b'{"status":',
    b'{"status": "succ',
    b"\xff\xfe\x00{",
    b'{"a": "\xff"}',
    b"\xef\xbb\xbf",
    b"\x1f\x8b\x08\x00garbage that is no gzip",
    b"OK",
    b"null",
    b"true",
    b"0",
    b'"text"',
    b'"success"',
    b"[]",
    b"{}",
    b"[[[[]]]]",
    b"[" * 10_000,
    b"[" * 10_000 + b"]" * 10_000,
    b'{"a":' * 10_000 + b"1" + b"}" * 10_000,
    b"[" * 500 + b"]" * 500,
    b'[{"a":' * 400 + b"1" + b"}]" * 400,
    b"[" * 900 + b"]" * 900,
    b'{"status": "success", "status": "failure"}',
    b"{'status': 'success'}",
    b"{}{}",
    b"[]]",
    b"NaN",
    b"1e999999999999999999999999",
    b"9" * 100_000,
    b'"\\ud800"',
    b'{"\\udfff": "\\ud800", "status": "\\udc00"}',
    b'[{"id": "\\ud83d"}, "\\ude00"]',
    b"\x00" * 100,
    "{}".encode("utf-16"),
    b"a=b&c=d",
    b"<?xml version='1.0'?><a/>",
)
STATUSES = (
    *(100, 101, 199, 200, 200, 200, 200, 200, 201, 202, 203, 204, 205, 206, 226, 299),
    *(300, 302, 303, 304, 307, 400, 401, 403, 404, 405, 406, 408, 409, 410, 413, 415, 418, 422, 425, 429, 451, 499),
    *(500, 502, 503, 504, 520, 599, 600, 799, 999),
)
HEADERS: tuple[dict[str, str], ...] = (
    {},
    {"content-type": "application/json"},
    {"content-type": "text/html; charset=utf-16"},
    {"content-type": "text/plain"},
    {"content-type": "\x00;;;charset=\xff"},
    {"content-type": "application/octet-stream", "content-encoding": "gzip"},
    {"location": "javascript:alert(1)"},
    {"location": "\x1b]0;owned\x07"},
    {"location": ""},
    {"retry-after": "-5"},
    {"retry-after": "1e99"},
    {"retry-after": "9" * 5000},
    {"retry-after": "Mon, 99 Foo 10000 99:99:99 GMT"},
    {"retry-after": "NaN"},
    {"content-length": "-1"},
    {"content-disposition": 'attachment; filename="../../../tmp/owned"'},
    {"set-cookie": "=;;;,,,=\xff; Expires=never; Max-Age=1e9"},
    {"set-cookie": "session=" + "x" * 100_000},
    {"etag": "\xff", "content-range": "bytes 9-1/*"},
    {f"x-{number}": "y" * 50 for number in range(500)},
    {"x-long": "z" * 1_000_000},
    {"date": "yesterday"},
)

Made = tuple[int, dict[str, str], bytes]
Change = Callable[[random.Random, Any], Any]


class Raw(str):
    """Text that is written into a document as it stands."""

    __slots__ = ()


def written(value: Any) -> bytes:
    """Return JSON, with what is raw as it stands."""
    raw: list[str] = []

    def stand_in(item: Any) -> Any:
        if isinstance(item, Raw):
            raw.append(item)
            return f"@@{len(raw) - 1}@@"
        if isinstance(item, dict):
            return {name: stand_in(inner) for name, inner in item.items()}
        return [stand_in(inner) for inner in item] if isinstance(item, list) else item

    text: str = simplejson.dumps(stand_in(value), use_decimal=True)
    for place, told in enumerate(raw):
        text = text.replace(f'"@@{place}@@"', told)
    return text.encode()


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the paths to every value in a document, the whole one first."""
    found = [path]
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, item in inner:
        found += places(item, (*path, name))
    return found


def put(value: Any, path: tuple[Any, ...], new: Callable[[Any], Any]) -> Any:
    """Return the document with the value at a path replaced."""
    if not path:
        return new(value)
    first, *rest = path
    if isinstance(value, dict):
        return {name: put(item, tuple(rest), new) if name == first else item for name, item in value.items()}
    return [put(item, tuple(rest), new) if place == first else item for place, item in enumerate(value)]


def odd_value(chance: random.Random) -> Any:
    """Return a value that does not belong where it is put."""
    kind = chance.randrange(5)
    if kind == 0:
        return Raw(chance.choice(NUMBERS))
    if kind == 1:
        return chance.choice(WRONG)
    if kind == 2:
        return chance.choice(HOSTILE) + chance.choice(("", "x", chance.choice(HOSTILE)))
    if kind == 3:
        return {chance.choice(HOSTILE): chance.choice(HOSTILE) for _ in range(3)}
    depth = chance.choice((3, 50, 200, 700))
    opened, closed = chance.choice((("[", "]"), ('{"a":', "}")))
    return Raw(opened * depth + chance.choice(("1", "null", '"\\ud800"')) + closed * depth)


def disturbed(chance: random.Random, sample: Any) -> bytes:
    """Return a document with one to four of its values, or names, replaced."""
    value = sample
    for _ in range(chance.choice((1, 1, 2, 4))):
        path = chance.choice(places(value))
        if path and isinstance(path[-1], str) and chance.random() < 0.15:
            value = put(value, path[:-1], partial(_renamed, chance, path[-1]))
        else:
            value = put(value, path, lambda _held: odd_value(chance))
    return written(value)


def hostile_everywhere(chance: random.Random, sample: Any) -> bytes:
    """Return a document in which every text, and every name beside the declared ones, is hostile."""

    def changed(value: Any) -> Any:
        if isinstance(value, str):
            return chance.choice((value, "", "a")) + chance.choice(HOSTILE[:10])
        if isinstance(value, list):
            return [changed(item) for item in value]
        if isinstance(value, dict):
            return {**{name: changed(item) for name, item in value.items()}, chance.choice(HOSTILE[:10]): "x"}
        return value

    return written(changed(sample))


def cut(chance: random.Random, sample: Any) -> bytes:
    """Return a document that was cut, or had a byte changed."""
    body = bytearray(written(sample))
    place = chance.randrange(len(body) or 1)
    if chance.random() < 0.5:
        return bytes(body[:place])
    if body:
        body[place] = chance.randrange(256)
    return bytes(body)


def doubled(chance: random.Random, sample: Any) -> bytes:
    """Return a document in which a name stands twice, with another value each time."""
    body = written(sample).decode()
    if not isinstance(sample, dict) or not sample:
        return (body * 2).encode()
    name = chance.choice(list(sample))
    return f"{{{simplejson.dumps(name)}: {simplejson.dumps(chance.choice(WRONG))}, {body[1:]}".encode()


def answer(chance: random.Random, sample: Any) -> Made:
    """Return status, headers and body of an answer that is nonsense in some way."""
    make: Callable[[], bytes] = chance.choice(
        (
            lambda: chance.choice(RAW),
            lambda: disturbed(chance, sample),
            lambda: disturbed(chance, sample),
            lambda: disturbed(chance, sample),
            lambda: hostile_everywhere(chance, sample),
            lambda: cut(chance, sample),
            lambda: doubled(chance, sample),
        )
    )
    status = chance.choice(STATUSES) if chance.random() < 0.4 else 200
    return status, chance.choice(HEADERS) if chance.random() < 0.4 else {}, make()


def _renamed(chance: random.Random, name: str, held: Any) -> Any:
    return {chance.choice(HOSTILE) if other == name else other: value for other, value in held.items()}
