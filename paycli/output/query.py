"""JMESPath over exact decimals, and the only module that imports jmespath.

The library knows floats only: its type tables, some of its functions and the numbers in an expression are widened
here, so that 0.28 is found by `` `0.28` `` and a sum of amounts is exact.
"""

import decimal
import warnings
from decimal import Decimal
from typing import Any

import jmespath
import jmespath.exceptions
import jmespath.functions as library
import jmespath.lexer
import jmespath.visitor

from paycli.errors import UsageProblem
from paycli.operations.wire import decode, encode

# More digits than any sum of amounts has; the default context would round after 28.
DIGITS = 60

library.TYPES_MAP["Decimal"] = "number"
library.REVERSE_TYPES_MAP["number"] = (*library.REVERSE_TYPES_MAP["number"], "Decimal")


def _exact(text: str) -> Any:
    return decode(text.encode())


jmespath.lexer.loads = _exact  # type: ignore[attr-defined]


class _Exact(library.Functions):
    """The functions that would turn a decimal into a float or fail on one."""

    @library.signature({"types": []})
    def _func_to_string(self, value: Any) -> str:
        return value if isinstance(value, str) else encode(value).decode()

    @library.signature({"types": []})
    def _func_to_number(self, value: Any) -> Any:
        if isinstance(value, int | Decimal) and not isinstance(value, bool):
            return value
        try:
            number = _exact(value) if isinstance(value, str) else None
        except ValueError:
            return None
        return number if isinstance(number, int | Decimal) and not isinstance(number, bool) else None

    @library.signature({"types": ["array-number"]})
    def _func_avg(self, values: Any) -> Any:
        return sum(values, Decimal(0)) / len(values) if values else None

    @library.signature({"types": []})
    def _func_type(self, value: Any) -> str:
        return library.TYPES_MAP[type(value).__name__]


def compile_query(expression: str) -> Any:
    """Return the compiled expression. Raises ValueError with where it goes wrong."""
    try:
        with warnings.catch_warnings():
            # An old way to write text within backquotes is no reason to stop.
            warnings.simplefilter("ignore", PendingDeprecationWarning)
            return jmespath.compile(expression)
    except RecursionError:
        raise ValueError("the JMESPath expression is nested too deeply") from None
    except jmespath.exceptions.JMESPathError as problem:
        position = getattr(problem, "lex_position", None)
        where = "" if position is None else f" at character {int(position) + 1}"
        raise ValueError(f"{expression!r} is not a JMESPath expression{where}") from None


def _holds_expression(value: Any) -> bool:
    if isinstance(value, dict | list):
        return any(map(_holds_expression, value.values() if isinstance(value, dict) else value))
    return isinstance(value, jmespath.visitor._Expression)  # noqa: SLF001 what is no value has no public name


def search(expression: str, data: Any) -> Any:
    """Return what the expression finds. Raises UsageProblem when it does not fit the data."""
    try:
        with decimal.localcontext(prec=DIGITS):
            found = compile_query(expression).search(data, jmespath.Options(custom_functions=_Exact()))
    except (jmespath.exceptions.JMESPathError, TypeError, ArithmeticError, ValueError, RecursionError):
        raise UsageProblem(
            "The --query does not fit the answer.", next_step="look at the answer first, without --query, with -o json"
        ) from None
    if "&" in expression and _holds_expression(found):
        raise UsageProblem(
            "The --query finds an expression, which is no value.",
            next_step="& stands before what sort_by and others take",
        )
    return found
