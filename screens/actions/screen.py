"""Screen 7: actions agreed on, doubts and questions, and access to case systems."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType

from data.records import Action, Note
from screens.actions.commands import DoubtCommands
from screens.actions.rows import PARTS
from screens.frame.context import Context
from screens.mentee.listed_screen import ListedScreen


class ActionsScreen(ListedScreen):
    """A list of actions, doubts and systems."""

    PLACE = "actions"
    DOCUMENT = "actions"
    HELP_TOPIC = "actions"
    PARTS = PARTS
    BINDINGS: ClassVar[list[BindingType]] = [*ListedScreen.BINDINGS, *DoubtCommands.KEYS]

    def __init__(self, context: Context, mentee_id: str) -> None:
        super().__init__(context, mentee_id)
        listed, *others = self.commands
        self.commands = (listed, DoubtCommands(self, self.listed), *others)

    def standing_on(self) -> tuple[str, str]:
        """Return the mentee, and the task that the action or doubt belongs to."""
        record = self.listed.record
        task = record.task_id if isinstance(record, Action | Note) else ""
        return self.mentee_id, task
