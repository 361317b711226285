"""The forms of the screen of people: introductions, actions, case systems and doubts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from data.clock import now, today
from data.dates import show_date
from data.i18n import _
from data.method.actions import with_state
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
from data.text import line, lines, match_names
from screens.dialogs.ask_again import Validate, asking
from screens.dialogs.edit_record import Asker, Form, Name, create_records, edit_records
from screens.dialogs.form import Field, Filled
from screens.frame.entries import (
    Dates,
    choices,
    dates_from,
    find_person,
    people,
    person_check,
    person_suggest,
)
from screens.frame.entries import person_id as named_person
from screens.roles.forms import duty_form, filled_duty
from widgets.checked_input import Check, Suggest


@dataclass(frozen=True, slots=True)
class RecordForm:
    """A form, the record that it shows, and the changes that its texts call for."""

    form: Form
    record: Introduction | Action | Duty | Note
    """The record as it was when the form was made. A new record is not stored yet."""
    changes: Callable[[Filled], list[Change]]

    @property
    def is_new(self) -> bool:
        """Whether the form creates the record, instead of editing a stored one."""
        return not self.record.rev


async def fill_in(asker: Asker, form: RecordForm, what: Name) -> Filled | None:
    """Open the form, and commit the changes that it results in. Call it from a worker.

    Args:
        asker: Opens the form, and commits.
        form: The form.
        what: The name of the step of undo.

    Returns:
        The texts of the form; None if the user gave it up.
    """
    ask = create_records if form.is_new else edit_records
    return await ask(asker, form.record, form.form, form.changes, what)


def new_form(store: Store, kind: str, mentee_id: str) -> RecordForm | None:
    """Return the form of a new record; None if `kind` is none of the kinds of the screen."""
    if kind == "introduction":
        return _introduction_form(store, Introduction(mentee_id=mentee_id, person_id=""))
    if kind == "action":
        return action_form(store, Action(mentee_id=mentee_id, what=""))
    if kind == "system":
        duty = Duty(mentee_id=mentee_id, text="", kind=DutyKind.SYSTEM)
        order = max((one.order for one in store.of(Duty, mentee_id)), default=0.0) + 1
        return _system_form(store, replace(duty, order=order))
    if kind == "doubt":
        doubt = Note(mentee_id=mentee_id, kind=NoteKind.DOUBT, at=now(), private=True)
        return _doubt_form(store, doubt)
    return None


def form_of(store: Store, kind: str, id: str) -> RecordForm | None:
    """Return the form of a stored record; None if it has been deleted."""
    if kind == "introduction" and (one := store.get(Introduction, id)):
        return _introduction_form(store, one)
    if kind == "action" and (action := store.get(Action, id)):
        return action_form(store, action)
    if kind == "system" and (duty := store.get(Duty, id)):
        return _system_form(store, duty)
    if kind == "doubt" and (note := store.get(Note, id)):
        return _doubt_form(store, note)
    return None


def _dates(store: Store, mentee_id: str) -> Dates:
    mentee = store.get(Mentee, mentee_id)
    return dates_from(mentee.start if mentee else None)


def _saving(
    before: Introduction | Action | Duty | Note, after: Introduction | Action | Duty | Note
) -> Change:
    """Return the change that saves a record: it creates a new one, and edits a stored one."""
    if before.rev:
        return Change(after.table, after.id, before, after)
    return Change.created(after)


# -- introductions --------------------------------------------------------------------------------


def _introduction_form(store: Store, one: Introduction) -> RecordForm:
    person = store.get(Person, one.person_id)
    by = store.get(Person, one.by_id)
    check, suggest = person_check(store), person_suggest(store)
    dates = _dates(store, one.mentee_id)
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
        Field("planned_on", _("When"), show_date(one.planned_on), check=dates.check),
        Field("done_on", _("Done on"), show_date(one.done_on), check=dates.done.check),
    ]
    title = _("Introduction to {name}").format(name=name) if name else _("New introduction")
    form = Form("introduction", title, fields)
    return RecordForm(form, one, partial(_introduction_changes, store, one, person))


def _introduction_changes(
    store: Store, one: Introduction, shown: Person | None, texts: Filled
) -> list[Change]:
    """Return the changes of an introduction and of its person; `shown` is whom the form showed."""
    person = shown
    if shown is None or "name" in texts.changed:
        person = _known(store, texts["name"], shown)
    if person is None:
        about_person = texts.whole().read(kind=PersonKind, knows=line, contact=line)
        person = Person(name=line(texts["name"]), **about_person)
        changes = [Change.created(person)]
    else:
        # Of a known person only the fields change in which the user typed: the others may show
        # what is known about the person who was named before.
        about_person = texts.as_typed().read(kind=PersonKind, knows=line, contact=line)
        changes = [Change.edited(person, **about_person)]
    by: dict[str, Any] = {}
    if "by" in texts.changed:
        by["by_id"], new_person = named_person(store, texts["by"])
        changes += new_person
    dates = _dates(store, one.mentee_id)
    typed = texts.read(about=line, planned_on=dates.read, done_on=dates.done.read)
    return [*changes, _saving(one, replace(one, person_id=person.id, **by, **typed))]


def _known(store: Store, text: str, shown: Person | None) -> Person | None:
    """Return the person or network that a typed name means; None if it is a new one.

    `shown` is whom the form showed. If the name still means that person, it is returned as it was
    shown.
    """
    typed = line(text).casefold()
    for person in store.all(Person):
        if person.name.casefold() == typed:
            return shown if shown is not None and shown.id == person.id else person
    return find_person(store, text)


# -- actions --------------------------------------------------------------------------------------


def _who_names(store: Store, mentee_id: str) -> list[tuple[str, str]]:
    """Return pairs of id and name of all who can have an action, the mentee first."""
    mentee = store.get(Mentee, mentee_id)
    first = [(MENTEE, mentee.name)] if mentee else []
    return first + [(person.id, person.name) for person in people(store)]


def who_check(store: Store, mentee_id: str) -> Check:
    """Return a check like `person_check` that accepts the mentee's name too."""
    persons = person_check(store)

    def check(text: str) -> str:
        names = [name for _id, name in _who_names(store, mentee_id)]
        fitting = match_names(names, text) if text.strip() else []
        if fitting and fitting[0] == 0:
            return _("{name} (the mentee)").format(name=names[0])
        return persons(text)

    return check


def who_suggest(store: Store, mentee_id: str) -> Suggest:
    """Return a function that completes the names of all who can have an action."""

    def suggest(text: str) -> Sequence[str]:
        names = [name for _id, name in _who_names(store, mentee_id)]
        return [names[i] for i in match_names(names, text)] if text.strip() else names

    return suggest


def who_id(store: Store, mentee_id: str, text: str) -> tuple[str, list[Change]]:
    """Return the id that a typed name means, and the changes that create a person who is new.

    The id is `MENTEE` for the mentee, and "" if nothing was typed.
    """
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


def action_step_name(texts: Filled) -> str:
    """Return the name of the step of undo that creates or edits an action."""
    return _("Agreement “{what}”").format(what=texts["what"])


def action_form(store: Store, action: Action) -> RecordForm:
    """Return the form of an action: what, who, when. The cursor begins in "what".

    A line that it is made of stands there with the cursor behind it: what was only said does not
    become an agreement unread, and Ctrl+U empties it.

    Args:
        store: Where persons are looked up.
        action: The action; a new one may have some fields filled in already.
    """
    names = dict(_who_names(store, action.mentee_id))
    fields = [
        Field(
            "what",
            _("What"),
            action.what,
            required=_("Say what was agreed"),
        ),
        Field(
            "who",
            _("Who"),
            names.get(action.who, ""),
            check=who_check(store, action.mentee_id),
            suggest=who_suggest(store, action.mentee_id),
        ),
        Field(
            "due",
            _("When"),
            show_date(action.due),
            check=_dates(store, action.mentee_id).check,
        ),
    ]
    if action.rev:
        fields.append(
            Field("state", _("Where it stands"), action.state, "choice", choices(ActionState))
        )
    title = _("Action") if action.rev else _("New action")
    form = Form("action", title, fields, asking(_new_person(store, action)))
    return RecordForm(form, action, partial(_action_changes, store, action))


def _new_person(store: Store, action: Action) -> Validate:
    """Return what says that a typed name is nobody's yet: no person is made by a slip."""

    def doubt(texts: Mapping[str, str]) -> str:
        if not who_id(store, action.mentee_id, texts["who"])[1]:
            return ""
        return _("“{name}” is nobody yet, and would be a new person.").format(
            name=line(texts["who"])
        )

    return doubt


def _action_changes(store: Store, action: Action, texts: Filled) -> list[Change]:
    """Return the changes of an action; `data.method.actions` says which day it keeps."""
    new_person: list[Change] = []
    who: dict[str, Any] = {}
    if "who" in texts.changed:
        who["who"], new_person = who_id(store, action.mentee_id, texts["who"])
    day = _dates(store, action.mentee_id).read
    read = texts.read(what=line, due=day, state=ActionState)
    state = read.pop("state", action.state)
    after = with_state(replace(action, **who, **read), state, today())
    return [*new_person, _saving(action, after)]


# -- case systems and doubts ----------------------------------------------------------------------


def _system_form(store: Store, duty: Duty) -> RecordForm:
    dates = _dates(store, duty.mentee_id)
    title = duty.text if duty.rev else _("New case system")
    form = duty_form(duty, dates, title=title, kinds=False)

    def changes(texts: Filled) -> list[Change]:
        return [_saving(duty, filled_duty(dates, duty, texts))]

    return RecordForm(form, duty, changes)


def _doubt_form(store: Store, note: Note, *, answered: bool = False) -> RecordForm:
    """Return the form of a doubt; `answered` proposes today, with the cursor in the answer."""
    dates = _dates(store, note.mentee_id).done
    on = today() if answered else note.answered_on
    fields = [
        Field(
            "text",
            _("Doubt or question"),
            note.text,
            "lines",
            required=_("Write the doubt or question"),
        ),
        Field("answer", _("Answer"), note.answer, "lines"),
        Field(
            "answered_on",
            _("Answered on"),
            show_date(on),
            check=dates.check,
            proposed=answered,
        ),
    ]

    def changes(texts: Filled) -> list[Change]:
        after = replace(note, **texts.read(text=lines, answer=lines, answered_on=dates.read))
        if answered:
            after = replace(after, answered_on=dates.read(texts["answered_on"]))
        elif after.answer and not note.answer and after.answered_on is None:
            after = replace(after, answered_on=today())
        return [_saving(note, after)]

    first = "answer" if answered else ""
    form = Form("doubt", _("Doubt or question"), fields, first=first)
    return RecordForm(form, note, changes)


def answer_form(store: Store, note: Note) -> RecordForm:
    """Return the form in which an open doubt is answered."""
    return _doubt_form(store, note, answered=True)
