"""Tips that all mentees share: notes without any link to a mentee (R63, R85)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from data.records import Note, NoteKind, Task, Tip

_LEAST_NAME = 3
"""Shorter names are words like others."""


def tip_notes(notes: Iterable[Note]) -> list[Note]:
    """Return the notes that are tips, the newest first; give it those that may be seen."""
    found = [note for note in notes if note.kind is NoteKind.TIP and note.text.strip()]
    return sorted(found, key=lambda note: note.id, reverse=True)


def shared_tip(note: Note, task: Task | None) -> Tip:
    """Return a tip with the note's words and its task's type, and nothing else of it."""
    return Tip(text=note.text.strip(), task_type=task.type.strip() if task else "")


def named_in(text: str, names: Iterable[str]) -> str:
    """Return the first of the first names that stands in the text, written as a name; or ""."""
    words = set(re.findall(r"\w+", text))
    for name in names:
        first = name.split()[0] if name.strip() else ""
        if len(first) >= _LEAST_NAME and first in words:
            return first
    return ""
