"""The editable plan: a grid of tasks with a pane for the one under the cursor.

Used by the plan's own screen and by the talk's step in which the plan is updated together:

    editor = PlanEditor(context, mentee_id, shared=True, talk_id=talk.id, also=edits_of_talk)
    yield editor                      # takes the room it is given; 60x12 is the least
    editor.show_records()             # call it from the screen's `show_records`
    editor.focus()                    # the grid gets the focus
    editor.go_to(task_id, "step")     # and its cursor
    editor.task_id, editor.column     # where the cursor stands

All editing goes through `context.store`, and undo works by itself. `also` may return further
changes that belong to an edit; they are committed in the same step of undo. `PlanEditor.Changed`
tells afterwards what was changed. With `shared`, or in the shared view, nothing private is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widget import Widget

from data.clock import today
from data.i18n import N_, _
from data.method.plan.changes import (
    delete_task,
    new_task,
    reorder,
    send_potential_to_need,
)
from data.method.plan.fields import field_label
from data.method.plan.recall import recall, task_types
from data.method.view import MenteeView
from data.method.visibility import seen, shows_all
from data.queries.own_person import mentor_name
from data.queries.views import mentee_view
from data.records import Task
from data.store.change import Change
from data.text import has_cpr, shorten
from screens.dialogs.ask import AskDialog
from screens.dialogs.edit_record import Form, create_records, edit_records
from screens.dialogs.form import Filled
from screens.dialogs.pick import Item, PickDialog
from screens.frame.context import Context
from screens.frame.unfinished import forget_saved
from screens.frame.unfinished_cells import UnfinishedCells
from screens.plan.cells import PlanCells
from screens.plan.columns import EXTRA, LONG, chosen, typed
from screens.plan.details import recall_choices
from screens.plan.forms import PlanForms
from screens.plan.goals import GoalPane
from screens.plan.long_text import LongText
from screens.plan.recall import RecallDialog
from screens.plan.view import PlanView
from widgets.grid import Grid

Also = Callable[[Sequence[Change]], Sequence[Change]]
"""Returns changes that belong to those given, to be committed with them."""
TaskChanges = Callable[[Task, Filled], Sequence[Change]]
"""Returns what a filled-in form changes about the task that it showed."""


class PlanEditor(PlanView):
    """Shows and edits the tasks of one mentee."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "add", N_("Add")),
        Binding("e", "edit_all", N_("All fields")),
        Binding("g", "goals", N_("Goals")),
        Binding("d", "long('description')", N_("Description")),
        Binding("s", "step", N_("Step")),
        Binding("x", "delete", N_("Delete"), show=False),
        Binding("J", "move(1)", N_("Move the task down"), show=False),
        Binding("K", "move(-1)", N_("Move the task up"), show=False),
        Binding("f", "filter", N_("Filter by task type"), show=False),
        Binding("c", "check", N_("Quality check"), show=False),
        Binding("m", "to_needs", N_("Potential to the needs map"), show=False),
        Binding("r", "recall", N_("What was learned at this type of task"), show=False),
        Binding("tab", "to_pane", N_("Details"), show=False),
        Binding("escape", "leave_pane", N_("Back to the grid"), show=False),
    ]

    class Changed(Message):
        """The plan was edited here."""

        def __init__(self, editor: PlanEditor, changes: tuple[Change, ...], what: str) -> None:
            """Make it."""
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
        """Make an editor. `talk_id`: the talk that is kept with what is set here (R34)."""
        super().__init__(context, mentee_id, shared=shared, id=id)
        self.also = also
        self.long = LongText(context.store)
        self.goals = GoalPane(self.commit)
        self.goals.talk_id = talk_id
        self.cells = UnfinishedCells(PlanCells(self, self.goals, self.action_goals), mentee_id)

    def in_pane(self) -> Iterator[Widget]:
        """Yield the details, and what takes their place while it is written in."""
        yield from super().in_pane()
        yield self.long
        yield self.goals

    def on_mount(self) -> None:
        """Show the details; writing comes later, but for what a dead session was writing."""
        self._show_in_pane(self.pane)
        self.call_after_refresh(self.cells.take_up)

    def show_records(self) -> None:
        """Bring everything up to date. An edit under way, cursor and scrolling stay."""
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
        """Go to the details, to scroll them; or back."""
        if self.pane.has_focus:
            self.grid.focus()
        elif self.pane.display:
            self.pane.focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Esc leaves the details; in the grid it is the screen's."""
        return action != "leave_pane" or self.pane.has_focus

    def action_leave_pane(self) -> None:
        """Go back to the grid."""
        self.grid.focus()

    # -- editing ------------------------------------------------------------------------------

    def commit(self, changes: Iterable[Change], what: str) -> None:
        """Commit changes of the plan, with what belongs to them, as one step of undo."""
        made = tuple(change for change in changes if not change.is_empty)
        if made:
            more = self.also(made) if self.also else ()
            self.context.store.commit([*made, *more], what)
            forget_saved(self.app)
            self.post_message(self.Changed(self, made, what))

    def _what(self, column: str, task: Task) -> str:
        name = column.removeprefix(EXTRA) if column.startswith(EXTRA) else field_label(column)
        return _("{field}: {task}").format(field=name, task=shorten(task.title, 30))

    @on(Grid.Edited)
    def _edited(self, event: Grid.Edited) -> None:
        event.stop()
        seen: MenteeView = event.seen
        task = seen.task(event.row_id)
        if task is not None:
            changes = typed(self.context.store, seen, task, event.column, event.text)
            self.commit(changes, self._what(event.column, task))
            if event.column == "title" and not changes:
                self.say(_("A task needs a name"), problem=True)
            if has_cpr(event.text):
                self.say(_("Possible CPR number – remove it"), problem=True)

    @on(Grid.Chosen)
    def _chosen(self, event: Grid.Chosen) -> None:
        event.stop()
        seen: MenteeView = event.seen
        task = seen.task(event.row_id)
        if task is not None:
            by = mentor_name(self.context.store, seen)
            changes = chosen(task, event.column, event.value, by)
            self.commit(changes, self._what(event.column, task))

    @on(Grid.Opened)
    def _opened(self, event: Grid.Opened) -> None:
        event.stop()
        if event.column in LONG:
            self.action_long(event.column)
        elif event.column == "goals":
            self.action_goals()
        elif event.column == "checks":
            self.action_check()

    def action_long(self, field: str) -> None:
        """Write a long text of the task under the cursor."""
        task = self.current_task
        if task is not None:
            self._show_in_pane(self.long)
            self.long.open(task, field)

    @on(LongText.Done)
    def _written(self, event: LongText.Done) -> None:
        event.stop()
        self._show_in_pane(self.pane)
        self.grid.focus()
        after = self.context.store.get(Task, event.before.id)
        if after is not None and getattr(after, event.field) != getattr(event.before, event.field):
            made = (Change.between(event.before, after),)
            what = self._what(event.field, after)
            self.context.store.commit(self.also(made) if self.also else (), what)
            self.post_message(self.Changed(self, made, what))
            if has_cpr(getattr(after, event.field)):
                self.say(_("Possible CPR number – remove it"), problem=True)
        self.show_records()
        if event.onward:
            self.grid.edit_next_cell()

    def action_goals(self) -> None:
        """Show and edit the learning goals of the task under the cursor."""
        if self.current_task is not None and self._view is not None:
            self._show_in_pane(self.goals)
            self.goals.open(self._view, self.current_task, self.reader)

    # -- a cell that is being edited outlives its session ---------------------------------------

    @on(Grid.Typed)
    def _keep_cell(self, event: Grid.Typed) -> None:
        self.cells.typed(event)

    @on(Grid.Hint)
    def _cell_is_over(self) -> None:
        self.cells.over()

    @on(GoalPane.Done)
    def _left_goals(self, event: GoalPane.Done) -> None:
        event.stop()
        self._show_in_pane(self.pane)
        self.grid.focus()
        self.show_row()

    # -- commands -----------------------------------------------------------------------------

    @property
    def forms(self) -> PlanForms | None:
        """The forms for the plan as it is now."""
        mentee = self.context.mentee(self.mentee_id)
        if mentee is None:
            return None
        return PlanForms(self.context.store, mentee_view(self.context.store, mentee))

    @work
    async def action_add(self) -> None:
        """Add a task, and offer what is known from earlier ones of its type."""
        if (forms := self.forms) is None:
            return
        task = new_task(forms.view, "")

        def made(texts: Filled) -> list[Change]:
            return forms.added(task, texts)

        def what(texts: Filled) -> str:
            return _("new task: {task}").format(task=shorten(texts["title"], 30))

        form = forms.new_task(self.type_filter)
        if await create_records(self, task, form, made, what):
            self.show_records()
            self.go_to(task.id, "title")
            await self._offer(task.id)

    @work
    async def action_recall(self) -> None:
        """Offer what is known from earlier tasks of the same type as the next step."""
        task = self.current_task
        if task is not None and not await self._offer(task.id):
            nothing = _("Nothing is known yet from earlier tasks of this type")
            if not shows_all(self.reader):
                nothing = _("Nothing shared is known from earlier tasks of this type")
            self.say(nothing)

    async def _offer(self, task_id: str) -> bool:
        """Offer what the type left behind; False where there is nothing."""
        task = self.context.store.get(Task, task_id)
        if task is None or self._view is None:
            return False
        known = recall(seen(self._view, self.reader), task.type, task.id)
        offered = recall_choices(known)
        if not offered:
            return False
        step = await self.app.push_screen_wait(RecallDialog(task.type, offered))
        if step is not None:
            text = "\n".join(filter(None, (task.next_step.strip(), step)))
            self.commit([Change.edited(task, next_step=text)], self._what("next_step", task))
        return True

    @work
    async def action_edit_all(self) -> None:
        """Edit all fields of the task under the cursor but its long texts."""
        task, forms = self.current_task, self.forms
        if task is None or forms is None:
            return
        first = self.column if self.column not in {"step", "goals", "checks", *LONG} else "title"
        what = _("fields of {task}").format(task=task.title)
        await self._edit(task, forms.all_fields(task, first), forms.edited, what)

    @work
    async def action_step(self) -> None:
        """Note a training step with its day, and who trained along (R64)."""
        task, forms = self.current_task, self.forms
        if task is not None and forms is not None:
            await self._edit(task, forms.step(task), forms.stepped, self._what("step", task))

    @work
    async def action_check(self) -> None:
        """Note a quality check of the task's work (R65)."""
        task, forms = self.current_task, self.forms
        if task is not None and forms is not None:
            what = _("quality check of {task}").format(task=task.title)
            await self._edit(task, forms.check(task), forms.checked, what)

    async def _edit(self, task: Task, form: Form, changes: TaskChanges, what: str) -> None:
        await edit_records(self, task, form, partial(changes, task), what)

    @work
    async def action_delete(self) -> None:
        """Delete the task under the cursor; says what goes with it."""
        task = self.current_task
        if task is None or self._view is None:
            return
        asked = _("Delete the task “{task}”?").format(task=task.title)
        dialog = AskDialog(asked, delete_task(self._view, task).sentence)
        if await self.app.push_screen_wait(dialog) and self._view.task(task.id):
            deletion = delete_task(self._view, task)
            self.commit(deletion.changes, _("delete task: {task}").format(task=task.title))

    def action_move(self, way: int) -> None:
        """Move the task under the cursor among those shown; the order is kept (R61)."""
        shown, task = self.tasks, self.current_task
        if task is None or self._view is None:
            return
        to = shown.index(task) + way
        if 0 <= to < len(shown):
            every = list(self._view.tasks)
            changes = reorder(every, task.id, every.index(shown[to]))
            self.commit(changes, _("order of the plan"))

    @work
    async def action_filter(self) -> None:
        """Show only tasks of one type, or all again."""
        if self._view is None:
            return
        types = task_types(self._view.tasks)
        if not types:
            self.say(_("No task has a type yet"))
            return
        all_tasks = Item("all", _("All tasks"))
        items = [all_tasks, *(Item(f"type {i}", name) for i, name in enumerate(types))]
        dialog = PickDialog(_("Show tasks of the type"), items)
        picked = await self.app.push_screen_wait(dialog)
        if picked is not None:
            labels = {item.id: item.label for item in items}
            self.type_filter = "" if picked.id == "all" else labels[picked.id]
            self.show_records()

    def action_to_needs(self) -> None:
        """Make a need of the task's potential, on the needs map (R24)."""
        task = self.current_task
        if task is None or self._view is None:
            return
        changes = send_potential_to_need(self._view, task, today())
        if changes:
            self.commit(changes, _("potential to the needs map"))
            self.say(_("The potential stands on the needs map now (6)"))
        elif task.potential.strip():
            self.say(_("The potential stands on the needs map already (6)"))
        else:
            self.say(_("The task has no potential yet; write it under Potential"))
