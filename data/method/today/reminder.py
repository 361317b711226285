"""What a reminder says: how many things need attention, and on which days. No word of a record.

A mail passes through many hands, so a reminder has counts and dates only; names of mentees are in
it where the mentor wants that.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from data.dates import show_date, show_weekday
from data.frozen import immutable
from data.i18n import _, ngettext
from data.method.today.rows import Due
from data.text import clean


@immutable
class Reminder:
    """A reminder, in the language in use."""

    subject: str
    """What it is about, in a few words: one line."""
    lines: tuple[str, ...]
    """What it says."""


def heading(rows: Sequence[Due], day: date) -> str:
    """Return how many things need attention on a day, as a sentence; there is at least one."""
    return ngettext(
        "Today, {date}: {number} thing needs attention.",
        "Today, {date}: {number} things need attention.",
        len(rows),
    ).format(date=show_date(day), number=len(rows))


def reminder(
    rows: Sequence[Due],
    today: date,
    *,
    shows: str,
    names: Mapping[str, str] | None = None,
    week: bool = False,
) -> Reminder:
    """Return what is to be said of the rows of Today.

    Args:
        rows: The rows, at least one, in their order.
        today: The day on which it is said.
        shows: The command that shows each of them.
        names: Id of a mentee -> the name; None for a reminder that names nobody.
        week: Whether it is about the week to come.
    """
    if week:
        text = ngettext(
            "The week from {date}: {number} thing needs attention.",
            "The week from {date}: {number} things need attention.",
            len(rows),
        ).format(date=show_date(today), number=len(rows))
    else:
        text = heading(rows, today)
    subject = ngettext(
        "{number} thing needs attention, {date}",
        "{number} things need attention, {date}",
        len(rows),
    ).format(number=len(rows), date=show_date(today))
    lines = [text, ""]
    if names is None:
        lines += _by_day(rows, today)
    else:
        lines += _by_day((row for row in rows if not row.mentee_id), today)
        for id in dict.fromkeys(row.mentee_id for row in rows if row.mentee_id):
            lines.append(f"{clean(names[id], lines=False)}:")
            lines += [
                f"  {line}" for line in _by_day([r for r in rows if r.mentee_id == id], today)
            ]
    lines += ["", _("Which they are: {command}").format(command=shows)]
    return Reminder(f"mentor: {subject}", tuple(lines))


def _by_day(rows: Iterable[Due], today: date) -> Iterator[str]:
    """Yield a line for what waits from before, one for each day, and one for what has no day."""
    days: dict[date | None, list[Due]] = {}
    before: list[Due] = []
    for row in rows:
        if row.on is not None and row.on < today:
            before.append(row)
        else:
            days.setdefault(row.on, []).append(row)
    if before:
        first, last = (end(row.on for row in before if row.on) for end in (min, max))
        when = _day(first)
        if first != last:
            when = _("{first} to {last}").format(first=_day(first), last=_day(last))
        yield f"{when}: {_counted(before)}"
    for day in sorted(filter(None, days)):
        yield f"{_day(day)}: {_counted(days[day])}"
    if None in days:
        yield f"{_('No date')}: {_counted(days[None])}"


def _day(day: date) -> str:
    return f"{show_weekday(day)} {show_date(day)}"


def _counted(rows: Iterable[Due]) -> str:
    """Return how many there are of each kind, those that come first on Today first."""
    found = Counter(row.label for row in rows)
    return "; ".join(f"{label} ({number})" for label, number in found.items())
