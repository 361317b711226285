"""The learning goals of a task, line by line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from data.clock import today
from data.dates import show_date
from data.i18n import N_, _
from data.method.plan.changes import delete_goal, new_goal, set_goal_status
from data.method.words import word
from data.records import Goal, GoalKind, GoalStatus
from data.store.change import Change
from data.text import line
from tui.cli.plain.desk import Desk
from tui.cli.plain.field import Field
from tui.cli.plain.listing import Item, Listing
from tui.cli.plain.moves import GoTo
from tui.cli.plain_job.record import RecordSheet


class GoalsPlace(Listing):
    """The goals of a task."""

    COMMANDS: ClassVar = {"add": N_("add"), "delete": N_("delete")}
    KEYS: ClassVar = {"a": "add", "x": "delete", "u": "undo"}
    OF_ONE: ClassVar = frozenset({"delete"})

    def __init__(self, desk: Desk, mentee_id: str, task_id: str) -> None:
        super().__init__(desk, mentee_id, task_id)

    @property
    def prompt(self) -> str:
        """Where one is."""
        return _("Learning goals")

    @property
    def takes(self) -> str:
        """What can be written here."""
        return _(
            "The number of a goal, or the start of its text, opens it; a adds one, x and a number "
            "deletes one, u undoes, an empty line says the goals again."
        )

    def heading(self) -> list[str]:
        """Return whose goals they are."""
        task = self.view.task(self.task_id)
        title = task.title if task else ""
        if self.view.goals_of(self.task_id):
            return [_("Learning goals of {task}:").format(task=title)]
        return [_("No learning goals of {task} yet; a adds one.").format(task=title)]

    def items(self) -> Sequence[Item]:
        """Return the goals, in their order."""
        return [Item(one.id, one.text, _line(one)) for one in self.view.goals_of(self.task_id)]

    def open(self, item: Item) -> None:
        """Open a goal."""
        raise GoTo(GoalSheet(self.desk, self.mentee_id, item.id))

    def add(self, text: str) -> None:
        """Add a goal at once, and open it for its date."""
        text = line(text or self.desk.ask(_("New learning goal")))
        if text:
            goal = new_goal(self.view, self.task_id, text)
            what = _("new learning goal: {goal}").format(goal=text)
            self.desk.commit([Change.created(goal)], what)
            raise GoTo(GoalSheet(self.desk, self.mentee_id, goal.id))

    def do_with(self, command: str, item: Item) -> None:
        """Delete a goal."""

        def deletion() -> Sequence[Change]:
            goal = self.desk.store.get(Goal, item.id)
            return delete_goal(self.view, goal) if goal else ()

        question = _("Delete the learning goal “{goal}”?").format(goal=item.name)
        what = _("delete learning goal: {goal}").format(goal=item.name)
        if self.desk.delete(question, deletion, what):
            self.say()


class GoalSheet(RecordSheet[Goal]):
    """A learning goal that is open."""

    KIND = Goal

    def title(self, record: Goal) -> str:
        """Return its text."""
        return record.text

    def fields(self) -> Sequence[Field]:
        """Return its fields."""
        return [
            self.text("text", required=_("Say what is to be learned")),
            self.choice("status", GoalStatus, edit=_with_status),
            self.choice("kind", GoalKind),
            self.day("due"),
        ]


def _with_status(goal: Goal, status: GoalStatus) -> Goal:
    after = set_goal_status(goal, status, today()).after
    assert isinstance(after, Goal)  # noqa: S101 - what set_goal_status() returns
    return after


def _line(goal: Goal) -> str:
    due = _("by {date}").format(date=show_date(goal.due)) if goal.due else ""
    return f"{goal.text}: {', '.join(filter(None, (word(goal.status).lower(), due)))}"
