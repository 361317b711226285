"""The screen that Textual means: its output, read into cells.

`Shadow` reads what Textual writes to a terminal (cursor moves, SGR, text) and keeps the cells that
a terminal would show. What is neither drawing nor known is kept in order for the terminal itself.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from rich.cells import cell_len, split_graphemes

from data.cell_width import cell_width, is_narrow, widest
from tui.terminal.sgr import PLAIN, Style, styled

LONGEST_CLUSTER: Final = 24
"""Code points a cell keeps: a letter and its marks, or an emoji and its joins."""

_TOKEN: Final = re.compile(
    r"\x1b\[(?P<sgr>[\d;]*)m"
    r"|(?P<text>[^\x00-\x1f\x7f-\x9f]+)"
    r"|\x1b\[(?P<row>\d*)(?:;(?P<column>\d*))?H"
    r"|(?P<newline>\n)"
    r"|(?P<silent>\x1b\[[<=>?][\d;]*\$?[a-zA-Z]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x07)"
    r"|(?P<nothing>[\x00-\x06\x0e-\x1a\x1c-\x1f\x7f-\x9f])"
    r"|(?P<unknown>\x1b\[[<=>?]?[\d;:]*[ -/]*[@-~]|\x1b[PX^_].*?\x1b\\|\x1b[ -/]*[0-~]|.)",
    re.DOTALL,
)


@lru_cache(maxsize=4096)
def laid_out(text: str) -> tuple[tuple[str, int], ...]:
    """Return what takes a place of its own in `text`, with the cells that Textual left for it.

    This is the ruler of Rich, with which Textual laid the text out: with any other, all that stands
    to the right of it could be read into wrong cells. The painter knows what terminals make of it.
    """
    return tuple((text[start:end], width) for start, end, width in split_graphemes(text)[0])


@lru_cache(maxsize=4096)
def most_columns(cluster: str) -> int:
    """Return how many columns a cluster may take: those left for it, or more in some terminals."""
    return max(cell_len(cluster), widest(cluster))


@lru_cache(maxsize=4096)
def is_sure(cluster: str) -> bool:
    """Whether terminals agree on the width: one letter, with marks, or one East Asian one.

    Where wcwidth and Textual differ they do not: the cursor is then put anew behind it.
    """
    base, marks = cluster[0], cluster[1:]
    if is_narrow(base):
        return all(unicodedata.combining(mark) for mark in marks)
    is_wide = cell_width(base) == cell_len(base) == 2
    return not marks and is_wide and unicodedata.category(base) == "Lo"


class Row:
    """A line of the screen: texts and styles of its cells, side by side.

    The right half of a wide character has the text "".
    """

    __slots__ = ("style", "text", "wide")

    def __init__(self, cols: int, style: Style = PLAIN) -> None:
        self.text = [" "] * cols
        self.style = [style] * cols
        self.wide = False
        """Whether there may be a wide character in it."""

    def copy_from(self, other: Row) -> None:
        """Become equal to `other`."""
        self.text[:] = other.text
        self.style[:] = other.style
        self.wide = other.wide

    def resize(self, cols: int) -> None:
        """Cut or fill up at the right."""
        missing = cols - len(self.text)
        self.text[cols:] = [" "] * max(0, missing)
        self.style[cols:] = [PLAIN] * max(0, missing)

    def put(self, x: int, texts: list[str], style: Style) -> None:
        """Write cells from `x` on; a wide character that loses one half loses the other."""
        end = x + len(texts)
        if self.wide:
            if x and not self.text[x]:
                self.text[x - 1] = " "
            if end < len(self.text) and not self.text[end]:
                self.text[end] = " "
        self.text[x:end] = texts
        self.style[x:end] = [style] * len(texts)


class Shadow:
    """Cells as Textual means them, and what it wrote besides (`passed`)."""

    def __init__(self, cols: int, rows: int) -> None:
        self.cols, self.rows = cols, rows
        self.lines = [Row(cols) for _ in range(rows)]
        self.touched: set[int] = set()
        """Rows written to since somebody cleared this."""
        self.drawn = False
        """Whether anything was ever written to a cell."""
        self.x = self.y = 0
        self.style = PLAIN
        self.passed: list[str] = []
        """Sequences for the terminal itself, in order."""
        self.strange = False
        """Whether something came that may have drawn what the cells do not tell."""

    def resize(self, cols: int, rows: int) -> None:
        """Take another size; new cells are blank until they are written."""
        for line in self.lines:
            line.resize(cols)
        self.lines[rows:] = [Row(cols) for _ in range(rows - len(self.lines))]
        self.cols, self.rows = cols, rows
        self.x, self.y = min(self.x, cols - 1), min(self.y, rows - 1)
        self.touched = set(range(rows))

    def feed(self, data: str) -> None:
        """Read what Textual writes: whole sequences, never half of one."""
        for match in _TOKEN.finditer(data):
            kind = match.lastgroup
            if kind == "text":
                self._write(match["text"])
            elif kind == "sgr":
                self._restyle(match)
            elif kind in ("row", "column"):
                self.x = max(1, min(int(match["column"] or 1), self.cols)) - 1
                self.y = max(1, min(int(match["row"] or 1), self.rows)) - 1
            elif kind == "newline":
                self._newline()
            elif kind != "nothing":
                self._pass(match[0], strange=kind != "silent")

    def _restyle(self, match: re.Match[str]) -> None:
        style = styled(self.style, match["sgr"])
        if style is None:
            self._pass(match[0], strange=True)
        else:
            self.style = style

    def _newline(self) -> None:
        """Go to the next line. Below the last there is only a frame for a larger window."""
        self.x, self.y = 0, min(self.y + 1, self.rows - 1)

    def _pass(self, sequence: str, *, strange: bool) -> None:
        self.passed.append(sequence)
        self.strange |= strange

    def _write(self, text: str) -> None:
        self.touched.add(self.y)
        self.drawn = True
        if is_narrow(text):
            self._put(list(text))
            return
        for cluster, width in laid_out(text):
            if width == 0:
                self._combine(cluster)
            elif width == 1:
                self._put([cluster])
            elif self.x + 2 <= self.cols:
                self.lines[self.y].wide = True
                self._put([cluster, ""])

    def _put(self, texts: list[str]) -> None:
        """Write cells at the cursor. Lines do not wrap: what is too long piles up at the end."""
        x = min(self.x, self.cols - 1)
        room = self.cols - x
        if len(texts) > room:
            texts = [*texts[: room - 1], texts[-1] or " "]
        self.lines[self.y].put(x, texts, self.style)
        self.x = x + len(texts)

    def _combine(self, mark: str) -> None:
        """Add a mark that came without its letter to the cell before the cursor.

        One that would make the letter wide is dropped: its place is taken.
        """
        x = min(self.x, self.cols) - 1
        texts = self.lines[self.y].text
        if x > 0 and not texts[x]:
            x -= 1
        if x >= 0 and len(texts[x]) < LONGEST_CLUSTER:
            marked = texts[x] + mark
            if cell_len(marked) == cell_len(texts[x]):
                texts[x] = marked
