"""A change that was made to the plan in a talk, as a sentence (R56)."""

from __future__ import annotations

from data.i18n import _
from data.method.plan.fields import field_label, show_value
from data.method.view import MenteeView
from data.records import PlanEdit


def edit_text(edit: PlanEdit, view: MenteeView) -> str:
    """Return a change that was made to the plan in a talk, in one sentence (R56)."""
    if not edit.field:
        text = _("{task}: new in the plan") if edit.after else _("{task}: removed from the plan")
        return text.format(task=edit.task)
    label = field_label(edit.field)
    after = show_value(edit.field, edit.after, view)
    before = show_value(edit.field, edit.before, view)
    if not edit.before or "\n" in before:
        return _("{task}: {field}: {after}").format(task=edit.task, field=label, after=after)
    return _("{task}: {field}: {after} (before: {before})").format(
        task=edit.task, field=label, after=after or "–", before=before
    )
