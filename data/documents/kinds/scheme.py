"""About the scheme: for colleagues. There is no personal data in it (R79)."""

from __future__ import annotations

from typing import Final

from data.documents.model.document import Confidence, Document
from data.documents.model.parts import prose
from data.documents.model.source import About, DocumentKind, Source
from data.i18n import N_, language


def _build(source: Source) -> Document:
    title, text = source.text("about_scheme")
    return Document(
        what="scheme",
        title=title,
        blocks=tuple(prose(text)),
        language=language(),
        confidence=Confidence.OPEN,
    )


KIND: Final = DocumentKind(
    key="scheme",
    word=N_("About the scheme"),
    file_word=N_("scheme"),
    order=10,
    about=About.NOBODY,
    build=_build,
)
