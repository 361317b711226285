"""The lines that the overview shows, and the one that the cursor is on."""

from __future__ import annotations

from collections.abc import Sequence

from data.records import Note, Task
from data.store.store import Store
from screens.overview.lines import Line, Section
from screens.overview.page import Room, columns, rows
from widgets.grid import Grid


class ShownLines:
    """A grid of lines under headings."""

    def __init__(self, store: Store) -> None:
        self.grid = Grid(header=False)
        self.lines: dict[str, Line] = {}
        """The lines by id."""
        self._store = store
        self._room = Room(0, 0)

    def show(self, page: Sequence[Section], room: Room) -> None:
        """Show all sections; the cursor stays on its line while that is there."""
        self._room = room
        self.lines = {line.id: line for section in page for line in section.lines}
        self.grid.show(rows(page, room), columns(room))

    @property
    def line(self) -> Line | None:
        """The line under the cursor."""
        return self.lines.get(self.grid.row_id)

    @property
    def note(self) -> Note | None:
        """The note under the cursor, as the store has it now."""
        line = self.line
        if line is None or line.opens != "note" or not line.record_id:
            return None
        return self._store.get(Note, line.record_id)

    @property
    def task_id(self) -> str:
        """The task that the line under the cursor is about, or ""."""
        line = self.line
        task = self._store.get(Task, line.record_id) if line and line.record_id else None
        return task.id if task else ""

    def detail(self) -> str:
        """Return what the line under the cursor has no room for, or "" where it is all there."""
        line, note = self.line, self.note
        if note is not None:
            return " ".join(note.text.split())
        if line is None:
            return ""
        if line.whole:
            return line.whole
        return "" if self._room.holds(line) else f"{line.label}: {line.words or line.text}"
