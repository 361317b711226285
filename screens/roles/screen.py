"""The role matrix: who does what for the newcomer (screen 4: R57-R74)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final, TypeVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content

from data.clock import today
from data.i18n import _
from data.method.mentorship.roles import assign, role_name, set_part
from data.method.view import MenteeView
from data.method.visibility import shows_all
from data.queries.persons import person_id
from data.records import Part, Record
from data.store.change import Change
from screens.frame.context import Context
from screens.frame.unfinished_cells import UnfinishedCells
from screens.mentee.grid import GridScreen
from screens.roles.asked import give_role
from screens.roles.cells import RoleCells
from screens.roles.commands import RolesCommands
from screens.roles.rows import (
    PERSONS,
    duty_line,
    duty_rows,
    legend,
    matrix_columns,
    persons_row,
    role_line,
)
from widgets.grid import Grid
from widgets.marked import Marked

R = TypeVar("R", bound=Record)


_FRAME: Final = 5
"""Rows that have neither the matrix nor what is below it: title, tabs and the like."""


def share_height(grid: Grid, legend: Marked) -> None:
    """Give the lines below the matrix a fifth of the screen, or all that the matrix leaves."""
    height = legend.app.size.height
    left = height - _FRAME - grid.body.header - len(grid.body.rows)
    legend.styles.max_height = max(height // 5, left)


class RolesScreen(GridScreen):
    """A grid with a row for each duty and a column for each role. The first row names persons."""

    PLACE = "roles"
    DOCUMENT = "roles"
    HELP_TOPIC = "roles"
    BINDINGS: ClassVar[list[BindingType]] = RolesCommands.KEYS
    DEFAULT_CSS = """
    RolesScreen Footnote { height: 1; text-wrap: nowrap; text-overflow: ellipsis; }
    RolesScreen #roles-legend { height: auto; padding: 0 1; }
    """

    def __init__(self, context: Context, mentee_id: str) -> None:
        super().__init__(context, mentee_id, Grid(cells=True))
        self.legend = Marked(Content(""), id="roles-legend")
        self.cells = UnfinishedCells(RoleCells(self), mentee_id)
        self.grid.begin_with = self._begin_with
        self.role_commands = RolesCommands(self)
        self.commands = (self.role_commands, *self.commands)

    def body(self) -> ComposeResult:
        """Put the matrix above the details of what the cursor is on, and what is missing."""
        yield from super().body()
        yield self.legend

    def on_mount(self) -> None:
        """Begin on the first cell of the matrix, or go on where a crashed session was editing."""
        super().on_mount()
        self._begin()
        self.call_after_refresh(self.cells.take_up)

    def _begin(self) -> None:
        """Put the cursor on a duty: there a key tried out renames nobody.

        It begins in the row of persons only where it was left there a moment ago.
        """
        view, grid = self.view, self.grid
        if view is None or not view.duties or not view.roles:
            return
        if grid.row_id == PERSONS and not self.context.left_lately(self.position_key):
            grid.go_to(view.duties[0].id)
        if grid.column_key == "duty":
            grid.go_to(grid.row_id, view.roles[0].id)

    def _begin_with(self, row_id: str, column: str) -> str | None:
        if not shows_all(self.context.reader):
            return None
        return self.cells.begin_with(self.grid, row_id, column)

    @on(Grid.Typed)
    def _keep_cell(self, event: Grid.Typed) -> None:
        self.cells.typed(event)

    @on(Grid.Hint)
    def _leave_cell(self) -> None:
        self.cells.over()

    # -- showing ------------------------------------------------------------------------------

    def show_view(self, view: MenteeView) -> None:
        """Show the matrix."""
        rows = [persons_row(self.store, view), *duty_rows(view)]
        self.grid.show(rows, matrix_columns(view, self.role_commands.dates), seen=view)
        self.legend.update(Content(legend(view)))
        share_height(self.grid, self.legend)

    def on_resize(self, event: events.Resize) -> None:
        """Share the new height."""
        super().on_resize(event)
        share_height(self.grid, self.legend)

    def in_full(self, view: MenteeView) -> Sequence[str]:
        """Return the details of the duty, or of the person who has the role."""
        duty, role = self.role_commands.duty, self.role_commands.role
        if duty is not None:
            return (duty_line(view, duty),)
        return (role_line(view, role) if role else _("Who has which role"),)

    # -- editing in place ---------------------------------------------------------------------

    @on(Grid.Opened)
    def _opened(self) -> None:
        self.action_do("edit")

    @on(Grid.Chosen)
    def _set_part(self, event: Grid.Chosen) -> None:
        duty = _seen(event.seen.duties, event.row_id)
        if duty is not None:
            part = Part(event.value) if event.value else None
            what = _("Responsibility for {duty}").format(duty=duty.text)
            self.commit([set_part(duty, event.column, part)], what)

    @on(Grid.Edited)
    def _edited(self, event: Grid.Edited) -> None:
        if event.row_id == PERSONS:
            self._assign(event)
            return
        duty = _seen(event.seen.duties, event.row_id)
        if duty is None:
            return
        dates = self.role_commands.dates
        day = (dates if event.column == "due" else dates.done).read(event.text)
        if event.column == "due":
            self.commit([Change.edited(duty, due=day)], _("Date of {duty}").format(duty=duty.text))
        else:
            self.commit([Change.edited(duty, done_on=day)], _("{duty} done").format(duty=duty.text))

    def _assign(self, event: Grid.Edited) -> None:
        """Give the role to the person whose name was typed into its cell."""
        role = _seen(event.seen.roles, event.column)
        if role is not None:
            person, changes = person_id(self.store, event.text)
            what = _("Who is {role}").format(role=role_name(role))
            self.run_worker(
                give_role(self, event.seen, [*changes, assign(role, person, today())], what)
            )


def _seen(records: Sequence[R], id: str) -> R | None:
    """Return the record as it was when the edit of its cell began; None if there is none."""
    return next((record for record in records if record.id == id), None)
