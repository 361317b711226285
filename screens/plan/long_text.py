"""A long text of a task, written where the details of the task stand."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from data.i18n import N_, _
from data.method.plan.fields import field_label
from data.records import Task
from data.store.store import Store
from widgets.keys import DONE
from widgets.note_area import NoteArea
from widgets.spoken import Spoken


class LongText(Vertical):
    """A field to write a long text of a task in. Each change is saved at once."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "done(False)", N_("Back")),
        Binding("f10,ctrl+s", "done(False)", N_("Back"), show=False, key_display=DONE),
        Binding("tab", "done(True)", N_("Next cell")),
    ]

    DEFAULT_CSS = """
    LongText { height: 1fr; padding: 0 1; }
    LongText > Static { height: 1; text-style: bold; }
    LongText > NoteArea { height: 1fr; max-width: 100; }
    """

    class Done(Message):
        """Posted when the user has finished writing."""

        def __init__(self, before: Task, field: str, onward: bool) -> None:
            """Make the message.

            Args:
                before: The task as it was when the text was opened.
                field: Key of the field that was written in.
                onward: Whether to go on to the next cell.
            """
            super().__init__()
            self.before = before
            self.field = field
            self.onward = onward

    def __init__(self, store: Store) -> None:
        """Make an empty field; `open` says which text to write."""
        super().__init__()
        self.store = store
        self.label = Static(Content(""))
        self.area = NoteArea()
        self.area.keep = self._keep
        self.field = ""
        self.before: Task | None = None

    def compose(self) -> ComposeResult:
        """Put the label above the text."""
        yield self.label
        yield self.area

    def open(self, task: Task, field: str) -> None:
        """Show a text of the task, with the cursor at its end."""
        self.before, self.field = task, field
        self.label.update(Content(f"{field_label(field)}: {task.title}"), layout=False)
        self.area.text = str(getattr(task, field))
        self.area.move_cursor(self.area.document.end)
        self.area.focus()

    def go_on(self, text: str) -> None:
        """Put in what a session that died had typed in this text, in a form."""
        before, self.area.text = self.area.text, text
        self.area.move_cursor(self.area.document.end)
        self._keep(before, text)

    def names(self, spoken: Spoken) -> Spoken:
        """Return the text with what it is, and of which task."""
        title = self.before.title if self.before is not None else ""
        return replace(spoken, line=f"{field_label(self.field)} · {title}")

    def show_records(self) -> None:
        """Show what somebody else has written in the field, once the user pauses."""
        task = self._task_now()
        if task is None or not self.display:
            return
        text = str(getattr(task, self.field))
        if text != self.area.text:
            self.area.show_changed_elsewhere(text)

    def on_note_area_paused(self, event: NoteArea.Paused) -> None:
        """Show what others wrote while the user was typing."""
        event.stop()
        self.show_records()

    def _task_now(self) -> Task | None:
        return self.store.get(Task, self.before.id) if self.before else None

    def _keep(self, before: str, text: str) -> None:
        if self.before is not None and self.display:
            # If somebody else has deleted the task meanwhile, the text goes to the store all the
            # same: the store then keeps it as a conflict.
            task = self._task_now() or self.before
            what = _("{field}: {task}").format(field=field_label(self.field), task=task.title)
            self.store.type_text(task, self.field, text, what, shown=before)

    def on_descendant_blur(self, _event: events.DescendantBlur) -> None:
        """End the step of undo, so that what is written later is another one."""
        self.store.end_typing()

    def action_done(self, onward: bool) -> None:
        """Finish writing, and go on to the next cell if `onward`."""
        done = self.finish(onward)
        if done is not None:
            self.post_message(done)

    def finish(self, onward: bool = False) -> Done | None:
        """Finish writing, and return the message that says so; None if nothing was open."""
        if self.before is None:
            return None
        self.store.end_typing()
        return self.Done(self.before, self.field, onward)
