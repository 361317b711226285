"""How the fields of a task are filled in, both in the cells of the grid and in forms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from data.i18n import _
from data.method.plan.fields import (
    Kind,
    TaskField,
    stored_text,
    text_of,
    value_of,
)
from data.method.plan.recall import task_types
from data.method.view import MenteeView
from data.queries.typed_task import options
from data.records import Mentee, Task
from data.store.store import Store
from data.text import match_names
from screens.dialogs.form import Field
from screens.frame.entries import (
    choices,
    dates_from,
    duration_check,
    person_check,
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
        if field.values is not None:
            return choices(field.values, none=_("none") if field.may_be_none else "")
        return lettered(*options(field))

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
