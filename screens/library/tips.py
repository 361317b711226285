"""Tips that all mentees share: by type of task, without names (R63, R85)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from data.i18n import N_, _
from data.method.plan.recall import task_types
from data.method.plan.tips import named_in, shared_tip, tip_notes
from data.method.visibility import visible
from data.records import Mentee, Note, Task, Tip
from data.store.change import Change
from data.store.store import Store
from data.text import danish_key, first_line, line, lines
from screens.dialogs.ask import AskDialog
from screens.dialogs.edit_record import Form, create_records, delete_record, edit_record
from screens.dialogs.form import Field, Filled
from screens.frame.base import BaseScreen
from screens.frame.context import Context
from screens.frame.title import Title
from widgets.grid import Column, Grid, Row
from widgets.reading import Footnote


class TipsScreen(BaseScreen[None]):
    """The shared tips, and below them the tips among one's notes that can be shared."""

    HELP_TOPIC = "library"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "add", N_("Add")),
        Binding("e", "edit", N_("Edit")),
        Binding("s", "share", N_("Share the note as a tip")),
        Binding("x", "delete", N_("Delete"), show=False),
        Binding("escape", "back", N_("Back")),
    ]

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        columns = (Column("text", "", 30, flex=3), Column("type", "", 14, flex=1))
        self.grid = Grid(columns, header=False)
        self.detail = Footnote()

    def body(self) -> ComposeResult:
        """Lay the tips over the one under the cursor, in full."""
        yield self.grid
        yield self.detail

    def on_mount(self) -> None:
        """Begin at the first tip."""
        super().on_mount()
        self.grid.focus()

    def headline(self) -> Title:
        """Return the screen's name."""
        return Title(_("Tips"))

    # -- showing ------------------------------------------------------------------------------

    @property
    def tip(self) -> Tip | None:
        """The shared tip under the cursor."""
        return self.store.get(Tip, self.grid.row_id)

    @property
    def note(self) -> Note | None:
        """The note under the cursor."""
        return self.store.get(Note, self.grid.row_id)

    def show_records(self) -> None:
        """Show tips and notes; in the shared view the notes stay out of sight."""
        rows = [Row("heading:tips", {"text": _("Shared tips, without names")}, heading=True)]
        tips = sorted(self.store.all(Tip), key=lambda tip: danish_key(tip.task_type))
        rows += [_row(tip.id, tip.text, tip.task_type or _("Every task")) for tip in tips]
        if not tips:
            text = _("None yet: a adds one")
            rows.append(Row("new", {"text": text}, tones={"text": "muted"}))
        seen = visible(self.store.all(Note), self.context.reader, of_several=True)
        notes = tip_notes(seen)
        if notes:
            title = _("Tips in your notes: s shares one")
            rows.append(Row("heading:notes", {"text": title}, heading=True))
        rows += [_row(note.id, note.text, self._type_of(note)) for note in notes]
        self.grid.show(rows)
        self._show_detail()

    def _type_of(self, note: Note) -> str:
        task = self.store.get(Task, note.task_id) if note.task_id else None
        return task.type if task else ""

    @on(Grid.Moved)
    def _show_detail(self) -> None:
        tip, note = self.tip, self.note
        shown = tip or note
        mentee = self.store.get(Mentee, note.mentee_id) if note else None
        self.detail.show(
            " ".join(shown.text.split()) if shown else "", mentee.name if mentee else ""
        )

    # -- changing -----------------------------------------------------------------------------

    @on(Grid.Opened)
    def _opened(self) -> None:
        if self.tip is not None:
            self.action_edit()
        elif self.note is not None:
            self.action_share()
        else:
            self.action_add()

    @work
    async def action_add(self) -> None:
        """Write a tip."""
        made = await add_tip(self, Tip(), _("New tip"), _("New tip"))
        self.grid.go_to(made)

    @work
    async def action_edit(self) -> None:
        """Edit the tip."""
        tip = self.tip
        if tip is not None:
            form = _form(self.store, tip, _("Tip"))
            await edit_record(self, tip, form, _filled, _("Tip"))

    @work
    async def action_share(self) -> None:
        """Share a note as a tip: a copy that knows of no mentee."""
        note = self.note
        if note is None:
            self.say(_("Put the cursor on a note; a writes a new tip"))
            return
        offered = shared_tip(note, self.store.get(Task, note.task_id) if note.task_id else None)
        made = await add_tip(self, offered, _("Share as a tip"), _("Tip shared"), of=note.id)
        if made:
            self.grid.go_to(made)
            self.say(_("Shared; the note stays where it was"))

    @work
    async def action_delete(self) -> None:
        """Delete the shared tip."""
        tip = self.tip
        if tip is not None:
            question = AskDialog(_("Delete the tip?"), first_line(tip.text))
            await delete_record(self, self.store, tip, question, _("Tip deleted"))


async def add_tip(
    screen: BaseScreen[None], offered: Tip, title: str, what: str, *, of: str = ""
) -> str:
    """Ask for a tip's words and type, and make it; return its id, or "" where it was given up.

    A name in it must be taken out first. `of` is the id of the note or talk that it is made of.
    Call it from a worker.
    """

    def new_records(texts: Filled) -> list[Change]:
        return [Change.created(_filled(offered, texts))]

    form = _form(screen.store, offered, title)
    done = await create_records(screen, offered, form, new_records, what, of=of)
    return offered.id if done else ""


def _row(id: str, text: str, task_type: str) -> Row:
    return Row(id, {"text": first_line(text), "type": task_type}, tones={"type": "muted"})


def _form(store: Store, tip: Tip, title: str) -> Form:
    types = task_types(store.all(Task))

    def suggest(text: str) -> Sequence[str]:
        return [one for one in types if one.casefold().startswith(text.strip().casefold())]

    fields = [
        Field("text", _("Tip, without names"), tip.text, "lines", required=_("Write the tip")),
        Field("task_type", _("Task type"), tip.task_type, suggest=suggest),
    ]
    return Form("tip", title, fields, partial(_problem, store))


def _filled(tip: Tip, texts: Filled) -> Tip:
    return replace(tip, **texts.read(text=lines, task_type=line))


def _problem(store: Store, texts: Mapping[str, str]) -> str:
    found = named_in(texts["text"], [mentee.name for mentee in store.all(Mentee)])
    return _("A tip names nobody: take out “{name}”").format(name=found) if found else ""
