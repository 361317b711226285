"""Backups are thinned by time: some of the last hour, one an hour, one a day, one a week."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.storage.kept import thinning
from data.storage.kept.backup import Backup
from data.storage.kept.policy import DEFAULT, Keeping
from data.storage.kept.thinning import LEAST, outdated

NOW = datetime(2026, 11, 25, 15, 4).astimezone()  # a Wednesday


def made(*ages: timedelta, now: datetime = NOW) -> list[Backup]:
    """Backups of these ages, whose generations are in their order."""
    times = sorted(now - age for age in ages)
    return [Backup(n, f"{n:06d}", at, "id") for n, at in enumerate(times, 1)]


def kept(found: Sequence[Backup], now: datetime = NOW, keeping: Keeping = DEFAULT) -> list[Backup]:
    gone = set(outdated(found, now, keeping))
    return [one for one in found if one not in gone]


def ages(found: Sequence[Backup], unit: timedelta) -> list[int]:
    """The ages in whole units, the newest first."""
    return [(NOW - one.at) // unit for one in reversed(found)]


MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def test_one_of_each_ten_minutes_of_the_last_two_hours() -> None:
    every_minute = made(*(n * MINUTE for n in range(115)))
    assert ages(kept(every_minute), MINUTE) == [0, 1, 2, 3, 4, *range(5, 115, 10)]


def test_one_of_each_hour_of_the_last_day() -> None:
    every_hour = made(*(n * HOUR + MINUTE * 7 for n in range(24)))
    assert kept(every_hour) == every_hour
    every_ten_minutes = made(*(n * 10 * MINUTE for n in range(7, 24 * 6)))
    found = kept(every_ten_minutes)
    assert len(found) == 4 + 23, "four more until two hours ago, and one of each hour"
    assert {one.at.replace(minute=0) for one in found} == {
        one.at.replace(minute=0) for one in every_ten_minutes
    }


def test_one_of_each_of_14_days_and_of_8_weeks() -> None:
    every_six_hours = made(*(n * HOUR * 6 for n in range(4 * 90)))
    found = kept(every_six_hours)
    days = [one for one in found if NOW - one.at > DAY]
    assert [NOW.date() - one.at.date() for one in reversed(days)] == [
        n * DAY for n in (*range(2, 14), 17, 24, 31, 38, 45, 52)
    ]
    assert all(one.at.hour == 21 for one in days), "the last of the day"
    assert {one.at.weekday() for one in days if NOW - one.at > 15 * DAY} == {6}


@pytest.mark.parametrize(
    ("keeping", "oldest"), [(Keeping(3, 0), 2), (Keeping(0, 0), 1), (Keeping(30, 2), 29)]
)
def test_the_settings_say_for_how_long(keeping: Keeping, oldest: int) -> None:
    every_six_hours = made(*(n * HOUR * 6 for n in range(4 * 90)))
    found = kept(every_six_hours, keeping=keeping)
    assert (NOW.date() - found[0].at.date()).days == oldest


def test_the_last_and_the_one_of_before_today_stay_however_old_they_are() -> None:
    old = made(400 * DAY, 401 * DAY, 402 * DAY)
    assert kept(old) == old[-1:]
    used_again = made(0 * DAY, MINUTE, 400 * DAY, 401 * DAY)
    assert kept(used_again) == used_again[1:]


def test_a_time_yet_to_come_takes_nothing_away() -> None:
    """The clock was wrong for a while, or stood still in another year."""
    found = made(-400 * DAY, -399 * DAY, MINUTE, DAY)
    assert kept(found) == found


def test_all_in_one_moment_are_the_last_five() -> None:
    found = made(*[DAY] * 20)
    assert kept(found) == found[-5:]


# -- what holds whatever happens ----------------------------------------------------------------

STEPS = st.lists(
    st.sampled_from([0, 1, 30, 300, 601, 3600, 9000, 40_000, 86_400, 700_000, 3_000_000]),
    min_size=1,
    max_size=60,
)
"""Seconds from one fold to the next."""
KEEPING = st.sampled_from([DEFAULT, Keeping(3, 0), Keeping(0, 0), Keeping(30, 2)])


def folded(steps: Sequence[int]) -> list[Backup]:
    start = datetime(2026, 3, 2, 7, 58).astimezone()
    at, found = start, []
    for number, step in enumerate(steps, 1):
        at += timedelta(seconds=step)
        found.append(Backup(number, f"{number:06d}", at.astimezone(), "id"))
    return found


@given(STEPS, KEEPING, st.integers(0, 5_000_000))
def test_it_makes_no_difference_how_often_they_are_thinned(
    steps: list[int], keeping: Keeping, later: int
) -> None:
    every = folded(steps)
    now = every[-1].at + timedelta(seconds=later)
    there: list[Backup] = []
    for one in every:
        there.append(one)
        there = kept(there, one.at, keeping)
    assert kept(there, now, keeping) == kept(every, now, keeping)


@given(STEPS, KEEPING, st.integers(0, 100_000))
def test_what_goes_is_never_needed_later(steps: list[int], keeping: Keeping, later: int) -> None:
    every = folded(steps)
    now = every[-1].at
    gone = set(outdated(every, now, keeping))
    assert gone <= set(outdated(every, now + timedelta(seconds=later), keeping))


@given(STEPS, st.integers(0, 100_000))
def test_for_each_that_there_was_one_of_the_same_time_has_all_of_it(
    steps: list[int], later: int
) -> None:
    every = folded(steps)
    now = every[-1].at + timedelta(seconds=later)
    left = kept(every, now)
    for one in every:
        age, days = now - one.at, (now.date() - one.at.date()).days
        after = [other for other in left if other.gen >= one.gen]
        if age < 2 * HOUR:
            assert any(other.at - one.at < 10 * MINUTE for other in after)
        elif age < DAY:
            assert any(other.at - one.at < HOUR for other in after)
        elif days < 14:
            assert any(other.at.date() == one.at.date() for other in after)
        elif days < 55:
            assert any(
                other.at.date().isocalendar()[:2] == one.at.date().isocalendar()[:2]
                for other in after
            )


@given(STEPS, KEEPING, st.integers(0, 5_000_000))
def test_nothing_is_older_than_the_settings_allow_but_the_last_two_days(
    steps: list[int], keeping: Keeping, later: int
) -> None:
    every = folded(steps)
    now = every[-1].at + timedelta(seconds=later)
    old = [
        one
        for one in kept(every, now, keeping)
        if (now.date() - one.at.date()).days >= keeping.limit
    ]
    assert len(old) <= 1
    assert not old or all(one.at.date() == now.date() for one in every[every.index(old[0]) + 1 :])


# -- size -----------------------------------------------------------------------------------------

MB = 1 << 20


def within(found: list[Backup], megabytes: int) -> list[Backup]:
    sizes = dict.fromkeys(found, megabytes * MB)
    gone = set(outdated(found, NOW, sizes=sizes))
    return [one for one in found if one not in gone]


def test_together_they_have_at_most_so_much() -> None:
    every = made(*(n * 10 * MINUTE for n in range(6 * 24 * 80)))
    assert len(kept(every)) > 40
    assert kept(every) == within(every, 1), "small ones all have room"
    for megabytes in (20, 32, 50):
        left = within(every, megabytes)
        assert (len(left) + 1) * megabytes * MB > thinning.MOST_BYTES >= len(left) * megabytes * MB
        assert within(left, megabytes) == left
    assert len(within(every, 4000)) == LEAST


def test_large_ones_have_a_share_of_each_rule() -> None:
    every = made(*(n * 10 * MINUTE for n in range(6 * 24 * 80)))
    left = within(every, 4000)
    assert left[-2:] == every[-2:]
    for least, most in ((HOUR / 2, 2 * HOUR), (DAY / 2, DAY), (2 * DAY, 7 * DAY)):
        assert any(least <= NOW - one.at <= most for one in left)


@given(STEPS, st.lists(st.integers(0, 100), min_size=60, max_size=60))
@settings(max_examples=50)
def test_nothing_goes_for_its_size_while_there_is_room(steps: list[int], sizes: list[int]) -> None:
    every = folded(steps)
    now = every[-1].at
    bytes_of = {one: size * MB for one, size in zip(every, sizes, strict=False)}
    gone = set(outdated(every, now, sizes=bytes_of))
    left = [one for one in every if one not in gone]
    total = sum(bytes_of[one] for one in left)
    assert total <= thinning.MOST_BYTES or len(left) <= LEAST
    assert set(left) <= set(kept(every, now))
    assert every[-1] in left
