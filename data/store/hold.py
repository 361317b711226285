"""A hold: nothing about a mentee is deleted, in whatever way. The store's door keeps it.

The other functions about it are in `data.method.hold`. This one is here because the store, which
knows no other rule of the method, asks it for every commit, undo and redo too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from data.i18n import _
from data.records import (
    Answer,
    CalendarEntry,
    Conflict,
    DocumentFile,
    Mentee,
    MenteeRecord,
    Note,
    Postponed,
    Record,
    Talk,
    TalkState,
    Unfinished,
    Written,
)
from data.store.change import Change

_PASSING: Final = (CalendarEntry, Conflict, DocumentFile, Postponed, Unfinished, Written)
"""Records that hold nothing of their own about the mentee: what they said stands elsewhere."""


class OnHold(Exception):
    """Something about a mentee on hold was to be deleted, and nothing has changed.

    `str()` says why in one line.
    """

    def __init__(self, mentee: Mentee) -> None:
        # a note that is saved loads nothing of it
        from data.dates import show_date

        text = _("Nothing about {name} may be deleted: on hold since {date}")
        said = text.format(name=mentee.name, date=show_date(mentee.held_since))
        super().__init__(f"{said} ({mentee.held_why})" if mentee.held_why else said)
        self.mentee_id = mentee.id


class Refusals:
    """Which changes a store refuses, and who hears of it."""

    def __init__(self, mentee_of: Callable[[str], Mentee | None]) -> None:
        """Take the function that returns the mentee with an id, or None."""
        self._mentee_of = mentee_of
        self.heard: Callable[[OnHold], None] | None = None
        """Called with why changes are refused; None to have that raised."""

    def of(self, changes: Iterable[Change]) -> OnHold | None:
        """Return why changes may not be made: they delete something about a mentee on hold.

        What holds nothing may go: a note in which no letter stands, an answer without words, a
        planned talk that the rhythm proposed.

        Returns:
            Why not, to be said before anybody is asked about them; None if they may be made.
        """
        for change in changes:
            gone = change.before
            if change.after is not None or gone is None or not _holds_something(gone):
                continue
            mentee = gone if isinstance(gone, Mentee) else None
            if isinstance(gone, MenteeRecord):
                mentee = self._mentee_of(gone.mentee_id)
            if mentee is not None and mentee.held_since is not None:
                return OnHold(mentee)
        return None

    def holds(self, why: OnHold) -> bool:
        """Return whether the hold is on yet, because of which something was refused."""
        mentee = self._mentee_of(why.mentee_id)
        return mentee is not None and mentee.held_since is not None

    def allowed(self, changes: list[Change]) -> list[Change]:
        """Return the changes; none of them if they are refused and somebody hears of that.

        Raises:
            OnHold: They are refused, and nobody does.
        """
        why = self.of(changes)
        if why is None:
            return changes
        if self.heard is None:
            raise why
        self.heard(why)
        return []


def _holds_something(record: Record) -> bool:
    if isinstance(record, Note):
        return bool(record.text.strip())
    if isinstance(record, Answer):
        return bool(record.mentee.strip() or record.mentor.strip() or record.examples)
    if isinstance(record, Talk):
        return record.state is not TalkState.PLANNED or record.by_hand
    return not isinstance(record, _PASSING)
