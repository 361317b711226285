"""All mentors of a workplace on one page: what needs help first, made of what they publish.

Pure functions of values: nothing is read here. No person is ranked: the order is by what is missing
and then by name, never by how much of it, and nobody gets a figure of their own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Final

from data.frozen import immutable
from data.published.schema import Published, PublishedMentee, Stage
from data.text import danish_key

LONG_DAYS: Final = 35
"""After more days than these without a talk it is long ago: the longest time between two talks in
the rhythms of the library, and a week."""
LONG_WEEK: Final = 6
"""From this week of the mentorship on, no talk at all is long, too: the first is in week 1."""
STALE_DAYS: Final = 14
"""A file that is older than this is named: what it says may not be so any more."""


class Need(StrEnum):
    """What a mentorship needs help with, in the order in which it comes first."""

    NO_PLAN = "no_plan"
    NO_BUDDY = "no_buddy"
    NO_EXPECTATIONS = "no_expectations"
    LONG_SINCE_TALK = "long_since_talk"
    RETENTION_DUE = "retention_due"


class Doubt(StrEnum):
    """Why a file, or what it says, is to be looked at."""

    UNREADABLE = "unreadable"
    """It could not be read, or is something else: nothing of it is shown."""
    STALE = "stale"
    AHEAD = "ahead"
    """It is dated later than today."""
    OWNER = "owner"
    """It is called after another user than the one who owns it."""
    TWICE = "twice"
    """There is a newer one of the same mentor, which is shown instead."""


def is_closed(mentee: PublishedMentee) -> bool:
    """Whether the mentorship is closed: then only its retention is of interest."""
    return mentee.phase is Stage.CLOSED


def needs_of(mentee: PublishedMentee, day: date) -> tuple[Need, ...]:
    """Return what a mentorship needs help with on a day, the first first."""
    due = mentee.retention_due is not None and mentee.retention_due <= day
    if is_closed(mentee):
        return (Need.RETENTION_DUE,) if due else ()
    found = {
        Need.NO_PLAN: mentee.no_plan,
        Need.NO_BUDDY: mentee.no_buddy,
        Need.NO_EXPECTATIONS: mentee.no_expectations,
        Need.LONG_SINCE_TALK: _is_long(mentee, day),
        Need.RETENTION_DUE: due,
    }
    return tuple(need for need, is_so in found.items() if is_so)


_UNDER_WAY: Final = frozenset({Stage.START, Stage.LEARNING, Stage.CLOSING})
"""The phases in which there are talks."""


def _is_long(mentee: PublishedMentee, day: date) -> bool:
    if mentee.phase not in _UNDER_WAY:
        return False
    if mentee.last_talk is not None:
        return (day - mentee.last_talk).days > LONG_DAYS
    return not mentee.talks_held and mentee.week is not None and mentee.week >= LONG_WEEK


def _missing_first(needs: Iterable[Need]) -> tuple[bool, ...]:
    """Return a key by which what lacks the first need comes first; how often does not count."""
    there = set(needs)
    return tuple(need not in there for need in Need)


@dataclass(frozen=True, slots=True)
class Row:
    """A mentee on the page."""

    mentee: PublishedMentee
    needs: tuple[Need, ...]


@dataclass(frozen=True, slots=True)
class Filed:
    """A file that was found, and what came of reading it."""

    path: str
    """Where it is; it may have any characters in it."""
    called: str = ""
    """The login that its name says it is of; "" where it says none, as `published.json` does."""
    owner: str = ""
    """The login of the user who owns it; "" where that is not known."""
    published: Published | None = None
    why: str = ""
    """Why it could not be read, one sentence."""


@dataclass(frozen=True, slots=True)
class Doubted:
    """A file that is to be looked at, and why."""

    path: str
    doubt: Doubt
    why: str = ""
    """Why it could not be read."""
    called: str = ""
    owner: str = ""
    days: int = 0
    """How old it is, for one that is stale."""


@immutable
class Mentor:
    """What one mentor publishes."""

    name: str
    """The login of the file's owner; with the name of the file where that names another."""
    path: str
    written: date
    capacity: int | None
    rows: tuple[Row, ...]
    """The mentees, what needs help first."""
    doubts: tuple[Doubt, ...] = ()

    @cached_property
    def needs(self) -> Mapping[Need, int]:
        """How many of the mentees have each need, in the order of needs."""
        found = Counter(need for row in self.rows for need in row.needs)
        return {need: found[need] for need in Need if found[need]}

    @cached_property
    def active(self) -> int:
        """How many mentorships are not closed."""
        return sum(not is_closed(row.mentee) for row in self.rows)

    @property
    def room(self) -> int | None:
        """How many more mentees there is room for; None where the mentor has not said it."""
        return None if self.capacity is None else max(self.capacity - self.active, 0)


@immutable
class Overview:
    """The whole page."""

    day: date
    mentors: tuple[Mentor, ...]
    """What needs help first, then by name."""
    doubted: tuple[Doubted, ...]
    """The files that are to be looked at, by path."""

    @cached_property
    def by_name(self) -> tuple[Mentor, ...]:
        """The mentors by name alone."""
        return tuple(sorted(self.mentors, key=_place))


def overview(found: Sequence[Filed], day: date) -> Overview:
    """Return the page of what was found, as it is on a day."""
    newest: dict[str, Filed] = {}
    doubted: list[Doubted] = []
    for one in sorted(found, key=lambda one: one.path):
        if one.published is None:
            doubted.append(Doubted(one.path, Doubt.UNREADABLE, one.why))
            continue
        other = newest.get(_name(one))
        if other is not None and other.published is not None:
            older = one if one.published.written <= other.published.written else other
            doubted.append(Doubted(older.path, Doubt.TWICE, owner=_name(one)))
            if older is one:
                continue
        newest[_name(one)] = one
    for one in newest.values():
        doubted += _doubts(one, day)
    doubts: dict[str, tuple[Doubt, ...]] = {}
    for doubt in doubted:
        doubts[doubt.path] = (*doubts.get(doubt.path, ()), doubt.doubt)
    mentors = [_mentor(name, one, day, doubts.get(one.path, ())) for name, one in newest.items()]
    return Overview(
        day,
        tuple(sorted(mentors, key=lambda one: (_missing_first(one.needs), _place(one)))),
        tuple(sorted(doubted, key=lambda one: (one.path, list(Doubt).index(one.doubt)))),
    )


def _place(mentor: Mentor) -> tuple[object, ...]:
    return danish_key(mentor.name), mentor.path


def _name(one: Filed) -> str:
    if one.called and one.called != one.owner:
        return f"{one.called} ({one.owner})" if one.owner else one.called
    return one.owner or one.path


def _doubts(one: Filed, day: date) -> Iterable[Doubted]:
    written = one.published.written if one.published else day
    if one.called and one.owner and one.called != one.owner:
        yield Doubted(one.path, Doubt.OWNER, called=one.called, owner=one.owner)
    if (day - written).days > STALE_DAYS:
        yield Doubted(one.path, Doubt.STALE, owner=_name(one), days=(day - written).days)
    if written > day:
        yield Doubted(one.path, Doubt.AHEAD, owner=_name(one))


def _mentor(name: str, one: Filed, day: date, doubts: tuple[Doubt, ...]) -> Mentor:
    assert one.published is not None  # noqa: S101 - only those that were read are here
    rows = [Row(mentee, needs_of(mentee, day)) for mentee in one.published.mentees]
    rows.sort(key=lambda row: (is_closed(row.mentee), _missing_first(row.needs), _who(row)))
    return Mentor(
        name, one.path, one.published.written, one.published.capacity, tuple(rows), doubts
    )


def _who(row: Row) -> tuple[bool, int, str]:
    who = row.mentee.who
    return (True, 0, who) if isinstance(who, str) else (False, who, "")
