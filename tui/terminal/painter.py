"""From what the terminal shows to what it should show, in the fewest bytes.

`Painter` keeps the cells, the style and the cursor that the terminal has (`glass`), and writes only
what differs: line by line (`tui.terminal.lines`), or style by style (`tui.terminal.layers`).
"""

from __future__ import annotations

from typing import Final

from tui.terminal.abilities import Abilities
from tui.terminal.cells import Row, Shadow
from tui.terminal.layers import Layers, can_be_layered
from tui.terminal.lines import change_line, changed_cells, is_pushed
from tui.terminal.pen import Pen
from tui.terminal.sgr import Style

FEW_BYTES: Final = 120
"""Up to here, changing line by line is not held against drawing style by style."""

MANY_CELLS: Final = 480
"""Changed cells, a quarter of a small screen, from which line by line is not even tried."""


class Painter:
    """What the terminal shows, and the bytes that turn it into a `Shadow`."""

    def __init__(self, abilities: Abilities) -> None:
        self.glass: list[Row] = []
        self._pen = Pen(abilities)
        self._known = False
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

    def paint(self, shadow: Shadow, cursor: tuple[int, int] | None) -> str:
        """Return what the terminal must be sent to show `shadow`, its cursor at `cursor`.

        Nothing to do is "". A `cursor` of None is hidden.
        """
        rows = self._changed_rows(shadow)
        shadow.touched = set()
        resting = None
        if cursor is not None:  # behind the last column it rests on it
            resting = shadow.lines[cursor[1]].style[min(cursor[0], shadow.cols - 1)]
        if self._known:
            out = self._difference(shadow.lines, rows, resting)
        else:
            out = self._afresh(shadow.lines, resting)
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

    def _difference(self, lines: list[Row], rows: list[int], resting: Style | None) -> str:
        """Return what changes the lines in `rows`, style by style where that is shorter.

        It is not tried where there is little to save, nor is the other way where it would be long:
        then a frame takes no more time than one way does.
        """
        pen = self._pen
        cells = 0
        if len(rows) * len(lines[0].text) > MANY_CELLS:
            cells = sum(changed_cells(lines[y], self.glass[y]).count(1) for y in rows)
        if cells > MANY_CELLS:
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
        layered = [
            y
            for y in rows
            if can_be_layered(lines[y], glass[y]) and not is_pushed(pen, lines[y], glass[y])
        ]
        out = Layers(self._pen, lines, self.glass).draw(layered, resting)
        return out + self._line_by_line(lines, [y for y in rows if y not in layered])

    def _afresh(self, lines: list[Row], resting: Style | None) -> str:
        """Wipe the screen and paint all of it."""
        cols = len(lines[0].text)
        self.glass = [Row(cols) for _ in lines]
        self._known = True
        layered = [y for y, line in enumerate(lines) if can_be_layered(line, line)]
        layers = Layers(self._pen, lines, self.glass)
        out = layers.draw(layered, resting, afresh=True)
        self.glass = [Row(cols, layers.background) for _ in lines]
        return out + self._line_by_line(lines, [y for y in range(len(lines)) if y not in layered])

    def _rest_at(self, x: int, y: int) -> str:
        """Leave the cursor where typing goes on: behind a blank just written, that is the blank."""
        pen, line = self._pen, self.glass[y]
        steps_over_blank = (pen.x, pen.y) == (x - 1, y) and line.text[x - 1] == " "
        if steps_over_blank and line.style[x - 1] is pen.style:
            pen.x = x
            return " "
        return pen.move(x, y)
