"""The commands of the plan and of the task under its cursor. The cells are edited elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar

from textual.binding import Binding, BindingType

from data.clock import today
from data.i18n import N_, _
from data.method.plan.changes import delete_task, new_task, reorder, send_potential_to_need
from data.method.plan.recall import recall, task_types
from data.method.talk.make_of import Thing
from data.method.visibility import seen, shows_all
from data.queries.recalled import recall_choices
from data.queries.typed_task import step_name
from data.queries.views import mentee_view
from data.records import Task
from data.store.change import Change
from data.text import first_line, shorten
from screens.dialogs.ask import AskDialog
from screens.dialogs.edit_record import (
    Asker,
    Form,
    create_records,
    delete_together,
    edit_records,
)
from screens.dialogs.form import Filled
from screens.dialogs.make_of import MakeOfDialog
from screens.dialogs.pick import Item, PickDialog
from screens.frame.commands import Commands
from screens.plan.forms import PlanForms
from screens.plan.recall import RecallDialog
from screens.plan.view import PlanView

TaskChanges = Callable[[Task, Filled], Sequence[Change]]
"""Returns the changes that a filled-in form calls for; it gets the task that the form showed."""


def forms_for(plan: PlanView) -> PlanForms | None:
    """Return the forms for a plan as it is stored now; None if its mentee has been deleted."""
    mentee = plan.context.mentee(plan.mentee_id)
    if mentee is None:
        return None
    return PlanForms(plan.context.store, mentee_view(plan.context.store, mentee))


class PlanCommands(Commands):
    """The commands of the plan, both on its own screen and in a talk."""

    FIRST: ClassVar[list[BindingType]] = [
        Binding("a", "do('add')", N_("Add"), tooltip=N_("Add task")),
        Binding("e", "do('edit_all')", N_("All fields")),
    ]
    """The keys that come first in the key line."""
    KEYS: ClassVar[list[BindingType]] = [
        Binding("s", "do('step')", N_("Step")),
        Binding("x", "do('delete')", N_("Delete"), show=False),
        Binding("J", "do('move', 1)", N_("Move the task down"), show=False),
        Binding("K", "do('move', -1)", N_("Move the task up"), show=False),
        Binding("v", "do('filter')", N_("Filter by task type"), show=False),
        Binding("q", "do('check')", N_("Quality check"), show=False),
        Binding("f3", "do('to_needs')", N_("Copy potential to needs"), show=False),
        Binding("r", "do('recall')", N_("What this type of task has taught us"), show=False),
        Binding("W", "do('import_form')", N_("Import a filled-in form"), show=False),
        Binding("T", "do('template')", N_("Add rows of a template"), show=False),
    ]

    def __init__(self, plan: PlanView, asker: Asker) -> None:
        """Make the commands.

        Args:
            plan: The plan that they work on.
            asker: Opens forms over it and commits what is filled in.
        """
        self._plan = plan
        self._asker = asker

    def why_not(self, name: str, *arguments: object) -> str:
        """Return why there is no task for this command, or no place to move it to."""
        task = self._plan.current_task
        if name in {"add", "filter", "import_form", "template"}:
            return ""
        if task is None:
            return _("There is no task here: a adds one")
        if name == "move":
            shown = self._plan.tasks
            if task is shown[0] and arguments == (-1,):
                return _("It is already first")
            if task is shown[-1] and arguments == (1,):
                return _("It is already last")
        return ""

    @property
    def _forms(self) -> PlanForms | None:
        return forms_for(self._plan)

    async def add(self) -> None:
        """Ask for a new task and add it; then offer what is known from earlier ones of its type.

        A plan without tasks may begin from a template instead.
        """
        if (forms := self._forms) is None:
            return
        title = ""
        if not forms.view.tasks:
            # loaded when first needed: most plans have tasks
            from screens.plan.templates import begin_plan

            begun = await begin_plan(self._plan, self._asker)
            if begun is None:
                return
            title = begun
        task = new_task(forms.view, title, type=self._plan.type_filter)

        def new_records(texts: Filled) -> list[Change]:
            return forms.added(task, texts)

        def what(texts: Filled) -> str:
            return _("new task: {task}").format(task=shorten(texts["title"], 30))

        form = forms.new_task(task)
        if await create_records(self._asker, task, form, new_records, what):
            self._plan.show_records()
            self._plan.go_to(task.id, "title")
            await self._offer(task.id)

    async def recall(self) -> None:
        """Offer what is known from earlier tasks of the same type as the next step."""
        task = self._plan.current_task
        if task is not None and not await self._offer(task.id):
            nothing = _("Nothing yet from earlier tasks of this type")
            if not shows_all(self._plan.reader):
                nothing = _("Nothing shared from earlier tasks of this type")
            self._asker.say(nothing)

    async def _offer(self, task_id: str) -> bool:
        """Offer what is known from earlier tasks of the same type, as the task's next step.

        Returns:
            False if nothing is known, so that nothing was offered.
        """
        task = self._plan.context.store.get(Task, task_id)
        if task is None or self._plan.view is None:
            return False
        known = recall(seen(self._plan.view, self._plan.reader), task.type, task.id)
        offered = recall_choices(known)
        if not offered:
            return False
        step = await self._plan.app.push_screen_wait(RecallDialog(task.type, offered))
        if step is not None:
            text = "\n".join(filter(None, (task.next_step.strip(), step)))
            self._asker.commit([Change.edited(task, next_step=text)], step_name("next_step", task))
        return True

    async def edit_all(self) -> None:
        """Edit all fields of the task under the cursor, beginning in the field of its column."""
        task, forms = self._plan.current_task, self._forms
        if task is None or forms is None:
            return
        first = "needs_check" if self._plan.column == "checks" else self._plan.column
        what = _("fields of {task}").format(task=task.title)
        await self._edit(task, forms.all_fields(task, first), forms.edited, what)

    async def step(self) -> None:
        """Note a training step: which, on what day, and who trained with the mentee (R64)."""
        task, forms = self._plan.current_task, self._forms
        if task is not None and forms is not None:
            await self._edit(task, forms.step(task), forms.stepped, step_name("step", task))

    async def check(self) -> None:
        """Note a quality check of the task's work (R65)."""
        task, forms = self._plan.current_task, self._forms
        if task is not None and forms is not None:
            what = _("quality check of {task}").format(task=task.title)
            await self._edit(task, forms.check(task), forms.checked, what)

    async def _edit(self, task: Task, form: Form, changes: TaskChanges, what: str) -> None:
        await edit_records(self._asker, task, form, partial(changes, task), what)

    async def delete(self) -> None:
        """Ask, and delete the task under the cursor. The question says what is deleted with it.

        In a talk nothing is deleted: there people talk, and a word typed in the wrong place is
        close at hand.
        """
        task = self._plan.current_task
        if self._plan.shared:
            self._asker.say(_("Nothing is deleted during a talk; x deletes on the plan screen (2)"))
            return
        if task is None or self._plan.view is None:
            return
        id = task.id

        def deletion() -> Sequence[Change]:
            view = self._plan.view
            there = view.task(id) if view is not None else None
            return delete_task(view, there).changes if view and there else ()

        asked = _("Delete the task “{task}”?").format(task=task.title)
        question = AskDialog(asked, delete_task(self._plan.view, task).sentence)
        what = _("delete task: {task}").format(task=task.title)
        await delete_together(self._asker, question, deletion, what)

    def move(self, way: int) -> None:
        """Move the task under the cursor down (`way` is 1) or up (-1) among those shown (R61)."""
        shown, task = self._plan.tasks, self._plan.current_task
        if task is None or self._plan.view is None:
            return
        to = shown.index(task) + way
        if 0 <= to < len(shown):
            every = list(self._plan.view.tasks)
            changes = reorder(every, task.id, every.index(shown[to]))
            self._asker.commit(changes, _("order of the plan"))

    async def filter(self) -> None:
        """Ask for a type of task and show only tasks of that type, or all again."""
        if self._plan.view is None:
            return
        types = task_types(self._plan.view.tasks)
        if not types:
            self._asker.say(_("No task has a type yet"))
            return
        all_tasks = Item("all", _("All tasks"))
        items = [all_tasks, *(Item(f"type {i}", name) for i, name in enumerate(types))]
        dialog = PickDialog(_("Show tasks of the type"), items)
        picked = await self._plan.app.push_screen_wait(dialog)
        if picked is not None:
            labels = {item.id: item.label for item in items}
            self._plan.type_filter = "" if picked.id == "all" else labels[picked.id]
            self._plan.show_records()

    async def import_form(self) -> None:
        """Ask for a filled-in form, and import it."""
        # loaded when first needed, with all that reads files
        from screens.plan.import_form import import_form

        await import_form(self._plan, self._asker)
        self._plan.show_records()

    async def template(self) -> None:
        """Ask for a template, and add the rows of it that are chosen."""
        # loaded when first needed
        from screens.plan.templates import add_from_template

        await add_from_template(self._plan, self._asker)

    async def _ask_to_make(self, thing: Thing, text: str) -> bool:
        """Return whether the thing is to be made of a text."""
        dialog = MakeOfDialog((thing,), text)
        return await self._plan.app.push_screen_wait(dialog) is not None

    async def to_needs(self) -> None:
        """Copy the task's potential to the needs map, as a need (R24)."""
        task = self._plan.current_task
        if task is None or self._plan.view is None:
            return
        potential = first_line(task.potential)
        if potential and not await self._ask_to_make(Thing.NEED, potential):
            return
        changes = send_potential_to_need(self._plan.view, task, today())
        if changes:
            self._asker.commit(changes, _("potential copied to needs"))
            self._asker.say(_("The potential is now under Needs (6)"))
        elif task.potential.strip():
            self._asker.say(_("The potential is already under Needs (6)"))
        else:
            self._asker.say(_("The task has no potential yet; write it under Potential"))
