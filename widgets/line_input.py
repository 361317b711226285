"""One line to type in, without border, blink or painted cursor."""

from __future__ import annotations

from rich.style import Style
from textual import events
from textual.geometry import Offset
from textual.widgets import Input

from data.text import clean


class LineInput(Input):
    """One line. Several pasted lines become one; tabbing into it selects nothing."""

    DEFAULT_CSS = """
    LineInput {
        border: none;
        height: 1;
        padding: 0;
        &:focus { border: none; }
    }
    """

    def __init__(self, value: str = "", *, placeholder: str = "", id: str | None = None) -> None:
        """Begin with `value`, the cursor behind it."""
        super().__init__(value, placeholder=placeholder, id=id, compact=True, select_on_focus=False)
        self.cursor_blink = False

    @property
    def cursor_screen_offset(self) -> Offset:
        """Where the cursor is; at the end right behind the last letter."""
        return super().cursor_screen_offset - (1 if self.cursor_at_end else 0, 0)

    def get_component_rich_style(
        self, *names: str, partial: bool = False, default: Style | None = None
    ) -> Style:
        """Return a part's style; the cursor has none, for the terminal shows its own."""
        if names == ("input--cursor",):
            return Style.null()
        return super().get_component_rich_style(*names, partial=partial, default=default)

    def on_key(self, event: events.Key) -> None:
        """A letter with Alt is a command that nobody knows, not a letter."""
        if event.key.startswith("alt+"):
            event.prevent_default()

    def on_paste(self, event: events.Paste) -> None:
        """Insert what was pasted, on one line."""
        event.stop()
        event.prevent_default()
        text = clean(event.text.strip("\r\n"), lines=False)
        if self.selection.is_empty:
            self.insert_text_at_cursor(text)
        else:
            self.replace(text, *self.selection)
