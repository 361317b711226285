"""The list of all mentees, which can be filled in elsewhere and taken in again."""

from __future__ import annotations

from typing import Final

from data.dates import show_date
from data.documents.model.document import Block, Column, Document, Paragraph, Table
from data.documents.model.parts import holder
from data.documents.model.source import About, DocumentKind, Source
from data.i18n import N_, _, language
from data.method.view import MenteeView
from data.method.words import word
from data.queries.field_names import field_name
from data.records import Mentee, RoleKind

_TEXTS: Final = ("name", "start", "ends", "title", "team", "newly_qualified")
_ROLES: Final = (RoleKind.MENTOR, RoleKind.BUDDY, RoleKind.MANAGER)


def _row(view: MenteeView) -> tuple[str, ...]:
    mentee = view.mentee
    return (
        mentee.name,
        show_date(mentee.start),
        show_date(mentee.ends),
        mentee.title,
        mentee.team,
        _("yes") if mentee.newly_qualified else "",
        *(holder(view, kind) for kind in _ROLES),
        word(mentee.state),
    )


def _build(source: Source) -> Document:
    shares = {"name": 4, "title": 3, "team": 3}
    columns = (
        *(Column(key, field_name(Mentee.table, key), shares.get(key, 2)) for key in _TEXTS),
        *(Column(kind.value, word(kind), 3) for kind in _ROLES),
        Column("state", field_name(Mentee.table, "state"), 2),
    )
    table = Table(columns, tuple(map(_row, source.everybody)))
    blocks: tuple[Block, ...] = (table,)
    if not table.rows:
        blocks = (Paragraph(_("There are no mentees yet.")),)
    return Document(
        what="mentees",
        title=_("Mentees"),
        blocks=blocks,
        language=language(),
        landscape=True,
        grid=table,
    )


KIND: Final = DocumentKind(
    key="mentees",
    word=N_("Mentees"),
    file_word=N_("mentees"),
    order=30,
    about=About.EVERYBODY,
    build=_build,
    records={Mentee: ""},
)
