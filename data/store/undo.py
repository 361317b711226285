"""What can be taken back and done again: steps of changes, each with a name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from data.store.change import Change

LONGEST: Final = 500
"""How many steps are kept."""

TextKey = tuple[str, str, str]
"""A text field: table, id and field."""


@dataclass(slots=True)
class UndoStep:
    """One step. `text`: it is a stretch of typing in this field that may still go on."""

    what: str
    changes: list[Change]
    text: TextKey | None = None


class UndoHistory:
    """The steps of one session."""

    def __init__(self) -> None:
        self.done: list[UndoStep] = []
        self.undone: list[UndoStep] = []

    def add(self, what: str, changes: list[Change], text: TextKey | None = None) -> None:
        """Add a step; what was undone before it cannot be done again.

        `text`: typing in this field, of the record that the step is about, goes on with it.
        """
        self._add(UndoStep(what, changes, text))

    def add_typing(self, what: str, change: Change, key: TextKey) -> None:
        """Add typed text to the stretch that is going on, or begin one."""
        last = self.done[-1] if self.done else None
        if last is not None and last.text == key and not self.undone:
            first = last.changes[0]
            last.changes[0] = Change(change.table, change.id, first.before, change.after)
        else:
            self._add(UndoStep(what, [change], key))

    def _add(self, step: UndoStep) -> None:
        self.done.append(step)
        del self.done[:-LONGEST]
        self.undone.clear()

    def end_typing(self) -> None:
        """Let the next typing be a step of its own."""
        if self.done:
            self.done[-1].text = None
