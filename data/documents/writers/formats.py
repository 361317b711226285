"""The formats of documents: the ending of their files, what they can hold, and their writers.

The writer of `docx` is the module `docx_file`, with `write(document) -> bytes`; and so on.
It is loaded when used: python-docx takes as long to load as the rest of the program.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module
from typing import Final

from data.documents.model.document import Document
from data.i18n import N_, _


class Holds(StrEnum):
    """Which documents a format can hold."""

    ALL = "all"
    TABLES = "tables"
    """Those that are one table."""
    RECORDS = "records"
    """Those that are made of records, as programs read them."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format of files."""

    key: str
    """Its name on the command line, and the ending of its files."""
    word: str
    """Msgid: what it is called."""
    holds: Holds = Holds.ALL

    @property
    def name(self) -> str:
        """What it is called, translated."""
        return _(self.word)


FORMATS: Final = {
    one.key: one
    for one in (
        Format("docx", N_("Word")),
        Format("pdf", N_("PDF")),
        Format("md", N_("Markdown")),
        Format("txt", N_("Text")),
        Format("csv", N_("Table for Excel (CSV)"), Holds.TABLES),
        Format("json", N_("Records (JSON)"), Holds.RECORDS),
    )
}
"""Ending -> format, the usual one first."""
USUAL: Final = "docx"


class FormatError(Exception):
    """A document cannot be had in a format; `str()` is one line that says what can be done."""


def formats_for(document: Document) -> tuple[Format, ...]:
    """Return the formats that can hold a document, the usual one first."""
    return tuple(one for one in FORMATS.values() if holds(one, document))


def holds(format: Format, document: Document) -> bool:
    """Return whether a format can hold a document."""
    if format.holds is Holds.TABLES:
        return document.grid is not None
    return format.holds is Holds.ALL or bool(document.tables)


def written(document: Document, format: str) -> bytes:
    """Return a document as the bytes of a file.

    Args:
        document: The document.
        format: The key of a format.

    Raises:
        FormatError: The format cannot hold it, or lacks what it needs on this machine.
        KeyError: There is no such format.
    """
    wanted = FORMATS[format]
    if not holds(wanted, document):
        others = ", ".join(one.key for one in formats_for(document))
        text = _("“{title}” cannot be a {format} file. Choose one of these: {others}.")
        raise FormatError(text.format(title=document.title, format=format, others=others))
    # loaded when first needed: a Word file needs python-docx
    module = import_module(f"data.documents.writers.{format}_file")
    write: Callable[[Document], bytes] = module.write
    return write(document)
