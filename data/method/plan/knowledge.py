"""Whether knowledge is linked to tasks, and used soon after it was learned (R81, R82)."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from data.dates import show_date
from data.frozen import immutable
from data.i18n import _, ngettext
from data.method.view import MenteeView
from data.records import Knowledge, Task, TaskStatus


class Timing(StrEnum):
    """How soon something is used after it was learned."""

    NOT_LEARNED = "not_learned"
    USED = "used"
    WAITING = "waiting"
    """Learned and not used yet, for fewer days than the limit or as many."""
    UNUSED = "unused"
    """Learned and not used yet, for more days than the limit."""
    TOO_EARLY = "too_early"
    """Learned, or planned to be, more days before the planned use than the limit."""


@immutable
class UseDelay:
    """How long something waits, or has waited, between being learned and being used (R82)."""

    id: str
    title: str
    timing: Timing
    days: int | None
    """Days from learning to use, or until today if it is not used; None if not learned."""

    @property
    def text(self) -> str:
        """The delay in words, translated; "" if it is not learned."""
        if self.days is None:
            return ""
        text = {
            Timing.USED: ngettext(
                "used {days} day after it was learned",
                "used {days} days after it was learned",
                self.days,
            ),
            Timing.WAITING: _("learned {days} d ago, not used yet"),
            Timing.UNUSED: _("learned {days} d ago, not used: where could it be tried?"),
            Timing.TOO_EARLY: _(
                "to be used {days} d after it is learned: could it be learned later?"
            ),
            Timing.NOT_LEARNED: "",
        }[self.timing]
        return text.format(days=self.days)

    @property
    def short(self) -> str:
        """The delay in a few words, for a list."""
        if self.days is None:
            return ""
        text = {
            Timing.USED: _("used after {days} d"),
            Timing.WAITING: _("not used for {days} d"),
            Timing.UNUSED: _("not used for {days} d"),
            Timing.TOO_EARLY: _("learned {days} d before use"),
            Timing.NOT_LEARNED: "",
        }[self.timing]
        return text.format(days=self.days)


def use_delay(
    item: Knowledge | Task,
    today: date,
    limit: int,
) -> UseDelay:
    """Return the delay between learning and use; `limit` is in days, set by the team (R82)."""
    id, title, learned = item.id, item.title, item.learned_on
    used = item.first_used_on if isinstance(item, Task) else item.used_on
    planned = None if isinstance(item, Task) else item.use_planned_on
    if learned is None:
        return UseDelay(id, title, Timing.NOT_LEARNED, None)
    if used is not None:
        return UseDelay(id, title, Timing.USED, max(0, (used - learned).days))
    if planned is not None and planned >= today and (planned - learned).days > limit:
        return UseDelay(id, title, Timing.TOO_EARLY, (planned - learned).days)
    waited = (today - learned).days
    if waited < 0:
        return UseDelay(id, title, Timing.NOT_LEARNED, None)
    return UseDelay(id, title, Timing.UNUSED if waited > limit else Timing.WAITING, waited)


def use_doubt(learned: date | None, used: date | None, start: date | None) -> str:
    """Return what is odd about the days of learning and first use, in one line; "" if nothing is.

    Something may be used before it was learned in earnest, or in an earlier job, but more often one
    of the days is a slip. What was learned before the first day at work is nothing odd.
    """
    if learned and used and used < learned:
        text = _("Used on {used}, before it was learned on {learned}.")
        return text.format(used=show_date(used), learned=show_date(learned))
    if used and start and used < start:
        text = _("Used on {used}, before the first day at work, {start}.")
        return text.format(used=show_date(used), start=show_date(start))
    return ""


def use_delays(view: MenteeView, today: date, limit: int) -> list[UseDelay]:
    """Return the delays of all knowledge, and then of all tasks that have been learned."""
    items: list[Knowledge | Task] = [*view.knowledge]
    items += [task for task in view.tasks if task.learned_on]
    return [use_delay(item, today, limit) for item in items]


def unlinked(view: MenteeView) -> list[Knowledge]:
    """Return the knowledge that is linked to no task of the plan (R81)."""
    ids = {task.id for task in view.tasks}
    return [one for one in view.knowledge if not ids.intersection(one.task_ids)]


def tasks_without_knowledge(view: MenteeView) -> list[Task]:
    """Return the tasks of the plan, but for parked ones, that no knowledge is linked to (R81)."""
    linked = {task_id for one in view.knowledge for task_id in one.task_ids}
    return [
        task
        for task in view.tasks
        if task.id not in linked and task.status is not TaskStatus.PARKED
    ]
