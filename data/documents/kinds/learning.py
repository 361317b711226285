"""What I learned as mentor: all of it over the years, without a mentee's name (R35)."""

from __future__ import annotations

from itertools import groupby
from typing import Final

from data.dates import show_date
from data.documents.model.document import Block, Document, Heading, Items, Paragraph
from data.documents.model.source import About, DocumentKind, Source
from data.i18n import N_, _, language


def _build(source: Source) -> Document:
    blocks: list[Block] = []
    for year, found in groupby(source.learned, key=lambda one: one.on.year if one.on else 0):
        texts = [f"{show_date(one.on)}: {one.text}" if one.on else one.text for one in found]
        blocks += [Heading(str(year) if year else _("Without a date")), Items(tuple(texts))]
    if not blocks:
        blocks = [
            Paragraph(_("Nothing has been noted yet: the closing step of a talk has a field."))
        ]
    return Document(
        what="learning",
        title=_("What I learned as mentor"),
        blocks=tuple(blocks),
        language=language(),
    )


KIND: Final = DocumentKind(
    key="learning",
    word=N_("What I learned as mentor"),
    file_word=N_("learned-as-mentor"),
    order=11,
    about=About.NOBODY,
    build=_build,
)
