"""Writes the events of a calendar as iCalendar (RFC 5545), with the library `icalendar`.

The same events are the same bytes, but for the time of writing (DTSTAMP). No event has a
description: what is said and written in a talk is no part of a calendar.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event, Timezone, vCalAddress

from data.records import CalendarEntry, EntryKind, part_id
from data.text import clean

PLACE: Final = "mentorrollen"
"""What the id of every event ends with."""
ZONE: Final = "Europe/Copenhagen"
RULES: Final = f"""BEGIN:VTIMEZONE
TZID:{ZONE}
BEGIN:DAYLIGHT
TZNAME:CEST
DTSTART:19810329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
TZNAME:CET
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
"""
"""When the clock is changed, by rule, so that it does not depend on the computer's own tables."""
BEFORE: Final = timedelta(minutes=-15)
"""How long before a talk its alarm is."""
IN_THE_MORNING: Final = timedelta(hours=8)
"""When the alarm is of a talk that has no time: so long after its day began."""


NO_MAIL: Final = "invalid:nomail"
"""What stands for an address that is not known: calendar programs take it for none."""


class Party(NamedTuple):
    """Somebody who invites or is invited."""

    name: str
    address: str
    """The mail address; "" if it is not known."""


def uid(entry: CalendarEntry) -> str:
    """Return the id of an event in every calendar; the same for ever."""
    return f"{entry.id}@{PLACE}"


def calendar_uid(mentee_id: str) -> str:
    """Return the id of the calendar of a mentee, or of that of all mentees for "" (RFC 7986)."""
    return f"{part_id(mentee_id, CalendarEntry.table) if mentee_id else 'all'}@{PLACE}"


def written(mentee_id: str, entries: Iterable[tuple[CalendarEntry, str]], now: datetime) -> bytes:
    """Return a calendar file.

    Args:
        mentee_id: Whose calendar it is; "" for that of all mentees.
        entries: The events, and what each is called.
        now: The time of writing, with its offset.
    """
    calendar = _calendar()
    calendar.add("uid", calendar_uid(mentee_id))
    calendar.add_component(_rules())
    for entry, summary in entries:
        if entry.day is not None:
            calendar.add_component(_event(entry, entry.day, clean(summary, lines=False), now))
    data: bytes = calendar.to_ical(sorted=False)
    return data


def invitation(
    entry: CalendarEntry, summary: str, now: datetime, organizer: Party, attendee: Party
) -> bytes:
    """Return an event as an invitation, which a mail program answers with yes or no (RFC 5546).

    It has no alarm: that is for whoever is invited to set.

    Args:
        entry: The event, which has a day.
        summary: What it is called.
        now: The time of writing, with its offset.
        organizer: Who invites.
        attendee: Who is invited.
    """
    assert entry.day is not None, "an invitation is to a day"  # noqa: S101
    calendar = _calendar()
    calendar.add("method", "REQUEST")
    calendar.add_component(_rules())
    event = _event(entry, entry.day, clean(summary, lines=False), now)
    event.subcomponents.clear()
    event.add("organizer", _address(organizer))
    invited = _address(attendee)
    invited.params["ROLE"] = "REQ-PARTICIPANT"
    invited.params["PARTSTAT"] = "NEEDS-ACTION"
    invited.params["RSVP"] = "TRUE"
    event.add("attendee", invited)
    calendar.add_component(event)
    data: bytes = calendar.to_ical(sorted=False)
    return data


def _address(who: Party) -> vCalAddress:
    address = vCalAddress(f"mailto:{who.address}" if who.address else NO_MAIL)
    # a name in a parameter has no way to hold a quotation mark
    address.params["CN"] = " ".join(clean(who.name, lines=False).replace('"', "'").split())
    return address


def _calendar() -> Calendar:
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//mentorrollen//mentor//DA")
    calendar.add("calscale", "GREGORIAN")
    return calendar


def _rules() -> Any:
    return Timezone.from_ical(RULES.replace("\n", "\r\n"))


def is_same_calendar(data: bytes, other: bytes) -> bool:
    """Return whether two files are the same calendar, written at two times.

    Whoever edits the file by hand, or has another program write it, may have changed that.
    """

    def head(some: bytes) -> list[bytes]:
        return some.partition(b"BEGIN:VTIMEZONE")[0].split()

    return head(data) == head(other)


def _event(entry: CalendarEntry, day: date, summary: str, now: datetime) -> Event:
    event = Event()
    event.add("uid", uid(entry))
    event.add("dtstamp", now.astimezone(UTC).replace(microsecond=0))
    event.add("sequence", entry.sequence)
    if entry.time:
        start = datetime.combine(day, time.fromisoformat(entry.time), ZoneInfo(ZONE))
        event.add("dtstart", start)
        if entry.minutes:  # not an end, which would be before it where the clock is set back
            event.add("duration", timedelta(minutes=entry.minutes))
    else:
        event.add("dtstart", day)
        if day < date.max:  # without an end it takes that one day
            event.add("dtend", day + timedelta(days=1))
    event.add("summary", summary)
    if entry.place:
        event.add("location", clean(entry.place, lines=False))
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    event.add("class", "PRIVATE")
    event.add("transp", "OPAQUE" if entry.time and not entry.cancelled else "TRANSPARENT")
    if entry.kind is EntryKind.TALK and not entry.cancelled:
        event.add_component(_alarm(BEFORE if entry.time else IN_THE_MORNING, summary))
    return event


def _alarm(trigger: timedelta, text: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", trigger)
    alarm.add("description", text)  # which RFC 5545 asks for: what is shown
    return alarm
