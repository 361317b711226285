"""A line to type in, without a border. Its cursor is the terminal's own and does not blink."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import ClassVar, Final

from rich.style import Style
from textual import events, on
from textual.binding import Binding, BindingType
from textual.geometry import Offset, Region
from textual.widgets import Input

from data.i18n import N_, _
from data.text import clean
from widgets.edit_messages import Understood
from widgets.keys import OWN_EDITOR
from widgets.spoken import Spoken, in_rows

_TAB: Final = re.compile(r"\t")
_TAB_OR_ENTER: Final = re.compile(r"\t|\r\n?|\n")
_JOINED: Final = re.compile(r"[\t\r\n]")
"""What becomes a blank in a line."""


class LineInput(Input):
    """A line of text.

    Of a pasted text, what stands behind a tab belongs into the field after this, where there is one
    (`on_more`). Otherwise tabs and line breaks become blanks, and that is said. In every field,
    whatever it holds, the cursor is behind the text and typing goes on there: no key replaces what
    stands in it. Ctrl+U empties it, and once more brings back what it emptied.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+u", "empty", N_("Empty the field"), show=False),
        OWN_EDITOR,
    ]

    DEFAULT_CSS = """
    LineInput {
        border: none;
        height: 1;
        padding: 0;
        &:focus { border: none; }
    }
    """

    def __init__(self, value: str = "", *, placeholder: str = "", id: str | None = None) -> None:
        """Make a line.

        Args:
            value: What stands in it at first; the cursor is behind it.
            placeholder: What an empty line shows in place of a text.
            id: Id of the widget.
        """
        super().__init__(value, placeholder=placeholder, id=id, compact=True, select_on_focus=False)
        self.cursor_blink = False
        self._emptied = ""
        """What Ctrl+U has taken out."""
        self.on_more: Callable[[Sequence[str]], None] | None = None
        """Takes what was pasted behind a tab, for the fields after this one."""

    def action_empty(self) -> None:
        """Empty the line; where it is empty, bring back what was taken out."""
        self.value, self._emptied = ("", self.value) if self.value else (self._emptied, "")
        self.action_end()

    @property
    def cursor_screen_offset(self) -> Offset:
        """Where the terminal's cursor belongs.

        At the end of the text it is right behind the last letter. Textual puts it one cell further,
        where it would have painted its own.
        """
        return super().cursor_screen_offset - (1 if self.cursor_at_end else 0, 0)

    def spoken(self) -> Spoken:
        """Return what stands in the line, in rows as wide as the terminal."""
        rows, caret = in_rows(self.value, self.cursor_position, self.app.size.width)
        return Spoken(rows=rows, caret=caret, hint="" if self.value else str(self.placeholder))

    def get_component_rich_style(
        self, *names: str, partial: bool = False, default: Style | None = None
    ) -> Style:
        """Return the style of a part of the line.

        The cursor has none: the terminal shows its own, and two cursors would be confusing.
        """
        if names == ("input--cursor",):
            return Style.null()
        return super().get_component_rich_style(*names, partial=partial, default=default)

    @on(events.Focus)
    @on(events.Resize)
    def _show_cursor(self) -> None:
        """Scroll to the cursor, which the toolkit does only when it moves.

        Until the line has the focus, the beginning of its text is in sight.
        """
        if self.has_focus:
            at = self.cursor_screen_offset.x - self.content_region.x + self.scroll_offset.x
            self.scroll_to_region(Region(at, 0, 1, 1), force=True, animate=False)

    def on_key(self, event: events.Key) -> None:
        """Ignore keys with Alt. Textual would type the letter, which nobody means by it."""
        if event.key.startswith("alt+"):
            event.prevent_default()

    def on_paste(self, event: events.Paste) -> None:
        """Insert the pasted text on one line, cleaned, in place of the selection if there is one.

        Textual's own way would insert the first line only. Keys that were typed while the line
        stood still come as a paste too: Enter then goes on to the next field, as Tab does.
        """
        event.stop()
        event.prevent_default()
        text = event.text.strip("\r\n")
        more: list[str] = []
        if self.on_more is not None:
            ends = _TAB_OR_ENTER if getattr(event, "as_typed", False) else _TAB
            text, *more = ends.split(text)
        self.put(text)
        if self.on_more is not None and more:
            self.on_more(more)

    def put(self, text: str) -> None:
        """Insert a text on one line, cleaned; say so where that joins several parts of it."""
        line = clean(text, lines=False)
        if self.selection.is_empty:
            self.insert_text_at_cursor(line)
        else:
            self.replace(line, *self.selection)
        if _JOINED.search(text.strip()):
            # Later, because what checks the text says something about it and would replace this.
            self.call_after_refresh(self._say_joined)

    def _say_joined(self) -> None:
        self.post_message(Understood(_("Pasted on one line: line breaks and tabs are blanks here")))
