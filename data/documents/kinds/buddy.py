"""The buddy's list: the duties of the role, with dates, to tick (R66-R69)."""

from __future__ import annotations

from typing import Final

from data.dates import show_date
from data.documents.model.document import Block, Column, Document, Heading, Items, Paragraph, Table
from data.documents.model.parts import facts, holder
from data.documents.model.source import About, DocumentKind, Source
from data.i18n import N_, _, language
from data.method.view import MenteeView
from data.records import Duty, Part, Role, RoleKind


def _duties(view: MenteeView, *parts: Part) -> list[Duty]:
    role = view.role(RoleKind.BUDDY)
    return [one for one in view.duties if role and one.parts.get(role.id) in parts]


def _item(duty: Duty) -> str:
    if duty.done_on:
        text = _("{duty} (done on {date})")
        return text.format(duty=duty.text, date=show_date(duty.done_on))
    if duty.due:
        return _("{duty} (by {date})").format(duty=duty.text, date=show_date(duty.due))
    return duty.text


def _to_tick(duties: list[Duty]) -> Items:
    return Items(tuple(map(_item, duties)), tuple(bool(one.done_on) for one in duties))


def _build(source: Source) -> Document:
    view = source.of_mentee
    main, others = _duties(view, Part.MAIN), _duties(view, Part.TAKES_PART)
    blocks: list[Block] = [
        facts(
            (_("Buddy"), holder(view, RoleKind.BUDDY) or _("not decided yet")),
            (_("For"), ", ".join(filter(None, (view.mentee.name, view.mentee.team)))),
            (_("First day at work"), show_date(view.mentee.start)),
            (_("Mentor"), source.mentor),
        ),
        Paragraph(_("A buddy helps the newcomer to feel at home. Tick what is done.")),
    ]
    if main:
        blocks += [Heading(_("You see to")), _to_tick(main)]
    if others:
        blocks += [Heading(_("You take part in")), _to_tick(others)]
    if not main and not others:
        blocks.append(Paragraph(_("The buddy has no duties in the role matrix yet.")))
    columns = (
        Column("text", _("Duty"), 6),
        Column("due", _("By"), 2),
        Column("done_on", _("Done"), 2),
    )
    rows = tuple((one.text, show_date(one.due), show_date(one.done_on)) for one in (*main, *others))
    return Document(
        what="buddy",
        title=_("The buddy's list: {name}").format(name=view.mentee.name),
        blocks=tuple(blocks),
        language=language(),
        grid=Table(columns, rows),
    )


KIND: Final = DocumentKind(
    key="buddy",
    word=N_("The buddy's list"),
    file_word=N_("buddy"),
    order=8,
    about=About.MENTEE,
    build=_build,
    headings=(N_("Duty"), N_("By"), N_("Done")),
    records={Duty: "duties", Role: "roles"},
)
