"""The overview of a mentorship: how far it has come, what comes next, and the five pointers."""

from __future__ import annotations

from datetime import date
from typing import Final

from data.dates import mentorship_week, show_date
from data.documents.model.document import Block, Document
from data.documents.model.parts import about_mentee, facts, listed
from data.documents.model.source import About, DocumentKind, Source
from data.documents.model.talks import when
from data.i18n import N_, _, language
from data.method.mentorship.closing import closing_lines
from data.method.mentorship.pointers import pointers
from data.method.plan.progress import professional, social
from data.method.sparring import is_awaited
from data.method.visibility import Reader
from data.method.words import show_percent
from data.records import Mentee, Talk, Task


def _day(task: Task) -> date:
    return task.sparring_on or date.max


def _build(source: Source) -> Document:
    view = source.of_mentee
    plan = professional(view.tasks)
    share = show_percent(plan.percent) if plan.percent is not None else "–"
    planned = view.next_talk(source.day)
    told = [
        f"{one.title}: {one.rests_on}" for one in pointers(view, source.day, None, Reader.WRITTEN)
    ]
    sparrings = [
        f"{show_date(task.sparring_on)}: {task.title}"
        for task in sorted(filter(is_awaited, view.tasks), key=_day)
    ]
    blocks: list[Block] = [
        facts(
            *about_mentee(view.mentee),
            (_("Mentor"), source.mentor),
            (_("Now"), mentorship_week(view.mentee.start, source.day)),
            (_("Steps in the plan"), share),
            (_("Social duties done"), str(social(view.duties))),
            (_("Next talk"), when(planned) if planned else _("none planned")),
        ),
        *listed(_("The mentorship in figures"), closing_lines(view)),
        *listed(_("Sparrings to come"), sparrings),
        *listed(_("Five pointers about learning"), told),
    ]
    return Document(
        what="overview",
        title=_("Overview: {name}").format(name=view.mentee.name),
        blocks=tuple(blocks),
        language=language(),
    )


KIND: Final = DocumentKind(
    key="overview",
    word=N_("Overview"),
    file_word=N_("overview"),
    order=20,
    about=About.MENTEE,
    build=_build,
    records={Mentee: "", Task: "tasks", Talk: "talks"},
)
