"""A document that is one table as CSV, as a spreadsheet in the document's language opens it."""

from __future__ import annotations

import csv
import io
from typing import Final

from data.documents.model.document import Document
from data.text import csv_safe, safe

SEPARATORS: Final = {"da": ";", "en": ","}
"""Language -> what stands between cells: a Danish spreadsheet has the comma in its numbers."""


def write(document: Document) -> bytes:
    """Return the table of the document as CSV: UTF-8 with a byte order mark, for Excel.

    The first line says who may read it; then come the headings. No cell is a formula.
    """
    grid = document.grid
    assert grid is not None  # noqa: S101 - `formats.written` has asked
    text = io.StringIO()
    rows = csv.writer(text, delimiter=SEPARATORS[document.language], lineterminator="\r\n")
    if document.first_line:
        rows.writerow([document.first_line])
    rows.writerow([_cell(column.heading) for column in grid.columns])
    rows.writerows([_cell(cell) for cell in row] for row in grid.rows)
    return text.getvalue().encode("utf-8-sig")


def _cell(text: str) -> str:
    return csv_safe(safe(text))
