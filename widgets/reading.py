"""Text to read: headings, paragraphs and lists, scrolled with the arrows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content, Span
from textual.geometry import Offset
from textual.widgets import Static

HEADING = "heading"
"""First of a pair in `ReadingPane.show`: the text is a heading."""
QUIET = "quiet"
"""The text is secondary."""
PLAIN = ""


class ReadingPane(VerticalScroll, can_focus=True):
    """A column of text at most 76 cells wide."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "scroll_down", show=False),
        Binding("k", "scroll_up", show=False),
        Binding("space", "page_down", show=False),
    ]

    DEFAULT_CSS = """
    ReadingPane { padding: 0 1; scrollbar-size-vertical: 1; }
    ReadingPane > Static { max-width: 76; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        """Make an empty pane."""
        super().__init__(id=id)
        self._text = Static(Content(""))
        self.plain = ""
        """What it shows, as plain text."""

    def compose(self) -> ComposeResult:
        """Lay the text."""
        yield self._text

    def show(self, parts: Sequence[tuple[str, str]]) -> None:
        """Show (kind, text) pairs: `HEADING`, `QUIET` or `PLAIN`. Text is never markup."""
        text, spans = "", []
        for kind, part in parts:
            start = len(text)
            text += part + "\n"
            if kind == HEADING:
                spans.append(Span(start, start + len(part), "bold"))
            elif kind == QUIET:
                spans.append(Span(start, start + len(part), "$text-muted"))
        self.plain = text
        self._text.update(Content(text.rstrip("\n"), spans))

    def to_top(self) -> None:
        """Scroll to the beginning."""
        self.scroll_home(animate=False)

    @property
    def cursor_screen_offset(self) -> Offset:
        """Where the terminal's cursor belongs: at the beginning of what is in sight."""
        return self.content_region.offset

    def on_focus(self) -> None:
        """Put the terminal's cursor at the text."""
        self.app.cursor_position = self.cursor_screen_offset


class Footnote(Static):
    """A few lines under a list: what its cursor stands on, in full."""

    DEFAULT_CSS = """
    Footnote { height: 3; padding: 0 1; background: $surface; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        """Make an empty one."""
        super().__init__(Content(""), id=id)
        self.plain = ""
        """What it shows, as plain text."""

    def show(self, heading: str = "", *lines: str) -> None:
        """Show a heading and lines, without the empty ones. Text is never markup."""
        text = "\n".join(filter(None, (heading, *lines)))
        if text != self.plain:
            self.plain = text
            self.update(Content(text, [Span(0, len(heading), "bold")]), layout=False)
