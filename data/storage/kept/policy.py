"""For how long backups are kept: what the settings say, and what follows for a deleted record.

The program notes here what its user has set, as it notes its language. A team file is thinned in
one way, whoever of the team is at it: there the defaults hold.
"""

from __future__ import annotations

from typing import Final

from data.frozen import immutable


@immutable
class Keeping:
    """For how long one backup a day is kept, and for how long one a week."""

    days: int = 14
    weeks: int = 8

    @property
    def week_days(self) -> int:
        """How many days the one of a week is kept: a day less than the weeks have, see `limit`."""
        return 7 * self.weeks - 1

    @property
    def limit(self) -> int:
        """So many days later a backup is gone. At least two, as those of the hours of a day are."""
        return max(2, self.days, self.week_days)


DEFAULT: Final = Keeping()


class _State:
    """What was noted last."""

    keeping = DEFAULT
    in_team = False


def set_keeping(keeping: Keeping) -> None:
    """Note for how long the user's own backups are kept, from now on."""
    _State.keeping = keeping


def set_in_team(in_team: bool) -> None:
    """Note whether the file that is open is one of a team."""
    _State.in_team = in_team


def keeping_of(*, team: bool) -> Keeping:
    """Return for how long backups are kept of a file in a team folder, or of one's own."""
    return DEFAULT if team else _State.keeping


def longest_days() -> int:
    """Return after how many days a deleted record is in no backup any more.

    It is so on a day on which the program is used. One day is for the backup that still has it: the
    data file of the day of the deletion may become one the day after. Of a team file it may have
    been in that one or in the user's own.
    """
    limit = _State.keeping.limit
    return 1 + (max(limit, DEFAULT.limit) if _State.in_team else limit)
