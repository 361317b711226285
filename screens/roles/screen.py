"""The role matrix: who does what for the newcomer (R57-R74)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from data.clock import today
from data.i18n import N_, _
from data.method.mentorship.roles import assign, new_role, remove_role, role_name, set_part, tick
from data.method.view import MenteeView
from data.records import Duty, Part, Role, RoleKind
from data.store.change import Change
from data.text import line
from screens.dialogs.ask import AskDialog
from screens.dialogs.form import Field, FormDialog
from screens.frame.context import Context
from screens.frame.entries import Dates, person_id
from screens.mentee.grid import GridScreen
from screens.roles.forms import duty_fields, filled_duty, role_changes, role_fields
from screens.roles.rows import (
    PERSONS,
    ROLE_WIDTH,
    duty_in_full,
    duty_rows,
    legend,
    part_choices,
    persons_row,
    role_in_full,
)
from widgets.grid import Column, Grid


class RolesScreen(GridScreen):
    """Duties down, roles across; the first row holds the persons."""

    PLACE = "roles"
    HELP_TOPIC = "roles"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("d", "tick", N_("Done")),
        Binding("a", "add", N_("Add duty")),
        Binding("e", "edit", N_("Edit")),
        Binding("x", "delete", N_("Delete"), show=False),
        Binding("p", "page", N_("Who does what")),
        Binding("c", "add_role", N_("Add a role of your own"), show=False),
    ]
    DEFAULT_CSS = """
    RolesScreen Footnote { height: 1; text-wrap: nowrap; text-overflow: ellipsis; }
    RolesScreen #roles-legend { height: auto; max-height: 5; padding: 0 1; }
    """

    def __init__(self, context: Context, mentee_id: str) -> None:
        super().__init__(context, mentee_id, Grid(cells=True))
        self.legend = Static(Content(""), id="roles-legend")

    def body(self) -> ComposeResult:
        """Lay the matrix, what the cursor stands on, and what is missing."""
        yield from super().body()
        yield self.legend

    # -- showing ------------------------------------------------------------------------------

    def show_view(self, view: MenteeView) -> None:
        """Show the matrix."""
        self.grid.show([persons_row(self.store, view), *duty_rows(view)], self._columns(view))
        self.legend.update(Content(legend(view)))

    def in_full(self, view: MenteeView) -> Sequence[str]:
        """Return the duty in full, or the person behind the role."""
        duty, role = self._duty(self.grid.row_id), self.store.get(Role, self.grid.column_key)
        if duty is not None:
            return (duty_in_full(view, duty),)
        return (role_in_full(view, role) if role else _("Who has which role"),)

    def _columns(self, view: MenteeView) -> list[Column]:
        parts = part_choices()
        return [
            Column("duty", _("Duty"), 26, flex=1, fixed=True),
            *(
                Column(
                    role.id, role_name(role, short=True), ROLE_WIDTH, edit="choice", choices=parts
                )
                for role in view.roles
            ),
            Column("due", _("When"), 11, edit="text", check=self._dates.check),
            Column("done", _("Done on"), 10, edit="text", check=self._dates.check),
        ]

    @property
    def _dates(self) -> Dates:
        return Dates(lambda: mentee.start if (mentee := self.mentee) else None)

    # -- editing ------------------------------------------------------------------------------

    def _duty(self, duty_id: str) -> Duty | None:
        return self.store.get(Duty, duty_id)

    @on(Grid.Chosen)
    def _set_part(self, event: Grid.Chosen) -> None:
        duty = self._duty(event.row_id)
        if duty is not None:
            part = Part(event.value) if event.value else None
            self.commit(
                [set_part(duty, event.column, part)], _("Part in {duty}").format(duty=duty.text)
            )

    @on(Grid.Edited)
    def _edited(self, event: Grid.Edited) -> None:
        if event.row_id == PERSONS:
            self._assign(event.column, event.text)
            return
        duty = self._duty(event.row_id)
        if duty is None:
            return
        day = self._dates.read(event.text)
        if event.column == "due":
            self.commit([Change.edited(duty, due=day)], _("Date of {duty}").format(duty=duty.text))
        else:
            self.commit([Change.edited(duty, done_on=day)], _("{duty} done").format(duty=duty.text))

    def _assign(self, role_id: str, text: str) -> None:
        role = self.store.get(Role, role_id)
        if role is None:
            return
        person, changes = person_id(self.store, text)
        self.commit(
            [*changes, assign(role, person, today())],
            _("Person behind {role}").format(role=role_name(role)),
        )

    @on(Grid.Opened)
    def _opened(self, event: Grid.Opened) -> None:
        self.action_edit()

    def action_tick(self) -> None:
        """Tick the duty off today, or take the tick away."""
        duty = self._duty(self.grid.row_id)
        if duty is not None:
            self.commit([tick(duty, today())], _("{duty} done").format(duty=duty.text))
            said = _("Not done: {duty}") if duty.done_on else _("Done today: {duty}")
            self.say(said.format(duty=duty.text))

    @work
    async def action_add(self) -> None:
        """Add a duty of the workplace's own."""
        view = self.view
        texts = await self.app.push_screen_wait(
            FormDialog(_("New duty"), duty_fields(None, self._dates), validate=None)
        )
        if texts is None or view is None:
            return
        order = max((duty.order for duty in view.duties), default=0.0) + 1
        duty = Duty(mentee_id=self.mentee_id, text=texts["text"], order=order)
        self.commit([Change.created(filled_duty(duty, texts, self._dates))], _("New duty"))
        self.grid.go_to(duty.id)

    @work
    async def action_edit(self) -> None:
        """Edit all fields of the duty, or of the role in whose column one stands."""
        if self.grid.row_id == PERSONS:
            role = self.store.get(Role, self.grid.column_key)
            if role is not None:
                await self._edit_role(role)
            return
        duty = self._duty(self.grid.row_id)
        if duty is None:
            return
        texts = await self.app.push_screen_wait(
            FormDialog(duty.text, duty_fields(duty, self._dates), about=duty.id)
        )
        now_there = self._duty(duty.id)
        if texts is not None and now_there is not None:
            self.commit(
                [Change.between(now_there, filled_duty(now_there, texts, self._dates))],
                _("Duty {duty}").format(duty=duty.text),
            )

    async def _edit_role(self, role: Role) -> None:
        if role.kind is RoleKind.NEWCOMER:
            return
        fields = role_fields(self.store, role)
        texts = await self.app.push_screen_wait(FormDialog(role_name(role), fields, about=role.id))
        there = self.store.get(Role, role.id)
        if texts is not None and there is not None:
            self.commit(
                role_changes(self.store, there, texts),
                _("Role {role}").format(role=role_name(there)),
            )

    @work
    async def action_delete(self) -> None:
        """Delete the duty, or the own role in whose column one stands."""
        duty, view = self._duty(self.grid.row_id), self.view
        if view is None:
            return
        if duty is None:
            role = self.store.get(Role, self.grid.column_key)
            if role is None or role.kind is not RoleKind.OWN:
                self.say(_("The guide's roles stay; only roles of your own can be deleted"))
                return
            title = _("Delete the role {role}?").format(role=role.name)
            if await self.app.push_screen_wait(AskDialog(title)):
                self.commit(
                    remove_role(view, role), _("Role {role} deleted").format(role=role.name)
                )
            return
        title = _("Delete the duty {duty}?").format(duty=duty.text)
        if await self.app.push_screen_wait(AskDialog(title)):
            self.commit([Change.deleted(duty)], _("Duty {duty} deleted").format(duty=duty.text))

    @work
    async def action_add_role(self) -> None:
        """Add a column."""
        fields = [Field("name", _("Name"), required=_("A role needs a name"))]
        texts = await self.app.push_screen_wait(FormDialog(_("A role of your own"), fields))
        if texts is not None and self.view is not None:
            name = line(texts["name"])
            self.commit([new_role(self.view, name)], _("New role {role}").format(role=name))

    def action_page(self) -> None:
        """Read the page that is written to the newcomer."""
        from screens.roles.page import RolesPageScreen

        self.app.push_screen(RolesPageScreen(self.context, self.mentee_id))
