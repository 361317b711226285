"""Screen 5: people whom the mentee should meet, actions agreed on, case systems, and doubts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.binding import BindingType

from data.method.view import MenteeView
from data.records import Action, Note
from screens.frame.context import Context
from screens.mentee.grid import GridScreen
from screens.people.commands import PeopleCommands
from screens.people.rows import columns, in_full, next_row, rows
from widgets.grid import Grid


class PeopleScreen(GridScreen):
    """One list in four parts. Finished records stay in it, drawn quietly, last in their part."""

    PLACE = "people"
    HELP_TOPIC = "people"
    BINDINGS: ClassVar[list[BindingType]] = PeopleCommands.KEYS

    def __init__(self, context: Context, mentee_id: str) -> None:
        super().__init__(context, mentee_id, Grid())
        self.people = PeopleCommands(self)
        self.commands = (self.people, *self.commands)

    def show_view(self, view: MenteeView) -> None:
        """Show the four parts."""
        self.grid.show(rows(view, self.context.reader), columns())

    def next_row(self, view: MenteeView) -> str:
        """Return the first row of somebody to meet or something to do; the finished ones wait."""
        return next_row(view, self.context.reader)

    def in_full(self, view: MenteeView) -> Sequence[str]:
        """Return the details of the record under the cursor."""
        record = self.people.record
        return in_full(view, record) if record else ()

    def standing_on(self) -> tuple[str, str]:
        """Return the mentee, and the task that the action or doubt belongs to."""
        record = self.people.record
        task = record.task_id if isinstance(record, Action | Note) else ""
        return self.mentee_id, task

    @on(Grid.Opened)
    def _opened(self) -> None:
        self.action_do("edit" if self.here()[1] else "add")
