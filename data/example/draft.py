"""What all parts of the example data use: its files, ids by key, and days counted from today."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from data.library.source import BOTH, LibraryError, Section, load
from data.records import new_id, new_mentee_id
from data.workdays import last_workday, next_workday


@dataclass
class Ids:
    """Gives each key in the files a new id. A key may be used before its record is made."""

    known: dict[tuple[str, str], str] = field(default_factory=dict)
    made: set[tuple[str, str]] = field(default_factory=set)

    def make(self, kind: str, key: str) -> str:
        """Return the id for a new record. Raises LibraryError if the key has a record already."""
        if (kind, key) in self.made:
            raise LibraryError(f"example: there are two of {kind} {key!r}")
        self.made.add((kind, key))
        return self.of(kind, key)

    def of(self, kind: str, key: str) -> str:
        """Return the id of a key that refers to a record."""
        make = new_mentee_id if kind == "mentee" else new_id
        return self.known.setdefault((kind, key), make())

    def check(self) -> None:
        """Raise LibraryError if a key refers to a record that was never made."""
        for kind, key in self.known:
            if (kind, key) not in self.made:
                raise LibraryError(f"example: there is no {kind} {key!r}")


@dataclass(frozen=True, slots=True)
class ExampleDraft:
    """What one mentee of the example data is made from: facts, texts, and the day of today."""

    key: str
    facts: Section
    words: Section
    language: str
    today: date
    now: datetime
    start: date
    ids: Ids

    @classmethod
    def of(cls, key: str, language: str, today: date, now: datetime, ids: Ids) -> ExampleDraft:
        """Read the files of the mentee `key`.

        The first day at work is a Monday, or the first working day after it, such that today is in
        the week of the mentorship that the file says; below 1 it lies ahead.
        """
        facts = load(BOTH, f"example_{key}")
        week = facts.section("mentee").whole("start_week")
        monday = today - timedelta(days=today.weekday() + 7 * (week - 1))
        start = next_workday(monday)
        words = load(language, f"example_{key}")
        return cls(key, facts, words, language, today, now, start, ids)

    @property
    def mentee_id(self) -> str:
        """The id of the mentee."""
        return self.ids.of("mentee", self.key)

    def make(self, kind: str, key: str) -> str:
        """Return the id for a new record of this mentee."""
        return self.ids.make(kind, f"{self.key}.{key}")

    def ref(self, kind: str, key: str) -> str:
        """Return the id of this mentee's record `key`; "" for no key."""
        return self.ids.of(kind, f"{self.key}.{key}") if key else ""

    def person(self, key: str) -> str:
        """Return the id of a person; "" for no key."""
        return self.ids.of("person", key) if key else ""

    def name(self, key: str) -> str:
        """Return the name of a person; "" for no key."""
        for one in load(BOTH, "example_people").sections("person"):
            if one.text("key") == key:
                return one.text("name")
        return ""

    def day(self, facts: Section, key: str) -> date | None:
        """Return the day that is as many days from today as `key` says; None if it says nothing.

        It is a working day: a day in the past is moved back, but not before the first day at work,
        and a day to come is moved on. Today stays today.
        """
        offset = facts.maybe_whole(key)
        if offset is None:
            return None
        day = self.today + timedelta(days=offset)
        if offset < 0:
            moved = last_workday(day)
            return max(moved, self.start) if self.start <= self.today else moved
        return next_workday(day) if offset else day

    def must_day(self, facts: Section, key: str) -> date:
        """Return the day at `key`, which has to be there."""
        facts.whole(key)
        return self.day(facts, key) or self.today

    def from_start(self, days: int | None) -> date | None:
        """Return the working day so many days from the first day at work, or None for None."""
        if days is None:
            return None
        day = last_workday(self.start + timedelta(days=days))
        return day if days < 0 else max(day, self.start)

    def moment(self, facts: Section, key: str) -> datetime:
        """Return the day at `key` with the time of day at "time", in the time zone of now."""
        hour, minute = facts.text("time").split(":")
        clock = time(int(hour), int(minute), tzinfo=self.now.tzinfo)
        return datetime.combine(self.must_day(facts, key), clock)
