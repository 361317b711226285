"""A plan from a template, and a template from a plan (R17, R18, R20, R21).

A template names nobody and has no dates: days are counted from the first day at work. So the plan
of one mentee can begin where that of an earlier one came to, without a word about that one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from data.frozen import immutable
from data.i18n import _, ngettext
from data.library.offsets import FURTHEST
from data.library.templates import PlanTemplate, TemplateGoal, TemplateRow
from data.method.no_names import Names, without_names
from data.method.plan.changes import ROOM, new_task
from data.method.view import MenteeView
from data.records import Goal, Task
from data.store.change import Change
from data.text import line, words_key
from data.workdays import due_from


@immutable
class FromTemplate:
    """What a template does to the plan of a mentee, to be shown before it is committed."""

    changes: tuple[Change, ...]
    """They make the tasks and their learning goals, at the end of the plan."""
    tasks: int
    undated: int = 0
    """How many days of the template give no date, since the mentee has no first day at work."""
    passed: int = 0
    """How many of the dates lie before today."""

    @property
    def sentence(self) -> str:
        """What there is to know about the dates, translated; "" if nothing is."""
        if self.undated:
            return _("There is no first day at work yet, so nothing has a date.")
        if self.passed:
            return ngettext(
                "{number} date has passed already.",
                "{number} dates have passed already.",
                self.passed,
            ).format(number=self.passed)
        return ""


def from_template(view: MenteeView, rows: Iterable[TemplateRow], today: date) -> FromTemplate:
    """Return what adds rows of a template to a plan. All days become working days.

    Args:
        view: The mentee, and the plan as it is.
        rows: The rows that were chosen, in their order.
        today: Today.
    """
    days = _Days(view.mentee.start, [])
    changes: list[Change] = []
    first = new_task(view, "")
    tasks = 0
    for row in rows:
        task = Task(
            mentee_id=view.mentee.id,
            title=row.title,
            type=row.type,
            description=row.description,
            priority=row.priority,
            estimate_min=row.estimate_min,
            sparring_on=days.on(row.sparring),
            needs_check=row.needs_check,
            order=first.order + tasks * ROOM,
        )
        tasks += 1
        goals = [
            Goal(
                mentee_id=view.mentee.id,
                task_id=task.id,
                text=goal.text,
                kind=goal.kind,
                due=days.on(goal.due),
                order=place * ROOM,
            )
            for place, goal in enumerate(row.goals, 1)
        ]
        changes += [Change.created(record) for record in (task, *goals)]
    dates = [day for day in days.made if day is not None]
    passed = sum(day < today for day in dates)
    return FromTemplate(tuple(changes), tasks, len(days.made) - len(dates), passed)


@immutable
class _Days:
    """Makes dates of days from the start, and keeps what it made."""

    start: date | None
    made: list[date | None]

    def on(self, offset: int | None) -> date | None:
        """Return the working day of an offset; None without one, or without a first day."""
        if offset is None:
            return None
        day = due_day(self.start, offset)
        self.made.append(day)
        return day


def due_day(start: date | None, offset: int) -> date | None:
    """Return the working day of a template's day; None without a first day at work."""
    if start is None:
        return None
    try:
        return due_from(start, offset)
    except OverflowError:  # a first day at the very end of the calendar
        return None


def missing_rows(view: MenteeView, rows: Sequence[TemplateRow]) -> tuple[TemplateRow, ...]:
    """Return the rows of a template whose titles no task of the plan has yet."""
    there = {words_key(task.title) for task in view.tasks}
    return tuple(row for row in rows if words_key(row.title) not in there)


@immutable
class AsTemplate:
    """A plan as a template."""

    template: PlanTemplate
    undated: int = 0
    """How many dates it could not take along: the mentee has no first day at work, or they are
    more than ten years from it."""

    @property
    def sentence(self) -> str:
        """What there is to know about the dates, translated; "" if nothing is."""
        if not self.undated:
            return ""
        return ngettext(
            "{number} date is left out: it cannot be counted from a first day at work.",
            "{number} dates are left out: they cannot be counted from a first day at work.",
            self.undated,
        ).format(number=self.undated)


_NOBODY: Final = Names()


def as_template(view: MenteeView, key: str, name: str, names: Names = _NOBODY) -> AsTemplate:
    """Return a plan as a template: what is to be learned, and nothing about who learned it.

    It keeps titles, types, descriptions, priorities, expected time, whether quality is to be
    checked, and the text and kind of learning goals. Dates become days from the start. All else
    stays with the mentee: who spars, next steps, potential, training steps, status, checks, the
    time that it took, own columns, notes and knowledge.

    Args:
        view: The mentee and the plan.
        key: The key of the template.
        name: Its name.
        names: Who may not be named in it (`data.method.no_names.names_of`).
    """
    start, lost = view.mentee.start, 0

    def offset(day: date | None) -> int | None:
        nonlocal lost
        if day is None:
            return None
        days = (day - start).days if start is not None else FURTHEST + 1
        if abs(days) <= FURTHEST:
            return days
        lost += 1
        return None

    rows = []
    for task in view.tasks:
        goals = [
            TemplateGoal(line(without_names(goal.text, names)), goal.kind, offset(goal.due))
            for goal in view.goals_of(task.id)
        ]
        row = TemplateRow(
            title=line(without_names(task.title, names)),
            type=line(without_names(task.type, names)),
            description=without_names(task.description, names).strip(),
            priority=task.priority,
            estimate_min=task.estimate_min,
            sparring=offset(task.sparring_on),
            needs_check=task.needs_check,
            goals=tuple(goal for goal in goals if goal.text),
        )
        rows.append(replace(row, title=row.title or _("Task")))
    return AsTemplate(PlanTemplate(key, name, rows=tuple(rows)), lost)
