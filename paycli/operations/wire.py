"""JSON with exact numbers: every decimal keeps its value and scale, both ways; never a float."""

from typing import Any, NoReturn


class NotJson(ValueError):
    """The bytes are not one JSON document."""


def decode(body: bytes) -> Any:
    """Return the JSON document with numbers as int or Decimal. Raises NotJson."""
    import simplejson

    try:
        return simplejson.loads(body.decode("utf-8-sig"), use_decimal=True, parse_constant=refuse)
    except UnicodeDecodeError:
        raise NotJson("not UTF-8 text") from None
    except RecursionError:
        raise NotJson("nested too deeply") from None
    except ArithmeticError:
        raise NotJson("a number beyond all measure") from None
    except ValueError as problem:
        position = getattr(problem, "pos", None)
        raise NotJson("not JSON" if position is None else f"not JSON at character {position}") from None


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
