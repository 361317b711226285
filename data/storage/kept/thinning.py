"""Thinning the backups: many of the last hours, fewer the longer ago it is.

What is kept:

- the last one, and the last one of before today, however old they are;
- the last five, of the last two hours the last one of every ten minutes, and of the last 24 hours
  the last one of each hour;
- the last one of each day for 14 days, and of each week for 8 weeks (settings).

It is always the *last* of a slot of time. So for each backup that there has been there is one of
the same slot that has all it had. And thinning is stable: one that goes is not the last of any slot
that has a time to come, so nobody needs it later, and it makes no difference how often the backups
are thinned. The last of a day rather than the first has the whole day, if the first thing that is
done the next morning is a mistake.

Together they have at most `MOST_BYTES`, so that a large file does not fill the disk. If they would
have more, each of the rules has its share: the newest of each goes before the second one of any. At
least `LEAST` are kept whatever they weigh. That is enough for the last two, those of the last ten
minutes, hour, day and week before, and the last of before today.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import zip_longest

from data.storage.kept.backup import Backup
from data.storage.kept.policy import DEFAULT, Keeping

LAST = 5
"""How many of the latest are kept, unless they are older than any other that is kept."""
_TEN_MINUTES, _HOUR, _DAY = 600, 3600, 24 * 3600
"""In seconds."""
LEAST = 8
"""So many are kept, however large they are."""
MOST_BYTES = 512 << 20
"""How much all backups together may have, but for the `LEAST`.

With 10 mentees all that time leaves, some 60, have 20 MB, and with 100 some 200 MB. With 1,000
mentees, 32 MB each, 16 are kept: about as many as there were when one a day was kept for 14 days.
"""


def outdated(
    found: Sequence[Backup],
    now: datetime,
    keeping: Keeping = DEFAULT,
    sizes: Mapping[Backup, int] | None = None,
    undo: Sequence[Backup] = (),
) -> list[Backup]:
    """Return those of the backups that need not be kept any longer, oldest first.

    Args:
        found: All backups. One is later than another if its generation is.
        now: What time it is.
        keeping: For how long one a day and one a week is kept.
        sizes: How many bytes would be free if a backup were deleted; without it, none.
        undo: Those that undo a restore, the last first. They are kept, too, as long as there is
            room.
    """
    kept = set(_within(_in_turn([*_wanted(found, now, keeping), undo]), sizes or {}))
    return [backup for backup in sorted(found) if backup not in kept]


def _wanted(found: Sequence[Backup], now: datetime, keeping: Keeping) -> list[list[Backup]]:
    """Return what each rule wants to keep, the newest first."""
    newest = sorted(found, reverse=True)

    def days(backup: Backup) -> int:
        return now.date().toordinal() - backup.at.date().toordinal()

    def seconds(backup: Backup) -> float:
        return now.timestamp() - backup.at.timestamp()

    def last_of_each(slot: Callable[[Backup], Hashable]) -> list[Backup]:
        """Return the last backup of each slot of time that has one."""
        return list({slot(backup): backup for backup in reversed(newest)}.values())[::-1]

    def second(backup: Backup) -> int:
        return int(backup.at.timestamp())

    tens = last_of_each(lambda one: second(one) // _TEN_MINUTES)
    hours = last_of_each(lambda one: second(one) // _HOUR)
    of_days = last_of_each(lambda one: one.at.date())
    weeks = last_of_each(lambda one: (one.at.date().toordinal() - 1) // 7)  # from Monday
    return [
        newest[:1] + [one for one in newest if days(one) > 0][:1],
        [one for one in newest[:LAST] if days(one) < keeping.limit],
        [one for one in tens if seconds(one) < 2 * _HOUR],
        [one for one in hours if seconds(one) < _DAY],
        [one for one in of_days if days(one) < keeping.days],
        [one for one in weeks if days(one) < keeping.week_days],
    ]


def _in_turn(wanted: Sequence[Sequence[Backup]]) -> Iterator[Backup]:
    """Yield the first that each rule wants, then the second of each, and so on, each once."""
    in_turn = (one for row in zip_longest(*wanted) for one in row if one is not None)
    return iter(dict.fromkeys(in_turn))


def _within(wanted: Iterator[Backup], sizes: Mapping[Backup, int]) -> Iterator[Backup]:
    """Yield backups as long as there is room for them."""
    room = MOST_BYTES
    for number, backup in enumerate(wanted):
        room -= sizes.get(backup, 0)
        if room < 0 and number >= LEAST:
            return
        yield backup
