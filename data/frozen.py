"""Dataclasses that cost little when the program starts.

`dataclass(frozen=True)` writes and compiles methods of its own for every class. For all the classes
that are loaded at the start, that took a quarter of the time until the first screen. Here all
classes share one set of methods, which takes a tenth of it. `dataclasses.fields`, `replace` and
type checkers see ordinary dataclasses.

There are three decorators. `frozen` is for records (classes below `Frozen`), whose fields are given
by name only. `immutable` is for every other value that never changes, whose fields may also be
given by position. `changing` is for what changes and is made in a room that every command loads.
"""

from __future__ import annotations

from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, field, fields
from typing import Any, ClassVar, Final, NamedTuple, TypeVar, dataclass_transform

T = TypeVar("T")


class _Fields(NamedTuple):
    """The fields of one class, in the forms in which the shared methods need them."""

    names: tuple[str, ...]
    """The names of the fields, in order."""
    all_names: frozenset[str]
    """The names again, as a set, to see at once whether a value has all of them and no others."""
    defaults: dict[str, Any]
    """The default of each field that has one."""
    factories: tuple[tuple[str, Any], ...]
    """The name of each field with a default factory, and the factory."""


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(field,))
def frozen(kind: type[T]) -> type[T]:
    """Make a class below `Frozen` a frozen dataclass, whose fields are given by name only."""
    return _with_fields(kind)


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def immutable(kind: type[T]) -> type[T]:
    """Make any class a frozen dataclass, whose fields are given by position or by name."""
    made = _with_fields(kind)
    # The class need not be below `Frozen`, so it is given the methods one by one.
    for name in _SHARED_METHODS:
        if name not in vars(kind):
            setattr(made, name, vars(Frozen)[name])
    return made


@dataclass_transform(field_specifiers=(field,))
def changing(kind: type[T]) -> type[T]:
    """Make any class a dataclass whose fields may change. As such it has no hash.

    There is no `__post_init__` and no `InitVar`: a class that needs them has its own `__init__`.
    """
    made = _with_fields(kind)
    for name in ("__init__", "__eq__", "__repr__"):
        if name not in vars(kind):
            setattr(made, name, vars(Frozen)[name])
    made.__hash__ = None  # type: ignore[assignment]  # how Python is told that there is none
    return made


@dataclass(init=False, repr=False, eq=False)
class _Model:
    """A dataclass with one field, whose marks all other ones are given."""

    only: int


def _with_fields(kind: type[T]) -> type[T]:
    """Make a class a dataclass without methods: one with the fields that its annotations name.

    The standard decorator takes five times as long, for it looks for much that no class has here:
    `InitVar`, slots, and annotations that are no texts.

    Raises:
        ValueError: A default can be changed, so that all values would share it.
    """
    made: dict[str, Field[Any]] = {}
    for base in reversed(kind.__mro__[1:]):
        made.update(vars(base).get("__dataclass_fields__", ()))
    for name, annotation in vars(kind).get("__annotations__", {}).items():
        if annotation.startswith("ClassVar"):
            continue
        default = vars(kind).get(name, MISSING)
        one: Any = default if isinstance(default, Field) else field(default=default)
        if type(one.default).__hash__ is None:
            raise ValueError(f"{kind.__qualname__}.{name}: use default_factory")
        one.name, one.type, one.kw_only = name, annotation, False
        one._field_type = _ORDINARY
        made[name] = one
        if one.default is not MISSING:
            setattr(kind, name, one.default)
        elif default is not MISSING:
            delattr(kind, name)
    for mark, value in {**_MARKS, "__dataclass_fields__": made, "__match_args__": (*made,)}.items():
        setattr(kind, mark, value)
    return kind


_MARKS: Final = {"__dataclass_params__": vars(_Model)["__dataclass_params__"]}
"""What all classes have in common that says that one is a dataclass."""
_ORDINARY: Final = fields(_Model)[0]._field_type  # type: ignore[attr-defined]
"""What says of a field that it is one of the value, and not of the class."""


class Frozen:
    """The methods that all classes of frozen values share, and the base class of records."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]
    _fields_by_class: ClassVar[dict[type[Any], _Fields]] = {}
    """The fields of each class of which a value has been made."""

    def __init__(self, *placed: Any, **values: Any) -> None:
        """Make a value from its fields.

        Args:
            placed: Fields given by position.
            values: Fields given by name.

        Raises:
            TypeError: A field is missing, unknown or given twice.
        """
        known = _fields_of(type(self))
        if placed:
            values = _all_by_name(type(self), known, placed, values)
        own = dict(known.defaults)
        for name, make in known.factories:
            if name not in values:
                own[name] = make()
        own.update(values)
        if own.keys() != known.all_names:
            odd = sorted(own.keys() ^ known.all_names)
            raise TypeError(f"{type(self).__name__}: missing or unknown: {', '.join(odd)}")
        self.__dict__.update(own)  # past `__setattr__`, which refuses

    def __setattr__(self, name: str, value: Any) -> None:
        """Raise `FrozenInstanceError`: the value never changes."""
        raise FrozenInstanceError(f"cannot assign to field {name!r}")

    def __delattr__(self, name: str) -> None:
        """Raise `FrozenInstanceError`: the value never changes."""
        raise FrozenInstanceError(f"cannot delete field {name!r}")

    def __eq__(self, other: object) -> bool:
        """Return whether the other value is of the same class and has the same fields."""
        if type(other) is not type(self):
            return NotImplemented
        own, its = self.__dict__, other.__dict__
        # Comparing all at once is quick, and enough if it finds no difference. If it does, that may
        # be a `cached_property`, which is kept in `__dict__` as well, and does not count.
        return own == its or all(own[name] == its[name] for name in _fields_of(type(self)).names)

    def __hash__(self) -> int:
        """Return a hash of all fields. Raises `TypeError` if one of them is not hashable."""
        return hash(tuple(self.__dict__[name] for name in _fields_of(type(self)).names))

    def __repr__(self) -> str:
        """Return the class and all fields, as a dataclass does."""
        shown = (f"{name}={self.__dict__[name]!r}" for name in _fields_of(type(self)).names)
        return f"{type(self).__qualname__}({', '.join(shown)})"


F = TypeVar("F", bound=Frozen)


def empty(kind: type[F]) -> tuple[F, dict[str, Any]]:
    """Return a value without fields, and the dict to put all of them in, by name.

    That is not looked at again, which takes half the time of making one in the usual way.
    """
    made = kind.__new__(kind)
    return made, made.__dict__


_SHARED_METHODS: Final = (
    "__init__",
    "__setattr__",
    "__delattr__",
    "__eq__",
    "__hash__",
    "__repr__",
)


def _all_by_name(
    kind: type[Any], known: _Fields, placed: tuple[Any, ...], values: dict[str, Any]
) -> dict[str, Any]:
    """Return by name all fields that were given, by position (`placed`) or by name (`values`).

    Raises:
        TypeError: A field is given twice, or there are more values than fields.
    """
    by_place = dict(zip(known.names, placed, strict=False))
    twice = by_place.keys() & values.keys()
    if len(placed) > len(known.names) or twice:
        said = f"given twice: {', '.join(sorted(twice))}" if twice else "too many values"
        raise TypeError(f"{kind.__name__}: {said}")
    return by_place | values


def _fields_of(kind: type[Any]) -> _Fields:
    """Return the fields of a class, which are looked up once."""
    found = Frozen._fields_by_class.get(kind)
    if found is None:
        items = fields(kind)
        found = Frozen._fields_by_class[kind] = _Fields(
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
