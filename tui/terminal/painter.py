"""From what the terminal shows to what it should show, in the fewest bytes.

`Painter` keeps the cells, the style and the cursor that the terminal has (`glass`), and writes only
what differs: line by line (`tui.terminal.lines`), or style by style (`tui.terminal.layers`).
"""

from __future__ import annotations

from typing import Final

from tui.terminal.abilities import Abilities
from tui.terminal.cells import Row, Shadow
from tui.terminal.layers import Layers, background_of, can_be_layered
from tui.terminal.lines import change_line, changed_cells, is_pushed
from tui.terminal.other_screen import WIPE
from tui.terminal.pen import Pen
from tui.terminal.sgr import PLAIN, Style

FEW_BYTES: Final = 120
"""Up to here, changing line by line is not held against drawing style by style."""

PIECE: Final = 440
"""Bytes in which what matters has to be on its way: a line of 9600 baud carries 480 in the half
second that a user may wait, and what else is sent with them is short."""

MANY_CELLS: Final = 480
"""Changed cells, a quarter of a small screen, from which line by line is not even tried."""


class Painter:
    """What the terminal shows, and the bytes that turn it into a `Shadow`."""

    def __init__(self, abilities: Abilities) -> None:
        self.glass: list[Row] = []
        self._pen = Pen(abilities)
        self._known = False
        self._unknown: set[int] = set()
        """Lines of which nobody knows what the terminal shows there."""
        self.cursor_shown: bool | None = None
        """Whether the terminal shows its cursor; None is "not known"."""

    @property
    def abilities(self) -> Abilities:
        """What the terminal understands."""
        return self._pen.abilities

    @abilities.setter
    def abilities(self, abilities: Abilities) -> None:
        self._pen.abilities = abilities

    def forget(self) -> None:
        """Know nothing about the terminal: the next frame paints all of it."""
        self._known = False
        self._pen = Pen(self.abilities)
        self.cursor_shown = None

    def leave(self) -> str:
        """Return the bytes that put style and cursor back to what a shell expects."""
        self.forget()
        return "\x1b[m\x1b[?25h"

    def paint(
        self, shadow: Shadow, cursor: tuple[int, int] | None, *, in_pieces: bool = False
    ) -> str:
        """Return what the terminal must be sent to show `shadow`, its cursor at `cursor`.

        Nothing to do is "". A `cursor` of None is hidden. What is longer than `PIECE` begins with
        the line of the cursor. `in_pieces` that line and the nearest ones are all that is returned:
        those that are left remain touched, for the next call. Only with the last piece is the
        cursor shown.
        """
        lines = shadow.lines
        resting = None
        if cursor is not None:  # behind the last column it rests on it
            resting = lines[cursor[1]].style[min(cursor[0], shadow.cols - 1)]
        out = "" if self._known else self._clear(shadow)
        rows = self._changed_rows(shadow)
        draw = self._piece if in_pieces else self._whole
        frame, left = draw(lines, rows, cursor[1] if cursor is not None else 0, resting)
        out += frame
        shadow.touched = set(left)
        self._has_drawn(lines, rows, left)
        if (left and self.cursor_shown is None) or (
            self.cursor_shown and (left or _size(out) > PIECE)
        ):
            out = "\x1b[?25l" + out
            self.cursor_shown = False
        if cursor is not None:
            out += self._rest_at(*cursor)
        if not left and self.cursor_shown is not (cursor is not None):
            self.cursor_shown = cursor is not None
            out += "\x1b[?25h" if self.cursor_shown else "\x1b[?25l"
        return out

    def _clear(self, shadow: Shadow) -> str:
        """Begin with a terminal of which nothing is known.

        In a colour it is cleared line by line, as the lines are drawn: not all terminals erase the
        whole screen in it.
        """
        self.glass = [Row(shadow.cols) for _ in shadow.lines]
        self._known = True
        self._unknown = set(range(shadow.rows))
        shadow.touched = set(range(shadow.rows))
        everything = dict.fromkeys(self._unknown, b"\x01" * shadow.cols)
        if background_of(self._pen, shadow.lines, everything) not in (PLAIN, None):
            return ""
        self._unknown.clear()
        cleared = self._pen.restyle(PLAIN) + WIPE
        self._pen.x, self._pen.y, self._pen.full = 1, 0, None
        return cleared

    def _changed_rows(self, shadow: Shadow) -> list[int]:
        return [
            y
            for y in sorted(shadow.touched)
            if y in self._unknown
            or shadow.lines[y].text != self.glass[y].text
            or shadow.lines[y].style != self.glass[y].style
        ]

    def _has_drawn(self, lines: list[Row], rows: list[int], left: list[int]) -> None:
        """Know that the terminal shows those of `rows` that are not `left`."""
        for y in set(rows).difference(left):
            self.glass[y].copy_from(lines[y])
            self._unknown.discard(y)

    def _whole(
        self, lines: list[Row], rows: list[int], at: int, resting: Style | None
    ) -> tuple[str, list[int]]:
        """Return what draws the lines `rows`; what is long begins with line `at` and the top one.

        They say where one is now. The others follow style by style, which is shorter than any order
        of lines.
        """
        pen, before = self._pen, self._pen.twin()
        is_large = self._cells(lines, rows) > MANY_CELLS
        whole = "" if is_large else self._difference(lines, rows, resting)
        if not is_large and _size(whole) <= PIECE:
            return whole, []
        first = _nearest(rows, at)[:2]
        pen.become(before)
        out = self._difference(lines, sorted(first), None)
        out += self._difference(lines, [y for y in rows if y not in first], resting)
        if is_large and _size(out) <= 2 * PIECE:  # it may well be short, drawn in any order
            after = pen.twin()
            pen.become(before)
            whole = self._difference(lines, rows, resting)
            if _size(whole) <= PIECE:
                return whole, []
            pen.become(after)
        return out, []

    def _piece(
        self, lines: list[Row], rows: list[int], at: int, resting: Style | None
    ) -> tuple[str, list[int]]:
        """Return what draws as many of the lines `rows` as `PIECE` bytes do, and those left.

        At least one is drawn: the line `at`, or else the nearest to it.
        """
        pen, before = self._pen, self._pen.twin()
        nearest = _nearest(rows, at)
        out, count = self._difference(lines, rows, resting), len(rows)
        while (size := _size(out)) > PIECE and count > 1:
            count = max(1, min(count - 1, count * PIECE // size))
            pen.become(before)
            out = self._difference(lines, sorted(nearest[:count]), None)
        return out, sorted(nearest[count:])

    def _cells(self, lines: list[Row], rows: list[int]) -> int:
        """Return how many cells of the lines `rows` there are to draw; 0 where they are few."""
        cols = len(lines[0].text)
        if len(rows) * cols <= MANY_CELLS:
            return 0
        return sum(
            cols if y in self._unknown else changed_cells(lines[y], self.glass[y]).count(1)
            for y in rows
        )

    def _difference(self, lines: list[Row], rows: list[int], resting: Style | None) -> str:
        """Return what changes the lines in `rows`, style by style where that is shorter.

        It is not tried where there is little to save, nor is the other way where it would be long:
        then a frame takes no more time than one way does.
        """
        pen = self._pen
        if not self._unknown.isdisjoint(rows) or self._cells(lines, rows) > MANY_CELLS:
            return self._layered(lines, rows, resting)
        before = pen.twin()
        out = self._line_by_line(lines, rows)
        if len(out) > FEW_BYTES:
            after = pen.twin()
            pen.become(before)
            other = self._layered(lines, rows, resting)
            if len(other) < len(out):
                return other
            pen.become(after)
        return out

    def _line_by_line(self, lines: list[Row], rows: list[int]) -> str:
        return "".join(change_line(self._pen, y, lines[y], self.glass[y]) for y in rows)

    def _layered(self, lines: list[Row], rows: list[int], resting: Style | None) -> str:
        """Draw style by style; lines with wide characters, or that are pushed, by themselves."""
        pen, glass = self._pen, self.glass
        unknown = self._unknown.intersection(rows)
        layered = [
            y
            for y in rows
            if can_be_layered(lines[y], lines[y] if y in unknown else glass[y])
            and (y in unknown or not is_pushed(pen, lines[y], glass[y]))
        ]
        layers = Layers(pen, lines, glass)
        out = layers.draw(layered, resting, unknown)
        for y in unknown:
            glass[y] = Row(len(lines[y].text), layers.background)
        return out + self._line_by_line(lines, [y for y in rows if y not in layered])

    def _rest_at(self, x: int, y: int) -> str:
        """Leave the cursor where typing goes on: behind a blank just written, that is the blank."""
        pen, line = self._pen, self.glass[y]
        steps_over_blank = (pen.x, pen.y) == (x - 1, y) and line.text[x - 1] == " "
        if steps_over_blank and line.style[x - 1] is pen.style:
            pen.x = x
            return " "
        return pen.move(x, y)


def _nearest(rows: list[int], at: int) -> list[int]:
    """Return the line `at` first, then the top one, which says what is seen, then the nearest."""
    return sorted(rows, key=lambda y: (y != at, y != 0, abs(y - at)))


def _size(text: str) -> int:
    """Return how many bytes a text takes on its way to the terminal."""
    return len(text.encode("utf-8", "replace"))
