"""The calendar file, read by a strict parser: when things are, how long, and who is named."""

from __future__ import annotations

import re
import warnings
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from data.documents.calendars import give_out
from data.i18n import set_language
from data.library import touch_points
from data.privacy.canaries import ALL, plant
from data.records import Agreement, Duty, DutyKind, Mentee, Talk, Task
from data.store.store import Store
from tests.data.backend import Disk, MemoryBackend
from tests.data.documents.build import example
from tests.data.documents.ical.support import (
    TODAY,
    ZONE,
    add,
    edit,
    events,
    maja,
    one,
    said,
    talk,
    without_stamp,
)


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


@given(
    place=st.text(max_size=200),
    time=st.text(max_size=8),
    day=st.dates(date(2026, 3, 2), date(2199, 12, 31)),
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
