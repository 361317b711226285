"""What can be undone and redone: steps of changes, each with a name."""

from __future__ import annotations

from typing import Final

from data.frozen import changing
from data.store.change import Change

LONGEST: Final = 500
"""How many steps can be undone at the most."""

TextKey = tuple[str, str, str]
"""Names a text field of a record: its table, its id, and the name of the field."""


@changing
class UndoStep:
    """What one undo takes back."""

    what: str
    """What the step is called on the screen."""
    changes: list[Change]
    text: TextKey | None = None
    """The text field in which the user is still typing; what is typed there next belongs to the
    same step. None for a step that has come to its end."""


class UndoHistory:
    """The steps of one session. Other sessions' steps cannot be undone here."""

    def __init__(self) -> None:
        self.done: list[UndoStep] = []
        """What can be undone, the latest last."""
        self.undone: list[UndoStep] = []
        """What can be redone, the latest undone last."""

    def add(self, what: str, changes: list[Change], text: TextKey | None = None) -> None:
        """Add a step. What was undone before can then not be redone any more.

        Args:
            what: What the step is called on the screen.
            changes: What it did.
            text: The text field that is being typed in, if typing there is to belong to this step.
        """
        self._add(UndoStep(what, changes, text))

    def add_typing(self, what: str, change: Change, key: TextKey) -> None:
        """Add typed text: to the last step if that is typing in the same field, else as a new step.

        Args:
            what: What a new step is called on the screen.
            change: The change of the record's text field.
            key: The text field.
        """
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

    def drop_empty(self) -> None:
        """Forget the steps of which nothing is left: somebody else's changes stand instead."""
        self.done[:] = [step for step in self.done if step.changes]
        self.undone[:] = [step for step in self.undone if step.changes]

    def end_typing(self, what: str = "", made: list[Change] | None = None) -> None:
        """End the step of typing that is going on; the next typing begins a new step.

        Args:
            what: What a new step is called on the screen.
            made: What came of the typed text, and is one step with it; a new step if no typing is
                going on.
        """
        last = self.done[-1] if self.done else None
        if made and last is not None and last.text is not None and not self.undone:
            last.changes += made
        elif made:
            self.add(what, made)
        if self.done:
            self.done[-1].text = None
