"""The parameters of a declared function: what its command takes, in the order of the signature."""

import functools
import inspect
from collections.abc import Callable, Sequence
from typing import Any, get_type_hints

from paycli.operations.operation import Operation
from paycli.operations.params import Argument, Compound, Hidden, Marker, Option
from paycli.values import dataclass


@dataclass(frozen=True)
class Parameter:
    """One parameter: its name in the function, what the user types for it, whether it may be left out."""

    name: str
    marker: Marker
    required: bool
    default: Any


@functools.cache
def parameters(function: Callable[..., Any]) -> Sequence[Parameter]:
    """Return the function's parameters; raises TypeError for one that is not annotated with a marker."""
    hints = get_type_hints(function, include_extras=True)
    found = []
    for name, parameter in inspect.signature(function).parameters.items():
        marker = next(
            (
                item
                for item in getattr(hints[name], "__metadata__", ())
                if isinstance(item, Argument | Option | Compound | Hidden)
            ),
            None,
        )
        if marker is None:
            raise TypeError(f"{function.__qualname__}: parameter {name} is not annotated with what the user types")
        required = parameter.default is inspect.Parameter.empty
        found.append(Parameter(name, marker, required, None if required else parameter.default))
    return tuple(found)


def arguments(operation: Operation) -> str:
    """Return the operation's arguments as its usage line shows them: ``ORDER_ID OPERATION``."""
    return " ".join(
        f"{parameter.marker.name}{'...' if parameter.marker.many else ''}"
        for parameter in parameters(operation.fields)
        if isinstance(parameter.marker, Argument)
    )
