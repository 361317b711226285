"""What stands above and below a note: what it is about, and the notes before it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from data.cell_width import cell_width
from data.clock import seconds_of, today
from data.dates import mentorship_week, show_near
from data.i18n import _
from data.method.words import word
from data.records import Goal, Note, Task
from data.text import first_line, shorten
from screens.frame.context import Context
from screens.frame.who_reads import note_mark
from screens.note.day import day_words
from widgets.glyphs import dotted

ABOUT_CELLS: Final = 20
"""So much of what a note is about has room above it, however long the mentee's name is."""
EARLIER: Final = 3
"""How many earlier notes are shown."""
NAME_CELLS: Final = 12
"""So much of the name stands there in any case."""


def note_head(context: Context, note: Note, width: int) -> str:
    """Return what a note is about, within so many cells."""
    store, mentee = context.store, context.mentee(note.mentee_id)
    marks, day = (note_mark(context, private=note.private), word(note.kind)), day_words(note)
    if mentee is None:  # a private note stays its author's own when the role has ended
        return dotted(*marks, day, _("the mentee is not shown to you any more"))
    task = store.get(Task, note.task_id) if note.task_id else None
    week = mentorship_week(mentee.start, note.at.date() if note.at else today())
    goal = store.get(Goal, note.goal_id) if note.goal_id else None
    about = task.title if task else _("no task")
    if goal is not None:  # it is nearer to what the note is about (R12)
        about = _("goal: {goal}").format(goal=goal.text)
    return head_line(marks, mentee.name, week=week, day=day, about=about, width=width)


def head_line(
    marks: tuple[str, str], name: str, *, week: str, day: str, about: str, width: int
) -> str:
    """Return what a note is about: a long name is cut off, and so is the end of a long task's.

    Args:
        marks: Whether it is private, and its kind.
        name: The mentee's name.
        week: The week of the mentorship; "" for none.
        day: The day of the note; "" for today.
        about: The task, or the learning goal.
        width: How many cells the line has.
    """

    def head(name: str, about: str) -> str:
        return dotted(*marks, f"{name} ({week})" if week else name, day, about)

    left = width - cell_width(head("", shorten(about, ABOUT_CELLS)))
    return head(shorten(name, max(left, NAME_CELLS)), about)


def earlier_lines(notes: Sequence[Note]) -> str:
    """Return how the latest of these notes begin, a line each, the latest first; "" for none."""
    latest = sorted(notes, key=lambda note: seconds_of(note.at))[-EARLIER:]
    lines = [
        f"{show_near(note.at.date(), today()) if note.at else ''}: {first_line(note.text)}"
        for note in reversed(latest)
    ]
    return "\n".join([_("Earlier:"), *lines]) if lines else ""
