"""All mentors of a workplace, made of what they publish: what needs help first, for a coordinator.

It is made of counts and dates: nothing that anybody has written is in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from data.dates import show_date
from data.documents.model.document import Block, Column, Document, Heading, Items, Paragraph, Table
from data.documents.model.parts import facts, listed
from data.documents.model.source import About, DocumentKind, Source
from data.i18n import N_, _, language
from data.published.figures import Counted, counted
from data.published.overview import Mentor, Overview, Row
from data.published.overview_words import (
    doubted_line,
    few_text,
    figures,
    mentee_line,
    mentees_text,
    needs_text,
    nobody_text,
    numbers_text,
    phases_text,
    plain,
    short_stage,
    total_line,
    who_word,
)

_HEADINGS: Final = (
    *(N_("Mentor"), N_("Mentee"), N_("Week"), N_("Phase"), N_("Talks held")),
    *(N_("Last talk"), N_("Talks to come"), N_("Cancelled"), N_("Alone with"), N_("Tasks")),
    *(N_("Check"), N_("Delete from"), N_("Published")),
)
_KEYS: Final = (
    *("mentor", "who", "week", "phase", "talks_held", "last_talk", "talks_planned"),
    *("talks_cancelled", "steps", "steps_of", "needs", "retention_due", "written"),
)
_SHARES: Final = {"mentor": 3, "needs": 5, "last_talk": 3, "retention_due": 3, "written": 3}


def _columns() -> tuple[Column, ...]:
    return tuple(
        Column(key, _(heading), _SHARES.get(key, 2))
        for key, heading in zip(_KEYS, _HEADINGS, strict=True)
    )


def _rows(found: Overview) -> Iterator[tuple[str, ...]]:
    for mentor in found.mentors:
        for row in mentor.rows:
            yield _row(mentor, row)
        if not mentor.rows:
            empty = [""] * (len(_KEYS) - 2)
            yield (plain(mentor.name), *empty, show_date(mentor.written))


def _row(mentor: Mentor, row: Row) -> tuple[str, ...]:
    one = row.mentee
    return (
        plain(mentor.name),
        who_word(one),
        "" if one.week is None else str(one.week),
        short_stage(one.phase),
        str(one.talks_held),
        show_date(one.last_talk),
        str(one.talks_planned),
        str(one.talks_cancelled),
        str(one.steps),
        str(one.steps_of),
        needs_text(row.needs),
        show_date(one.retention_due),
        show_date(mentor.written),
    )


def _in_all(found: Overview, counts: Counted) -> list[Block]:
    return [
        facts(
            (_("Date"), show_date(found.day)),
            (_("In all"), total_line(counts)),
            (_("Check"), numbers_text(counts.needs)),
            (_("Phases"), phases_text(counts)),
            *figures(counts),
        ),
        Paragraph(few_text(), quiet=True),
    ]


def _of_mentors(found: Overview) -> Table:
    columns = (
        Column("mentor", _("Mentor"), 3),
        Column("active", _("Mentees")),
        Column("needs", _("Check"), 5),
        Column("written", _("Published")),
    )
    rows = (
        (
            plain(mentor.name),
            mentees_text(mentor),
            numbers_text(mentor.needs),
            show_date(mentor.written),
        )
        for mentor in found.mentors
    )
    return Table(columns, tuple(rows))


def _in_need(found: Overview) -> list[Block]:
    """Return the mentees who need help, of each mentor."""
    blocks: list[Block] = []
    for mentor in found.mentors:
        lines = tuple(mentee_line(row, found.day) for row in mentor.rows if row.needs)
        blocks += [Heading(plain(mentor.name), 2), Items(lines)] if lines else []
    return [Heading(_("What needs help")), *blocks] if blocks else []


def _build(source: Source) -> Document:
    found = source.workplace
    blocks: list[Block] = []
    table = Table(_columns(), tuple(_rows(found)) if found else ())
    if found is not None and found.mentors:
        blocks += [*_in_all(found, counted(found)), _of_mentors(found)]
    else:
        blocks.append(Paragraph(nobody_text()))
    if found is not None and found.doubted:
        blocks += listed(_("Files to look at"), tuple(map(doubted_line, found.doubted)))
    if found is not None:
        blocks += _in_need(found)
    return Document(
        what="workplace",
        title=_("All mentors"),
        blocks=tuple(blocks),
        language=language(),
        grid=table,
    )


KIND: Final = DocumentKind(
    key="workplace",
    word=N_("All mentors"),
    file_word=N_("all-mentors"),
    order=31,
    about=About.WORKPLACE,
    build=_build,
    headings=_HEADINGS,
)
