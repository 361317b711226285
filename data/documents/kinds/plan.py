"""The learning and competence plan, with all columns of the guide and own ones (R15-R24, R61)."""

from __future__ import annotations

from collections.abc import Sequence
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
from data.documents.model.parts import about_mentee, facts, to_sign
from data.documents.model.source import About, DocumentKind, Source
from data.i18n import N_, _, language
from data.method.plan.agreed import agreed_names, changed_since_agreed, rows_since_agreed
from data.method.plan.fields import GUIDE, Kind, TaskField, fields_of, text_of
from data.method.view import MenteeView
from data.method.words import word
from data.records import Goal, Mentee, Task

NUMBER: Final = "number"
"""Key of the column with the number of the task, by which a form that comes back finds it."""
GOALS: Final = "goals"
_SHARES: Final = {NUMBER: 1, "priority": 2, "title": 5, "description": 6, GOALS: 6, "checks": 3}
_WIDE: Final = {Kind.LINES: 5, Kind.LINE: 3}
_EMPTY_ROWS: Final = 8


def columns_in_order(own: Sequence[str]) -> list[TaskField]:
    """Return the fields of the plan in the order of the grid; those that it does not show last."""
    fields = fields_of(own)
    shown = sorted((f for f in fields if f.cell is not None), key=_place)
    return [*shown, *(one for one in fields if one.cell is None)]


def _place(field: TaskField) -> int:
    return field.cell.place if field.cell else 0


def goal_text(goal: Goal) -> str:
    """Return a learning goal with its kind, its status and its date, as one line."""
    about = [word(goal.kind).lower(), word(goal.status).lower()]
    if goal.due:
        about.append(_("by {date}").format(date=show_date(goal.due)))
    return f"{' '.join(goal.text.split())} ({', '.join(about)})"


def whole_table(view: MenteeView) -> Table:
    """Return the plan as one table with all fields, the number of the task first."""
    return _table(view, columns_in_order(view.mentee.columns))


def _table(view: MenteeView, fields: Sequence[TaskField]) -> Table:
    rows = tuple(
        (str(number), *(_cell(view, task, field) for field in fields))
        for number, task in enumerate(view.tasks, 1)
    )
    return Table((_number(), *map(_column, fields)), rows, "title")


def _cell(view: MenteeView, task: Task, field: TaskField) -> str:
    if field.kind is Kind.GOALS:
        return "\n".join(map(goal_text, view.goals_of(task.id)))
    return text_of(field, task, view)


def _number() -> Column:
    return Column(NUMBER, _("No."), _SHARES[NUMBER])


def _column(field: TaskField) -> Column:
    return Column(field.key, field.name, _SHARES.get(field.key) or _WIDE.get(field.kind, 2))


def _on_paper(view: MenteeView) -> list[TaskField]:
    """Return the fields that have a column on paper: those of the guide, and all that are used."""
    fields = columns_in_order(view.mentee.columns)
    return [
        field
        for field in fields
        if field.key in GUIDE
        or field.is_own
        or any(_cell(view, task, field) for task in view.tasks)
    ]


def _agreed(mentee: Mentee, view: MenteeView) -> list[tuple[str, str]]:
    since = changed_since_agreed(view)
    on = show_date(mentee.plan_agreed_on)
    names = agreed_names(mentee)
    return [
        (_("Agreed on"), f"{on} ({names})" if on and names else on or _("not agreed yet")),
        (_("Updated together on"), show_date(mentee.plan_updated_on)),
        (_("Since then"), rows_since_agreed(view, since) if on else ""),
    ]


def _build(source: Source) -> Document:
    view = source.of_mentee
    blocks: list[Block] = [
        facts(
            *about_mentee(view.mentee),
            (_("Mentor"), source.mentor),
            *_agreed(view.mentee, view),
            (_("Written on"), show_date(source.day)),
        )
    ]
    if view.tasks:
        blocks += [Heading(_("The tasks")), _table(view, _on_paper(view))]
    else:
        blocks.append(Paragraph(_("There are no tasks in the plan yet.")))
    blocks.append(Signatures(to_sign(view, mentor=source.mentor)))
    return Document(
        what="plan",
        title=_("Learning and competence plan: {name}").format(name=view.mentee.name),
        blocks=tuple(blocks),
        language=language(),
        landscape=True,
        grid=whole_table(view),
    )


def _blank(_source: Source) -> Document:
    fields = [one for one in columns_in_order(()) if one.key in GUIDE]
    empty = tuple((str(number), *("" for _field in fields)) for number in range(1, _EMPTY_ROWS + 1))
    blocks: list[Block] = [
        Paragraph(
            _(
                "Write a task in each row. Dates can be days, such as 01-09-2026, or count from "
                "the first day at work: day 10, week 2. Time is hours, days or weeks: 3h, 2d, 1w. "
                "Priority is High, Medium or Low. Send the form back when it is filled in."
            ),
            quiet=True,
        )
    ]
    table = Table((_number(), *map(_column, fields)), empty, "title")
    blocks += [Heading(_("The tasks")), table]
    blocks.append(Signatures(to_sign(None)))
    return Document(
        what="plan",
        title=_("Learning and competence plan"),
        blocks=tuple(blocks),
        language=language(),
        landscape=True,
        grid=table,
    )


KIND: Final = DocumentKind(
    key="plan",
    word=N_("Learning and competence plan"),
    file_word=N_("plan"),
    order=1,
    about=About.MENTEE,
    build=_build,
    blank=_blank,
    records={Mentee: "", Task: "tasks", Goal: "goals"},
)
