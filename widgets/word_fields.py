"""A few labelled texts one above the other, such as the words of mentee and mentor in a talk.

They share the room there is. An empty text that does not have the focus leaves its part to others.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message

from widgets.marked import Marked
from widgets.note_area import NoteArea


@dataclass(frozen=True, slots=True)
class WordField:
    """A text, and how it is shown."""

    key: str
    """Tells the texts apart."""
    label: str
    """The heading above it."""
    text: str = ""
    opening: str = ""
    """Words to begin with, which an empty field shows. By themselves they count as no text."""


class _Slot(Vertical):
    """A label with a text below it. It can show one text after the other."""

    DEFAULT_CSS = """
    _Slot { height: 1fr; min-height: 2; }
    _Slot.-empty { height: 3; }
    _Slot > .word-label { height: 1; color: $text-muted; }
    _Slot > NoteArea { height: 1fr; }
    _Slot:focus-within { height: 1fr; min-height: 3; }
    _Slot:focus-within > .word-label { color: $foreground; text-style: bold; }
    """

    def __init__(self) -> None:
        super().__init__(classes="-empty")
        self.field = WordField("", "")
        self.label = Marked(Content(""), classes="word-label")
        self.area = NoteArea()

    def compose(self) -> ComposeResult:
        """Put the label above the text."""
        yield self.label
        yield self.area

    def show(self, field: WordField) -> None:
        """Show a text.

        A text that is shown already keeps its cursor. If somebody else has changed it, it stays as
        it is for as long as the user types in it.
        """
        before, shown = self.field, field.text or field.opening
        if field.label != before.label:
            self.label.update(Content(field.label))
        own, self.field = self.text, field
        if field.key != before.key:
            self.area.text = shown
            self.area.move_cursor(self.area.document.end)
        elif own != field.text and not self.area.show_changed_elsewhere(shown, has_own=bool(own)):
            # The user goes on writing in the text as it was, so edits count from that.
            self.field = replace(field, text=before.text)
        self.take_room()

    def take_room(self) -> None:
        """Take a part of the room where there is something to read, else a line or two."""
        self.set_class(not self.area.text.strip(), "-empty")

    @property
    def text(self) -> str:
        """What has been written: "" if only the words to begin with are there."""
        text = self.area.text
        opening = self.field.opening
        return "" if opening and text.strip() == opening.strip() else text


class WordFields(Vertical):
    """Shows a few texts, and says which of them the user has changed.

    It posts `NoteArea.Paused` when the texts are to be shown again, as others have changed them.
    """

    MOST = 3
    """How many texts it can show."""

    DEFAULT_CSS = """
    WordFields { height: 1fr; }
    """

    class Typed(Message):
        """Posted when the user has changed a text. `take` then returns what it reads by now."""

        def __init__(self, key: str, text: str) -> None:
            """Make the message: the key of the text, and what it read when this was posted."""
            super().__init__()
            self.key = key
            self.text = text

    class Entered(Message):
        """Posted when a text has got the focus."""

        def __init__(self, key: str) -> None:
            """Make the message; `key` is that of the text."""
            super().__init__()
            self.key = key

    def __init__(self, *, id: str | None = None) -> None:
        """Make the widget without texts; `show` gives it some."""
        super().__init__(id=id)
        self.keep: Callable[[], None] = lambda: None
        """Called as a part of each edit, before it is drawn. `take` then returns what has changed.

        `Typed` may arrive after the text has been drawn, which is too late to save it.
        """
        self._slots = tuple(_Slot() for _n in range(self.MOST))
        for slot in self._slots:
            slot.area.keep = lambda _before, _text: self.keep()

    def compose(self) -> ComposeResult:
        """Put the slots one above the other."""
        yield from self._slots

    def show(self, fields: Sequence[WordField]) -> None:
        """Show these texts, at most `MOST`. A text that has not changed keeps its cursor."""
        for number, slot in enumerate(self._slots):
            slot.display = number < len(fields)
            if number < len(fields):
                slot.show(fields[number])

    @property
    def keys(self) -> list[str]:
        """The keys of the texts that are shown, from the top."""
        return [slot.field.key for slot in self._slots if slot.display]

    @property
    def active(self) -> str:
        """The key of the text that has the focus; "" if none has."""
        return next((slot.field.key for slot in self._slots if slot.area.has_focus), "")

    @property
    def cut_labels(self) -> list[str]:
        """The headings that have no room for all that they say."""
        return [slot.field.label for slot in self._slots if slot.display and slot.label.is_cut]

    @property
    def label(self) -> str:
        """The heading of the text that has the focus; "" if none has."""
        return next((slot.field.label for slot in self._slots if slot.area.has_focus), "")

    def enter(self, key: str) -> None:
        """Give the focus to the text with this key, or to the first if there is none."""
        shown = [slot for slot in self._slots if slot.display]
        chosen = next((slot for slot in shown if slot.field.key == key), shown[0])
        chosen.area.focus()

    def text(self, key: str) -> str:
        """Return what the text with this key reads now; "" if there is none."""
        return next((slot.text for slot in self._slots if slot.field.key == key), "")

    @property
    def line(self) -> str:
        """The line that the cursor is on, without outer blanks; "" if no text has the focus."""
        for slot in self._slots:
            if slot.area.has_focus:
                row = slot.area.cursor_location[0]
                return str(slot.area.document.get_line(row)).strip()
        return ""

    def take(self) -> list[tuple[str, str, str]]:
        """Return the texts that the user has changed since they were shown or last taken.

        Whoever owns the widget takes them when `Typed` is posted, and before it shows other texts:
        what has not been taken by then would be lost.

        Returns:
            For each text its key, what it read then, and what it reads now.
        """
        found = []
        for slot in self._slots:
            if slot.display and slot.text != slot.field.text:
                found.append((slot.field.key, slot.field.text, slot.text))
                slot.field = replace(slot.field, text=slot.text)
        return found

    @on(NoteArea.Edited)
    def _post_typed(self, event: NoteArea.Edited) -> None:
        """Post `Typed` for each text that the user has changed since it was last taken."""
        event.stop()
        for slot in self._slots:
            if slot.display and slot.text != slot.field.text:
                self.post_message(self.Typed(slot.field.key, slot.text))

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """Leave room in the text that was written in, or take it back."""
        for slot in self._slots:
            if slot.area is event.widget:
                slot.take_room()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Post `Entered` for the text that has got the focus."""
        for slot in self._slots:
            if slot.area is event.widget:
                self.post_message(self.Entered(slot.field.key))
