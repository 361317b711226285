"""Which talk was held before another one; the first of all has none."""

from __future__ import annotations

from data.method.view import MenteeView, held_on
from data.records import Talk


def last_before(view: MenteeView, talk: Talk) -> Talk | None:
    """Return the talk held before this one."""
    earlier = [one for one in view.held if one.id != talk.id and _is_before(one, talk)]
    return earlier[-1] if earlier else None


def _is_before(one: Talk, talk: Talk) -> bool:
    """Whether a held talk was before another, by their times, or else by their days."""
    if talk.started_at is None:
        return True
    if one.started_at is not None:
        return one.started_at < talk.started_at
    day = held_on(one)
    return day is None or day <= talk.started_at.date()
