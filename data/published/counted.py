"""What is published of the records: counts and dates, by the rules that the program goes by."""

from __future__ import annotations

import os
from collections.abc import Generator, Mapping
from dataclasses import replace
from datetime import date
from typing import Final, NamedTuple

from data.i18n import _
from data.method.hold import is_held
from data.method.lending import borrowed
from data.method.limits import Limits
from data.method.mentors import is_main_mentor
from data.method.mentorship.gaps import GapKind, gaps
from data.method.mentorship.phases import Phase, phase_of
from data.method.plan.progress import professional
from data.method.retention import What, deletion_day
from data.method.talk.rhythm import week_of
from data.method.view import MenteeView, held_on
from data.published.schema import MOST, Published, PublishedMentee, Stage, may_be
from data.published.who import initials, numbers
from data.queries.own_person import known_name, whose_today
from data.queries.talk_counts import TalkCounts, talk_counts
from data.queries.views import due_limits, people_of, view_with_texts_later
from data.records import CourseState, Mentee
from data.settings import Settings
from data.store.store import Store

INITIALS: Final = "initials"
"""The value of the setting `publish_as` for initials; otherwise mentees are numbers."""
_STAGES: Final = {
    None: Stage.NO_START,
    Phase.PREPARATION: Stage.PREPARATION,
    Phase.START: Stage.START,
    Phase.LEARNING: Stage.LEARNING,
    Phase.CLOSING: Stage.CLOSING,
}


class _On(NamedTuple):
    """What a row is made with."""

    today: date
    limits: Limits
    talks: TalkCounts


def published_of(store: Store, settings: Settings, today: date) -> Published:
    """Return what others see of the records; see `counting`."""
    steps = counting(store, settings, today)
    while True:
        try:
            next(steps)
        except StopIteration as done:
            found: Published = done.value
            return found


def counting(store: Store, settings: Settings, today: date) -> Generator[None, None, Published]:
    """Count what others see of the records, a mentee at each step, and return it at the end.

    Args:
        store: The records. Of a team's only those mentees are in it whose main mentor the user is,
            by the role and the account's name; nowhere one whom another mentor has lent.
        settings: What the mentor has chosen.
        today: The day.
    """
    on = _On(today, due_limits(settings), talk_counts(store.tables()))
    own, people = whose_today(store), people_of(store)
    me = store.by if store.on_server else str(os.geteuid())
    number = numbers((one.id for one in store.all(Mentee)), me)
    names: dict[str, str] = {}
    found: dict[str, PublishedMentee] = {}
    for one in store.all(Mentee):
        yield
        mentee = store.get(Mentee, one.id)
        if mentee is None or mentee.example or not _is_shown(mentee, on.limits):
            continue
        view = view_with_texts_later(store, mentee, people)
        if borrowed(view.loans) is not None:
            continue  # a copy: it counts at the lender
        if store.of_team and not is_main_mentor(view, own):
            continue  # they count with their main mentor
        found[one.id] = _row(view, number[one.id], on)
        if not _is_due(mentee, on):
            names[one.id] = mentee.name
    letters = initials(names) if settings.publish_as == INITIALS else {}
    rows = [replace(row, who=letters.get(id, row.who)) for id, row in found.items()]
    # Not in the order in which they were added; and where there are initials, not by number.
    rows.sort(key=lambda row: (isinstance(row.who, int), row.who))
    return Published(today, settings.capacity or None, tuple(rows))


def why_none(store: Store, published: Published) -> str:
    """Return one sentence if nobody is published though there are mentees, which says why; else "".

    Why nobody of one's own is, such as on hold, is nobody else's business, and known to the user.
    """
    if published.mentees:
        return ""
    there, own, people = store.all(Mentee), whose_today(store), people_of(store)
    if there and all(one.example for one in there):
        return _("All mentees are example data, which is never published.")
    if not store.of_team:
        return ""
    views = (view_with_texts_later(store, one, people) for one in there if not one.example)
    if any(is_main_mentor(one, own) for one in views):
        return ""
    said = _("Nobody in the team file has you, {name}, as their mentor: the role has to say so.")
    if store.on_server:
        said = _("Nobody on the server has you, {name}, as their mentor: the role has to say so.")
    return said.format(name=known_name(store))


def _is_shown(mentee: Mentee, limits: Limits) -> bool:
    """Whether anything is published of a mentee.

    Of a closed mentorship it is as long as a day is set on which all of it is due for deletion. On
    hold there is none, and why is nobody else's business.
    """
    if mentee.state is not CourseState.CLOSED:
        return True
    return not is_held(mentee) and deletion_day(mentee, What.ALL, limits) is not None


def _is_due(mentee: Mentee, on: _On) -> bool:
    """Whether all about a mentee is due for deletion: then nothing but that is published."""
    due = deletion_day(mentee, What.ALL, on.limits)
    return due is not None and due <= on.today


def _row(view: MenteeView, who: int | str, on: _On) -> PublishedMentee:
    mentee = view.mentee
    if mentee.state is CourseState.CLOSED:
        due = _day(deletion_day(mentee, What.ALL, on.limits))
        if _is_due(mentee, on):
            return PublishedMentee(who, phase=Stage.CLOSED, retention_due=due)
    else:
        due = None
    phase = phase_of(mentee, on.today)
    is_closed = mentee.state is CourseState.CLOSED
    lacks = {gap.kind for gap in gaps(view, on.today)}
    plan = professional(view.tasks)
    return PublishedMentee(
        who,
        week=None if is_closed or mentee.start is None else week_of(mentee.start, on.today),
        phase=Stage.CLOSED if is_closed else _STAGES[phase],
        talks_planned=_number(on.talks.planned, mentee),
        talks_held=_number(on.talks.held, mentee),
        talks_cancelled=_number(on.talks.cancelled, mentee),
        last_talk=_day(held_on(view.held[-1])) if view.held else None,
        no_buddy=GapKind.NO_BUDDY in lacks,
        no_plan=GapKind.NO_TASKS in lacks,
        no_expectations=GapKind.NO_AGREEMENT in lacks,
        steps=min(plan.done, MOST),
        steps_of=min(plan.of, MOST),
        retention_due=due,
    )


def _number(counts: Mapping[str, int], mentee: Mentee) -> int:
    return min(counts.get(mentee.id, 0), MOST)


def _day(day: date | None) -> date | None:
    """Return a day as it may stand in the file; one that cannot be is left out."""
    return day if day is not None and may_be(day) else None
