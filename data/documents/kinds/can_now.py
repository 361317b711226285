"""The newcomer's letter at the close: what they can do now. It is theirs to keep (R6, R46)."""

from __future__ import annotations

from datetime import date
from typing import Final

from data.dates import show_date
from data.documents.model.document import (
    Block,
    Column,
    Document,
    Heading,
    Paragraph,
    Signatures,
    Table,
)
from data.documents.model.parts import facts, holder, listed, to_sign
from data.documents.model.source import About, DocumentKind, Source
from data.i18n import N_, _, language
from data.method.mentorship.closing import closing_lines
from data.method.plan.progress import Risen, can_now
from data.method.talk.flow import said
from data.method.talk.outcomes import examples
from data.method.view import MenteeView
from data.method.words import word
from data.records import Goal, GoalStatus, Mentee, NoteKind, RoleKind, Task


def _has_begun(mentee: Mentee, day: date) -> bool:
    """Return whether the first day at work has been, or was before the mentorship was closed."""
    return mentee.start is None or mentee.start <= (mentee.closed_on or day)


def _opening(mentee: Mentee, day: date) -> list[Block]:
    """Return the first words of the letter, to the mentee, on a day."""
    until = show_date(mentee.closed_on)
    if not _has_begun(mentee, day) and until:
        text = _(
            "Your mentorship was closed on {end}, before your first day at work on {start}. This "
            "letter belongs to you, and you decide who sees it."
        )
    elif not _has_begun(mentee, day):
        text = _(
            "Your mentorship begins on {start}. When it ends, this letter says what you have "
            "learned to do. It belongs to you, and you decide who sees it."
        )
    elif mentee.start and not until:
        text = _(
            "You have been part of a mentorship since {start}. This letter says what you have "
            "learned to do in that time. It belongs to you, and you decide who sees it."
        )
    elif mentee.start:
        text = _(
            "You have been part of a mentorship from {start} to {end}. This letter says what you "
            "have learned to do in that time. It belongs to you, and you decide who sees it."
        )
    else:
        text = _(
            "This letter says what you have learned to do. It belongs to you, and you decide who "
            "sees it."
        )
    first = (mentee.name.split() or [""])[0]
    return [
        Paragraph(_("Dear {name},").format(name=first)),
        Paragraph(text.format(start=show_date(mentee.start), end=until)),
    ]


def _risen(risen: Risen) -> tuple[str, ...]:
    first = word(risen.first) if risen.first else _("New task")
    begun = risen.task.step_log[0].on
    return (
        risen.task.title,
        f"{first} ({show_date(begun)})" if risen.first else first,
        f"{word(risen.now)} ({show_date(risen.on)})",
    )


def _tasks(view: MenteeView, day: date) -> list[Block]:
    found = [_risen(risen) for risen in can_now(view.tasks)]
    if not found and not _has_begun(view.mentee, day):
        return []
    if not found:
        return [Paragraph(_("No task has come to a higher training step yet."), quiet=True)]
    columns = (
        Column("title", _("Task"), 5),
        Column("before", _("At first"), 3),
        Column("after", _("Now"), 3),
    )
    return [Heading(_("Can do now")), Table(columns, tuple(found))]


def recognition(view: MenteeView, source: Source) -> list[str]:
    """Return what the mentor recognised in talks and shared notes, with the task, oldest first."""
    praise = next((one for one in source.words.steps if one.key == "praise"), None)
    found = []
    for answer in view.answers:
        if answer.key == "praise" and (text := said(answer.mentor, praise)):
            task = view.task(answer.task_id)
            found.append(f"{text} ({task.title})" if task else text)
    for note in view.notes:
        if note.kind is NoteKind.PRAISE:
            found.append(note.text.strip())
    return found


def _build(source: Source) -> Document:
    view = source.of_mentee
    reached = [goal.text for goal in view.goals if goal.status is GoalStatus.REACHED]
    manager = holder(view, RoleKind.MANAGER)
    who = ", ".join(filter(None, (view.mentee.title, view.mentee.team)))
    blocks: list[Block] = [
        facts(
            (_("Job title and team"), who),
            (_("Mentor"), source.mentor),
            (_("Manager"), manager),
            (_("Written on"), show_date(source.day)),
        ),
        *_opening(view.mentee, source.day),
        *_tasks(view, source.day),
        *listed(_("Learning goals reached"), reached),
        *listed(_("Succeeded with"), examples(view)),
        *listed(_("Recognition"), recognition(view, source)),
        *listed(_("The mentorship in figures"), closing_lines(view)),
        Paragraph(
            _("Thank you for the time together, and all the best with what comes next.")
            if _has_begun(view.mentee, source.day)
            else _("All the best with what comes next.")
        ),
        Signatures(to_sign(view, mentor=source.mentor)),
    ]
    return Document(
        what="can-now",
        title=_("What {name} can do now").format(name=view.mentee.name),
        blocks=tuple(block for block in blocks if block != facts()),
        language=language(),
    )


KIND: Final = DocumentKind(
    key="can-now",
    word=N_("Can do now"),
    file_word=N_("can-now"),
    order=6,
    about=About.MENTEE,
    build=_build,
    records={Mentee: "", Task: "tasks", Goal: "goals"},
)
