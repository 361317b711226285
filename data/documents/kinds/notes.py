"""The notes that are shared with the mentee, by day (R8, R11)."""

from __future__ import annotations

from itertools import groupby
from typing import Final

from data.dates import show_date, show_weekday
from data.documents.model.document import Block, Document, Heading, Items, Paragraph
from data.documents.model.parts import about_mentee, facts
from data.documents.model.source import About, DocumentKind, Source
from data.i18n import N_, _, language
from data.method.view import MenteeView
from data.method.words import word
from data.records import Note


def _day(note: Note) -> str:
    if note.at is None:
        return _("Without a date")
    return f"{show_weekday(note.at.date())} {show_date(note.at.date())}"


def _text(view: MenteeView, note: Note) -> str:
    task = view.task(note.task_id)
    kind = word(note.kind)
    lead = f"{kind} ({task.title})" if task else kind
    return f"{lead}: {note.text.strip()}"


def _build(source: Source) -> Document:
    view = source.of_mentee
    blocks: list[Block] = [facts(*about_mentee(view.mentee)[:1], (_("Mentor"), source.mentor))]
    for day, notes in groupby(reversed(view.notes), key=_day):
        blocks += [Heading(day), Items(tuple(_text(view, note) for note in notes))]
    if len(blocks) == 1:
        blocks.append(Paragraph(_("There are no shared notes yet.")))
    blocks.append(Paragraph(_("Private notes, doubts and questions are not in it."), quiet=True))
    return Document(
        what="notes",
        title=_("Shared notes: {name}").format(name=view.mentee.name),
        blocks=tuple(blocks),
        language=language(),
    )


KIND: Final = DocumentKind(
    key="notes",
    word=N_("Shared notes"),
    file_word=N_("notes"),
    order=25,
    about=About.MENTEE,
    build=_build,
    records={Note: "notes"},
)
