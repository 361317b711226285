"""The series of talks with a mentee: how it is planned, and how talks are moved.

A talk keeps its number when it is moved, postponed, held or cancelled (R41). No talk is proposed
for a weekend or a day off: it is moved to the next working day. The interval to the talk after it
counts from the day that the rhythm gave, not from the working day.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Final

from data.dates import show_date
from data.frozen import immutable
from data.i18n import _, ngettext
from data.library import Rhythm, due_days, rhythm
from data.method.view import TO_COME, MenteeView, held_on
from data.records import Duty, Mentee, Talk, TalkState
from data.store.change import Change
from data.workdays import due_from, last_workday, next_workday

FIRST_TALK: Final = 3
"""Days from the first day at work to the first talk. By then there is something to talk about."""
_WEEK: Final = timedelta(weeks=1)


def week_of(start: date, day: date) -> int:
    """Return the week of the mentorship that a day is in: 1 for the first, 0 for the one before."""
    return (day - start).days // 7 + 1


def dates_after(plan: Rhythm, start: date, last: date) -> Iterator[date]:
    """Yield the days of the rhythm that come after `last`, until the rhythm ends.

    They may be weekends and days off.
    """
    day = last
    while (every := plan.every_weeks(week_of(start, day))) is not None:
        day += every * _WEEK
        if plan.every_weeks(week_of(start, day)) is None:
            return
        yield day


def series(mentee: Mentee, since: date = date.min) -> list[Talk]:
    """Return all talks of a new mentorship, numbered from 1; none if it has no first day yet.

    Talks before `since` are left out, because the program does not know whether they were held.
    """
    if mentee.start is None:
        return []
    first = mentee.start + timedelta(days=FIRST_TALK)
    days = [first, *dates_after(rhythm(mentee.rhythm), mentee.start, first)]
    shown = [next_workday(day) for day in days if _within(mentee, day)]
    return [
        Talk(mentee_id=mentee.id, number=number, planned_on=day)
        for number, day in enumerate((day for day in shown if day >= since), 1)
    ]


def _within(mentee: Mentee, day: date) -> bool:
    """Whether a talk of that day, moved to a working day, is within the period."""
    return mentee.ends is None or next_workday(day) <= mentee.ends


def propose_next(view: MenteeView, today: date) -> date:
    """Return the working day after today that the rhythm gives for the next talk (R27).

    It counts from the last talk held. After the last week of the rhythm, the last interval still
    applies. A day after the end of the period is replaced by the period's last working day, if
    that is after today.
    """
    mentee = view.mentee
    tomorrow = today + timedelta(days=1)
    last = held_on(view.held[-1]) if view.held else None
    if view.running:
        last = today
    if last is None:
        day = mentee.start + timedelta(days=FIRST_TALK) if mentee.start else tomorrow + _WEEK
    else:
        day = last + _interval(mentee, last)
        # If the last talk was before the first day at work, the next one is after it.
        if mentee.start and last < mentee.start:
            day = max(day, mentee.start + timedelta(days=FIRST_TALK))
    day = next_workday(max(day, tomorrow))
    if mentee.ends and day > mentee.ends:
        latest = last_workday(mentee.ends)
        return latest if latest > today else day
    return day


def _interval(mentee: Mentee, day: date) -> timedelta:
    """Return the time from a talk on that day to the next one."""
    plan = rhythm(mentee.rhythm)
    every = plan.every_weeks(week_of(mentee.start, day)) if mentee.start else 2
    return (every or plan.stretches[-1].every_weeks) * _WEEK


def new_talk(view: MenteeView, on: date | None) -> Talk:
    """Return a new talk, planned for the day `on`, with the next number."""
    number = max((talk.number for talk in view.talks), default=0) + 1
    return Talk(mentee_id=view.mentee.id, number=number, planned_on=on)


def move(talk: Talk, on: date, time: str | None = None) -> Change:
    """Return the change that plans the talk for another day; it keeps its number.

    `time` is the time of day, as "14:00"; None leaves it as it is. The day is one that somebody has
    chosen, so that nothing moves the talk from it by itself.
    """
    kept = talk.planned_time if time is None else time
    return Change.edited(
        talk,
        planned_on=on,
        planned_time=kept,
        state=TalkState.PLANNED,
        cancelled_from=None,
        by_hand=True,
    )


def postpone(talk: Talk, until: date | None) -> Change:
    """Return the change that postpones the talk: to a day, or without a day if None."""
    return Change.edited(
        talk,
        planned_on=until,
        state=TalkState.POSTPONED,
        cancelled_from=None,
        by_hand=until is not None,
    )


def cancel(talk: Talk) -> Change:
    """Return the change that cancels the talk. It stays in the series, as not held (R83)."""
    return Change.edited(talk, state=TalkState.CANCELLED, cancelled_from=None)


def cancel_for_end(talk: Talk) -> Change:
    """Return the change that cancels the talk because the mentorship ends before it.

    `bring_back` undoes it when the mentorship goes on after all.
    """
    return Change.edited(talk, state=TalkState.CANCELLED, cancelled_from=talk.state)


def is_cancelled_for_end(talk: Talk) -> bool:
    """Whether the end of the mentorship cancelled the talk, and not somebody who chose to."""
    return talk.state is TalkState.CANCELLED and talk.cancelled_from is not None


def bring_back(talk: Talk) -> Change:
    """Return the change that gives a talk the state it had before `cancel_for_end`."""
    return Change.edited(talk, state=talk.cancelled_from, cancelled_from=None)


def is_by_hand(talk: Talk) -> bool:
    """Whether somebody has chosen the talk's day. In older files only an agreed time tells it."""
    return talk.by_hand or bool(talk.planned_time)


def is_past_end(mentee: Mentee, day: date) -> bool:
    """Whether a talk on that day is after the period. The user is told, and may plan it anyway."""
    return mentee.ends is not None and day > mentee.ends


@immutable
class MovedTalk:
    """A talk that a change of the series moves to another day, adds or removes."""

    number: int
    before: date | None
    """The day that it was planned for; None if the talk is new."""
    after: date | None
    """The day that it is planned for now; None if the talk is removed."""


@immutable
class Rescheduling:
    """What a change of the rhythm or of the first day does, to be shown before it is committed."""

    changes: tuple[Change, ...]
    moved: tuple[MovedTalk, ...]


MOVES_NAMED: Final = 9
"""The most lines that `moves_text` returns."""


def moves_text(moved: Sequence[MovedTalk]) -> str:
    """Return one line for each talk that is moved, added or removed.

    If there are more than `MOVES_NAMED`, the last line says how many are left out.
    """
    lines = []
    for one in moved:
        if one.before is None:
            text = _("Talk {number}: new, {after}")
        elif one.after is None:
            text = _("Talk {number}: {before} is removed")
        else:
            text = _("Talk {number}: {before} becomes {after}")
        days = {"before": show_date(one.before), "after": show_date(one.after)}
        lines.append(text.format(number=one.number, **days))
    if len(lines) > MOVES_NAMED:
        more = len(lines) - MOVES_NAMED + 1
        text = ngettext("and {number} more", "and {number} more", more)
        lines[MOVES_NAMED - 1 :] = [text.format(number=more)]
    return "\n".join(lines)


def minutes_spent(talk: Talk) -> int | None:
    """Return how long a talk took, in whole minutes; None if that is not known."""
    if talk.started_at is None or talk.ended_at is None:
        return None
    return round((talk.ended_at - talk.started_at).total_seconds() / 60)


def change_rhythm(view: MenteeView, key: str, today: date) -> Rescheduling:
    """Return what changes if the mentee gets the rhythm `key` (R41).

    Only talks planned after today are moved, and of them none whose day somebody has chosen: it
    takes the place of the nearest day of the rhythm. If the new rhythm has fewer talks, the last
    ones are removed, so that no number is missing in the middle.
    """
    mentee = view.mentee
    edit = Change.edited(mentee, rhythm=key)
    if mentee.start is None:
        return Rescheduling((edit,), ())
    last = _last_fixed(view, today)
    plan = rhythm(key)
    if last is None:
        first = mentee.start + timedelta(days=FIRST_TALK)
        nominal = [first, *dates_after(plan, mentee.start, first)]
    else:
        nominal = list(dates_after(plan, mentee.start, last))
    days = [next_workday(day) for day in nominal if day > today and _within(mentee, day)]
    movable = _movable(view, today)
    for fixed in filter(is_by_hand, movable):
        near = min(days, key=lambda day: abs(day - (fixed.planned_on or day)), default=None)
        if near is not None and fixed.planned_on and abs(near - fixed.planned_on) <= _WEEK:
            days.remove(near)
    return _reschedule([talk for talk in movable if not is_by_hand(talk)], view, [edit], days)


def change_start(view: MenteeView, start: date, today: date) -> Rescheduling:
    """Return what changes if the first day at work becomes `start` (R70).

    Duties that are not done, and talks after today, are moved by as many days as the first day.
    """
    mentee = view.mentee
    edit = Change.edited(mentee, start=start)
    if mentee.start is None:
        fresh = series(Mentee(id=mentee.id, name="", start=start, rhythm=mentee.rhythm))
        days = [talk.planned_on for talk in fresh if talk.planned_on and talk.planned_on > today]
        return _reschedule(_movable(view, today), view, [edit], days if not view.talks else [])
    shift = start - mentee.start
    duties = [
        Change.edited(duty, due=_due_after(duty, duty.due, mentee.start, start))
        for duty in view.duties
        if duty.due and duty.done_on is None
    ]
    days = [
        next_workday(talk.planned_on + shift)
        for talk in _movable(view, today)
        if talk.planned_on
    ]  # fmt: skip
    return _reschedule(_movable(view, today), view, [edit, *duties], days)


def _due_after(duty: Duty, due: date, before: date, after: date) -> date:
    """Return the day on which a duty is due when the first day at work moves.

    A default duty that nobody has moved is counted from the new day. Any other keeps its distance,
    and moves away from the first day to a working day.
    """
    days = due_days().get(duty.key)
    if days is not None and due in (due_from(before, days), before + timedelta(days=days)):
        return due_from(after, days)
    return due_from(after, (due - before).days)


def _last_fixed(view: MenteeView, today: date) -> date | None:
    """Return the day of the last talk that is held or planned up to today."""
    days = [held_on(talk) for talk in view.held]
    days += [
        talk.planned_on for talk in view.to_come if talk.planned_on and talk.planned_on <= today
    ]
    days += [today] if view.running else []
    return max((day for day in days if day), default=None)


def _movable(view: MenteeView, today: date) -> list[Talk]:
    """Return talks planned after today, by number."""
    return [
        talk
        for talk in view.talks
        if talk.state in TO_COME and talk.planned_on and talk.planned_on > today
    ]


def _reschedule(
    talks: list[Talk], view: MenteeView, changes: list[Change], days: list[date]
) -> Rescheduling:
    """Return `changes`, with those that plan the talks for these days, in order.

    Talks are added if there are more days than talks, and removed if there are fewer; but not one
    that the mentee has prepared already.
    """
    moved: list[MovedTalk] = []
    number = max((talk.number for talk in view.talks), default=0)
    for place, day in enumerate(days):
        if place < len(talks):
            talk = talks[place]
            if talk.planned_on != day:
                changes.append(Change.edited(talk, planned_on=day, state=TalkState.PLANNED))
                moved.append(MovedTalk(talk.number, talk.planned_on, day))
        else:
            number += 1
            fresh = Talk(mentee_id=view.mentee.id, number=number, planned_on=day)
            changes.append(Change.created(fresh))
            moved.append(MovedTalk(number, None, day))
    for talk in talks[len(days) :]:
        if view.answers_of(talk.id):
            continue
        changes.append(Change.deleted(talk))
        moved.append(MovedTalk(talk.number, talk.planned_on, None))
    return Rescheduling(tuple(changes), tuple(moved))


@immutable
class SeriesCounts:
    """Counts of talks and minutes in the series, to see whether there is time for them (R83)."""

    held: int
    cancelled: int
    to_come: int
    """Planned for today or later."""
    missed: int
    """Their day has passed without them."""
    minutes_planned: int
    """Planned minutes of the talks that were held."""
    minutes_held: int


def series_counts(view: MenteeView, today: date) -> SeriesCounts:
    """Return how many talks were held, cancelled, missed and are to come, and their minutes."""
    missed = len(view.missed(today))
    standard = view.agreement.minutes if view.agreement else None
    return SeriesCounts(
        held=len(view.held),
        cancelled=sum(talk.state is TalkState.CANCELLED for talk in view.talks),
        to_come=len(view.to_come) - missed,
        missed=missed,
        minutes_planned=sum(talk.minutes or standard or 0 for talk in view.held),
        minutes_held=sum(minutes_spent(talk) or 0 for talk in view.held),
    )
