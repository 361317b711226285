"""A text that clashed in a form is put in again by what the form itself does with it.

What is typed in a form is not always what a record holds: "person" is a name there and becomes an
id, and moving a talk does more than to change its day. So the form is made anew, with what is
stored now, and answers as if the text had been typed in it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from data.dates import EntryError
from data.queries.clashes import record_of
from data.queries.views import mentee_view
from data.records import (
    Action,
    Answer,
    Conflict,
    Introduction,
    Mentee,
    Note,
    Person,
    Record,
    Role,
    Talk,
    Task,
)
from data.store.change import Change
from data.store.store import Store
from screens.actions.forms import action_form
from screens.dialogs.ask_again import only_problems
from screens.dialogs.edit_record import Form
from screens.dialogs.form import Field, Filled
from screens.frame.entries import dates_from, day_meant
from screens.note.day import day_changes, day_form
from screens.people.forms import introduction_form
from screens.plan.forms import PlanForms
from screens.roles.forms import role_changes, role_form
from screens.talk.correct_forms import when_changes, when_form, word_changes, words_form
from screens.talk.forms import (
    move_form,
    next_talk_changes,
    next_talk_form,
    postpone_form,
    pulse_changes,
    pulse_form,
    talk_moved,
    talk_postponed,
)

Made = tuple[Form, Callable[[Filled], Sequence[Change]]]
"""A form as it would open now, and the changes that its texts call for."""


def _plan(store: Store, record: Record) -> PlanForms | None:
    id = record.mentee_id if isinstance(record, Task) else record.id
    mentee = store.get(Mentee, id)
    return PlanForms(store, mentee_view(store, mentee)) if mentee is not None else None


def _task(store: Store, record: Record) -> Made | None:
    plan = _plan(store, record)
    if plan is None or not isinstance(record, Task):
        return None
    return plan.all_fields(record, ""), lambda texts: plan.edited(record, texts)


def _agreed(store: Store, record: Record) -> Made | None:
    plan = _plan(store, record)
    return (plan.agreement(), plan.agreed) if plan is not None else None


def _columns(store: Store, record: Record) -> Made | None:
    plan = _plan(store, record)
    return (plan.own_columns(), plan.with_columns) if plan is not None else None


def _introduction(store: Store, record: Record) -> Made | None:
    if not isinstance(record, Introduction):
        return None
    found = introduction_form(store, record)
    return found.form, found.changes


def _action(store: Store, record: Record) -> Made | None:
    if not isinstance(record, Action):
        return None
    found = action_form(store, record)
    return found.form, found.changes


def _role(store: Store, record: Record) -> Made | None:
    if not isinstance(record, Role):
        return None
    person = store.get(Person, record.person_id)
    mentee = store.get(Mentee, record.mentee_id)
    dates = dates_from(mentee.start if mentee else None)

    def changes(texts: Filled) -> Sequence[Change]:
        return role_changes(store, record, person, texts, dates)

    return role_form(store, record, dates), changes


def _talk(store: Store, record: Record) -> tuple[Talk, Mentee] | None:
    mentee = store.get(Mentee, record.mentee_id) if isinstance(record, Talk) else None
    return (record, mentee) if isinstance(record, Talk) and mentee is not None else None


def _move(store: Store, record: Record) -> Made | None:
    found = _talk(store, record)
    return (move_form(*found), lambda texts: talk_moved(*found, texts)) if found else None


def _postpone(store: Store, record: Record) -> Made | None:
    found = _talk(store, record)
    return (postpone_form(*found), lambda texts: talk_postponed(*found, texts)) if found else None


def _next_talk(store: Store, record: Record) -> Made | None:
    found = _talk(store, record)
    if found is None:
        return None
    talk, view = found[0], mentee_view(store, found[1])
    return next_talk_form(view, talk), lambda texts: next_talk_changes(view, talk, texts)


def _held(store: Store, record: Record) -> Made | None:
    found = _talk(store, record)
    return (when_form(*found), lambda texts: when_changes(*found, texts)) if found else None


def _words(store: Store, record: Record) -> Made | None:
    mentee = store.get(Mentee, record.mentee_id) if isinstance(record, Answer) else None
    if not isinstance(record, Answer) or mentee is None:
        return None
    view = mentee_view(store, mentee)
    return words_form(record), lambda texts: word_changes(view, record, texts)


def _note_day(store: Store, record: Record) -> Made | None:
    if not isinstance(record, Note):
        return None
    mentee = store.get(Mentee, record.mentee_id)
    return day_form(record, mentee), lambda texts: day_changes(record, mentee, texts)


def _pulse(_store: Store, record: Record) -> Made | None:
    if not isinstance(record, Answer):
        return None
    return pulse_form(record.pulse), lambda texts: pulse_changes(record, texts)


_FORMS: Final[dict[str, Callable[[Store, Record], Made | None]]] = {
    "task": _task,
    "plan_agreed": _agreed,
    "own_columns": _columns,
    "introduction": _introduction,
    "action": _action,
    "role": _role,
    "move": _move,
    "postpone": _postpone,
    "next_talk": _next_talk,
    "three_words": _pulse,
    "held": _held,
    "words": _words,
    "note_day": _note_day,
}
"""By kind: the forms whose keys are not all fields of their record.

Steps and checks are not among them: each is a new line in a list that only grows, so a single date
of one cannot be put in by itself. Nor is the agreement in a talk: the mentee gives its initials."""


@dataclass(frozen=True, slots=True)
class FormField:
    """A field in which a text clashed, in its form as it would open now."""

    field: Field
    form: Form
    changes_of: Callable[[Filled], Sequence[Change]]

    def shown(self, text: str) -> str:
        """Return a text as the form shows it: a choice by its name, a date in full."""
        labels = {choice.value: choice.label for choice in self.field.choices}
        return labels.get(text) or day_meant(self.field.check, text) or text

    def theirs(self, conflict: Conflict) -> str:
        """Return what stands there now; where the form only proposes, what was taken instead."""
        value = conflict.theirs if self.field.proposed else self.field.value
        return self.shown(value)

    @property
    def is_text(self) -> bool:
        """Whether it holds free text, so that one text can be put after the other."""
        return self.field.kind != "choice" and self.field.check is None

    def changes(self, text: str) -> list[Change]:
        """Return the changes of the form with the text in its field; none if it changes nothing.

        Raises:
            EntryError: The text cannot stand there, which the message says.
        """
        texts = {one.key: one.value for one in self.form.fields} | {self.field.key: text}
        if self.field.check is not None:
            self.field.check(text)
        wrong = "" if text.strip() else self.field.required
        wrong = wrong or only_problems(self.form.validate)(texts)
        if wrong:
            raise EntryError(wrong)
        made = self.changes_of(Filled(texts, [self.field.key]))
        return [change for change in made if not change.is_empty]


def form_field(store: Store, conflict: Conflict) -> FormField | None:
    """Return the field of the form in which the text clashed.

    None where it was typed in no form, or in one whose texts are the fields of its record; and
    where the record is gone.
    """
    record, make = record_of(store, conflict), _FORMS.get(conflict.of_form)
    made = make(store, record) if make is not None and record is not None else None
    if made is None:
        return None
    form, changes = made
    field = next((one for one in form.fields if one.key == conflict.of_field), None)
    return FormField(field, form, changes) if field is not None else None
