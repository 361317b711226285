"""How many mentees each mentor has, and who could take one more: a list by name, no matching."""

from __future__ import annotations

from typing import Final

from data.dates import show_date
from data.documents.model.document import Block, Column, Document, Paragraph, Table
from data.documents.model.source import About, DocumentKind, Source
from data.i18n import N_, _, language
from data.published.overview import Mentor
from data.published.overview_words import nobody_text, plain, room_text

_HEADINGS: Final = (
    *(N_("Mentor"), N_("Mentees"), N_("Capacity"), N_("Could take"), N_("Published")),
)
_KEYS: Final = ("mentor", "active", "capacity", "room", "written")


def _row(mentor: Mentor) -> tuple[str, ...]:
    return (
        plain(mentor.name),
        str(mentor.active),
        "" if mentor.capacity is None else str(mentor.capacity),
        room_text(mentor),
        show_date(mentor.written),
    )


def _build(source: Source) -> Document:
    mentors = source.workplace.by_name if source.workplace else ()
    columns = tuple(
        Column(key, _(heading), 4 if key in {"mentor", "room"} else 2)
        for key, heading in zip(_KEYS, _HEADINGS, strict=True)
    )
    table = Table(columns, tuple(map(_row, mentors)))
    blocks: tuple[Block, ...] = (table,) if table.rows else (Paragraph(nobody_text()),)
    return Document(
        what="mentors",
        title=_("Mentors, and who could take one more"),
        blocks=blocks,
        language=language(),
        grid=table,
    )


KIND: Final = DocumentKind(
    key="mentors",
    word=N_("Mentors, and who could take one more"),
    file_word=N_("mentors"),
    order=32,
    about=About.WORKPLACE,
    build=_build,
    headings=_HEADINGS,
)
