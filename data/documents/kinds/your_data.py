"""About your data: who keeps what about the mentee, why, how long, and the mentee's rights."""

from __future__ import annotations

from typing import Final

from data.dates import show_date
from data.documents.model.document import Block, Document, Heading, Items
from data.documents.model.here import here
from data.documents.model.parts import about_mentee, facts, prose
from data.documents.model.source import About, DocumentKind, Source
from data.i18n import N_, _, language, ngettext
from data.records import Mentee


def _build(source: Source) -> Document:
    view = source.of_mentee
    title, text = source.text("your_data")
    head = facts(
        *about_mentee(view.mentee),
        (_("Mentor"), source.mentor),
        (_("Written on"), show_date(source.day)),
    )
    return Document(
        what="data",
        title=title,
        blocks=(head, *prose(text), *_here(view.mentee)),
        language=language(),
    )


def _here(mentee: Mentee) -> list[Block]:
    """Return what holds at this workplace: after how long, and who can read it."""
    told = here()
    found: list[Block] = [
        Heading(_("Here")),
        facts(
            (_("Private notes are due for deletion"), _after(told.private_days)),
            (_("Everything else is due"), _after(told.rest_days)),
            (_("What is deleted is gone from backups"), _later(told.backup_days)),
            (_("Nothing is deleted because of a hold since"), show_date(mentee.held_since)),
        ),
    ]
    readers = tuple(line.strip() for line in told.readers(mentee.name))
    return [*found, Heading(_("Who can read it")), Items(readers)] if readers else found


def _after(days: int) -> str:
    if not days:
        return _("when the mentorship is closed")
    return ngettext("1 day after the close", "{count} days after the close", days).format(
        count=days
    )


def _later(days: int | None) -> str:
    if days is None:
        return _("when those who look after the server replace them; ask them")
    return ngettext(
        "after 1 day; later where the program is not used",
        "after {count} days; later where the program is not used",
        days,
    ).format(count=days)


KIND: Final = DocumentKind(
    key="data",
    word=N_("About your data"),
    file_word=N_("your-data"),
    order=9,
    about=About.MENTEE,
    build=_build,
    records={Mentee: ""},
)
