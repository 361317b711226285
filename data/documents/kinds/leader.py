"""The status for the manager: facts of the plan, talks, roles; no answer of a talk at all (R71).

It shows the texts of the plan only where both have said that the manager may read them: next steps
that are marked so, and wishes that were written for the manager.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from data.dates import show_date
from data.digest import sha256
from data.documents.model.document import Block, Column, Document, Heading, Paragraph, Table
from data.documents.model.parts import about_both, facts, listed
from data.documents.model.source import About, DocumentKind, Source
from data.i18n import N_, _, language, ngettext
from data.method.mentorship.roles import HELD, with_holder
from data.method.plan.progress import goals_reached, professional, social
from data.method.view import MenteeView, held_on
from data.method.words import show_percent, word
from data.records import Talk, Task

NEXT: Final = 3
"""How many of the talks to come have a line each."""
_LATER_SUMS: Final = (
    (
        "{number} more talk is planned, on {date}.",
        "{number} more talks are planned, the last one on {date}.",
    ),
    (
        "{number} samtale mere er planlagt, d. {date}.",
        "{number} samtaler mere er planlagt, den sidste d. {date}.",
    ),
)
"""What the checksum of a status includes of the talks to come: for one talk, and for many.

Never change them, whatever the page says, or every status agreed before would be shown as changed.
A checksum is made with the first; programs that made one in the language in use have made both.
"""


def agreed_text(view: MenteeView) -> str:
    """Return when mentor and mentee agreed on this status, or that they have not yet."""
    mentee = view.mentee
    if not mentee.status_agreed_on:
        return _("Not agreed with {name} yet.").format(name=mentee.name)
    text = _("Agreed with {name} on {date}.")
    if not is_agreed(view):
        text = _("Agreed with {name} on {date}; something has changed since.")
    return text.format(name=mentee.name, date=show_date(mentee.status_agreed_on))


def is_agreed(view: MenteeView) -> bool:
    """Whether mentor and mentee have agreed on the status as it is now."""
    mentee = view.mentee
    return mentee.status_agreed_on is not None and mentee.status_agreed_sum in _sums(view)


def status_sum(view: MenteeView) -> str:
    """Return a checksum of all that the status says. It is the same in every language."""
    return _sums(view)[0]


def _sums(view: MenteeView) -> list[str]:
    """Return the checksum of what the status says, and how older programs have made it."""
    tasks = [
        (task.title, task.step, task.step_log[-1:], task.status, _shared_step(task))
        for task in view.tasks
    ]
    named, later = _named_talks(view)
    talks = [(talk.number, held_on(talk), talk.state) for talk in named]
    roles = [(role.kind, role.name, role.person_id) for role in view.roles]
    counts = (goals_reached(view.goals), social(view.duties))
    wishes = view.mentee.manager_wishes.strip()
    said = [repr((tasks, talks, text, roles, counts, wishes)) for text in _later_sums(later)]
    return [sha256(text.encode()).hex()[:16] for text in said]


def _later_sums(later: Sequence[Talk]) -> list[str]:
    """Return what the checksum includes of the talks that have no line each; see `_LATER_SUMS`."""
    if not later:
        return [""]
    values = {"number": len(later), "date": show_date(later[-1].planned_on)}
    return [(one if len(later) == 1 else many).format(**values) for one, many in _LATER_SUMS]


def _shared_step(task: Task) -> str:
    """Return the next step of a task where the manager may read it; else ""."""
    return " ".join(task.next_step.split()) if task.next_step_to_manager else ""


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
        Column("since", _("Since when"), 2),
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


def _named_talks(view: MenteeView) -> tuple[list[Talk], list[Talk]]:
    """Return the talks that have a line each, and those after the next few, by their days."""
    later = list(view.to_come[NEXT:])
    return [talk for talk in view.talks if talk not in later], later


def _later_text(later: Sequence[Talk]) -> str:
    """Return how many more talks are planned, and until when; "" if none is."""
    if not later:
        return ""
    text = ngettext(
        "{number} more talk is planned, on {date}.",
        "{number} more talks are planned, the last one on {date}.",
        len(later),
    )
    return text.format(number=len(later), date=show_date(later[-1].planned_on))


def _talks(view: MenteeView) -> list[Block]:
    columns = (
        Column("number", _("No."), 1),
        Column("date", _("Date"), 2),
        Column("state", _("Status"), 3),
    )
    named, later = _named_talks(view)
    rows = tuple((str(talk.number), show_date(held_on(talk)), word(talk.state)) for talk in named)
    if not rows:
        return []
    more = [Paragraph(text)] if (text := _later_text(later)) else []
    return [Heading(_("Talks")), Table(columns, rows), *more]


def _roles(view: MenteeView) -> list[str]:
    return [
        with_holder(view, role, nobody=_("not decided yet"))
        for role in view.roles
        if role.kind in HELD
    ]


def _build(source: Source) -> Document:
    view = source.of_mentee
    steps = [f"{task.title}: {step}" for task in view.tasks if (step := _shared_step(task))]
    wishes = view.mentee.manager_wishes.strip()
    wished: list[Block] = [Heading(_("Wishes to the manager")), Paragraph(wishes)] if wishes else []
    blocks: list[Block] = [
        about_both(view.mentee, source.mentor),
        Paragraph(agreed_text(view), quiet=True),
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
