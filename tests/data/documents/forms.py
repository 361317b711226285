"""Documents as the files that come back, and what they change."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import replace

from data.documents.importing.preview import Preview
from data.documents.importing.reading import read_bytes
from data.documents.model.document import Document, Table
from data.documents.taking_in import look_at
from data.documents.writers.formats import written
from data.records import Mentee
from data.store.store import Store
from data.text import csv_safe


def as_csv(document: Document) -> bytes:
    """Return a document as a CSV file."""
    return written(document, "csv")


def csv_bytes(
    rows: Sequence[Sequence[str]], *, encoding: str = "utf-8-sig", delimiter: str = ";"
) -> bytes:
    """Return rows as a spreadsheet saves them."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
    for row in rows:
        writer.writerow([csv_safe(cell) for cell in row])
    return text.getvalue().encode(encoding, errors="replace")


def as_docx(document: Document, table: Table | None = None) -> bytes:
    """Return a document as a Word file; `table`: with this one in the place of its tables."""
    if table is not None:
        rest = [one for one in document.blocks if not isinstance(one, Table)]
        document = replace(document, blocks=(*rest, table))
    return written(document, "docx")


def look(store: Store, mentee: Mentee, name: str, data: bytes) -> Preview:
    """Return what a file would change."""
    return look_at(store, mentee, read_bytes(name, data))
