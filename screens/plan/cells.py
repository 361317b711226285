"""Keeps what is being typed into a cell of the plan, so that it survives a crash."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual.app import App

from data.clock import today
from data.method.plan.agreed import SinceAgreed
from data.records import Goal, Task
from screens.frame.left_texts import Standing
from screens.frame.unfinished import FormId
from screens.frame.unfinished_cells import cell_id, owner_and_field
from screens.plan.columns import columns, row
from screens.plan.goals import GoalPane, goal_columns, goal_row
from screens.plan.view import PlanView
from widgets.grid import Column, Grid, Row


class PlanCells:
    """The plan as a `screens.frame.unfinished_cells.CellHost`: its tasks and learning goals."""

    def __init__(self, plan: PlanView, goals: GoalPane, open_goals: Callable[[], None]) -> None:
        """Make a host.

        Args:
            plan: The grid of tasks.
            goals: The grid of learning goals.
            open_goals: Opens the goals of the task under the cursor.
        """
        self._plan = plan
        self._goals = goals
        self._open_goals = open_goals

    @property
    def app(self) -> App[Any]:
        """The app, which keeps what is unfinished."""
        return self._plan.app

    @property
    def editing(self) -> bool:
        """Whether a cell is being edited."""
        return self._plan.grid.editing or self._goals.grid.editing

    def say(self, text: str) -> None:
        """Show a message in the screen's notice line."""
        self._plan.say(text)

    def cell_of(self, event: Grid.Typed) -> FormId | None:
        """Return the id of the cell that is being edited, of a task or of a learning goal."""
        mentee_id = self._plan.mentee_id
        if event.grid is not self._goals.grid:
            return cell_id(Task.table, event.row_id, event.column, mentee_id)
        if self._goal(event.row_id) is not None:
            return cell_id(Goal.table, event.row_id, event.column, mentee_id)
        return cell_id(Goal.table, "", event.column, mentee_id, of=self._goals.task_id)

    def cell_now(self, id: FormId) -> Standing | None:
        """Return what is stored in a cell now; None if its record is gone."""
        view, (owner, column) = self._plan.view, owner_and_field(id)
        if view is None:
            return None
        if id.table == Task.table:
            task = view.task(owner)
            shown = columns(self._plan.context.store, view.mentee)
            return (
                _standing(row(view, task, today(), SinceAgreed()), shown, column) if task else None
            )
        if id.table == Goal.table and id.id:
            goal = self._goal(owner)
            return _standing(goal_row(goal), goal_columns(view.mentee), column) if goal else None
        return Standing("") if id.table == Goal.table and view.task(owner) else None

    async def open_cell(self, id: FormId, text: str) -> None:
        """Edit a cell, with `text` in it. For a learning goal, open its task's goals first."""
        owner, column = owner_and_field(id)
        if id.table == Task.table:
            self._plan.go_to(owner, column)
            await self._plan.grid.edit(text)
            return
        goal = self._goal(id.id)
        self._plan.go_to(goal.task_id if goal else owner, "title")
        self._open_goals()
        await self._goals.go_on(goal, column, text)

    def _goal(self, id: str) -> Goal | None:
        return self._plan.context.store.get(Goal, id)


def _standing(shown: Row, shown_columns: tuple[Column, ...], key: str) -> Standing:
    check = next((column.check for column in shown_columns if column.key == key), None)
    return Standing(shown.value(key), check=check)
