"""Word files: their paragraphs and tables, whoever has edited them.

Text that was added while changes are tracked counts, and text that was deleted does not, as Word
shows it. python-docx does not read those, so the XML is read here.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any, Final

from data.documents.importing.content import (
    Aside,
    AsideKind,
    Grid,
    GridRow,
    ImportProblem,
    ReadFile,
    TextLine,
    refuse_large,
)
from data.documents.importing.words import known_headings
from data.i18n import _
from data.text import clean

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_GONE: Final = frozenset({f"{_W}del", f"{_W}moveFrom", f"{_W}instrText", f"{_W}delText"})
_TITLE_ROWS: Final = 3
"""Among how many rows of a table its headings are: somebody may have put a title above them."""
_COLUMNS: Final = 63
"""How many columns a table of Word has at most."""
_LARGEST_XML: Final = 8_000_000
_LARGEST_UNPACKED: Final = 60_000_000
"""Bytes of a file unpacked, with its pictures; of what has text in it, `_LARGEST_XML`."""
_AROUND: Final = frozenset({"sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"})
"""Elements that hold paragraphs, rows or cells as if they were not there."""


def read(name: str, data: bytes) -> ReadFile:
    """Read a Word file. Raises `ImportProblem` if it is none."""
    import docx  # loaded when first needed: it takes as long as the rest of the program

    try:
        _refuse_swelling(name, data)
        word: Any = docx.Document(io.BytesIO(data))
        body = word.element.body
        mark = str(word.core_properties.identifier or "")
    except ImportProblem:
        raise
    except Exception as wrong:
        # A damaged file can fail anywhere in the libraries that read it.
        text = _("{name} is not a Word file that can be read. Save it as .docx and try again.")
        raise ImportProblem(text.format(name=name)) from wrong
    # loaded when first needed, with what reads Word files
    from data.documents.importing.docx_asides import asides_of

    lines: list[TextLine] = []
    grids: list[Grid] = []
    rooms: dict[str, str] = {}
    asides, pictures = asides_of(word)
    _gather(body, lines, grids, rooms, asides)
    return ReadFile(name, tuple(lines), tuple(grids), mark, rooms, tuple(asides), pictures)


def _refuse_swelling(name: str, data: bytes) -> None:
    """Raise `ImportProblem` if a file is small only because it is packed."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        parts = packed.infolist()
    text = sum(one.file_size for one in parts if one.filename.endswith((".xml", ".rels")))
    refuse_large(name, text, _LARGEST_XML)
    refuse_large(name, sum(one.file_size for one in parts), _LARGEST_UNPACKED)


def _gather(
    body: Any,
    lines: list[TextLine],
    grids: list[Grid],
    rooms: dict[str, str],
    asides: list[Aside],
) -> None:
    number = 0
    for block in _children(body, "p", "tbl"):
        if block.tag == f"{_W}p":
            number += 1
            heading = _is_heading(block)
            text = _text(block)
            if text.strip() and not heading and _is_listed(block):
                text = f"- {text}"
            lines += [
                TextLine(number, part, heading, inner=place > 0)
                for place, part in enumerate(text.split("\n"))
            ]
            continue
        rows = [tuple(_cell_text(cell) for cell in _cells(row)) for row in _children(block, "tr")]
        if not rows:
            continue
        about = block.find(f"{_W}tblPr/{_W}tblDescription")
        key = about.get(f"{_W}val", "") if about is not None else ""
        if key and len(rows) == 1:
            rooms[key] = "\n".join(rows[0])
        near = range(min(len(rows), _TITLE_ROWS))
        first = max(near, key=lambda one: (known_headings(rows[one]), -one))
        numbered = tuple(
            GridRow(place, cells) for place, cells in enumerate(rows[first + 1 :], first + 2)
        )
        grids.append(Grid(rows[first], numbered, len(grids) + 1))
        above = (" · ".join(filter(None, cells)) for cells in rows[:first])
        asides += [Aside(AsideKind.ABOVE, text) for text in above if text]
        for row in rows:
            number += 1
            parts = [part for cell in row for part in cell.split("\n")]
            lines += [TextLine(number, part, in_table=True) for part in parts]


def _children(element: Any, *names: str) -> Iterator[Any]:
    """Yield the children of these names, also those inside what Word has put around them."""
    for child in element:
        if not isinstance(child.tag, str):
            continue
        name = child.tag.removeprefix(_W)
        if name in names:
            yield child
        elif name in _AROUND:
            yield from _children(child, *names)


def _cells(row: Any) -> Iterator[Any]:
    """Yield the cells of a row; one that spans several columns, with nothing for the others."""
    column = 0
    for cell in _children(row, "tc"):
        yield cell
        column += 1
        for _more in range(min(_span(cell), _COLUMNS - column + 1) - 1):
            column += 1
            yield None


def _span(cell: Any) -> int:
    """Return over how many columns a cell goes; 1 if the file says nothing that can be."""
    span = cell.find(f"{_W}tcPr/{_W}gridSpan")
    text = "" if span is None else span.get(f"{_W}val", "")
    return int(text) if re.fullmatch(r"0*[1-9][0-9]?", text, re.ASCII) else 1


def _cell_text(cell: Any) -> str:
    if cell is None:
        return ""
    found = [_text(one) for one in _paragraphs(cell)]
    return clean("\n".join(found), lines=True).strip()


def _paragraphs(element: Any) -> Iterator[Any]:
    """Yield the paragraphs of a cell, those of tables in it included, but not of text boxes."""
    for child in element:
        if child.tag == f"{_W}p":
            yield child
        else:
            yield from _paragraphs(child)


def _is_listed(paragraph: Any) -> bool:
    """Whether a sign of a list stands before a paragraph."""
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    name = style.get(f"{_W}val", "") if style is not None else ""
    number = paragraph.find(f"{_W}pPr/{_W}numPr/{_W}numId")
    is_numbered = number is not None and number.get(f"{_W}val", "0") != "0"
    return is_numbered or name.casefold().startswith(("listbullet", "listnumber", "opstilling"))


def _is_heading(paragraph: Any) -> bool:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    name = style.get(f"{_W}val", "") if style is not None else ""
    return name.casefold().startswith(("heading", "overskrift", "title", "titel"))


def _text(paragraph: Any) -> str:
    """Return the text of a paragraph, its own line breaks included."""
    return clean("".join(_pieces(paragraph)), lines=True)


def _pieces(element: Any) -> Iterator[str]:
    for child in element:
        tag = child.tag
        if tag in _GONE or not isinstance(tag, str):
            continue
        if tag == f"{_W}t":
            yield child.text or ""
        elif tag == f"{_W}tab":
            yield "\t" if element.tag == f"{_W}r" else ""
        elif tag in (f"{_W}br", f"{_W}cr"):
            yield "\n"
        elif tag == f"{_W}noBreakHyphen":
            yield "-"
        elif tag == f"{_W}softHyphen":  # as LibreOffice saves that character
            yield "\u00ad"
        elif tag != f"{_W}p":  # the paragraphs of a text box are not part of this one
            yield from _pieces(child)
