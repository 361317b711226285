"""The forms behind the screen of people: introductions, actions, case systems, doubts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from data.clock import now, today
from data.dates import show_date
from data.i18n import _
from data.method.view import MENTEE
from data.records import (
    Action,
    ActionState,
    Duty,
    DutyKind,
    Introduction,
    Mentee,
    Note,
    NoteKind,
    Person,
    PersonKind,
)
from data.store.change import Change
from data.store.store import Store
from data.text import line, match_names
from screens.dialogs.form import Field
from screens.frame.entries import (
    Dates,
    choices,
    dates_from,
    find_person,
    lines,
    people,
    person_check,
    person_suggest,
)
from screens.frame.entries import person_id as named_person
from screens.roles.forms import duty_fields, filled_duty
from widgets.checked_input import Check, Suggest

Texts = Mapping[str, str]


@dataclass(frozen=True)
class Form:
    """Fields to fill in, and what they then change."""

    kind: str
    title: str
    fields: Sequence[Field]
    changes: Callable[[Texts], tuple[list[Change], str]]
    """Returns the changes and the id of the record that was filled in."""


def new_form(store: Store, kind: str, mentee_id: str) -> Form | None:
    """Return the form of a new record of that kind."""
    if kind == "introduction":
        return _introduction_form(store, Introduction(mentee_id=mentee_id, person_id=""), new=True)
    if kind == "action":
        return action_form(store, Action(mentee_id=mentee_id, what=""), new=True)
    if kind == "system":
        duty = Duty(mentee_id=mentee_id, text="", kind=DutyKind.SYSTEM)
        order = max((one.order for one in store.of(Duty, mentee_id)), default=0.0) + 1
        return _system_form(store, replace(duty, order=order), new=True)
    if kind == "doubt":
        doubt = Note(mentee_id=mentee_id, kind=NoteKind.DOUBT, at=now(), private=True)
        return _doubt_form(store, doubt, new=True)
    return None


def form_of(store: Store, kind: str, id: str) -> Form | None:
    """Return the form of a record that is there, or None where it is gone."""
    if kind == "introduction" and (one := store.get(Introduction, id)):
        return _introduction_form(store, one, new=False)
    if kind == "action" and (action := store.get(Action, id)):
        return action_form(store, action, new=False)
    if kind == "system" and (duty := store.get(Duty, id)):
        return _system_form(store, duty, new=False)
    if kind == "doubt" and (note := store.get(Note, id)):
        return _doubt_form(store, note, new=False)
    return None


def _dates(store: Store, mentee_id: str) -> Dates:
    mentee = store.get(Mentee, mentee_id)
    return dates_from(mentee.start if mentee else None)


def _put(
    before: Introduction | Action | Duty | Note,
    after: Introduction | Action | Duty | Note,
    *,
    new: bool,
) -> Change:
    return Change.created(after) if new else Change(after.table, after.id, before, after)


# -- introductions --------------------------------------------------------------------------------


def _introduction_form(store: Store, one: Introduction, *, new: bool) -> Form:
    person = store.get(Person, one.person_id)
    by = store.get(Person, one.by_id)
    check, suggest, dates = person_check(store), person_suggest(store), _dates(store, one.mentee_id)
    name = person.name if person else ""
    fields = [
        Field(
            "name",
            _("Who"),
            name,
            check=check,
            suggest=suggest,
            required=_("Say who the mentee should meet"),
        ),
        Field(
            "kind",
            _("Kind"),
            person.kind if person else PersonKind.PERSON,
            "choice",
            choices(PersonKind),
        ),
        Field("knows", _("Knows about"), person.knows if person else ""),
        Field("contact", _("Contact"), person.contact if person else ""),
        Field("about", _("What for"), one.about),
        Field("by", _("Introduced by"), by.name if by else "", check=check, suggest=suggest),
        Field("planned", _("When"), show_date(one.planned_on), check=dates.check),
        Field("done", _("Done on"), show_date(one.done_on), check=dates.check),
    ]
    title = _("Introduction to {name}").format(name=name) if name else _("New introduction")
    return Form("introduction", title, fields, partial(_introduced, store, one, new))


def _introduced(
    store: Store, one: Introduction, new: bool, texts: Texts
) -> tuple[list[Change], str]:
    knows, contact = line(texts["knows"]), line(texts["contact"])
    kind = PersonKind(texts["kind"])
    known = _known(store, texts["name"], one.person_id)
    if known is None:
        person = Person(name=line(texts["name"]), kind=kind, knows=knows, contact=contact)
        changes = [Change.created(person)]
    else:
        person = known
        same = known.id == one.person_id
        changes = [
            Change.edited(
                known,
                kind=kind,
                knows=knows if same else knows or known.knows,
                contact=contact if same else contact or known.contact,
            )
        ]
    by, made = named_person(store, texts["by"])
    dates = _dates(store, one.mentee_id)
    after = replace(
        one,
        person_id=person.id,
        about=line(texts["about"]),
        by_id=by,
        planned_on=dates.read(texts["planned"]),
        done_on=dates.read(texts["done"]),
    )
    return [*changes, *made, _put(one, after, new=new)], one.id


def _known(store: Store, text: str, before: str) -> Person | None:
    """Return the person or network that is meant, or None for a new one."""
    typed = line(text).casefold()
    for person in store.all(Person):
        if person.name.casefold() == typed:
            return person
    found = find_person(store, text)
    return found if found is not None or not before else None


# -- actions --------------------------------------------------------------------------------------


def _who_names(store: Store, mentee_id: str) -> list[tuple[str, str]]:
    """Return (id, name) of those who can have an action: the mentee first."""
    mentee = store.get(Mentee, mentee_id)
    first = [(MENTEE, mentee.name)] if mentee else []
    return first + [(person.id, person.name) for person in people(store)]


def who_check(store: Store, mentee_id: str) -> Check:
    """Return a check like `person_check` that knows the mentee too."""
    persons = person_check(store)

    def check(text: str) -> str:
        names = [name for _id, name in _who_names(store, mentee_id)]
        fitting = match_names(names, text) if text.strip() else []
        if fitting and fitting[0] == 0:
            return _("{name} (the mentee)").format(name=names[0])
        return persons(text)

    return check


def who_suggest(store: Store, mentee_id: str) -> Suggest:
    """Return what offers names, the mentee's first."""

    def suggest(text: str) -> Sequence[str]:
        names = [name for _id, name in _who_names(store, mentee_id)]
        return [names[i] for i in match_names(names, text)] if text.strip() else names

    return suggest


def who_id(store: Store, mentee_id: str, text: str) -> tuple[str, list[Change]]:
    """Return who is meant (`MENTEE` or a person's id), and what makes a new person, if any."""
    typed = line(text)
    if not typed:
        return "", []
    known = _who_names(store, mentee_id)
    fitting = match_names([name for _id, name in known], typed)
    exact = [id for id, name in known if name.casefold() == typed.casefold()]
    if exact:
        return exact[0], []
    if fitting and fitting[0] == 0:
        return MENTEE, []
    return named_person(store, typed)


def action_form(store: Store, action: Action, *, new: bool) -> Form:
    """Return the form of an action: what, who, when. A new one may be filled in beforehand."""
    names = dict(_who_names(store, action.mentee_id))
    fields = [
        Field("what", _("What"), action.what, required=_("Say what was agreed")),
        Field(
            "who",
            _("Who"),
            names.get(action.who, ""),
            check=who_check(store, action.mentee_id),
            suggest=who_suggest(store, action.mentee_id),
        ),
        Field("due", _("When"), show_date(action.due), check=_dates(store, action.mentee_id).check),
    ]
    if not new:
        fields.append(
            Field("state", _("Where it stands"), action.state, "choice", choices(ActionState))
        )
    title = _("New action") if new else _("Action")
    return Form("action", title, fields, partial(_agreed, store, action, new))


def _agreed(store: Store, action: Action, new: bool, texts: Texts) -> tuple[list[Change], str]:
    who, made = who_id(store, action.mentee_id, texts["who"])
    state = ActionState(texts.get("state", action.state))
    after = replace(
        action,
        what=line(texts["what"]),
        who=who,
        due=_dates(store, action.mentee_id).read(texts["due"]),
        state=state,
        done_on=(action.done_on or today()) if state is ActionState.DONE else None,
    )
    return [*made, _put(action, after, new=new)], action.id


# -- case systems and doubts ----------------------------------------------------------------------


def _system_form(store: Store, duty: Duty, *, new: bool) -> Form:
    fields = [
        field for field in duty_fields(duty, _dates(store, duty.mentee_id)) if field.key != "kind"
    ]
    title = _("New case system") if new else duty.text

    def changes(texts: Texts) -> tuple[list[Change], str]:
        dates = _dates(store, duty.mentee_id)
        filled = filled_duty(duty, {**texts, "kind": duty.kind}, dates)
        return [_put(duty, filled, new=new)], duty.id

    return Form("system", title, fields, changes)


def _doubt_form(store: Store, note: Note, *, new: bool) -> Form:
    dates = _dates(store, note.mentee_id)
    fields = [
        Field(
            "text",
            _("Doubt or question"),
            note.text,
            "lines",
            required=_("Write the doubt or question"),
        ),
        Field("answered", _("Answered on"), show_date(note.answered_on), check=dates.check),
    ]

    def changes(texts: Texts) -> tuple[list[Change], str]:
        after = replace(
            note,
            text=lines(texts["text"]),
            answered_on=dates.read(texts["answered"]),
        )
        return [_put(note, after, new=new)], note.id

    return Form("doubt", _("Doubt or question"), fields, changes)
