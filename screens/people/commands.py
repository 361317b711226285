"""The commands on introductions, actions, case systems and doubts."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from data.clock import now, today
from data.i18n import N_, _
from data.method.talk.make_of import Thing
from data.method.talk.outcomes import to_tip
from data.records import Note
from screens.dialogs.make_of import ask_thing
from screens.frame.commands import Commands
from screens.mentee.grid import GridScreen
from screens.people.forms import RecordForm, answer_form, fill_in, form_of, new_form
from screens.people.rows import KINDS, Listed, finish_or_reopen, is_finished, name_of, public_name


class PeopleCommands(Commands):
    """The commands of screen 5. They work on the record under the cursor."""

    KEYS: ClassVar[list[BindingType]] = [
        Binding("d", "do('done')", N_("Done")),
        Binding("a", "do('add')", N_("Add")),
        Binding("e", "do('edit')", N_("Edit")),
        Binding("x", "do('delete')", N_("Delete")),
        Binding("f3", "do('tip')", N_("Make it a tip")),
    ]

    def __init__(self, screen: GridScreen) -> None:
        self._screen = screen
        self._store = screen.store

    def offers(self, name: str) -> bool:
        """Offer to make a tip only of a doubt that has been answered (R85)."""
        record = self.record
        return name != "tip" or (isinstance(record, Note) and record.answered_on is not None)

    def why_not(self, name: str, *arguments: object) -> str:
        """Return why nothing can be done with the row under the cursor; "" where it can."""
        if name in {"done", "edit", "delete"} and self.record is None:
            return _("There is nothing here yet: a adds it")
        return ""

    @property
    def record(self) -> Listed | None:
        """The introduction, action, case system or doubt under the cursor; None on a heading."""
        kind, id = self._screen.here()
        return self._store.get(KINDS[kind], id) if kind in KINDS else None

    async def done(self) -> None:
        """Mark the record as done today; or as open again, if it is done. Ask a doubt's answer."""
        record = self.record
        if record is None:
            return
        if isinstance(record, Note) and not is_finished(record):
            await self._fill_in("doubt", answer_form(self._store, record))
            return
        name = public_name(self._store, record)
        again = is_finished(record)
        self._screen.commit(
            [finish_or_reopen(record, today())], _("Done: {name}").format(name=name)
        )
        said = _("Open again: {name}") if again else _("Done today: {name}")
        self._screen.say(said.format(name=name))

    async def add(self) -> None:
        """Ask for a new record of the kind that the cursor is among, and add it."""
        kind = self._screen.here()[0] or "introduction"
        await self._fill_in(kind, new_form(self._store, kind, self._screen.mentee_id))

    async def edit(self) -> None:
        """Edit all fields of the record."""
        kind, id = self._screen.here()
        if id:
            await self._fill_in(kind, form_of(self._store, kind, id))

    async def _fill_in(self, kind: str, form: RecordForm | None) -> None:
        if form is not None and await fill_in(self._screen, form, form.form.title):
            self._screen.grid.go_to(f"{kind}:{form.record.id}")

    async def delete(self) -> None:
        """Ask, and delete the record."""
        record = self.record
        if record is not None:
            name = name_of(self._store, record)
            await self._screen.ask_delete(record, name, public_name(self._store, record))

    async def tip(self) -> None:
        """Make a tip of an answered doubt."""
        record = self.record
        if not isinstance(record, Note):
            return
        if not record.answer.strip():
            self._screen.say(_("The tip is the answer: write it first with e"))
        elif await ask_thing(self._screen, (Thing.TIP,), record.answer):
            self._screen.commit([to_tip(record, now())], _("Make it a tip"))
            said = _("Now a tip among your notes; the library (b on the first screen) shares it")
            self._screen.say(said)
