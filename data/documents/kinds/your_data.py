"""About your data: who keeps what about the mentee, why, how long, and the mentee's rights."""

from __future__ import annotations

from typing import Final

from data.dates import show_date
from data.documents.model.document import Document
from data.documents.model.parts import about_mentee, facts, prose
from data.documents.model.source import About, DocumentKind, Source
from data.i18n import N_, _, language
from data.records import Mentee


def _build(source: Source) -> Document:
    view = source.of_mentee
    title, text = source.text("your_data")
    head = facts(
        *about_mentee(view.mentee),
        (_("Mentor"), source.mentor),
        (_("Written on"), show_date(source.day)),
    )
    return Document(
        what="data",
        title=title,
        blocks=(head, *prose(text)),
        language=language(),
    )


KIND: Final = DocumentKind(
    key="data",
    word=N_("About your data"),
    file_word=N_("your-data"),
    order=9,
    about=About.MENTEE,
    build=_build,
    records={Mentee: ""},
)
