"""From one page to the next on the terminal, in the order in which it is to be heard.

A screen reader says what is written, in the order of the bytes, and a braille display shows the
line of the cursor. So the notice comes first, then the title, the place and the texts. What is the
same as before is not written. A line that has changed is blanked and written whole, for half a line
has no sense; only where somebody is typing nothing but the change is written.

Between two texts there is a line feed, at which readers pause. The lines of one text that goes on
in the next line have none, and are said at one go.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from math import ceil
from time import monotonic
from typing import Final

from tui.speech.page import Page
from tui.terminal.abilities import Abilities
from tui.terminal.cells import Row, Shadow
from tui.terminal.lines import change_line
from tui.terminal.other_screen import WIPE
from tui.terminal.pen import Pen
from tui.terminal.sgr import PLAIN
from widgets.wrapping import wrap

KEPT_CELLS: Final = 100
"""So many cells are kept for the place, and for the notice, so that what is below them stays where
it is. Longer ones take what they need."""
BLANK_SECONDS: Final = 0.06
"""How long a line stays blank that is to be said again. Readers that compare what was there before
would otherwise find nothing new."""


class Pages:
    """What the terminal shows of a page, and the bytes that turn it into the next one.

    `show` is called by the app, everything else where the terminal is written to.
    """

    def __init__(self, abilities: Abilities, later: Callable[[float], None]) -> None:
        """Make it for a terminal; `later` has the terminal written to after some seconds."""
        self._abilities = abilities
        self._pen = self._unknown()
        """Where the terminal's cursor is, as far as that is known."""
        self._later = later
        self._lock = threading.Lock()
        self._page = Page()
        self._shown: Page | None = None
        """The page that the terminal shows; None where that is not known."""
        self._glass: list[Row] = []
        self._start = 0
        """The row where the texts begin."""
        self._top = 0
        """The first row of the texts that is in sight."""
        self._begins = 0
        """The line of the terminal in which the rows that are typed begin."""
        self._blank_until = 0.0

    def show(self, page: Page) -> None:
        """Have the terminal show a page."""
        with self._lock:
            self._page = page

    def forget(self) -> None:
        """Write everything again, whatever the terminal shows now."""
        with self._lock:
            self._shown = None

    def frame(self, cols: int, rows: int) -> str:
        """Return what is to be written now; "" for nothing."""
        with self._lock:
            page, shown = self._page, self._shown
            if monotonic() < self._blank_until:
                return ""
            if page == shown and (len(self._glass), _width(self._glass)) == (rows, cols):
                return ""
            out = ""
            if shown is None or (len(self._glass), _width(self._glass)) != (rows, cols):
                self._glass = [Row(cols) for _ in range(rows)]
                out, shown = f"\x1b[m{WIPE}\x1b[?25h", None
                self._pen = self._unknown()
            elif page.repeats != shown.repeats and page.notice == shown.notice:
                return self._blank_first(page, shown, _Layout(page, cols, rows, self._start))
            elif page.fresh != shown.fresh:
                out, shown = self._wipe(), None
            return out + self._change(page, shown, cols, rows)

    def _change(self, page: Page, shown: Page | None, cols: int, rows: int) -> str:
        # What stays is not to be moved by a longer or a shorter line above it.
        stays = shown is not None and _texts_of(page) & _texts_of(shown)
        layout = _Layout(page, cols, rows, self._start if stays else 0)
        self._start = layout.start
        here = shown is not None and shown.place == page.place
        self._top = layout.top_of(self._top if here else 0)
        # Where the rows are in other lines than before, half of one would be said of each.
        begins, self._begins = self._begins, layout.start + layout.first_typed - self._top
        typed = here and page.is_typed
        in_place = typed and begins == self._begins
        blocks = ["".join(self._erased(range(layout.end, layout.start)))]
        blocks += [self._block(layout.blocks[number]) for number in (_NOTICE, _TITLE, _STATUS)]
        texts = self._texts(layout, typed=in_place)
        # A letter is heard before what comes of it, such as what it finds.
        out = [texts, *blocks] if typed else [*blocks, texts]
        self._shown = page
        if any(blocks) or (texts and not in_place):  # the pen has not written them
            self._pen = self._unknown()
        return "".join(out) + self._pen.move(*layout.cursor(self._top))

    def _blank_first(self, page: Page, shown: Page, layout: _Layout) -> str:
        """Blank what is said again, and write it when it has been seen to be blank."""
        start, lines = layout.blocks[_NOTICE if page.notice else _STATUS]
        self._later(BLANK_SECONDS)
        self._blank_until = monotonic() + BLANK_SECONDS
        blank = self._block((start, [""] * len(lines)))
        self._pen = self._unknown()
        # As if it had not been said; the next frame then writes it.
        if page.notice:
            self._shown = replace(shown, notice="", repeats=page.repeats)
        else:
            self._shown = replace(shown, status="", repeats=page.repeats)
        return blank + self._pen.move(*layout.cursor(layout.top_of(self._top)))

    def _unknown(self) -> Pen:
        """Return a pen that can be anywhere; it writes without colours."""
        pen = Pen(self._abilities)
        pen.style = PLAIN
        return pen

    def _wipe(self) -> str:
        """Blank everything, so that all of it is said again."""
        cols = _width(self._glass)
        self._glass = [Row(cols) for _ in self._glass]
        self._pen = self._unknown()
        return f"\x1b[m{WIPE}"

    # -- lines ----------------------------------------------------------------------------------

    def _block(self, block: tuple[int, list[str]]) -> str:
        """Return what writes one text, which may go on in the next lines, if it is another one."""
        start, lines = block
        rows = [_row(line, _width(self._glass)) for line in lines]
        glass = self._glass[start : start + len(rows)]
        if all(new.text == old.text for new, old in zip(rows, glass, strict=False)):
            return ""
        out = list(self._erased(range(start, start + len(glass))))
        self._glass[start : start + len(glass)] = rows[: len(glass)]
        written = [(y, line) for y, line in enumerate(lines[: len(glass)], start) if line.strip()]
        return "".join([*out, *_at_one_go(written)])

    def _erased(self, numbers: Sequence[int]) -> Iterator[str]:
        for y in numbers:
            if "".join(self._glass[y].text).strip():
                yield f"\x1b[{y + 1};1H\x1b[K"
                self._glass[y] = Row(_width(self._glass))

    def _texts(self, layout: _Layout, *, typed: bool) -> str:
        """Return what changes the lines below the notice."""
        seen = layout.texts[self._top : self._top + layout.room]
        seen += [("", True)] * (layout.room - len(seen))
        seen += layout.asked
        rows = [_row(line, _width(self._glass)) for line, _begins in seen]
        changed = [
            n for n, row in enumerate(rows) if row.text != self._glass[layout.start + n].text
        ]
        if typed:
            out = ""
            for n in changed:
                y = layout.start + n
                out += change_line(self._pen, y, rows[n], self._glass[y])
                self._glass[y] = rows[n]
            return out
        erased = "".join(self._erased([layout.start + n for n in changed]))
        texts: list[list[tuple[int, str]]] = []
        for n in sorted(changed, key=lambda n: n < layout.room):  # what was asked for comes first
            y = layout.start + n
            self._glass[y] = rows[n]
            if seen[n][1] or not texts:
                texts.append([])
            if seen[n][0].strip():
                texts[-1].append((y, seen[n][0]))
        return erased + "".join("".join(_at_one_go(text)) for text in texts)


_TITLE, _STATUS, _NOTICE = range(3)


class _Layout:
    """Where on the terminal the parts of a page are."""

    def __init__(self, page: Page, cols: int, rows: int, start: int) -> None:
        """Lay a page out; its texts begin in the row `start`, or below."""
        kept = max(1, min(ceil(KEPT_CELLS / cols), (rows - 4) // 4))
        self.blocks: list[tuple[int, list[str]]] = []
        y = 0
        titles = max(1, kept - 1)
        for text, least in ((page.title, titles), (page.status, kept), (page.notice, kept)):
            lines = wrap(text, cols) if text else []
            lines = [*lines, *[""] * (least - len(lines))]
            lines = lines[: max(rows - 1 - y, 0)]  # the last row is for what is typed
            self.blocks.append((y, lines))
            y += len(lines)
        self.end = y
        """The row below what is said first."""
        self.start = max(y, min(start, max(rows - 1, 0)))
        """The row where the texts begin. What is between the two is blank."""
        self.texts: list[tuple[str, bool]] = []
        """Their lines, and whether one is the first of a text."""
        self.first_typed = 0
        """The first of the lines in which one types, or could."""
        for above, written in (*page.behind, (page.above, page.rows)):
            for text in above:
                lines = wrap(text, cols)
                self.texts += [(line, number == 0) for number, line in enumerate(lines)]
            self.first_typed = len(self.texts)
            self.texts += [(row, number == 0) for number, row in enumerate(written)]
        self._caret = page.caret
        self._is_written = any(page.rows)
        room = rows - self.start
        asked = [(line, n == 0) for text in page.asked for n, line in enumerate(wrap(text, cols))]
        self.asked = asked[: max(room - 1, 0)]
        """What somebody asked for, in the last lines of the terminal; one is left for the texts."""
        self.room = max(room - len(self.asked), 0)
        """How many lines of the texts are in sight."""
        self._room = max(self.room, 1)
        self._cols = cols

    def top_of(self, top: int) -> int:
        """Return the first line of the texts to show, where `top` has been the first so far."""
        if self._caret is None:
            return 0
        at = self.first_typed + self._caret[1]
        # It goes on by a whole screen: each step would have everything written, and said, again.
        if top <= at < top + self._room:
            return top
        if at < self._room:
            return 0
        return at if at > top else at - self._room + 1

    def cursor(self, top: int) -> tuple[int, int]:
        """Return the column and the row of the cursor: where one types, else at the place.

        In an empty field it is at the place, too: the line of the cursor, which is what a braille
        display shows and what readers say when they are asked, would be blank.
        """
        if self._caret is None or not self._is_written:
            return 0, self.blocks[_STATUS][0]
        x, y = self._caret
        return min(x, self._cols - 1), self.start + self.first_typed + y - top


def _texts_of(page: Page) -> set[tuple[str, ...]]:
    """Return what stands below the notice, without what is empty."""
    texts = (*(text for texts in page.behind for text in texts), page.above, page.rows)
    return {text for text in texts if any(text)}


def _at_one_go(lines: Sequence[tuple[int, str]]) -> Iterator[str]:
    """Yield what writes the lines of one text, with a pause before it and none within it."""
    for number, (y, line) in enumerate(lines):
        if number:
            yield f"\x1b[{y + 1};1H"
        elif y:
            yield f"\x1b[{y};1H\r\n"
        else:  # there is no line above it
            yield "\x1b[1;1H\r\n\x1b[1;1H"
        yield line


def _row(text: str, cols: int) -> Row:
    """Return a line of the terminal with a text."""
    if not text:
        return Row(cols)
    shadow = Shadow(cols, 1)
    shadow.feed(text)
    return shadow.lines[0]


def _width(glass: Sequence[Row]) -> int:
    return len(glass[0].text) if glass else 0
