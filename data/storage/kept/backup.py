"""A backup, as its name tells it."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple


class Backup(NamedTuple):
    """One backup. Backups sort by their generation."""

    gen: int
    name: str
    """The name of its files without ending, by which it can be restored."""
    at: datetime
    """Up to when it holds everything, in local time."""
    id: str
    """The random name of its generation."""

    @property
    def record(self) -> str:
        """The name of its record file."""
        return f"{self.name}.json"

    @property
    def journal(self) -> str:
        """The name of its journal."""
        return f"{self.name}.journal"


def time_of(stamp: str) -> datetime:
    """Return the time of a stamp such as `20251124-080500`. Loading `strptime` takes longer."""
    places = ((0, 4), (4, 6), (6, 8), (9, 11), (11, 13), (13, 15))
    year, month, day, hour, minute, second = (int(stamp[a:b]) for a, b in places)
    return datetime(year, month, day, hour, minute, second).astimezone()
