"""Where a session is, as it tells the others: with a mentee, or in a talk with one."""

from __future__ import annotations

from collections.abc import Iterable

from data.records import Talk
from data.storage.protocol import Presence


def place_of(mentee_id: str, talk_id: str = "") -> str:
    """Return where a session is that has a mentee open, or a talk with that mentee."""
    return f"{mentee_id}/{talk_id}" if talk_id else mentee_id


def with_mentee(others: Iterable[Presence], mentee_id: str) -> list[Presence]:
    """Return the sessions that have the mentee open, or a talk with that mentee."""
    return [one for one in others if one.where.partition("/")[0] == mentee_id]


def in_talk(others: Iterable[Presence], talk: Talk) -> list[Presence]:
    """Return the sessions that have the talk open."""
    place = place_of(talk.mentee_id, talk.id)
    return [one for one in others if one.where == place]
