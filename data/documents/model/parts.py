"""Parts that several documents have in common."""

from __future__ import annotations

from data.dates import show_date
from data.documents.model.document import Block, Fact, Facts, Heading, Items, Paragraph
from data.i18n import _
from data.library.prose import BlockKind, blocks
from data.method.view import MenteeView
from data.records import Mentee, RoleKind


def facts(*pairs: tuple[str, str]) -> Facts:
    """Return facts from pairs of label and text, without those that have no text."""
    return Facts(tuple(Fact(label, text) for label, text in pairs if text))


def about_mentee(mentee: Mentee) -> list[tuple[str, str]]:
    """Return label and text of who the mentee is, and when the mentorship begins and ends."""
    who = ", ".join(filter(None, (mentee.name, mentee.title, mentee.team)))
    return [
        (_("Mentee"), who),
        (_("First day at work"), show_date(mentee.start)),
        (_("Mentorship until"), show_date(mentee.closed_on or mentee.ends)),
    ]


def about_both(mentee: Mentee, mentor: str, *more: tuple[str, str]) -> Facts:
    """Return who the mentee and the mentor are, and when the mentorship begins and ends.

    `more` are further pairs of label and text.
    """
    return facts(*about_mentee(mentee), (_("Mentor"), mentor), *more)


def holder(view: MenteeView, kind: RoleKind) -> str:
    """Return the name of the person who has a role; "" if nobody has."""
    role = view.role(kind)
    return view.name_of(role.person_id) if role else ""


def to_sign(view: MenteeView | None, *, mentor: str = "") -> tuple[str, ...]:
    """Return the names under the lines to sign: mentee and mentor, or their roles in a form."""
    mentee = view.mentee.name if view else ""
    named = (holder(view, RoleKind.MENTOR) if view else "") or mentor
    return (
        _("{name} (mentee)").format(name=mentee) if mentee else _("Mentee"),
        _("{name} (mentor)").format(name=named) if named else _("Mentor"),
    )


def listed(heading: str, texts: list[str] | tuple[str, ...]) -> list[Block]:
    """Return a heading with a list below it; nothing if the list is empty."""
    return [Heading(heading), Items(tuple(texts))] if texts else []


def prose(text: str) -> list[Block]:
    """Return a text of the library as paragraphs and lists."""
    found: list[Block] = []
    for block in blocks(text):
        if block.kind is BlockKind.ITEM:
            above = found[-1] if found else None
            if isinstance(above, Items):
                found[-1] = Items((*above.items, block.text))
            else:
                found.append(Items((block.text,)))
        else:
            found.append(Paragraph(block.text))
    return found
