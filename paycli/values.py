"""Dataclasses whose methods are not compiled when they are declared.

The library's own writes the source of six methods for each class and compiles it, 0.4 ms a time; a command declares
eighty. These are written alike, behave alike, and are dataclasses to the type checker and to the library's functions.
"""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

__all__ = ("dataclass", "field", "replace")

Instance = TypeVar("Instance")
MISSING: Any = object()


class _Field:
    """What is declared about one field."""

    def __init__(
        self,
        default: Any = MISSING,
        default_factory: Callable[[], Any] = MISSING,
        *,
        init: bool = True,
        repr: bool = True,  # noqa: A002 the library's word
    ) -> None:
        self.name = ""
        self.default = default
        self.default_factory = default_factory
        self.init = init
        self.repr = repr


def _dataclass(cls: Any = None, /, *, frozen: bool = False, order: bool = False) -> Any:
    """Give a class what its annotated fields call for. Raises TypeError for what is not known here."""
    if cls is None:
        return lambda declared: _dataclass(declared, frozen=frozen, order=order)
    if order or any(hasattr(base, "__fields__") for base in cls.__mro__[1:]):
        raise TypeError(f"{cls.__name__}: neither an order nor fields of another class are known here")
    cls.__fields__ = tuple(_declared(cls))
    made = {"__init__": _init(cls), "__repr__": _repr, "__eq__": _eq}
    made |= {"__setattr__": _refuse, "__delattr__": _refuse} if frozen else {}
    for name, method in made.items():
        if name not in vars(cls):
            setattr(cls, name, method)
    cls.__hash__ = _hash if frozen else None
    cls.__match_args__ = tuple(field.name for field in cls.__fields__ if field.init)  # type: ignore[misc]
    cls.__dataclass_fields__ = _LibraryFields()
    return cls


def _declared(cls: type) -> list[_Field]:
    found = []
    for name in cls.__annotations__:
        default = vars(cls).get(name, MISSING)
        if isinstance(default, list | dict | set):
            raise ValueError(f"mutable default {default!r} of {name}: use field(default_factory=…)")  # noqa: TRY004 the library's
        field = default if isinstance(default, _Field) else _Field(default)
        field.name = name
        if field.default is not MISSING:
            setattr(cls, name, field.default)
        elif default is not MISSING:
            delattr(cls, name)
        found.append(field)
    return found


def _init(cls: Any) -> Callable[..., None]:
    """Return the making of an instance."""
    of, fields = cls.__name__, cls.__fields__
    names = tuple(field.name for field in fields if field.init)
    known = frozenset(names)
    prepared = hasattr(cls, "__post_init__")

    def __init__(self: Any, /, *given: Any, **named: Any) -> None:  # noqa: N807 becomes the method
        values = vars(self)
        values.update(zip(names, given, strict=False))
        if len(given) > len(names) or not values.keys().isdisjoint(named):
            raise TypeError(f"{of}() has too many values")
        if named:
            values.update(named)
            if not known.issuperset(values):
                raise TypeError(f"{of}() has no field {', '.join(values.keys() - known)}")
        if len(values) < len(fields):
            for field in fields:
                if field.name not in values:
                    values[field.name] = _default(of, field)
        if prepared:
            self.__post_init__()

    return __init__


def _default(of: str, field: _Field) -> Any:
    if field.default is not MISSING:
        return field.default
    if field.default_factory is not MISSING:
        return field.default_factory()
    raise TypeError(f"{of}() needs a value for {field.name}")


def _values(instance: Any) -> tuple[Any, ...]:
    return tuple([getattr(instance, field.name) for field in instance.__fields__])


def _repr(self: Any) -> str:
    shown = ", ".join(f"{field.name}={getattr(self, field.name)!r}" for field in self.__fields__ if field.repr)
    return f"{type(self).__qualname__}({shown})"


def _eq(self: Any, other: Any) -> Any:
    return _values(self) == _values(other) if type(other) is type(self) else NotImplemented


def _hash(self: Any) -> int:
    return hash(_values(self))


def _refuse(self: Any, name: str, *_: Any) -> None:
    from dataclasses import FrozenInstanceError

    raise FrozenInstanceError(f"cannot change {name!r} of a {type(self).__name__}")


class _LibraryFields:
    """The fields as the library's functions want them, made when one asks."""

    def __get__(self, instance: Any, cls: Any) -> Mapping[str, Any]:
        from dataclasses import field, make_dataclass

        known = [(one.name, Any, field(init=one.init, repr=one.repr, default=None)) for one in cls.__fields__]
        cls.__dataclass_fields__ = make_dataclass(cls.__name__, known).__dataclass_fields__  # type: ignore[attr-defined]
        fields: Mapping[str, Any] = cls.__dataclass_fields__
        return fields


def _replace(instance: Instance, /, **changes: Any) -> Instance:
    """Return a copy with other values in some fields."""
    held = {name: getattr(instance, name) for name in instance.__match_args__}  # type: ignore[attr-defined]
    return type(instance)(**{**held, **changes})


if TYPE_CHECKING:
    from dataclasses import dataclass, field, replace
else:
    dataclass, field, replace = _dataclass, _Field, _replace
