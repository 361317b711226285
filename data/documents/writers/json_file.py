"""The records that a document is made of, as JSON for programs."""

from __future__ import annotations

from data.documents.model.document import Document
from data.json_text import json_text


def write(document: Document) -> bytes:
    """Return the records of the document by table, as they are in the record file.

    `confidential` comes first: who may read it.
    """
    found = {
        "confidential": document.first_line,
        "document": document.what,
        "title": document.title,
        "language": document.language,
        **document.tables,
    }
    return (json_text(found) + "\n").encode()
