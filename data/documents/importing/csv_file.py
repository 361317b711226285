"""Tables as text: CSV as Danish and English spreadsheets save it, and text with tabs."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator, Sequence
from typing import Final

from data.documents.importing.content import Aside, AsideKind, Grid, GridRow, ReadFile
from data.documents.importing.words import known_headings
from data.text import clean, csv_plain, text_of_bytes

DELIMITERS: Final = (";", "\t", ",", "|")
_LONGEST: Final = 10_000_000
_SEPARATOR_LINE: Final = re.compile(r"sep=(.)\s*$", re.IGNORECASE)
"""The line with which Excel names the delimiter of a file."""
_TITLE_LINES: Final = 12
"""How many lines there may be above the headings."""


def text_of(data: bytes) -> str:
    """Return the text of a file: UTF-8 or UTF-16, with or without a mark of it, or CP1252."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", errors="replace")
    sample = data[:1000]
    if len(sample) > 3 and sample.count(0) >= len(sample) // 4:
        little = sample[1::2].count(0) >= sample[::2].count(0)
        return data.decode("utf-16-le" if little else "utf-16-be", errors="replace")
    return text_of_bytes(data)


def read(name: str, data: bytes) -> ReadFile:
    """Read a CSV file."""
    text = text_of(data)
    above, grid = grid_of(text)
    asides = (Aside(AsideKind.ABOVE, _words(row), line=row.number) for row in above)
    return ReadFile(name, grids=(grid,) if grid is not None else (), asides=tuple(asides))


def _words(row: GridRow) -> str:
    return " · ".join(cell for cell in row.cells if cell)


def grid_of(text: str) -> tuple[Sequence[GridRow], Grid | None]:
    """Return the rows above the table of a CSV file, and the table; None if it has none."""
    first, _newline, rest = text.partition("\n")
    delimiters: Sequence[str] = DELIMITERS
    if named := _SEPARATOR_LINE.match(first):
        text, delimiters = rest, (named[1],)
    read_with = [list(_rows(text, delimiter)) for delimiter in delimiters]
    best = max(read_with, key=_likeness)
    return _with_headings(best)


def _rows(text: str, delimiter: str) -> Iterator[GridRow]:
    csv.field_size_limit(_LONGEST)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    # Counted as the spreadsheet shows them: a cell may hold several lines, and the line that names
    # the delimiter is no row.
    for number, cells in enumerate(reader, 1):
        if any(cell.strip() for cell in cells):
            plain = (clean(csv_plain(cell), lines=True).strip() for cell in cells)
            yield GridRow(number, tuple(plain))


def _likeness(rows: Sequence[GridRow]) -> tuple[int, int]:
    """Return how much rows look like a table: by headings that are known, and by equal widths."""
    known = max((known_headings(row.cells) for row in rows[:_TITLE_LINES]), default=0)
    width = len(rows[0].cells) if rows else 0
    alike = sum(len(row.cells) == width for row in rows) if width > 1 else 0
    return known, alike


def _with_headings(rows: Sequence[GridRow]) -> tuple[Sequence[GridRow], Grid | None]:
    """Return the rows above the headings, and the table that they begin.

    The headings are the row near the top of which most cells are known.
    """
    if not rows:
        return (), None
    near = range(min(len(rows), _TITLE_LINES))
    place = max(near, key=lambda one: (known_headings(rows[one].cells), -one))
    return rows[:place], Grid(rows[place].cells, tuple(rows[place + 1 :]))
