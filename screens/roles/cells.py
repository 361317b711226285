"""Keeps what is being typed into a cell of the role matrix, so that it survives a crash.

These are the cells with the dates of duties, and those that say who has which role.
"""

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
"""The field of a duty that a column edits, by the key of the column."""


class RoleCells:
    """The role matrix as a `screens.frame.unfinished_cells.CellHost`."""

    def __init__(self, screen: GridScreen) -> None:
        """Make a host for the screen of the matrix."""
        self._screen = screen

    @property
    def app(self) -> App[Any]:
        """The app, which keeps what is unfinished."""
        return self._screen.app

    @property
    def editing(self) -> bool:
        """Whether a cell is being edited."""
        return self._screen.grid.editing

    def say(self, text: str) -> None:
        """Show a message in the screen's notice line."""
        self._screen.say(text)

    def cell_of(self, event: Grid.Typed) -> FormId | None:
        """Return the id of the cell that is being edited."""
        mentee_id = self._screen.mentee_id
        if event.row_id == PERSONS:
            return cell_id(Role.table, event.column, "person_id", mentee_id)
        field = _FIELDS.get(event.column, event.column)
        return cell_id(Duty.table, event.row_id, field, mentee_id)

    def cell_now(self, id: FormId) -> Standing | None:
        """Return what is stored in a cell now; None if its record is gone."""
        row_id, key = self._place(id)
        row = next((row for row in self._screen.grid.body.rows if row.id == row_id), None)
        columns = self._screen.grid.body.columns
        column = next((column for column in columns if column.key == key), None)
        if row is None or column is None or id.table not in {Duty.table, Role.table}:
            return None
        return Standing(row.value(key), check=row.columns.get(key, column).check)

    async def open_cell(self, id: FormId, text: str) -> None:
        """Edit a cell, with `text` in it."""
        if self._screen.grid.go_to(*self._place(id)):
            await self._screen.grid.edit(text)

    @staticmethod
    def _place(id: FormId) -> tuple[str, str]:
        """Return the id of a cell's row and the key of its column."""
        owner, field = owner_and_field(id)
        if id.table == Role.table:
            return PERSONS, owner
        return owner, next((column for column, name in _FIELDS.items() if name == field), field)
