"""A page to read in passages, one of which is marked, so that a command can be about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from textual import events
from textual.content import Content, Span
from textual.geometry import Offset

from data.frozen import immutable
from data.i18n import _
from widgets.copying import Part, UnderCursor
from widgets.glyphs import glyphs
from widgets.reading import HEADING, QUIET, WIDEST, ReadingPane
from widgets.spoken import Spoken, listed
from widgets.wrapping import with_addresses_cut

MARGIN: Final = 2
"""How many cells at the left are for the mark."""


@immutable
class Passage:
    """A part of the page that the mark stands on as a whole."""

    id: str
    """Stays the same when the page is shown anew; "" for one that no command is about."""
    parts: tuple[tuple[str, str], ...]
    """Pairs of a kind and a text, as `ReadingPane.show` takes them."""


class PassagePane(ReadingPane):
    """A column of passages. The arrows move the mark, and scroll within a long passage."""

    def __init__(self, *, id: str | None = None) -> None:
        """Make an empty pane."""
        super().__init__(id=id)
        self._passages: tuple[Passage, ...] = ()
        self._tops: list[int] = [0]
        """On which line each passage begins; last, where the page ends."""
        self._at = 0
        """Index of the marked passage."""

    @property
    def marked(self) -> str:
        """The id of the marked passage; "" if there is none."""
        return self._passages[self._at].id if self._passages else ""

    def under_cursor(self) -> UnderCursor | None:
        """Return the marked passage."""
        if not self._passages:
            return None
        text = "\n".join(part for _kind, part in self._passages[self._at].parts).strip()
        return UnderCursor(text, Part.PASSAGE) if text else None

    def spoken(self) -> Spoken:
        """Return the marked passage, and which of how many it is."""
        if not self._passages:
            return super().spoken()
        texts = (text.strip().rstrip(".") for _kind, text in self._passages[self._at].parts)
        place = _("{number} of {all}").format(number=self._at + 1, all=len(self._passages))
        return Spoken(listed([". ".join(filter(None, texts)), place]))

    def show_passages(self, passages: Sequence[Passage]) -> None:
        """Show the passages. The mark stays on the one with its id, or else at its place."""
        before = self.marked
        self._passages = tuple(passages)
        ids = [one.id for one in passages]
        last = max(len(ids) - 1, 0)
        self._at = ids.index(before) if before and before in ids else min(self._at, last)
        self._draw()
        if self.is_mounted:
            self.call_after_refresh(self._keep_in_sight)

    def mark(self, id: str) -> None:
        """Put the mark on the passage with this id, if there is one."""
        ids = [one.id for one in self._passages]
        if id in ids:
            self._go_to(ids.index(id))

    def on_resize(self, event: events.Resize) -> None:
        """Wrap the passages anew."""
        self._draw()
        self._keep_in_sight()

    def _draw(self) -> None:
        """Draw all passages, and keep on which lines they stand."""
        room = max(min(WIDEST, self.scrollable_content_region.width) - MARGIN, 10)
        mark, blank = glyphs("▎").ljust(MARGIN), " " * MARGIN
        lines: list[Content] = []
        self._tops, plain = [], ""
        for number, passage in enumerate(self._passages):
            self._tops.append(len(lines))
            lead = Content(mark if number == self._at else blank)
            for kind, text in passage.parts:
                plain += text + "\n"
                style = {HEADING: "bold", QUIET: "$text-muted"}.get(kind, "")
                shown = with_addresses_cut(text, room)
                spans = [Span(0, len(shown), style)] if style and shown else []
                lines += [lead + line for line in Content(shown, spans).wrap(room)]
        self._tops.append(len(lines))
        self.plain = plain
        self._text.update(Content("\n").join(lines))

    def _go_to(self, number: int) -> None:
        if 0 <= number < len(self._passages) and number != self._at:
            self._at = number
            self._draw()
        self._keep_in_sight()

    def _keep_in_sight(self) -> None:
        """Scroll until the marked passage is in sight: all of it, or else its first lines."""
        if not self._passages:
            return
        top, end = self._tops[self._at], self._tops[self._at + 1]
        height = self.scrollable_content_region.height
        seen = round(self.scroll_y)
        wanted = min(top, max(seen, end - height))
        if wanted != seen:
            self.scroll_to(y=wanted, animate=False, immediate=True)
        self._put_cursor()

    def action_scroll_down(self) -> None:
        """Go to the next passage; first scroll to the end of one that is longer than the pane.

        One who hears the page has heard the whole passage.
        """
        height = self.scrollable_content_region.height
        end = self._tops[self._at + 1] if self._passages else 0
        if end > round(self.scroll_y) + height and not self._heard.wanted:
            self.scroll_relative(y=1, animate=False, immediate=True)
        else:
            self._go_to(self._at + 1)

    def action_scroll_up(self) -> None:
        """Go to the passage before; first scroll to the beginning of a long one."""
        in_it = self._passages and self._tops[self._at] < round(self.scroll_y)
        if in_it and not self._heard.wanted:
            self.scroll_relative(y=-1, animate=False, immediate=True)
        else:
            self._go_to(self._at - 1)

    def action_page_down(self) -> None:
        """Scroll by a page; who hears it goes to the next passage."""
        self._leap_to(1, super().action_page_down)

    def action_page_up(self) -> None:
        """The same in the other direction."""
        self._leap_to(-1, super().action_page_up)

    def to_edge(self, way: int) -> None:
        """Go to the end (`way` is 1) or to the beginning (-1)."""
        if self._heard.wanted:
            self._go_to(len(self._passages) - 1 if way > 0 else 0)
        else:
            super().to_edge(way)

    def by_half_page(self, way: int) -> None:
        """Go half a page on (`way` is 1) or back (-1)."""
        self._leap_to(way, lambda: super(PassagePane, self).by_half_page(way))

    def place(self) -> int:
        """Return the line at the top, or the passage that is heard."""
        return self._at if self._heard.wanted else super().place()

    def _leap_to(self, way: int, scroll: Callable[[], None]) -> None:
        if self._heard.wanted:
            self._go_to(self._at + way)
        else:
            scroll()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Move the mark to a passage in sight, when the page was scrolled away from it."""
        super().watch_scroll_y(old_value, new_value)
        if not self._passages:
            return
        seen = round(new_value)
        end = seen + self.scrollable_content_region.height
        if self._tops[self._at + 1] <= seen or self._tops[self._at] >= end:
            inside = [n for n, top in enumerate(self._tops[:-1]) if seen <= top < end]
            if inside:
                self._at = inside[0] if self._tops[self._at] < seen else inside[-1]
                self._draw()
        self._put_cursor()

    @property
    def cursor_screen_offset(self) -> Offset:
        """Where the terminal's cursor belongs: at the mark, as far as it is in sight."""
        if not self._passages:
            return super().cursor_screen_offset
        height = max(self.scrollable_content_region.height - 1, 0)
        row = min(max(self._tops[self._at] - round(self.scroll_y), 0), height)
        return self.content_region.offset + Offset(0, row)

    def _put_cursor(self) -> None:
        if self.has_focus:
            self.app.cursor_position = self.cursor_screen_offset
