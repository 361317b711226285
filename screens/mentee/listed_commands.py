"""The commands on the records of a list in parts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from data.clock import today
from data.i18n import N_, _
from data.method.finished import Listed, finish_or_reopen, is_finished
from screens.frame.commands import Commands
from screens.mentee.grid import GridScreen
from screens.mentee.listed import Full, ListPart, public_name
from screens.mentee.record_form import RecordForm, fill_in


class ListedCommands(Commands):
    """They work on the record under the cursor; `a` adds one to the part that the cursor is in."""

    KEYS: ClassVar[list[BindingType]] = [
        Binding("d", "do('done')", N_("Done")),
        Binding("a", "do('add')", N_("Add")),
        Binding("e", "do('edit')", N_("Edit")),
        Binding("x", "do('delete')", N_("Delete")),
    ]

    def __init__(self, screen: GridScreen, parts: Sequence[ListPart]) -> None:
        self._screen = screen
        self._store = screen.store
        self._parts = {part.kind: part for part in parts}
        self._first = parts[0]

    def why_not(self, name: str, *arguments: object) -> str:
        """Return why nothing can be done with the row under the cursor; "" where it can."""
        if name in {"done", "edit", "delete"} and self.record is None:
            return _("Nothing here yet: a adds")
        return ""

    @property
    def _part(self) -> ListPart:
        """The part that the cursor is in."""
        return self._parts.get(self._screen.here()[0], self._first)

    @property
    def record(self) -> Listed | None:
        """The record under the cursor; None where there is none."""
        id = self._screen.here()[1]
        return self._store.get(self._part.record, id) if id else None

    def in_full(self) -> Full:
        """Return the details of the record under the cursor."""
        record, view = self.record, self._screen.view
        return self._part.in_full(view, record) if record and view else ()

    async def done(self) -> None:
        """Mark the record as done today; or as open again, if it is done. Ask a doubt's answer."""
        record, part = self.record, self._part
        if record is None:
            return
        again = is_finished(record)
        if part.finish_form is not None and not again:
            await self._fill_in(part.finish_form(self._store, record))
            return
        name = public_name(part, self._store, record)
        self._screen.commit(
            [finish_or_reopen(record, today())], _("Done: {name}").format(name=name)
        )
        said = _("Reopened: {name}") if again else _("Done today: {name}")
        self._screen.say(said.format(name=name))

    async def add(self) -> None:
        """Ask for a new record of the kind that the cursor is among, and add it."""
        await self._fill_in(self._part.new_form(self._store, self._screen.mentee_id))

    async def edit(self) -> None:
        """Edit all fields of the record."""
        record = self.record
        if record is not None:
            await self._fill_in(self._part.form(self._store, record))

    async def _fill_in(self, form: RecordForm) -> None:
        kind = self._part.kind
        if await fill_in(self._screen, form, form.form.title):
            self._screen.grid.go_to(f"{kind}:{form.record.id}")

    async def delete(self) -> None:
        """Ask, and delete the record."""
        record, part = self.record, self._part
        if record is not None:
            name = part.name(self._store, record)
            public = public_name(part, self._store, record)
            await self._screen.ask_delete(record, name, public)
