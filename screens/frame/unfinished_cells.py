"""A cell that is being edited in its grid outlives its session."""

from __future__ import annotations

from typing import Any, Protocol

from textual.app import App

from data.i18n import _
from data.text import shorten
from screens.frame.entries import day_meant
from screens.frame.left_texts import Standing, held_against
from screens.frame.unfinished import CELL, SWEEP_SECONDS, FormId, UnfinishedTexts, unfinished_of
from widgets.grid import Grid


def cell_id(table: str, id: str, field: str, mentee_id: str, *, of: str = "") -> FormId:
    """Return the cell of a record's field; `of` is what a record that is new will belong to."""
    return FormId(CELL, table, id, mentee_id, f"{of or id}/{field}")


def owner_and_field(id: FormId) -> tuple[str, str]:
    """Return the id of a cell's record, or of what it will belong to, and the field."""
    owner, _slash, field = id.of.partition("/")
    return owner, field


class CellHost(Protocol):
    """A screen, or a part of one, in whose grids cells are edited."""

    @property
    def app(self) -> App[Any]:
        """The app, which knows what is unfinished."""

    @property
    def editing(self) -> bool:
        """Whether a cell is being edited."""

    def cell_of(self, event: Grid.Typed) -> FormId | None:
        """Return which cell it is that is being edited; None for one that is gone."""

    def cell_now(self, id: FormId) -> Standing | None:
        """Return what stands in the cell now; None where such a cell is not shown here."""

    async def open_cell(self, id: FormId, text: str) -> None:
        """Begin to edit the cell with `text` in it."""

    def say(self, text: str) -> None:
        """Say something in the screen's notice line."""


class UnfinishedCells:
    """Keeps the cell that is being edited, and takes up what a session that died left in one."""

    def __init__(self, host: CellHost, mentee_id: str) -> None:
        """Do so for the grids of `host`, which show the records of one mentee."""
        self._host = host
        self._mentee_id = mentee_id
        self._open: FormId | None = None

    def typed(self, event: Grid.Typed) -> None:
        """Keep what stands in the cell after a key."""
        unfinished, id = unfinished_of(self._host.app), self._host.cell_of(event)
        if unfinished is not None and id is not None:
            self._open = id
            same = event.text == event.began
            _owner, field = owner_and_field(id)
            there = self._host.cell_now(id)
            day = day_meant(there.check if there else None, event.text)
            typed = {} if same else {field: (event.began, event.text)}
            unfinished.keep(id, typed, {field: day} if day and not same else {})

    def begin_with(self, grid: Grid, row_id: str, column: str) -> str | None:
        """Return what a dead session had typed in this cell's field, but in a form; or None.

        Where somebody has written there since, it is only told.
        """
        unfinished = unfinished_of(self._host.app)
        id = self._host.cell_of(Grid.Typed(grid, row_id, column, "", ""))
        there = self._host.cell_now(id) if id is not None else None
        if unfinished is None or id is None or there is None:
            return None
        owner, field = owner_and_field(id)
        lefts = unfinished.in_forms(id.table, id.id, field, owner)
        found = held_against((left.filling for left in lefts), {field: there})
        if field in found.offered:
            said = _("You were writing “{text}” here; e shows it").format(
                text=shorten(found.offered[field][1], 30)
            )
            self._host.app.call_later(self._host.say, said)
            return None
        text = found.filled.get(field)
        if text is not None:  # From now on it is this cell that is kept.
            self._open = id
            unfinished.keep(id, {field: (there.text, text)})
            unfinished.put_in(lefts, field)
            said = _("What you were filling in is here again")
            self._host.app.call_later(self._host.say, said)
        return text

    def over(self) -> None:
        """Forget the cell if its edit is over; who asked has had time to commit it soon."""
        unfinished = unfinished_of(self._host.app)
        if self._open is not None and unfinished is not None and not self._host.editing:
            unfinished.end(self._open)
            self._open = None
            self._host.app.set_timer(SWEEP_SECONDS, unfinished.sweep)

    async def take_up(self) -> None:
        """Go on with the edit in which a session died.

        Where somebody has written in that cell since, both texts are kept as a conflict.
        """
        unfinished = unfinished_of(self._host.app)
        if unfinished is None:
            return
        for id in unfinished.cells(self._mentee_id):
            there = self._host.cell_now(id)
            if there is not None:
                await self._go_on(unfinished, id, there)

    async def _go_on(self, unfinished: UnfinishedTexts, id: FormId, there: Standing) -> None:
        _owner, field = owner_and_field(id)
        left = [one.filling for one in unfinished.take(id)]
        found = held_against(left, {field: there})
        if found.filled and self._open is not None:
            unfinished.leave(id)  # one at a time: this one when the screen is opened again
            return
        if found.offered and unfinished.clash(id, found.offered):
            self._host.say(
                _("Someone has changed what you were writing. Both texts are kept; ! shows them")
            )
        if found.filled:
            self._open = id
            await self._host.open_cell(id, found.filled[field])
        else:
            unfinished.end(id)
            unfinished.sweep()
