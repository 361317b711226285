"""The example data is added, and removed again, in one step each (R25)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from data.example import example_records
from data.example.names import nobodys
from data.records import KINDS, Mentee, MenteeRecord, Person, Record
from data.store.change import Change
from data.store.store import Store


def load_example(now: datetime, language: str, taken: Iterable[str] = ()) -> list[Change]:
    """Return the changes that add the example data, in `language` ("da" or "en").

    Its dates are counted from the day of `now`. `taken` are names that nobody in it may have.
    """
    records = example_records(now.date(), now, language)
    return [Change.created(one) for one in nobodys(records, taken)]


def names_in(store: Store) -> list[str]:
    """Return the names of all mentees and persons in the file."""
    return [*(one.name for one in store.all(Mentee)), *(one.name for one in store.all(Person))]


def has_example(store: Store) -> bool:
    """Whether any mentee of the example data is among the records."""
    return any(mentee.example for mentee in store.all(Mentee))


def remove_example(store: Store) -> list[Change]:
    """Return the changes that remove the example data, with all that users have added to it.

    A person of the example data stays if the records of another mentee refer to that person.
    """
    gone = {mentee.id for mentee in store.all(Mentee) if mentee.example}
    kept: list[Record] = []
    changes: list[Change] = []
    for kind in KINDS:
        for record in store.all(kind):
            if isinstance(record, MenteeRecord) and record.mentee_id in gone:
                changes.append(Change.deleted(record))
            elif isinstance(record, MenteeRecord):
                kept.append(record)
    changes += [Change.deleted(one) for one in store.all(Mentee) if one.id in gone]
    named = {text for record in kept for text in _texts(record)}
    for person in store.all(Person):
        if person.example:
            used = person.id in named
            changes.append(Change.edited(person, example=False) if used else Change.deleted(person))
    return changes


def _texts(record: Record) -> list[str]:
    """Return all texts of a record and of its parts; ids of persons are among them."""
    found: list[str] = []
    for value in vars(record).values():
        if isinstance(value, str):
            found.append(value)
        elif isinstance(value, tuple):
            for part in value:
                found += [part] if isinstance(part, str) else _fields(part)
    return found


def _fields(part: object) -> list[str]:
    return [value for value in vars(part).values() if isinstance(value, str)]
