"""How long things may wait before they are named: Today, the overview and the commands ask here."""

from __future__ import annotations

from datetime import date, timedelta

from data.frozen import immutable


@immutable
class Limits:
    """How long things may wait, in days; the guide gives no numbers, so a team sets its own."""

    ahead_days: int = 0
    """How far ahead dated rows are shown."""
    talk_days: int = 7
    """How far ahead talks are shown at least."""
    stale_days: int = 14
    """A task without a change for more days than this is quiet (R10)."""
    unused_days: int = 14
    """Something learned and not used for more days than this is named (R82)."""
    draft_days: int = 14
    """A talk begun more days ago than this may be put aside."""
    ending_days: int = 21
    """How long before its end a period is named (R5)."""

    def horizon(self, today: date) -> date:
        """Return the last day that dated rows are shown for."""
        return today + timedelta(days=self.ahead_days)

    def ending(self, today: date) -> date:
        """Return the last day on which a period may end that is named."""
        return today + timedelta(days=max(self.ending_days, self.ahead_days))

    def reaches(self, day: date, today: date) -> bool:
        """Whether a row of that day is shown."""
        return day <= self.horizon(today)
