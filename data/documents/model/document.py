"""A document as a value, which knows no format: what it says, in which order.

Texts are plain and may hold line breaks. A writer of a format decides what a heading or a table
looks like; nothing here says so, but for how a table's width is shared out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from data.i18n import N_, _

CONFIDENTIAL = N_("Confidential")
"""Msgid: the first line of every document with personal data in it."""
WITH_PRIVATE = N_("Confidential: contains private notes")
"""Msgid: the first line of a document that was asked for with what is private."""


class Confidence(StrEnum):
    """Who a document is for: what its first line says."""

    OPEN = "open"
    """Anybody: there is no personal data in it."""
    CONFIDENTIAL = "confidential"
    PRIVATE = "private"
    """It was asked for with private notes and answers."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; `level` is 1 for the parts of a document, 2 for the parts of those."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `quiet` for what is said beside the matter, such as how to fill in a form."""

    text: str
    quiet: bool = False
    field: bool = False
    """Whether somebody wrote all of it as one field of a form: no line of it is one of the form."""


@dataclass(frozen=True, slots=True)
class Items:
    """A list. `ticked` has an entry for each item of a list to tick: whether it is done."""

    items: tuple[str, ...]
    ticked: tuple[bool, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """A short label and what it says, such as "Mentee" and a name."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Facts:
    """Facts, one to a line."""

    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    `key` names its values for programs (`title`, `extra.Journal`); `share` is its part of the
    width, against those of the other columns.
    """

    key: str
    heading: str
    share: int = 2


@dataclass(frozen=True, slots=True)
class Table:
    """A table; each row has a text for each column. The first row, of headings, repeats."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    named_by: str = ""
    """The key of the column that names a row; "" for the first column."""


@dataclass(frozen=True, slots=True)
class Room:
    """Room to write in by hand or in a word processor; `text` is what stands there already."""

    key: str
    """The key of the field that it fills in when the form comes back; "" for none."""
    label: str
    lines: int = 3
    text: str = ""


@dataclass(frozen=True, slots=True)
class Signatures:
    """Lines to sign, each for a name or a role."""

    names: tuple[str, ...]


Block = Heading | Paragraph | Items | Facts | Table | Room | Signatures


@dataclass(frozen=True, slots=True)
class Document:
    """A document to read, to write and to print."""

    what: str
    """The key of its kind, such as "plan"."""
    title: str
    blocks: tuple[Block, ...]
    language: str
    """"da" or "en"."""
    confidence: Confidence = Confidence.CONFIDENTIAL
    landscape: bool = False
    grid: Table | None = None
    """The whole document as one table, for formats that hold nothing else; None if it is none."""
    author: str = ""
    """The mentor's name, if it is in the text; "" otherwise."""
    mark: str = ""
    """What tells a form from others when it comes back; "" for a document that does not."""
    tables: dict[str, list[dict[str, object]]] = field(default_factory=dict, compare=False)
    """Its records as documents of the file, by table, for formats that programs read."""

    @property
    def first_line(self) -> str:
        """The first line: who may read it; "" if anybody may."""
        if self.confidence is Confidence.OPEN:
            return ""
        return _(WITH_PRIVATE if self.confidence is Confidence.PRIVATE else CONFIDENTIAL)

    def texts(self) -> Iterator[str]:
        """Yield all texts of the document, in order, for checks of what is in it."""
        yield self.title
        for block in self.blocks:
            yield from _texts_of(block)


def _texts_of(block: Block) -> Iterator[str]:
    match block:
        case Heading(text) | Paragraph(text):
            yield text
        case Items(items):
            yield from items
        case Facts(facts):
            for fact in facts:
                yield from (fact.label, fact.text)
        case Table(columns, rows):
            yield from (column.heading for column in columns)
            for row in rows:
                yield from row
        case Room():
            yield from (block.label, block.text)
        case Signatures(names):
            yield from names
