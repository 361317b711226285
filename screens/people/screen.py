"""People round the mentee: introductions, actions agreed on, doubts, case systems (screen 5)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on, work
from textual.binding import Binding, BindingType

from data.clock import today
from data.i18n import N_, _
from data.method.talk.outcomes import to_tip
from data.method.view import MenteeView
from data.records import Action, Note
from screens.dialogs.form import FormDialog
from screens.frame.context import Context
from screens.mentee.grid import GridScreen
from screens.people.forms import Form, form_of, new_form
from screens.people.rows import (
    KINDS,
    Listed,
    columns,
    in_full,
    is_settled,
    name_of,
    rows,
    settle,
    told_name,
)
from widgets.grid import Grid


class PeopleScreen(GridScreen):
    """One list in four parts; what is settled stays, quietly, at the end of its part."""

    PLACE = "people"
    HELP_TOPIC = "people"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("d", "done", N_("Done")),
        Binding("a", "add", N_("Add")),
        Binding("e", "edit", N_("Edit")),
        Binding("x", "delete", N_("Delete")),
        Binding("f", "tip", N_("Make it a tip")),
    ]

    def __init__(self, context: Context, mentee_id: str) -> None:
        super().__init__(context, mentee_id, Grid())

    def show_view(self, view: MenteeView) -> None:
        """Show the four parts."""
        self.grid.show(rows(view, self.context.reader), columns())

    def in_full(self, view: MenteeView) -> Sequence[str]:
        """Return all that is known about the person, action, system or doubt."""
        record = self.record()
        return in_full(view, record) if record else ()

    def record(self) -> Listed | None:
        """Return the record that the cursor stands on."""
        kind, id = self.here()
        return self.store.get(KINDS[kind], id) if kind in KINDS else None

    def standing_on(self) -> tuple[str, str]:
        """Return the mentee and the task of the action or doubt."""
        record = self.record()
        task = record.task_id if isinstance(record, Action | Note) else ""
        return self.mentee_id, task

    # -- changing -----------------------------------------------------------------------------

    @on(Grid.Opened)
    def _opened(self, event: Grid.Opened) -> None:
        if self.here()[1]:
            self.action_edit()
        else:
            self.action_add()

    def action_done(self) -> None:
        """Settle what the cursor stands on today, or open it again."""
        record = self.record()
        if record is None:
            return
        name = told_name(self.store, record)
        again = is_settled(record)
        self.commit([settle(record, today())], _("Done: {name}").format(name=name))
        self.say((_("Open again: {name}") if again else _("Done today: {name}")).format(name=name))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to make a tip of a doubt that has been answered (R85)."""
        if action != "tip":
            return super().check_action(action, parameters)
        record = self.record()
        return isinstance(record, Note) and record.answered_on is not None

    def action_tip(self) -> None:
        """Make the answered doubt a tip, which the library can share without names."""
        record = self.record()
        if isinstance(record, Note):
            self.commit([to_tip(record)], _("Make it a tip"))
            self.say(_("Now a tip among your notes; the library (b on the first screen) shares it"))

    @work
    async def action_add(self) -> None:
        """Add to the part in which the cursor stands."""
        kind = self.here()[0] or "introduction"
        await self._fill(new_form(self.store, kind, self.mentee_id))

    @work
    async def action_edit(self) -> None:
        """Edit all fields."""
        kind, id = self.here()
        if id:
            await self._fill(form_of(self.store, kind, id), id)

    async def _fill(self, form: Form | None, about: str = "") -> None:
        if form is None:
            return
        texts = await self.app.push_screen_wait(FormDialog(form.title, form.fields, about=about))
        if texts is not None:
            changes, id = form.changes(texts)
            self.commit(changes, form.title)
            self.grid.go_to(f"{form.kind}:{id}")

    @work
    async def action_delete(self) -> None:
        """Delete what the cursor stands on."""
        record = self.record()
        if record is not None:
            await self.ask_delete(
                record, name_of(self.store, record), told_name(self.store, record)
            )
