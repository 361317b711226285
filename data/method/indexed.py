"""Records grouped once, where a look through all of them for each of many would be a square.

`goals_of(task)` for every task of a plan costs as much as the tasks times the goals if each looks
through all goals. What is grouped here costs one look at each, and is kept with the view.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from typing import TypeVar

V = TypeVar("V")
R = TypeVar("R")


def once_for_each(make: Callable[[V], R]) -> Callable[[V], R]:
    """Decorate a function of a value that never changes, such as a `MenteeView`.

    The result is kept with the value, as by `cached_property`, and goes with it.
    """
    name = f"{make.__module__}.{make.__qualname__}"

    @wraps(make)
    def kept(value: V) -> R:
        known = value.__dict__
        if name not in known:
            known[name] = make(value)
        found: R = known[name]
        return found

    return kept


def grouped(records: Iterable[R], key: Callable[[R], str]) -> Mapping[str, tuple[R, ...]]:
    """Return records by a key, in their order. Ask it with `get(key, ())`."""
    return grouped_by_several(records, lambda record: (key(record),))


def grouped_by_several(
    records: Iterable[R], keys: Callable[[R], Iterable[str]]
) -> Mapping[str, tuple[R, ...]]:
    """Return records by keys of which each may have several; none is twice under one key."""
    found: defaultdict[str, list[R]] = defaultdict(list)
    for record in records:
        for key in dict.fromkeys(keys(record)):
            found[key].append(record)
    return {key: tuple(group) for key, group in found.items()}
