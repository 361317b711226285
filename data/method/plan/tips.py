"""Notes can become tips that all mentees share and that name no mentee (R63, R85)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from data.records import Note, NoteKind, Task, Tip

_LEAST_NAME = 3
"""Characters of a name that is looked for; shorter ones are too often other words."""


def tip_notes(notes: Iterable[Note]) -> list[Note]:
    """Return those of the notes that are tips, the newest first."""
    found = [note for note in notes if note.kind is NoteKind.TIP and note.text.strip()]
    return sorted(found, key=lambda note: note.id, reverse=True)


def shared_tip(note: Note, task: Task | None) -> Tip:
    """Return a tip with a note's text and its task's type, and nothing else, to name nobody."""
    return Tip(text=note.text.strip(), task_type=task.type.strip() if task else "")


def named_in(text: str, names: Iterable[str]) -> str:
    """Return the first of the people's first names that the text has, in the same case; or ""."""
    words = set(re.findall(r"\w+", text))
    for name in names:
        first = name.split()[0] if name.strip() else ""
        if len(first) >= _LEAST_NAME and first in words:
            return first
    return ""
