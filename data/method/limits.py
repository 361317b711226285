"""How many days things may wait before Today, the overview and the commands point them out."""

from __future__ import annotations

from datetime import date, timedelta

from data.frozen import immutable


@immutable
class Limits:
    """How many days things may wait. The guide gives no numbers, so each team sets its own."""

    ahead_days: int = 0
    """How many days ahead rows with a date are shown."""
    talk_days: int = 7
    """How many days ahead talks are shown, if that is more than `ahead_days`."""
    stale_days: int = 14
    """A task that has not changed for more days than this is called quiet (R10)."""
    unused_days: int = 14
    """What was learned more days ago than this, and not used yet, is pointed out (R82)."""
    draft_days: int = 14
    """For a talk that was begun more days ago than this, the program proposes to archive it."""
    ending_days: int = 21
    """How many days before its end a period is pointed out (R5)."""

    private_days: int = 0
    """How many days after the close what is private is due for deletion."""
    rest_days: int = 183
    """How many days after the close all else is due for deletion."""

    def horizon(self, today: date) -> date:
        """Return the last day for which rows with a date are shown."""
        return today + timedelta(days=self.ahead_days)

    def ending(self, today: date) -> date:
        """Return a day: a period that ends on this day or earlier is pointed out."""
        return today + timedelta(days=max(self.ending_days, self.ahead_days))

    def reaches(self, day: date, today: date) -> bool:
        """Whether a row with the date `day` is shown."""
        return day <= self.horizon(today)
