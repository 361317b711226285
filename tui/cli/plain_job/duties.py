"""The duties around a mentee, line by line: what is to be done, by whom, and whether it is done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from data.clock import today
from data.date_parts import Lean
from data.dates import show_date, show_near
from data.i18n import N_, _, ngettext
from data.method.mentorship.gaps import main_roles
from data.method.mentorship.roles import role_name, set_part, tick
from data.method.view import MenteeView
from data.method.words import word
from data.records import Duty, DutyKind, Part, Role
from data.store.change import Change
from data.text import line
from tui.cli.base import say_wrapped
from tui.cli.plain.desk import Desk
from tui.cli.plain.field import Field
from tui.cli.plain.listing import Item, Listing
from tui.cli.plain.moves import GoTo
from tui.cli.plain_job.record import RecordSheet


class DutiesPlace(Listing):
    """All duties, or those in which one role has a part; what is to be done comes first."""

    name: ClassVar = "duties"
    COMMANDS: ClassVar = {
        "add": N_("add"),
        "done": N_("done"),
        "delete": N_("delete"),
        "all": N_("all"),
    }
    KEYS: ClassVar = {"a": "add", "d": "done", "x": "delete", "u": "undo"}
    OF_ONE: ClassVar = frozenset({"done", "delete"})
    FIRST: ClassVar = 9

    def __init__(self, desk: Desk, mentee_id: str, role_id: str = "") -> None:
        super().__init__(desk, mentee_id)
        self._role_id = role_id

    @property
    def prompt(self) -> str:
        """Where one is."""
        return _("Duties")

    @property
    def takes(self) -> str:
        """What can be written here."""
        return _(
            "The number of a duty, or the start of it, opens it; a adds one, d and a number marks "
            "it as done today or not done, x and a number deletes it, u undoes, an empty line "
            "says them again."
        )

    def _duties(self) -> list[Duty]:
        duties = [
            duty for duty in self.view.duties if not self._role_id or self._role_id in duty.parts
        ]
        return sorted(duties, key=lambda duty: duty.done_on is not None)

    def heading(self) -> list[str]:
        """Return whose duties they are, and how many are to be done."""
        duties = self._duties()
        left = [duty for duty in duties if duty.done_on is None]
        role = self.desk.store.get(Role, self._role_id) if self._role_id else None
        who = role_name(role) if role else self.view.mentee.name
        said = ngettext(
            "{who}: {left} of {number} duty to be done.",
            "{who}: {left} of {number} duties to be done.",
            len(duties),
        )
        return [said.format(who=who, left=len(left), number=len(duties))]

    def items(self) -> Sequence[Item]:
        """Return the duties."""
        return [Item(duty.id, duty.text, duty_said(self.view, duty)) for duty in self._duties()]

    def open(self, item: Item) -> None:
        """Open a duty."""
        raise GoTo(DutySheet(self.desk, self.mentee_id, item.id))

    def add(self, text: str) -> None:
        """Add a duty of the workplace's own at once, and open it for who does it."""
        text = line(text or self.desk.ask(_("What is to be done")))
        if text:
            order = max((duty.order for duty in self.view.duties), default=0.0) + 1
            duty = Duty(mentee_id=self.mentee_id, text=text, order=order)
            self.desk.commit([Change.created(duty)], _("New duty"))
            raise GoTo(DutySheet(self.desk, self.mentee_id, duty.id))

    def do_with(self, command: str, item: Item) -> None:
        """Mark a duty as done or not done, or delete it."""
        duty = self.desk.store.get(Duty, item.id)
        if duty is None:
            say_wrapped(_("This is no longer there."))
        elif command == "done":
            self.desk.commit([tick(duty, today())], _("{duty} done").format(duty=duty.text))
            said = _("Not done: {duty}") if duty.done_on else _("Done today: {duty}")
            say_wrapped(said.format(duty=duty.text))
        else:
            question = _("Delete the duty {duty}?").format(duty=duty.text)
            what = _("Duty {duty} deleted").format(duty=duty.text)
            self.desk.delete_one(Duty, duty.id, question, what)


class DutySheet(RecordSheet[Duty]):
    """A duty that is open: its days, and which role has which part in it."""

    KIND = Duty

    def title(self, record: Duty) -> str:
        """Return what is to be done."""
        return record.text

    def fields(self) -> Sequence[Field]:
        """Return its fields, and one for the part of each role."""
        found = [
            self.text("text", required=_("A duty needs a name")),
            self.choice("kind", DutyKind),
            self.day("due"),
            self.day("done_on", Lean.PAST),
        ]
        if self.record.kind is DutyKind.SYSTEM:
            keys = ("access_ordered_on", "access_on", "first_used_on")
            found += [self.day(key, Lean.PAST) for key in keys]
        return [*found, *(self._part(role) for role in self.view.roles)]

    def _part(self, role: Role) -> Field:
        """Return the field of the part that a role has in it."""
        seen = [self.record]
        label = role_name(role)

        def write(typed: str) -> str:
            duty = seen[0]
            part = Part(typed) if typed else None
            before = [one for one in main_roles(duty) if one != role.id]
            what = _("Responsibility for {duty}").format(duty=duty.text)
            self.desk.commit([set_part(duty, role.id, part)], what)
            seen[0] = self.record
            said = f"{label}: {word(part) if part else _('Not assigned')}"
            if part is Part.MAIN and before:
                names = ", ".join(role_name(one) for one in self.view.roles if one.id in before)
                said += ". " + _("{names} takes part now.").format(names=names)
            return said

        return Field(
            label,
            word(seen[0].parts.get(role.id)),
            write,
            choices=tuple((value, word(value)) for value in Part),
        )


def duty_said(view: MenteeView, duty: Duty) -> str:
    """Return a duty in a line: its text, which role does it, and its days."""
    main = [role for role in view.roles if role.id in main_roles(duty)]
    who = ", ".join(role_name(role) for role in main) or _("nobody has it")
    when = ""
    if duty.done_on:
        when = _("done {date}").format(date=show_date(duty.done_on))
    elif duty.due:
        when = _("due {date}").format(date=show_near(duty.due, today()))
    return f"{duty.text}: {'; '.join(filter(None, (when, who)))}"
