"""Taking a hand-over in: what would come, who is who, and the changes that bring it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from itertools import count
from typing import Any, Final, TypeVar

from data.method.mentorship.roles import assign
from data.privacy.bundle import Bundle
from data.records import BY_TABLE, Mentee, MenteeRecord, Person, Record, Role, RoleKind
from data.store.change import Change
from data.store.codec import decode
from data.store.store import Store
from data.text import line, name_key

R = TypeVar("R", bound=Record)
_ID: Final = re.compile(r"(?<!\d)\d{19,20}(?!\d)")
"""What looks like an id in JSON."""
_NEVER: Final = datetime.min.replace(tzinfo=UTC)
_NAMES: Final = ("name", "title", "team")
"""Fields that have one line on every screen; another program may have written the bundle."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """What a bundle would bring."""

    bundle: Bundle
    new: Sequence[Record]
    """Records that are not here yet, the mentee first."""
    here: Sequence[Record]
    """Records that are here already, whatever they say by now: they stay as they are."""
    namesakes: Sequence[tuple[Person, Person]]
    """People who come and have the name of somebody else here: (who comes, who is here)."""
    shared: Sequence[tuple[Person, Person]]
    """People of the workplace's library who are here with other ids: (who comes, who is here)."""
    same_mentee_name: Sequence[Mentee]
    """Other mentees here who have the mentee's name."""

    @property
    def is_empty(self) -> bool:
        """Whether it brings nothing: it was taken in before."""
        return not any(isinstance(one, MenteeRecord | Mentee) for one in self.new)


def look_into(store: Store, bundle: Bundle) -> Arrival:
    """Return what a bundle would bring to the records."""
    new: list[Record] = []
    here: list[Record] = []
    for table, docs in bundle.tables.items():
        kind = BY_TABLE[table]
        for doc in docs:
            record = record_of(kind, doc)
            if store.get(kind, record.id) is not None:
                here.append(record)
            else:
                new.append(record)
    new.sort(key=lambda record: not isinstance(record, Mentee))
    shared = _of_library(store, new)
    here += [come for come, _here in shared]
    new = [one for one in new if one not in here]
    people = {name_key(one.name): one for one in store.all(Person)}
    namesakes = [
        (one, people[name_key(one.name)])
        for one in new
        if isinstance(one, Person) and name_key(one.name) in people
    ]
    alike = [
        one
        for one in store.all(Mentee)
        if name_key(one.name) == name_key(bundle.name) and one.id != bundle.mentee_id
    ]
    return Arrival(bundle, new, here, namesakes, shared, alike)


def _of_library(store: Store, coming: Iterable[Record]) -> list[tuple[Person, Person]]:
    """Return those who come and are here as the same person of the workplace's library."""
    here = {one.shared_key: one for one in store.all(Person) if one.shared_key}
    people = (one for one in coming if isinstance(one, Person))
    return [(one, here[one.shared_key]) for one in people if one.shared_key in here]


def record_of(kind: type[R], doc: Mapping[str, Any]) -> R:
    """Return the record of a document of a bundle, as if it was typed here."""
    values = {name: value for name, value in doc.items() if name != "id"}
    return decode(kind, str(doc["id"]), _in_one_line(values))


def _in_one_line(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a document, those that name it in one line."""
    named = {name: line(values[name]) for name in _NAMES if isinstance(values.get(name), str)}
    return {**values, **named}


def taken_in(arrival: Arrival, mentor: Person, same: Iterable[str], today: date) -> list[Change]:
    """Return the changes that take a bundle in.

    The mentor who handed over stands among those who had the role before, until today.

    Args:
        arrival: What it brings.
        mentor: The person who is the mentor from now on.
        same: The ids of those who come and are the person of that name here.
        today: The day of the hand-over.
    """
    if arrival.is_empty:
        return []
    known = {come.id: here.id for come, here in arrival.namesakes if come.id in set(same)}
    known |= {come.id: here.id for come, here in arrival.shared}
    changes = []
    for record in arrival.new:
        if record.id in known:
            continue
        made = with_ids(record, known)
        if isinstance(made, Role) and made.kind is RoleKind.MENTOR:
            changed = assign(made, mentor.id, today).after
            made = changed if isinstance(changed, Role) else made
        changes.append(Change.created(made))
    return changes


def renewed(bundle: Bundle, is_deleted: Callable[[str], bool]) -> Bundle:
    """Return a bundle whose records have other ids: some were deleted for good here.

    What was deleted stays so: no record can have its id again. The same bundle always gets the same
    ids, as long as nothing of it is deleted once more, and they sort as before. People who were not
    deleted keep theirs.
    """
    new = new_ids(bundle, is_deleted)
    tables = _ID.sub(lambda one: new.get(one[0], one[0]), json.dumps(bundle.tables))
    history = [
        replace(one, id=new.get(one.id, one.id), mentee_id=new[bundle.mentee_id])
        for one in bundle.history
    ]
    mentee_id = new[bundle.mentee_id]
    return replace(bundle, mentee_id=mentee_id, tables=json.loads(tables), history=history)


def new_ids(bundle: Bundle, is_deleted: Callable[[str], bool]) -> dict[str, str]:
    """Return the ids that the records of a bundle get in `renewed`: old id -> new id."""
    ids = _renamed_in(bundle, is_deleted)
    step = _first_free(ids, is_deleted)
    return {id: _next(id, step) for id in ids}


def is_of_before(
    bundle: Bundle, is_deleted: Callable[[str], bool], deleted_at: Callable[[str], str]
) -> bool:
    """Whether a bundle is older than the last deletion for good of its mentee here.

    Args:
        bundle: The bundle.
        is_deleted: Whether something with an id was deleted for good here.
        deleted_at: When that was, the last time, in ISO format with its offset; "" if it was not.
    """
    steps = _first_free(_renamed_in(bundle, is_deleted), is_deleted)
    ids = [bundle.mentee_id, *(_next(bundle.mentee_id, step) for step in range(1, steps))]
    deleted = [moment_of(at) for id in ids if (at := deleted_at(id))]
    return bool(deleted) and moment_of(bundle.made_at) < max(deleted)


def moment_of(text: str) -> datetime:
    """Return a moment in ISO format; the first of all where it is none, or has no offset."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return _NEVER
    return found if found.tzinfo is not None else _NEVER


def _renamed_in(bundle: Bundle, is_deleted: Callable[[str], bool]) -> set[str]:
    """Return the ids of a bundle that get others: all but those of people who are not deleted."""
    return {
        str(doc["id"])
        for table, docs in bundle.tables.items()
        for doc in docs
        if table != Person.table or is_deleted(str(doc["id"]))
    }


def _first_free(ids: Collection[str], is_deleted: Callable[[str], bool]) -> int:
    """Return how far the ids have to go on until none of them was deleted for good."""
    return next(step for step in count(1) if not any(is_deleted(_next(id, step)) for id in ids))


def _next(id: str, step: int) -> str:
    return str(int(id) + step) if id.isdigit() else id


def with_ids(record: Record, known: Mapping[str, str]) -> Record:
    """Return a record in which people are named by the ids that they have here."""
    if not known:
        return record
    changed: dict[str, Any] = {
        name: _known(value, known)
        for name in record.__dataclass_fields__
        if name != "id" and (value := getattr(record, name)) != _known(value, known)
    }
    return replace(record, **changed) if changed else record


def _known(value: Any, known: Mapping[str, str]) -> Any:
    """Return a value with the ids of people replaced, in whatever part of it."""
    if isinstance(value, str):
        return known.get(value, value)
    if isinstance(value, tuple):
        return tuple(_known(one, known) for one in value)
    if hasattr(value, "person_id"):
        return replace(value, person_id=_known(value.person_id, known))
    if hasattr(value, "with_id"):
        return replace(value, with_id=_known(value.with_id, known))
    return value
