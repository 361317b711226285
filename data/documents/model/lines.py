"""A document as lines of text: what a reading page shows, and what a text file holds.

Both are made here, so that the screen shows what is written. Wide tables become a list of rows,
each with its values below one another, so that nothing is cut.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Final, NamedTuple

from data.cell_width import cell_width
from data.documents.model.document import (
    Block,
    Document,
    Facts,
    Heading,
    Items,
    Paragraph,
    Room,
    Signatures,
    Table,
)
from data.i18n import _

WIDTH: Final = 72
"""The columns of a text file."""
_GAP: Final = "  "
_SIGN: Final = "_" * 30
_INSET: Final = "  "
"""What stands in a file before each line of a field: so no line of it is taken for a heading."""
_AS_QUOTED: Final = ">"
_NO_QUOTE: Final = "   "
"""What stands before a name that a mail program would have quoted, by its first sign."""


class LineKind(StrEnum):
    """What a line is, for a page that draws them differently."""

    PLAIN = ""
    HEADING = "heading"
    QUIET = "quiet"


class Line(NamedTuple):
    """A line of a document."""

    kind: LineKind
    text: str


def text_of(document: Document, width: int = WIDTH) -> str:
    """Return a document as the text of a file, in lines of at most `width` columns."""
    lines = [line.text for line in lines_of(document, width, _INSET)]
    first = [document.first_line, ""] if document.first_line else []
    return "\n".join([*first, *lines]).rstrip("\n") + "\n"


def lines_of(document: Document, width: int = WIDTH, inset: str = "") -> Iterator[Line]:
    """Yield the lines of a document without its first line, each at most `width` columns wide.

    `inset` stands before each line of a paragraph that is a field.
    """
    for text in wrap(document.title, width):
        yield Line(LineKind.HEADING, text)
    above: Block | None = None
    for block in document.blocks:
        if not _belongs_to(above, block):
            yield Line(LineKind.PLAIN, "")
        if isinstance(block, Paragraph) and block.field:
            yield from _all(wrap(block.text, width, inset))
        else:
            yield from _lines(block, width)
        above = block


def _belongs_to(above: Block | None, block: Block) -> bool:
    """Whether a block follows the one above it without an empty line."""
    if isinstance(above, Heading):
        return not isinstance(block, Heading) or block.level > above.level
    return isinstance(above, Facts) and isinstance(block, Items)


def wrap(text: str, width: int, first: str = "", rest: str | None = None) -> list[str]:
    """Return a text in lines of at most `width` columns; its own line breaks are kept.

    `first` stands before the first line, and `rest` before the others, or room as wide as `first`.
    A word is never broken, so that an address can be copied: one that is too long has a line of
    its own. A line that begins anew only because the text has a line break there, and looks as if
    the one above it had been too long, is set in by one more blank, by which it is read again.
    """
    room = " " * cell_width(first) if rest is None else rest
    found: list[str] = []
    line = first
    for number, paragraph in enumerate(text.strip().split("\n")):
        if number:
            found.append(line.rstrip())
            line = room
            if is_full(found[-1], paragraph, width):
                line += " "
        empty = True
        for word in paragraph.split():
            if not empty and cell_width(line) + 1 + cell_width(word) > width:
                found.append(line.rstrip())
                line, empty = room, True
            line += word if empty else f" {word}"
            empty = False
    return [*found, line.rstrip()]


def is_full(above: str, below: str, width: int) -> bool:
    """Whether the first word of a line has no room at the end of the line above it."""
    word = below.split(None, 1)[:1]
    return bool(word and above.strip()) and cell_width(above) + 1 + cell_width(word[0]) > width


def _lines(block: Block, width: int) -> Iterator[Line]:
    match block:
        case Heading(text):
            yield from _all(wrap(text, width), LineKind.HEADING)
        case Paragraph(text):
            yield from _all(wrap(text, width), LineKind.QUIET if block.quiet else LineKind.PLAIN)
        case Items(items):
            for number, item in enumerate(items):
                yield from _all(wrap(item, width, f"  {_mark(block, number)} "))
        case Facts(facts):
            for fact in facts:
                yield from _all(wrap(fact.text, width, f"{fact.label}: ", "  "))
        case Table():
            yield from _table(block, width)
        case Room():
            yield from _room(block, width)
        case Signatures(names):
            yield from _all(_to_sign(names))


def _all(texts: Iterable[str], kind: LineKind = LineKind.PLAIN) -> Iterator[Line]:
    return (Line(kind, text) for text in texts)


def _mark(items: Items, number: int) -> str:
    if not items.ticked:
        return "-"
    return "[x]" if items.ticked[number] else "[ ]"


def _room(room: Room, width: int) -> Iterator[Line]:
    yield from _all(wrap(room.text, width, f"{room.label}: ", "  "))
    yield from _all([""] * room.lines)


def _to_sign(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        yield ""
        yield _SIGN
        yield _("{name}, date").format(name=name)


def _table(table: Table, width: int) -> Iterator[Line]:
    widths = [
        max(cell_width(text) for text in (column.heading, *(row[place] for row in table.rows)))
        for place, column in enumerate(table.columns)
    ]
    broken = any(
        "\n" in text or "  " in text or text.startswith(_AS_QUOTED)
        for row in table.rows
        for text in row
    )
    if not broken and sum(widths) + len(_GAP) * (len(widths) - 1) <= width:
        yield from _aligned(table, widths)
    else:
        yield from _row_by_row(table, width)


def _aligned(table: Table, widths: list[int]) -> Iterator[Line]:
    def row(texts: Iterable[str]) -> str:
        padded = (
            text + " " * (wide - cell_width(text)) for text, wide in zip(texts, widths, strict=True)
        )
        return _GAP.join(padded).rstrip()

    yield Line(LineKind.QUIET, row(column.heading for column in table.columns))
    yield from _all(row(texts) for texts in table.rows)


def _row_by_row(table: Table, width: int) -> Iterator[Line]:
    """Yield each row with its name as a heading, and the other values below it.

    If another column names the row, the first one has its number, which goes before the name. A row
    of a form in which nothing has been written has all its headings: they are the room to write in.
    """
    keys = [column.key for column in table.columns]
    named = keys.index(table.named_by) if table.named_by else 0
    for number, row in enumerate(table.rows):
        if number:
            yield Line(LineKind.PLAIN, "")
        lead = f"{row[0]}. " if named else ""
        if row[named].startswith(_AS_QUOTED) and not lead:
            lead = _NO_QUOTE
        yield from _all(wrap(row[named], width, lead), LineKind.HEADING)
        is_room = not any(row[1:]) and named > 0
        if is_room:
            yield Line(LineKind.PLAIN, f"  {table.columns[named].heading}:")
        for place, (column, text) in enumerate(zip(table.columns, row, strict=True)):
            if (text or is_room) and place not in (0, named):
                yield from _all(wrap(text, width, f"  {column.heading}: ", "    "))
