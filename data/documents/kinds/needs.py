"""The needs map, as both have seen it, and what has been learned and used (R14, R81, R82)."""

from __future__ import annotations

from typing import Final

from data.dates import show_date
from data.documents.model.document import Block, Column, Document, Heading, Paragraph, Table
from data.documents.model.parts import about_both
from data.documents.model.source import About, DocumentKind, Source
from data.i18n import N_, _, language
from data.method.mentorship.needs import current_needs, latest_round
from data.method.view import MenteeView
from data.method.words import word
from data.queries.field_names import field_name
from data.records import Knowledge, Need


def _needs(view: MenteeView) -> Table:
    keys = ("area", "mentee_view", "mentor_view", "need")
    columns = [Column(key, field_name(Need.table, key), 4) for key in keys]
    columns += [Column("priority", _("Priority"), 2), Column("on", _("Date"), 2)]
    rows = tuple(
        (*(getattr(one, key) for key in keys), word(one.priority), show_date(one.on))
        for one in current_needs(view)
    )
    return Table(tuple(columns), rows)


def _knowledge(view: MenteeView) -> Table:
    days = ("learned_on", "use_planned_on", "used_on")
    columns = (
        Column("title", field_name(Knowledge.table, "title"), 5),
        Column("kind", field_name(Knowledge.table, "kind"), 2),
        Column("tasks", _("Tasks"), 4),
        *(Column(key, field_name(Knowledge.table, key), 2) for key in days),
    )
    rows = tuple(
        (
            one.title,
            word(one.kind),
            "\n".join(task.title for task in view.tasks_among(one.task_ids)),
            *(show_date(getattr(one, key)) for key in days),
        )
        for one in view.knowledge
    )
    return Table(columns, rows)


def _build(source: Source) -> Document:
    view = source.of_mentee
    needs, knowledge = _needs(view), _knowledge(view)
    blocks: list[Block] = [about_both(view.mentee, source.mentor)]
    if needs.rows:
        heading = _("Development needs, round {number}").format(number=latest_round(view))
        blocks += [Heading(heading), needs]
    if knowledge.rows:
        blocks += [Heading(_("Knowledge")), knowledge]
    if len(blocks) == 1:
        blocks.append(Paragraph(_("Nothing has been noted yet.")))
    return Document(
        what="needs",
        title=_("Needs and knowledge: {name}").format(name=view.mentee.name),
        blocks=tuple(blocks),
        language=language(),
        landscape=True,
        grid=needs,
    )


KIND: Final = DocumentKind(
    key="needs",
    word=N_("Needs and knowledge"),
    file_word=N_("needs"),
    order=23,
    about=About.MENTEE,
    build=_build,
    headings=(
        *(N_("Area"), N_("Mentee's answer"), N_("Mentor's answer")),
        *(N_("What is needed"), N_("Priority"), N_("Date")),
    ),
    records={Need: "needs", Knowledge: "knowledge"},
)
