"""What was read from a file, whatever its format: lines of text, tables of cells, and asides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from data.dates import EntryError
from data.i18n import N_, _
from data.text import shorten

_WORDS = 60
"""Cells of the words on which a comment was made, as a line of the preview has them."""


_MOST_LINES = 10_000
LARGEST_TEXT = 2_000_000
"""Bytes of the largest text: a form has a hundredth of that."""


class ImportProblem(EntryError):
    """A file cannot be taken in; `str()` is one line that says why and what to do."""


def refuse_large(name: str, size: int, most: int) -> None:
    """Raise `ImportProblem` if a file, or a part of it, has more bytes than `most`."""
    if size > most:
        text = _("{name} is too large for a form: it has more than {size} MB.")
        raise ImportProblem(text.format(name=name, size=most // 1_000_000))


def refuse_long(name: str, lines: int) -> None:
    """Raise `ImportProblem` if a file has more lines than any form has."""
    if lines > _MOST_LINES:
        text = _("{name} has more than {number} lines; that is too many for a form.")
        raise ImportProblem(text.format(name=name, number=_MOST_LINES))


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of text, or a paragraph."""

    number: int
    """The number of its line in the file, from 1; of a Word file, the number of the paragraph."""
    text: str
    heading: bool = False
    in_table: bool = False
    """Whether it is in a cell, of formats that have more than lines."""
    inner: bool = False
    """Whether it goes on with the paragraph above it, in formats that say so: it is no heading."""
    quoted: int = 0
    """How many marks a mail program put before it to quote it."""


@dataclass(frozen=True, slots=True)
class CellText:
    """The text of a cell, and where it is."""

    text: str
    place: str


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row of a table."""

    number: int
    """From 1: of its line in a text, of its row in a CSV file, or of its row in a table of Word."""
    cells: tuple[str, ...]

    def cell(self, place: int) -> str:
        """Return the text of a cell; "" if the row is shorter."""
        return self.cells[place] if place < len(self.cells) else ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: a row of headings, and the rows below it."""

    headings: tuple[str, ...]
    rows: tuple[GridRow, ...]
    table: int = 0
    """The number of the table in its file, from 1; 0 if the rows are lines of the file."""

    def place(self, row: GridRow, column: int) -> str:
        """Return where a cell is, as the user finds it."""
        heading = self.headings[column] if column < len(self.headings) else str(column + 1)
        heading = " ".join(heading.split()) or str(column + 1)
        if not self.table:
            return _("line {line}, “{column}”").format(line=row.number, column=heading)
        text = _("table {table}, row {row}, “{column}”")
        return text.format(table=self.table, row=row.number, column=heading)

    def beyond(self) -> Iterator[tuple[GridRow, str]]:
        """Yield the words to the right of the last heading, each with its row."""
        for row in self.rows:
            for words in filter(None, map(str.strip, row.cells[len(self.headings) :])):
                yield row, words

    def unknown(self, keys: Sequence[str]) -> Iterator[str]:
        """Yield the headings, or else the numbers, of columns with no key in which something is."""
        for at, (heading, key) in enumerate(zip(self.headings, keys, strict=True)):
            if not key and any(row.cell(at).strip() for row in self.rows):
                yield heading.strip() or str(at + 1)

    def row_place(self, row: GridRow) -> str:
        """Return where a row is, as the user finds it."""
        if not self.table:
            return _("line {line}").format(line=row.number)
        return _("table {table}, row {row}").format(table=self.table, row=row.number)


class AsideKind(StrEnum):
    """What something is that is in a file, but in no place of a form."""

    COMMENT = N_("Comment by {author}")
    ON_WORDS = N_("Comment by {author} on “{words}”")
    FOOTNOTE = N_("Footnote")
    BOX = N_("Text box")
    MARGIN = N_("Header or footer")
    ABOVE = N_("Above the headings")
    """The words of a row of a table, above the row with the headings."""
    MAIL = N_("The mail")
    """The words of the mail that the form is attached to."""
    ATTACHED = N_("Also attached to the mail")
    """The name of another file."""


@dataclass(frozen=True, slots=True)
class Aside:
    """Words in a file that are in no place of a form, such as a comment."""

    kind: AsideKind
    text: str
    author: str = ""
    words: str = ""
    """The words that a comment was made on."""
    line: int = 0
    """The number of its line in the file; 0 in formats without lines."""

    @property
    def place(self) -> str:
        """Where it is, as the user finds it."""
        if self.line:
            return _("line {line}").format(line=self.line)
        words = shorten(" ".join(self.words.split()), _WORDS)
        return _(self.kind.value).format(author=self.author or "?", words=words)

    @property
    def one_line(self) -> str:
        """Its text in one line, all of it: nowhere else is it kept."""
        return " ".join(self.text.split())


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file that was read."""

    name: str
    """Its name without the folder."""
    lines: tuple[TextLine, ...] = ()
    """Its text in order, the cells of tables included where the format has text around them."""
    grids: tuple[Grid, ...] = ()
    mark: str = ""
    """The mark that it bears (`Document.mark`); "" if none was found."""

    rooms: Mapping[str, str] = field(default_factory=dict)
    """What was written into rooms with a key (`Room.key`), in formats that keep it."""
    asides: tuple[Aside, ...] = ()
    """What is in it beside the text and the tables."""
    pictures: int = 0
    """How many pictures are in it: nothing on them can be read."""
    by_line: bool = False
    """Whether the user sees the numbers of its lines: not in a Word file."""

    @property
    def text(self) -> str:
        """All its lines."""
        return "\n".join(line.text for line in self.lines)
