"""A screen of a mentee that shows one list in parts: people, and actions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.binding import BindingType

from data.method.view import MenteeView
from screens.frame.context import Context
from screens.mentee.grid import GridScreen
from screens.mentee.listed import ListPart, columns, next_row, rows
from screens.mentee.listed_commands import ListedCommands
from widgets.copying import Part, UnderCursor
from widgets.grid import Grid


class ListedScreen(GridScreen):
    """The parts one below the other. What is finished stays, drawn quietly, last in its part."""

    PARTS: ClassVar[tuple[ListPart, ...]]
    """The parts in their order; each screen has its own."""
    BINDINGS: ClassVar[list[BindingType]] = ListedCommands.KEYS

    def __init__(self, context: Context, mentee_id: str) -> None:
        super().__init__(context, mentee_id, Grid())
        self.listed = ListedCommands(self, self.PARTS)
        self.commands = (self.listed, *self.commands)

    def show_view(self, view: MenteeView) -> None:
        """Show the parts."""
        self.grid.show(rows(self.PARTS, view, self.context.reader), columns())

    def next_row(self, view: MenteeView) -> str:
        """Return the first row of what is still to be done; what is finished waits."""
        return next_row(self.PARTS, view, self.context.reader)

    def in_full(self, view: MenteeView) -> Sequence[str]:
        """Return the details of the record under the cursor."""
        return self.listed.in_full()

    def under_cursor(self) -> UnderCursor | None:
        """Return the details of the record under the cursor, which are shown below the list."""
        text = self.detail.plain
        return UnderCursor(text, Part.DETAILS) if text.strip() else None

    @on(Grid.Opened)
    def _opened(self) -> None:
        self.action_do("edit" if self.here()[1] else "add")
