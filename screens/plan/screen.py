"""The learning and competence plan (screen 2)."""

from __future__ import annotations

from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from data.i18n import N_, _
from data.records import Goal
from screens.dialogs.edit_record import edit_records
from screens.frame.context import Context
from screens.mentee.base import MenteeScreen
from screens.plan.commands import forms_for
from screens.plan.editor import PlanEditor
from widgets.grid import Grid


class PlanScreen(MenteeScreen):
    """The plan of one mentee: tasks, learning goals, sparring, steps and what was agreed."""

    PLACE = "plan"
    DOCUMENT = "plan"
    HELP_TOPIC = "plan"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f9", "agree", N_("Agreed")),
        Binding("c", "columns", N_("Own columns"), show=False),
    ]

    MORE_KEYS: ClassVar[list[BindingType]] = PlanEditor.BINDINGS
    """The keys of the grid of tasks, for the list of commands on other screens."""
    WITHOUT_KEY: ClassVar[tuple[tuple[str, str], ...]] = (
        (N_("Save as template"), "save_as_template"),
    )

    def __init__(self, context: Context, mentee_id: str) -> None:
        super().__init__(context, mentee_id)
        self.editor = PlanEditor(context, mentee_id)

    def body(self) -> ComposeResult:
        """Show the plan."""
        yield self.editor

    def on_mount(self) -> None:
        """Put the cursor where it was last, or on the record that another screen asked for."""
        super().on_mount()
        record_id, column = self.context.positions.get(self.position_key, ("", ""))
        if not self.context.left_lately(self.position_key):
            column = ""  # the step and the sparring first, not where the grid was scrolled to
        goal = self.store.get(Goal, record_id)
        if not self.editor.go_to(goal.task_id if goal else record_id, column or "title"):
            self.editor.go_to(self.editor.task_id, "title")
        self.editor.focus()

    def show_records(self) -> None:
        """Show the records as they are now."""
        self.editor.show_records()

    def standing_on(self) -> tuple[str, str]:
        """Return the mentee and the task under the cursor."""
        return self.mentee_id, self.editor.task_id

    @on(Grid.Moved)
    def _remember_position(self) -> None:
        self.context.positions[self.position_key] = (self.editor.task_id, self.editor.column)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Agree on the plan only while no cell of it is being edited."""
        if action == "agree":
            return not any(grid.editing for grid in self.query(Grid))
        return super().check_action(action, parameters)

    @work
    async def action_agree(self) -> None:
        """Ask, and note that mentee and mentor have agreed on the plan (R15)."""
        forms, view = forms_for(self.editor), self.editor.view
        if forms is None or view is None:
            return
        if not view.tasks:
            self.say(_("Nothing to agree on yet: a adds a task"))
            return
        form, what = forms.agreement(), _("plan agreed")
        await edit_records(self, forms.view.mentee, form, forms.agreed, what)

    @work
    async def action_save_as_template(self) -> None:
        """Save the plan as a template, without names and notes (R17)."""
        # loaded when first needed
        from screens.plan.save_template import save_as_template

        await save_as_template(self, self.mentee_id)

    @work
    async def action_columns(self) -> None:
        """Ask for the names of the workplace's own columns (R16)."""
        forms = forms_for(self.editor)
        if forms is not None:
            form, what = forms.own_columns(), _("own columns")
            await edit_records(self, forms.view.mentee, form, forms.with_columns, what)
