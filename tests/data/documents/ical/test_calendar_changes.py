"""What was given out before is told again: moved, cancelled, come back, and never twice."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from data.documents.calendars import give_out
from data.method.mentorship.untouched import deletion, is_untouched
from data.queries.mentees import all_records
from data.records import (
    Agreement,
    CalendarEntry,
    Conflict,
    CourseState,
    Mentee,
    Talk,
    TalkState,
    Task,
)
from data.store.change import Change
from data.store.store import Store
from tests.data.backend import Disk, MemoryBackend
from tests.data.documents.ical.support import (
    TODAY,
    ZONE,
    add,
    at,
    edit,
    events,
    maja,
    one,
    said,
    talk,
    without_stamp,
)


def test_written_again_it_is_the_same_but_for_the_time_of_writing(store: Store) -> None:
    mentee = maja(store)
    for number in range(5):
        talk(store, mentee, TODAY + timedelta(days=number), "" if number % 2 else "10:15")
    first = give_out(store, mentee)
    at(TODAY, 15)
    again = give_out(store, mentee)
    assert again.data != first.data
    assert without_stamp(again.data) == without_stamp(first.data)
    at(TODAY + timedelta(days=60))
    later = give_out(store, mentee)
    assert without_stamp(later.data) == without_stamp(first.data)


def test_a_talk_keeps_its_uid_and_moving_raises_its_sequence(store: Store) -> None:
    mentee = maja(store)
    planned = talk(store, mentee, date(2026, 3, 10))
    first = one(store, mentee)
    assert said(first) == (0, "CONFIRMED")
    fields: list[dict[str, object]] = [
        {"planned_on": date(2026, 3, 11)},
        {"planned_time": "09:00"},
        {"minutes": 30},
        {"place": "Mødelokale 4; ved køkkenet, 2. sal"},
    ]
    for number, changed in enumerate(fields, 1):
        edit(store, planned, **changed)
        event = one(store, mentee)
        assert said(event) == (number, "CONFIRMED")
        assert event["UID"] == first["UID"]
    assert event.start == datetime(2026, 3, 11, 9, tzinfo=ZONE)
    assert event.end == datetime(2026, 3, 11, 9, 30, tzinfo=ZONE)
    assert event["LOCATION"] == "Mødelokale 4; ved køkkenet, 2. sal"


def test_what_is_cancelled_and_planned_again_is_told(store: Store) -> None:
    mentee = maja(store)
    planned = talk(store, mentee, date(2026, 3, 10))
    never = talk(store, mentee, date(2026, 3, 20))
    edit(store, never, state=TalkState.CANCELLED)
    uid = one(store, mentee)["UID"]
    edit(store, planned, state=TalkState.CANCELLED)
    for _again in range(2):
        event = one(store, mentee)
        assert (event["UID"], *said(event)) == (uid, 1, "CANCELLED")
        assert event["TRANSP"] == "TRANSPARENT"
        assert not list(event.walk("VALARM"))
    edit(store, planned, state=TalkState.POSTPONED, planned_on=None)
    assert said(one(store, mentee)) == (1, "CANCELLED")
    edit(store, planned, state=TalkState.PLANNED, planned_on=date(2026, 4, 1))
    event = one(store, mentee)
    assert (event["UID"], *said(event)) == (uid, 2, "CONFIRMED")


def test_a_talk_that_is_deleted_is_cancelled_and_comes_back_when_that_is_undone(
    store: Store,
) -> None:
    mentee = maja(store)
    planned = talk(store, mentee, date(2026, 3, 10))
    first = one(store, mentee)
    kept = store.get(Talk, planned.id)
    assert kept is not None
    store.commit([Change.deleted(kept)], "Delete")
    event = one(store, mentee)
    assert (event["UID"], *said(event)) == (first["UID"], 1, "CANCELLED")
    assert event.start == first.start
    assert store.undo() == "Delete"  # what was given out is no step of undo
    assert said(one(store, mentee)) == (2, "CONFIRMED")


def test_a_mentee_added_by_mistake_can_go_and_its_talks_are_cancelled(store: Store) -> None:
    mentee = maja(store)
    talk(store, mentee, date(2026, 3, 10))
    one(store)
    records = all_records(store, mentee.id)
    assert is_untouched(records)
    stored = store.get(Mentee, mentee.id)
    assert stored is not None
    store.commit(deletion(stored, records))
    assert store.all(Talk) == []
    event = one(store, names=True)
    assert said(event) == (1, "CANCELLED")
    assert event["SUMMARY"] == "Talk"


def test_past_talks_stay_only_where_they_were_given_out(store: Store) -> None:
    mentee = maja(store)
    talk(store, mentee, TODAY - timedelta(days=1))
    held = talk(store, mentee, TODAY)
    moment = datetime(2026, 3, 2, 14, tzinfo=ZONE)
    first = one(store, mentee)
    edit(store, held, state=TalkState.HELD, started_at=moment, ended_at=moment)
    add(store, Agreement(mentee_id=mentee.id, minutes=25, place="Kontoret"))
    at(TODAY + timedelta(days=9))
    again = one(store, mentee)
    assert said(again) == (0, "CONFIRMED")
    assert (again.start, again.end) == (first.start, first.end)


def test_a_talk_that_began_a_little_late_stays_where_it_was_planned(store: Store) -> None:
    mentee = maja(store)
    held = talk(store, mentee, TODAY)
    first = one(store, mentee)
    late = first.start + timedelta(minutes=7)
    edit(store, held, state=TalkState.HELD, started_at=late, ended_at=late)
    again = one(store, mentee)
    assert (said(again), again.start) == ((0, "CONFIRMED"), first.start)


@pytest.mark.parametrize("state", [TalkState.RUNNING, TalkState.HELD, TalkState.ARCHIVED])
def test_a_talk_that_was_begun_early_is_when_it_was_begun(store: Store, state: TalkState) -> None:
    mentee = maja(store)
    planned = talk(store, mentee, date(2026, 3, 20), "10:00")
    first = one(store, mentee)
    at(date(2026, 3, 10), 13)
    began = datetime(2026, 3, 10, 13, 20, tzinfo=ZONE)
    edit(store, planned, state=state, started_at=began)
    event = one(store, mentee)
    assert (event["UID"], *said(event)) == (first["UID"], 1, "CONFIRMED")
    assert event.start == began
    assert event.duration == first.duration
    assert said(one(store, mentee)) == (1, "CONFIRMED")


def test_a_sparring_that_was_held_stays_and_the_next_one_is_another(store: Store) -> None:
    mentee = maja(store)
    task = Task(mentee_id=mentee.id, title="Partshøring", sparring_on=date(2026, 3, 5))
    add(store, task)
    first = one(store, mentee)
    at(date(2026, 3, 4))
    edit(store, task, sparring_held_on=date(2026, 3, 4), sparring_on=date(2026, 3, 4))
    moved = one(store, mentee)
    assert (moved["UID"], *said(moved)) == (first["UID"], 1, "CONFIRMED")
    assert moved.start == date(2026, 3, 4)
    edit(store, task, sparring_on=date(2026, 4, 1))
    old, new = events(give_out(store, mentee).data)
    assert (old["UID"], *said(old)) == (first["UID"], 1, "CONFIRMED")
    assert said(new) == (0, "CONFIRMED")
    assert new["UID"] != first["UID"]
    edit(store, task, sparring_on=None)
    old, gone = events(give_out(store, mentee).data)
    assert said(old) == (1, "CONFIRMED")
    assert (gone["UID"], *said(gone)) == (new["UID"], 1, "CANCELLED")


def test_closing_cancels_what_was_still_to_come(store: Store) -> None:
    mentee = maja(store)
    early = Task(mentee_id=mentee.id, title="A", sparring_on=date(2026, 3, 3))
    late = Task(mentee_id=mentee.id, title="B", sparring_on=date(2026, 4, 5))
    add(store, early, late)
    give_out(store, None)
    at(date(2026, 3, 20))
    edit(store, mentee, state=CourseState.CLOSED, closed_on=date(2026, 3, 20))
    found = events(give_out(store, None).data)
    assert [event["STATUS"] for event in found] == ["CONFIRMED", "CANCELLED"]


def test_days_bound_what_is_new_only(store: Store) -> None:
    mentee = maja(store)
    near = talk(store, mentee, TODAY + timedelta(days=3))
    talk(store, mentee, TODAY + timedelta(days=4))
    assert give_out(store, mentee, days=3).events == 1
    edit(store, near, planned_on=TODAY + timedelta(days=50))
    (event,) = events(give_out(store, mentee, days=3).data)
    assert said(event) == (1, "CONFIRMED")
    assert give_out(store, mentee, days=10**9).events == 2


def test_two_sessions_that_write_at_once_give_out_the_same() -> None:
    disk = Disk()
    ours = Store(MemoryBackend(disk), by="met")
    mentee = maja(ours)
    planned = talk(ours, mentee, date(2026, 3, 10))
    theirs = Store(MemoryBackend(disk), by="ole")
    first = give_out(ours, None).data
    assert without_stamp(give_out(theirs, None).data) == without_stamp(first)
    edit(ours, planned, planned_on=date(2026, 3, 12))
    edit(theirs, planned, place="Kantinen")
    moved = give_out(ours, None).data
    assert without_stamp(give_out(theirs, None).data) == without_stamp(moved)
    assert theirs.all(Conflict) == ours.all(Conflict) == []
    last = Store(MemoryBackend(disk), by="met")
    assert len(last.all(CalendarEntry)) == 1
    assert without_stamp(give_out(last, None).data) == without_stamp(moved)
