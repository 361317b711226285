"""Doubts and questions: notes that wait for an answer, without blame (R85).

Who may see them is asked of `data.method.visibility`; here all of the view count.
"""

from __future__ import annotations

from data.method.view import MenteeView
from data.records import Note, NoteKind


def is_doubt(note: Note) -> bool:
    """Return whether the note is a doubt or question."""
    return note.kind is NoteKind.DOUBT


def doubts(view: MenteeView) -> list[Note]:
    """Return the doubts and questions, the oldest first."""
    return [note for note in view.notes if is_doubt(note)]


def is_answered(doubt: Note) -> bool:
    """Return whether a doubt or question has been answered."""
    return doubt.answered_on is not None


def open_doubts(view: MenteeView) -> list[Note]:
    """Return the doubts and questions that nobody has answered yet, the oldest first."""
    return [note for note in doubts(view) if not is_answered(note)]
