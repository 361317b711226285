"""Screen 5: the people and networks whom the mentee should meet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.binding import BindingType

from data.method.view import MenteeView
from screens.frame.context import Context
from screens.mentee.grid import GridScreen
from screens.mentee.listed import columns, next_row, rows
from screens.mentee.listed_commands import ListedCommands
from screens.people.rows import PARTS
from widgets.grid import Grid


class PeopleScreen(GridScreen):
    """A list of introductions. Those who have met stay in it, drawn quietly, at its end."""

    PLACE = "people"
    HELP_TOPIC = "people"
    BINDINGS: ClassVar[list[BindingType]] = ListedCommands.KEYS

    def __init__(self, context: Context, mentee_id: str) -> None:
        super().__init__(context, mentee_id, Grid())
        self.listed = ListedCommands(self, PARTS)
        self.commands = (self.listed, *self.commands)

    def show_view(self, view: MenteeView) -> None:
        """Show the introductions."""
        self.grid.show(rows(PARTS, view, self.context.reader), columns())

    def next_row(self, view: MenteeView) -> str:
        """Return the first row of somebody to meet; those who have met wait."""
        return next_row(PARTS, view, self.context.reader)

    def in_full(self, view: MenteeView) -> Sequence[str]:
        """Return the details of the introduction under the cursor."""
        return self.listed.in_full()

    @on(Grid.Opened)
    def _opened(self) -> None:
        self.action_do("edit" if self.here()[1] else "add")
