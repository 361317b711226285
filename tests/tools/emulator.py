"""A terminal emulator small enough to be sure of: text, styles, wide characters, erase, insert.

It knows what full-screen programs send and refuses the rest (`unknown` collects it), moves as xterm
does, and keeps what a cell shows: its text and its style. Overwriting half of a wide character
blanks the other half. Character widths are those of the program under test (`rich.cells`), so a
cluster such as a letter with its accents is one cell.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

from rich.cells import cell_len, split_graphemes
from wcwidth import wcwidth


class Style(NamedTuple):
    """What SGR set: colours as their SGR parameters ("" is the terminal's own), and attributes."""

    ink: str = ""
    paper: str = ""
    attributes: frozenset[str] = frozenset()


class Cell(NamedTuple):
    """One cell. `text` is "" in the right half of a wide character."""

    text: str = " "
    style: Style = Style()


PLAIN: Final = Style()
BLANK: Final = Cell()

_ON: Final = {
    "1": "bold",
    "2": "dim",
    "3": "italic",
    "4": "underline",
    "5": "blink",
    "6": "blink2",
    "7": "reverse",
    "8": "conceal",
    "9": "strike",
    "21": "underline2",
    "51": "frame",
    "52": "encircle",
    "53": "overline",
}
_OFF: Final = {
    "22": {"bold", "dim"},
    "23": {"italic"},
    "24": {"underline", "underline2"},
    "25": {"blink", "blink2"},
    "27": {"reverse"},
    "28": {"conceal"},
    "29": {"strike"},
    "54": {"frame", "encircle"},
    "55": {"overline"},
}

_TOKEN: Final = re.compile(
    r"\x1b\[(?P<private>[<=>?]?)(?P<parameters>[\d;:]*)(?P<between>[ -/]*)(?P<final>[@-~])"
    r"|\x1b[\]P^_](?P<string>[^\x07\x1b]*)(?:\x07|\x1b\\)"
    r"|\x1b(?P<escape>[()][0-9A-B]|[78=>cDEHM])"
    r"|(?P<text>[^\x00-\x1f\x7f]+)"
    r"|(?P<control>[\x00-\x1a\x1c-\x1f\x7f])"
)
_UNFINISHED: Final = re.compile(r"\x1b(?:\[[<=>?]?[\d;:]*[ -/]*|[\]P^_][^\x07\x1b]*\x1b?|[()])?\Z")


@dataclass
class _Saved:
    rows: list[list[Cell]]
    x: int
    y: int
    style: Style


class Emulator:
    """A screen of `cols` x `rows` that is fed what a program writes.

    With `joins` an emoji built of several is one character of two cells, as in newer terminals;
    without, each of its parts takes its own place, as in older ones. Without `alternate` there is
    no other screen, and one can scroll back, as in GNU screen.
    """

    def __init__(self, cols: int, rows: int, *, joins: bool = True, alternate: bool = True) -> None:
        self.cols, self.rows = cols, rows
        self.alternate = alternate
        self.history: list[str] = []
        """Lines to which one can scroll back: they went off the top, or were erased as a whole."""
        self.joins = joins
        self.buffer = [[BLANK] * cols for _ in range(rows)]
        self.x = self.y = 0
        self.style = PLAIN
        self.modes: set[str] = {"7", "25"}
        self.strings: list[str] = []
        self.unknown: list[str] = []
        self._behind_last = False
        self._rest = ""
        self._main: _Saved | None = None
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode

    @property
    def cursor(self) -> tuple[int, int, bool]:
        """Column, row, and whether it is shown."""
        return self.x, self.y, "25" in self.modes

    def cell(self, x: int, y: int) -> Cell:
        """The cell at a column and row."""
        return self.buffer[y][x]

    def line(self, y: int) -> str:
        """A row's text."""
        return "".join(cell.text for cell in self.buffer[y])

    def text(self) -> str:
        """All rows' text."""
        return "\n".join(self.line(y) for y in range(self.rows))

    def resize(self, cols: int, rows: int) -> None:
        """Cut or fill at the right and at the bottom."""
        for row in self.buffer:
            row[cols:] = []
            row.extend([BLANK] * (cols - len(row)))
        self.buffer[rows:] = []
        self.buffer.extend([BLANK] * cols for _ in range(rows - len(self.buffer)))
        self.cols, self.rows = cols, rows
        self._place(self.x, self.y)

    def feed(self, data: bytes | str) -> None:
        """Take what the program wrote; a sequence may be cut anywhere."""
        text = self._rest + (data if isinstance(data, str) else self._decode(data))
        self._rest, at = "", 0
        while at < len(text):
            match = _TOKEN.match(text, at)
            if match is None:
                if _UNFINISHED.match(text, at):
                    self._rest = text[at:]
                    return
                self.unknown.append(text[at : at + 8])
                at += 1
                continue
            at = match.end()
            kind = match.lastgroup
            if kind == "text":
                self._write(match["text"])
            elif kind == "final":
                self._sequence(match)
            elif kind == "string":
                self.strings.append(match["string"])
            elif kind == "control":
                self._control(match["control"])
            elif match["escape"] == "M" and self.y:
                self._place(self.x, self.y - 1)
            elif match["escape"] not in {"=", ">", "(B"}:
                self.unknown.append(match[0])

    # -- what is written ------------------------------------------------------------------------

    def _write(self, text: str) -> None:
        if text.isascii():
            self._write_narrow(text)
            return
        for character, width in self._characters(text):
            if width == 0:
                self._combine(character)
            elif width == 1:
                self._write_narrow([character])
            else:
                self._write_wide(character)

    def _characters(self, text: str) -> list[tuple[str, int]]:
        if self.joins:
            return [(text[start:end], width) for start, end, width in split_graphemes(text)[0]]
        return [(character, max(wcwidth(character), 0)) for character in text]

    def _write_narrow(self, text: str | list[str]) -> None:
        texts = list(text)
        while texts:
            self._wrap_if_pending()
            part, texts = texts[: self.cols - self.x], texts[self.cols - self.x :]
            row = self.buffer[self.y]
            end = self.x + len(part)
            _split(row, self.x, end)
            row[self.x : end] = [Cell(each, self.style) for each in part]
            if end < self.cols:
                self.x = end
                return
            self.x = self.cols - 1
            self._behind_last = True
            if texts and "7" not in self.modes:  # no wrapping: the last one stays
                row[-1] = Cell(texts[-1], self.style)
                return

    def _write_wide(self, character: str) -> None:
        self._wrap_if_pending()
        if self.x + 2 > self.cols:
            return
        row = self.buffer[self.y]
        _split(row, self.x, self.x + 2)
        row[self.x : self.x + 2] = [Cell(character, self.style), Cell("", self.style)]
        if self.x + 2 < self.cols:
            self.x += 2
        else:
            self.x = self.cols - 1
            self._behind_last = True

    def _combine(self, mark: str) -> None:
        row = self.buffer[self.y]
        x = self.x if self._behind_last else self.x - 1
        if x > 0 and row[x].text == "":
            x -= 1
        marked = row[x].text + mark
        if x >= 0 and cell_len(marked) == cell_len(row[x].text):
            row[x] = row[x]._replace(text=marked)

    def _wrap_if_pending(self) -> None:
        if self._behind_last and "7" in self.modes:
            self.x = 0
            self._down()

    # -- what moves and changes -----------------------------------------------------------------

    def _control(self, character: str) -> None:
        if character == "\r":
            self._place(0, self.y)
        elif character == "\n":
            self._down()
        elif character == "\b":
            self._place(self.x - 1, self.y)
        elif character not in "\x00\x07":
            self.unknown.append(character)

    def _down(self) -> None:
        self._behind_last = False
        if self.y + 1 < self.rows:
            self.y += 1
        else:
            self._keep(0)
            self.buffer.append([BLANK] * self.cols)
            del self.buffer[0]

    def _keep(self, y: int) -> None:
        """Keep a line for scrolling back; nobody can while the other screen is shown."""
        if self._main is None:
            self.history.append(self.line(y).rstrip())

    def _place(self, x: int, y: int) -> None:
        self.x = max(0, min(x, self.cols - 1))
        self.y = max(0, min(y, self.rows - 1))
        self._behind_last = False

    def _sequence(self, match: re.Match[str]) -> None:
        private, final = match["private"], match["final"]
        if private or match["between"]:
            self._mode(private, match["parameters"], match["between"] + final)
            return
        if final == "m":
            self.style = _styled(self.style, match["parameters"])
            return
        numbers = [int(part) if part else 0 for part in match["parameters"].split(";")]
        count = max(1, numbers[0])
        if final in "Hf":
            second = numbers[1] if len(numbers) > 1 else 1
            self._place(max(1, second) - 1, count - 1)
        elif final == "G":
            self._place(count - 1, self.y)
        elif final == "d":
            self._place(self.x, count - 1)
        elif final in "ABCD":
            dx = {"C": count, "D": -count}.get(final, 0)
            dy = {"A": -count, "B": count}.get(final, 0)
            self._place(self.x + dx, self.y + dy)
        elif final in "JK":
            self._erase(final, numbers[0])
        elif final == "X":
            self._clear(self.y, self.x, min(self.cols, self.x + count))
        elif final == "@":
            row = self.buffer[self.y]
            row[self.x : self.x] = [self._erased()] * count
            del row[self.cols :]
        elif final == "P":
            row = self.buffer[self.y]
            del row[self.x : self.x + count]
            row.extend([self._erased()] * (self.cols - len(row)))
        elif final not in "cnt":  # questions and window titles draw nothing
            self.unknown.append(match[0])

    def _mode(self, private: str, parameters: str, final: str) -> None:
        if private == "?" and final == "h":
            self.modes.update(parameters.split(";"))
        elif private == "?" and final == "l":
            self.modes.difference_update(parameters.split(";"))
        elif final not in {"u", "$p", "c", "n", " q"}:
            self.unknown.append(f"{private}{parameters}{final}")
        if parameters == "1049" and final in "hl" and self.alternate:
            self._alternate(final == "h")

    def _alternate(self, enter: bool) -> None:
        if enter and self._main is None:
            self._main = _Saved(self.buffer, self.x, self.y, self.style)
            self.buffer = [[BLANK] * self.cols for _ in range(self.rows)]
        elif not enter and self._main is not None:
            saved, self._main = self._main, None
            self.buffer, self.style = saved.rows, saved.style
            self.x, self.y = saved.x, saved.y
            self.resize(self.cols, self.rows)

    def _erased(self) -> Cell:
        return Cell(" ", self.style._replace(attributes=frozenset()))

    def _clear(self, y: int, start: int, end: int) -> None:
        row = self.buffer[y]
        _split(row, start, end)
        row[start:end] = [self._erased()] * (end - start)

    def _erase(self, final: str, what: int) -> None:
        if final == "J" and (what == 2 or (what == 0 and (self.x, self.y) == (0, 0))):
            for y in range(self.rows):
                self._keep(y)
        if what in (0, 1):
            start, end = (self.x, self.cols) if what == 0 else (0, self.x + 1)
            self._clear(self.y, start, end)
        elif final == "K":
            self._clear(self.y, 0, self.cols)
        if final == "J":
            first, last = {0: (self.y + 1, self.rows), 1: (0, self.y)}.get(what, (0, self.rows))
            for y in range(first, last):
                self._clear(y, 0, self.cols)


def _split(row: list[Cell], start: int, end: int) -> None:
    """Blank the halves of wide characters that writing `start` to `end` would leave behind."""
    if 0 < start < len(row) and row[start].text == "":
        row[start - 1] = row[start - 1]._replace(text=" ")
    if end < len(row) and row[end].text == "":
        row[end] = row[end]._replace(text=" ")


@lru_cache(maxsize=4096)
def _styled(style: Style, parameters: str) -> Style:
    ink, paper, attributes = style
    codes = parameters.replace(":", ";").split(";")
    while codes:
        code = codes.pop(0).lstrip("0")
        if not code:
            ink, paper, attributes = PLAIN
        elif code in {"38", "48"}:
            count = 2 if codes[:1] == ["5"] else 4
            colour = ";".join([code, *codes[:count]])
            del codes[:count]
            ink, paper = (colour, paper) if code == "38" else (ink, colour)
        elif code in _ON:
            attributes |= {_ON[code]}
        elif code in _OFF:
            attributes -= _OFF[code]
        elif code == "39":
            ink = ""
        elif code == "49":
            paper = ""
        elif code[0] in "39" and len(code) == 2:
            ink = code
        elif code[0] in "41" and len(code) in (2, 3):
            paper = code
    return Style(ink, paper, attributes)
