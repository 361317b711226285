"""Search over mentees, plans, talks, notes and people; æ, ø, å and case are folded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from data.i18n import N_
from data.records import (
    Action,
    Answer,
    Goal,
    Knowledge,
    Mentee,
    MenteeRecord,
    Need,
    Note,
    NoteKind,
    Person,
    Record,
    Task,
)
from data.store import Store
from data.text import in_context, matches

_FIELDS: dict[type[Record], tuple[str, ...]] = {
    Mentee: ("name", "title", "team", "about"),
    Task: ("title", "type", "description", "next_step", "potential"),
    Goal: ("text",),
    Answer: ("mentee", "mentor", "question"),
    Note: ("text",),
    Action: ("what",),
    Need: ("area", "need", "mentee_view", "mentor_view"),
    Knowledge: ("title",),
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
    Person: N_("Person"),
}
"""What a kind of record is called (msgid)."""
_VIEWS_OF_ONE = frozenset({"mentee_view", "mentor_view"})
LEAST = 2
"""Characters that a search takes at the least."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One place where the searched text stands."""

    kind: type[Record]
    record_id: str
    """The record to open: the task of a goal, the talk of an answer."""
    mentee_id: str
    """"" for a person."""
    place: str
    """Name of the screen in `screens.places`."""
    text: str
    """The text round the hit, on one line."""
    span: tuple[int, int]
    """Where in `text` the hit stands."""


def search(
    store: Store, query: str, *, shared: bool = False, width: int = 60, limit: int = 200
) -> list[Hit]:
    """Return the hits, names first; `shared`: nothing private. Too short a query finds nothing."""
    query = query.strip()
    if len(query) < LEAST:
        return []
    found: list[Hit] = []
    for kind in _FIELDS:
        for record in store.all(kind):
            if shared and _is_private(record):
                continue
            found.extend(_hits(kind, record, query, width, shared=shared))
            if len(found) >= limit:
                return found[:limit]
    return found


def _is_private(record: Record) -> bool:
    if isinstance(record, Note):
        return record.private or record.kind is NoteKind.DOUBT
    return isinstance(record, Answer) and record.private


def _hits(
    kind: type[Record], record: Record, query: str, width: int, *, shared: bool
) -> Iterator[Hit]:
    for name in _FIELDS[kind]:
        if shared and name in _VIEWS_OF_ONE:
            continue
        value = getattr(record, name)
        where = matches(value, query) if value else []
        if where:
            text, span = in_context(value, where[0], width)
            yield Hit(kind, _target(record), _mentee_of(record), _PLACES[kind], text, span)
            return


def _target(record: Record) -> str:
    if isinstance(record, Goal):
        return record.task_id
    return record.talk_id if isinstance(record, Answer) else record.id


def _mentee_of(record: Record) -> str:
    if isinstance(record, Mentee):
        return record.id
    return record.mentee_id if isinstance(record, MenteeRecord) else ""
