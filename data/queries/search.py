"""Search over mentees, plans, talks, notes and people; æ, ø, å and case are folded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from data.i18n import N_
from data.method.plan.fields import FIELDS, OWN, TEXTS
from data.method.visibility import Reader, may_see
from data.records import (
    Action,
    Answer,
    Duty,
    Goal,
    Introduction,
    Knowledge,
    Mentee,
    MenteeRecord,
    Need,
    Note,
    Person,
    Record,
    Task,
)
from data.store.store import Store
from data.text import in_context, matches

_FIELDS: dict[type[Record], tuple[str, ...]] = {
    Mentee: ("name", "title", "team", "about"),
    Task: tuple(one.key for one in FIELDS if one.kind in TEXTS),
    Goal: ("text",),
    Answer: ("mentee", "mentor", "question"),
    Note: ("text",),
    Action: ("what",),
    Need: ("area", "need", "mentee_view", "mentor_view"),
    Knowledge: ("title",),
    Duty: ("text",),
    Introduction: ("about",),
    Person: ("name", "title", "knows", "contact"),
}
_PLACES = {
    Mentee: "overview",
    Task: "plan",
    Goal: "plan",
    Answer: "talks",
    Note: "overview",
    Action: "people",
    Need: "needs",
    Knowledge: "needs",
    Duty: "roles",
    Introduction: "people",
    Person: "people",
}
KINDS = {
    Mentee: N_("Mentee"),
    Task: N_("Task"),
    Goal: N_("Goal"),
    Answer: N_("Talk"),
    Note: N_("Note"),
    Action: N_("Action"),
    Need: N_("Need"),
    Knowledge: N_("Knowledge"),
    Duty: N_("Duty"),
    Introduction: N_("Person"),
    Person: N_("Person"),
}
"""What a kind of record is called (msgid)."""
LEAST = 2
"""Characters that a search takes at the least."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One place where the searched text stands."""

    kind: type[Record]
    id: str
    """The record in which it stands."""
    record_id: str
    """The record to open: the task of a goal, the talk of an answer, a person's introduction."""
    mentee_id: str
    """"" for a person whom no mentee is to meet."""
    place: str
    """Name of the screen in `screens.frame.places`."""
    text: str
    """The text round the hit, on one line."""
    span: tuple[int, int]
    """Where in `text` the hit stands."""
    title: str = ""
    """What the record is known by, where the hit is in something else that is told of it."""


def search(
    store: Store,
    query: str,
    *,
    reader: Reader = Reader.MENTOR,
    width: int = 60,
    limit: int = 200,
) -> list[Hit]:
    """Return the hits that `reader` may see, names first. Too short a query finds nothing."""
    query = query.strip()
    if len(query) < LEAST:
        return []
    found: list[Hit] = []
    for kind in _FIELDS:
        for record in store.all(kind):
            found.extend(_hits(store, record, query, width, reader))
            if len(found) >= limit:
                return found[:limit]
    return found


def _hits(store: Store, record: Record, query: str, width: int, reader: Reader) -> Iterator[Hit]:
    kind = type(record)
    for name, value in _texts(record):
        if not may_see(record, reader, name):
            continue
        where = matches(value, query) if value else []
        if where:
            text, span = in_context(value, where[0], width)
            target, mentee = _target(store, record)
            title = _title(store, record, name)
            yield Hit(kind, record.id, target, mentee, _PLACES[kind], text, span, title)
            return


def _texts(record: Record) -> Iterator[tuple[str, str]]:
    """Yield the texts of a record with the names of their fields; a task's own columns too."""
    for name in _FIELDS[type(record)]:
        yield name, getattr(record, name)
    if isinstance(record, Task):
        yield from ((OWN + column, text) for column, text in record.extra.items())


def _title(store: Store, record: Record, field: str) -> str:
    if isinstance(record, Introduction):
        person = store.get(Person, record.person_id)
        return person.name if person else ""
    if isinstance(record, Goal):
        task = store.get(Task, record.task_id)
        return task.title if task else ""
    if isinstance(record, Task | Need | Person):
        first = _FIELDS[type(record)][0]
        return "" if field == first else str(getattr(record, first))
    return ""


def _target(store: Store, record: Record) -> tuple[str, str]:
    """Return the record to open and the mentee it belongs to; persons belong to none."""
    if isinstance(record, Mentee):
        return record.id, record.id
    if isinstance(record, Person):
        met = (one for one in store.all(Introduction) if one.person_id == record.id)
        first = next(met, None)
        return (first.id, first.mentee_id) if first else (record.id, "")
    if isinstance(record, Goal):
        return record.task_id, record.mentee_id
    if isinstance(record, Answer):
        return record.talk_id, record.mentee_id
    return record.id, record.mentee_id if isinstance(record, MenteeRecord) else ""
