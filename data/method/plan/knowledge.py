"""Knowledge is tied to tasks and used soon after it was learned (R81, R82)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from data.i18n import _, ngettext
from data.method.view import MenteeView
from data.records import Knowledge, Task, TaskStatus


class Timing(StrEnum):
    """How learning and use stand to each other."""

    NOT_LEARNED = "not_learned"
    USED = "used"
    WAITING = "waiting"
    """Learned, not used, within the limit."""
    UNUSED = "unused"
    """Learned, not used, past the limit."""
    TOO_EARLY = "too_early"
    """Learned, or to be learned, long before the planned use."""


@dataclass(frozen=True, slots=True)
class UseDelay:
    """The days between learning and use; fixed once used, growing while not (R82)."""

    id: str
    title: str
    timing: Timing
    days: int | None

    @property
    def text(self) -> str:
        """The gap in words."""
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
            Timing.TOO_EARLY: _("planned for use {days} d after it is learned: rather early"),
            Timing.NOT_LEARNED: "",
        }[self.timing]
        return text.format(days=self.days)

    @property
    def short(self) -> str:
        """The gap in a few words, for a list."""
        if self.days is None:
            return ""
        text = {
            Timing.USED: _("used after {days} d"),
            Timing.WAITING: _("not used for {days} d"),
            Timing.UNUSED: _("not used for {days} d"),
            Timing.TOO_EARLY: _("{days} d before its use"),
            Timing.NOT_LEARNED: "",
        }[self.timing]
        return text.format(days=self.days)


def use_delay(
    item: Knowledge | Task,
    today: date,
    limit: int,
) -> UseDelay:
    """Return the gap between learning and use; `limit` in days is the team's own (R82)."""
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


def use_delays(view: MenteeView, today: date, limit: int) -> list[UseDelay]:
    """Return the gaps of all knowledge, then of tasks with a day on which they were learned."""
    items: list[Knowledge | Task] = [*view.knowledge]
    items += [task for task in view.tasks if task.learned_on]
    return [use_delay(item, today, limit) for item in items]


def unlinked(view: MenteeView) -> list[Knowledge]:
    """Return the knowledge that points to no task of the plan (R81)."""
    ids = {task.id for task in view.tasks}
    return [one for one in view.knowledge if not ids.intersection(one.task_ids)]


def tasks_without_knowledge(view: MenteeView) -> list[Task]:
    """Return the tasks of the plan that no knowledge points to (R81)."""
    linked = {task_id for one in view.knowledge for task_id in one.task_ids}
    return [
        task
        for task in view.tasks
        if task.id not in linked and task.status is not TaskStatus.PARKED
    ]
