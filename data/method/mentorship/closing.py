"""A mentorship is closed and reopened, and summed up in figures (R5, R6)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from data.dates import show_date
from data.i18n import _, ngettext
from data.method.mentorship.still_open import Settle, settle, still_open
from data.method.plan.progress import days_to_first_independent, goals_reached
from data.method.talk.rhythm import (
    bring_back,
    cancel_for_end,
    is_cancelled_for_end,
    is_past_end,
)
from data.method.view import TO_COME, MenteeView
from data.records import CourseState
from data.store.change import Change


def period_problem(start: date | None, ends: date | None) -> str:
    """Return why these dates cannot be a period, in one sentence; "" if they can."""
    if start and ends and ends < start:
        return _("The mentorship cannot end before it starts on {date}.").format(
            date=show_date(start)
        )
    return ""


def close_course(
    view: MenteeView, on: date, ways: Mapping[str, Settle] | None = None
) -> list[Change]:
    """Return the changes that close the mentorship on a day.

    Talks still to come are cancelled, and keep their numbers. Nothing is deleted, and actions stay
    open, so that the summary can list them. `ways` says by key of what is `still_open` what becomes
    of it instead.
    """
    closed = Change.edited(view.mentee, state=CourseState.CLOSED, closed_on=on)
    chosen = ways or {}
    asked = still_open(view)
    settled = [settle(one, chosen.get(one.key, one.ways[0]), on) for one in asked]
    named = {one.record.id for one in asked}
    talks = [t for t in view.talks if t.state in TO_COME and t.id not in named]
    return [closed, *map(cancel_for_end, talks), *filter(None, settled)]


def reopen_course(view: MenteeView) -> list[Change]:
    """Return the changes that reopen the mentorship, and plan the talks that closing cancelled.

    Those that somebody else had cancelled before, or that lie after the end, stay cancelled.
    """
    opened = Change.edited(view.mentee, state=CourseState.ACTIVE, closed_on=None)
    talks = [
        talk
        for talk in view.talks
        if is_cancelled_for_end(talk)
        and (talk.planned_on is None or not is_past_end(view.mentee, talk.planned_on))
    ]
    return [opened, *map(bring_back, talks)]


def closing_lines(view: MenteeView) -> list[str]:
    """Return facts about the mentorship, one sentence each: counts of talks, days and goals."""
    goals = goals_reached(view.goals)
    number = len(view.held)
    held = ngettext("{number} talk held", "{number} talks held", number)
    lines = [held.format(number=number)] if number else []
    days = days_to_first_independent(view.mentee, view.tasks)
    if days is not None:
        lines.append(
            ngettext(
                "First task done independently after {days} day",
                "First task done independently after {days} days",
                days,
            ).format(days=days)
        )
    if goals.of:
        lines.append(
            _("Learning goals reached: {done} of {of}").format(done=goals.done, of=goals.of)
        )
    return lines
