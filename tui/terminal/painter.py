"""From what the terminal shows to what it should show, in the fewest bytes.

`Painter` keeps the cells, the style and the cursor that the terminal has (`glass`), and writes only
what differs. Widths that terminals disagree on are fenced: the cursor is placed anew behind them.
"""

from __future__ import annotations

from collections import Counter
from copy import copy
from typing import Final

from data.cell_width import is_narrow
from data.frozen import changing, immutable
from tui.terminal.cells import Row, Shadow, is_sure, most_columns
from tui.terminal.sgr import PLAIN, Style, change

SHORTEST_ERASED: Final = 12
"""Blanks in the middle of a line from which erasing and stepping over beats writing them."""

LONGEST_BRIDGE: Final = 4
"""Unchanged cells that are written again rather than stepped over."""


LONGEST_DIFFERENCE: Final = 1000
"""Characters from which wiping the screen and starting over may be shorter than changing it."""


@immutable
class Abilities:
    """What a terminal understands beyond moving its cursor and erasing to the end of a line."""

    paints_erased: bool = True
    """Erased cells take the background in use (terminfo: bce)."""

    shifts: bool = True
    """Cells can be inserted and deleted (ICH, DCH)."""

    columns: bool = True
    """The cursor can be sent to a column, and cells erased in place (CHA, ECH)."""

    plain_newline: bool = True
    """A line feed goes straight down; the line discipline adds no carriage return."""


@changing
class _Pen:
    """The terminal's cursor and style; None is "not known"."""

    style: Style | None = None
    x: int | None = None
    y: int | None = None


class Painter:
    """What the terminal shows, and the bytes that turn it into a `Shadow`."""

    def __init__(self, abilities: Abilities) -> None:
        self.abilities = abilities
        self.glass: list[Row] = []
        self._pen = _Pen()
        self._known = False
        self.cursor_shown: bool | None = None
        """Whether the terminal shows its cursor; None is "not known"."""

    def forget(self) -> None:
        """Know nothing about the terminal: the next frame paints all of it."""
        self._known = False
        self._pen = _Pen()
        self.cursor_shown = None

    def leave(self) -> str:
        """Return the bytes that put style and cursor back to what a shell expects."""
        self.forget()
        return "\x1b[m\x1b[?25h"

    def paint(self, shadow: Shadow, cursor: tuple[int, int] | None) -> str:
        """Return what the terminal must be sent to show `shadow`, its cursor at `cursor`.

        Nothing to do is "". A `cursor` of None is hidden.
        """
        rows = self._changed_rows(shadow)
        shadow.touched = set()
        out = self._difference(shadow, rows) if self._known else self._afresh(shadow)
        for y in rows:
            self.glass[y].copy_from(shadow.lines[y])
        if cursor is not None:
            out += self._rest_at(*cursor)
        if self.cursor_shown is not (cursor is not None):
            self.cursor_shown = cursor is not None
            out += "\x1b[?25h" if self.cursor_shown else "\x1b[?25l"
        return out

    def _changed_rows(self, shadow: Shadow) -> list[int]:
        if not self._known:
            return list(range(shadow.rows))
        return [
            y
            for y in sorted(shadow.touched)
            if shadow.lines[y].text != self.glass[y].text
            or shadow.lines[y].style != self.glass[y].style
        ]

    def _lines(self, shadow: Shadow, rows: list[int]) -> str:
        return "".join(self._line(y, shadow.lines[y], self.glass[y]) for y in rows)

    def _difference(self, shadow: Shadow, rows: list[int]) -> str:
        """Change the lines in `rows`, or start over where that is shorter."""
        before = copy(self._pen), self.glass
        out = self._lines(shadow, rows)
        if len(out) > LONGEST_DIFFERENCE:
            after, (self._pen, glass) = self._pen, before
            other = self._afresh(shadow)
            if len(other) < len(out):
                return other
            self._pen, self.glass = after, glass
        return out

    def _afresh(self, shadow: Shadow) -> str:
        """Wipe the screen and paint all of it."""
        out = self._clear(shadow) + self._lines(shadow, list(range(shadow.rows)))
        for glass, line in zip(self.glass, shadow.lines, strict=True):
            glass.copy_from(line)
        return out

    def _rest_at(self, x: int, y: int) -> str:
        """Leave the cursor where typing goes on: behind a blank just written, that is the blank."""
        pen, line = self._pen, self.glass[y]
        steps_over_blank = (pen.x, pen.y) == (x - 1, y) and line.text[x - 1] == " "
        if steps_over_blank and line.style[x - 1] is pen.style:
            pen.x = x
            return " "
        return self._move(pen, x, y)

    # -- the whole screen -----------------------------------------------------------------------

    def _clear(self, shadow: Shadow) -> str:
        """Wipe the terminal in the commonest blank's style."""
        blanks = Counter(
            style
            for line in shadow.lines
            for text, style in zip(line.text, line.style, strict=True)
            if text == " " and self._erasable(style)
        )
        style = blanks.most_common(1)[0][0] if blanks else PLAIN
        self.glass = [Row(shadow.cols, style) for _ in range(shadow.rows)]
        self._known = True
        out = change(self._pen.style, style) + "\x1b[H"
        self._pen = _Pen(style, 0, 0)
        if style is PLAIN:
            return out + "\x1b[J"
        # Line by line: erasing all at once in a colour is understood differently.
        for y in range(shadow.rows):
            out += self._move(self._pen, 0, y) + "\x1b[K"
        return out

    def _erasable(self, style: Style) -> bool:
        return not style.attributes and (self.abilities.paints_erased or not style.paper)

    # -- one line -------------------------------------------------------------------------------

    def _line(self, y: int, line: Row, glass: Row) -> str:
        """Return the cheapest way to turn one line into another."""
        changed = [
            x
            for x, (text, style) in enumerate(zip(line.text, line.style, strict=True))
            if text != glass.text[x] or style is not glass.style[x]
        ]
        if not changed:
            return ""
        if line.wide or glass.wide or not is_narrow("".join(line.text)):
            changed = _whole_clusters(line, glass, changed)
        pen = copy(self._pen)
        best = self._rewrite(pen, y, line, changed)
        for attempt in (self._inserted, self._deleted) if self._may_shift(line, glass) else ():
            other_pen = copy(self._pen)
            other = attempt(other_pen, y, line, glass, changed)
            if other is not None and len(other) < len(best):
                best, pen = other, other_pen
        self._pen = pen
        return best

    def _rewrite(self, pen: _Pen, y: int, line: Row, changed: list[int]) -> str:
        out: list[str] = []
        tail = self._tail(line)
        if sum(x >= tail for x in changed) <= len("\x1b[K"):
            tail = len(line.text)
        erased = [x for x in changed if x >= tail]
        for start, end in _runs(line, [x for x in changed if x < tail]):
            out.append(self._run(pen, y, line, start, end))
        if erased:
            out.append(self._move(pen, erased[0], y))
            out.append(_restyle(pen, line.style[tail]))
            out.append("\x1b[K")
        return "".join(out)

    def _tail(self, line: Row) -> int:
        """Return where the blanks begin that end the line, if they can be erased."""
        style = line.style[-1]
        tail = len(line.text)
        if self._erasable(style):
            while tail and line.text[tail - 1] == " " and line.style[tail - 1] is style:
                tail -= 1
        return tail

    def _run(self, pen: _Pen, y: int, line: Row, start: int, end: int) -> str:
        """Write the cells from `start` to `end`."""
        out: list[str] = []
        x = start
        while x < end:
            style, stop = line.style[x], x + 1
            blank = line.text[x] == " "
            while stop < end and line.style[stop] is style and (line.text[stop] == " ") == blank:
                stop += 1
            out.append(self._move(pen, x, y))
            out.append(_restyle(pen, style))
            if blank and stop - x >= SHORTEST_ERASED and self._erases(style):
                out.append(f"\x1b[{stop - x}X")
            else:
                out.append(self._text(pen, y, line, x, stop))
            x = stop
        return "".join(out)

    def _erases(self, style: Style) -> bool:
        return self.abilities.columns and self._erasable(style)

    def _text(self, pen: _Pen, y: int, line: Row, start: int, stop: int) -> str:
        """Write cells of one style where the cursor stands."""
        text = "".join(line.text[start:stop])
        cols = len(line.text)
        if is_narrow(text):
            pen.x = stop if stop < cols else None
            return text
        out: list[str] = []
        for x in range(start, stop):
            cluster = line.text[x]
            if not cluster:
                continue
            out.append(self._move(pen, x, y))
            width = 2 if x + 1 < cols and not line.text[x + 1] else 1
            if not is_sure(cluster):
                out.append(" " * width)
                pen.x = None
                out.append(self._move(pen, x, y))
            out.append(cluster)
            is_settled = len(cluster) == 1 and is_sure(cluster)
            pen.x = x + width if x + width < cols and is_settled else None
        return "".join(out)

    # -- shifting -------------------------------------------------------------------------------

    def _may_shift(self, line: Row, glass: Row) -> bool:
        return self.abilities.shifts and not (line.wide or glass.wide)

    def _inserted(self, pen: _Pen, y: int, line: Row, glass: Row, changed: list[int]) -> str | None:
        """Push one cell in: what a letter typed inside a line does. None: it is not that."""
        first, last = changed[0], changed[-1]
        if not _moved(glass, first, line, first + 1, last - first):
            return None
        if not self._plain_from(line, first) or not self._plain_from(glass, first):
            return None
        out = []
        if not _uniform(glass, last):
            out += [self._move(pen, last, y), "\x1b[P"]
        out += [self._move(pen, first, y), "\x1b[@"]
        out.append(self._run(pen, y, line, first, first + 1))
        return "".join(out)

    def _deleted(self, pen: _Pen, y: int, line: Row, glass: Row, changed: list[int]) -> str | None:
        """Take one cell out: what Backspace inside a line does. None: it is not that."""
        first, last = changed[0], changed[-1]
        if not _moved(glass, first + 1, line, first, last - first):
            return None
        if not self._plain_from(line, first) or not self._plain_from(glass, first):
            return None
        # What a deletion leaves at the line's end differs between terminals: push it off again.
        out = [self._move(pen, first, y), "\x1b[P", self._move(pen, last, y), "\x1b[@"]
        out.append(self._run(pen, y, line, last, last + 1))
        return "".join(out)

    @staticmethod
    def _plain_from(row: Row, start: int) -> bool:
        return is_narrow("".join(row.text[start:]))

    # -- moving ---------------------------------------------------------------------------------

    def _move(self, pen: _Pen, x: int, y: int) -> str:
        """Return the shortest way for the cursor to (x, y)."""
        if pen.x == x and pen.y == y:
            return ""
        column = f";{x + 1}" if x else ""
        ways = [f"\x1b[{y + 1 if y or x else ''}{column}H"]
        if pen.y is not None:
            down = self._vertical(pen.y, y)
            ways += [down + across for across in self._horizontal(pen.x, x)]
        pen.x, pen.y = x, y
        return min(ways, key=len)

    def _vertical(self, old: int, new: int) -> str:
        if new > old:
            feeds = "\n" * (new - old) if self.abilities.plain_newline else None
            return min(filter(None, (feeds, _counted(new - old, "B"))), key=len)
        if new == old - 1:
            return "\x1bM"
        return _counted(old - new, "A") if new < old else ""

    def _horizontal(self, old: int | None, new: int) -> list[str]:
        ways = ["\r" + _counted(new, "C") if new else "\r"]
        if self.abilities.columns:
            ways.append(f"\x1b[{new + 1}G")
        if old is not None and new >= old:
            ways.append(_counted(new - old, "C") if new > old else "")
        elif old is not None:
            ways += ["\b" * (old - new), _counted(old - new, "D")]
        return ways


def _counted(count: int, final: str) -> str:
    return f"\x1b[{count if count > 1 else ''}{final}"


def _restyle(pen: _Pen, style: Style) -> str:
    out = change(pen.style, style)
    pen.style = style
    return out


def _runs(line: Row, changed: list[int]) -> list[tuple[int, int]]:
    """Gather changed columns into stretches, over gaps that are cheaper to write than to jump."""
    runs: list[tuple[int, int]] = []
    for x in changed:
        if runs and _bridges(line, runs[-1][1], x):
            runs[-1] = (runs[-1][0], x + 1)
        else:
            runs.append((x, x + 1))
    return runs


def _bridges(line: Row, start: int, end: int) -> bool:
    if start == end:
        return True
    style = line.style[start - 1]
    return (
        end - start <= LONGEST_BRIDGE
        and all(other is style for other in line.style[start:end])
        and is_narrow("".join(line.text[start:end]))
    )


def _moved(old: Row, at: int, new: Row, to: int, count: int) -> bool:
    """Whether `count` cells of `old` stand in `new`, from `to` on."""
    return (
        old.text[at : at + count] == new.text[to : to + count]
        and old.style[at : at + count] == new.style[to : to + count]
    )


def _uniform(row: Row, start: int) -> bool:
    """Whether all cells from `start` to the end are alike."""
    text, style = row.text[start], row.style[start]
    return all(other == text for other in row.text[start:]) and all(
        other is style for other in row.style[start:]
    )


def _whole_clusters(line: Row, glass: Row, changed: list[int]) -> list[int]:
    """Widen `changed` to whole wide characters, and to what an unsure one may have spilt over."""
    cols = len(line.text)
    wanted = set(changed)
    for x in changed:
        if not line.text[x]:
            wanted.add(x - 1)
    for x in sorted(wanted):
        spill = max(most_columns(line.text[x]), most_columns(glass.text[x]))
        wanted.update(range(x, min(cols, x + spill)))
    for x in sorted(wanted):
        if not line.text[x]:
            wanted.add(x - 1)
        if x + 1 < cols and not line.text[x + 1]:
            wanted.add(x + 1)
    return sorted(wanted)
