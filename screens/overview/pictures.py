"""The pictures of the overview: the mentorship week by week, and the time from learning to use.

Each picture is a line of text with its meaning in words behind it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from data.dates import show_near
from data.frozen import immutable
from data.i18n import _, ngettext
from data.method.plan.knowledge import Timing, use_delays
from data.method.plan.progress import STEPS, days_to_first_independent
from data.method.talk.rhythm import series_counts, week_of
from data.method.view import MenteeView, held_on
from data.method.words import short_step, word
from data.records import Step, TalkState, Task, TaskStatus
from screens.overview.lines import Line, Section
from widgets.glyphs import glyphs
from widgets.progress import LEVELS, days_bar, week_levels, week_marks, week_numbers

HELD, TO_COME, CANCELLED = "●", "○", "x"
_SIGNS = {
    TalkState.PLANNED: TO_COME,
    TalkState.POSTPONED: TO_COME,
    TalkState.CANCELLED: CANCELLED,
    TalkState.RUNNING: HELD,
    TalkState.HELD: HELD,
}
"""How a talk is drawn, by its state. Of several talks in one cell the one listed last is seen."""
GAP_CELLS = 16
"""Cells of the longest bar from learning to use; the limit is in the middle of it."""


# -- week by week ---------------------------------------------------------------------------------


@immutable
class Weeks:
    """The weeks that are drawn, and how wide."""

    start: date
    """The first day at work."""
    first: int
    """The number of the first week: 1, or less where the plan began before the first day."""
    last: int
    """The number of the present week."""
    width: int
    """How many cells there are for all of them."""

    @property
    def count(self) -> int:
        """How many weeks there are."""
        return self.last - self.first + 1

    def day(self, on: date) -> int:
        """Return how many days a day lies after the first that is drawn."""
        return (on - self.start).days - 7 * (self.first - 1)

    def end(self, week: int) -> date:
        """Return the day after the last of a week."""
        return self.start + timedelta(days=7 * week)


def mentorship_by_week(
    view: MenteeView, today: date, width: int, *, most: int | None = None
) -> Section:
    """Return the talks, and the training step of each task, week by week (R41, R64).

    As long as the mentee has no first day at work or no task, it says so instead.

    Args:
        view: The mentee.
        today: The last week that is drawn is this day's.
        width: How many cells the weeks may take up.
        most: How many tasks are drawn: those whose step moved last. None draws all of them.
    """
    start = view.mentee.start
    tasks = [task for task in view.tasks if task.status is not TaskStatus.PARKED]
    title = _("Week by week")
    if start is None or not tasks:
        text = _("The chart fills in as tasks get training steps.")
        hint = Line("weeks:none", "", text, "plan", tone="muted")
        return Section(title, (_talks(view, None, today), hint))
    legend = "  ".join(
        f"{sign} {short_step(step).lower()}" for sign, step in zip(LEVELS, STEPS, strict=True)
    )
    began = [week_of(start, entry.on) for task in tasks for entry in task.step_log]
    last = max(week_of(start, today), 1)
    weeks = Weeks(start, min([1, *began]), last, max(width, 4))
    numbers = week_numbers(weeks.first, last, weeks.width)
    lines = [
        Line("weeks", _("Week"), numbers, "plan", tone="muted"),
        _talks(view, weeks, today),
        *(_task(task, weeks, today) for task in _chosen(tasks, most)),
        *_below(view, len(tasks) if most is None else max(most, 0), tasks),
    ]
    return Section(title, tuple(lines), glyphs(legend))


def _chosen(tasks: Sequence[Task], most: int | None) -> list[Task]:
    """Return the `most` tasks whose step moved last, or all of them, in the order of the plan."""
    if most is None or len(tasks) <= most:
        return list(tasks)

    def moved(task: Task) -> date:
        return task.step_log[-1].on if task.step_log else date.min

    newest = sorted(tasks, key=moved, reverse=True)[:most]
    return [task for task in tasks if task in newest]


def _below(view: MenteeView, shown: int, tasks: Sequence[Task]) -> Iterator[Line]:
    """Yield how many tasks are left out; where none are, the days to the first independent one."""
    more = len(tasks) - shown
    if more > 0:
        text = ngettext("{number} more task", "{number} more tasks", more)
        yield Line("weeks:more", "", text.format(number=more), "weeks", tone="muted")
    days = days_to_first_independent(view.mentee, view.tasks)
    if days is not None and more <= 0:
        text = ngettext(
            "first task independently after {days} day",
            "first task independently after {days} days",
            days,
        )
        yield Line("first", _("From the start"), text.format(days=days), "plan")


def _talks(view: MenteeView, weeks: Weeks | None, today: date) -> Line:
    """Return a mark on the day of each talk, and how many are held and to come, in words (R83)."""
    if not any(talk.state in _SIGNS for talk in view.talks):
        return Line("talks", _("Talks"), _("none planned yet"), "talks", tone="muted")
    counts = series_counts(view, today)
    words = [ngettext("{n} held", "{n} held", counts.held).format(n=counts.held)]
    if counts.cancelled:
        text = ngettext("{n} cancelled", "{n} cancelled", counts.cancelled)
        words.append(text.format(n=counts.cancelled))
    if counts.missed:
        words.append(
            ngettext("{n} not held", "{n} not held", counts.missed).format(n=counts.missed)
        )
    words.append(ngettext("{n} planned", "{n} planned", counts.to_come).format(n=counts.to_come))
    said = ", ".join(words)
    if weeks is None:
        return Line("talks", _("Talks"), said, "talks")
    order = list(_SIGNS)
    found = [
        (order.index(talk.state), weeks.day(on), _SIGNS[talk.state])
        for talk in view.talks
        if talk.state in _SIGNS and (on := held_on(talk))
    ]
    signs = [(day, sign) for _rank, day, sign in sorted(found)]
    picture = week_marks(signs, weeks.count, weeks.width)
    return Line("talks", _("Talks"), f"{picture}  {said}", "talks", words=said)


def _task(task: Task, weeks: Weeks, today: date) -> Line:
    """Return the steps that a task has reached, week by week; `whole` has the day of each."""
    drawn = [_level(task, weeks.end(week)) for week in range(weeks.first, weeks.last + 1)]
    now = short_step(task.step).lower() if task.step else _("not started")
    history = ", ".join(
        f"{word(entry.step).lower()} {show_near(entry.on, today)}" for entry in task.step_log
    )
    text = f"{week_levels(drawn, weeks.width)}  {now}"
    words = history or now
    whole = f"{task.title}: {words}"
    return Line(f"weeks:{task.id}", task.title, text, "plan", task.id, whole=whole, words=words)


def _level(task: Task, end: date) -> int | None:
    """Return the number of the step that was reached before the day `end`, or None for none yet."""
    reached: Step | None = None
    for entry in task.step_log:
        if entry.on < end:
            reached = entry.step
    return STEPS.index(reached) if reached else None


# -- from learned to used -------------------------------------------------------------------------


def learned_to_used(view: MenteeView, today: date, limit: int) -> Section:
    """Return how many days lie between learning and use, as bars (R82).

    `limit` is the number of days after which the team wants to be told; each bar has a mark there.
    """
    tasks = {task.id for task in view.tasks}
    lines = [
        Line(
            f"gap-days:{one.id}",
            one.title,
            f"{days_bar(one.days, limit, GAP_CELLS, full=one.timing is Timing.USED)}  {one.short}",
            "plan" if one.id in tasks else "needs",
            one.id,
            whole=f"{one.title}: {one.text}",
            words=one.text,
        )
        for one in use_delays(view, today, limit)
        if one.days is not None and one.timing is not Timing.NOT_LEARNED
    ]
    if not lines:
        text = _("Add when things were learned and first used.")
        return Section(
            _("From learned to used"), (Line("gaps:none", "", text, "needs", tone="muted"),)
        )
    legend = _("█ used  ░ waiting  │ {days} days").format(days=limit)
    return Section(_("From learned to used"), tuple(lines), glyphs(legend))
