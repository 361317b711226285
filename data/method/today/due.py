"""The rows of Today: what needs the mentor's attention now (R3).

Each row says why it is there, which screen it opens, and whether one key can mark it as done from
the list. The wording is neutral: it says that a date has passed, never that somebody is late.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from data.i18n import _
from data.method.actions import is_open
from data.method.limits import Limits
from data.method.sparring import is_due
from data.method.systems import lacks_access
from data.method.talk.rhythm import propose_next
from data.method.today.due_data import due_data
from data.method.today.due_over_time import due_over_time
from data.method.today.rows import Due, DueKind, MarkAs, due_row, why_with_dates
from data.method.view import MENTEE, MenteeView
from data.records import (
    CourseState,
    Duty,
    DutyKind,
    Talk,
)

__all__ = [
    "DEFAULT",
    "Due",
    "DueKind",
    "MarkAs",
    "all_due",
    "due_items",
    "duties_from_before",
    "place_of",
]

DEFAULT = Limits()
ENDS_FIRST = timedelta(days=7)
"""A period that has ended, or does so within this time, comes before all other rows."""
MANY_EARLIER = 3
"""If there are this many duties from before the mentee was entered, they share one row."""


def due_items(view: MenteeView, today: date, limits: Limits = DEFAULT) -> list[Due]:
    """Return the rows of Today about one mentee, endings first, then by date and weight.

    Snoozed rows are left out until their day. A closed mentorship has rows only about the data that
    is kept; a paused one also for a talk that was begun, for what others have to do, and for the
    end of the pause.
    """
    rows = list(due_data(view, today, limits))
    if view.mentee.state is not CourseState.CLOSED:
        rows.extend(_talk_begun(view, today, limits))
    if view.mentee.state is CourseState.ACTIVE:
        for rule in (_sparrings, _talks, _actions, _introductions, _duties, due_over_time):
            rows.extend(rule(view, today, limits))
    if view.mentee.state is CourseState.PAUSED:
        others = {one.id for one in view.actions if one.who != MENTEE}
        rows.extend(row for row in _actions(view, today, limits) if row.record_id in others)
        rows.extend(_back(view, today, limits))
    hidden = {one.key for one in view.postponed if one.until > today}
    if hidden:
        rows = [row for row in rows if row.key not in hidden]
    return _sorted(rows, today)


def all_due(views: Iterable[MenteeView], today: date, limits: Limits = DEFAULT) -> list[Due]:
    """Return the rows of Today about all mentees: endings first, then by date and weight."""
    return _sorted((one for view in views for one in due_items(view, today, limits)), today)


def _sorted(rows: Iterable[Due], today: date) -> list[Due]:
    """Return the rows by date and weight, after the periods that have ended or soon do."""
    return sorted(rows, key=lambda one: place_of(one, today))


def place_of(one: Due, today: date) -> tuple[bool, date, int, str]:
    """Return what the rows of Today are sorted by."""
    on = one.on or today
    ending = one.kind in {DueKind.PERIOD, DueKind.PAUSE} and on <= today + ENDS_FIRST
    return not ending, on, -one.weight, one.key


def _back(view: MenteeView, today: date, limits: Limits) -> Iterator[Due]:
    """Yield the row that says that the pause ends."""
    on = view.mentee.back_on
    if on is not None and on <= max(
        limits.horizon(today), today + timedelta(days=limits.talk_days)
    ):
        why = _("{date}, {distance}: the pause ends. Does the mentorship resume?")
        text = why_with_dates(why, on, today)
        yield due_row(view, DueKind.PAUSE, "", on=on, dated=True, why=text)


def _talk_begun(view: MenteeView, today: date, limits: Limits) -> Iterator[Due]:
    talk = view.running
    if talk is None:
        return
    began = talk.started_at.date() if talk.started_at else talk.planned_on or today
    if (today - began).days > limits.draft_days:
        why = _("{date}, {distance}: talk {number} was started. Resume or archive it?")
    else:
        why = _("{date}, {distance}: talk {number} was started and not finished.")
    yield due_row(
        view,
        DueKind.TALK_BEGUN,
        talk.id,
        on=began,
        why=why_with_dates(why, began, today, number=talk.number),
        mark_as=MarkAs.ARCHIVE,
    )


def _sparrings(view: MenteeView, today: date, limits: Limits) -> Iterator[Due]:
    until = limits.horizon(today)
    for task in view.tasks:
        on = task.sparring_on
        if on is None or not is_due(task, until):
            continue
        with_whom = view.name_of(task.sparring_with)
        if with_whom:
            why = _("{date}, {distance}: sparring with {person} was agreed.")
        else:
            why = _("{date}, {distance}: sparring was agreed.")
        yield due_row(
            view,
            DueKind.SPARRING,
            task.id,
            on=on,
            dated=True,
            name=task.title,
            why=why_with_dates(why, on, today, person=with_whom),
            mark_as=MarkAs.HELD,
        )


def _talks(view: MenteeView, today: date, limits: Limits) -> Iterator[Due]:
    soon = max(limits.horizon(today), today + timedelta(days=limits.talk_days))
    for talk in view.to_come:
        if talk.planned_on and talk.planned_on <= soon:
            yield _planned_talk(view, talk, talk.planned_on, today)
    if view.lacks_next_talk(today):
        on = propose_next(view, today)
        if on <= soon:
            why = _("{date}, {distance}: the rhythm suggests a talk; none is planned.")
            yield due_row(
                view, DueKind.TALK_UNPLANNED, "", on=on, why=why_with_dates(why, on, today)
            )  # fmt: skip


def _planned_talk(view: MenteeView, talk: Talk, on: date, today: date) -> Due:
    if on < today:
        why = _("{date}, {distance}: talk {number} was planned.")
    elif talk.planned_time:
        why = _("{date} at {time}, {distance}: talk {number} is planned.")
    else:
        why = _("{date}, {distance}: talk {number} is planned.")
    text = why_with_dates(why, on, today, number=talk.number, time=talk.planned_time)
    return due_row(view, DueKind.TALK, talk.id, on=on, dated=True, why=text)


def _actions(view: MenteeView, today: date, limits: Limits) -> Iterator[Due]:
    for action in view.actions:
        if is_open(action) and action.due and limits.reaches(action.due, today):
            who = view.name_of(action.who)
            why = _("By {date}, {distance}: {person}.") if who else _("By {date}, {distance}.")
            yield due_row(
                view,
                DueKind.ACTION,
                action.id,
                on=action.due,
                dated=True,
                name=action.what,
                why=why_with_dates(why, action.due, today, person=who),
                mark_as=MarkAs.DONE,
            )


def _introductions(view: MenteeView, today: date, limits: Limits) -> Iterator[Due]:
    for one in view.introductions:
        if one.done_on is None and one.planned_on and limits.reaches(one.planned_on, today):
            yield due_row(
                view,
                DueKind.INTRODUCTION,
                one.id,
                on=one.planned_on,
                dated=True,
                name=view.name_of(one.person_id) or one.about,
                why=why_with_dates(
                    _("{date}, {distance}: introduction planned."), one.planned_on, today
                ),
                mark_as=MarkAs.DONE,
            )


def _duties(view: MenteeView, today: date, limits: Limits) -> Iterator[Due]:
    earlier = {duty.id for duty in duties_from_before(view)}
    if len(earlier) >= MANY_EARLIER:
        yield _from_before(view, len(earlier))
    else:
        earlier = set()
    for duty in view.duties:
        if duty.done_on is None and duty.id not in earlier:
            due = (
                _access(view, duty, today, limits)
                if lacks_access(duty)
                else _duty(view, duty, today, limits)
            )
            if due:
                yield due


def duties_from_before(view: MenteeView) -> tuple[Duty, ...]:
    """Return the duties not done whose day had passed when the mentee was entered.

    If a mentor begins to use the program in the middle of a mentorship, most of them are done
    already. So they share one row of Today.
    """
    entered = view.mentee.created_at
    if entered is None:
        return ()
    return tuple(
        duty
        for duty in view.duties
        if duty.done_on is None and (due := _due_on(view, duty)) and due < entered.date()
    )


def _due_on(view: MenteeView, duty: Duty) -> date | None:
    """Return the day a duty is due; for access that is missing, the first day at work if earlier.

    Access that is used already is not due.
    """
    if lacks_access(duty):
        days = [day for day in (view.mentee.start, duty.due) if day]
        return min(days) if days and not duty.first_used_on else None
    return duty.due


def _from_before(view: MenteeView, number: int) -> Due:
    entered = view.mentee.created_at
    why = _("{number} duties were due before the start here. Are they done?")
    return due_row(
        view,
        DueKind.EARLIER,
        "",
        on=entered.date() if entered else None,
        why=why.format(number=number, name=view.mentee.name),
        mark_as=MarkAs.ALL,
    )


def _access(view: MenteeView, duty: Duty, today: date, limits: Limits) -> Due | None:
    """Return the row for a duty of access to a system that does not work yet, or None."""
    on = _due_on(view, duty)
    if on is None or not limits.reaches(on, today):
        return None
    if duty.access_ordered_on:
        ordered = duty.access_ordered_on
        why = why_with_dates(
            _("Access was ordered {distance} and does not work yet."), ordered, today
        )
    else:
        why = _("Access has not been ordered yet.")
    return due_row(
        view, DueKind.ACCESS, duty.id, on=on, name=duty.text, why=why, mark_as=MarkAs.ACCESS
    )


def _duty(view: MenteeView, duty: Duty, today: date, limits: Limits) -> Due | None:
    if duty.due is None or not limits.reaches(duty.due, today):
        return None
    start = view.mentee.start
    day = (duty.due - start).days if start else None
    if duty.kind is DutyKind.MANAGER and day is not None and day >= 0:
        kind, why = DueKind.MANAGER, _("By {date}, {distance}: a task for the manager.")
    elif day is not None and day < 0:
        kind, why = (
            DueKind.BEFORE_START,
            _("By {date}, {distance}: to be ready before the first day at work."),
        )
    elif day == 0:
        kind, why = DueKind.FIRST_DAY, _("{date}, {distance}: on the first day at work.")
    elif day is not None and day < 7:
        kind, why = DueKind.FIRST_WEEK, _("By {date}, {distance}: in the first week.")
    else:
        kind, why = DueKind.DUTY, _("By {date}, {distance}.")
    return due_row(
        view,
        kind,
        duty.id,
        on=duty.due,
        dated=True,
        name=duty.text,
        why=why_with_dates(why, duty.due, today),
        mark_as=MarkAs.DONE,
    )
