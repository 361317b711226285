"""The phases of a mentorship (R5), and how other dates of it move talks and duties (R27, R70)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from data.dates import show_date
from data.i18n import N_, _
from data.method.talk.rhythm import MovedTalk, Rescheduling, change_rhythm, change_start
from data.method.view import MenteeView
from data.records import CourseState, Duty, Mentee, Talk
from data.store.change import Change

MONTH: Final = timedelta(days=28)
"""How long the phases START and CLOSING are: as long as talks are weekly."""


class Phase(StrEnum):
    """The phases of a mentorship, in their order."""

    PREPARATION = "preparation"
    START = "start"
    LEARNING = "learning"
    CLOSING = "closing"


_PHASES: Final = {
    Phase.PREPARATION: N_("Preparation"),
    Phase.START: N_("Start"),
    Phase.LEARNING: N_("Learning"),
    Phase.CLOSING: N_("Closing"),
}


def phase_of(mentee: Mentee, day: date) -> Phase | None:
    """Return the phase on a day; None if there is no first day at work, or if it is closed."""
    if mentee.start is None or mentee.state is CourseState.CLOSED:
        return None
    if day < mentee.start:
        return Phase.PREPARATION
    # Days between dates, for there is none before the first or after the last that there is.
    if mentee.ends and mentee.ends - day < MONTH:
        return Phase.CLOSING
    return Phase.START if day - mentee.start < MONTH else Phase.LEARNING


def ends_soon(mentee: Mentee, until: date) -> bool:
    """Whether to point out that the period ends: by the day `until`, or already (R5).

    `until` is `Limits.ending`. For a closed mentorship it is not pointed out.
    """
    closed = mentee.state is CourseState.CLOSED
    return mentee.ends is not None and mentee.ends <= until and not closed


def pause_text(mentee: Mentee) -> str:
    """Return that the mentorship is paused, and until when, in few words; "" if it is not."""
    if mentee.state is not CourseState.PAUSED:
        return ""
    if mentee.back_on is None:
        return _("paused")
    return _("paused until {date}").format(date=show_date(mentee.back_on))


def phase_word(phase: Phase) -> str:
    """Return the translated name of a phase."""
    return _(_PHASES[phase])


def edit_course(view: MenteeView, after: Mentee, today: date) -> Rescheduling:
    """Return what changes if the view's mentee is edited to be `after`.

    Another first day moves talks to come, and duties that are not done; another rhythm moves talks
    to come. There is one change for each record, that of the mentee first.
    """
    before = view.mentee
    steps: list[Change] = []
    if after.start and after.start != before.start:
        steps += change_start(view, after.start, today).changes
        view = view_after(view, steps)
    if after.rhythm != before.rhythm:
        view = replace(view, mentee=replace(view.mentee, ends=after.ends))
        steps += change_rhythm(view, after.rhythm, today).changes
    changes = [
        change for change in one_for_each_record(steps) if not isinstance(change.record, Mentee)
    ]
    moved = tuple(one for change in changes if (one := moved_talk(change)))
    return Rescheduling(
        (Change.between(before, after), *changes),
        tuple(sorted(moved, key=lambda one: one.number)),
    )


def view_after(view: MenteeView, changes: Iterable[Change]) -> MenteeView:
    """Return the view as it is after the changes to its mentee, duties and talks."""
    after = {change.id: change.after for change in changes}
    mentee = after.get(view.mentee.id)
    talks = {talk.id: talk for talk in view.talks}
    duties = {duty.id: duty for duty in view.duties}
    for id, record in after.items():
        if isinstance(record, Talk):
            talks[id] = record
        elif isinstance(record, Duty):
            duties[id] = record
        elif record is None:
            talks.pop(id, None)
    return replace(
        view,
        mentee=mentee if isinstance(mentee, Mentee) else view.mentee,
        talks=tuple(sorted(talks.values(), key=lambda talk: (talk.number, talk.id))),
        duties=tuple(duties.values()),
    )


def one_for_each_record(changes: Iterable[Change]) -> list[Change]:
    """Return one change for each record, from how it was first to how it is last."""
    found: dict[str, Change] = {}
    for change in changes:
        first = found.get(change.id)
        before = first.before if first else change.before
        found[change.id] = Change(change.table, change.id, before, change.after)
    return [one for one in found.values() if one.before is not None or one.after is not None]


def moved_talk(change: Change) -> MovedTalk | None:
    """Return which talk the change moves, adds or removes; None if it does not."""
    before, after = change.before, change.after
    was = before if isinstance(before, Talk) else None
    now = after if isinstance(after, Talk) else None
    talk = now or was
    if talk is None or (was and now and was.planned_on == now.planned_on):
        return None
    return MovedTalk(talk.number, was.planned_on if was else None, now.planned_on if now else None)
