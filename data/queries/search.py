"""Search in mentees, plans, talks, notes and people. Case, and å for aa, make no difference."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from data.i18n import N_
from data.method.plan.fields import FIELDS, OWN, TEXTS
from data.method.view import held_on
from data.method.visibility import Reader, may_see, may_see_of
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
    Talk,
    Task,
)
from data.store.store import Store
from data.text import in_context, matches

_FIELDS: dict[type[Record], tuple[str, ...]] = {
    Mentee: ("name", "title", "team", "about"),
    Task: tuple(one.key for one in FIELDS if one.kind in TEXTS),
    Goal: ("text",),
    Answer: ("mentee", "mentor", "question"),
    Note: ("text", "answer"),
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
    Action: "actions",
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
"""Class of records -> what it is called (msgid)."""
LEAST = 2
"""The least number of characters to search for."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A record in which the searched text was found."""

    kind: type[Record]
    id: str
    """The id of the record with the text."""
    record_id: str
    """Id of the record to open: for a goal its task, for an answer its talk, and so on."""
    mentee_id: str
    """The mentee it belongs to; "" for a person whom no mentee is to meet."""
    place: str
    """Name of the screen in `screens.frame.places`."""
    text: str
    """The found text with some of the text around it, on one line."""
    span: tuple[int, int]
    """Start and end of the found text within `text`."""
    title: str = ""
    """The name of the record, if the text was found in another field; or ""."""
    on: date | None = None
    """The day on which it was written, or a talk was held; None if that is not known."""


def search(
    store: Store,
    query: str,
    *,
    reader: Reader = Reader.MENTOR,
    in_front: str = "",
    width: int = 60,
    limit: int = 200,
) -> list[Hit]:
    """Return at most `limit` hits that `reader` may see, with texts of `width` characters.

    Mentees come first, then what was written last: the newest hits are the ones that are returned.
    `in_front` is the mentee with whom the shared view is shared, or "" where it is none.
    A query of fewer than `LEAST` characters finds nothing.
    """
    query = query.strip()
    if len(query) < LEAST:
        return []
    found: list[Hit] = []
    for kind in _FIELDS:
        # Sorting keeps the order of what is of the same day: of that, too, the newest comes first.
        for record in reversed(store.all(kind)):
            if may_see_of(_target(store, record)[1], reader, in_front):
                found.extend(_hits(store, record, query, width, reader))
    found.sort(key=lambda hit: (hit.kind is Mentee, hit.on or date.min), reverse=True)
    return found[:limit]


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
            on = _written_on(store, record)
            yield Hit(kind, record.id, target, mentee, _PLACES[kind], text, span, title, on)
            return


def _written_on(store: Store, record: Record) -> date | None:
    """Return the day of a note, that of an answer's talk, or else the day a record was made."""
    if isinstance(record, Note) and record.at:
        return record.at.astimezone().date()
    if isinstance(record, Answer):
        talk = store.get(Talk, record.talk_id)
        if talk is not None:
            return held_on(talk)
    return record.created_at.astimezone().date() if record.created_at else None


def _texts(record: Record) -> Iterator[tuple[str, str]]:
    """Yield pairs of field name and text; for a task, the own columns too."""
    for name in _FIELDS[type(record)]:
        yield name, getattr(record, name)
    if isinstance(record, Task):
        yield from ((OWN + column, text) for column, text in record.extra.items())


def _title(store: Store, record: Record, field: str) -> str:
    """Return the name of the record to show beside a hit in `field`, or ""."""
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
    """Return the id of the record to open, and that of the mentee it belongs to, or ""."""
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
