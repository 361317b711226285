"""Labelled texts one above the other; the one being written in has the room."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from widgets.note_area import NoteArea


@dataclass(frozen=True, slots=True)
class WordField:
    """One text."""

    key: str
    label: str
    text: str = ""
    opening: str = ""
    """Stands in an empty field to write on from; alone it is no text."""


class _Slot(Vertical):
    """A label over a text."""

    DEFAULT_CSS = """
    _Slot { height: 3; }
    _Slot > .word-label { height: 1; color: $text-muted; }
    _Slot > NoteArea { height: 1fr; }
    _Slot:focus-within { height: 1fr; min-height: 3; }
    _Slot:focus-within > .word-label { color: $foreground; text-style: bold; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.field = WordField("", "")
        self.label = Static(Content(""), classes="word-label")
        self.area = NoteArea()

    def compose(self) -> ComposeResult:
        """Lay label and text."""
        yield self.label
        yield self.area

    def show(self, field: WordField) -> None:
        """Show a text; one that reads the same keeps its cursor.

        One that somebody else has changed stays as it is while the user types in it.
        """
        before, shown = self.field, field.text or field.opening
        if field.label != before.label:
            self.label.update(Content(field.label))
        own, self.field = self.text, field
        if field.key != before.key:
            self.area.text = shown
            self.area.move_cursor(self.area.document.end)
        elif own != field.text and not self.area.bring(shown, has_own=bool(own)):
            self.field = replace(field, text=before.text)

    @property
    def text(self) -> str:
        """What was written; an opening that nobody has written on from is nothing."""
        text = self.area.text
        opening = self.field.opening
        return "" if opening and text.strip() == opening.strip() else text


class WordFields(Vertical):
    """A few texts by key. They post what is typed and keep nothing themselves.

    `NoteArea.Paused` comes from them when they are to be shown again, with what others wrote.
    """

    MOST = 3

    DEFAULT_CSS = """
    WordFields { height: 1fr; }
    """

    class Typed(Message):
        """A text was changed by its user; `take` hands over what it reads by now."""

        def __init__(self, key: str, text: str) -> None:
            """Make it."""
            super().__init__()
            self.key = key
            self.text = text

    class Entered(Message):
        """A text got the focus."""

        def __init__(self, key: str) -> None:
            """Make it."""
            super().__init__()
            self.key = key

    def __init__(self, *, id: str | None = None) -> None:
        """Make fields; `show` says which."""
        super().__init__(id=id)
        self.keep: Callable[[], None] = lambda: None
        """Called within each edit, and so before it is drawn: `take` then has what it changed.
        `Typed` may come after that."""
        self._slots = tuple(_Slot() for _n in range(self.MOST))
        for slot in self._slots:
            slot.area.keep = lambda _before, _text: self.keep()

    def compose(self) -> ComposeResult:
        """Lay the slots."""
        yield from self._slots

    def show(self, fields: Sequence[WordField]) -> None:
        """Show these texts, `MOST` at the most. A text that reads the same stays as it is."""
        for number, slot in enumerate(self._slots):
            slot.display = number < len(fields)
            if number < len(fields):
                slot.show(fields[number])

    @property
    def keys(self) -> list[str]:
        """The keys of the texts shown."""
        return [slot.field.key for slot in self._slots if slot.display]

    @property
    def active(self) -> str:
        """The key of the text that has the focus, or ""."""
        return next((slot.field.key for slot in self._slots if slot.area.has_focus), "")

    def enter(self, key: str) -> None:
        """Give the focus to a text; to the first where there is none with that key."""
        shown = [slot for slot in self._slots if slot.display]
        chosen = next((slot for slot in shown if slot.field.key == key), shown[0])
        chosen.area.focus()

    def text(self, key: str) -> str:
        """Return what a text reads now."""
        return next((slot.text for slot in self._slots if slot.field.key == key), "")

    @property
    def line(self) -> str:
        """The line that the cursor is on, without blanks around it; "" without focus."""
        for slot in self._slots:
            if slot.area.has_focus:
                row = slot.area.cursor_location[0]
                return str(slot.area.document.get_line(row)).strip()
        return ""

    def take(self) -> list[tuple[str, str, str]]:
        """Return the texts that have been changed since they were shown or taken.

        Each is its key, what it read then, and what it reads now.

        Take them when `Typed` tells of one, and before showing other texts: what is not taken then
        would be overwritten by what stood there before.
        """
        found = []
        for slot in self._slots:
            if slot.display and slot.text != slot.field.text:
                found.append((slot.field.key, slot.field.text, slot.text))
                slot.field = replace(slot.field, text=slot.text)
        return found

    @on(NoteArea.Edited)
    def _tell_typed(self, event: NoteArea.Edited) -> None:
        event.stop()
        for slot in self._slots:
            if slot.display and slot.text != slot.field.text:
                self.post_message(self.Typed(slot.field.key, slot.text))

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Tell which text is being written in."""
        for slot in self._slots:
            if slot.area is event.widget:
                self.post_message(self.Entered(slot.field.key))
