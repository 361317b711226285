"""The terminal's cursor and the style it writes in: where they are, and the shortest way on."""

from __future__ import annotations

from tui.terminal.abilities import Abilities
from tui.terminal.sgr import Style, change


class Pen:
    """The terminal's cursor and style; None is "not known"."""

    __slots__ = ("abilities", "full", "style", "x", "y")

    def __init__(self, abilities: Abilities) -> None:
        """Know nothing but what the terminal understands."""
        self.abilities = abilities
        self.style: Style | None = None
        self.x: int | None = None
        self.y: int | None = None
        self.full: int | None = None
        """The last column, where something has just been written in it: x is None, for terminals
        disagree on where the cursor is then; but when it goes up or down it is in this column."""

    def twin(self) -> Pen:
        """Return another one that is where this is, to try a way with."""
        other = Pen(self.abilities)
        other.become(self)
        return other

    def become(self, other: Pen) -> None:
        """Be where another pen is, and as it is."""
        self.style, self.x, self.y, self.full = other.style, other.x, other.y, other.full

    def erasable(self, style: Style) -> bool:
        """Whether erased cells look like blanks in `style`, when it is in use."""
        return not style.attributes and (self.abilities.paints_erased or not style.paper)

    def erases(self, style: Style) -> bool:
        """Whether blanks in `style` can be erased in the middle of a line."""
        return self.abilities.columns and self.erasable(style)

    def restyle(self, style: Style) -> str:
        """Return what makes the terminal write in `style`."""
        out = change(self.style, style)
        self.style = style
        return out

    def wrote(self, stop: int, cols: int) -> None:
        """Know that the line was written to up to column `stop`, of `cols` columns."""
        self.x, self.full = (stop, None) if stop < cols else (None, cols - 1)

    def move(self, x: int, y: int) -> str:
        """Return the shortest way for the cursor to (x, y)."""
        if self.x == x and self.y == y:
            return ""
        column = f";{x + 1}" if x else ""
        ways = [f"\x1b[{y + 1 if y or x else ''}{column}H"]
        if self.y is not None:
            down = self.vertical(self.y, y)
            ways += [down + across for across in self._horizontal(self.x, x)]
            if self.full == x and down:
                ways.append(down)
        self.x, self.y, self.full = x, y, None
        return min(ways, key=len)

    def vertical(self, old: int, new: int) -> str:
        """Return the shortest way from one line to another, in the same column."""
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
