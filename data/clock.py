"""What day and time it is.

All of the program asks here, so that a test can set the clock; it is the only thing tests fake. The
environment variable `MENTOR_NOW` stops the clock at a date or time in ISO form, such as
`2025-11-24T08:05`. It is read once, when the time is first asked for.
"""

from __future__ import annotations

import os
import time
from datetime import UTC, date, datetime

from data.frozen import immutable


@immutable
class Clock:
    """The computer's clock, or one that stands still."""

    stopped_at: datetime | None = None
    """The time that the clock always shows; None for the computer's time."""

    def now(self) -> datetime:
        """Return the local time, with its offset from UTC."""
        if self.stopped_at is None:
            return datetime.now().astimezone()
        return self.stopped_at.astimezone()


class _State:
    """The clock in use; None until the time is first asked for."""

    clock: Clock | None = None


def clock_of(text: str) -> Clock:
    """Return the clock that a value of `MENTOR_NOW` asks for; "" asks for the computer's.

    Raises:
        ValueError: The text is not a date or time in ISO form.
    """
    return Clock(datetime.fromisoformat(text)) if text else Clock()


def set_clock(clock: Clock | None) -> None:
    """Use this clock from now on. None means the one that the environment asks for."""
    _State.clock = clock


def now() -> datetime:
    """Return the local time, with its offset from UTC.

    Raises:
        ValueError: `MENTOR_NOW` is not a date or time in ISO form.
    """
    if _State.clock is None:
        _State.clock = clock_of(os.environ.get("MENTOR_NOW", ""))
    return _State.clock.now()


def now_text() -> str:
    """Return what `now` returns as ISO text, such as "2026-11-23T14:03:00+01:00".

    Each commit bears it, so it takes a tenth of the time that a `datetime` would.
    """
    if _State.clock is None or _State.clock.stopped_at is not None:
        return now().isoformat(timespec="seconds")
    stamp = time.strftime("%Y-%m-%dT%H:%M:%S%z")
    return f"{stamp[:-2]}:{stamp[-2:]}"


def today() -> date:
    """Return the local date."""
    return now().date()


def seconds_of(moment: datetime | None) -> float:
    """Return a moment as a number to sort by: seconds since 1970, and 0 for none.

    Unlike `datetime.timestamp` it takes every moment that can be stored, the year 1 too.
    """
    if moment is None:
        return 0.0
    try:
        return moment.timestamp()
    except (OverflowError, ValueError, OSError):
        return (moment.replace(tzinfo=UTC) - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds()


def local(moment: datetime) -> datetime:
    """Return a moment in local time; one at the end of time, which has none, as it is."""
    try:
        return moment.astimezone()
    except (OverflowError, ValueError, OSError):
        return moment
