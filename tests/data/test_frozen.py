"""Frozen values: what the standard decorator gives, without its cost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import (
    FrozenInstanceError,
    asdict,
    dataclass,
    field,
    fields,
    is_dataclass,
    replace,
)
from functools import cached_property
from typing import Any, ClassVar

import pytest

from data.frozen import Frozen, changing, frozen, immutable
from data.records import Holder, Mentee, Role, RoleKind, Task


@frozen
class Point(Frozen):
    x: int
    y: int = 0
    tags: tuple[str, ...] = ()
    more: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    x: int
    y: int = 0
    tags: tuple[str, ...] = ()
    more: dict[str, int] = field(default_factory=dict)


@pytest.mark.parametrize(
    "values", [{"x": 1}, {"x": 2, "y": 3, "tags": ("a",)}, {"x": 0, "more": {"a": 1}}]
)
def test_it_has_the_fields_of_a_dataclass(values: dict[str, Any]) -> None:
    one, model = Point(**values), Model(**values)
    assert [item.name for item in fields(one)] == [item.name for item in fields(model)]
    assert repr(one) == repr(model).replace("Model", "Point")
    assert one == Point(**values)
    assert one != model
    assert replace(one, y=9) == Point(**{**values, "y": 9})
    assert one.more is not Point(x=1).more


def _made_by(decorate: Callable[[Any], Any]) -> tuple[Any, Any]:
    """A class of values, and one below it, that a decorator has made."""

    class Base:
        TABLE: ClassVar[str] = "a"
        x: int
        y: int = field(default=3, metadata={"text": True})
        z: dict[str, int] = field(default_factory=dict)

    base: Any = decorate(Base)

    class More(base):  # type: ignore[misc]
        OTHER: ClassVar[dict[str, int]] = {}
        y: int = 4
        w: tuple[int, ...] = ()

    return base, decorate(More)


def _described(kind: Any) -> list[tuple[object, ...]]:
    """What the standard library knows of the fields of a dataclass."""
    names = ("name", "type", "default", "default_factory", "metadata", "kw_only", "init", "hash")
    return [tuple(getattr(one, name) for name in names) for one in fields(kind)]


def test_its_fields_are_those_that_the_standard_decorator_finds() -> None:
    standard = _made_by(dataclass(init=False, repr=False, eq=False))
    for one, other in zip(_made_by(immutable), standard, strict=True):
        assert one.__match_args__ == other.__match_args__
        assert _described(one) == _described(other)
        assert is_dataclass(one)
        assert [hasattr(one, name) for name in "xyz"] == [hasattr(other, name) for name in "xyz"]
    assert asdict(_made_by(immutable)[1](1)) == {"x": 1, "y": 4, "z": {}, "w": ()}


def test_a_default_that_all_values_would_share_is_refused() -> None:
    with pytest.raises(ValueError, match="default_factory"):

        @immutable
        class _Shared:
            guests: list[str] = []


@pytest.mark.parametrize("values", [{}, {"y": 1}, {"x": 1, "z": 2}])
def test_a_missing_or_unknown_field_is_refused(values: dict[str, Any]) -> None:
    with pytest.raises(TypeError):
        Point(**values)
    with pytest.raises(TypeError):
        Model(**values)


def test_a_value_never_changes() -> None:
    mentee = Mentee(name="Maja")
    with pytest.raises(FrozenInstanceError):
        setattr(mentee, "name", "Emil")  # noqa: B010 - type checkers refuse the plain way
    with pytest.raises(FrozenInstanceError):
        delattr(mentee, "name")


def test_equal_values_are_one_in_a_set() -> None:
    from datetime import date

    day = date(2026, 11, 23)
    assert len({Holder(until=day, person_id="1"), Holder(person_id="1", until=day)}) == 1


def test_records_of_two_kinds_differ() -> None:
    assert Task(id="1", mentee_id="2", title="") != Role(id="1", mentee_id="2", kind=RoleKind.BUDDY)


@immutable
class Place:
    """Fields by their place, and something worked out from them."""

    x: int
    y: int = 0

    @cached_property
    def far(self) -> int:
        return self.x + self.y


def test_fields_can_be_given_by_place_and_by_name() -> None:
    assert Place(1, 2) == Place(1, y=2) == Place(y=2, x=1) == replace(Place(1), y=2)
    assert repr(Place(1)) == "Place(x=1, y=0)"
    with pytest.raises(FrozenInstanceError):
        setattr(Place(1), "x", 2)  # noqa: B010 - type checkers refuse the plain way


@pytest.mark.parametrize(("placed", "named"), [((1, 2, 3), {}), ((1,), {"x": 1}), ((), {})])
def test_a_field_given_twice_or_too_many_are_refused(
    placed: tuple[int, ...], named: dict[str, int]
) -> None:
    with pytest.raises(TypeError):
        Place(*placed, **named)


def test_what_was_worked_out_makes_no_difference() -> None:
    one, other = Place(1, 2), Place(1, 2)
    assert one.far == 3
    assert one == other
    assert hash(one) == hash(other)


@changing
class Room:
    """What changes while the program runs."""

    name: str
    guests: list[str] = field(default_factory=list)


def test_what_changes_is_made_by_place_and_by_name_and_has_no_hash() -> None:
    one, other = Room("a"), Room(name="a", guests=[])
    assert one == other
    assert one.guests is not other.guests
    one.guests.append("Maja")
    one.name = "b"
    assert one != other
    assert repr(one) == "Room(name='b', guests=['Maja'])"
    assert replace(one, name="c") == Room("c", ["Maja"])
    with pytest.raises(TypeError):
        hash(one)
    with pytest.raises(TypeError):
        Room()  # type: ignore[call-arg]
