"""A document as a text file, in lines that any mail program shows."""

from __future__ import annotations

from data.documents.model.document import Document
from data.documents.model.lines import text_of
from data.text import safe


def write(document: Document) -> bytes:
    """Return the document as UTF-8 text. The mark of a form that comes back is its last line."""
    mark = f"\n[{document.mark}]\n" if document.mark else ""
    return safe(text_of(document) + mark).encode()
