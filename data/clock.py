"""Today and now: the one thing that tests may replace.

`MENTOR_NOW` (ISO, such as `2025-11-24T08:05`) in the environment stops the clock there. It is read
once, when the time is first asked for.
"""

from __future__ import annotations

import os
from datetime import date, datetime

from data.frozen import immutable


@immutable
class Clock:
    """The computer's clock, or one that stands still at `stopped_at`."""

    stopped_at: datetime | None = None

    def now(self) -> datetime:
        """Return the local time with its offset."""
        if self.stopped_at is None:
            return datetime.now().astimezone()
        return self.stopped_at.astimezone()


class _State:
    clock: Clock | None = None


def clock_of(text: str) -> Clock:
    """Return the clock that `MENTOR_NOW` asks for; ValueError where it is no ISO date or time."""
    return Clock(datetime.fromisoformat(text)) if text else Clock()


def set_clock(clock: Clock | None) -> None:
    """Use this clock from now on; None: what the environment asks for."""
    _State.clock = clock


def now() -> datetime:
    """Return the local time with its offset."""
    if _State.clock is None:
        _State.clock = clock_of(os.environ.get("MENTOR_NOW", ""))
    return _State.clock.now()


def today() -> date:
    """Return the local date."""
    return now().date()
