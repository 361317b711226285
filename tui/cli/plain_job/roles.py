"""Who does what, role by role; the page for the newcomer, and the duties of each role."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from data.clock import today
from data.dates import show_date
from data.i18n import N_, _, ngettext
from data.method.mentorship.gaps import gaps
from data.method.mentorship.roles import (
    ADDED,
    assign,
    new_co_mentor,
    new_role,
    page,
    remove_role,
    role_name,
    until_text,
)
from data.method.plan.progress import social
from data.method.view import MenteeView
from data.method.words import word
from data.queries.own_person import asked_before_leaving, left_with
from data.records import Duty, Part, Role, RoleKind
from data.store.change import Change
from data.text import line
from tui.cli.base import say_wrapped
from tui.cli.plain.field import Field
from tui.cli.plain.listing import Item, Listing
from tui.cli.plain.moves import GoTo
from tui.cli.plain_job.duties import DutiesPlace
from tui.cli.plain_job.person import about_person
from tui.cli.plain_job.record import RecordSheet


class RolesPlace(Listing):
    """The roles, and who has each."""

    name: ClassVar = "roles"
    COMMANDS: ClassVar = {
        "duties": N_("duties"),
        "page": N_("page"),
        "seen": N_("seen"),
        "add": N_("add"),
        "comentor": N_("comentor"),
        "delete": N_("delete"),
    }
    KEYS: ClassVar = {"a": "add", "x": "delete", "v": "page", "u": "undo"}
    OF_ONE: ClassVar = frozenset({"delete"})

    @property
    def prompt(self) -> str:
        """Where one is."""
        return _("Roles")

    @property
    def takes(self) -> str:
        """What can be written here."""
        return _(
            "The number of a role, or the start of its name, opens it; .duties says all duties, "
            ".page what the newcomer reads, .seen notes that you went through it today, a adds a "
            "role of your own, .comentor a co-mentor for a time, u undoes, an empty line says the "
            "roles again."
        )

    def heading(self) -> list[str]:
        """Return whose roles they are, what is to be looked at, and the social duties."""
        view = self.view
        done = social(view.duties)
        lines = [
            _("Who does what for {name}.").format(name=view.mentee.name),
            *(gap.sentence for gap in gaps(view, today()) if gap.screen == "roles"),
        ]
        counted = _("Social duties: {done} of {all}").format(done=done.done, all=done.of)
        return [*lines, f"{counted}."]

    def items(self) -> Sequence[Item]:
        """Return the roles, in their order."""
        view = self.view
        return [Item(role.id, role_name(role), _line(view, role)) for role in view.roles]

    def open(self, item: Item) -> None:
        """Open a role."""
        raise GoTo(RoleSheet(self.desk, self.mentee_id, item.id))

    def do(self, command: str, rest: str) -> None:
        """Say the page, note that it was gone through, go to the duties; or what lists can do."""
        if command not in {"duties", "page", "seen", "comentor"}:
            super().do(command, rest)
            return
        if rest:
            self.desk.keep(rest)
        if command == "duties":
            raise GoTo(DutiesPlace(self.desk, self.mentee_id))
        if command == "comentor":
            made = new_co_mentor(self.view)
            self.desk.commit([made], _("New co-mentor"))
            raise GoTo(RoleSheet(self.desk, self.mentee_id, made.id))
        if command == "page":
            self._say_page()
        else:
            seen = Change.edited(self.view.mentee, roles_seen_on=today())
            self.desk.commit([seen], _("Roles gone through"))
            say_wrapped(_("Noted: gone through on {date}").format(date=show_date(today())))

    def _say_page(self) -> None:
        """Say what the page for the newcomer says: each role in a paragraph (R73)."""
        for role in page(self.view):
            until = _("until {date}").format(date=role.until) if role.until else ""
            facts = (until, role.contact, role.relation, role.knows, role.ask_about)
            about = "; ".join(" ".join(one.split()) for one in facts if one)
            said = f"{role.name}: {role.person or _('nobody')}{about and f' ({about})'}."
            say_wrapped(said)
            if role.duties:
                say_wrapped("; ".join(role.duties), "  ")
        if not self.view.mentee.roles_seen_on:
            say_wrapped(_("Not gone through with the newcomer yet: .seen notes it."))

    def add(self, text: str) -> None:
        """Add a role of the workplace's own at once, and open it for who has it."""
        name = line(text or self.desk.ask(_("Name of the role")))
        if name:
            made = new_role(self.view, name)
            self.desk.commit([made], _("New role {role}").format(role=name))
            raise GoTo(RoleSheet(self.desk, self.mentee_id, made.id))

    def do_with(self, command: str, item: Item) -> None:
        """Delete a role of the workplace's own."""
        role = self.desk.store.get(Role, item.id)
        if role is None or role.kind not in ADDED:
            say_wrapped(_("The guide's roles cannot be deleted, only added ones"))
            return

        def deletion() -> Sequence[Change]:
            there = self.desk.store.get(Role, item.id)
            return remove_role(self.view, there) if there else ()

        question = _("Delete the role {role}?").format(role=role_name(role))
        if name := left_with(self.desk.store, self.view, deletion(), today()):
            question = f"{question} {asked_before_leaving(name, self.view.mentee.name)[1]}"
        self.desk.delete(question, deletion, _("Role {role} deleted").format(role=role_name(role)))


class RoleSheet(RecordSheet[Role]):
    """A role that is open: who has it, and what its duties are."""

    KIND = Role
    COMMANDS: ClassVar = {"duties": N_("duties")}

    def title(self, record: Role) -> str:
        """Return what the role is called."""
        return role_name(record)

    def fields(self) -> Sequence[Field]:
        """Return its fields, and those of the person who has it."""
        role = self.record
        found = []
        if role.kind is RoleKind.OWN:
            found.append(self.text("name", required=_("A role needs a name")))
        if role.kind is not RoleKind.NEWCOMER:
            found += [
                self.person("person_id", edit=_given_to),
                *([self.day("until")] if role.kind is RoleKind.CO_MENTOR else []),
                self.text("relation"),
                *about_person(self.desk, role.person_id, "contact", "knows"),
                self.text("ask_about", long=True),
            ]
        return found

    def more(self) -> list[str]:
        """Return the duties of the role, by its part in them."""
        view, lines = self.view, []
        for part in Part:
            duties = [duty for duty in view.duties if duty.parts.get(self.record_id) is part]
            if duties:
                lines.append(f"{word(part)}: {'; '.join(map(_duty, duties))}.")
        return [*lines, _(".duties opens the duties of this role, to mark and to change them.")]

    def may_make(self, changes: Sequence[Change]) -> bool:
        """Ask before the user gives up the own access to the mentee on the server."""
        view = self.view
        name = left_with(self.desk.store, view, changes, today())
        if not name:
            return True
        asked, follows = asked_before_leaving(name, view.mentee.name)
        return self.desk.is_yes(f"{asked} {follows}")

    def do(self, command: str, rest: str) -> None:
        """Go to the duties of the role."""
        if rest:
            self.desk.keep(rest)
        raise GoTo(DutiesPlace(self.desk, self.mentee_id, self.record_id))


def _given_to(role: Role, person_id: str) -> Role:
    after = assign(role, person_id, today()).after
    assert isinstance(after, Role)  # noqa: S101 - what assign() returns
    return after


def _duty(duty: Duty) -> str:
    return f"{duty.text} ({_('done')})" if duty.done_on else duty.text


def _line(view: MenteeView, role: Role) -> str:
    """Return a role in a line: who has it, and how many of its duties are done."""
    name = view.name_of(role.person_id) or _("nobody")
    if role.kind is RoleKind.NEWCOMER:
        name = view.mentee.name
    if role.kind is RoleKind.COLLEAGUES and not role.person_id:
        name = ""
    main = [duty for duty in view.duties if duty.parts.get(role.id) is Part.MAIN]
    done = sum(duty.done_on is not None for duty in main)
    duties = ""
    if main:
        duties = ngettext(
            "{done} of {number} duty done", "{done} of {number} duties done", len(main)
        ).format(done=done, number=len(main))
    facts = filter(None, (name, until_text(role), duties))
    return f"{role_name(role)}: {'; '.join(facts)}".rstrip(": ")
