"""The rhythms of talks that can be chosen, and when the manager meets the newcomer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Final

from data.frozen import immutable
from data.library.source import BOTH, Section, load, with_shared

if TYPE_CHECKING:
    from data.library.shared import Shared

STANDARD: Final = "standard"
"""The rhythm that a new mentee gets."""


OWN: Final = "own:"
"""How the key of a rhythm of one's own begins. Then come its stretches: "own:1/8,3/40"."""
LAST_WEEK: Final = 520
"""The last week that a rhythm may have: ten years."""


@immutable
class Stretch:
    """A part of the mentorship with the same interval between all its talks.

    The interval is in whole weeks, so that talks stay on the same weekday.
    """

    until_week: int
    """The last week of the stretch; week 1 begins on the first day at work."""
    every_weeks: int


@immutable
class TouchPoint:
    """A talk between manager and newcomer (R70)."""

    duty: str
    """Key of the default duty for it."""
    days: int
    """Days from the first day at work."""


@immutable
class Rhythm:
    """How often mentor and mentee talk during the mentorship."""

    key: str
    titles: tuple[tuple[str, str], ...]
    stretches: tuple[Stretch, ...]

    def title(self, language: str) -> str:
        """Return the name of the rhythm in `language` ("da" or "en")."""
        return dict(self.titles)[language]

    def every_weeks(self, week: int) -> int | None:
        """Return how many weeks lie between talks in a week of the mentorship; None after the last.

        Week 1 begins on the first day at work. Weeks before it have the interval of week 1.
        """
        for stretch in self.stretches:
            if week <= stretch.until_week:
                return stretch.every_weeks
        return None


def rhythms() -> tuple[Rhythm, ...]:
    """Return all rhythms, the standard one first; last those of the workplace's library.

    One of the library has the key of a rhythm of one's own: so a mentee keeps it, whatever becomes
    of the library.
    """
    return with_shared(built_in_rhythms(), "rhythms", _with_shared)


def _with_shared(built_in: tuple[Rhythm, ...], library: Shared) -> tuple[Rhythm, ...]:
    languages = tuple(language for language, _title in built_in[0].titles)
    added = {
        key: Rhythm(key, tuple((one, own.title) for one in languages), _own_stretches(key))
        for own in library.rhythms
        if (key := own_key(own.stretches))
    }
    return (*built_in, *added.values())


@cache
def built_in_rhythms() -> tuple[Rhythm, ...]:
    """Return the rhythms that come with the program, the standard one first."""
    file = load(BOTH, "rhythms")
    file.only("rhythm", "own", "touch_point")
    return tuple(_rhythm(one) for one in file.sections("rhythm"))


def rhythm(key: str) -> Rhythm:
    """Return the rhythm `key`; for an unknown key, as of a newer program, the standard one."""
    found = next((one for one in rhythms() if one.key == key), None)
    return found or _own(key)


@cache
def _own(key: str) -> Rhythm:
    """Return a rhythm of one's own; for any other key, the standard one."""
    stretches = _own_stretches(key)
    if stretches:
        return Rhythm(key, _own_titles(stretches), stretches)
    return next(one for one in built_in_rhythms() if one.key == STANDARD)


def own_key(stretches: Sequence[tuple[int, int]]) -> str:
    """Return the key of a rhythm of one's own.

    Args:
        stretches: For each, how many weeks lie between talks, and the last week of the stretch.

    Returns:
        The key; "" if weeks do not rise, or are out of bounds.
    """
    key = OWN + ",".join(f"{every}/{until}" for every, until in stretches)
    return key if _own_stretches(key) else ""


def _own_stretches(key: str) -> tuple[Stretch, ...]:
    """Return the stretches of a rhythm of one's own; none if the key is no such key."""
    if not re.fullmatch(r"own:\d{1,3}/\d{1,3}(,\d{1,3}/\d{1,3})*", key, re.ASCII):
        return ()
    found: list[Stretch] = []
    for part in key.removeprefix(OWN).split(","):
        every, until = map(int, part.split("/"))
        last = found[-1].until_week if found else 0
        if not 1 <= every <= LAST_WEEK or not last < until <= LAST_WEEK:
            return ()
        found.append(Stretch(until, every))
    return tuple(found)


def _own_titles(stretches: Sequence[Stretch]) -> tuple[tuple[str, str], ...]:
    words = load(BOTH, "rhythms").section("own")
    titles = []
    for language in words.section("title").names():
        parts = [
            words.section("weekly" if one.every_weeks == 1 else "every")
            .text(language)
            .format(weeks=one.every_weeks, until=one.until_week)
            for one in stretches
        ]
        title = words.section("title").text(language)
        titles.append((language, title.format(stretches=", ".join(parts))))
    return tuple(titles)


@cache
def touch_points() -> tuple[TouchPoint, ...]:
    """Return when the manager meets the newcomer, in order."""
    points = load(BOTH, "rhythms").sections("touch_point")
    return tuple(TouchPoint(one.text("duty"), one.whole("days")) for one in points)


def _rhythm(section: Section) -> Rhythm:
    section.only("key", "title", "stretch")
    title = section.section("title")
    stretches = tuple(
        Stretch(one.whole("until_week"), one.whole("every_weeks"))
        for one in section.sections("stretch")
    )
    last = 0
    for one in stretches:
        if one.until_week <= last or one.every_weeks < 1:
            raise section.fault("stretch", "weeks must rise, and an interval is at least one week")
        last = one.until_week
    return Rhythm(
        section.text("key"), tuple((key, title.text(key)) for key in title.names()), stretches
    )
