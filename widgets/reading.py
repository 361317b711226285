"""Widgets for text that is only read: a pane that scrolls, and a note under a list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, Final

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content, Span
from textual.geometry import Offset
from textual.widgets import Static

from data.addresses import addresses
from widgets.copying import Part, UnderCursor
from widgets.heard_lines import HeardLines, Line
from widgets.spoken import Spoken
from widgets.vim_moves import VIM_KEYS, VimMoves
from widgets.wrapping import with_addresses_cut, wrap, wrap_within

# The kinds of text that `ReadingPane.show` takes, as the first of each pair.

HEADING = "heading"
"""A heading, drawn bold."""
QUIET = "quiet"
"""Text that is less important and drawn so."""
PLAIN = ""
"""Ordinary text."""
WIDEST: Final = 76
"""How many cells wide a text is at most: longer lines are hard to read."""


class ReadingPane(VimMoves, VerticalScroll, can_focus=True):
    """A column of text, scrolled with the arrows.

    It is at most 76 cells wide, however wide the terminal is, because longer lines are hard to
    read.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "scroll_down", show=False),
        Binding("k", "scroll_up", show=False),
        Binding("space", "page_down", show=False),
        *VIM_KEYS,
    ]

    DEFAULT_CSS = """
    ReadingPane { padding: 0 1; scrollbar-size-vertical: 1; }
    ReadingPane > Static { max-width: 76; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        """Make an empty pane."""
        super().__init__(id=id)
        self._text = Static(Content(""))
        self._parts: tuple[tuple[str, str], ...] = ()
        self.plain = ""
        """The text that is shown, without its styles; an address that has no room is whole here."""
        self._heard = HeardLines(self, self._all_lines)

    def compose(self) -> ComposeResult:
        """Put the text into the pane."""
        yield self._text

    def show(self, parts: Sequence[tuple[str, str]]) -> None:
        """Show a text, which is never taken for markup.

        Args:
            parts: Pairs of a kind (`HEADING`, `QUIET` or `PLAIN`) and a text. Each begins on a line
                of its own; an empty text makes an empty line.
        """
        self._parts = tuple(parts)
        self.plain = "".join(f"{part}\n" for _kind, part in parts)
        self._draw()

    @on(events.Resize)
    def _use_width(self) -> None:
        """Cut or show addresses as there is room now."""
        if addresses(self.plain):
            self._draw()

    def _draw(self) -> None:
        text, spans = "", []
        width = min(self.scrollable_content_region.width, WIDEST)
        for kind, part in self._parts:
            start = len(text)
            shown = with_addresses_cut(part, width) if width else part
            text += shown + "\n"
            if kind == HEADING:
                spans.append(Span(start, start + len(shown), "bold"))
            elif kind == QUIET:
                spans.append(Span(start, start + len(shown), "$text-muted"))
        text = text.rstrip("\n")
        # Textual fails where a style is that of no letter, or of one after the end.
        ended = (Span(one.start, min(one.end, len(text)), one.style) for one in spans)
        self._text.update(Content(text, [one for one in ended if one.start < one.end]))

    def under_cursor(self) -> UnderCursor | None:
        """Return the whole page."""
        text = self.plain.rstrip()
        return UnderCursor(text, Part.PAGE) if text else None

    # -- heard line by line -------------------------------------------------------------------

    def _all_lines(self) -> Sequence[Line]:
        return [(line, kind == HEADING) for kind, part in self._parts for line in part.split("\n")]

    def spoken(self) -> Spoken:
        """Return the line that one listens to."""
        return self._heard.spoken()

    def action_scroll_down(self) -> None:
        """Scroll by a line, or go on to the next one where the page is heard."""
        self._step(1, super().action_scroll_down)

    def action_scroll_up(self) -> None:
        """The same in the other direction."""
        self._step(-1, super().action_scroll_up)

    def action_page_down(self) -> None:
        """Scroll by a page, or go on to the next heading where the page is heard."""
        self._leap(1, super().action_page_down)

    def action_page_up(self) -> None:
        """The same in the other direction."""
        self._leap(-1, super().action_page_up)

    def action_scroll_home(self) -> None:
        """Go to the beginning."""
        self.to_edge(-1)

    def action_scroll_end(self) -> None:
        """Go to the end."""
        self.to_edge(1)

    def _step(self, way: int, scroll: Callable[[], None]) -> None:
        if self._heard.wanted:
            self._heard.move(way)
        else:
            scroll()

    def _leap(self, way: int, scroll: Callable[[], None]) -> None:
        if self._heard.wanted:
            self._heard.to_heading(way)
        else:
            scroll()

    # -- moving -------------------------------------------------------------------------------

    def place(self) -> int:
        """Return the line at the top, or the one that is heard."""
        return self._heard.at if self._heard.wanted else self.scroll_offset.y

    def to_edge(self, way: int) -> None:
        """Scroll to the end (`way` is 1) or to the beginning (-1), at once."""
        if self._heard.wanted:
            self._heard.to_edge(way)
            return
        self.scroll_to(y=self.max_scroll_y if way > 0 else 0, animate=False)

    def by_half_page(self, way: int) -> None:
        """Scroll half a page on (`way` is 1) or back (-1), at once."""
        if self._heard.wanted:
            self._heard.to_heading(way)
            return
        self.scroll_relative(y=way * max(self.size.height // 2, 1), animate=False)

    def to_top(self) -> None:
        """Scroll to the beginning, at once."""
        self._heard.at = 0
        self.scroll_home(animate=False)

    @property
    def cursor_screen_offset(self) -> Offset:
        """Where the terminal's cursor belongs: at the first line in sight."""
        return self.content_region.offset

    def on_focus(self) -> None:
        """Put the terminal's cursor at the text."""
        self.app.cursor_position = self.cursor_screen_offset


class Footnote(Static):
    """A few lines under a list that show in full what the list's cursor stands on.

    Its height never changes, so that the list above it stays where it is.
    """

    DEFAULT_CSS = """
    Footnote { height: 3; padding: 0 1; background: $surface; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        """Make an empty footnote."""
        super().__init__(Content(""), id=id)
        self.plain = ""
        """The text that is to be shown, without its styles."""
        self._heading = ""

    def show(self, heading: str = "", *lines: str) -> None:
        """Show a heading and some lines, which are never taken for markup.

        Empty lines are left out. Nothing is drawn if the text is the same as before.
        """
        text = "\n".join(filter(None, (heading, *lines)))
        if text != self.plain:
            self.plain, self._heading = text, heading
            self._draw()

    def lines_of(self, heading: str = "", *lines: str) -> int:
        """Return how many lines `show` would need for a heading and some lines."""
        width = self.content_size.width
        return len(wrap("\n".join(filter(None, (heading, *lines))), width)) if width else 0

    def on_resize(self) -> None:
        """Use the new width."""
        self._draw()

    def _draw(self) -> None:
        """Draw the text; where it has no room its last line ends in "…"."""
        text, (width, height) = self.plain, self.content_size
        if width and height and self.styles.text_wrap == "wrap" and len(wrap(text, width)) > height:
            text = "\n".join(wrap_within(text, width, height))
        # The height is fixed, so the rest of the screen need not be laid out again.
        self.update(Content(text, [Span(0, len(self._heading), "bold")]), layout=False)
