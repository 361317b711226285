"""The plan is agreed on together, and shows what has changed since then (R15, R56).

Training steps, status, and what was held or learned are progress, and do not change what was
agreed. Each talk stores the edits that were made to the plan in it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

from data.dates import show_date
from data.digest import sha256
from data.frozen import immutable
from data.i18n import _
from data.method.indexed import once_for_each
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
"""The fields that the first version of the program included in the digest, in their order.

Never change it, or every plan agreed before would be shown as changed. A field that is agreed on
but not listed here is included in the digest only if it has a value.
"""

INITIALS: Final = 6
"""The most characters that initials have."""


_KEPT: Final = 4096
"""So many digests are kept."""
_digests: dict[str, tuple[Task, tuple[Goal, ...], str]] = {}
"""Id of a task -> what its digest was made of, and the digest."""


def _digest(view: MenteeView, task: Task) -> str:
    """Return a digest of what is agreed about a task: its fields and its learning goals."""
    goals = view.goals_of(task.id)
    known, its_goals, digest = _digests.get(task.id, (None, (), ""))
    if known is not task or its_goals != goals:
        if len(_digests) >= _KEPT:
            _digests.clear()
        digest = _made_digest(task, goals)
        _digests[task.id] = (task, goals, digest)
    return digest


def _made_digest(task: Task, goals: Iterable[Goal]) -> str:
    values: list[object] = [getattr(task, key) for key in _FIRST]
    values.append(sorted((name, text) for name, text in task.extra.items() if text))
    values += sorted((goal.text, goal.kind.value, str(goal.due)) for goal in goals)
    for field in FIELDS:
        if (
            field.agreed
            and field.key not in _FIRST
            and (value := stored_text(value_of(task, field.key)))
        ):
            values.append((field.key, value))
    return sha256(repr(values).encode()).hex()[:16]


def _stamp(view: MenteeView, names: Sequence[str], on: date, initials: str) -> dict[str, Any]:
    """Return the fields of the mentee that store the plan as agreed by these people on a day."""
    fields: dict[str, Any] = {
        "plan_agreed_on": on,
        "plan_agreed_by": tuple(names),
        "plan_agreed_initials": initials,
        "plan_agreed_rows": {task.id: _digest(view, task) for task in view.tasks},
    }
    return {**fields, "plan_agreed_sum": stamp_sum(replace(view.mentee, **fields))}


def stamp_sum(mentee: Mentee) -> str:
    """Return the checksum of a stamp: who agreed, when, with what initials, on which plan (R15)."""
    rows = sorted(mentee.plan_agreed_rows.items())
    stamp = (mentee.plan_agreed_by, mentee.plan_agreed_initials, str(mentee.plan_agreed_on), rows)
    return sha256(repr(stamp).encode()).hex()


def stamp_holds(mentee: Mentee) -> bool:
    """Whether the stamp is as it was set. One of an older file has no checksum, and holds."""
    return mentee.plan_agreed_sum in ("", stamp_sum(mentee))


def initials_check(text: str) -> str:
    """Return "" for initials, such as "mh" or "M.H.". Raises `ValueError` for anything longer."""
    letters = [char for char in text if char.isalpha()]
    if text.strip() and not (letters and len(text.strip()) <= INITIALS):
        raise ValueError(_("Initials are a few letters, such as MH"))
    return ""


def agree(view: MenteeView, names: Sequence[str], on: date, initials: str = "") -> Change:
    """Return the change that stamps the plan as agreed by these people on a day (R15).

    `names` are the mentee's and the mentor's; `initials` is what the mentee typed to agree.
    """
    return Change.edited(view.mentee, **_stamp(view, names, on, initials))


@immutable
class SinceAgreed:
    """How the plan differs from what was agreed."""

    changed: tuple[str, ...] = ()
    """Ids of tasks that were agreed on, and have changed."""
    added: tuple[str, ...] = ()
    """Ids of tasks that are new."""
    gone: int = 0
    """How many of the tasks that were agreed on have been deleted."""

    def __bool__(self) -> bool:
        return bool(self.changed or self.added or self.gone)

    @property
    def number(self) -> int:
        """How many tasks differ in all."""
        return len(self.changed) + len(self.added) + self.gone

    def sign(self, task_id: str) -> str:
        """Return the mark of a task: "*" if it has changed, "+" if it is new, "" if as agreed."""
        return _signs(self).get(task_id, "")


@once_for_each
def _signs(since: SinceAgreed) -> dict[str, str]:
    return {**dict.fromkeys(since.added, "+"), **dict.fromkeys(since.changed, "*")}


@once_for_each
def changed_since_agreed(view: MenteeView) -> SinceAgreed:
    """Return how the plan differs from what was agreed; not at all if none was agreed.

    A value that was changed and then changed back is no difference.
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


def awaits_agreement(view: MenteeView, talk: Talk) -> bool:
    """Whether the plan is to be agreed on in this talk, by asking or when both have looked at it.

    It is until it was updated together in the talk; then again when a task that the talk has
    changed, added or deleted differs from what was agreed. A plan without tasks is not.
    """
    if not view.tasks or talk.plan_updated_on is None:
        return bool(view.tasks)
    since = changed_since_agreed(view)
    gone = view.mentee.plan_agreed_rows.keys() - {task.id for task in view.tasks}
    differ = gone.union(since.changed, since.added)
    return any(edit.task_id in differ for edit in talk.plan_edits)


def agreed_words(mentee: Mentee, since: SinceAgreed) -> list[str]:
    """Return a few short texts; none if the plan has not been agreed on.

    They say when it was agreed on, how many tasks differ since, when it was updated together if
    that was another day, and who agreed.
    """
    if mentee.plan_agreed_on is None:
        return []
    words = [_("Agreed {date}").format(date=show_date(mentee.plan_agreed_on))]
    if not stamp_holds(mentee):
        words.append(_("the stamp has been changed since"))
    if since:
        words.append(_("{number} changed").format(number=since.number))
    if mentee.plan_updated_on not in (None, mentee.plan_agreed_on):
        day = show_date(mentee.plan_updated_on)
        words.append(_("updated together {date}").format(date=day))
    return [*words, agreed_names(mentee)] if mentee.plan_agreed_by else words


def agreed_names(mentee: Mentee) -> str:
    """Return who agreed on the plan, with the initials that the mentee typed; "" if nobody did."""
    if not mentee.plan_agreed_by:
        return ""
    first, *others = mentee.plan_agreed_by
    initials = mentee.plan_agreed_initials
    return ", ".join([f"{first} ({initials})" if initials else first, *others])


def rows_since_agreed(view: MenteeView, since: SinceAgreed) -> str:
    """Return which tasks have changed or are new since the plan was agreed, or ""."""

    def names(ids: Collection[str]) -> str:
        return ", ".join(task.title for task in view.tasks_among(ids))

    parts = [
        (_("Changed since agreement: {tasks}."), names(since.changed)),
        (_("New since agreement: {tasks}."), names(since.added)),
    ]
    return " ".join(text.format(tasks=tasks) for text, tasks in parts if tasks)


def plan_edits(changes: Iterable[Change], tasks: Iterable[Task]) -> list[PlanEdit]:
    """Return the edits that changes make to the plan, one for each field.

    `tasks` are the tasks of the plan; those of changed learning goals must be among them. The
    values in the edits are texts as `stored_text` makes them.
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
    """Return the edits `known`, which a talk has, with `fresh` ones added.

    Two edits of one field become one, from the first value to the last. If those are the same,
    there is no edit.
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
        else:  # a task that was added and deleted again in this talk
            merged = [old for old in merged if old.task_id != edit.task_id]
    return tuple(merged)


def note_edits(talk: Talk, changes: Iterable[Change], tasks: Iterable[Task]) -> list[Change]:
    """Return the change that adds to the talk what `changes` do to the plan (R56); none if nothing.

    Commit it together with `changes`, so that one undo undoes both.
    """
    edits = merge_edits(talk.plan_edits, plan_edits(changes, tasks))
    return [] if edits == talk.plan_edits else [Change.edited(talk, plan_edits=edits)]


def updated_together(
    view: MenteeView, talk: Talk, names: Sequence[str], on: date, initials: str = ""
) -> list[Change]:
    """Return the changes that stamp the plan as updated together in a talk (R56).

    This also agrees on the plan again, as `agree` does. For a plan without tasks there are none.
    """
    if not view.tasks:
        return []
    return [
        Change.edited(view.mentee, **_stamp(view, names, on, initials), plan_updated_on=on),
        Change.edited(talk, plan_updated_on=on),
    ]
