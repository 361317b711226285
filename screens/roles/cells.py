"""The role matrix' cells that outlive their session: dates of duties, and who has which role."""

from __future__ import annotations

from typing import Any

from textual.app import App

from data.records import Duty, Role
from screens.frame.left_texts import Standing
from screens.frame.unfinished import FormId
from screens.frame.unfinished_cells import cell_id, owner_and_field
from screens.mentee.grid import GridScreen
from screens.roles.rows import PERSONS
from widgets.grid import Grid

_FIELDS = {"due": "due", "done": "done_on"}
"""Field of a duty by the column in which it is edited."""


class RoleCells:
    """A `screens.frame.unfinished_cells.CellHost` for the role matrix."""

    def __init__(self, screen: GridScreen) -> None:
        """Make it for the screen of the matrix."""
        self._screen = screen

    @property
    def app(self) -> App[Any]:
        """The app, which knows what is unfinished."""
        return self._screen.app

    @property
    def editing(self) -> bool:
        """Whether a cell is being edited."""
        return self._screen.grid.editing

    def say(self, text: str) -> None:
        """Say something in the notice line."""
        self._screen.say(text)

    def cell_of(self, event: Grid.Typed) -> FormId | None:
        """Return which cell is being edited."""
        mentee_id = self._screen.mentee_id
        if event.row_id == PERSONS:
            return cell_id(Role.table, event.column, "person_id", mentee_id)
        field = _FIELDS.get(event.column, event.column)
        return cell_id(Duty.table, event.row_id, field, mentee_id)

    def cell_now(self, id: FormId) -> Standing | None:
        """Return what stands in a cell now."""
        row_id, key = self._place(id)
        row = next((row for row in self._screen.grid.body.rows if row.id == row_id), None)
        columns = self._screen.grid.body.columns
        column = next((column for column in columns if column.key == key), None)
        if row is None or column is None or id.table not in {Duty.table, Role.table}:
            return None
        return Standing(row.value(key), check=row.columns.get(key, column).check)

    async def open_cell(self, id: FormId, text: str) -> None:
        """Edit the cell."""
        if self._screen.grid.go_to(*self._place(id)):
            await self._screen.grid.edit(text)

    @staticmethod
    def _place(id: FormId) -> tuple[str, str]:
        """Return row and column of a cell."""
        owner, field = owner_and_field(id)
        if id.table == Role.table:
            return PERSONS, owner
        return owner, next((column for column, name in _FIELDS.items() if name == field), field)
