"""What is typed into the fields of a task, as changes: in the grid, in forms and line by line."""

from __future__ import annotations

from collections.abc import Mapping

from data.clock import today
from data.i18n import _
from data.method.plan.changes import set_goals
from data.method.plan.fields import Kind, Reading, TaskField, field_label, field_of, typed
from data.method.view import MenteeView
from data.method.words import word
from data.queries.own_person import mentor_name
from data.queries.persons import person_of
from data.records import Task
from data.store.change import Change
from data.store.store import Store
from data.text import shorten


def options(field: TaskField) -> tuple[tuple[str, str], ...]:
    """Return what can be chosen in a field, as pairs of value and word; nothing if it is typed.

    That none of them is chosen is not among them; `TaskField.may_be_none` tells of it.
    """
    if field.kind is Kind.YES:
        return ("", _("no")), ("yes", _("yes"))
    return tuple((value, word(value)) for value in field.values or ())


def step_name(key: str, task: Task) -> str:
    """Return the name of the step of undo for an edit of one field of a task."""
    return _("{field}: {task}").format(field=field_label(key), task=shorten(task.title, 30))


def typed_fields(
    store: Store,
    view: MenteeView,
    task: Task,
    texts: Mapping[str, str],
    *,
    whole_names: bool = False,
) -> list[Change]:
    """Return the changes that the texts typed into a task's fields call for.

    Changes that create persons and learning goals come first, then the one change of the task.

    Args:
        store: Where persons are looked up.
        view: The mentee's records as the user saw them.
        task: The task as the user saw it.
        texts: The texts by key of the field; the fields' checks have accepted them.
        whole_names: Whether only a whole name means anybody.
    """
    others: list[Change] = []

    def person(before: str, text: str) -> str:
        id, new = person_of(store, view, before, text, whole=whole_names)
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
