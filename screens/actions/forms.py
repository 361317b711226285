"""The forms of actions, of doubts and questions, and of case systems."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from data.clock import now, today
from data.dates import show_date
from data.i18n import _
from data.method.actions import with_state
from data.queries.persons import who_id, who_names
from data.records import Action, ActionState, Duty, DutyKind, Note, NoteKind
from data.store.change import Change
from data.store.store import Store
from data.text import line, lines, match_names
from screens.dialogs.ask_again import Validate, asking
from screens.dialogs.edit_record import Form
from screens.dialogs.form import Field, Filled
from screens.frame.entries import choices, person_check
from screens.mentee.record_form import RecordForm, dates_of, saving
from screens.roles.forms import duty_form, filled_duty
from widgets.checked_input import Check, Suggest

# -- actions --------------------------------------------------------------------------------------


def new_action(store: Store, mentee_id: str) -> RecordForm:
    """Return the form of a new action."""
    return action_form(store, Action(mentee_id=mentee_id, what=""))


def who_check(store: Store, mentee_id: str) -> Check:
    """Return a check like `person_check` that accepts the mentee's name too."""
    persons = person_check(store)

    def check(text: str) -> str:
        names = [name for _id, name in who_names(store, mentee_id)]
        fitting = match_names(names, text) if text.strip() else []
        if fitting and fitting[0] == 0:
            return _("{name} (the mentee)").format(name=names[0])
        return persons(text)

    return check


def who_suggest(store: Store, mentee_id: str) -> Suggest:
    """Return a function that completes the names of all who can have an action."""

    def suggest(text: str) -> Sequence[str]:
        names = [name for _id, name in who_names(store, mentee_id)]
        return [names[i] for i in match_names(names, text)] if text.strip() else names

    return suggest


def action_step_name(texts: Filled) -> str:
    """Return the name of the step of undo that creates or edits an action."""
    return _("Action “{what}”").format(what=texts["what"])


def action_form(store: Store, action: Action) -> RecordForm:
    """Return the form of an action: what, who, when. The cursor begins in "what".

    A line that it is made of stands there with the cursor behind it: what was only said does not
    become an agreement unread, and Ctrl+U empties it.

    Args:
        store: Where persons are looked up.
        action: The action; a new one may have some fields filled in already.
    """
    names = dict(who_names(store, action.mentee_id))
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
            check=dates_of(store, action.mentee_id).check,
        ),
    ]
    if action.rev:
        fields.append(Field("state", _("Status"), action.state, "choice", choices(ActionState)))
    title = _("Action") if action.rev else _("New action")
    form = Form("action", title, fields, asking(_new_person(store, action)))
    return RecordForm(form, action, partial(_action_changes, store, action))


def _new_person(store: Store, action: Action) -> Validate:
    """Return what says that a typed name is nobody's yet: no person is made by a slip."""

    def doubt(texts: Mapping[str, str]) -> str:
        if not who_id(store, action.mentee_id, texts["who"])[1]:
            return ""
        return _("“{name}” is not known yet; Ctrl+S or F10 again adds a new person.").format(
            name=line(texts["who"])
        )

    return doubt


def _action_changes(store: Store, action: Action, texts: Filled) -> list[Change]:
    """Return the changes of an action; `data.method.actions` says which day it keeps."""
    new_person: list[Change] = []
    who: dict[str, Any] = {}
    if "who" in texts.changed:
        who["who"], new_person = who_id(store, action.mentee_id, texts["who"])
    day = dates_of(store, action.mentee_id).read
    read = texts.read(what=line, due=day, state=ActionState)
    state = read.pop("state", action.state)
    after = with_state(replace(action, **who, **read), state, today())
    return [*new_person, saving(action, after)]


# -- doubts ---------------------------------------------------------------------------------------


def new_doubt(store: Store, mentee_id: str) -> RecordForm:
    """Return the form of a new doubt or question."""
    doubt = Note(mentee_id=mentee_id, kind=NoteKind.DOUBT, at=now(), private=True)
    return doubt_form(store, doubt)


def doubt_form(store: Store, note: Note, *, answered: bool = False) -> RecordForm:
    """Return the form of a doubt; `answered` proposes today, with the cursor in the answer."""
    dates = dates_of(store, note.mentee_id).done
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
        return [saving(note, after)]

    first = "answer" if answered else ""
    form = Form("doubt", _("Doubt or question"), fields, first=first)
    return RecordForm(form, note, changes)


def answer_form(store: Store, note: Note) -> RecordForm:
    """Return the form in which an open doubt is answered."""
    return doubt_form(store, note, answered=True)


# -- case systems ---------------------------------------------------------------------------------


def new_system(store: Store, mentee_id: str) -> RecordForm:
    """Return the form of a new case system, last in the order of duties."""
    order = max((one.order for one in store.of(Duty, mentee_id)), default=0.0) + 1
    duty = Duty(mentee_id=mentee_id, text="", kind=DutyKind.SYSTEM, order=order)
    return system_form(store, duty)


def system_form(store: Store, duty: Duty) -> RecordForm:
    """Return the form of a case system."""
    dates = dates_of(store, duty.mentee_id)
    title = duty.text if duty.rev else _("New case system")
    form = duty_form(duty, dates, title=title, system=True)

    def changes(texts: Filled) -> list[Change]:
        return [saving(duty, filled_duty(dates, duty, texts))]

    return RecordForm(form, duty, changes)
