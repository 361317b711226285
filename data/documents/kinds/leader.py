"""The status for the manager: facts of the plan, talks, roles; no answer of a talk at all (R71).

It shows the texts of the plan only where both have said that the manager may read them: next steps
that are marked so, and wishes that were written for the manager.
"""

from __future__ import annotations

from typing import Final

from data.dates import show_date
from data.documents.model.document import Block, Column, Document, Heading, Paragraph, Table
from data.documents.model.parts import about_mentee, facts, listed
from data.documents.model.source import About, DocumentKind, Source
from data.i18n import N_, _, language
from data.method.mentorship.roles import HELD, role_name
from data.method.plan.progress import goals_reached, professional, social
from data.method.view import MenteeView, held_on
from data.method.words import show_percent, word
from data.records import Mentee


def agreed_text(mentee: Mentee) -> str:
    """Return when mentor and mentee agreed on this status, or that they have not yet."""
    if mentee.status_agreed_on:
        text = _("Agreed with {name} on {date}.")
        return text.format(name=mentee.name, date=show_date(mentee.status_agreed_on))
    return _("Not agreed with {name} yet.").format(name=mentee.name)


def _progress(view: MenteeView) -> list[tuple[str, str]]:
    plan, goals, people = professional(view.tasks), goals_reached(view.goals), social(view.duties)
    share = show_percent(plan.percent) if plan.percent is not None else "–"
    return [
        (_("Steps in the plan"), share),
        (_("Tasks done independently"), str(plan)),
        (_("Learning goals reached"), str(goals)),
        (_("Social duties done"), str(people)),
    ]


def _tasks(view: MenteeView) -> list[Block]:
    columns = (
        Column("title", _("Task"), 5),
        Column("step", _("Training step"), 3),
        Column("since", _("Since"), 2),
        Column("status", _("Status"), 2),
    )
    rows = tuple(
        (
            task.title,
            word(task.step),
            show_date(task.step_log[-1].on) if task.step_log else "",
            word(task.status),
        )
        for task in view.tasks
    )
    return [Heading(_("The plan")), Table(columns, rows)] if rows else []


def _talks(view: MenteeView) -> list[Block]:
    columns = (
        Column("number", _("No."), 1),
        Column("date", _("Date"), 2),
        Column("state", _("Status"), 3),
    )
    rows = tuple(
        (str(talk.number), show_date(held_on(talk)), word(talk.state)) for talk in view.talks
    )
    return [Heading(_("Talks")), Table(columns, rows)] if rows else []


def _roles(view: MenteeView) -> list[str]:
    return [
        f"{role_name(role)}: {view.name_of(role.person_id) or _('not decided yet')}"
        for role in view.roles
        if role.kind in HELD
    ]


def _build(source: Source) -> Document:
    view = source.view
    assert view is not None  # noqa: S101 - a document about a mentee
    steps = [
        f"{task.title}: {' '.join(task.next_step.split())}"
        for task in view.tasks
        if task.next_step_to_manager and task.next_step.strip()
    ]
    wishes = view.mentee.manager_wishes.strip()
    wished: list[Block] = [Heading(_("Wishes to the manager")), Paragraph(wishes)] if wishes else []
    blocks: list[Block] = [
        facts(*about_mentee(view.mentee), (_("Mentor"), source.mentor)),
        Paragraph(agreed_text(view.mentee), quiet=True),
        facts(*_progress(view)),
        *_tasks(view),
        *_talks(view),
        *listed(_("Next steps"), steps),
        *wished,
        *listed(_("Roles"), _roles(view)),
        Paragraph(_("What is said in the talks is not in this status."), quiet=True),
    ]
    return Document(
        what="leader",
        title=_("Status for the manager: {name}").format(name=view.mentee.name),
        blocks=tuple(blocks),
        language=language(),
    )


KIND: Final = DocumentKind(
    key="leader",
    word=N_("Status for the manager"),
    file_word=N_("status"),
    order=7,
    about=About.MENTEE,
    build=_build,
    # it has no records: those of the plan hold texts that the manager is not shown
)
