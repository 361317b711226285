"""What was given out in calendar files, so that a calendar knows an event again (RFC 5545)."""

from __future__ import annotations

from dataclasses import field
from datetime import date
from enum import StrEnum
from typing import ClassVar

from data.frozen import frozen
from data.records.base import PASSING, MenteeRecord


class EntryKind(StrEnum):
    """What kind of event it is."""

    TALK = "talk"
    SPARRING = "sparring"
    """Sparring about a task."""
    MANAGER = "manager"
    """A meeting with the manager: a duty of that kind."""


@frozen
class CalendarEntry(MenteeRecord):
    """An event of a calendar file, as it was given out last.

    Its id is made from the id of the talk, task or duty (`part_id`). So two sessions that write a
    calendar at the same time make the same event. It stays when the talk is deleted, since the
    next calendar has to tell that the event is cancelled. It has no word of a talk or a plan.
    """

    table: ClassVar[str] = "calendar"
    UNDOABLE: ClassVar[bool] = False

    kind: EntryKind
    of_id: str
    """Id of the talk, task or duty."""
    after: date | None = None
    """For sparring: the day of the sparring about that task before it, if there was one."""
    sequence: int = field(default=0, metadata=PASSING)
    """How often it has been moved, cancelled or taken up again since it was given out first."""
    day: date | None = field(default=None, metadata=PASSING)
    time: str = field(default="", metadata=PASSING)
    """The time of day, as "14:00"; empty if it takes the whole day."""
    minutes: int | None = field(default=None, metadata=PASSING)
    """How long it takes, in minutes; None if it takes the whole day."""
    place: str = field(default="", metadata=PASSING)
    cancelled: bool = field(default=False, metadata=PASSING)
