"""What is in a file of any format, as text, read by libraries that did not write it."""

from __future__ import annotations

import io
import re
import zipfile

import pypdf


def text_in(content: bytes, format: str) -> str:
    """Return all that a file holds, its metadata included, with single blanks between words."""
    if format == "docx":
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            parts = [file.read(name).decode("utf-8", "replace") for name in file.namelist()]
        text = "\n".join(parts)
    elif format == "pdf":
        reader = pypdf.PdfReader(io.BytesIO(content))
        about = " ".join(str(value) for value in (reader.metadata or {}).values())
        text = "\n".join([about, *(page.extract_text() for page in reader.pages)])
    else:
        text = content.decode("utf-8-sig")
    return re.sub(r"\s+", " ", text)
