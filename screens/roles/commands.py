"""The commands on the duties and roles of the matrix (R57-R74)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from data.clock import today
from data.dates import show_date
from data.i18n import N_, _
from data.method.mentors import lasts
from data.method.mentorship.roles import (
    ADDED,
    new_co_mentor,
    new_role,
    remove_role,
    role_name,
    tick,
)
from data.queries.own_person import left_with
from data.records import Duty, Person, Role, RoleKind
from data.store.change import Change
from data.text import line
from screens.dialogs.ask import AskDialog
from screens.dialogs.edit_record import (
    Form,
    create_records,
    delete_record,
    delete_together,
    edit_record,
    edit_records,
)
from screens.dialogs.form import Field, Filled
from screens.frame.commands import Commands
from screens.frame.entries import Dates, said_of_new
from screens.mentee.grid import GridScreen
from screens.roles.asked import may_leave
from screens.roles.forms import duty_form, filled_duty, role_changes, role_form
from screens.roles.rows import PERSONS


class RolesCommands(Commands):
    """The commands of screen 4. They work on the duty and the role that the cursor is on."""

    KEYS: ClassVar[list[BindingType]] = [
        Binding("d", "do('tick')", N_("Done")),
        Binding("a", "do('add')", N_("Add duty")),
        Binding("e", "do('edit')", N_("Edit"), tooltip=N_("Edit role or duty")),
        Binding("x", "do('delete')", N_("Delete"), show=False),
        Binding("v", "do('page')", N_("Who does what")),
        Binding("c", "do('add_role')", N_("Add your own role"), show=False),
        Binding(
            "M",
            "do('add_co_mentor')",
            N_("Add co-mentor"),
            show=False,
            tooltip=N_("Add a co-mentor, for a holiday or an illness"),
        ),
    ]

    def __init__(self, screen: GridScreen) -> None:
        self._screen = screen
        self._store = screen.store

    def why_not(self, name: str, *arguments: object) -> str:
        """Return why the cell under the cursor is not for this command; "" where it is."""
        if name == "tick" and self.duty is None:
            return _("Select a duty first; only duties can be done")
        if name != "edit" or self.duty is not None:
            return ""
        role = self.role
        if role is None:
            return _("Select a duty or a role's name first")
        if role.kind is RoleKind.NEWCOMER:
            return _("Edit the newcomer's name on the overview (1): e")
        return ""

    # -- what the cursor is on ----------------------------------------------------------------

    @property
    def duty(self) -> Duty | None:
        """The duty in the cursor's row; None if there is none."""
        return self._store.get(Duty, self._screen.grid.row_id)

    @property
    def role(self) -> Role | None:
        """The role in the cursor's column; None if there is none."""
        return self._store.get(Role, self._screen.grid.column_key)

    @property
    def dates(self) -> Dates:
        """Reads and checks dates. They may be counted from the mentee's first day."""
        screen = self._screen
        return Dates(lambda: mentee.start if (mentee := screen.mentee) else None)

    # -- duties -------------------------------------------------------------------------------

    def tick(self) -> None:
        """Mark the duty as done today; or as not done, if it is done."""
        duty = self.duty
        if duty is not None:
            what = _("{duty} done").format(duty=duty.text)
            self._screen.commit([tick(duty, today())], what)
            said = _("Not done: {duty}") if duty.done_on else _("Done today: {duty}")
            self._screen.say(said.format(duty=duty.text))

    async def add(self) -> None:
        """Ask for a new duty of the workplace's own, and add it."""
        view, dates = self._screen.view, self.dates
        if view is None:
            return
        order = max((duty.order for duty in view.duties), default=0.0) + 1
        duty = Duty(mentee_id=view.mentee.id, text="", order=order)
        form = duty_form(duty, dates, title=_("New duty"))

        def new_records(texts: Filled) -> list[Change]:
            return [Change.created(filled_duty(dates, duty, texts))]

        if await create_records(self._screen, duty, form, new_records, _("New duty")):
            self._screen.grid.go_to(duty.id)

    async def edit(self) -> None:
        """Edit all fields of the duty. In the row of persons, edit the role and its person."""
        duty, role, dates = self.duty, self.role, self.dates
        if self._screen.grid.row_id == PERSONS:
            if role is not None and role.kind is not RoleKind.NEWCOMER:
                await self._edit_role(role)
        elif duty is not None:

            def filled(seen: Duty, texts: Filled) -> Duty:
                return filled_duty(dates, seen, texts)

            what = _("Duty {duty}").format(duty=duty.text)
            await edit_record(self._screen, duty, duty_form(duty, dates), filled, what)

    async def delete(self) -> None:
        """Ask, and delete the duty; in the row of persons the role, if it is an own one."""
        duty = self.duty
        if duty is None:
            await self._delete_role()
            return
        title = _("Delete the duty {duty}?").format(duty=duty.text)
        what = _("Duty {duty} deleted").format(duty=duty.text)
        await delete_record(self._screen, self._store, duty, AskDialog(title), what)

    # -- roles --------------------------------------------------------------------------------

    async def add_role(self) -> None:
        """Ask for a new role of the workplace's own, and add it as a column."""
        view = self._screen.view
        if view is None:
            return
        fields = [Field("name", _("Name"), required=_("A role needs a name"))]
        new = Role(mentee_id=view.mentee.id, kind=RoleKind.OWN)

        def new_records(texts: Filled) -> list[Change]:
            return [new_role(view, line(texts["name"]))]

        def what(texts: Filled) -> str:
            return _("New role {role}").format(role=line(texts["name"]))

        form = Form("role", _("Your own role"), fields)
        await create_records(self._screen, new, form, new_records, what)

    async def add_co_mentor(self) -> None:
        """Ask who stands in for the main mentor, and until when, and add that as a column."""
        view = self._screen.view
        if view is None:
            return
        made = new_co_mentor(view)
        new = made.after
        assert isinstance(new, Role)  # noqa: S101 - what new_co_mentor() returns

        async def new_records(texts: Filled) -> list[Change]:
            *people, role = role_changes(self._store, new, None, texts, self.dates)
            wanted = [*people, Change.created(role.record)]
            return wanted if await may_leave(self._screen, view, wanted) else []

        form = role_form(self._store, new, self.dates)
        if await create_records(self._screen, new, form, new_records, _("New co-mentor")):
            self._screen.grid.go_to(PERSONS, new.id)
            self._say_if_over(new.id)

    async def _edit_role(self, role: Role) -> None:
        person = self._store.get(Person, role.person_id)

        seen, made = self._screen.view, list[Change]()

        async def changes(texts: Filled) -> Sequence[Change]:
            wanted = role_changes(self._store, role, person, texts, self.dates)
            if seen is None or not await may_leave(self._screen, seen, wanted):
                return []
            made.extend(wanted)
            return wanted

        what = _("Role {role}").format(role=role_name(role))
        form = role_form(self._store, role, self.dates)
        texts = await edit_records(self._screen, role, form, changes, what)
        if said := said_of_new(made):
            self._screen.say(said)
        if made and texts is not None and "until" in texts.changed:
            self._say_if_over(role.id)

    async def _delete_role(self) -> None:
        role = self.role
        if role is None or role.kind not in ADDED:
            self._screen.say(_("The guide's roles cannot be deleted, only added ones"))
            return
        id = role.id

        def deletion() -> Sequence[Change]:
            view, there = self._screen.view, self._store.get(Role, id)
            return remove_role(view, there) if view and there else ()

        title = _("Delete the role {role}?").format(role=role_name(role))
        view = self._screen.view
        leaves = view is not None and left_with(self._store, view, deletion(), today())
        question = AskDialog(title, self._what_goes_with(role), undoable=not leaves)
        what = _("Role {role} deleted").format(role=role_name(role))
        await delete_together(self._screen, question, deletion, what)

    def _what_goes_with(self, role: Role) -> str:
        """Return who has a role that is to be deleted, and what that person loses."""
        person = self._store.get(Person, role.person_id)
        if person is None:
            return ""
        said = _("{name} has this role.")
        if role.kind is RoleKind.CO_MENTOR and self._store.on_server:
            said = _("{name} has this role, and loses the access on the server that it gives.")
        return said.format(name=person.name)

    def _say_if_over(self, id: str) -> None:
        """Say that the last day that was written has passed, so that the role is over."""
        role = self._store.get(Role, id)
        if role is not None and not lasts(role, today()):
            said = _("The last day has passed ({date}): the role is over")
            self._screen.say(said.format(date=show_date(role.until)))

    def page(self) -> None:
        """Open the page that is written for the newcomer."""
        from screens.roles.page import RolesPageScreen  # loaded when first opened

        self._screen.app.push_screen(RolesPageScreen(self._screen.context, self._screen.mentee_id))
