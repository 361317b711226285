"""What can be undone and redone: steps of changes, each with a name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from data.frozen import changing
from data.records import KINDS, Mentee, MenteeRecord, Record
from data.store.change import Change, inverse

LONGEST: Final = 500
"""How many steps can be undone at the most."""

Of = Callable[[type[MenteeRecord], str], Sequence[Record]]
"""Returns the records of a kind that belong to a mentee."""
TextKey = tuple[str, str, str]
"""Names a text field of a record: its table, its id, and the name of the field."""


def taking_back(changes: Iterable[Change], of: Of) -> list[Change]:
    """Return the changes that take those of a step back.

    With a mentee goes what the program itself has noted: what was given out, for example.
    """
    back = inverse(changes)
    gone = [change.id for change in back if change.after is None and change.table == Mentee.table]
    own = [one for one in KINDS if issubclass(one, MenteeRecord) and not one.UNDOABLE]
    noted = (record for id in gone for kind in own for record in of(kind, id))
    return [*back, *(Change.created(record).reversed() for record in noted)]


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
            changes: What it did. Without any it is no step.
            text: The text field that is being typed in, if typing there is to belong to this step.
        """
        if changes:
            self._add(UndoStep(what, changes, text))

    def add_typing(self, what: str, change: Change, key: TextKey) -> list[Change]:
        """Add typed text: to the last step if that is typing in the same field, else as a new step.

        Returns:
            The changes of that step.

        Args:
            what: What a new step is called on the screen.
            change: The change of the record's text field.
            key: The text field.
        """
        last = self.done[-1] if self.done else None
        first = last.changes[0] if last is not None and last.text == key else None
        if last is None or first is None or first.id != change.id or self.undone:
            last = UndoStep(what, [change], key)
            self._add(last)
        else:
            last.changes[0] = Change(change.table, change.id, first.before, change.after)
        return last.changes

    @contextmanager
    def unless_it_fails(self) -> Iterator[None]:
        """Become again what it was before, if what is added meanwhile raises an error."""
        done, undone = list(self.done), list(self.undone)
        last = done[-1] if done else None
        changes = list(last.changes) if last is not None else []
        try:
            yield
        except BaseException:
            self.done[:], self.undone[:] = done, undone
            if last is not None:
                last.changes[:] = changes
            raise

    def _add(self, step: UndoStep) -> None:
        self.done.append(step)
        del self.done[:-LONGEST]
        self.undone.clear()

    def drop_empty(self) -> None:
        """Forget the steps of which nothing is left: somebody else's changes stand instead."""
        self.done[:] = [step for step in self.done if step.changes]
        self.undone[:] = [step for step in self.undone if step.changes]

    @property
    def typing(self) -> UndoStep | None:
        """The step of typing that is going on; None if there is none."""
        last = self.done[-1] if self.done else None
        return last if last is not None and last.text is not None and not self.undone else None

    def end_typing(self) -> None:
        """End the step of typing that is going on; the next typing begins a new step."""
        if self.done:
            self.done[-1].text = None
