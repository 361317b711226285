"""The series of talks: made from the first day at work, numbered, and moved without losing numbers.

A talk has its number for good, whether it is moved, put off, held or cancelled (R41). No talk is
proposed for a weekend or a day off; it slides to the next working day, and the rhythm goes on from
the day it should have been.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Final

from data.dates import show_date
from data.frozen import immutable
from data.i18n import _, ngettext
from data.library import Rhythm, rhythm
from data.method.view import TO_COME, MenteeView, held_on
from data.method.workdays import last_workday, next_workday
from data.records import Mentee, Talk, TalkState
from data.store.change import Change

FIRST_TALK: Final = 3
"""Days from the first day at work to the first talk: there is something to talk about by then."""
_WEEK: Final = timedelta(weeks=1)


def week_of(start: date, day: date) -> int:
    """Return the week of the course that the day is in: 1 is the first, those before are 0, -1."""
    return (day - start).days // 7 + 1


def dates_after(plan: Rhythm, start: date, last: date) -> Iterator[date]:
    """Yield the days of the rhythm after `last` until it is over, not yet moved to workdays."""
    day = last
    while (every := plan.every_weeks(week_of(start, day))) is not None:
        day += every * _WEEK
        if plan.every_weeks(week_of(start, day)) is None:
            return
        yield day


def series(mentee: Mentee, since: date = date.min) -> list[Talk]:
    """Return all talks of a new course, numbered from 1; none without a first day at work.

    Those whose day lies before `since` are left out: nobody knows here whether they were held.
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
    return mentee.ends is None or next_workday(day) <= mentee.ends


def propose_next(view: MenteeView, today: date) -> date:
    """Return a working day after today for the next talk, as the rhythm has it (R27).

    Counted from the last talk held. Past the rhythm's last week its last interval goes on. The
    proposal keeps within the period where the period has room for it.
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
        if mentee.start and last < mentee.start:  # a talk before the first day; the next is at work
            day = max(day, mentee.start + timedelta(days=FIRST_TALK))
    day = next_workday(max(day, tomorrow))
    if mentee.ends and day > mentee.ends:
        latest = last_workday(mentee.ends)
        return latest if latest > today else day
    return day


def _interval(mentee: Mentee, day: date) -> timedelta:
    plan = rhythm(mentee.rhythm)
    every = plan.every_weeks(week_of(mentee.start, day)) if mentee.start else 2
    return (every or plan.stretches[-1].every_weeks) * _WEEK


def new_talk(view: MenteeView, on: date | None) -> Talk:
    """Return a talk with the next number."""
    number = max((talk.number for talk in view.talks), default=0) + 1
    return Talk(mentee_id=view.mentee.id, number=number, planned_on=on)


def move(talk: Talk, on: date, time: str | None = None) -> Change:
    """Plan the talk for another day; it keeps its number. `time` "14:00", or None to keep it."""
    kept = talk.planned_time if time is None else time
    return Change.edited(talk, planned_on=on, planned_time=kept, state=TalkState.PLANNED)


def postpone(talk: Talk, until: date | None) -> Change:
    """Put the talk off, to a day or to no day yet."""
    return Change.edited(talk, planned_on=until, state=TalkState.POSTPONED)


def cancel(talk: Talk) -> Change:
    """Cancel the talk; it stays in the series and counts as not held (R83)."""
    return Change.edited(talk, state=TalkState.CANCELLED)


def is_past_end(mentee: Mentee, day: date) -> bool:
    """Whether a talk that day would lie after the period: worth a word, not refused."""
    return mentee.ends is not None and day > mentee.ends


@immutable
class MovedTalk:
    """A talk that gets another day; `before` None: it is new, `after` None: it falls away."""

    number: int
    before: date | None
    after: date | None


@immutable
class Rescheduling:
    """What a change of rhythm or of the first day would do: to be shown before it is done."""

    changes: tuple[Change, ...]
    moved: tuple[MovedTalk, ...]


MOVES_NAMED: Final = 9
"""Lines of `moves_text`."""


def moves_text(moved: Sequence[MovedTalk]) -> str:
    """Return which talks get another day, a line each; the last line counts those left out."""
    lines = []
    for one in moved:
        if one.before is None:
            text = _("Talk {number}: new, {after}")
        elif one.after is None:
            text = _("Talk {number}: {before} falls away")
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
    """Return how long a talk took, in whole minutes; None where that is not known."""
    if talk.started_at is None or talk.ended_at is None:
        return None
    return round((talk.ended_at - talk.started_at).total_seconds() / 60)


def change_rhythm(view: MenteeView, key: str, today: date) -> Rescheduling:
    """Return what another rhythm would move: talks planned after today; the others stay (R41).

    Talks too many fall away from the end, so that no number is missing in the middle.
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
    return _reschedule(view, [edit], days, today)


def change_start(view: MenteeView, start: date, today: date) -> Rescheduling:
    """Return what another first day moves: undone dated duties and talks after today (R70)."""
    mentee = view.mentee
    edit = Change.edited(mentee, start=start)
    if mentee.start is None:
        fresh = series(Mentee(id=mentee.id, name="", start=start, rhythm=mentee.rhythm))
        days = [talk.planned_on for talk in fresh if talk.planned_on and talk.planned_on > today]
        return _reschedule(view, [edit], days if not view.talks else [], today)
    shift = start - mentee.start
    duties = [
        Change.edited(duty, due=duty.due + shift)
        for duty in view.duties
        if duty.due and duty.done_on is None
    ]
    days = [
        next_workday(talk.planned_on + shift)
        for talk in _movable(view, today)
        if talk.planned_on
    ]  # fmt: skip
    return _reschedule(view, [edit, *duties], days, today)


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
    view: MenteeView, changes: list[Change], days: list[date], today: date
) -> Rescheduling:
    talks = _movable(view, today)
    moved: list[MovedTalk] = []
    number = max((talk.number for talk in view.talks), default=0)
    for place, day in enumerate(days):
        if place < len(talks):
            talk = talks[place]
            if talk.planned_on != day:
                changes.append(move(talk, day))
                moved.append(MovedTalk(talk.number, talk.planned_on, day))
        else:
            number += 1
            fresh = Talk(mentee_id=view.mentee.id, number=number, planned_on=day)
            changes.append(Change.created(fresh))
            moved.append(MovedTalk(number, None, day))
    for talk in talks[len(days) :]:
        changes.append(Change.deleted(talk))
        moved.append(MovedTalk(talk.number, talk.planned_on, None))
    return Rescheduling(tuple(changes), tuple(moved))


@immutable
class SeriesCounts:
    """How the series went: counts of talks and minutes, for reflection on the frame (R83)."""

    held: int
    cancelled: int
    to_come: int
    minutes_planned: int
    """Of the talks held."""
    minutes_held: int


def series_counts(view: MenteeView) -> SeriesCounts:
    """Return talks held and cancelled, minutes planned and spent; a cancelled talk is not held."""
    standard = view.agreement.minutes if view.agreement else None
    return SeriesCounts(
        held=len(view.held),
        cancelled=sum(talk.state is TalkState.CANCELLED for talk in view.talks),
        to_come=len(view.to_come),
        minutes_planned=sum(talk.minutes or standard or 0 for talk in view.held),
        minutes_held=sum(minutes_spent(talk) or 0 for talk in view.held),
    )
