"""Texts that say so where they have no room."""

from __future__ import annotations

from rich.cells import cell_len
from rich.segment import Segment
from textual.content import Content
from textual.strip import Strip
from textual.widgets import Static

from widgets.glyphs import glyphs


class Marked(Static):
    """A text whose last line ends in "…" where there is no room for all of it."""

    def __init__(
        self, content: Content, *, mark: str = "", id: str | None = None, classes: str = ""
    ) -> None:
        """Make it; `mark` stands behind the "…", such as the key that shows the rest."""
        super().__init__(content, id=id, classes=classes or None)
        self._mark = mark

    @property
    def is_cut(self) -> bool:
        """Whether there is no room for all that is shown."""
        width, height = self.size
        if not width or not height:
            return False
        return self.get_content_height(self.size, self.app.size, width) > height

    def render_line(self, y: int) -> Strip:
        """Draw a line; the last one says where there is more."""
        strip = super().render_line(y)
        width, height = self.size
        if y < height - 1 or not self.is_cut:
            return strip
        mark, words = f"{glyphs('…')} {self._mark}".rstrip(), cell_len(strip.text.rstrip())
        if words + cell_len(mark) < width:
            mark = f" {mark}"
        end = min(words, max(width - cell_len(mark), 0))
        begins = strip.crop(0, end).adjust_cell_length(end)
        line = Strip([*begins, Segment(mark, self.rich_style)])
        return line.adjust_cell_length(width, self.rich_style)


class Instead(Marked):
    """A text in place of a list; where rows are few, without its margin and its blank lines."""

    DEFAULT_CSS = """
    Instead { height: 1fr; padding: 1 2 0 2; }
    Instead.-tight { padding: 0 1; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        """Make it without a text."""
        super().__init__(Content(""), id=id)
        self.plain = ""
        """The text that is to be shown, with its blank lines."""

    def show(self, text: str) -> None:
        """Show a text, which is never taken for markup."""
        if text != self.plain:
            self.plain = text
            self._draw()

    def on_resize(self) -> None:
        """Use the new room."""
        self._draw()

    def _draw(self) -> None:
        content, (width, height) = Content(self.plain), self.outer_size
        is_tight = bool(width) and content.get_height({}, max(width - 4, 1)) > height - 1
        if is_tight:
            content = Content("\n".join(filter(None, self.plain.split("\n"))))
        self.set_class(is_tight, "-tight")
        # It takes the room that is left, so the rest of the screen need not be laid out again.
        self.update(content, layout=False)
