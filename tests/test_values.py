"""Values are what the library's dataclasses are; each test runs on both."""

import copy
import dataclasses
import pickle
from typing import Any

import pytest

from paycli import values

BOTH = pytest.mark.parametrize("kind", [dataclasses, values], ids=["library", "ours"])


def declared(kind: Any) -> Any:
    """Return a frozen class with every sort of field."""

    @kind.dataclass(frozen=True)
    class Thing:
        """A thing."""

        name: str
        size: int = 3
        parts: dict[str, int] = kind.field(default_factory=dict)
        hidden: str = kind.field(default="x", repr=False)
        own: int = kind.field(default=0, init=False)

    return Thing


def changeable(kind: Any) -> Any:
    """Return a class whose instances may change."""

    @kind.dataclass
    class Count:
        """A count."""

        seen: int = 0

    return Count


@BOTH
def test_fields_are_given_by_place_by_name_or_by_default(kind: Any) -> None:
    """A default that is made is made for each."""
    thing = declared(kind)
    made = thing("a", parts={"b": 1})
    assert (made.name, made.size, made.parts, made.hidden, made.own) == ("a", 3, {"b": 1}, "x", 0)
    assert thing("a").parts is not thing("a").parts
    assert thing.size == 3


@BOTH
@pytest.mark.parametrize(
    "given, named",
    [
        ((), {}),
        (("a", 1, {}, "y", 2), {}),
        (("a",), {"name": "b"}),
        (("a",), {"weight": 1}),
        ((), {"size": 1}),
        (("a",), {"own": 1}),
    ],
)
def test_what_does_not_fit_is_refused(kind: Any, given: tuple[Any, ...], named: dict[str, Any]) -> None:
    """Too few values, too many, one twice, one that is no field."""
    with pytest.raises(TypeError):
        declared(kind)(*given, **named)


@BOTH
def test_equal_values_are_equal_and_print_without_what_is_hidden(kind: Any) -> None:
    """And differ from those of another class."""
    thing, count = declared(kind), changeable(kind)
    assert thing("a", 1, {}) == thing("a", 1, {})
    assert thing("a") != thing("b")
    assert thing("a") != count()
    assert repr(thing("a")).endswith("Thing(name='a', size=3, parts={}, own=0)")


@BOTH
def test_a_frozen_value_cannot_change_and_can_be_a_key(kind: Any) -> None:
    """One that can change has no hash."""
    thing, count = declared(kind), changeable(kind)
    made = thing("a", parts=())
    with pytest.raises(dataclasses.FrozenInstanceError):
        made.name = "b"
    with pytest.raises(dataclasses.FrozenInstanceError):
        del made.name
    assert hash(made) == hash(thing("a", parts=()))
    counted = count()
    counted.seen += 1
    assert counted == count(1)
    with pytest.raises(TypeError):
        hash(counted)


@BOTH
def test_what_the_class_writes_itself_is_kept(kind: Any) -> None:
    """Its own text, and what it does after it was made."""

    @kind.dataclass(frozen=True)
    class Checked:
        """A checked thing."""

        name: str

        def __post_init__(self) -> None:
            if not self.name:
                raise ValueError("it has no name")

        def __repr__(self) -> str:
            return "checked"

    checked: Any = Checked
    assert repr(checked("a")) == "checked"
    with pytest.raises(ValueError, match="no name"):
        checked("")


@BOTH
def test_the_librarys_functions_take_them(kind: Any) -> None:
    """Whoever imports dataclasses can use what was declared here, and our replace takes both."""
    made = declared(kind)("a")
    asked: Any = dataclasses.is_dataclass
    assert asked(made)
    assert dataclasses.asdict(made) == {"name": "a", "size": 3, "parts": {}, "hidden": "x", "own": 0}
    assert [field.name for field in dataclasses.fields(made)] == ["name", "size", "parts", "hidden", "own"]
    ways: tuple[Any, ...] = (dataclasses.replace, values.replace)
    for replace in ways:
        assert replace(made, size=4) == declared_like(made, size=4)
        with pytest.raises(TypeError):
            replace(made, weight=4)


def declared_like(made: Any, **changes: Any) -> Any:
    """Return an equal of the same class with changes."""
    return type(made)(**{**{name: value for name, value in vars(made).items() if name != "own"}, **changes})


@BOTH
def test_a_value_matches_by_place_and_can_be_copied(kind: Any) -> None:
    """Copying goes around the refusal to change."""
    made = declared(kind)("a", parts={"b": 1})
    assert type(made).__match_args__ == ("name", "size", "parts", "hidden")
    copied = copy.deepcopy(made)
    assert copied == made
    assert copied.parts is not made.parts


def test_a_value_of_a_module_can_be_pickled() -> None:
    """Under its own name."""
    from paycli.operations.columns import Column

    column = Column("amount")
    assert pickle.loads(pickle.dumps(column)) == column  # noqa: S301 made here


@BOTH
def test_a_default_that_can_change_belongs_to_no_class(kind: Any) -> None:
    """Two instances would share it."""
    with pytest.raises(ValueError, match="mutable default"):

        @kind.dataclass
        class Shared:
            """Shared by mistake."""

            parts: list[str] = []  # noqa: RUF012 the mistake
