"""The calendar file: read by a strict parser, and told again what was given out before."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from data.clock import Clock, set_clock
from data.documents.calendars import give_out
from data.i18n import set_language
from data.library import touch_points
from data.method.mentorship.untouched import deletion, is_untouched
from data.privacy.canaries import ALL, plant
from data.queries.mentees import all_records
from data.records import (
    Agreement,
    CalendarEntry,
    Conflict,
    CourseState,
    Duty,
    DutyKind,
    Mentee,
    Talk,
    TalkState,
    Task,
)
from data.store.change import Change
from data.store.store import Store
from tests.data.backend import Disk, MemoryBackend
from tests.data.documents.build import example

TODAY = date(2026, 3, 2)
ZONE = ZoneInfo("Europe/Copenhagen")


def at(day: date, hour: int = 9) -> None:
    set_clock(Clock(datetime(day.year, day.month, day.day, hour, tzinfo=ZONE)))


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    set_language("en")
    at(TODAY)
    yield
    set_clock(None)


@pytest.fixture
def store() -> Store:
    return Store(MemoryBackend(Disk()), by="met")


def add(store: Store, *records: Mentee | Talk | Task | Duty | Agreement) -> None:
    store.commit([Change.created(one) for one in records])


def maja(store: Store) -> Mentee:
    mentee = Mentee(name="Maja Holm", start=TODAY)
    add(store, mentee)
    return mentee


def talk(store: Store, mentee: Mentee, day: date, time: str = "14:00") -> Talk:
    number = len(store.of(Talk, mentee.id)) + 1
    made = Talk(mentee_id=mentee.id, number=number, planned_on=day, planned_time=time)
    add(store, made)
    return made


def edit(store: Store, record: Talk | Task | Duty | Mentee | Agreement, **fields: object) -> None:
    now = store.get(type(record), record.id)
    assert now is not None
    store.commit([Change.between(now, replace(now, **fields))])  # type: ignore[arg-type]


def events(data: bytes) -> list[Any]:
    """Return the events of a file that is read strictly: nothing in it may be wrong."""
    for line in data.split(b"\r\n"):
        assert len(line) <= 75, line
    assert b"\n" not in data.replace(b"\r\n", b"")
    calendar = Calendar.from_ical(data)
    for component in calendar.walk():
        assert component.errors == []
    assert calendar["VERSION"] == "2.0"
    assert len(list(calendar.walk("VTIMEZONE"))) == 1
    return list(calendar.walk("VEVENT"))


def one(store: Store, mentee: Mentee | None = None, *, names: bool = False) -> Any:
    (event,) = events(give_out(store, mentee, names=names).data)
    return event


def said(event: Any) -> tuple[int, str]:
    return event["SEQUENCE"], str(event["STATUS"])


def test_nineteen_talks_stand_right_over_both_changes_of_the_clock(store: Store) -> None:
    mentee = maja(store)
    days = [TODAY + timedelta(days=14 * number) for number in range(1, 20)]
    for day in days:
        talk(store, mentee, day, "14:30")
    found = events(give_out(store, mentee).data)
    assert [event.start.date() for event in found] == days
    zones = {event.start.utcoffset() for event in found}
    assert zones == {timedelta(hours=1), timedelta(hours=2)}
    assert days[0] < date(2026, 3, 29) < days[2]
    assert days[-4] < date(2026, 10, 25) < days[-1]
    for event in found:
        assert event.start.replace(tzinfo=None).time().isoformat() == "14:30:00"
        assert event["DTSTART"].params["TZID"] == "Europe/Copenhagen"
        assert event.end - event.start == timedelta(minutes=45)
    assert len({str(event["UID"]) for event in found}) == 19


def test_the_clock_changes_by_rule_as_the_tables_say(store: Store) -> None:
    """What the file says of the zone is the same as what the zone is, each day of ten years."""
    mentee = maja(store)
    data = give_out(store, mentee).data
    zone: Any
    (zone,) = Calendar.from_ical(data).walk("VTIMEZONE")
    zone.add("COMMENT", "so that the library does not take the zone that it knows itself")
    zone["TZID"] = "by-rule"
    by_rule = zone.to_tz(lookup_tzid=False)
    moment = datetime(2025, 1, 1, tzinfo=UTC)
    while moment.year < 2035:
        local = moment.astimezone(ZONE).replace(tzinfo=None, fold=0)
        assert local.replace(tzinfo=by_rule).utcoffset() == local.replace(tzinfo=ZONE).utcoffset()
        moment += timedelta(hours=25)


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


def without_stamp(data: bytes) -> bytes:
    return re.sub(rb"DTSTAMP:\d{8}T\d{6}Z", b"", data)


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


def test_how_long_a_talk_takes_is_said_by_talk_expectations_or_library(store: Store) -> None:
    mentee = maja(store)
    planned = talk(store, mentee, date(2026, 3, 10))
    assert one(store, mentee).duration == timedelta(minutes=45)
    add(store, Agreement(mentee_id=mentee.id, minutes=50, place="Kontoret"))
    event = one(store, mentee)
    assert (event.duration, event["LOCATION"]) == (timedelta(minutes=50), "Kontoret")
    edit(store, planned, minutes=20, place="Kantinen")
    event = one(store, mentee)
    assert (event.duration, event["LOCATION"]) == (timedelta(minutes=20), "Kantinen")


def test_a_talk_over_the_change_of_the_clock_takes_as_long_as_it_takes(store: Store) -> None:
    mentee = maja(store)
    times = ((date(2026, 3, 29), "01:30"), (date(2026, 10, 25), "01:30"))
    for day, time in (*times, (date(2027, 10, 31), "02:30")):
        edit(store, talk(store, mentee, day, time), minutes=45)
    found = events(give_out(store, mentee).data)
    assert len(found) == 3
    for event in found:
        assert event["DURATION"].dt == timedelta(minutes=45)
        assert "DTEND" not in event  # it would be 02:15, which may be before 02:30


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


def test_only_the_talks_of_the_manager_are_meetings_and_none_is_after_the_end(
    store: Store,
) -> None:
    mentee = maja(store)
    edit(store, mentee, ends=date(2026, 6, 1))
    fields: list[tuple[str, date]] = [
        (touch_points()[1].duty, date(2026, 4, 9)),
        ("equipment", date(2026, 4, 10)),
        (touch_points()[-1].duty, date(2026, 6, 2)),
    ]
    for key, due in fields:
        made = Duty(mentee_id=mentee.id, text="Et", kind=DutyKind.MANAGER, due=due, key=key)
        add(store, made)
    found = events(give_out(store, None).data)
    assert [event["SUMMARY"] for event in found] == ["Meeting with the manager", "Manager"]
    set_language("da")
    found = events(give_out(store, None).data)
    assert [event["SUMMARY"] for event in found] == ["Møde med lederen", "Leder"]
    edit(store, mentee, ends=date(2026, 4, 9))
    assert [said(event)[1] for event in events(give_out(store, None).data)] == [
        "CONFIRMED",
        "CANCELLED",
    ]


def test_an_alarm_goes_before_a_talk_and_in_the_morning_where_it_has_no_time(store: Store) -> None:
    mentee = maja(store)
    talk(store, mentee, date(2026, 3, 10))
    talk(store, mentee, date(2026, 3, 11), "")
    timed, whole_day = events(give_out(store, mentee).data)
    triggers = [event.walk("VALARM")[0]["TRIGGER"].dt for event in (timed, whole_day)]
    assert triggers == [timedelta(minutes=-15), timedelta(hours=8)]
    assert whole_day.start == date(2026, 3, 11)
    assert whole_day.end == date(2026, 3, 12)
    assert (timed["TRANSP"], whole_day["TRANSP"]) == ("OPAQUE", "TRANSPARENT")


def test_sparrings_and_meetings_with_the_manager_take_a_day_and_no_time(store: Store) -> None:
    mentee = maja(store)
    task = Task(mentee_id=mentee.id, title="Partshøring", sparring_on=date(2026, 3, 5))
    meeting = Duty(
        mentee_id=mentee.id, text="Møde om to uger", kind=DutyKind.MANAGER, due=date(2026, 3, 16)
    )
    other = Duty(mentee_id=mentee.id, text="Frokost", kind=DutyKind.SOCIAL, due=date(2026, 3, 9))
    add(store, task, meeting, other)
    found = events(give_out(store, mentee).data)
    assert [event["SUMMARY"] for event in found] == ["Sparring", "Manager"]
    named = events(give_out(store, mentee, names=True).data)
    assert [event["SUMMARY"] for event in named] == [
        "Sparring: Partshøring (Maja Holm)",
        "Møde om to uger (Maja Holm)",
    ]
    for event in found + named:
        assert event["TRANSP"] == "TRANSPARENT"
        assert type(event.start) is date
        assert event["SEQUENCE"] == 0


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


def test_nobody_is_named_unless_asked_for(store: Store) -> None:
    mentee = maja(store)
    talk(store, mentee, date(2026, 3, 10))
    assert b"Maja" not in give_out(store, mentee).data
    assert one(store, mentee, names=True)["SUMMARY"] == "Talk (Maja Holm)"
    event = one(store, mentee)
    assert said(event) == (0, "CONFIRMED")
    assert event["CLASS"] == "PRIVATE"
    set_language("da")
    assert one(store, mentee)["SUMMARY"] == "Samtale"


@pytest.mark.parametrize("names", [False, True])
def test_no_private_word_is_in_it(names: bool) -> None:
    store = example()
    for mentee in store.all(Mentee):
        plant(store, mentee, datetime(2026, 3, 2, 9, tzinfo=ZONE))
    data = give_out(store, None, names=names).data
    assert events(data)
    assert ALL.encode() not in data.replace(b"\r\n ", b"")
    assert b"\r\nDESCRIPTION" not in re.sub(rb"BEGIN:VALARM.*?END:VALARM", b"", data, flags=re.S)


def test_the_example_is_left_out_beside_mentees_of_ones_own() -> None:
    store = example()
    assert give_out(store, None).events > 1
    talk(store, maja(store), date(2026, 3, 10))
    assert one(store, names=True)["SUMMARY"] == "Talk (Maja Holm)"


def test_another_parser_reads_it_without_complaint(store: Store) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # in what it imports
        import vobject
    mentee = maja(store)
    for number in range(19):
        talk(store, mentee, TODAY + timedelta(days=14 * number), "" if number == 3 else "08:05")
    data = give_out(store, mentee, names=True).data.decode()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # in its dateutil
        read = vobject.readOne(data)
        assert read.validate(raiseException=True)
        starts = [event.dtstart.value for event in read.vevent_list]
    assert len(starts) == 19
    winter, summer = starts[0], starts[4]
    assert winter.utcoffset() == timedelta(hours=1)
    assert summer.utcoffset() == timedelta(hours=2)
    assert starts[3] == TODAY + timedelta(days=42)


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


@given(
    place=st.text(max_size=200),
    time=st.text(max_size=8),
    day=st.dates(min_value=date(2026, 3, 2)),
    minutes=st.integers(min_value=1, max_value=100_000),
)
def test_whatever_is_planned_can_be_read(place: str, time: str, day: date, minutes: int) -> None:
    store = Store(MemoryBackend(Disk()), by="met")
    mentee = Mentee(name="Bo")
    add(store, mentee)
    made = Talk(
        mentee_id=mentee.id,
        number=1,
        planned_on=day,
        planned_time=time,
        minutes=minutes,
        place=place,
    )
    add(store, made)
    first = give_out(store, mentee).data
    (event,) = events(first)
    assert (event.start.date() if isinstance(event.start, datetime) else event.start) == day
    assert without_stamp(give_out(store, mentee).data) == without_stamp(first)
