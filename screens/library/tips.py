"""Tips shared by all mentees, sorted by the type of task; they hold no names (R63, R85)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from data.i18n import N_, _
from data.library.shared import SharedTip
from data.method.plan.recall import task_types
from data.method.plan.tips import named_in, shared_tip, tip_notes
from data.method.talk.make_of import Thing
from data.method.visibility import visible
from data.queries.tips import shared_tips
from data.records import Mentee, Note, Task, Tip
from data.store.change import Change
from data.store.store import Store
from data.text import danish_key, first_line, line, lines
from screens.dialogs.ask import AskDialog
from screens.dialogs.edit_record import Form, create_records, delete_record, edit_record
from screens.dialogs.form import Field, Filled
from screens.dialogs.make_of import ask_thing
from screens.frame.base import BaseScreen
from screens.frame.context import Context
from screens.frame.proposed import PAGE
from screens.frame.title import Title
from screens.library.shelves import heading_of_shared, shelf_parts, where_from
from widgets.grid import Column, Grid, Row
from widgets.reading import Footnote


class TipsScreen(BaseScreen[None]):
    """Lists the shared tips, and below them the notes of the kind "tip" that can be shared."""

    HELP_TOPIC = "library"
    DOCUMENT = PAGE
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "add", N_("Add"), tooltip=N_("Add tip")),
        Binding("e", "edit", N_("Edit"), tooltip=N_("Edit tip")),
        Binding("f3", "share", N_("Share the note as a tip")),
        Binding("x", "delete", N_("Delete"), show=False),
        Binding("escape", "back", N_("Back")),
    ]

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        columns = (Column("text", "", 30, flex=3), Column("type", "", 14, flex=1))
        self.grid = Grid(columns, header=False)
        self.detail = Footnote()

    def body(self) -> ComposeResult:
        """Put the list of tips above the whole text of the one under the cursor."""
        yield self.grid
        yield self.detail

    def on_mount(self) -> None:
        """Put the cursor on the first tip."""
        super().on_mount()
        self.grid.focus()

    def headline(self) -> Title:
        """Return the screen's name."""
        return Title(_("Tips"))

    def page_text(self) -> tuple[str, Sequence[tuple[str, str]]]:
        """Return what is on this shelf of the library, to be written."""
        return self.headline().text, shelf_parts(self.store, "tips")

    # -- showing ------------------------------------------------------------------------------

    @property
    def tip(self) -> Tip | None:
        """The shared tip under the cursor; None if the cursor is elsewhere."""
        return self.store.get(Tip, self.grid.row_id)

    @property
    def note(self) -> Note | None:
        """The note under the cursor; None if the cursor is elsewhere."""
        return self.store.get(Note, self.grid.row_id)

    def show_records(self) -> None:
        """Show the tips, and the notes unless it is the shared view."""
        rows = [Row("heading:tips", {"text": _("Shared tips, without names")}, heading=True)]
        tips = sorted(self.store.all(Tip), key=lambda tip: danish_key(tip.task_type))
        rows += [_row(tip.id, tip.text, tip.task_type or _("Every task")) for tip in tips]
        if not tips and not shared_tips(self.store):
            text = _("None yet: a adds one")
            rows.append(Row("new", {"text": text}, tones={"text": "muted"}))
        rows += self._of_workplace()
        seen = visible(self.store.all(Note), self.context.reader, of_several=True)
        notes = tip_notes(seen)
        if notes:
            title = _("Tips in your notes: F3 shares one")
            rows.append(Row("heading:notes", {"text": title}, heading=True))
        rows += [_row(note.id, note.text, self._type_of(note)) for note in notes]
        self.grid.show(rows)
        self._show_detail()

    def _of_workplace(self) -> list[Row]:
        """Return the tips of the workplace's library, below a heading."""
        tips = sorted(shared_tips(self.store), key=lambda one: danish_key(one.type))
        rows = [_row(f"shared:{one.key}", one.text, one.type or _("Every task")) for one in tips]
        heading = Row("heading:shared", {"text": heading_of_shared()}, heading=True)
        return [heading, *rows] if rows else []

    @property
    def shared_tip(self) -> SharedTip | None:
        """The tip of the workplace's library under the cursor; None if the cursor is elsewhere."""
        here = self.grid.row_id
        found = (one for one in shared_tips(self.store) if f"shared:{one.key}" == here)
        return next(found, None)

    def _type_of(self, note: Note) -> str:
        task = self.store.get(Task, note.task_id) if note.task_id else None
        return task.type if task else ""

    @on(Grid.Moved)
    def _show_detail(self) -> None:
        tip, note = self.tip, self.note
        shown = tip or note or self.shared_tip
        mentee = self.store.get(Mentee, note.mentee_id) if note else None
        self.detail.show(
            " ".join(shown.text.split()) if shown else "",
            where_from() if self.shared_tip else mentee.name if mentee else "",
        )

    # -- changing -----------------------------------------------------------------------------

    @on(Grid.Opened)
    def _opened(self) -> None:
        if self.tip is not None:
            self.action_edit()
        elif self.note is not None:
            self.action_share()
        elif self.shared_tip is not None:
            self._say_shared()
        else:
            self.action_add()

    @work
    async def action_add(self) -> None:
        """Ask for a new tip, and add it."""
        tip_id = await add_tip(self, Tip(), _("New tip"), _("New tip"))
        self.grid.go_to(tip_id)

    @work
    async def action_edit(self) -> None:
        """Edit the tip."""
        tip = self.tip
        if tip is not None:
            form = _form(self.store, tip, _("Tip"))
            await edit_record(self, tip, form, _filled, _("Tip"))
        else:
            self._say_shared()

    @work
    async def action_share(self) -> None:
        """Share a note as a tip: a copy of its text that belongs to no mentee."""
        note = self.note
        if note is None:
            self.say(_("Select a note first; a writes a new tip"))
            return
        if await ask_thing(self, (Thing.TIP,), first_line(note.text)) is None:
            return
        offered = shared_tip(note, self.store.get(Task, note.task_id) if note.task_id else None)
        tip_id = await add_tip(self, offered, _("Share as a tip"), _("Tip shared"), of=note.id)
        if tip_id:
            self.grid.go_to(tip_id)
            self.say(_("Shared; the note stays where it was"))

    @work
    async def action_delete(self) -> None:
        """Ask, and delete the shared tip."""
        tip = self.tip
        if tip is not None:
            question = AskDialog(_("Delete the tip?"), first_line(tip.text))
            await delete_record(self, self.store, tip, question, _("Tip deleted"))
        else:
            self._say_shared()

    def _say_shared(self) -> None:
        if self.shared_tip is not None:
            self.say(
                _("It comes {where}, and can be changed there only").format(where=where_from())
            )
            return
        self.say(_("Select a shared tip first; F3 shares one of your notes"))


async def add_tip(
    screen: BaseScreen[None], offered: Tip, title: str, what: str, *, of: str = ""
) -> str:
    """Ask for the text and type of a new tip, and add it. Call it from a worker.

    The form does not accept a text with the name of a mentee in it.

    Args:
        screen: Opens the form, and commits the tip.
        offered: The tip as the form shows it at first.
        title: The title of the form.
        what: The name of the step of undo.
        of: The id of the note or talk that the tip is made from; "" for none.

    Returns:
        The id of the tip; "" if the user gave it up.
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
    return _("Tips are anonymous: remove “{name}”").format(name=found) if found else ""
