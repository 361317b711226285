"""The people and networks that the mentee is to meet, or has met (R9, R67)."""

from __future__ import annotations

from datetime import date
from typing import Final

from data.dates import show_date
from data.documents.model.document import Block, Column, Document, Paragraph, Table
from data.documents.model.parts import about_both
from data.documents.model.source import About, DocumentKind, Source
from data.i18n import N_, _, language
from data.method.view import MenteeView
from data.method.words import word
from data.records import Introduction, Person, PersonKind


def _row(view: MenteeView, one: Introduction) -> tuple[str, ...]:
    person = view.people.get(one.person_id)
    network = person is not None and person.kind is PersonKind.NETWORK
    name = person.name if person else _("deleted person")
    return (
        f"{name} ({word(PersonKind.NETWORK).lower()})" if network else name,
        one.about or (person.knows if person else ""),
        person.contact if person else "",
        view.name_of(one.by_id),
        show_date(one.planned_on),
        show_date(one.done_on),
    )


def _place(one: Introduction) -> tuple[bool, date]:
    return one.done_on is not None, one.planned_on or date.max


def _build(source: Source) -> Document:
    view = source.of_mentee
    columns = (
        Column("name", _("Who"), 4),
        Column("about", _("Topic"), 4),
        Column("contact", _("Contact"), 3),
        Column("by", _("Introduced by"), 3),
        Column("planned_on", _("When"), 2),
        Column("done_on", _("Met on"), 2),
    )
    found = sorted(view.introductions, key=_place)
    table = Table(columns, tuple(_row(view, one) for one in found))
    blocks: list[Block] = [about_both(view.mentee, source.mentor)]
    blocks.append(table if table.rows else Paragraph(_("Nobody has been noted yet.")))
    return Document(
        what="people",
        title=_("Resource people and networks: {name}").format(name=view.mentee.name),
        blocks=tuple(blocks),
        language=language(),
        landscape=True,
        grid=table,
    )


KIND: Final = DocumentKind(
    key="people",
    word=N_("Resource people and networks"),
    file_word=N_("people"),
    order=22,
    about=About.MENTEE,
    build=_build,
    headings=(
        *(N_("Who"), N_("Topic"), N_("Contact")),
        *(N_("Introduced by"), N_("When"), N_("Met on")),
    ),
    records={Introduction: "introductions", Person: ""},
)
