"""The notes on a task or about a mentee, line by line; private ones only where asked for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from data.i18n import _, ngettext
from data.method.view import MenteeView
from data.method.visibility import Reader, hidden, visible
from tui.cli.show import note_line

NEWEST: Final = 5
"""How many notes are said, the newest first."""


def newest_notes(view: MenteeView, task_id: str, reader: Reader) -> Iterator[str]:
    """Yield the newest notes on a task, or about the mentee where there is none, a line each.

    How many are left out because they are private is said too.
    """
    notes = view.notes_of(task_id) if task_id else tuple(view.notes)
    shown = visible(notes, reader)[::-1][:NEWEST]
    yield from map(note_line, shown)
    unsaid = len(hidden(notes, reader))
    if unsaid:
        text = ngettext(
            "{number} private note is left out; .notes private says it.",
            "{number} private notes are left out; .notes private says them.",
            unsaid,
        )
        yield text.format(number=unsaid)
    elif not shown:
        yield _("No notes yet.")
