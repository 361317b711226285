"""How the fields of a task are typed, in the cells of the grid and in forms alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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
"""How a form asks for the kinds that are not a line of text."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What helps to fill in the fields of a task of one mentee."""

    store: Store
    mentee: Mentee

    def choices(self, field: TaskField) -> tuple[Choice, ...]:
        """Return what can be chosen; nothing where it is written."""
        if field.kind is Kind.YES:
            return lettered(("", _("no")), ("yes", _("yes")))
        if field.values is None:
            return ()
        return choices(field.values, none=_("none") if field.may_be_none else "")

    def check(self, field: TaskField) -> Check | None:
        """Return what says how a typed text is understood; None where any text is."""
        if field.kind is Kind.DATE:
            return dates_from(self.mentee.start).check
        if field.kind is Kind.PERSON:
            return person_check(self.store)
        return duration_check if field.kind is Kind.DURATION else None

    def suggest(self, field: TaskField) -> Suggest | None:
        """Return what offers the rest of what is typed, where that can be known."""
        if field.kind is Kind.PERSON:
            return person_suggest(self.store)
        return self._types if field.key == "type" else None

    def field(self, field: TaskField, task: Task, view: MenteeView) -> Field:
        """Return the field of a form, with what the task has in it."""
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
    """Return the id of the person a typed name means, and what makes a new one.

    An unchanged name keeps the person `before`, also one that is no longer offered.
    """
    if before and line(text) == line(view.name_of(before)):
        return before, []
    return person_id(store, text)


def typed_fields(
    store: Store, view: MenteeView, task: Task, texts: Mapping[str, str]
) -> list[Change]:
    """Return what the texts typed into fields of the task, by their keys, change.

    The checks of the fields must have accepted them. New persons and learning goals come first, and
    then one change of the task.
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
