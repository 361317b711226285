"""The plan is agreed by both, and later changes of what was agreed can be seen (R15, R56).

Training steps, status and what has been held or learned are progress; they do not change what was
agreed. Talks keep the edits that were made in them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from data.dates import show_date
from data.digest import sha256
from data.i18n import _
from data.method.plan.fields import EDITED, FIELDS, OWN, stored_text, value_of
from data.method.view import MenteeView
from data.records import Goal, Mentee, PlanEdit, Talk, Task
from data.store.change import Change

_FIRST: Final = (
    "title",
    "type",
    "description",
    "priority",
    "estimate_min",
    "sparring_on",
    "sparring_with",
    "next_step",
    "potential",
    "needs_check",
)
"""Fields that agreements have covered from the beginning, in the order of their digest.

It stays as it is, or every plan would read as changed since it was agreed. Fields that are covered
later count where they hold something.
"""


def _digest(view: MenteeView, task: Task) -> str:
    """Return what tells whether a row is as it was agreed: its fields and its learning goals."""
    values: list[object] = [getattr(task, key) for key in _FIRST]
    values.append(sorted((name, text) for name, text in task.extra.items() if text))
    values += sorted((goal.text, goal.kind.value, str(goal.due)) for goal in view.goals_of(task.id))
    for field in FIELDS:
        if (
            field.agreed
            and field.key not in _FIRST
            and (value := stored_text(value_of(task, field.key)))
        ):
            values.append((field.key, value))
    return sha256(repr(values).encode()).hex()[:16]


def _stamp(view: MenteeView, names: Sequence[str], on: date) -> dict[str, Any]:
    return {
        "plan_agreed_on": on,
        "plan_agreed_by": tuple(names),
        "plan_agreed_rows": {task.id: _digest(view, task) for task in view.tasks},
    }


def agree(view: MenteeView, names: Sequence[str], on: date) -> Change:
    """Stamp the plan as agreed by these people today (R15)."""
    return Change.edited(view.mentee, **_stamp(view, names, on))


@dataclass(frozen=True, slots=True)
class SinceAgreed:
    """How the plan differs from what was agreed."""

    changed: tuple[str, ...] = ()
    """Ids of tasks."""
    added: tuple[str, ...] = ()
    gone: int = 0

    def __bool__(self) -> bool:
        return bool(self.changed or self.added or self.gone)

    @property
    def number(self) -> int:
        """How many rows differ."""
        return len(self.changed) + len(self.added) + self.gone

    def sign(self, task_id: str) -> str:
        """Return what stands before the name of a row: "*" changed, "+" new, "" as agreed."""
        return "*" if task_id in self.changed else "+" if task_id in self.added else ""


def changed_since_agreed(view: MenteeView) -> SinceAgreed:
    """Return what differs from the agreed plan; nothing where none was agreed.

    An edit that is taken back is no difference.
    """
    rows = view.mentee.plan_agreed_rows
    if view.mentee.plan_agreed_on is None or not rows:
        return SinceAgreed()
    ids = {task.id for task in view.tasks}
    known = [task for task in view.tasks if task.id in rows]
    return SinceAgreed(
        changed=tuple(task.id for task in known if _digest(view, task) != rows[task.id]),
        added=tuple(task.id for task in view.tasks if task.id not in rows),
        gone=len(rows.keys() - ids),
    )


def agreed_words(mentee: Mentee, since: SinceAgreed) -> list[str]:
    """Return when the plan was agreed, how much differs since, and when it was updated together.

    Each is a few words; there are none where the plan has not been agreed.
    """
    if mentee.plan_agreed_on is None:
        return []
    words = [_("Agreed {date}").format(date=show_date(mentee.plan_agreed_on))]
    if since:
        words.append(_("changed since agreed: {number}").format(number=since.number))
    if mentee.plan_updated_on is not None:
        day = show_date(mentee.plan_updated_on)
        words.append(_("updated together {date}").format(date=day))
    return words


def rows_since_agreed(view: MenteeView, since: SinceAgreed) -> str:
    """Return the names of the rows that differ from what was agreed, in a sentence, or ""."""

    def names(ids: Iterable[str]) -> str:
        return ", ".join(task.title for task in view.tasks if task.id in ids)

    parts = [
        (_("Changed since agreed: {tasks}."), names(since.changed)),
        (_("New since agreed: {tasks}."), names(since.added)),
    ]
    return " ".join(text.format(tasks=tasks) for text, tasks in parts if tasks)


def plan_edits(changes: Iterable[Change], tasks: Iterable[Task]) -> list[PlanEdit]:
    """Return the edits that these changes make to the plan, field by field.

    `tasks` name the tasks of goals. `data.method.plan.fields` words the values.
    """
    titles = {task.id: task.title for task in tasks}
    found: list[PlanEdit] = []
    for change in changes:
        record = change.record
        if isinstance(record, Task):
            found += _task_edits(change, record)
        elif isinstance(record, Goal):
            title = titles.get(record.task_id, "")
            found += [replace(edit, task=title) for edit in _goal_edits(change, record)]
    return found


def _task_edits(change: Change, task: Task) -> list[PlanEdit]:
    before, after = change.before, change.after
    if before is None or after is None:
        old, new = ("", task.title) if before is None else (task.title, "")
        return [PlanEdit(task_id=task.id, task=task.title, field="", before=old, after=new)]
    pairs = [
        (name, stored_text(getattr(before, name)), stored_text(getattr(after, name)))
        for name in EDITED
    ]
    if isinstance(before, Task) and isinstance(after, Task):
        for name in sorted(before.extra.keys() | after.extra.keys()):
            pairs.append((OWN + name, before.extra.get(name, ""), after.extra.get(name, "")))
    return [
        PlanEdit(task_id=task.id, task=task.title, field=name, before=old, after=new)
        for name, old, new in pairs
        if old != new
    ]


def _goal_edits(change: Change, goal: Goal) -> list[PlanEdit]:
    old = change.before if isinstance(change.before, Goal) else None
    new = change.after if isinstance(change.after, Goal) else None
    pairs = [("goal.text", old.text if old else "", new.text if new else "")]
    if old and new:
        pairs += [
            ("goal.kind", stored_text(old.kind), stored_text(new.kind)),
            ("goal.due", stored_text(old.due), stored_text(new.due)),
        ]
        if old.status is not new.status:
            pairs.append(
                (
                    "goal.status",
                    f"{new.text}: {old.status.value}",
                    f"{new.text}: {new.status.value}",
                )
            )
    return [
        PlanEdit(task_id=goal.task_id, task="", field=name, before=before, after=after)
        for name, before, after in pairs
        if before != after
    ]


def merge_edits(known: Iterable[PlanEdit], fresh: Iterable[PlanEdit]) -> tuple[PlanEdit, ...]:
    """Return the edits of a talk with new ones added; an edit taken back falls away.

    Two edits of one field become one, from the first value to the last.
    """
    merged = list(known)
    for edit in fresh:
        place = next(
            (
                place
                for place, old in enumerate(merged)
                if (old.task_id, old.field, old.after) == (edit.task_id, edit.field, edit.before)
            ),
            None,
        )
        if place is None:
            merged.append(edit)
            continue
        whole = replace(edit, before=merged[place].before)
        if whole.before != whole.after:
            merged[place] = whole
        elif whole.field:
            del merged[place]
        else:  # a row that came and went in this talk
            merged = [old for old in merged if old.task_id != edit.task_id]
    return tuple(merged)


def note_edits(talk: Talk, changes: Iterable[Change], tasks: Iterable[Task]) -> list[Change]:
    """Return the change that keeps what these changes did to the plan with the talk (R56).

    Commit it together with them, so that one undo takes back both.
    """
    edits = merge_edits(talk.plan_edits, plan_edits(changes, tasks))
    return [] if edits == talk.plan_edits else [Change.edited(talk, plan_edits=edits)]


def updated_together(view: MenteeView, talk: Talk, names: Sequence[str], on: date) -> list[Change]:
    """Stamp the plan as updated together in this talk: it is agreed anew, as by `agree` (R56).

    A plan without tasks is nothing to agree on: no changes.
    """
    if not view.tasks:
        return []
    return [
        Change.edited(view.mentee, **_stamp(view, names, on), plan_updated_on=on),
        Change.edited(talk, plan_updated_on=on),
    ]
