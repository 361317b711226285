"""The blocks of a document as the language of typst."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final
from unicodedata import category, combining

from data.documents.model.document import (
    Block,
    Facts,
    Heading,
    Items,
    Paragraph,
    Room,
    Signatures,
    Table,
)
from data.documents.writers.layout import is_blank, printable, row_heights, text_width, widths
from data.i18n import _

_ROOM: Final = {True: 745, False: 470}
"""The width of the text on a sheet on its side, and on an upright one, in points."""
_SIZE: Final = 9
"""The size of the letters in a table, in points; so much of a cell is empty, left and right."""
_LINE: Final = 40
"""How wide a word may be outside tables, for letters of size 1: as a line of an upright sheet."""
_MAY_END: Final = "\0"
"""Stands in a word where a line may end. No text has it, as no character is in the file for it."""
_MARKS: Final = frozenset({"Mn", "Me", "Cf"})
"""The categories of what stands over, under or around the letter before it, or joins it."""
_MOST_MARKS: Final = 32
"""How many of these may follow each other: no script has as many, and thousands end typst."""
_TOLERANCE: Final = 1.1
"""How much wider than its column a word may seem: letters are narrower than is reckoned."""
_TOGETHER: Final = 8
"""A table with no more rows stands on one page, unless it is too high."""
_HIGH: Final = 240
"""How high in points a row or a small table may be that is not to be parted by a page's end. One
that is parted nowhere would run out of the page, and its text would be lost."""


def quoted(text: str) -> str:
    """Return a text as a string of typst, with its line breaks as they are."""
    inner = (
        _few_marks(printable(text)).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    )
    return f'"{inner}"'


def _few_marks(text: str) -> str:
    """Return a text in which no letter has more marks than anybody can read."""
    if text.isascii():
        return text
    found, marks = [], 0
    for letter in text:
        marks = marks + 1 if category(letter) in _MARKS else 0
        if marks <= _MOST_MARKS:
            found.append(letter)
    return "".join(found)


def block_code(block: Block, above: Block | None, *, landscape: bool) -> str:
    """Return the commands for a block. `above` is the one above it; `landscape`: as its sheet."""
    match block:
        case Heading(text, level):
            return f"#heading(level: {level}, {_content(text)})"
        case Paragraph(text, quiet):
            return f"#quiet({_content(text)})\n" if quiet else f"#par({_content(text)})"
        case Items(items, ticked):
            return _items(items, ticked)
        case Facts(facts):
            return _facts((fact.label, fact.text) for fact in facts)
    return _framed(block, above, landscape)


def _framed(block: Table | Room | Signatures, above: Block | None, landscape: bool) -> str:
    match block:
        case Table():
            more = _("The same rows, more columns")
            before = f"#more({quoted(more)})\n" if isinstance(above, Table) else ""
            return before + _table(block, _ROOM[landscape])
        case Room():
            is_named = isinstance(above, Heading) and above.text == block.label
            label = "" if is_named else f"#block(sticky: true, quiet({quoted(block.label)}))\n"
            high = 17 * max(block.lines, 1)
            return f"{label}#room({high}pt, {_content(block.text)})"
        case Signatures(names):
            signed = (_("{name}, date").format(name=name) for name in names)
            return f"#sign({', '.join(map(_content, signed))})"


def _content(text: str, wide: float = _LINE) -> str:
    """Return a text as an expression of typst; a line break of it is one on paper.

    A word that is wider than `wide`, for letters of size 1, is parted where its line is full: else
    it would run out of its column, over the words beside it.
    """
    return _joined(
        [_line_code(line, wide * _TOLERANCE) for line in text.split("\n")], "linebreak()"
    )


def _line_code(line: str, wide: float) -> str:
    parted = " ".join(_parted(word, wide) for word in line.split(" "))
    return _joined([quoted(part) for part in parted.split(_MAY_END)], "h(0.01pt)")


def _joined(parts: Sequence[str], between: str) -> str:
    """Return expressions as one, with another between them.

    Not as a sum: it is reckoned term by term, each inside the next, and there may be thousands.
    """
    return f"({', '.join(parts)}).join({between})" if len(parts) > 1 else parts[0]


def _parted(word: str, wide: float) -> str:
    """Return a word with a place to end a line as often as it needs one, and no more often."""
    if text_width(word) <= wide:
        return word
    found, filled = "", 0.0
    pieces = []
    for letter in word:
        width = text_width(letter)
        if filled and not combining(letter) and filled + width > wide:
            pieces.append(found)
            found, filled = "", 0.0
        found += letter
        filled += width
    return _MAY_END.join([*pieces, found])


def _items(items: tuple[str, ...], ticked: tuple[bool, ...]) -> str:
    if not ticked:
        return f"#list({', '.join(map(_content, items))})"
    return "\n".join(
        f"#tick({'true' if done else 'false'}, {_content(item)})"
        for item, done in zip(items, ticked, strict=True)
    )


def _facts(pairs: Iterable[tuple[str, str]]) -> str:
    cells = ", ".join(f"strong({quoted(f'{label}:')}), {_content(text)}" for label, text in pairs)
    return (
        f"#grid(columns: (auto, 1fr), column-gutter: 1.2em, row-gutter: 0.65em, {cells})\n#v(0.3em)"
    )


def _table(table: Table, room: int) -> str:
    wide = widths(table, room * 10, _SIZE * 10, _SIZE * 10)
    columns = ", ".join(f"{each / 10}pt" for each in wide)
    keys = [column.key for column in table.columns]
    named = keys.index(table.named_by) if table.named_by in keys else 0
    inner = [each / 10 - _SIZE for each in wide]
    head = ", ".join(
        _content(column.heading, room / _SIZE)
        for column, room in zip(table.columns, inner, strict=True)
    )
    heights = row_heights(table, inner, _SIZE)
    cells = ",\n".join(
        ", ".join(
            _cell(text, inner[place] / _SIZE, bold=place == named, whole=high <= _HIGH)
            for place, text in enumerate(row)
        )
        for row, high in zip(table.rows, heights, strict=True)
    )
    rows = ", ".join(["auto", *("27pt" if is_blank(row) else "auto" for row in table.rows)])
    code = (
        f"table(columns: ({columns},), rows: ({rows}),"
        ' fill: (_, y) => if y == 0 { rgb("#E6EDF2") },'
        f" table.header({head}),\n{cells})"
    )
    whole = len(table.rows) <= _TOGETHER and sum(heights) <= _HIGH
    return f"#block(breakable: {'false' if whole else 'true'}, {code})"


def _cell(text: str, wide: float, *, bold: bool, whole: bool) -> str:
    content = _content(text, wide)
    inner = f"strong({content})" if bold and text else f"[#({content})]"
    return inner if whole else f"table.cell(breakable: true, {inner})"
