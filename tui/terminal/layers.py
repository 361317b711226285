"""A large frame drawn style by style instead of line by line.

A change of style costs up to 25 bytes, a move of the cursor 1 to 8. So all cells of one style are
drawn first, from the top of the screen to its bottom, and then those of the next style. What a
later style draws anyway may be written over on the way: a letter is shorter than most moves.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from itertools import compress, pairwise, repeat
from operator import eq, is_not, ne, or_
from typing import Final

from data.cell_width import is_narrow
from tui.terminal.cells import Row
from tui.terminal.lines import changed_cells
from tui.terminal.pen import Pen
from tui.terminal.sgr import PLAIN, Style, change

COST_OF_A_STRETCH: Final = 4
"""Bytes that take the cursor to the beginning of a stretch of cells, on average."""

COST_OF_A_WIPE: Final = 3
"""Bytes that take it to a line and erase that."""

LONGEST_FILL: Final = 4
"""Cells that may be written instead of moving over them; for more of them a move is shorter."""

ERASED_INSIDE: Final = 12
"""Blanks from which erasing and stepping over beats writing them."""

ERASED_LAST: Final = 6
"""The same where nothing stands behind them."""

SMALLEST_COLUMN: Final = 3
"""Stretches one below the other that may be worth a way of their own down the screen."""

MOST_ENDINGS: Final = 6
"""Styles of which each is tried as the last one; with more the way is seldom shorter."""

MOST_STYLES: Final = 24
"""Styles that are put in order, which takes the square of their number; no theme has as many."""

_STRETCH: Final = re.compile(rb"\x01+")

NONE: Final[Set[int]] = frozenset()
"""No lines."""

Stretch = tuple[int, int, int]
"""A line, and the columns from which and up to which it is drawn."""


def can_be_layered(line: Row, glass: Row) -> bool:
    """Whether a line has only characters of which all terminals agree that they are one cell."""
    text = "".join(line.text + glass.text)
    return len(text) == 2 * len(line.text) and is_narrow(text)


def background_of(pen: Pen, lines: Sequence[Row], changed: Mapping[int, bytes]) -> Style | None:
    """Return the commonest blank of the changed cells that an erased cell looks like, or None."""
    counts: Counter[Style] = Counter()
    for y, cells in changed.items():
        line = lines[y]
        blank = compress(line.text, cells), repeat(" ")
        counts.update(compress(compress(line.style, cells), map(eq, *blank)))
    return next((style for style, _count in counts.most_common() if pen.erasable(style)), None)


class Layers:
    """One frame: what the terminal is sent to show `lines` instead of `glass`.

    Neither is changed; `pen` is, as it writes.
    """

    def __init__(self, pen: Pen, lines: Sequence[Row], glass: Sequence[Row]) -> None:
        self._pen = pen
        self._lines = lines
        self._glass = glass
        self._cols = len(lines[0].text)
        self._changed: dict[int, bytes] = {}
        """The lines to draw, and which of their cells (`changed_cells`)."""
        self._wiped: dict[int, int] = {}
        """Lines that the background's layer erases, and from which column on."""
        self._rank: dict[Style, int] = {}
        """In which order the styles are drawn."""
        self.background = PLAIN
        """The style in which lines are erased."""

    def draw(self, rows: Iterable[int], resting: Style | None, unknown: Set[int] = NONE) -> str:
        """Return what changes the lines `rows`, which all `can_be_layered`.

        `resting` is the style that is likely to be written next, where the cursor will be. Of the
        lines `unknown` nobody knows what stands there: they are erased first, in `background`; also
        those of them that are not in `rows`.
        """
        self._changed = {
            y: b"\x01" * self._cols
            if y in unknown
            else changed_cells(self._lines[y], self._glass[y])
            for y in rows
        }
        erasable = self._choose_background()
        for y in unknown:
            self._wiped[y] = 0
            if y in self._changed:
                self._changed[y] = self._on_blank(y, 0)
        for y in self._changed if erasable else ():
            if y not in unknown:
                self._wipe(y)
        out = []
        strokes = self._strokes()
        for style in self._order(strokes, resting):
            out.append(self._pen.restyle(style))
            out.append(self._layer(style, strokes[style]))
        return "".join(out)

    # -- erasing before anything is drawn -------------------------------------------------------

    def _choose_background(self) -> bool:
        """Take the commonest blank that an erased cell looks like; return whether there is one."""
        found = background_of(self._pen, self._lines, self._changed)
        self.background = PLAIN if found is None else found
        return found is not None

    def _wipe(self, y: int) -> None:
        """Have a line erased before it is drawn, where that is cheaper."""
        changed = self._changed[y]
        first = changed.find(1)
        if not 0 <= first < self._cols - len("\x1b[K"):
            return
        blank = self._on_blank(y, first)
        if self._cost(y, blank) + COST_OF_A_WIPE < self._cost(y, changed):
            self._wiped[y] = first
            self._changed[y] = blank

    def _on_blank(self, y: int, first: int) -> bytes:
        """Return which cells there are to draw in a line that is blank from column `first` on."""
        line = self._lines[y]
        letters = map(ne, line.text[first:], repeat(" "))
        styles = map(is_not, line.style[first:], repeat(self.background))
        return bytes(first) + bytes(map(or_, letters, styles))

    def _cost(self, y: int, changed: bytes) -> int:
        """Return roughly how many bytes it takes to draw cells of a line."""
        text = "".join(compress(self._lines[y].text, changed))
        gaps = changed.strip(b"\x00").replace(b"\x01", b" ").split()
        ways = sum(min(len(gap), COST_OF_A_STRETCH) for gap in gaps)
        return len(text.encode()) + (ways + COST_OF_A_STRETCH if text else 0)

    # -- which cells, and in which order --------------------------------------------------------

    def _strokes(self) -> dict[Style, list[Stretch]]:
        """Return what there is to draw in each style, from the top to the bottom."""
        strokes: dict[Style, list[Stretch]] = {self.background: []} if self._wiped else {}
        for y in sorted(self._changed):
            styles = self._lines[y].style
            for stretch in _STRETCH.finditer(self._changed[y]):
                x, end = stretch.span()
                while x < end:
                    style, start = styles[x], x
                    while x < end and styles[x] is style:
                        x += 1
                    strokes.setdefault(style, []).append((y, start, x))
        return strokes

    def _order(self, strokes: Iterable[Style], resting: Style | None) -> list[Style]:
        """Return the styles in an order with short changes between them, and to `resting` behind.

        The background is the first where lines are wiped in it: nothing may stand there yet.
        """
        styles = list(strokes)
        begins = [self.background] if self._wiped else []
        others = [style for style in styles if style not in begins]
        in_order = len(others) <= MOST_STYLES
        ways = [self._chain(begins, others) if in_order else [*begins, *others]]
        for last in others if len(others) <= MOST_ENDINGS else ():
            ways.append([*self._chain(begins, [each for each in others if each is not last]), last])
        order = min(ways, key=lambda way: self._length(way, resting))
        self._rank = {style: number for number, style in enumerate(order)}
        return order

    def _chain(self, begins: list[Style], others: list[Style]) -> list[Style]:
        """Go on from each style to the one that is the fewest bytes away."""
        way = list(begins)
        left = list(others)
        while left:
            now = way[-1] if way else self._pen.style
            way.append(min(left, key=lambda style: len(change(now, style))))
            left.remove(way[-1])
        return way

    def _length(self, way: list[Style], resting: Style | None) -> int:
        """Return the bytes that the changes of style take, with the one that comes next."""
        following = [*way, resting] if resting is not None else way
        steps = pairwise([self._pen.style, *following])
        return sum(len(change(old, new)) for old, new in steps if new is not None)

    # -- one style --------------------------------------------------------------------------------

    def _layer(self, style: Style, strokes: list[Stretch]) -> str:
        """Draw all stretches of one style; columns of them by themselves while that is shorter."""
        pen, before = self._pen, self._pen.twin()
        best, after = self._down(style, strokes), pen.twin()
        columns: list[list[Stretch]] = []
        while (start := _a_column_of(strokes)) is not None:
            columns.insert(0, [stroke for stroke in strokes if stroke[1] == start])
            strokes = [stroke for stroke in strokes if stroke[1] != start]
            pen.become(before)
            other = self._down(style, strokes)
            other += "".join(self._down(style, column, wipes=False) for column in columns)
            if len(other) >= len(best):
                break
            best, after = other, pen.twin()
        pen.become(after)
        return best

    def _down(self, style: Style, strokes: list[Stretch], *, wipes: bool = True) -> str:
        """Draw stretches from the top of the screen to the bottom."""
        wiped = self._wiped if wipes and style is self.background else {}
        lines: dict[int, list[Stretch]] = {}
        for stroke in strokes:
            lines.setdefault(stroke[0], []).append(stroke)
        out: list[str] = []
        for y in sorted({*lines, *wiped}):
            if y in wiped:
                out += [self._go(style, wiped[y], y), "\x1b[K"]
            here = lines.get(y, [])
            tail = self._tail(style, y, here)
            for _y, start, stop in here:
                if start < tail:
                    out.append(self._go(style, start, y))
                    out.append(self._write(style, y, start, min(stop, tail)))
            if tail < self._cols:
                out += [self._go(style, tail, y), "\x1b[K"]
        return "".join(out)

    def _tail(self, style: Style, y: int, strokes: list[Stretch]) -> int:
        """Return from which column on erasing the line beats writing blanks; else its end."""
        texts, cols = self._lines[y].text, self._cols
        if not strokes or texts[strokes[-1][2] - 1] != " " or not self._pen.erasable(style):
            return cols
        tail = cols
        while tail and self._may_write(style, y, tail - 1, blank=True):
            tail -= 1
        blanks = [(max(start, tail), stop) for _y, start, stop in strokes if stop > tail]
        written = sum(stop - start for start, stop in blanks)
        if written + COST_OF_A_STRETCH * (len(blanks) - 1) <= len("\x1b[K"):
            return cols
        return blanks[0][0]

    def _may_write(self, style: Style, y: int, x: int, *, blank: bool = False) -> bool:
        """Whether a cell may be written in this style: it is its own, or it gets its own later."""
        line = self._lines[y]
        own = line.style[x]
        if own is style:
            return not blank or line.text[x] == " "
        changed = self._changed.get(y)
        return changed is not None and changed[x] == 1 and self._rank[own] > self._rank[style]

    def _write(self, style: Style, y: int, start: int, stop: int) -> str:
        """Write a stretch where the pen is; many blanks in it are erased."""
        line, pen = self._lines[y], self._pen
        text = "".join(line.text[start:stop])
        if " " * ERASED_LAST not in text or not pen.erases(style):
            pen.wrote(stop, self._cols)
            return text
        out: list[str] = []
        x = start
        while x < stop:
            blank, end = line.text[x] == " ", x + 1
            while end < stop and (line.text[end] == " ") == blank:
                end += 1
            out.append(self._go(style, x, y))
            if blank and end - x >= (ERASED_INSIDE if end < stop else ERASED_LAST):
                out.append(f"\x1b[{end - x}X")
            else:
                out.append("".join(line.text[x:end]))
                pen.wrote(end, self._cols)
            x = end
        return "".join(out)

    # -- the way ----------------------------------------------------------------------------------

    def _go(self, style: Style, x: int, y: int) -> str:
        """Return the shortest way to (x, y), be it by writing over what may be written over."""
        pen = self._pen
        ways = []
        if pen.y is not None and y >= pen.y:
            down = pen.vertical(pen.y, y)
            if pen.x is not None and pen.x <= x:
                ways.append((down, self._fill(style, y, pen.x, x)))
            ways.append((down + "\r", self._fill(style, y, 0, x)))
        best = pen.move(x, y)
        for way, fill in ways:
            if fill is not None and len(way) + len(fill.encode()) < len(best):
                best = way + fill
        return best

    def _fill(self, style: Style, y: int, start: int, stop: int) -> str | None:
        """Return what may be written from column `start` up to `stop`; None if that is no help."""
        if stop - start > LONGEST_FILL:
            return None
        line = self._lines[y]
        if not all(self._may_write(style, y, x) for x in range(start, stop)):
            return None
        return "".join(
            text if own is style or text.isascii() else " "
            for text, own in zip(line.text[start:stop], line.style[start:stop], strict=True)
        )


def _a_column_of(strokes: list[Stretch]) -> int | None:
    """Return where several stretches begin that have another of their line to the left."""
    starts = Counter(this[1] for before, this in pairwise(strokes) if before[0] == this[0])
    for start, count in starts.most_common(1):
        if count >= SMALLEST_COLUMN:
            return start
    return None
