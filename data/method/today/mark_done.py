"""What one key does with a row of Today: mark it as done, or snooze it until a day (R3)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from data.i18n import N_, _
from data.method.actions import set_state
from data.method.sparring import hold
from data.method.systems import lacks_access
from data.method.today.due import duties_from_before
from data.method.today.rows import Due, MarkAs
from data.method.view import MenteeView
from data.records import (
    Action,
    ActionState,
    Duty,
    Postponed,
    Record,
    TalkState,
    Task,
    part_id,
)
from data.store.change import Change
from data.workdays import next_workday

_OF_MENTEE: Final = {MarkAs.SEEN: "roles_seen_on", MarkAs.GIVEN: "extract_given_on"}
"""What is noted with the mentee -> the field of the day."""
PUT_OFF_DAYS: Final = 7
"""For how many days putting off is proposed."""
_DONE: Final = {
    MarkAs.HELD: N_("held today"),
    MarkAs.DONE: N_("done today"),
    MarkAs.ACCESS: N_("works from today"),
    MarkAs.USED: N_("used today for the first time"),
    MarkAs.SEEN: N_("gone through today"),
    MarkAs.ALL: N_("all done"),
    MarkAs.ARCHIVE: N_("archived"),
    MarkAs.GIVEN: N_("given today"),
}
"""What marking a row as done says of it."""


def done_word(mark_as: MarkAs) -> str:
    """Return what marking a row as done says of it, translated; not for one that is opened."""
    return _(_DONE[mark_as])


def offered_day(today: date) -> date:
    """Return the day until which a row is snoozed if no other one is chosen."""
    return next_workday(today + timedelta(days=PUT_OFF_DAYS))


def put_off_problem(until: date | None, today: date) -> str:
    """Return why a row cannot be snoozed until that day, translated; "" where it can."""
    return "" if until and until > today else _("Choose a date after today")


def mark_done(due: Due, view: MenteeView, today: date) -> list[Change]:
    """Return the changes that mark the row as done today.

    There are none for a row that has to be opened, or whose record is gone.
    """
    if due.mark_as in _OF_MENTEE:
        return [Change.edited(view.mentee, **{_OF_MENTEE[due.mark_as]: today})]
    if due.mark_as is MarkAs.ALL:
        return [Change.edited(duty, **_done(duty, today)) for duty in duties_from_before(view)]
    record = _record(due, view)
    if record is None or due.mark_as is MarkAs.OPEN:
        return []
    if due.mark_as is MarkAs.HELD and isinstance(record, Task):
        return [hold(record, today)]
    if due.mark_as is MarkAs.DONE and isinstance(record, Action):
        return [set_state(record, ActionState.DONE, today)]
    by_key: dict[MarkAs, dict[str, object]] = {
        MarkAs.ACCESS: {"access_on": today},
        MarkAs.ARCHIVE: {"state": TalkState.ARCHIVED},
        MarkAs.USED: {"first_used_on" if isinstance(record, Task) else "used_on": today},
        MarkAs.DONE: {"done_on": today},
    }
    return [Change.edited(record, **by_key[due.mark_as])]


def _done(duty: Duty, today: date) -> dict[str, object]:
    """Return the fields that mark a duty as done; for a system, its access works from today."""
    if lacks_access(duty):
        return {"access_on": today, "done_on": today}
    return {"done_on": today}


def _record(due: Due, view: MenteeView) -> Record | None:
    """Return the record that a row is about, or None if it is gone."""
    tables: tuple[tuple[Record, ...], ...] = (
        view.tasks,
        view.talks,
        view.actions,
        view.introductions,
        view.duties,
        view.knowledge,
    )
    return next((one for table in tables for one in table if one.id == due.record_id), None)


def put_off(due: Due, view: MenteeView, until: date) -> list[Change]:
    """Return the changes that snooze the row: it is not on the list before the day `until`."""
    for one in view.postponed:
        if one.key == due.key:
            return [Change.between(one, replace(one, until=until))]
    id = part_id(view.mentee.id, f"{Postponed.table}:{due.key}")
    return [Change.created(Postponed(id=id, mentee_id=view.mentee.id, key=due.key, until=until))]
