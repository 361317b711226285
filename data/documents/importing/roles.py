"""Who does what, as it comes back filled in: the persons behind the roles, and the matrix."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from difflib import SequenceMatcher
from typing import Any, Final

from data.dates import EntryError, show_date
from data.documents.importing.content import CellText, Grid, GridRow, ReadFile, TextLine
from data.documents.importing.given_values import Base, taken_as
from data.documents.importing.merging import FormField, Merging
from data.documents.importing.people_page import OnPage, people_on_page
from data.documents.importing.persons import Persons
from data.documents.importing.preview import EntryKind, Gathered, Preview, quoted
from data.documents.importing.recognise import is_duties, is_people
from data.documents.importing.values import not_among, parse_day
from data.documents.importing.words import column_keys, key_of, value_begun
from data.documents.kinds.roles import ROLE
from data.i18n import _, in_every_language
from data.library.rolematrix import DefaultDuty
from data.method.mentorship.roles import assign, role_name, set_part
from data.method.plan.fields import Reading, stored_text
from data.method.view import MenteeView
from data.method.words import msgids_of, word
from data.queries.field_names import field_name
from data.records import Duty, Part, Person, Role, RoleKind
from data.store.change import Change
from data.text import line, name_key

_DAYS: Final = ("due", "done_on")
_ABOUT: Final = ("contact", "relation", "ask_about")
_NOBODY: Final = "not decided yet"


@dataclass(frozen=True, slots=True)
class _Holder:
    """What a form says about a role."""

    role: Role
    person: str
    about: Mapping[str, str]
    place: str


@dataclass(frozen=True, slots=True)
class _DutyRow:
    """What a form says about a duty."""

    text: str
    place: str
    parts: tuple[tuple[Role, CellText], ...]
    days: tuple[tuple[str, CellText], ...]


def _cell(grid: Grid, row: GridRow, at: int) -> CellText:
    return CellText(row.cell(at).strip(), grid.place(row, at))


def preview_roles(
    file: ReadFile,
    view: MenteeView,
    base: Base,
    reading: Reading,
    defaults: Sequence[DefaultDuty] = (),
) -> tuple[Preview, Sequence[TextLine]]:
    """Return what a filled-in page of roles, and a role matrix, change; and the lines left over.

    `defaults` are the duties of the library, in every language: a blank form holds them. What
    nobody has changed since is no change.
    """
    importer = _RoleImport(view, base, reading, defaults)
    named = _named(view)
    on_page, left = people_on_page(file, view, named)
    for holder in (*_holders(file, named, importer.out), *map(_holder_of, on_page)):
        importer.hold(holder)
    for grid in file.grids:
        if is_duties(grid):
            importer.matrix(grid)
    preview = Preview(
        form=_("Who does what: {name}").format(name=view.mentee.name),
        entries=(*importer.out.entries, *importer.persons.entries()),
        changes=(*importer.persons.made(), *importer.out.changes),
        step=_("roles imported from a file"),
        taken=tuple(importer.out.taken),
    )
    return preview, left


def _named(view: MenteeView) -> dict[str, Role]:
    """Return the names of the mentee's roles, in all languages -> the role."""
    found: dict[str, Role] = {}
    for role in view.roles:
        words = [role.name] if role.kind is RoleKind.OWN else []
        number = ""
        if role.kind is not RoleKind.OWN:
            words = [role.kind.value, *msgids_of(role.kind)]
            number = role.name  # of a second co-mentor
        for one in words:
            for said in in_every_language(one):
                found.setdefault(key_of(f"{said} {number}"), role)
                found.setdefault(key_of(f"{ROLE}{said}{number}"), role)
    return found


def _holder_of(said: OnPage) -> _Holder:
    return _Holder(said.role, said.person, said.about, role_name(said.role))


def _holders(file: ReadFile, named: Mapping[str, Role], out: Gathered) -> Iterator[_Holder]:
    for grid in file.grids:
        if not is_people(grid):
            continue
        keys = column_keys("people", grid.headings)
        for row in grid.rows:
            cells = {key: row.cell(at).strip() for at, key in enumerate(keys) if key}
            role = named.get(key_of(cells.get("role", "")))
            if role is not None:
                about = {key: cells.get(key, "") for key in _ABOUT}
                yield _Holder(role, cells.get("person", ""), about, grid.row_place(row))
            elif any(cells.values()):
                text = _("There is no role “{role}”.").format(role=quoted(cells.get("role", "")))
                out.say(EntryKind.UNPLACED, text, grid.row_place(row))


class _RoleImport:
    """Takes roles and duties in."""

    def __init__(
        self,
        view: MenteeView,
        base: Base,
        reading: Reading,
        defaults: Sequence[DefaultDuty],
    ) -> None:
        self.view, self.base, self.reading = view, base, reading
        self.out = Gathered()
        self.merging = Merging(base, self.out)
        self.persons = Persons(view.people, view.roles)
        self.defaults = {name_key(one.text): one for one in defaults}

    # -- the persons ----------------------------------------------------------------------------

    def hold(self, holder: _Holder) -> None:
        """Take in who has a role, and what the form says about it."""
        role = after = holder.role
        name = "" if key_of(holder.person) in _nobody() else line(holder.person)
        here = self.view.name_of(role.person_id)
        field = FormField(role, "person_id", role_name(role), holder.place)
        person = self.persons.find(name) if name else None
        name = person.name if person else name  # the preview shows whom a first name means
        kept = (person.id if person else name, role.person_id)
        if self.merging.taken(field, form=name, here=here, kept=kept) is not None:
            person = self.persons.of(name, contact=line(holder.about.get("contact", "")))
            change = assign(after, person.id, self.reading.today)
            assert isinstance(change.after, Role)  # noqa: S101 - what assign() returns
            after = change.after
        for key in ("relation", "ask_about"):
            text = line(holder.about.get(key, ""))
            field = FormField(
                role, key, f"{role_name(role)}: {field_name(Role.table, key)}", holder.place
            )
            taken = self.merging.taken(field, form=text, here=str(getattr(role, key)))
            changed: dict[str, Any] = {key: taken}
            after = after if taken is None else replace(after, **changed)
        after = self._until(holder, after)
        self.out.change([Change.between(role, after)])
        self._contact(holder, after)

    def _until(self, holder: _Holder, after: Role) -> Role:
        """Return the role with the last day that the form says, if it says another one."""
        seen, text = holder.role, line(holder.about.get("until", ""))
        if not text:
            return after
        try:
            day = parse_day(text, self.reading)
        except EntryError as wrong:
            self.out.say(EntryKind.UNREAD, str(wrong), holder.place)
            return after
        name = f"{role_name(seen)}: {field_name(Role.table, 'until')}"
        field = FormField(seen, "until", name, holder.place)
        shown = (show_date(seen.until), show_date(day))
        here = stored_text(seen.until)
        form = stored_text(day)
        taken = self.merging.taken(field, form=form, here=here, shown=shown)
        return after if taken is None else replace(after, until=day)

    def _contact(self, holder: _Holder, role: Role) -> None:
        """Take in how a person is reached; a new person has it already."""
        person: Person | None = self.view.people.get(role.person_id)
        if person is None:
            return
        name = f"{person.name}: {field_name(Person.table, 'contact')}"
        field = FormField(person, "contact", name, holder.place)
        text = line(holder.about.get("contact", ""))
        taken = self.merging.taken(field, form=text, here=person.contact)
        if taken is not None:
            self.out.change([Change.between(person, replace(person, contact=taken))])

    # -- the matrix -----------------------------------------------------------------------------

    def matrix(self, grid: Grid) -> None:
        """Take in a role matrix."""
        keys = column_keys("duties", grid.headings)
        named = _named(self.view)
        roles = {
            at: role
            for at, heading in enumerate(grid.headings)
            if not keys[at] and (role := named.get(key_of(heading))) is not None
        }
        for at, heading in enumerate(grid.headings):
            filled = any(row.cell(at).strip() for row in grid.rows)
            if filled and not keys[at] and at not in roles:
                text = _("The column “{column}” is not in the role matrix.")
                self.out.say(EntryKind.UNPLACED, text.format(column=quoted(heading)))
        rows = [row for row in grid.rows if any(row.cells)]
        texts = [line(row.cell(keys.index("text"))) for row in rows]
        order = max((duty.order for duty in self.view.duties), default=0.0)
        for row, text, duty in zip(rows, texts, self._duties_of(texts), strict=True):
            form = _DutyRow(
                text,
                grid.row_place(row),
                tuple((role, _cell(grid, row, at)) for at, role in roles.items() if row.cell(at)),
                tuple(
                    (key, _cell(grid, row, at))
                    for at, key in enumerate(keys)
                    if key in _DAYS and row.cell(at)
                ),
            )
            if duty is None and not text:
                said = _("The row has no duty, so it is left out.")
                self.out.say(EntryKind.UNPLACED, said, form.place)
            elif duty is not None:
                self._row(form, duty, is_new=False)
            elif not self._is_known(text):
                order += 1
                new = Duty(mentee_id=self.view.mentee.id, text=text, order=order)
                self._row(form, new, is_new=True)

    def _is_known(self, text: str) -> bool:
        """Whether a row is a duty that was deleted here since, or one of a blank form."""
        there = {duty.id for duty in self.view.duties}
        if self.base.was_of_another(there, "text", text):
            said = _("“{duty}” has been deleted here since, and stays so.")
            self.out.say(EntryKind.UNPLACED, said.format(duty=quoted(text)))
            return True
        return name_key(text) in self.defaults

    def _duties_of(self, texts: Sequence[str]) -> list[Duty | None]:
        """Return the duty that each row is, by its words; where one was edited, by its place."""
        duties = self.view.duties
        found: list[Duty | None] = [None] * len(texts)
        free = list(duties)
        for place, text in enumerate(texts):
            for duty in free:
                key = name_key(text)
                default = self.defaults.get(key)
                same = default is not None and default.key == duty.key != ""
                if name_key(duty.text) == key or same or self.base.was(duty.id, "text", text):
                    found[place] = duty
                    free.remove(duty)
                    break
        before, after = [name_key(one.text) for one in duties], [name_key(one) for one in texts]
        codes = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
        for tag, i, i_end, j, j_end in codes:
            if tag != "replace" or i_end - i != j_end - j or not self.base.known:
                continue
            for old, new in zip(range(i, i_end), range(j, j_end), strict=True):
                if found[new] is None and duties[old] in free and texts[new]:
                    found[new] = duties[old]
                    free.remove(duties[old])
        return found

    def _row(self, form: _DutyRow, seen: Duty, *, is_new: bool) -> None:
        after = seen
        default = self.defaults.get(name_key(form.text)) if not self.base.certain else None
        if is_new:
            self.out.say(EntryKind.NEW, quoted(form.text), form.place)
            self.out.taken.append(taken_as(seen.id, "text", form.text))
        elif default is None:
            field = FormField(seen, "text", _("Duty"), form.place)
            text = self.merging.taken(field, form=form.text, here=seen.text)
            after = after if text is None else replace(after, text=text)
        for role, cell in form.parts:
            proposed = default.parts.get(role.kind) if default is not None else None
            after = self._part(seen, after, role, cell, proposed)
        for key, cell in form.days:
            after = self._day(seen, after, key, cell)
        made = Change.created(after) if is_new else Change.between(seen, after)
        self.out.change([made])

    def _part(
        self, seen: Duty, after: Duty, role: Role, cell: CellText, proposed: Part | None
    ) -> Duty:
        part = value_begun(Part, cell.text)
        if part is None:
            wrong = not_among(cell.text, [word(one) for one in Part])
            self.out.say(EntryKind.UNREAD, wrong, cell.place)
            return after
        here = seen.parts.get(role.id)
        name = f"{quoted(seen.text)}: {role_name(role)}"
        field = FormField(seen, f"parts.{role.id}", name, cell.place)
        was, shown = here.value if here else "", (word(here), word(part))
        if part is proposed or (
            self.merging.taken(field, form=part.value, here=was, shown=shown) is None
        ):
            return after
        changed = set_part(after, role.id, part).after
        assert isinstance(changed, Duty)  # noqa: S101 - what set_part() returns
        return changed

    def _day(self, seen: Duty, after: Duty, key: str, cell: CellText) -> Duty:
        try:
            day = parse_day(cell.text, self.reading)
        except EntryError as wrong:
            self.out.say(EntryKind.UNREAD, str(wrong), cell.place)
            return after
        here: date | None = getattr(seen, key)
        name = f"{quoted(seen.text)}: {field_name(Duty.table, key)}"
        field = FormField(seen, key, name, cell.place)
        shown = show_date(here), show_date(day)
        taken = self.merging.taken(
            field, form=stored_text(day), here=stored_text(here), shown=shown
        )
        if taken is None:
            return after
        return replace(after, due=day) if key == "due" else replace(after, done_on=day)


def _nobody() -> set[str]:
    return {key_of(one) for one in in_every_language(_NOBODY)}
