"""The expectations of mentor and mentee, as they have agreed on them (R84, R76)."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from data.dates import show_date
from data.documents.model.document import Block, Document, Heading, Paragraph, Room, Signatures
from data.documents.model.parts import about_mentee, facts, to_sign
from data.documents.model.source import About, DocumentKind, Source
from data.durations import show_duration
from data.i18n import N_, _, language
from data.library import agreement_defaults
from data.queries.field_names import field_name
from data.records import Agreement, Mentee

TEXTS: Final = (
    "purpose",
    "rhythm_text",
    "place",
    "cancelling",
    "contact_between",
    "confidentiality",
    "mentee_expects",
    "mentor_expects",
    "hours_mentee",
    "hours_mentor",
)
"""Keys of the fields that are texts, in the order of the page."""
ONE_LINE: Final = frozenset({"place", "hours_mentee", "hours_mentor"})
"""Those of them that are one line."""


def label(key: str) -> str:
    """Return the name of a field of the expectations, translated."""
    return field_name(Agreement.table, key)


def days(agreement: Agreement, mentee: Mentee | None) -> list[str]:
    """Return when it was agreed on and confirmed, and when to look at it again, a sentence each."""
    found = []
    if agreement.agreed_on:
        found.append(_("Agreed on {date}").format(date=show_date(agreement.agreed_on)))
    if agreement.agreed_on and agreement.agreed_earlier:
        earlier = ", ".join(map(show_date, agreement.agreed_earlier))
        found.append(_("Agreed on before: {dates}").format(dates=earlier))
    if agreement.manager_confirmed_on:
        text = _("The manager confirmed time and ground rules on {date}")
        found.append(text.format(date=show_date(agreement.manager_confirmed_on)))
    if agreement.review_on:
        found.append(_("Review on {date}").format(date=show_date(agreement.review_on)))
    if mentee and mentee.culture_seen_on:
        text = _("Sparring culture gone through on {date}")
        found.append(text.format(date=show_date(mentee.culture_seen_on)))
    return found


def page_blocks(agreement: Agreement) -> list[Block]:
    """Return what has been written, by heading."""
    blocks: list[Block] = []
    for key in TEXTS:
        text = str(getattr(agreement, key)).strip()
        if key == "rhythm_text" and agreement.minutes:
            length = show_duration(agreement.minutes)
            text = f"{text} ({length})" if text else length
        if text:
            blocks += [Heading(label(key)), Paragraph(text, field=True)]
    return blocks


def _build(source: Source) -> Document:
    view = source.of_mentee
    agreement = view.agreement
    blocks: list[Block] = [facts(*about_mentee(view.mentee)[:1], (_("Mentor"), source.mentor))]
    if agreement is None:
        blocks.append(Paragraph(_("Nothing has been written down yet.")))
    else:
        when = days(agreement, view.mentee)
        if not agreement.agreed_on:
            when.insert(0, _("Not agreed on yet"))
        blocks.append(Paragraph("\n".join(when), quiet=True))
        blocks += page_blocks(agreement)
    blocks.append(Signatures(to_sign(view, mentor=source.mentor)))
    return Document(
        what="expectations",
        title=_("Expectations: {name}").format(name=view.mentee.name),
        blocks=tuple(blocks),
        language=language(),
    )


def _blank(_source: Source) -> Document:
    """Make the form: the library's proposals stand in it, to be changed together."""
    proposed = replace(agreement_defaults(language()).for_mentee(""), id="")
    blocks: list[Block] = [
        Paragraph(_("These are proposals. Change them together until they fit."), quiet=True)
    ]
    for key in TEXTS:
        lines = 1 if key in ONE_LINE else 3
        text = str(getattr(proposed, key)).strip()
        blocks += [Heading(label(key)), Room(key, label(key), lines, text)]
        if key == "rhythm_text":
            length = show_duration(proposed.minutes or 0)
            blocks += [Heading(label("minutes")), Room("minutes", label("minutes"), 1, length)]
    blocks += [Heading(label("review_on")), Room("review_on", label("review_on"), 1)]
    blocks.append(Signatures(to_sign(None)))
    return Document(
        what="expectations",
        title=_("Expectations"),
        blocks=tuple(blocks),
        language=language(),
    )


KIND: Final = DocumentKind(
    key="expectations",
    word=N_("Expectations"),
    file_word=N_("expectations"),
    order=3,
    about=About.MENTEE,
    build=_build,
    blank=_blank,
    records={Agreement: "agreements"},
)
