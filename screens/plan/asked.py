"""How the fields of a task are filled in, both in the cells of the grid and in forms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from data.clock import today
from data.i18n import _
from data.method.plan.changes import set_goals
from data.method.plan.fields import (
    Kind,
    Reading,
    TaskField,
    field_of,
    stored_text,
    text_of,
    typed,
    value_of,
)
from data.method.plan.recall import task_types
from data.method.view import MenteeView
from data.queries.own_person import mentor_name
from data.records import Mentee, Task
from data.store.change import Change
from data.store.store import Store
from data.text import line, match_names
from screens.dialogs.form import Field
from screens.frame.entries import (
    choices,
    dates_from,
    duration_check,
    person_check,
    person_id,
    person_suggest,
)
from widgets.checked_input import Check, Suggest
from widgets.grid import Choice, lettered

_FORM_KINDS: Final[dict[Kind, Literal["lines", "choice"]]] = {
    Kind.LINES: "lines",
    Kind.GOALS: "lines",
    Kind.CHOICE: "choice",
    Kind.YES: "choice",
}
"""How a form asks for the kinds of fields that are not a line of text."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Knows the choices, checks and suggestions for the fields of a mentee's tasks."""

    store: Store
    mentee: Mentee

    def choices(self, field: TaskField) -> tuple[Choice, ...]:
        """Return what can be chosen in a field; nothing if its text is typed."""
        if field.kind is Kind.YES:
            return lettered(("", _("no")), ("yes", _("yes")))
        if field.values is None:
            return ()
        return choices(field.values, none=_("none") if field.may_be_none else "")

    def check(self, field: TaskField) -> Check | None:
        """Return the function that checks what is typed; None if every text is valid."""
        if field.kind is Kind.DATE:
            return replace(dates_from(self.mentee.start), lean=field.lean).check
        if field.kind is Kind.PERSON:
            return person_check(self.store)
        return duration_check if field.kind is Kind.DURATION else None

    def suggest(self, field: TaskField) -> Suggest | None:
        """Return the function that completes what is typed; None if nothing can be offered."""
        if field.kind is Kind.PERSON:
            return person_suggest(self.store)
        return self._types if field.key == "type" else None

    def field(self, field: TaskField, task: Task, view: MenteeView) -> Field:
        """Return the field as a form shows it, with the value that the task in `view` has."""
        value = value_of(task, field.key) if field.is_choice else None
        return Field(
            field.key,
            _("Learning goals, one a line") if field.kind is Kind.GOALS else field.name,
            stored_text(value) if field.is_choice else text_of(field, task, view),
            _FORM_KINDS.get(field.kind, "text"),
            self.choices(field),
            self.check(field),
            self.suggest(field),
            _("A task needs a name") if field.key == "title" else "",
            self._hint(field),
        )

    def _hint(self, field: TaskField) -> str:
        if field.key == "type":
            some = self._types("")
            return (
                _("↓ shows the types in use") if some else _("for example: talk, visit, decision")
            )
        return _("for example 3h, 1.5h, 2d, 1w") if field.kind is Kind.DURATION else ""

    def _types(self, text: str) -> Sequence[str]:
        types = task_types(self.store.of(Task, self.mentee.id))
        return [types[i] for i in match_names(types, text)] if text.strip() else types


def person_of(store: Store, view: MenteeView, before: str, text: str) -> tuple[str, list[Change]]:
    """Return the id of the person that a typed name means, and the changes that create a new one.

    Args:
        store: Where the persons are looked up.
        view: The mentee's records as the user saw them.
        before: Id of the person who stood in the field, or "". An unchanged name keeps that person,
            even one who is no longer offered.
        text: The typed name.
    """
    if before and line(text) == line(view.name_of(before)):
        return before, []
    return person_id(store, text)


def typed_fields(
    store: Store, view: MenteeView, task: Task, texts: Mapping[str, str]
) -> list[Change]:
    """Return the changes that the texts typed into a task's fields call for.

    Changes that create persons and learning goals come first, then the one change of the task.

    Args:
        store: Where persons are looked up.
        view: The mentee's records as the user saw them.
        task: The task as the user saw it.
        texts: The texts by key of the field; the fields' checks have accepted them.
    """
    others: list[Change] = []

    def person(before: str, text: str) -> str:
        id, new = person_of(store, view, before, text)
        others.extend(new)
        return id

    reading = Reading(today(), view.mentee.start, mentor_name(store, view), person)
    after = task
    for key, text in texts.items():
        if field_of(key).kind is Kind.GOALS:
            others += set_goals(view, task.id, text)
        else:
            after = typed(after, key, text, reading)
    return [*others, Change.between(task, after)]
