"""The list of mentees, and how two of one name are told apart."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from data.dates import show_date
from data.i18n import _
from data.method.indexed import grouped
from data.queries.per_store import KeptOfTable
from data.records import KINDS, CourseState, Mentee, MenteeRecord
from data.store.store import Store
from data.text import danish_key, name_key

_sort_key = lru_cache(maxsize=1 << 13)(danish_key)
"""The key of a name is worked out once: the list is sorted again when any mentee is edited."""


def _sorted(store: Store) -> dict[bool, tuple[Mentee, ...]]:
    """Return those that are closed by True, and the others by False."""
    # of two with the same name the older one comes first, as `Store.all` has them
    all = sorted(store.all(Mentee), key=lambda mentee: _sort_key(mentee.name))
    closed = CourseState.CLOSED
    return {
        True: tuple(one for one in all if one.state is closed),
        False: tuple(one for one in all if one.state is not closed),
    }


_ordered = KeptOfTable(Mentee, _sorted)


def mentees(store: Store, *, closed: bool = False) -> tuple[Mentee, ...]:
    """Return the mentees by name, in Danish order: the same tuple until one of them changes.

    `closed` chooses those with a closed mentorship instead of those with a running one.
    """
    return _ordered.of(store)[closed]


def _numbered(store: Store) -> Mapping[str, int]:
    return {mentee.id: number for number, mentee in enumerate(store.all(Mentee), 1)}


_numbers = KeptOfTable(Mentee, _numbered)
_by_name = KeptOfTable(
    Mentee, lambda store: grouped(store.all(Mentee), lambda one: name_key(one.name))
)


def numbers(store: Store) -> Mapping[str, int]:
    """Return a short number for each mentee, by id: 1 is the one that was added first."""
    return _numbers.of(store)


def namesakes(store: Store, name: str) -> tuple[Mentee, ...]:
    """Return the mentees of that name, however it is spelt; the closed ones too."""
    return _by_name.of(store).get(name_key(name), ())


def told_apart(store: Store, mentee: Mentee) -> str:
    """Return the name of a mentee, with the number and the first day where another has it too."""
    if len(namesakes(store, mentee.name)) < 2:
        return mentee.name
    number = numbers(store)[mentee.id]
    if mentee.start is None:
        return _("{name} (number {number})").format(name=mentee.name, number=number)
    text = _("{name} (number {number}, first day {date})")
    return text.format(name=mentee.name, number=number, date=show_date(mentee.start))


def is_there_already(store: Store, name: str) -> str:
    """Return one sentence that says that there is a mentee of that name; "" where there is none."""
    return there_already(store)(name)


def there_already(store: Store) -> Callable[[str], str]:
    """Return what `is_there_already` says of a name, of the mentees that there are now."""
    by_name = _by_name.of(store)
    return lambda name: _said_of(by_name.get(name_key(name), ()), name)


def _said_of(found: Sequence[Mentee], name: str) -> str:
    if not found or not name.strip():
        return ""
    one = next((each for each in reversed(found) if each.name == name), found[-1])
    if one.start is None:
        return _("{name} already exists.").format(name=one.name)
    text = _("{name} already exists (first day at work {date}).")
    return text.format(name=one.name, date=show_date(one.start))


def all_records(store: Store, mentee_id: str) -> list[MenteeRecord]:
    """Return all records that belong to a mentee."""
    kinds = [kind for kind in KINDS if issubclass(kind, MenteeRecord)]
    return [record for kind in kinds for record in store.of(kind, mentee_id)]
