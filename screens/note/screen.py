"""The quick note: typing starts at once, and each character is saved (R8, R11, R93)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from data.citizens import hint
from data.clock import now, today
from data.dates import mentorship_week
from data.i18n import N_, _
from data.method.visibility import (
    is_private,
    may_see,
    shows_all,
    starts_private,
    stays_private,
    visible,
)
from data.method.words import word
from data.queries.views import mentees
from data.records import Goal, Note, NoteKind, Task, TaskStatus
from data.store.change import Change
from data.store.store import Event, Store
from data.text import line
from screens.dialogs.pick import Item, PickDialog
from screens.frame.base import BaseScreen
from screens.frame.context import Context
from screens.frame.left_texts import taken_from_forms
from screens.frame.title import Title
from screens.frame.who_reads import said_of_note, why_not
from screens.note.day import NoteDay
from screens.note.ending import finish
from screens.note.head import earlier_lines, note_head
from widgets.keys import DONE
from widgets.note_area import NoteArea
from widgets.spoken import Spoken

KINDS = tuple(NoteKind)
DISK_SECONDS = 1.0
_WITH_A_NOTE = frozenset({"back", "make_of", "privacy", "about", "kind"})
OTHER = "other"
"""What stands for another mentee in the list of what a note can be about."""


class NoteScreen(BaseScreen[None]):
    """A field to write a note in, new or stored. It is saved from its first character on."""

    HELP_TOPIC = "note"
    GIVES_WAY: ClassVar[bool] = False
    IN_PASSING: ClassVar[bool] = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", N_("Back"), priority=True),
        Binding("escape", "back", N_("Save"), priority=True),
        Binding("f10,ctrl+s", "back", N_("Save"), priority=True, key_display=DONE),
        Binding("f3", "make_of", N_("Make …"), priority=True),
        Binding("f4", "privacy", N_("Private/shared"), priority=True),
        Binding("ctrl+t", "about", N_("About"), priority=True),
        Binding("ctrl+r", "kind", N_("Kind"), priority=True),
        *NoteDay.KEYS,
    ]

    DEFAULT_CSS = """
    NoteScreen .note-head, NoteScreen .note-aside {
        padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis;
    }
    NoteScreen .note-head { height: 1; text-style: bold; margin-bottom: 1; }
    NoteScreen .note-aside { height: auto; max-height: 4; color: $text-muted; }
    NoteScreen NoteArea { height: 1fr; padding: 0 1; }
    NoteScreen.-nobody .note-aside { height: 1fr; max-height: 100%; }
    """

    def __init__(
        self, context: Context, mentee_id: str = "", task_id: str = "", note_id: str = ""
    ) -> None:
        """Make the screen.

        Args:
            context: The store, the settings and the reader.
            mentee_id: The mentee whom a new note is about; "" if it is not known yet.
            task_id: The task that a new note is about; "" for none.
            note_id: The stored note to open; "" for a new note.
        """
        super().__init__(context)
        stored = self.store.get(Note, note_id) if note_id else None
        self.stored = stored is not None
        """Whether the note is in the store. It is not put there while it is empty."""
        self._is_purged = self._gives_way = False
        self.note = stored or Note(
            mentee_id=mentee_id or _only_mentee(self.store),
            task_id=task_id,
            private=starts_private(context.reader),
            at=now(),
        )
        self.commands = (NoteDay(self, self._change), *self.commands)
        self.area = NoteArea(self.note.text)
        self.area.keep = self._keep
        self.head = Static(Content(""), classes="note-head")
        self.aside = Static(Content(""), classes="note-aside")

    def body(self) -> ComposeResult:
        """Put what the note is about above the text, and earlier notes below it."""
        yield self.head
        yield self.area
        yield self.aside

    def on_mount(self) -> None:
        """Give the focus to the text. If it is not known whom the note is about, ask first."""
        super().on_mount()
        if self.note.mentee_id:
            self.area.focus()
            self._take_up()
        elif mentees(self.store):
            self._ask_mentee()

    def _take_up(self) -> None:
        """Put in what a session that died had typed in this note, in the form of a doubt."""
        if not self.stored or not shows_all(self.context.reader):
            return
        text = taken_from_forms(self.app, self.note, "text")
        if text is not None:
            before, self.area.text = self.area.text, text
            self._keep(before, text)
            self.call_after_refresh(self.say, _("What you were filling in is here again"))

    def headline(self) -> Title:
        """Return the screen's name."""
        return Title(_("Quick note"))

    def standing_on(self) -> tuple[str, str]:
        """Return the ids of the mentee and the task that the note is about."""
        return self.note.mentee_id, self.note.task_id

    # -- showing ------------------------------------------------------------------------------

    @property
    def hidden(self) -> bool:
        """Whether the text must not be seen: a private note or a doubt in the shared view."""
        return not may_see(self.note, self.context.reader)

    def show_records(self) -> None:
        """Show what the note is about, its kind and its text, and earlier notes."""
        there = self.store.get(Note, self.note.id)  # None: it is gone; the field has all its text
        self.note = there or self.note
        self.renewal.about = self.note.mentee_id
        if there is not None and self.stored and self.area.text != there.text:
            self.area.show_changed_elsewhere(there.text)
        mentee = self.context.mentee(self.note.mentee_id)
        if mentee is None and self.note.mentee_id and not self._is_own_still:
            if self.area.text.strip() and not self._is_purged:
                self.give_way()
                return
            self.note, self.stored = Note(mentee_id="", at=now()), False
            with self.area.prevent(NoteArea.Changed):  # the notice is to stay
                self.area.load_text("")
        self.set_class(not self.note.mentee_id and not mentees(self.store), "-nobody")
        self.refresh_bindings()
        if not self.note.mentee_id:
            self.aside.update(Content(""))
            self._open_area(False)
            self.head.update(Content(_("No mentee chosen: Ctrl+T chooses one")))
            if self.has_class("-nobody"):
                nobody = self.store.lost_access.why_nobody or _("There are no mentees yet")
                self.head.update(Content(nobody))
                self.aside.update(Content(_("Esc goes back; a on the home screen adds one.")))
            return
        self.head.update(Content(note_head(self.context, self.note, self.app.size.width - 2)))
        self.aside.update(Content(self._aside_text()))
        self._open_area(not self.hidden)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Where there is nobody to write about, offer nothing but to go back."""
        if action in _WITH_A_NOTE or action == "dismiss":
            return self.has_class("-nobody") is (action == "dismiss")
        return super().check_action(action, parameters)

    @property
    def _is_own_still(self) -> bool:
        """Whether it is a private note that stays the user's own, whatever becomes of the role."""
        own = self.stored and self.store.on_server and is_private(self.note)
        return own and not self._is_purged

    def _on_store(self, event: Event) -> None:
        self._is_purged |= any(one.knows(self.note.mentee_id) for one in event.for_good)
        super()._on_store(event)

    def give_way(self) -> None:
        """Go, and let what was written be gone on with in a screen of its own."""
        self._gives_way = True
        super().give_way()

    def _open_area(self, there: bool) -> None:
        """Show the text and let the user write in it; or, if not `there`, hide and disable it."""
        opening = there and not self.area.display
        self.area.display, self.area.disabled = there, not there
        if opening:
            self.area.focus()

    def names(self, spoken: Spoken) -> Spoken:
        """Return the note with what it is about; all there is to say where it is hidden."""
        said = str(self.head.content)
        if not self.area.display:
            return Spoken(f"{said}. {self.aside.content}".strip())
        return replace(spoken, line=said, heading=_("Note"))

    def _aside_text(self) -> str:
        """Return the earlier notes on the same task; or, for a hidden note, how to see it."""
        if self.hidden:
            if stays_private(self.note):
                return _("Doubts and questions are hidden in shared view: F6 exits")
            return _("Private notes are hidden in shared view: F6 exits")
        notes = [
            note
            for note in visible(self.store.of(Note, self.note.mentee_id), self.context.reader)
            if note.id != self.note.id and note.task_id == self.note.task_id
        ]
        return earlier_lines(notes)

    # -- typing -------------------------------------------------------------------------------

    def _keep(self, before: str, text: str) -> None:
        """Save the text as it is now; create the note with its first character."""
        if self.stored:
            self.store.type_text(self.note, "text", text, self._undo_name, shown=before)
        elif text.strip():
            self.note = replace(self.note, text=text)
            self.stored = True
            self.store.begin_text(self.note, "text", self._undo_name)
            # Wait for the disk this one time: what is typed later is logged for this note, and
            # after a crash it can be restored only if the note itself has been saved.
            self.store.flush(DISK_SECONDS)

    @on(NoteArea.Paused)
    def _bring_others_words(self, event: NoteArea.Paused) -> None:
        event.stop()
        self.show_records()

    @on(NoteArea.Edited)
    def _look_for_numbers(self, event: NoteArea.Edited) -> None:
        event.stop()
        said = hint(event.text)
        self.notices.understood(said, problem=bool(said))

    @property
    def _undo_name(self) -> str:
        """The name of the step of undo in which the note is written."""
        mentee = self.context.mentee(self.note.mentee_id)
        return _("note about {name}").format(name=mentee.name if mentee else "")

    # -- what the note is about ---------------------------------------------------------------

    def _change(self, seen: Note, what: str, **fields: Any) -> None:
        """Give fields of the note other values, and save them if the note is stored already.

        Args:
            seen: The note as the user saw it.
            what: The name of the step of undo, which is shown as a message too.
            fields: The new values by name of the field.
        """
        self.note = replace(seen, **fields)
        if self.stored:
            self.commit([Change.between(seen, self.note)], what)
            self.note = self.store.get(Note, seen.id) or self.note
        self.show_records()
        self.say(what)

    @work
    async def _ask_mentee(self) -> None:
        if not await self._pick_mentee():
            self.action_back()

    async def _pick_mentee(self) -> bool:
        items = [
            Item(one.id, one.name, mentorship_week(one.start, today()))
            for one in mentees(self.store)
        ]
        dialog = PickDialog(
            _("Who is the note about?"),
            items,
            placeholder=_("Type part of the name"),
            chosen=self.note.mentee_id,
        )
        seen = self.note
        picked = await self.app.push_screen_wait(dialog)
        if picked is None:
            return False
        mentee = self.context.mentee(picked.id)
        if mentee is not None and mentee.id != seen.mentee_id:
            what = _("The note is about {name}").format(name=mentee.name)
            self._change(seen, what, mentee_id=mentee.id, task_id="", goal_id="")
        self.show_records()
        self.area.focus()
        return True

    @work
    async def action_about(self) -> None:
        """Ask for the task, the learning goal or the other mentee that the note is about."""
        if not self.note.mentee_id:
            await self._pick_mentee()
            return
        tasks = sorted(self.store.of(Task, self.note.mentee_id), key=lambda task: task.order)
        items = [Item("none", _("no task"))]
        goals = self.store.of(Goal, self.note.mentee_id)
        for task in tasks:
            if task.status is not TaskStatus.PARKED or task.id == self.note.task_id:
                items.append(Item(task.id, task.title, task.type))
                items += [
                    Item(goal.id, f"  {goal.text}", _("Learning goal"))
                    for goal in sorted(goals, key=lambda goal: goal.order)
                    if goal.task_id == task.id
                ]
        if len(mentees(self.store)) > 1:
            items.append(Item(OTHER, _("Another mentee …")))
        dialog = PickDialog(
            _("What is the note about?"),
            items,
            placeholder=_("Type part of the task or goal"),
            chosen=self.note.goal_id or self.note.task_id or "none",
        )
        seen = self.note
        picked = await self.app.push_screen_wait(dialog)
        if picked is None:
            return
        if picked.id == OTHER:
            if shows_all(self.context.reader):
                await self._pick_mentee()
            else:
                said = _("Other mentees are hidden in shared view: F6 exits it first")
                self.say(said)
            return
        goal = self.store.get(Goal, picked.id)
        chosen = self.store.get(Task, goal.task_id if goal else picked.id)
        name = goal.text if goal else chosen.title if chosen else ""
        about = _("The note is about {name}").format(name=name) if name else _("no task")
        task_id, goal_id = chosen.id if chosen else "", goal.id if goal else ""
        self._change(seen, about, task_id=task_id, goal_id=goal_id)

    def action_kind(self) -> None:
        """Give the note the next kind, but never to one that is hidden: that might show it."""
        if self._stays_hidden():
            return
        kind = KINDS[(KINDS.index(self.note.kind) + 1) % len(KINDS)]
        self._change(self.note, _("Kind: {kind}").format(kind=word(kind)), kind=kind)

    def action_privacy(self) -> None:
        """Make the note shared if it is private, and private if it is shared.

        A note that is hidden in the shared view is not shared from there: the mentee would see it
        before the mentor has read what it says.
        """
        if self._stays_hidden():
            return
        private = not self.note.private
        if problem := why_not(self.note, self.context, private=private):
            self.say(problem)
            return
        what = said_of_note(self.note, self.context, private=private)
        self._change(self.note, what, private=private)

    def _stays_hidden(self) -> bool:
        """Return whether the note is hidden; if so, say how to leave the shared view."""
        if self.hidden:
            self.say(_("The note is hidden in shared view: F6 exits it first"))
        return self.hidden

    @work
    async def action_make_of(self) -> None:
        """Ask what to make of the line under the cursor, and make it."""
        if not self.note.mentee_id or self.hidden:
            return
        from screens.note.make import make_of_line  # loaded when something is first made

        written = line(self.area.document.get_line(self.area.cursor_location[0]))
        await make_of_line(self, self.note, written.removeprefix("- ").strip())

    # -- leaving ------------------------------------------------------------------------------

    def action_back(self) -> None:
        """Go back. Everything is saved already; a note without text is deleted."""
        if self._gives_way:
            super().action_back()
            return
        self.store.end_typing()
        note = self.store.get(Note, self.note.id)
        said = finish(self, note) if note is not None else ""
        below = self.app.screen_stack[-2]
        self.dismiss()
        if said and isinstance(below, BaseScreen):
            below.say(said)


def _only_mentee(store: Store) -> str:
    running = mentees(store)
    return running[0].id if len(running) == 1 else ""
