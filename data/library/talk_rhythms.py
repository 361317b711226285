"""The rhythms of talks that can be chosen, and when the manager meets the newcomer."""

from __future__ import annotations

from functools import cache
from typing import Final

from data.frozen import immutable
from data.library.source import BOTH, Section, load

STANDARD: Final = "standard"
"""The rhythm that a new mentee gets."""


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


@cache
def rhythms() -> tuple[Rhythm, ...]:
    """Return all rhythms, the standard one first."""
    file = load(BOTH, "rhythms")
    file.only("rhythm", "touch_point")
    return tuple(_rhythm(one) for one in file.sections("rhythm"))


@cache
def rhythm(key: str) -> Rhythm:
    """Return the rhythm `key`; for an unknown key, as of a newer program, the standard one."""
    known = {one.key: one for one in rhythms()}
    return known.get(key, known[STANDARD])


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
