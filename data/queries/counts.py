"""How much there is of what, asked in TinyDB's query language of the documents as they are kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from data.records import Conflict, CourseState, Mentee, Note, Person, Talk, TalkState

if TYPE_CHECKING:
    from tinydb import TinyDB


@dataclass(frozen=True)
class Counts:
    """How many there are."""

    mentees: int
    closed: int
    """Of the mentees, those whose mentorship is closed."""
    talks_held: int
    notes: int
    people: int
    conflicts: int
    """Texts that lost their place to somebody else's, and that nobody has dealt with."""


def counts(db: TinyDB) -> Counts:
    """Count the documents of a file, or of an open store (`Store.tables`)."""
    # TinyDB is loaded when it is asked, and never at the start
    from tinydb import where

    return Counts(
        mentees=len(db.table(Mentee.table)),
        closed=closed_mentees(db),
        talks_held=db.table(Talk.table).count(where("state") == TalkState.HELD.value),
        notes=len(db.table(Note.table)),
        people=len(db.table(Person.table)),
        # A field that is false is not in the document.
        conflicts=db.table(Conflict.table).count(~(where("settled") == True)),  # noqa: E712
    )


def closed_mentees(db: TinyDB) -> int:
    """Return how many mentorships are closed."""
    # TinyDB is loaded when it is asked, and never at the start
    from tinydb import where

    return db.table(Mentee.table).count(where("state") == CourseState.CLOSED.value)
