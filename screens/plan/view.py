"""The plan as it is shown: a summary line, a grid of tasks, and a pane for one of the tasks."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Self

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Container
from textual.content import Content
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Static

from data.clock import today
from data.i18n import _, language
from data.library import screen_help
from data.method.plan.agreed import SinceAgreed, changed_since_agreed
from data.method.plan.progress import time_spent_text
from data.method.plan.recall import same_type
from data.method.view import MenteeView
from data.method.visibility import Reader, seen
from data.queries.views import due_limits, mentee_view
from data.records import Task
from data.templates.offered import any_templates
from screens.frame.base import BaseScreen
from screens.frame.context import Context
from screens.plan.columns import columns, row
from screens.plan.details import (
    agreed_texts,
    heading,
    parts,
    progress_text,
)
from widgets.detail_pane import DetailPane, LabelledText
from widgets.grid import Column, Grid
from widgets.grid_rows import LateRows
from widgets.wrapping import dotted_within

BESIDE = range(104, 184)
"""Terminal widths at which the pane stands beside the grid, in cells.

A grid as wide as that would have room for more than the most used columns, but not for all of them.
So the room is better used by the pane."""
ALL_AND_PANE = 240
"""From this width on all columns and the pane fit beside each other."""
LEAST_PANE = 6
"""How many lines the pane has at least when it stands under the grid."""
FRAME = 4
"""Lines of a screen that are not the plan's: the title, a notice and the keys."""
PAUSE = 0.12
"""How many seconds the cursor must rest on a row before the pane shows its task."""


class PlanView(Widget):
    """Shows the tasks of one mentee; `PlanEditor` edits them."""

    DEFAULT_CSS = """
    PlanView { height: 1fr; layout: vertical; }
    PlanView > Static { height: 1; padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis; }
    PlanView > .plan-body { height: 1fr; layout: vertical; }
    PlanView > .plan-body.-beside { layout: horizontal; }
    PlanView .plan-side { height: 1fr; width: 1fr; }
    PlanView .-beside > .plan-side { width: 46; }
    PlanView .-beside > Grid { width: 1fr; height: 1fr; }
    """

    def __init__(
        self, context: Context, mentee_id: str, *, shared: bool = False, id: str | None = None
    ) -> None:
        """Make a view.

        Args:
            context: The store, the settings and the reader.
            mentee_id: Whose plan it is.
            shared: Whether mentee and mentor both look at it, even outside the shared view.
            id: Id of the widget.
        """
        super().__init__(id=id)
        self.context = context
        self.mentee_id = mentee_id
        self.shared = shared
        self.type_filter = ""
        """The type of the tasks that are shown; "" if all are."""
        self.summary = Static(Content(""))
        self.grid = Grid(cells=True)
        self.grid.body.nothing = _("There is no task here: a adds one")
        self.pane = DetailPane()
        self.box = Container(classes="plan-body")
        self._view: MenteeView | None = None
        self._since = SinceAgreed()
        self._columns: tuple[Column, ...] = ()
        self._columns_for: object = None
        self._shown = ""
        """Id of the task that the pane shows."""
        self._pane_timer: Timer | None = None
        """Runs from a move of the cursor until the pane shows the task."""

    def compose(self) -> ComposeResult:
        """Put the summary line above the grid and the pane."""
        yield self.summary
        with self.box:
            yield self.grid
            with Container(classes="plan-side"):
                yield from self.in_pane()

    def in_pane(self) -> Iterator[Widget]:
        """Yield what is in the pane's place. `PlanEditor` puts its editors there as well."""
        yield self.pane

    # -- showing ------------------------------------------------------------------------------

    def show_records(self) -> None:
        """Show the records as they are now. Cursor, scrolling and an open edit stay."""
        mentee = self.context.mentee(self.mentee_id)
        if mentee is None:
            return
        store = self.context.store
        view = self._view = mentee_view(store, mentee)
        self._since = changed_since_agreed(view)
        if self.type_filter and not self.tasks:
            self.type_filter = ""
        key = (language(), mentee.columns, mentee.start)
        if key != self._columns_for:
            self._columns, self._columns_for = columns(store, mentee), key
        until = due_limits(self.context.settings).horizon(today())
        tasks, since = self.tasks, self._since
        rows = LateRows([task.id for task in tasks], lambda at: row(view, tasks[at], until, since))
        self.grid.show(rows, self._columns, seen=view)
        self._arrange()
        self._show_summary(view)
        self.show_row()

    @property
    def reader(self) -> Reader:
        """Who looks at the plan."""
        return Reader.SHARED if self.shared else self.context.reader

    @property
    def view(self) -> MenteeView | None:
        """The mentee's records as they are shown; None before the first time."""
        return self._view

    @property
    def tasks(self) -> list[Task]:
        """The tasks that are shown, in their order."""
        tasks = self._view.tasks if self._view else ()
        wanted = self.type_filter
        return [task for task in tasks if not wanted or same_type(task.type, wanted)]

    @property
    def task_id(self) -> str:
        """The id of the task under the cursor, or ""."""
        return self.grid.row_id

    @property
    def column(self) -> str:
        """The key of the column under the cursor."""
        return self.grid.column_key

    @property
    def current_task(self) -> Task | None:
        """The task under the cursor."""
        return self._view.task(self.task_id) if self._view else None

    def go_to(self, task_id: str, column: str = "") -> bool:
        """Put the cursor on a task, and on a column if one is given.

        Returns:
            False if the task is not in the plan.
        """
        if self._view is not None and task_id not in {task.id for task in self.tasks}:
            self.type_filter = ""
            self.show_records()
        return self.grid.go_to(task_id, column)

    def say(self, text: str, *, problem: bool = False) -> None:
        """Show a message in the screen's notice line; `problem` if something is wrong."""
        if isinstance(self.screen, BaseScreen):
            # Later, because the end of an edit still has to clear the notice line.
            self.screen.call_later(self.screen.say, text, problem=problem)

    def focus(self, scroll_visible: bool = True) -> Self:
        """Give the focus to the grid."""
        self.grid.focus(scroll_visible)
        return self

    def _show_summary(self, view: MenteeView) -> None:
        shown = ""
        if self.type_filter:
            shown = _("Only {type}: {shown} of {number} (v)").format(
                type=self.type_filter, shown=len(self.tasks), number=len(view.tasks)
            )
        texts = (shown, progress_text(view), *agreed_texts(view, self._since))
        room = (self.size.width or self.app.size.width) - 2  # the padding takes a cell on each side
        text = dotted_within(room, *texts, time_spent_text(view))
        self.summary.update(Content(text), layout=False)

    @on(Grid.Moved)
    def _moved(self, event: Grid.Moved) -> None:
        """Show another task in the pane once the cursor rests on its row."""
        if event.grid is self.grid and self.task_id != self._shown:
            if self._pane_timer is not None:
                self._pane_timer.stop()
            self._pane_timer = self.set_timer(PAUSE, self.show_row)

    def show_row(self) -> None:
        """Show the task under the cursor in the pane, at once."""
        if self._pane_timer is not None:
            self._pane_timer.stop()
            self._pane_timer = None
        view, task = self._view, self.current_task
        if view is None:
            return
        self._shown = self.task_id
        if task is None:
            lines = screen_help(language(), "plan")
            how = _("Press a to add the first task, its learning goal and the first sparring.")
            if any_templates(os.environ):
                how += " " + _("a also offers templates.")
            self.pane.show(
                _("The plan has no tasks yet"),
                [LabelledText("", how), LabelledText("", f"\n{lines}")],
            )
            return
        limit = self.context.settings.learned_limit_days
        texts = parts(seen(view, self.reader), task, limit=limit)
        self.pane.show(heading(task, self._since), texts)

    # -- layout -------------------------------------------------------------------------------

    def on_resize(self, _event: events.Resize) -> None:
        """Put the pane under the grid or beside it, whichever suits the new size."""
        self._arrange()
        if self._view is not None:
            self._show_summary(self._view)

    def _arrange(self) -> None:
        # Before it is laid out the screen's size is known: what is drawn first is what stays.
        columns, rows = self.size or self.app.size - (0, FRAME)
        width, height = columns, rows - 1
        beside = width in BESIDE or width >= ALL_AND_PANE
        self.box.set_class(beside, "-beside")
        if beside or height < 1:
            self.grid.styles.clear_rule("height")
            return
        # Each step of the cursor sends the pane anew: on a slow line a smaller one is read sooner.
        most = height - max(LEAST_PANE, height * 3 // 10)
        self.grid.styles.height = max(min(len(self.tasks) + 1, most), 2)
