"""The overview as a picture: training steps week by week, and the time from learning to use."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from data.i18n import _, ngettext
from data.method.knowledge import Gap, Timing, gaps_of
from data.method.progress import STEPS, days_to_first_independent
from data.method.rhythm import week_of
from data.method.view import MenteeView
from data.method.words import word
from data.records import Step, Task, TaskStatus
from screens.overview_lines import Line, Section
from widgets.glyphs import glyphs
from widgets.progress import EMPTY, FULL, LEVELS, levels, scale

DAYS_A_CELL = 2
LONGEST = 15
"""Cells of the longest bar from learning to use."""


def steps_by_week(view: MenteeView, today: date, width: int) -> Section:
    """Return each task's training step at the end of each week of the course, in `width` cells.

    The present step stands behind in words (R64). Before the first day there is no picture.
    """
    start = view.mentee.start
    tasks = [task for task in view.tasks if task.status is not TaskStatus.PARKED]
    legend = "  ".join(
        f"{sign} {word(step).lower()}" for sign, step in zip(LEVELS, STEPS, strict=True)
    )
    title = f"{_('Steps by week')}: {glyphs(legend)}"
    if start is None or not tasks:
        text = _("The picture grows with the steps of the plan's tasks.")
        return Section(title, (Line("weeks:none", "", text, "plan", tone="muted"),))
    last = max(week_of(start, today), 1)
    first = min(1, *(week_of(start, entry.on) for task in tasks for entry in task.step_log), 1)
    room = max(width, 4)
    lines = [Line("weeks", _("Week"), scale(first, last, room), "plan", tone="muted")]
    for task in tasks:
        picture = levels([_level(task, start, week) for week in range(first, last + 1)], room)
        now = word(task.step).lower() if task.step else _("not begun")
        lines.append(Line(f"weeks:{task.id}", task.title, f"{picture}  {now}", "plan", task.id))
    days = days_to_first_independent(view.mentee, view.tasks)
    if days is not None:
        text = ngettext(
            "first task independently after {days} day",
            "first task independently after {days} days",
            days,
        )
        lines.append(Line("first", _("From the start"), text.format(days=days), "plan"))
    return Section(title, tuple(lines))


def _level(task: Task, start: date, week: int) -> int | None:
    """Return the step's number at the end of a week of the course, or None before the first."""
    end = start + timedelta(days=7 * week)
    reached: Step | None = None
    for entry in task.step_log:
        if entry.on < end:
            reached = entry.step
    return STEPS.index(reached) if reached else None


def learned_to_used(view: MenteeView, today: date, limit: int) -> Section:
    """Return the days between learning and use, as bars and in words (R82)."""
    lines = list(_gap_lines(view, today, limit))
    if not lines:
        text = _("Give knowledge and tasks the days on which they were learned and used.")
        lines = [Line("gaps:none", "", text, "needs", tone="muted")]
    return Section(_("From learned to used"), tuple(lines))


def _gap_lines(view: MenteeView, today: date, limit: int) -> Iterator[Line]:
    tasks = {task.id for task in view.tasks}
    for gap in gaps_of(view, today, limit):
        if gap.timing is not Timing.NOT_LEARNED:
            place = "plan" if gap.id in tasks else "needs"
            text = f"{_days_bar(gap)}  {gap.text}"
            yield Line(f"gap-days:{gap.id}", gap.title, text, place, gap.id)


def _days_bar(gap: Gap) -> str:
    """Return a bar of the days, full where the use has come; at least one cell."""
    cells = min(max(-(-(gap.days or 0) // DAYS_A_CELL), 1), LONGEST)
    return glyphs((FULL if gap.timing is Timing.USED else EMPTY) * cells)
