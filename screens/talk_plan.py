"""The plan brought up to date together: its real rows, edited in place (R56)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on, work
from textual.binding import Binding, BindingType

from data.change import Change
from data.clock import today
from data.i18n import N_, _
from data.method.plan import set_goal_status
from data.method.said import to_goal, to_new_task
from data.method.words import word
from data.records import Goal, GoalStatus, Task
from data.text import clean
from screens.dialogs.form import Field, FormDialog
from screens.dialogs.pick import Item, PickDialog
from screens.plan_columns import chosen, columns, line, row, typed
from screens.talk_desk import TalkDesk
from screens.talk_list import TalkList
from widgets.grid import Column, Grid, Row

SHOWN = ("title", "step", "next_step", "sparring_on", "sparring_with", "status", "goals")
"""Columns of the plan that a talk is about, the first ones first."""
LONG = ("next_step", "description", "potential")


class PlanList(TalkList):
    """The tasks of the plan, the chosen ones first; what is changed here stays with the talk."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "add", N_("New task")),
        Binding("g", "goal", N_("Learning goal")),
        Binding("s", "goal_status", N_("Goal reached")),
        Binding("p", "long('potential')", N_("Potential"), show=False),
    ]

    def __init__(self, desk: TalkDesk) -> None:
        super().__init__(desk)
        self.grid = Grid((), cells=True)

    def rows(self) -> Sequence[tuple[Row, str]]:
        """Return the tasks talked about, then the others."""
        view, talk = self.desk.flow.view, self.desk.talk
        touched = {edit.task_id for edit in talk.plan_edits}
        first = [task for task in view.tasks if task.id in touched or task.id in talk.task_ids]
        rest = [task for task in view.tasks if task not in first]
        return [(row(view, task), self._detail(task)) for task in (*first, *rest)]

    def _detail(self, task: Task) -> str:
        goals = [
            f"{goal.text} ({word(goal.status).lower()})"
            for goal in self.desk.flow.view.goals_of(task.id)
        ]
        parts = [_("Next step: {text}").format(text=task.next_step) if task.next_step else ""]
        parts.append(_("Goals: {text}").format(text="; ".join(goals)) if goals else "")
        return "\n".join(part for part in parts if part)

    def bring(self) -> None:
        """Bring rows and columns up to date."""
        if self._laid:
            by_key = {one.key: one for one in columns(self.desk.store, self.desk.flow.view.mentee)}
            shown: list[Column] = [by_key[key] for key in SHOWN]
            self.grid.show(self.grid.body.rows, shown)
        super().bring()

    def empty(self) -> str:
        """Say how a first row is made."""
        return _("The plan has no rows yet; a makes one.")

    @property
    def line(self) -> str:
        """The task's name."""
        task = self._here()
        return task.title if task else ""

    @property
    def task_id(self) -> str:
        """The task under the cursor."""
        return self.grid.row_id

    def _here(self) -> Task | None:
        return self.desk.store.get(Task, self.grid.row_id) if self.grid.row_id else None

    # -- editing ------------------------------------------------------------------------------

    @on(Grid.Edited)
    def _edited(self, event: Grid.Edited) -> None:
        event.stop()
        task = self.desk.store.get(Task, event.row_id)
        if task is not None:
            store, view = self.desk.store, self.desk.flow.view
            self._commit(task, typed(store, view, task, event.column, event.text))

    @on(Grid.Chosen)
    def _chosen(self, event: Grid.Chosen) -> None:
        event.stop()
        task = self.desk.store.get(Task, event.row_id)
        if task is not None:
            self._commit(task, chosen(task, event.column, event.value, self.desk.store.by))

    def _commit(self, task: Task, changes: Sequence[Change]) -> None:
        self.desk.commit(changes, _("Plan: {task}").format(task=task.title))
        self.bring()

    @on(Grid.Opened)
    def _opened(self, event: Grid.Opened) -> None:
        event.stop()
        if event.column in LONG:
            self.action_long(event.column)
        elif event.column == "goals":
            self.action_goal_status()

    @work
    async def action_long(self, field: str) -> None:
        """Write a long text of the task."""
        task = self._here()
        if task is None:
            return
        label = _("Next step") if field == "next_step" else _("Development potential")
        fields = [Field("text", label, getattr(task, field), "lines")]
        texts = await self.app.push_screen_wait(FormDialog(task.title, fields))
        there = self.desk.store.get(Task, task.id)
        if texts is not None and there is not None:
            new: dict[str, str] = {field: clean(texts["text"], lines=True).strip()}
            self._commit(there, [Change.edited(there, **new)])

    @work
    async def action_add(self) -> None:
        """Make a new row that knows which talk it came from."""
        fields = [
            Field("title", _("Task"), required=_("A task needs a name")),
            Field("type", _("Task type")),
        ]
        texts = await self.app.push_screen_wait(FormDialog(_("New task"), fields))
        if texts is None:
            return
        flow = self.desk.flow
        change = to_new_task(flow.view, flow.talk, texts["title"], line(texts["type"]))
        self.desk.commit([change], _("New task"))
        self.bring()
        self.grid.go_to(change.id)

    @work
    async def action_goal(self) -> None:
        """Give the task a learning goal."""
        from screens.talk_forms import goal_fields, goal_of

        task = self._here()
        if task is None:
            return
        title = _("Learning goal for {task}").format(task=task.title)
        texts = await self.app.push_screen_wait(FormDialog(title, goal_fields(self.desk, "")))
        there = self.desk.store.get(Task, task.id)
        if texts is not None and there is not None:
            text, due = goal_of(self.desk, texts)
            self._commit(there, [to_goal(self.desk.flow.view, there, text, due)])

    @work
    async def action_goal_status(self) -> None:
        """Choose a learning goal of the task and give it its next status (R34)."""
        task = self._here()
        goals = self.desk.flow.view.goals_of(task.id) if task else ()
        if task is None or not goals:
            return
        picked_id = goals[0].id
        if len(goals) > 1:
            items = [Item(goal.id, goal.text, word(goal.status)) for goal in goals]
            picked = await self.app.push_screen_wait(PickDialog(_("Which goal?"), items))
            if picked is None:
                return
            picked_id = picked.id
        goal = self.desk.store.get(Goal, picked_id)
        if goal is not None:
            order = list(GoalStatus)
            following = order[(order.index(goal.status) + 1) % len(order)]
            self._commit(task, [set_goal_status(goal, following, today(), self.desk.talk.id)])
