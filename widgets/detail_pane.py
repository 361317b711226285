"""What there is to know about one thing: labelled texts, wrapped, scrolled with the arrows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len, chop_cells
from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Offset, Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from widgets.grid_model import fit

LABEL = 17
"""Cells for a label that stands beside its text."""
BESIDE = 54
"""Width from which labels stand beside their texts instead of above them."""
WIDEST = 100
"""Longer lines than this are hard to read."""


@dataclass(frozen=True, slots=True)
class Part:
    """A text under a label. Text is shown as it is, never as markup."""

    label: str
    text: str
    quiet: bool = False
    """Drawn as secondary."""


@dataclass(frozen=True, slots=True)
class _Line:
    label: str = ""
    text: str = ""
    strong: bool = False
    quiet: bool = False


def wrap(text: str, width: int) -> list[str]:
    """Return the text in lines of at most `width` cells, broken between words where it can be."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        indent = paragraph[: len(paragraph) - len(paragraph.lstrip())][: width // 2]
        line = indent
        for word in paragraph.split():
            joined = word if line == indent else f" {word}"
            if cell_len(line) + cell_len(joined) <= width:
                line += joined
                continue
            if line != indent:
                lines.append(line)
            *whole, line = chop_cells(word, width)
            lines.extend(whole)
        lines.append(line)
    return lines


class DetailPane(ScrollView, can_focus=True):
    """A heading and labelled texts. Shown anew it redraws only the lines that differ."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", show=False),
        Binding("down,j", "move(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
    ]

    COMPONENT_CLASSES: ClassVar[set[str]] = {"detail--heading", "detail--label", "detail--quiet"}

    DEFAULT_CSS = """
    DetailPane { height: 1fr; overflow-x: hidden; scrollbar-size-vertical: 1; }
    DetailPane .detail--heading { text-style: bold; }
    DetailPane .detail--label { color: $text-muted; }
    DetailPane .detail--quiet { color: $text-muted; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        """Make an empty pane."""
        super().__init__(id=id)
        self.heading = ""
        self.parts: tuple[Part, ...] = ()
        self._lines: tuple[_Line, ...] = ()

    @property
    def plain(self) -> str:
        """What it shows, in and out of sight, as plain text."""
        texts = [f"{part.label}: {part.text}" if part.label else part.text for part in self.parts]
        return "\n".join([self.heading, *texts])

    def show(self, heading: str, parts: Sequence[Part]) -> None:
        """Show these; scrolled to the top where the heading is another one."""
        top = heading != self.heading
        self.heading, self.parts = heading, tuple(parts)
        self._lay_out()
        if top and self.scroll_offset.y:
            self.scroll_to(y=0, animate=False, immediate=True, force=True)

    @property
    def _beside(self) -> bool:
        """Whether labels stand beside their texts."""
        return self.size.width > BESIDE and any(part.label for part in self.parts)

    def _lay_out(self) -> None:
        before = self._lines
        # As if the scrollbar stood there always: whether it does is known only after wrapping.
        self._lines = tuple(self._laid(self.size.width - 1))
        self.virtual_size = Size(self.size.width, len(self._lines))
        top, empty = self.scroll_offset.y, _Line()
        for y in range(self.size.height):
            old, new = (
                lines[top + y] if top + y < len(lines) else empty for lines in (before, self._lines)
            )
            if old != new:
                self.refresh(Region(0, y, self.size.width, 1))

    def _laid(self, width: int) -> Iterator[_Line]:
        if width < 3:
            return
        if self.heading:
            yield from (_Line(text=text, strong=True) for text in wrap(self.heading, width - 2))
        beside = self._beside
        room = min(width - 2 - (LABEL if beside else 0), WIDEST)
        for part in self.parts:
            label = part.label
            if label and not beside:
                yield _Line(label=label)
                label = ""
            for text in wrap(part.text, room):
                yield _Line(label, text, quiet=part.quiet)
                label = ""

    def on_resize(self, _event: events.Resize) -> None:
        """Wrap for the new width."""
        self._lines = ()
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
        """Scroll by lines."""
        self.scroll_to(
            y=self.scroll_offset.y + lines, animate=False, immediate=True, force=True
        )  # fmt: skip

    def action_page(self, way: int) -> None:
        """Scroll by a page."""
        self.action_move(way * max(self.size.height - 1, 1))

    def render_line(self, y: int) -> Strip:
        """Draw one line of the widget."""
        width, base = self.scrollable_content_region.width, self.rich_style
        index = y + self.scroll_offset.y
        if index >= len(self._lines):
            return Strip.blank(width, base)
        line = self._lines[index]
        segments = [Segment(" ", base)]
        if self._beside and not line.strong:
            label = self.get_component_rich_style("detail--label")
            segments.append(Segment(fit(line.label, LABEL - 1) + " ", label))
        elif line.label:
            label = self.get_component_rich_style("detail--label")
            segments.append(Segment(line.label, label))
        style = base
        if line.strong:
            style = self.get_component_rich_style("detail--heading")
        elif line.quiet:
            style = self.get_component_rich_style("detail--quiet")
        segments.append(Segment(line.text, style))
        return Strip(segments).adjust_cell_length(width, base)
