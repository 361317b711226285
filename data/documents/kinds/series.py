"""The series of talks: those held, planned and cancelled (R41)."""

from __future__ import annotations

from typing import Final

from data.documents.model.document import Block, Column, Document, Paragraph, Table
from data.documents.model.parts import about_both
from data.documents.model.source import About, DocumentKind, Source
from data.documents.model.talks import when
from data.durations import show_duration
from data.i18n import N_, _, language
from data.library.talk_rhythms import rhythm
from data.method.view import MenteeView
from data.method.words import word
from data.records import Talk


def _row(view: MenteeView, talk: Talk) -> tuple[str, ...]:
    tasks = [task.title for id in talk.task_ids if (task := view.task(id)) is not None]
    length = show_duration(talk.minutes) if talk.minutes else ""
    return (str(talk.number), when(talk), word(talk.state), length, talk.place, "\n".join(tasks))


def _build(source: Source) -> Document:
    view = source.of_mentee
    columns = (
        Column("number", _("No."), 1),
        Column("when", _("When"), 3),
        Column("state", _("Status"), 2),
        Column("minutes", _("Length"), 2),
        Column("place", _("Place"), 2),
        Column("tasks", _("Tasks"), 4),
    )
    table = Table(columns, tuple(_row(view, talk) for talk in view.talks), "when")
    rhythm_title = rhythm(view.mentee.rhythm).title(language())
    blocks: list[Block] = [about_both(view.mentee, source.mentor, (_("Rhythm"), rhythm_title))]
    blocks.append(table if table.rows else Paragraph(_("No talk is planned yet.")))
    return Document(
        what="talks",
        title=_("Talks: {name}").format(name=view.mentee.name),
        blocks=tuple(blocks),
        language=language(),
        grid=table,
    )


KIND: Final = DocumentKind(
    key="talks",
    word=N_("Talks"),
    file_word=N_("talks"),
    order=21,
    about=About.MENTEE,
    build=_build,
    headings=(
        *(N_("No."), N_("When"), N_("Status")),
        *(N_("Length"), N_("Place"), N_("Tasks")),
    ),
    records={Talk: "talks"},
)
