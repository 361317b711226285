"""A mentorship ends: what is open is settled, talks after it go, and all comes back (R5)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from data.method.mentorship.closing import close_course, reopen_course
from data.method.mentorship.ending import AfterEnd, after_end, talks_after_end, within_again
from data.method.mentorship.phases import edit_course, view_after
from data.method.mentorship.still_open import Settle, still_open
from data.method.talk.rhythm import cancel, change_rhythm, move, postpone
from data.method.view import MENTEE, MenteeView
from data.records import (
    Action,
    ActionState,
    CourseState,
    Duty,
    DutyKind,
    Introduction,
    Mentee,
    Person,
    Talk,
    TalkState,
)
from data.workdays import is_workday
from tests.data.method.build import TODAY, days, make, mentee, task

ENDS = TODAY + days(200)


def talks(*offsets: int, **fields: object) -> list[Talk]:
    return [
        make(Talk, number=number, planned_on=TODAY + days(offset), **fields)
        for number, offset in enumerate(offsets, 1)
    ]


def view_of(*records: Talk | Action | Duty | Introduction, one: Mentee | None = None) -> MenteeView:
    return MenteeView.of(one or mentee(ends=ENDS), records)


def ended(view: MenteeView, ends: date, way: AfterEnd) -> MenteeView:
    edit = edit_course(view, replace(view.mentee, ends=ends), TODAY)
    return view_after(view, after_end(view, within_again(view, edit), way, TODAY).changes)


# -- closing and reopening ------------------------------------------------------------------------


def test_reopening_gives_every_talk_the_state_that_closing_took() -> None:
    planned, put_off, off = talks(7, 14, 21)
    put_off = replace(put_off, state=TalkState.POSTPONED)
    view = view_of(planned, put_off, replace(off, state=TalkState.CANCELLED))
    closed = view_after(view, close_course(view, TODAY))
    assert {one.state for one in closed.talks} == {TalkState.CANCELLED}
    again = view_after(closed, reopen_course(closed))
    assert again.talks == view.talks
    assert again.mentee == view.mentee


def test_closing_twice_and_cancelling_by_hand_brings_back_only_what_closing_took() -> None:
    view = view_of(*talks(7, 14))
    closed = view_after(view, close_course(view, TODAY))
    again = view_after(closed, reopen_course(closed))
    by_hand = view_after(again, [cancel(again.talks[0])])
    closed = view_after(by_hand, close_course(by_hand, TODAY))
    last = view_after(closed, reopen_course(closed))
    assert [one.state for one in last.talks] == [TalkState.CANCELLED, TalkState.PLANNED]


@pytest.mark.parametrize("moved", [lambda t: move(t, TODAY), lambda t: postpone(t, None), cancel])
def test_what_a_hand_does_with_a_cancelled_talk_holds(moved: object) -> None:
    view = view_of(*talks(7))
    closed = view_after(view, close_course(view, TODAY))
    assert callable(moved)
    after = moved(closed.talks[0]).after
    assert isinstance(after, Talk)
    assert after.cancelled_from is None


def test_what_is_still_open_is_named_and_stays_unless_it_is_settled() -> None:
    person = Person(id="5", name="Ole")
    action = make(Action, what="Ring", who=MENTEE)
    awaited = task(sparring_on=TODAY + days(2), sparring_with="5")
    access = make(Duty, text="Sagssystem", kind=DutyKind.SYSTEM)
    works = make(Duty, text="Mail", kind=DutyKind.SYSTEM, access_on=TODAY)
    meets = make(Introduction, person_id="5", planned_on=TODAY + days(3))
    agreed, rhythm = talks(7, 14)
    agreed = replace(agreed, by_hand=True)
    records = [action, awaited, access, works, meets, agreed, rhythm]
    view = MenteeView.of(mentee(ends=ENDS), records, {"5": person})
    found = still_open(view)
    assert [one.record.id for one in found] == [
        one.id for one in (action, awaited, access, meets, agreed)
    ]
    assert {one.name for one in found} >= {"Ring", "Børnesamtale", "Sagssystem", "Ole"}
    assert all(one.word(way) and one.label for one in found for way in one.ways)

    left = {change.id for change in close_course(view, TODAY)}
    assert left == {view.mentee.id, agreed.id, rhythm.id}
    ways = {one.key: one.ways[1] for one in found}
    settled = {change.id: change.after for change in close_course(view, TODAY, ways)}
    assert settled.keys() == {
        one.id for one in (view.mentee, action, awaited, access, meets, rhythm)
    }
    done = settled[action.id]
    assert isinstance(done, Action)
    assert (done.state, done.done_on) == (ActionState.DONE, TODAY)
    assert getattr(settled[access.id], "access_on", None) == TODAY
    assert getattr(settled[meets.id], "done_on", None) == TODAY
    dropped = close_course(view, TODAY, {one.key: Settle.DROP for one in found[:2]})
    assert {getattr(change.after, "state", "") for change in dropped} >= {ActionState.DROPPED}


# -- an earlier end -------------------------------------------------------------------------------


def test_talks_after_an_earlier_end_are_cancelled_kept_or_moved() -> None:
    view = view_of(*talks(7, 14, 40, 80, 120))
    end = TODAY + days(30)
    edit = edit_course(view, replace(view.mentee, ends=end), TODAY)
    assert [one.number for one in talks_after_end(view, edit, TODAY)] == [3, 4, 5]

    cancelled = ended(view, end, AfterEnd.CANCEL)
    assert [one.number for one in cancelled.to_come] == [1, 2]
    kept = ended(view, end, AfterEnd.KEEP)
    assert kept.talks == view.talks
    moved = ended(view, end, AfterEnd.MOVE)
    found = [one.planned_on for one in moved.to_come]
    assert len(set(found)) == 5
    assert all(day and TODAY < day <= end and is_workday(day) for day in found)


def test_a_talk_moved_by_hand_stays_whatever_is_chosen() -> None:
    one, other = talks(60, 90)
    by_hand = move(one, TODAY + days(61)).after
    assert isinstance(by_hand, Talk)
    timed = replace(other, planned_time="14:00")  # an older file does not say more
    view = view_of(by_hand, timed, *[replace(t, number=9) for t in talks(70)])
    for way in AfterEnd:
        left = ended(view, TODAY + days(30), way)
        assert [left.talk(t.id) for t in (by_hand, timed)] == [by_hand, timed]


def test_another_rhythm_leaves_a_talk_moved_by_hand() -> None:
    view = view_of(*talks(7, 14, 21, 28))
    moved = move(view.talks[1], TODAY + days(15)).after
    assert isinstance(moved, Talk)
    view = view_after(view, [move(view.talks[1], TODAY + days(15))])
    after = view_after(view, change_rhythm(view, "asye", TODAY).changes)
    assert after.talk(moved.id) == moved
    near = [
        t for t in after.to_come if t.planned_on and abs(t.planned_on - TODAY - days(15)) < days(3)
    ]
    assert near == [moved]


def test_a_later_end_brings_back_what_an_earlier_one_cancelled() -> None:
    view = view_of(*talks(7, 40, 80))
    early = ended(view, TODAY + days(30), AfterEnd.CANCEL)
    later = ended(early, TODAY + days(50), AfterEnd.KEEP)
    assert [one.number for one in later.to_come] == [1, 2]
    assert ended(later, ENDS, AfterEnd.KEEP).talks == view.talks


def test_more_talks_than_days_left_are_cancelled_and_never_share_a_day() -> None:
    view = view_of(*talks(40, 41, 42, 45, 46, 47))
    moved = ended(view, TODAY + days(3), AfterEnd.MOVE)
    found = [one.planned_on for one in moved.to_come]
    assert len(found) == len(set(found)) == 3
    assert moved.mentee.state is CourseState.ACTIVE
