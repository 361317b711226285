"""The mentorship ends on another day than was planned: what becomes of the talks after it (R5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from enum import StrEnum

from data.method.mentorship.phases import moved_talk, one_for_each_record, view_after
from data.method.talk.rhythm import (
    Rescheduling,
    bring_back,
    cancel_for_end,
    is_by_hand,
    is_cancelled_for_end,
    is_past_end,
)
from data.method.view import TO_COME, MenteeView
from data.records import Talk
from data.store.change import Change
from data.workdays import next_workday


class AfterEnd(StrEnum):
    """What becomes of the talks planned for days after the end."""

    CANCEL = "cancel"
    KEEP = "keep"
    MOVE = "move"
    """They are spread over the working days that are left in the period."""


def talks_after_end(view: MenteeView, edit: Rescheduling, today: date) -> list[Talk]:
    """Return the talks that lie after the end if the mentorship is edited so, by date.

    Those whose day somebody has chosen are left out: they stay.
    """
    edited = view_after(view, edit.changes)
    return [
        talk
        for talk in edited.to_come
        if talk.planned_on
        and talk.planned_on > today
        and is_past_end(edited.mentee, talk.planned_on)
        and not is_by_hand(talk)
    ]


def after_end(view: MenteeView, edit: Rescheduling, way: AfterEnd, today: date) -> Rescheduling:
    """Return the edit with what becomes of the talks after the end."""
    edited = view_after(view, edit.changes)
    talks = talks_after_end(view, edit, today)
    if way is AfterEnd.KEEP or not talks:
        return edit
    days: list[date] = []
    if way is AfterEnd.MOVE:
        days = _spread(_free_days(edited, today), len(talks))
    more = [Change.edited(talk, planned_on=day) for talk, day in zip(talks, days, strict=False)]
    more += [cancel_for_end(talk) for talk in talks[len(days) :]]
    return _joined(edit, more)


def within_again(view: MenteeView, edit: Rescheduling) -> Rescheduling:
    """Return the edit with the talks that an earlier end had cancelled, and that now lie within."""
    edited = view_after(view, edit.changes)
    back = [
        bring_back(talk)
        for talk in edited.talks
        if is_cancelled_for_end(talk)
        and talk.planned_on
        and not is_past_end(edited.mentee, talk.planned_on)
    ]
    return _joined(edit, back)


def _joined(edit: Rescheduling, more: Sequence[Change]) -> Rescheduling:
    if not more:
        return edit
    changes = tuple(one_for_each_record([*edit.changes, *more]))
    moved = (one for change in changes if (one := moved_talk(change)))
    return replace(edit, changes=changes, moved=tuple(sorted(moved, key=lambda one: one.number)))


def _free_days(view: MenteeView, today: date) -> list[date]:
    """Return the working days after today, until the end, on which no talk is planned."""
    taken = {talk.planned_on for talk in view.talks if talk.state in TO_COME}
    found: list[date] = []
    day = next_workday(max(today, view.mentee.start or today) + timedelta(days=1))
    while view.mentee.ends and day <= view.mentee.ends:
        if day not in taken:
            found.append(day)
        day = next_workday(day + timedelta(days=1))
    return found


def _spread(days: Sequence[date], number: int) -> list[date]:
    """Return `number` of the days, or all if there are fewer: evenly, the last one among them."""
    if number >= len(days):
        return list(days)
    return [days[(place + 1) * len(days) // number - 1] for place in range(number)]
