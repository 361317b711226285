"""Rows of mentees: name, first day, and who is mentor, buddy and manager."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from data.date_parts import Lean
from data.dates import EntryError, show_date
from data.documents.importing.content import Grid, GridRow
from data.documents.importing.persons import Persons
from data.documents.importing.preview import EntryKind, Gathered, Preview, quoted
from data.documents.importing.recognise import is_mentees
from data.documents.importing.values import parse_day, parse_yes
from data.documents.importing.words import column_keys
from data.i18n import _
from data.library.rolematrix import DefaultDuty
from data.method.mentorship.names import clean_name, name_problem
from data.method.mentorship.roles import new_mentee_records
from data.method.mentorship.start import start_doubt
from data.method.plan.fields import Reading
from data.records import Mentee, Person, Role, RoleKind
from data.store.change import Change
from data.text import name_key

_HOLDERS = {"buddy": RoleKind.BUDDY, "manager": RoleKind.MANAGER}


@dataclass(frozen=True, slots=True)
class Workplace:
    """What new mentees begin with."""

    people: Mapping[str, Person]
    mentor: Person
    """Who becomes the mentor where a row names none."""
    making: Sequence[Change]
    """What makes that person, if there is none yet."""
    duties: Sequence[DefaultDuty]
    today: date


def preview_mentees(
    grids: Sequence[Grid],
    workplace: Workplace,
    there: Callable[[str], str],
    *,
    again: bool = False,
    otherwise: str = "",
) -> Preview:
    """Return what rows of mentees add.

    Args:
        grids: The tables of the file.
        workplace: What new mentees begin with.
        there: Takes a name, and returns a sentence if there is a mentee of that name, else "".
        again: Whether to add mentees whose name there is already.
        otherwise: A sentence that says how one whose name there is already can be added, or "".
    """
    out = Gathered()
    persons = Persons({**workplace.people, workplace.mentor.id: workplace.mentor})
    names: set[str] = set()
    uses_own = False
    for grid in filter(is_mentees, grids):
        keys = column_keys("mentees", grid.headings)
        for heading in grid.unknown(keys):
            text = _("The column “{column}” is not known in rows of mentees.")
            out.say(EntryKind.UNPLACED, text.format(column=quoted(heading)))
        for row in grid.rows:
            cells = _Cells(grid, row, keys, out)
            mentee = _mentee(cells, workplace.today)
            if mentee is None:
                continue
            if not again and (doubled := there(mentee.name) or _twice(mentee.name, names)):
                said = f"{doubled} {otherwise}".rstrip()
                out.say(EntryKind.UNPLACED, said, grid.row_place(row))
                continue
            names.add(name_key(mentee.name))
            mentor = cells.text("mentor")
            uses_own |= not mentor
            person = persons.of(mentor) if mentor else workplace.mentor
            out.change(_changes(mentee, person, cells, persons, workplace))
            said = _line(mentee, person.name, cells, persons)
            doubt = start_doubt(mentee.start, workplace.today)
            out.say(EntryKind.NEW, " · ".join(filter(None, (said, doubt))), grid.row_place(row))
    making = workplace.making if uses_own else ()
    return Preview(
        form=_("Mentees"),
        entries=tuple(out.entries),
        changes=(*making, *persons.made(), *out.changes),
        step=_("mentees imported from a file"),
    )


def _twice(name: str, names: Collection[str]) -> str:
    if name_key(name) not in names:
        return ""
    return _("{name} stands twice in the file.").format(name=name)


class _Cells:
    """The cells of a row by key."""

    def __init__(self, grid: Grid, row: GridRow, keys: Sequence[str], out: Gathered) -> None:
        self.grid, self.row, self.keys, self.out = grid, row, keys, out

    def text(self, key: str) -> str:
        """Return the text of a cell, as names are stored; "" if there is no such column."""
        return clean_name(self.row.cell(self.keys.index(key))) if key in self.keys else ""

    def wrong(self, key: str, why: str) -> None:
        """Say that a cell cannot be read."""
        self.out.say(EntryKind.UNREAD, why, self.grid.place(self.row, self.keys.index(key)))


def _mentee(cells: _Cells, today: date) -> Mentee | None:
    """Return the mentee of a row; None if there is none, or a cell cannot be read."""
    name = cells.text("name")
    if not any(cells.text(key) for key in cells.keys if key):
        return None
    if not name:
        cells.wrong("name", _("The name is empty."))
        return None
    if problem := name_problem(name):
        cells.wrong("name", problem)
        return None
    reading = Reading(today, None, "", lambda _before, _name: "")
    read = True
    start: date | None = None
    newly = False
    try:
        start = parse_day(cells.text("start"), reading, Lean.EITHER)
        if start is None:
            raise EntryError(_("The first day at work is missing."))
    except EntryError as wrong:
        cells.wrong("start", str(wrong))
        read = False
    try:
        newly = parse_yes(cells.text("newly_qualified"))
    except EntryError as wrong:
        cells.wrong("newly_qualified", str(wrong))
        read = False
    if not read:
        return None
    title, team = cells.text("title"), cells.text("team")
    return Mentee(name=name, start=start, title=title, team=team, newly_qualified=newly)


def _changes(
    mentee: Mentee, mentor: Person, cells: _Cells, persons: Persons, workplace: Workplace
) -> list[Change]:
    """Return the changes that add a mentee, with the holders of roles that the row names."""
    holders = {
        kind: persons.of(name).id for key, kind in _HOLDERS.items() if (name := cells.text(key))
    }
    changes = new_mentee_records(mentee, mentor.id, workplace.duties, workplace.today)
    for place, change in enumerate(changes):
        role = change.after
        if isinstance(role, Role) and role.kind in holders:
            changes[place] = Change.created(replace(role, person_id=holders[role.kind]))
    return changes


def _line(mentee: Mentee, mentor: str, cells: _Cells, persons: Persons) -> str:
    parts = [mentee.name, show_date(mentee.start), mentee.title, mentee.team]
    parts += [_("newly qualified")] if mentee.newly_qualified else []
    parts += [f"{_('Mentor')}: {mentor}"]
    parts += [
        f"{name}: {persons.of(text).name}"
        for key, name in (("buddy", _("Buddy")), ("manager", _("Manager")))
        if (text := cells.text(key))
    ]
    return " · ".join(" ".join(one.split()) for one in parts if one)
