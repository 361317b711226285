"""The series of talks: made, numbered, moved."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.method.talk.rhythm import (
    MovedTalk,
    cancel,
    change_rhythm,
    change_start,
    is_past_end,
    move,
    new_talk,
    postpone,
    propose_next,
    series,
    series_counts,
    week_of,
)
from data.method.view import MenteeView
from data.records import Agreement, Answer, Duty, Mentee, Talk, TalkState
from data.store.change import Change
from data.workdays import is_workday
from tests.data.method.build import START, TODAY, bare, days, held, make, mentee, talk

STARTS = st.dates(date(2020, 1, 1), date(2040, 1, 1))


def after(change: Change) -> Talk:
    assert isinstance(change.after, Talk)
    return change.after


def test_the_standard_series_is_weekly_then_fortnightly_then_monthly() -> None:
    talks = series(mentee())
    assert [one.number for one in talks] == list(range(1, len(talks) + 1))
    weeks = [week_of(START, one.planned_on) for one in talks if one.planned_on]
    assert weeks[:10] == [1, 2, 3, 4, 5, 7, 9, 11, 13, 15]
    gaps = {late - early for early, late in pairwise(weeks[9:])}
    assert gaps == {4}
    assert weeks[-1] <= 52


def test_talks_of_twelve_weeks() -> None:
    twelve = series(mentee(ends=START + days(12 * 7)))
    assert len(twelve) == 8
    assert twelve[-1].planned_on == date(2025, 12, 18)


def test_a_course_entered_late_has_the_talks_to_come_numbered_from_1() -> None:
    late = series(mentee(), TODAY)
    assert [one.number for one in late] == list(range(1, len(late) + 1))
    whole = [one.planned_on for one in series(mentee())]
    assert [one.planned_on for one in late] == [day for day in whole if day and day >= TODAY]
    assert late[0].planned_on == date(2025, 12, 4)


def test_another_rhythm() -> None:
    weeks = [week_of(START, t.planned_on) for t in series(mentee(rhythm="asye")) if t.planned_on]
    assert weeks[:9] == [1, 2, 3, 4, 5, 6, 7, 9, 11]
    assert series(mentee(rhythm="from a newer program")) != []
    assert series(mentee(start=None)) == []


@given(STARTS, st.sampled_from(["standard", "asye"]))
def test_no_talk_falls_on_a_day_off(start: date, rhythm: str) -> None:
    talks = series(Mentee(name="x", start=start, rhythm=rhythm))
    planned = [one.planned_on for one in talks if one.planned_on]
    assert all(is_workday(day) for day in planned)
    assert planned == sorted(set(planned))


def test_a_day_off_does_not_shift_the_weekday_for_good() -> None:
    talks = series(Mentee(name="x", start=date(2025, 12, 1)))  # a Monday: talks on Thursdays
    planned = [one.planned_on for one in talks[:5] if one.planned_on]
    assert [day.isoformat() for day in planned] == [
        "2025-12-04",
        "2025-12-11",
        "2025-12-18",
        "2025-12-29",  # Christmas Day is a Thursday, the 26th off, then a weekend
        "2026-01-02",  # and so is New Year's Day
    ]


def test_the_next_talk_follows_the_rhythm_of_the_week() -> None:
    assert propose_next(bare(), START - days(20)) == date(2025, 10, 9)
    early = bare(held(1, date(2025, 10, 9)))
    assert propose_next(early, date(2025, 10, 9)) == date(2025, 10, 16)
    later = bare(held(1, date(2025, 11, 6)))
    assert propose_next(later, date(2025, 11, 6)) == date(2025, 11, 20)
    monthly = bare(held(1, date(2026, 2, 5)))
    assert propose_next(monthly, date(2026, 2, 5)) == date(2026, 3, 5)
    after_all = bare(held(1, date(2027, 2, 4)))
    assert propose_next(after_all, date(2027, 2, 4)) == date(2027, 3, 4)


def test_a_talk_that_runs_counts_as_todays() -> None:
    view = bare(held(1, date(2025, 10, 9)), talk(2, TalkState.RUNNING))
    assert propose_next(view, TODAY) == date(2025, 12, 8)


@given(
    st.none() | STARTS,
    STARTS,
    st.none() | st.integers(-500, 500),
    st.none() | st.integers(1, 700),
)
def test_a_proposal_is_always_a_working_day_ahead(
    start: date | None, today: date, last: int | None, length: int | None
) -> None:
    ends = start + days(length) if start and length else None
    talks = [held(1, today + days(last))] if last is not None else []
    view = MenteeView.of(mentee(start=start, ends=ends), talks)
    proposed = propose_next(view, today)
    assert proposed > today
    assert is_workday(proposed)


def test_after_a_talk_before_the_first_day_the_next_is_at_work() -> None:
    before = bare(held(1, START - days(12)))
    assert propose_next(before, START - days(12)) == propose_next(bare(), START - days(12))
    assert propose_next(before, START - days(12)) > START


def test_minutes_are_right_through_the_night_the_clocks_change() -> None:
    summer, winter = timezone(timedelta(hours=2)), timezone(timedelta(hours=1))
    night = talk(
        1,
        TalkState.HELD,
        started_at=datetime(2026, 10, 25, 2, 50, tzinfo=summer),
        ended_at=datetime(2026, 10, 25, 2, 10, tzinfo=winter),
    )
    assert series_counts(bare(night), TODAY).minutes_held == 20


def test_a_proposal_keeps_within_the_period() -> None:
    view = bare(held(1, date(2026, 2, 5)), ends=date(2026, 2, 22))
    assert propose_next(view, date(2026, 2, 5)) == date(2026, 2, 20)
    over = bare(held(1, date(2026, 2, 5)), ends=date(2026, 2, 1))
    assert propose_next(over, date(2026, 2, 5)) == date(2026, 3, 5)
    assert is_past_end(over.mentee, date(2026, 3, 5))
    assert not is_past_end(view.mentee, date(2026, 2, 22))


def test_a_talk_keeps_its_number_whatever_becomes_of_it() -> None:
    one = talk(4, planned_on=TODAY, planned_time="14:00")
    moved = after(move(one, TODAY + days(2)))
    assert (moved.number, moved.planned_on, moved.planned_time) == (4, TODAY + days(2), "14:00")
    put_off = after(postpone(one, None))
    assert (put_off.number, put_off.state, put_off.planned_on) == (4, TalkState.POSTPONED, None)
    assert after(move(put_off, TODAY, "9:00")).state is TalkState.PLANNED
    off = after(cancel(one))
    assert (off.number, off.state, off.planned_on) == (4, TalkState.CANCELLED, TODAY)
    assert new_talk(bare(off), TODAY).number == 5
    assert new_talk(bare(), None).number == 1


def week_eight() -> MenteeView:
    """Week 8: talks 1-7 held or cancelled, the rest of the standard series planned."""
    talks = series(mentee())
    past = [t for t in talks if t.planned_on and t.planned_on < TODAY]
    done = [held(t.number, t.planned_on) for t in past if t.planned_on]
    return MenteeView.of(mentee(), [*done, *talks[len(past) :]])


def test_a_change_of_rhythm_says_what_it_moves_and_keeps_numbers() -> None:
    view = week_eight()
    planned = change_rhythm(view, "asye", TODAY)
    head = planned.changes[0].after
    assert isinstance(head, Mentee)
    assert head.rhythm == "asye"
    talks = {t.id: t for t in view.talks}
    for change in planned.changes[1:]:
        talk = change.record
        assert isinstance(talk, Talk)
        if change.after is None:
            del talks[change.id]
        else:
            talks[change.id] = talk
    numbers = sorted(t.number for t in talks.values())
    assert numbers == list(range(1, len(numbers) + 1))
    future = sorted(t.planned_on for t in talks.values() if t.planned_on and t.planned_on > TODAY)
    assert future[0] == date(2025, 12, 4)
    assert [week_of(START, day) for day in future[:4]] == [9, 11, 13, 15]
    assert all(t in view.held for t in talks.values() if t.state is TalkState.HELD)
    assert any(one.before is None for one in planned.moved), "the closer rhythm adds talks"


def test_a_change_of_rhythm_to_the_same_moves_nothing() -> None:
    assert change_rhythm(week_eight(), "standard", TODAY).moved == ()


def test_a_change_back_takes_the_last_talks_away() -> None:
    asye = mentee(rhythm="asye")
    view = MenteeView.of(asye, series(asye))
    moved = change_rhythm(view, "standard", START - days(9)).moved
    gone = [one.number for one in moved if one.after is None]
    assert gone == list(range(len(series(mentee())) + 1, len(view.talks) + 1))


def test_a_talk_that_the_mentee_has_prepared_is_not_taken_away() -> None:
    asye = mentee(rhythm="asye")
    talks = series(asye)
    answer = make(Answer, talk_id=talks[-1].id, key="occupied", mentee="Fra forberedelsen")
    planned = change_rhythm(MenteeView.of(asye, [*talks, answer]), "standard", START - days(9))
    gone = [change.id for change in planned.changes if change.after is None]
    assert gone
    assert talks[-1].id not in gone


def test_another_first_day_moves_talks_and_undone_duties() -> None:
    welcome = make(Duty, text="Velkomst", due=START)
    done = make(Duty, text="Plads", due=START, done_on=START)
    talks = [talk(1, planned_on=START + days(3)), talk(2, planned_on=START + days(10))]
    view = bare(welcome, done, *talks)
    shift = change_start(view, START + days(14), START - days(30))
    assert [one.after for one in shift.moved] == [START + days(17), START + days(24)]
    moved = {change.id: change.after for change in shift.changes}
    duty = moved[welcome.id]
    assert isinstance(duty, Duty)
    assert duty.due == START + days(14)
    assert done.id not in moved


def test_a_first_day_makes_the_series_where_there_was_none() -> None:
    view = bare(start=None)
    shift = change_start(view, START, START - days(9))
    assert shift.moved[0] == MovedTalk(1, None, date(2025, 10, 9))
    assert len(shift.moved) == len(series(mentee()))
    assert len(shift.changes) == len(shift.moved) + 1


def test_minutes_planned_and_held_and_a_cancelled_talk_is_not_held() -> None:
    view = bare(
        make(Agreement, minutes=45),
        held(1, START),
        held(2, START + days(7), minutes=30),
        talk(3, TalkState.CANCELLED, planned_on=START),
        talk(4, planned_on=TODAY),
    )
    found = series_counts(view, TODAY)
    assert (found.held, found.cancelled, found.to_come) == (2, 1, 1)
    assert (found.minutes_planned, found.minutes_held) == (75, 120)


@pytest.mark.parametrize(("day", "week"), [(0, 1), (6, 1), (7, 2), (-1, 0), (-8, -1)])
def test_weeks_of_the_course(day: int, week: int) -> None:
    assert week_of(START, START + days(day)) == week
