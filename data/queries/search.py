"""Search in mentees, plans, talks, notes and people. Case, and å for aa, make no difference."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from heapq import merge
from itertools import chain, islice
from operator import itemgetter
from typing import NamedTuple

from data.i18n import N_
from data.method.plan.fields import FIELDS, TEXTS
from data.method.visibility import Reader, may_see, may_see_of
from data.queries.per_store import KeptOfTable
from data.queries.searchable import searchable, texts_of, written_on
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
from data.text import in_context, matches, skeleton

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
    texts = searchable(store, _FIELDS)
    texts.renew()
    wanted, asked = skeleton(query), _Asked(query, reader, width)

    def of_kind(kind: type[Record]) -> Iterator[tuple[int, Hit]]:
        for entry in texts.candidates(kind, wanted):
            owner = entry.mentee_id
            if owner is not None and not may_see_of(owner, reader, in_front):
                continue
            record = store.get(kind, entry.id)
            target = _target(store, record) if record is not None else ("", "")
            if record is not None and may_see_of(target[1], reader, in_front):
                for hit in _hits(store, record, target, asked):
                    yield -entry.place[0], hit

    # Those of one day come in the order of the kinds, and the newest first. Where the mentees are
    # enough, nothing else is looked through.
    others = merge(*(of_kind(kind) for kind in _FIELDS if kind is not Mentee), key=itemgetter(0))
    return [hit for _day, hit in islice(chain(of_kind(Mentee), others), limit)]


def read_ahead(store: Store, seconds: float) -> bool:
    """Read for about so long what a search will look through. Return whether all has been read."""
    return searchable(store, _FIELDS).read_some(seconds)


class _Asked(NamedTuple):
    """What is searched for, by whom, and how many cells wide a hit is shown."""

    query: str
    reader: Reader
    width: int


def _hits(store: Store, record: Record, target: tuple[str, str], asked: _Asked) -> Iterator[Hit]:
    kind, (query, reader, width) = type(record), asked
    for name, value in texts_of(record, _FIELDS[kind]):
        if not may_see(record, reader, name):
            continue
        where = matches(value, query) if value else []
        if where:
            text, span = in_context(value, where[0], width)
            title = _title(store, record, name)
            on = written_on(store, record)
            yield Hit(kind, record.id, *target, _PLACES[kind], text, span, title, on)
            return


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


def _first_meetings(store: Store) -> dict[str, Introduction]:
    return {one.person_id: one for one in reversed(store.all(Introduction))}


_meetings = KeptOfTable(Introduction, _first_meetings)
"""The first introduction to each person, by the id of the person."""


def _target(store: Store, record: Record) -> tuple[str, str]:
    """Return the id of the record to open, and that of the mentee it belongs to, or ""."""
    if isinstance(record, Mentee):
        return record.id, record.id
    if isinstance(record, Person):
        first = _meetings.of(store).get(record.id)
        return (first.id, first.mentee_id) if first else (record.id, "")
    if isinstance(record, Goal):
        return record.task_id, record.mentee_id
    if isinstance(record, Answer):
        return record.talk_id, record.mentee_id
    return record.id, record.mentee_id if isinstance(record, MenteeRecord) else ""
