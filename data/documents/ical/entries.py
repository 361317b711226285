"""Which events a mentee has in a calendar, and what each says now. Pure functions.

An event is given out when it is still to come, and from then on it is in every calendar: moved
where its talk was moved, cancelled where that was cancelled or deleted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, time
from typing import NamedTuple

from data.method.sparring import is_awaited
from data.method.talk.correct import begun_at
from data.method.view import TO_COME, MenteeView, held_on
from data.records import (
    CalendarEntry,
    CourseState,
    Duty,
    DutyKind,
    EntryKind,
    Talk,
    TalkState,
    Task,
    part_id,
)


class _Said(NamedTuple):
    """When and where something is."""

    day: date
    time: str = ""
    minutes: int | None = None
    place: str = ""


class _Plan(NamedTuple):
    """Something that may be in the calendar, as it is planned now."""

    kind: EntryKind
    of_id: str
    after: date | None
    said: _Said | None
    """None if it is not to take place."""
    waits: bool
    """Whether it is still to be held."""

    @property
    def id(self) -> str:
        """The id of its entry."""
        part = f"{CalendarEntry.table}:{self.kind}"
        if self.kind is EntryKind.SPARRING:
            part += f":{self.after or ''}"
        return part_id(self.of_id, part)


def entries(
    view: MenteeView | None,
    given: Iterable[CalendarEntry],
    today: date,
    until: date,
    minutes: int,
) -> list[CalendarEntry]:
    """Return the events of a mentee as they are to be given out, by day.

    Args:
        view: The mentee; None if somebody has deleted it, and its events with it.
        given: The events of that mentee that were given out before.
        today: The day on which the calendar is written.
        until: The last day for events that were not given out before.
        minutes: How long a talk takes if nothing else is said, in minutes.
    """
    known = {entry.id: entry for entry in given}
    found: list[CalendarEntry] = []
    for plan in _plans(view, known, minutes) if view else ():
        entry = known.pop(plan.id, None)
        if entry is not None:
            found.append(_said_now(entry, plan.said))
        elif plan.said is not None and plan.waits and today <= plan.said.day <= until:
            assert view is not None  # noqa: S101 - the plan is of the view
            found.append(_new(view.mentee.id, plan, plan.said))
    found += [_said_now(entry, _left(entry, view)) for entry in known.values()]
    return sorted(found, key=lambda one: (one.day or date.min, one.time, one.id))


def _new(mentee_id: str, plan: _Plan, said: _Said) -> CalendarEntry:
    return CalendarEntry(
        id=plan.id,
        mentee_id=mentee_id,
        kind=plan.kind,
        of_id=plan.of_id,
        after=plan.after,
        **said._asdict(),
    )


def _said_now(entry: CalendarEntry, said: _Said | None) -> CalendarEntry:
    """Return the entry with what is to be said now; None cancels it. Its number goes up."""
    if said is None:
        changed = replace(entry, cancelled=True)
    else:
        changed = replace(entry, cancelled=False, **said._asdict())
    return entry if changed == entry else replace(changed, sequence=entry.sequence + 1)


def _left(entry: CalendarEntry, view: MenteeView | None) -> _Said | None:
    """Return what an event says that is planned no more; None if it did not take place.

    Of those only a sparring may have taken place: another one may be planned for its task now.
    """
    task = view.task(entry.of_id) if view and entry.kind is EntryKind.SPARRING else None
    held = task.sparring_held_on if task else None
    if held is None or held == entry.after or entry.day is None:
        return None
    return _Said(min(held, entry.day))  # it may have been held before the day planned for it


def _plans(view: MenteeView, known: dict[str, CalendarEntry], minutes: int) -> Iterator[_Plan]:
    agreed = view.agreement
    usual = _Said(
        date.min,
        "",
        (agreed.minutes if agreed else None) or minutes,
        agreed.place if agreed else "",
    )
    for talk in view.talks:
        yield _talk(talk, usual, known)
    for task in view.tasks:
        if is_awaited(task):
            yield _sparring(task, view)
    for duty in view.duties:
        if duty.kind is DutyKind.MANAGER:
            yield _meeting(duty, view)


def _talk(talk: Talk, usual: _Said, known: dict[str, CalendarEntry]) -> _Plan:
    """Return the plan of a talk. One that was begun is when that was, in the place given out."""
    waits = talk.state in {*TO_COME, TalkState.RUNNING}
    plan = _Plan(EntryKind.TALK, talk.id, None, None, waits)
    entry = known.get(plan.id)
    if talk.state not in TO_COME and entry is not None and entry.day:
        usual = _Said(entry.day, entry.time, entry.minutes or usual.minutes, entry.place)
    day = talk.planned_on or (None if talk.state in TO_COME else usual.day)
    at = _time(talk.planned_time) if talk.planned_on else usual.time
    if talk.state not in TO_COME and talk.started_at is not None and held_on(talk) != day:
        # Begun a few minutes late it stays where it was planned: nobody's calendar need change.
        day, at = held_on(talk), begun_at(talk)
    if talk.state is TalkState.CANCELLED or day is None or day == date.min:
        return plan
    took = (talk.minutes or usual.minutes) if at else None
    return plan._replace(said=_Said(day, at, took, " ".join((talk.place or usual.place).split())))


def _time(typed: str) -> str:
    """Return a time of day as "14:00"; "" if there is none that can be read."""
    try:
        return f"{time.fromisoformat(typed.strip()):%H:%M}"
    except ValueError:
        return ""


def _sparring(task: Task, view: MenteeView) -> _Plan:
    day = None if _is_over(view, task.sparring_on) else task.sparring_on
    said = _Said(day) if day else None
    return _Plan(EntryKind.SPARRING, task.id, task.sparring_held_on, said, waits=True)


def _meeting(duty: Duty, view: MenteeView) -> _Plan:
    day = duty.done_on or duty.due
    ends = view.mentee.ends if duty.done_on is None else None
    after = day is not None and ends is not None and day > ends
    said = _Said(day) if day and not after and not _is_over(view, day) else None
    return _Plan(EntryKind.MANAGER, duty.id, None, said, waits=duty.done_on is None)


def _is_over(view: MenteeView, day: date | None) -> bool:
    """Whether the mentorship was closed before a day."""
    mentee = view.mentee
    closed = mentee.closed_on if mentee.state is CourseState.CLOSED else None
    return closed is not None and day is not None and day > closed
