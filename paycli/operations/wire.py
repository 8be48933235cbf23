"""JSON with exact numbers: every decimal keeps its value and scale, both ways; never a float.

What comes in is measured at the door, so that nobody inside meets what cannot be written or walked through: numbers of
any length a provider could mean, values nested as deeply, and characters that are whole.
"""

from decimal import Clamped, Context, Inexact, InvalidOperation, Overflow, Rounded, Subnormal
from typing import Any, NoReturn

from paycli.patterns import pattern

DEEPEST = 100
# As many digits as Python takes of a whole number.
LONGEST_NUMBER = 4300
_MEASURE = Context(
    prec=LONGEST_NUMBER,
    Emin=-LONGEST_NUMBER,
    Emax=LONGEST_NUMBER,
    traps=[Clamped, Inexact, InvalidOperation, Overflow, Rounded, Subnormal],
)
measured = _MEASURE.create_decimal
"""Makes a Decimal with the value and the scale of a text; raises ArithmeticError for one beyond all measure."""
_HALF_ESCAPED = pattern(r"\\u[dD][89a-fA-F]")
_HALF = pattern("[\ud800-\udfff]")
REPLACEMENT = "\ufffd"


class NotJson(ValueError):
    """The bytes are not one JSON document."""


def decode(body: bytes, *, once: bool = False) -> Any:
    """Return the JSON document with numbers as int or Decimal.

    Raises NotJson; with ``once`` also where a name stands twice in an object with different values, of which nobody
    knows which is meant.
    """
    import simplejson

    try:
        text = body.decode("utf-8-sig")
        pairs = _named_once if once else None
        value = simplejson.loads(text, parse_float=measured, parse_constant=refuse, object_pairs_hook=pairs)
        return sound(value, text)
    except NotJson:
        raise
    except UnicodeDecodeError:
        raise NotJson("not UTF-8 text") from None
    except RecursionError:
        raise NotJson("nested too deeply") from None
    except ArithmeticError:
        raise NotJson("a number beyond all measure") from None
    except ValueError as problem:
        position = getattr(problem, "pos", None)
        raise NotJson("not JSON" if position is None else f"not JSON at character {position}") from None


def sound(value: Any, text: str) -> Any:
    """Return a value that was read out of a text, with half characters replaced, which no encoding can write.

    Raises NotJson where it is nested more deeply than anything that is meant.
    """
    if text.count("[") + text.count("{") > DEEPEST and _is_deep(value):
        raise NotJson("nested too deeply")
    return _whole(value) if "\\" in text and _HALF_ESCAPED.search(text) else value


def _named_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if found.setdefault(name, value) != value:
            raise NotJson("a name stands twice, with different values")
    return found


def _is_deep(value: Any) -> bool:
    level = [value]
    for _ in range(DEEPEST):
        level = [inner for item in level if isinstance(item, dict | list) for inner in _inner(item)]
    return bool(level)


def _inner(item: Any) -> Any:
    return item.values() if isinstance(item, dict) else item


def _whole(value: Any) -> Any:
    if isinstance(value, str):
        return _HALF.sub(REPLACEMENT, value)
    if isinstance(value, dict):
        return {_whole(name): _whole(item) for name, item in value.items()}
    return [_whole(item) for item in value] if isinstance(value, list) else value


def encode(value: Any) -> bytes:
    """Return compact JSON in UTF-8, the very bytes that are signed and sent."""
    import simplejson

    return simplejson.dumps(value, use_decimal=True, ensure_ascii=False, separators=(",", ":")).encode()


def pretty(value: Any) -> str:
    """Return JSON indented for people and jq alike, numbers as they came."""
    import simplejson

    return simplejson.dumps(value, use_decimal=True, ensure_ascii=False, indent=2)


def refuse(constant: str) -> NoReturn:
    """Refuse NaN and Infinity, which are not JSON; raises ValueError."""
    raise ValueError(f"{constant} is not a JSON number")
