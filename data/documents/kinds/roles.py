"""Who does what: the page written to the newcomer, and the role matrix (R57-R74)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from data.dates import show_date
from data.documents.model.document import Block, Column, Document, Heading, Items, Paragraph, Table
from data.documents.model.parts import facts
from data.documents.model.source import About, DocumentKind, Source
from data.i18n import N_, _, language
from data.library.rolematrix import duties
from data.method.mentorship.roles import KINDS, RoleOnPage, page, role_name
from data.method.view import MenteeView
from data.method.words import word
from data.records import Duty, Part, Person, Role, RoleKind

DUTY: Final = "text"
"""Key of the column with the words of the duty; those of the roles are "role." and the kind."""
ROLE: Final = "role."
_DUTY_SHARE: Final = 7


def role_key(role: Role) -> str:
    """Return the key of a role's column: its kind, or the name of a role of the workplace's own.

    That of a second co-mentor ends with its number.
    """
    kind = "" if role.kind is RoleKind.OWN else role.kind.value
    return f"{ROLE}{kind}{role.name}"


def matrix(view: MenteeView) -> Table:
    """Return the role matrix: a row for each duty, a column for each role."""
    columns = (
        Column(DUTY, _("Duty"), _DUTY_SHARE),
        *(Column(role_key(role), role_name(role), 3) for role in view.roles),
        Column("due", _("By"), 2),
        Column("done_on", _("Done"), 2),
    )
    return Table(columns, tuple(_row(view, duty) for duty in view.duties))


def _row(view: MenteeView, duty: Duty) -> tuple[str, ...]:
    parts = (word(duty.parts.get(role.id)) for role in view.roles)
    return (duty.text, *parts, show_date(duty.due), show_date(duty.done_on))


def page_blocks(view: MenteeView) -> list[Block]:
    """Return the page to the newcomer: each role with its person, and what to ask them about."""
    blocks: list[Block] = [
        Paragraph(
            _(
                "These are the people who will help you get off to a good start. Ask "
                "any of them about anything; this list only shows where to begin."
            )
        )
    ]
    for role in page(view):
        blocks += _role(role)
    return blocks


def _role(role: RoleOnPage) -> Iterator[Block]:
    person = role.person or _("not decided yet")
    named = role.person or role.name != _("Colleagues")
    yield Heading(f"{role.name}: {person}" if named else role.name)
    about = facts(
        (_("Until"), role.until),
        (_("Relation"), " ".join(role.relation.split())),
        (_("Contact"), " ".join(role.contact.split())),
        (_("Knows about"), " ".join(role.knows.split())),
        (_("Ask about"), " ".join(role.ask_about.split())),
    )
    if about.facts:
        yield about
    if role.duties:
        yield Items(role.duties)


def _gone_through(view: MenteeView) -> list[Block]:
    seen = view.mentee.roles_seen_on
    text = _("Gone through with the newcomer on {date}").format(date=show_date(seen))
    return [Paragraph(text, quiet=True)] if seen else []


def _build(source: Source) -> Document:
    view = source.of_mentee
    blocks: list[Block] = [
        *_gone_through(view),
        *page_blocks(view),
        Heading(_("The role matrix")),
        matrix(view),
    ]
    return Document(
        what="roles",
        title=_("Who does what: {name}").format(name=view.mentee.name),
        blocks=tuple(blocks),
        language=language(),
        grid=matrix(view),
    )


def _blank(_source: Source) -> Document:
    roles = [Role(mentee_id="", kind=kind) for kind in KINDS]
    columns = (
        Column(DUTY, _("Duty"), _DUTY_SHARE),
        *(Column(role_key(role), role_name(role), 3) for role in roles),
        Column("due", _("By"), 2),
    )
    rows = tuple(_blank_row(one.text, one.parts, roles) for one in duties(language()))
    people = Table(
        (
            Column("role", _("Role"), 2),
            Column("person", _("Name"), 3),
            Column("contact", _("Contact"), 3),
            Column("ask_about", _("Ask about"), 4),
        ),
        tuple(
            (role_name(role), "", "", "") for role in roles if role.kind is not RoleKind.NEWCOMER
        ),
    )
    blocks: list[Block] = [
        Heading(_("The people")),
        people,
        Heading(_("The role matrix")),
        Paragraph(
            _(
                "One role has the main responsibility for each duty; "
                "others take part or are informed."
            ),
            quiet=True,
        ),
        Table(columns, rows),
    ]
    return Document(
        what="roles",
        title=_("Who does what"),
        blocks=tuple(blocks),
        language=language(),
        landscape=True,
        grid=Table(columns, rows),
    )


def _blank_row(text: str, parts: Mapping[RoleKind, Part], roles: list[Role]) -> tuple[str, ...]:
    return (text, *(word(parts.get(role.kind)) for role in roles), "")


KIND: Final = DocumentKind(
    key="roles",
    word=N_("Who does what"),
    file_word=N_("roles"),
    order=2,
    about=About.MENTEE,
    build=_build,
    blank=_blank,
    records={Role: "roles", Duty: "duties", Person: ""},
)
