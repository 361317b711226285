"""What a dead session left of a form, held against what stands in the fields now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from textual.app import App

from data.merge_text import merge_text
from data.records import Record
from data.store.filling import Filling, TextEdit
from screens.frame.entries import day_meant
from screens.frame.unfinished import unfinished_of
from widgets.checked_input import Check


@dataclass(frozen=True, slots=True)
class Standing:
    """A field of a form as it stands now."""

    text: str
    long: bool = False
    """Whether it is written at length: then both texts have room in it."""
    check: Check | None = None
    proposed: bool = False
    """Whether it is only proposed, such as today's date: nobody has written it, so it is not newer
    than what was typed."""


def taken_from_forms(app: App[Any], record: Record, field: str) -> str | None:
    """Return a long text with what dead sessions had typed in it in a form; None for nothing.

    Both texts have room in it. The form does not offer it any more.
    """
    unfinished, now = unfinished_of(app), str(getattr(record, field))
    lefts = unfinished.in_forms(record.table, record.id, field) if unfinished else []
    if unfinished is None or not lefts:
        return None
    found = held_against((left.filling for left in lefts), {field: Standing(now, long=True)})
    unfinished.put_in(lefts, field)
    return found.filled.get(field)


class TypedDays:
    """Knows of each date in a form which day it meant when it was typed."""

    def __init__(self, checks: Mapping[str, Check | None]) -> None:
        """`checks` has the check of each field, by key."""
        self._checks = checks
        self._days: dict[str, tuple[str, str]] = {}
        """By field: its text, and the day that it meant then."""

    def of(self, texts: Mapping[str, str]) -> dict[str, str]:
        """Return the days that the texts meant when they were typed, for the fields of dates."""
        for key, text in texts.items():
            if self._days.get(key, ("", ""))[0] != text:
                self._days[key] = (text, day_meant(self._checks[key], text))
        return {key: self._days[key][1] for key in texts if self._days.get(key, ("", ""))[1]}


@dataclass(slots=True)
class LeftTexts:
    """What becomes of texts that a dead session left."""

    filled: dict[str, str] = field(default_factory=dict)
    """Key -> text to put into the field: what stood there is still there, or there is room for
    both."""
    offered: dict[str, TextEdit] = field(default_factory=dict)
    """Key -> what stands there now, which is newer, and the text that can take its place."""


def held_against(left: Iterable[Filling], standing: Mapping[str, Standing]) -> LeftTexts:
    """Return what to do with each text that was left; `left` has the oldest session first.

    A text that stands there already is forgotten. None takes the place of newer words by itself.
    """
    found = LeftTexts()
    for filling in left:
        for key, was, typed in _as_meant(filling, standing):
            there = standing.get(key, Standing(""))
            now = found.filled.get(key, there.text)
            if _same(typed, now, there):
                continue
            unwritten = there.proposed and key not in found.filled
            if key in standing and (unwritten or _same(was, now, there)):
                found.filled[key] = typed
            elif key in standing and there.long:
                found.filled[key] = merge_text(was, typed, now)[0]
            else:
                found.offered[key] = (now, typed)
    return found


def _as_meant(filling: Filling, standing: Mapping[str, Standing]) -> Iterator[tuple[str, str, str]]:
    """Yield field, former text and typed text; a date as the day that it meant when typed."""
    for key, (was, typed) in filling.fields.items():
        day = filling.days.get(key, "")
        check = standing[key].check if key in standing else None
        yield key, was, day if day and day_meant(check, typed) != day else typed


def _same(one: str, other: str, there: Standing) -> bool:
    """Whether two texts say the same in this field: "1/8" and "01-08-2025" are one day."""
    if one.strip() == other.strip():
        return True
    if there.check is None or not one.strip() or not other.strip():
        return False
    try:
        return there.check(one) == there.check(other)
    except ValueError:
        return False
