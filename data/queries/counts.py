"""How many records of some kinds there are, counted with TinyDB's queries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from data.records import Conflict, CourseState, Mentee, Note, Person, Talk, TalkState

if TYPE_CHECKING:
    from tinydb import TinyDB


@dataclass(frozen=True, slots=True)
class Counts:
    """How many records there are."""

    mentees: int
    closed: int
    """How many of the mentees have a closed mentorship."""
    talks_held: int
    notes: int
    people: int
    conflicts: int
    """How many conflicts nobody has resolved yet."""


def counts(db: TinyDB) -> Counts:
    """Count the documents in a file, or in an open store (`Store.tables`)."""
    # Lazy loading: a start of the program does not wait for TinyDB.
    from tinydb import where

    return Counts(
        mentees=len(db.table(Mentee.table)),
        closed=closed_mentees(db),
        talks_held=db.table(Talk.table).count(where("state") == TalkState.HELD.value),
        notes=len(db.table(Note.table)),
        people=len(db.table(Person.table)),
        # A field that is False is left out of the document.
        conflicts=db.table(Conflict.table).count(~(where("settled") == True)),  # noqa: E712
    )


def closed_mentees(db: TinyDB) -> int:
    """Return how many mentorships are closed."""
    # Lazy loading: a start of the program does not wait for TinyDB.
    from tinydb import where

    return db.table(Mentee.table).count(where("state") == CourseState.CLOSED.value)
