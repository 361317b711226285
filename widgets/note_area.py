"""Several lines to write in, with the terminal's own cursor and nothing that moves by itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from rich.style import Style
from textual import events
from textual.document._document import Selection
from textual.geometry import Offset
from textual.message import Message
from textual.widgets import TextArea
from textual.widgets.text_area import TextAreaTheme

from data.text import clean

_UNPAINTED: Final = TextAreaTheme("unpainted", cursor_style=Style.null())
"""Colours come from the style sheet; the cursor is the terminal's."""


class NoteArea(TextArea):
    """A note. Posts `NoteArea.Edited` with the whole text after every change.

    Its container says how high it is; with `height: auto` it grows with its text. Tab leaves it.
    """

    DEFAULT_CSS = """
    NoteArea {
        border: none;
        padding: 0;
        scrollbar-size: 0 1;
        &:focus { border: none; }
    }
    """

    @dataclass
    class Edited(Message):
        """The text has changed."""

        area: NoteArea
        """The field."""

        text: str
        """All that stands in it now."""

        @property
        def control(self) -> NoteArea:
            """The field, for `@on`'s selector."""
            return self.area

    def __init__(self, text: str = "", *, placeholder: str = "", id: str | None = None) -> None:
        """Begin with `text`, the cursor behind it."""
        super().__init__(
            text,
            id=id,
            placeholder=placeholder,
            compact=True,
            soft_wrap=True,
            show_line_numbers=False,
            highlight_cursor_line=False,
        )
        self.cursor_blink = False
        self.match_cursor_bracket = False
        self.register_theme(_UNPAINTED)
        self.theme = _UNPAINTED.name
        self.set_reactive(TextArea.selection, Selection.cursor(self.document.end))

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Tell it in our own words."""
        event.stop()
        self.post_message(self.Edited(self, self.text))

    def on_key(self, event: events.Key) -> None:
        """A letter with Alt is a command that nobody knows, not a letter."""
        if event.key.startswith("alt+"):
            event.prevent_default()

    def on_paste(self, event: events.Paste) -> None:
        """Insert what was pasted: all its lines, none of its control characters."""
        event.stop()
        event.prevent_default()
        if not self.read_only:
            start, end = self.selection
            result = self.replace(
                clean(event.text, lines=True), start, end, maintain_selection_offset=False
            )
            self.move_cursor(result.end_location)

    def scroll_cursor_visible(self, center: bool = False, animate: bool = False) -> Offset:
        """Scroll to the cursor; not in the middle of an undo, while it is beyond the text."""
        row, column = self.selection.end
        if row >= self.document.line_count or column > len(self.document.get_line(row)):
            return Offset(0, 0)
        return super().scroll_cursor_visible(center, animate)
