"""Screen 7: actions agreed on, doubts and questions, and access to case systems."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.binding import BindingType

from data.method.view import MenteeView
from data.records import Action, Note
from screens.actions.commands import DoubtCommands
from screens.actions.rows import PARTS
from screens.frame.context import Context
from screens.mentee.grid import GridScreen
from screens.mentee.listed import columns, next_row, rows
from screens.mentee.listed_commands import ListedCommands
from widgets.grid import Grid


class ActionsScreen(GridScreen):
    """One list in three parts. Finished records stay in it, drawn quietly, last in their part."""

    PLACE = "actions"
    HELP_TOPIC = "actions"
    BINDINGS: ClassVar[list[BindingType]] = [*ListedCommands.KEYS, *DoubtCommands.KEYS]

    def __init__(self, context: Context, mentee_id: str) -> None:
        super().__init__(context, mentee_id, Grid())
        self.listed = ListedCommands(self, PARTS)
        self.commands = (self.listed, DoubtCommands(self, self.listed), *self.commands)

    def show_view(self, view: MenteeView) -> None:
        """Show the three parts."""
        self.grid.show(rows(PARTS, view, self.context.reader), columns())

    def next_row(self, view: MenteeView) -> str:
        """Return the first row of something to do; the finished ones wait."""
        return next_row(PARTS, view, self.context.reader)

    def in_full(self, view: MenteeView) -> Sequence[str]:
        """Return the details of the record under the cursor."""
        return self.listed.in_full()

    def standing_on(self) -> tuple[str, str]:
        """Return the mentee, and the task that the action or doubt belongs to."""
        record = self.listed.record
        task = record.task_id if isinstance(record, Action | Note) else ""
        return self.mentee_id, task

    @on(Grid.Opened)
    def _opened(self) -> None:
        self.action_do("edit" if self.here()[1] else "add")
