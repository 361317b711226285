"""The actions that were agreed, and the case systems (R48, R60). Doubts are never in it."""

from __future__ import annotations

from datetime import date
from typing import Final

from data.dates import show_date
from data.documents.model.document import Block, Column, Document, Heading, Paragraph, Table
from data.documents.model.parts import about_both
from data.documents.model.source import About, DocumentKind, Source
from data.i18n import N_, _, language
from data.method.actions import is_open
from data.method.systems import systems
from data.method.view import MenteeView
from data.method.words import word
from data.queries.field_names import field_name
from data.records import Action, Duty


def _place(action: Action) -> tuple[bool, date, str]:
    return not is_open(action), action.due or date.max, action.id


def _actions(view: MenteeView) -> Table:
    columns = (
        Column("what", _("What"), 6),
        Column("who", _("Who"), 3),
        Column("due", _("By"), 2),
        Column("state", _("Status"), 2),
        Column("done_on", _("Done on"), 2),
    )
    rows = tuple(
        (
            one.what,
            view.name_of(one.who),
            show_date(one.due),
            word(one.state),
            show_date(one.done_on),
        )
        for one in sorted(view.actions, key=_place)
    )
    return Table(columns, rows)


def _systems(view: MenteeView) -> Table:
    days = ("due", "access_ordered_on", "access_on", "done_on", "first_used_on")
    columns = (
        Column("text", _("System"), 5),
        *(Column(key, field_name(Duty.table, key), 2) for key in days),
    )
    found = systems(view)
    rows = tuple((one.text, *(show_date(getattr(one, key)) for key in days)) for one in found)
    return Table(columns, rows)


def _build(source: Source) -> Document:
    view = source.of_mentee
    actions, access = _actions(view), _systems(view)
    blocks: list[Block] = [about_both(view.mentee, source.mentor)]
    if actions.rows:
        blocks += [Heading(_("Actions")), actions]
    if access.rows:
        blocks += [Heading(_("Case systems")), access]
    if len(blocks) == 1:
        blocks.append(Paragraph(_("Nothing has been agreed yet.")))
    return Document(
        what="actions",
        title=_("Actions: {name}").format(name=view.mentee.name),
        blocks=tuple(blocks),
        language=language(),
        grid=actions,
    )


KIND: Final = DocumentKind(
    key="actions",
    word=N_("Actions"),
    file_word=N_("actions"),
    order=24,
    about=About.MENTEE,
    build=_build,
    headings=(N_("What"), N_("Who"), N_("By"), N_("Status"), N_("Done on")),
    records={Action: "actions"},
)
