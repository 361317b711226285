"""Frozen values without compiled code: what `dataclass` gives, at a tenth of its cost.

The standard decorator writes and compiles methods for every class; for all that are loaded when the
program starts that was a quarter of its start. Here all classes share one set of methods. `fields`,
`replace` and type checkers see them as the frozen dataclasses they are. Records are `frozen`, their
fields are given by name; everything else that never changes is `immutable`.
"""

from __future__ import annotations

from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, field, fields
from typing import Any, ClassVar, Final, NamedTuple, TypeVar, dataclass_transform

T = TypeVar("T")


class _Plan(NamedTuple):
    """How values of one class are made."""

    names: tuple[str, ...]
    known: frozenset[str]
    """The names again, to compare all at once."""
    defaults: dict[str, Any]
    factories: tuple[tuple[str, Any], ...]


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(field,))
def frozen(kind: type[T]) -> type[T]:
    """Make a class (below `Frozen`) of frozen values with keyword-only fields."""
    return dataclass(init=False, repr=False, eq=False)(kind)


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def immutable(kind: type[T]) -> type[T]:
    """Make a class of frozen values whose fields are given by place or by name."""
    made = dataclass(init=False, repr=False, eq=False)(kind)
    for name in _SHARED:
        if name not in vars(kind):
            setattr(made, name, vars(Frozen)[name])
    return made


class Frozen:
    """The methods that all such classes share."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]
    _plans: ClassVar[dict[type[Any], _Plan]] = {}

    def __init__(self, *placed: Any, **values: Any) -> None:
        """Take the fields. Raises TypeError where one is missing, unknown or given twice."""
        plan = _plan_of(type(self))
        if placed:
            values = _named(type(self), plan, placed, values)
        own = dict(plan.defaults)
        for name, make in plan.factories:
            if name not in values:
                own[name] = make()
        own.update(values)
        if own.keys() != plan.known:
            odd = sorted(own.keys() ^ plan.known)
            raise TypeError(f"{type(self).__name__}: missing or unknown: {', '.join(odd)}")
        self.__dict__.update(own)

    def __setattr__(self, name: str, value: Any) -> None:
        """Refuse."""
        raise FrozenInstanceError(f"cannot assign to field {name!r}")

    def __delattr__(self, name: str) -> None:
        """Refuse."""
        raise FrozenInstanceError(f"cannot delete field {name!r}")

    def __eq__(self, other: object) -> bool:
        """Whether the class and all fields are the same."""
        if type(other) is not type(self):
            return NotImplemented
        own, its = self.__dict__, other.__dict__
        # A cached property stands among the fields and does not count.
        return own == its or all(own[name] == its[name] for name in _plan_of(type(self)).names)

    def __hash__(self) -> int:
        """Hash all fields, which must be hashable."""
        return hash(tuple(self.__dict__[name] for name in _plan_of(type(self)).names))

    def __repr__(self) -> str:
        """Name the class and all fields."""
        shown = (f"{name}={self.__dict__[name]!r}" for name in _plan_of(type(self)).names)
        return f"{type(self).__qualname__}({', '.join(shown)})"


_SHARED: Final = ("__init__", "__setattr__", "__delattr__", "__eq__", "__hash__", "__repr__")


def _named(
    kind: type[Any], plan: _Plan, placed: tuple[Any, ...], values: dict[str, Any]
) -> dict[str, Any]:
    """Return all fields by name, of which some are given by their place."""
    by_place = dict(zip(plan.names, placed, strict=False))
    twice = by_place.keys() & values.keys()
    if len(placed) > len(plan.names) or twice:
        said = f"given twice: {', '.join(sorted(twice))}" if twice else "too many values"
        raise TypeError(f"{kind.__name__}: {said}")
    return by_place | values


def _plan_of(kind: type[Any]) -> _Plan:
    found = Frozen._plans.get(kind)
    if found is None:
        items = fields(kind)
        found = Frozen._plans[kind] = _Plan(
            tuple(item.name for item in items),
            frozenset(item.name for item in items),
            {item.name: item.default for item in items if item.default is not MISSING},
            tuple(
                (item.name, item.default_factory)
                for item in items
                if item.default_factory is not MISSING
            ),
        )
    return found
