"""What the role matrix shows: persons, duties, what is missing, and details of one of them."""

from __future__ import annotations

from data.clock import today
from data.dates import show_date
from data.i18n import _
from data.method.mentorship.gaps import GapKind, gaps, main_roles
from data.method.mentorship.roles import role_name, until_text
from data.method.plan.progress import social
from data.method.view import MenteeView
from data.queries.persons import offered_name
from data.records import Duty, Part, Role, RoleKind
from data.store.store import Store
from screens.frame.entries import Dates, choices, person_check, person_new, person_suggest
from widgets.glyphs import dotted, glyphs
from widgets.grid import Choice, Column, Row, Tone

PERSONS = "persons"
"""Id of the row that says who has each role."""
ROLE_WIDTH = 8
"""How many cells the column of a role takes up."""
_ROLE_GAPS = frozenset(
    {
        GapKind.NO_MENTOR,
        GapKind.NO_BUDDY,
        GapKind.NO_MANAGER,
        GapKind.ONE_PERSON,
        GapKind.MENTOR_IS_MANAGER,
        GapKind.ROLES_NOT_SEEN,
        GapKind.NO_MAIN,
        GapKind.SEVERAL_MAIN,
    }
)


def matrix_columns(view: MenteeView, dates: Dates) -> list[Column]:
    """Return the columns: the duty, the part that each role has in it, when, and done on."""
    parts = part_choices()
    return [
        Column("duty", _("Duty"), 26, flex=1, fixed=True),
        *(
            # Space opens the choices: the next one could take the main responsibility from another.
            Column(
                role.id,
                role_name(role, short=True),
                ROLE_WIDTH,
                edit="choice",
                choices=parts,
                quick=False,
            )
            for role in view.roles
        ),
        Column("due", _("When"), 11, edit="text", check=dates.check),
        Column("done", _("Done on"), 10, edit="text", check=dates.done.check),
    ]


def part_choices() -> tuple[Choice, ...]:
    """Return the parts that a role can have in a duty. A cell shows the letter of its part."""
    return choices(Part, none=_("Not assigned"))


def persons_row(store: Store, view: MenteeView) -> Row:
    """Return the first row: the name of the person who has each role, which can be edited."""
    suggest, new = person_suggest(store), person_new(store)
    cells = {"duty": _("Person")}
    columns: dict[str, Column] = {key: Column(key, "", 10) for key in ("due", "done")}
    values: dict[str, str] = {}
    for role in view.roles:
        name = view.name_of(role.person_id)
        person = view.people.get(role.person_id)
        values[role.id] = stood = offered_name(store, person) if person else name
        if role.kind is RoleKind.NEWCOMER:
            cells[role.id] = _first_name(view.mentee.name)
            columns[role.id] = Column(role.id, "", ROLE_WIDTH)
            continue
        nobody = "" if role.kind is RoleKind.COLLEAGUES else _("! nobody")
        cells[role.id] = _first_name(name) or nobody
        columns[role.id] = Column(
            role.id,
            "",
            ROLE_WIDTH,
            edit="text",
            check=person_check(store, stood=stood),
            suggest=suggest,
            asks=new,
        )
    tones: dict[str, Tone] = dict.fromkeys(cells, "strong")
    return Row(PERSONS, cells, values, tones, columns)


def _first_name(name: str) -> str:
    return name.split(" ", maxsplit=1)[0]


def duty_rows(view: MenteeView) -> list[Row]:
    """Return a row for each duty."""
    letters = {choice.value: choice.letter.upper() for choice in part_choices()}
    return [_duty_row(view, duty, letters) for duty in view.duties]


def _duty_row(view: MenteeView, duty: Duty, letters: dict[str, str]) -> Row:
    done = duty.done_on is not None
    mark = "" if len(main_roles(duty)) == 1 else "! "
    cells = {
        "duty": f"{glyphs('✓') if done else ' '} {mark}{duty.text}",
        "due": show_date(duty.due),
        "done": show_date(duty.done_on),
    }
    values: dict[str, str] = {"due": cells["due"], "done": cells["done"]}
    tones: dict[str, Tone] = {"duty": "muted"} if done else {}
    for role in view.roles:
        part = duty.parts.get(role.id)
        values[role.id] = part or ""
        cells[role.id] = f"  {letters[part]}" if part else glyphs("  ·")
        if part is None:
            tones[role.id] = "muted"
    return Row(duty.id, cells, values, tones)


# -- one line --------------------------------------------------------------------------------------


def duty_line(view: MenteeView, duty: Duty) -> str:
    """Return a duty in one line: its text, which role does it, and its days."""
    main = [role for role in view.roles if role.id in main_roles(duty)]
    by = view.name_of(duty.done_by)
    done = _("done {date}").format(date=show_date(duty.done_on)) if duty.done_on else ""
    if done and by:
        done = _("{done} by {name}").format(done=done, name=by)
    facts = (
        duty.text,
        ", ".join(role_name(role) for role in main) or _("nobody has it"),
        _("due {date}").format(date=show_date(duty.due)) if duty.due and not done else "",
        done,
    )
    return dotted(*facts)


def role_line(view: MenteeView, role: Role) -> str:
    """Return who has a role, in one line: relation, contact, and who had it before."""
    person = view.people.get(role.person_id)
    name = person.name if person else _("nobody")
    if role.kind is RoleKind.NEWCOMER:
        name = view.mentee.name
    earlier = [
        _("{name} until {date}").format(
            name=view.name_of(holder.person_id) or _("deleted person"),
            date=show_date(holder.until),
        )
        for holder in role.earlier
    ]
    facts = (
        f"{role_name(role)}: {name}",
        until_text(role),
        role.relation,
        person.contact if person else "",
        person.knows if person else "",
        _("before: {names}").format(names=", ".join(earlier)) if earlier else "",
    )
    return dotted(*facts)


def legend(view: MenteeView) -> str:
    """Return what the letters mean, how many social duties are done, and what is missing."""
    letters = glyphs(" · ").join(
        f"{choice.letter.upper()} {choice.label.lower()}"
        for choice in part_choices()
        if choice.value
    )
    done = social(view.duties)
    counted = _("Social duties: {done} of {all}").format(done=done.done, all=done.of)
    seen = view.mentee.roles_seen_on
    if seen:
        counted += glyphs(" · ") + _("gone through on {date}").format(date=show_date(seen))
    missing = [gap.sentence for gap in gaps(view, today()) if gap.kind in _ROLE_GAPS]
    return "\n".join([letters, counted, *(f"! {gap}" for gap in missing)])
