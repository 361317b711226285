"""The editable plan: a grid of tasks with a pane for the one under the cursor.

It is used by the plan's own screen, and by the step of a talk in which both update the plan:

    editor = PlanEditor(context, mentee_id, shared=True, talk_id=talk.id, also=edits_of_talk)
    yield editor                      # it fills the room it is given, 60x12 cells at least
    editor.show_records()             # to be called from the screen's `show_records`
    editor.focus()                    # gives the focus to the grid
    editor.go_to(task_id, "step")     # moves the cursor
    editor.task_id, editor.column     # where the cursor is

All edits are committed to `context.store`, so undo needs nothing more. `also` may return further
changes that belong to an edit; they are committed in the same step of undo. `PlanEditor.Changed` is
posted after each edit. With `shared`, or in the shared view, nothing private is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widget import Widget

from data.citizens import hint
from data.i18n import N_, _
from data.method.plan.knowledge import use_doubt
from data.method.view import MenteeView
from data.method.visibility import shows_all
from data.queries.typed_task import step_name, typed_fields
from data.records import Task
from data.store.change import Change
from data.text import line
from screens.frame.commands import run_command
from screens.frame.context import Context
from screens.frame.entries import said_of_new
from screens.frame.left_texts import taken_from_forms
from screens.frame.unfinished import forget_saved
from screens.frame.unfinished_cells import UnfinishedCells
from screens.plan.cells import PlanCells
from screens.plan.columns import LONG
from screens.plan.commands import PlanCommands
from screens.plan.goals import GoalPane
from screens.plan.long_text import LongText
from screens.plan.view import PlanView
from widgets.grid import Grid

Also = Callable[[Sequence[Change]], Sequence[Change]]
"""Gets the changes of an edit, and returns further ones that are to be committed with them."""


class PlanEditor(PlanView):
    """Shows and edits the tasks of one mentee."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *PlanCommands.FIRST,
        Binding("m", "goals", N_("Goals")),
        Binding("i", "long('description')", N_("Description")),
        *PlanCommands.KEYS,
        Binding("tab", "to_pane", N_("Details"), show=False),
        Binding("escape", "leave_pane", N_("Back to the grid"), show=False),
    ]

    class Changed(Message):
        """Posted when the plan has been edited in this editor."""

        def __init__(self, editor: PlanEditor, changes: tuple[Change, ...], what: str) -> None:
            """Make the message: the editor, what was committed, and the name of that step."""
            super().__init__()
            self.editor = editor
            self.changes = changes
            self.what = what

    def __init__(
        self,
        context: Context,
        mentee_id: str,
        *,
        shared: bool = False,
        talk_id: str = "",
        also: Also | None = None,
        id: str | None = None,
    ) -> None:
        """Make an editor.

        Args:
            context: The store, the settings and the reader.
            mentee_id: Whose plan it is.
            shared: Whether mentee and mentor both look at it, even outside the shared view.
            talk_id: The talk in which the plan is edited. It is noted with each status that a goal
                gets here (R34); "" outside talks.
            also: Returns further changes to commit with each edit.
            id: Id of the widget.
        """
        super().__init__(context, mentee_id, shared=shared, id=id)
        self.also = also
        self.long = LongText(context.store)
        self.goals = GoalPane(self)
        self.goals.talk_id = talk_id
        self.cells = UnfinishedCells(PlanCells(self, self.goals, self.action_goals), mentee_id)
        self.grid.begin_with = partial(self._begin_with, self.grid)
        self.goals.grid.begin_with = partial(self._begin_with, self.goals.grid)
        self.commands = (PlanCommands(self, self),)
        self.after_details: Callable[[], object] = self.grid.focus
        """Where Tab goes from the details: to the grid, or to what else there is on the screen."""

    def in_pane(self) -> Iterator[Widget]:
        """Yield the details, and the editors that take their place while they are open."""
        yield from super().in_pane()
        yield self.long
        yield self.goals

    def on_mount(self) -> None:
        """Show the details, and go on with the cell that a crashed session was editing."""
        self._show_in_pane(self.pane)
        self.call_after_refresh(self.cells.take_up)

    def show_records(self) -> None:
        """Show the records as they are now. Cursor, scrolling and an open edit stay."""
        super().show_records()
        if self.long.display:
            self.long.show_records()
        if self.goals.display and self._view is not None:
            self.goals.show(self._view, self.reader)

    # -- the pane -----------------------------------------------------------------------------

    def _show_in_pane(self, widget: Widget) -> None:
        for one in (self.pane, self.long, self.goals):
            one.display = one is widget

    def action_to_pane(self) -> None:
        """Give the focus to the details, so that they can be scrolled; from there, go on."""
        if self.pane.has_focus:
            self.after_details()
        elif self.pane.display:
            self.pane.focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer Esc only in the details, which it leaves; in the grid it belongs to the screen."""
        return action != "leave_pane" or self.pane.has_focus

    def action_do(self, name: str, *arguments: object) -> None:
        """Run a command of the plan by its name."""
        run_command(self, self.commands, name, *arguments)

    def action_leave_pane(self) -> None:
        """Go back to the grid."""
        self.grid.focus()

    # -- editing ------------------------------------------------------------------------------

    def commit(self, changes: Iterable[Change], what: str) -> None:
        """Commit changes, with those that `also` adds, as one step of undo called `what`."""
        edits = tuple(change for change in changes if not change.is_empty)
        if edits:
            more = self.also(edits) if self.also else ()
            self.context.store.commit([*edits, *more], what)
            forget_saved(self.app)
            self.post_message(self.Changed(self, edits, what))

    @on(Grid.Edited)
    def _edited(self, event: Grid.Edited) -> None:
        event.stop()
        self._fill_cell(event.seen, event.row_id, event.column, event.text)
        if event.column == "title" and not line(event.text):
            self.say(_("A task needs a name"), problem=True)
        self._doubt_use(event.seen.mentee.start, event.row_id, event.column)
        if said := hint(event.text):
            self.say(said, problem=True)

    def _doubt_use(self, start: date | None, task_id: str, column: str) -> None:
        """Say what is odd about the days of learning and first use, where one was typed."""
        task = self.context.store.get(Task, task_id)
        if task is None or column not in {"learned_on", "first_used_on"}:
            return
        odd = use_doubt(task.learned_on, task.first_used_on, start)
        if odd:
            self.say(_("{doubt} u undoes it.").format(doubt=odd), problem=True)

    @on(Grid.Chosen)
    def _chosen(self, event: Grid.Chosen) -> None:
        event.stop()
        self._fill_cell(event.seen, event.row_id, event.column, event.value)

    def _fill_cell(self, seen: MenteeView, task_id: str, column: str, text: str) -> None:
        """Commit what was typed or chosen in a cell.

        The change begins with the plan as it was `seen` when the edit began.
        """
        task = seen.task(task_id)
        if task is not None:
            changes = typed_fields(self.context.store, seen, task, {column: text})
            self.commit(changes, step_name(column, task))
            if said := said_of_new(changes):
                self.say(said)

    @on(Grid.Opened)
    def _opened(self, event: Grid.Opened) -> None:
        event.stop()
        if event.column in LONG:
            self.action_long(event.column)
        elif event.column == "goals":
            self.action_goals()
        elif event.column == "checks":
            self.action_do("check")

    async def finish_edit(self) -> bool:
        """Save and close what is being written, as one who goes elsewhere means it.

        Returns:
            False where a cell holds what cannot be saved; it stays open, and says why.
        """
        if self.goals.display:
            if not await self.goals.finish_edit():
                return False
            self._left_goals(GoalPane.Done())
        if self.long.display and (done := self.long.finish()) is not None:
            self._written(done)
        if not self.grid.may_save:
            return False
        result = await self.grid.save_edit()
        if isinstance(result, Grid.Edited):
            self._edited(result)
        elif isinstance(result, Grid.Chosen):
            self._chosen(result)
        return True

    def action_long(self, field: str) -> None:
        """Open a long text of the task under the cursor, to write in it."""
        task = self.current_task
        if task is None:
            self.say(_("There is no task here: a adds one"))
        else:
            self._show_in_pane(self.long)
            text = taken_from_forms(self.app, task, field) if shows_all(self.reader) else None
            self.long.open(task, field)
            if text is not None:
                self.long.go_on(text)
                self.say(_("What you were filling in is here again"))

    @on(LongText.Done)
    def _written(self, event: LongText.Done) -> None:
        event.stop()
        self._show_in_pane(self.pane)
        self.grid.focus()
        after = self.context.store.get(Task, event.before.id)
        if after is not None and getattr(after, event.field) != getattr(event.before, event.field):
            edits = (Change.between(event.before, after),)
            what = step_name(event.field, after)
            self.context.store.commit(self.also(edits) if self.also else (), what)
            self.post_message(self.Changed(self, edits, what))
            if said := hint(getattr(after, event.field)):
                self.say(said, problem=True)
        self.show_records()
        if event.onward:
            self.grid.edit_next_cell()

    def action_goals(self) -> None:
        """Open the learning goals of the task under the cursor."""
        if self.current_task is None:
            self.say(_("There is no task here: a adds one"))
        elif self._view is not None:
            self._show_in_pane(self.goals)
            self.goals.open(self._view, self.current_task, self.reader)

    # -- what is typed in a cell survives a crash ---------------------------------------------

    @on(Grid.Typed)
    def _keep_cell(self, event: Grid.Typed) -> None:
        self.cells.typed(event)

    def _begin_with(self, grid: Grid, row_id: str, column: str) -> str | None:
        if not shows_all(self.reader):
            return None
        return self.cells.begin_with(grid, row_id, column)

    @on(Grid.Hint)
    def _leave_cell(self) -> None:
        self.cells.over()

    @on(GoalPane.Done)
    def _left_goals(self, event: GoalPane.Done) -> None:
        event.stop()
        self._show_in_pane(self.pane)
        self.grid.focus()
        self.show_row()
