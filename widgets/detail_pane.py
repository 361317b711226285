"""A pane that shows everything about one thing, such as a task: a heading and labelled texts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Offset, Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from widgets.copying import Part, UnderCursor
from widgets.glyphs import glyphs
from widgets.grid_model import fit
from widgets.heard_lines import HeardLines, Line
from widgets.spoken import Spoken
from widgets.vim_moves import VIM_KEYS, VimMoves
from widgets.wrapping import wrap

LABEL_WIDTH = 17
"""How many cells a label takes up where it stands beside its text."""
BESIDE_WIDTH = 54
"""A pane wider than this has its labels beside the texts; a narrower one has them above."""
MAX_TEXT_WIDTH = 100
"""The longest line of text, in cells. Longer lines are hard to read."""


@dataclass(frozen=True, slots=True)
class LabelledText:
    """A text with its label. Both are shown as they are, never as markup."""

    label: str
    """What the text is; "" for a text that needs no label."""
    text: str
    """The text; it may have several lines."""
    quiet: bool = False
    """Whether it is less important and drawn so."""


@dataclass(frozen=True, slots=True)
class _Line:
    """One line as it is drawn."""

    label: str = ""
    text: str = ""
    strong: bool = False
    """Whether it belongs to the heading."""
    quiet: bool = False


class DetailPane(VimMoves, ScrollView, can_focus=True):
    """A heading and labelled texts, scrolled with the arrows and the page keys.

    The cursor of a grid beside it changes what it shows with each key, so it redraws only the lines
    that differ. For the same reason it has a scrollbar only with the focus: without, an arrow at
    the edge says that there is more, which is the same for most things.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", show=False),
        Binding("down,j", "move(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        *VIM_KEYS,
    ]

    COMPONENT_CLASSES: ClassVar[set[str]] = {"detail--heading", "detail--label", "detail--quiet"}

    DEFAULT_CSS = """
    DetailPane { height: 1fr; overflow-x: hidden; scrollbar-size-vertical: 0; }
    DetailPane:focus { scrollbar-size-vertical: 1; }
    DetailPane .detail--heading { text-style: bold; }
    DetailPane .detail--label { color: $text-muted; }
    DetailPane .detail--quiet { color: $text-muted; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        """Make an empty pane."""
        super().__init__(id=id)
        self.heading = ""
        self.texts: tuple[LabelledText, ...] = ()
        self._lines: tuple[_Line, ...] = ()
        self._heard = HeardLines(self, self._all_lines)

    @property
    def plain(self) -> str:
        """What it shows, in and out of sight, as plain text."""
        texts = [f"{one.label}: {one.text}" if one.label else one.text for one in self.texts]
        return "\n".join([self.heading, *texts])

    def _all_lines(self) -> Sequence[Line]:
        heading, *texts = self.plain.split("\n")
        return [(heading, True), *((text, False) for text in texts)]

    def spoken(self) -> Spoken:
        """Return the line that one listens to."""
        return self._heard.spoken()

    def under_cursor(self) -> UnderCursor | None:
        """Return all that it shows."""
        return UnderCursor(self.plain, Part.DETAILS) if self.plain.strip() else None

    def show(self, heading: str, texts: Sequence[LabelledText]) -> None:
        """Show a heading and texts. A new heading means another thing, so its top comes in sight.

        With the same heading the pane stays where it has been scrolled to.
        """
        is_another = heading != self.heading
        self.heading, self.texts = heading, tuple(texts)
        self._lay_out()
        if is_another:
            self._heard.at = 0
        if is_another and self.scroll_offset.y:
            self.scroll_to(y=0, animate=False, immediate=True, force=True)

    @property
    def _labels_beside(self) -> bool:
        """Whether labels stand beside their texts."""
        return self.size.width > BESIDE_WIDTH and any(one.label for one in self.texts)

    def _lay_out(self) -> None:
        """Divide heading and texts into lines, and redraw those in sight that are not the same."""
        before = self._lines
        # One cell is left for the scrollbar, whether there is one or not: whether it is needed is
        # only known once the texts are wrapped.
        self._lines = tuple(self._make_lines(self.size.width - 1))
        self.virtual_size = Size(self.size.width, len(self._lines))
        top, empty = self.scroll_offset.y, _Line()
        for y in range(self.size.height):
            old, new = (
                lines[top + y] if top + y < len(lines) else empty for lines in (before, self._lines)
            )
            is_last = y == self.size.height - 1
            if old != new or (is_last and len(before) != len(self._lines)):
                self.refresh(Region(0, y, self.size.width, 1))

    def _make_lines(self, width: int) -> Iterator[_Line]:
        """Yield the lines of the heading and the texts, in `width` cells."""
        if width < 3:  # before the first layout, or in a terminal too narrow to show anything
            return
        if self.heading:
            yield from (_Line(text=text, strong=True) for text in wrap(self.heading, width - 2))
        beside = self._labels_beside
        room = min(width - 2 - (LABEL_WIDTH if beside else 0), MAX_TEXT_WIDTH)
        for one in self.texts:
            label = one.label
            if label and not beside:
                yield _Line(label=label)
                label = ""
            for text in wrap(one.text, room):
                yield _Line(label, text, quiet=one.quiet)
                label = ""  # only the first line of a text has the label beside it

    def on_resize(self, _event: events.Resize) -> None:
        """Wrap everything for the new width."""
        self._lines = ()  # nothing of what is on the screen can stay
        self._lay_out()
        self.refresh()

    @property
    def cursor_screen_offset(self) -> Offset:
        """Where the terminal's cursor belongs: at the text."""
        return self.content_region.offset + Offset(1, 0)

    def on_focus(self) -> None:
        """Put the terminal's cursor at the text."""
        self.app.cursor_position = self.cursor_screen_offset

    def action_move(self, lines: int) -> None:
        """Scroll by a number of lines, down or (below 0) up; one hears another line instead."""
        if self._heard.wanted:
            self._heard.move(lines)
            return
        self.scroll_to(
            y=self.scroll_offset.y + lines, animate=False, immediate=True, force=True
        )  # fmt: skip

    def place(self) -> int:
        """Return the line at the top, or the one that is heard."""
        return self._heard.at if self._heard.wanted else self.scroll_offset.y

    def to_edge(self, way: int) -> None:
        """Scroll to the end (`way` is 1) or to the beginning (-1)."""
        self.action_move(way * max(len(self._lines), len(self._all_lines())))

    def by_half_page(self, way: int) -> None:
        """Scroll half a page on (`way` is 1) or back (-1)."""
        self.action_move(way * max(self.size.height // 2, 1))

    def action_page(self, way: int) -> None:
        """Scroll by a page, down (`way` is 1) or up (-1). One line of the old page stays."""
        self.action_move(way * max(self.size.height - 1, 1))

    def render_line(self, y: int) -> Strip:
        """Draw one line of the pane."""
        width, base = self.scrollable_content_region.width, self.rich_style
        index = y + self.scroll_offset.y
        if index >= len(self._lines):
            return Strip.blank(width, base)
        line = self._lines[index]
        segments = [Segment(" ", base)]
        # The blanks where a label is not are drawn as others are: that is sooner sent.
        label = self.get_component_rich_style("detail--label") if line.label else base
        if self._labels_beside and not line.strong:
            segments.append(Segment(fit(line.label, LABEL_WIDTH - 1) + " ", label))
        elif line.label:
            segments.append(Segment(line.label, label))
        style = base
        if line.strong:
            style = self.get_component_rich_style("detail--heading")
        elif line.quiet:
            style = self.get_component_rich_style("detail--quiet")
        segments.append(Segment(line.text, style))
        more = "" if self.has_focus else self._more(y)
        if not more:
            return Strip(segments).adjust_cell_length(width, base)
        strip = Strip(segments).adjust_cell_length(width - 1, base)
        return Strip([*strip, Segment(glyphs(more), base)], width)

    def _more(self, y: int) -> str:
        """Return the arrow at the edge of a line, if there is more beyond it."""
        if y == self.size.height - 1 and y + self.scroll_offset.y + 1 < len(self._lines):
            return "↓"
        return "↑" if y == 0 and self.scroll_offset.y else ""
