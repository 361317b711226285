"""What a dead session left of a form, held against what stands in the fields now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from data.storage.merge_text import merge_text
from data.store.filling import TextEdit
from widgets.checked_input import Check


@dataclass(frozen=True, slots=True)
class Standing:
    """A field of a form as it stands now."""

    text: str
    long: bool = False
    """Whether it is written at length: then both texts have room in it."""
    check: Check | None = None


@dataclass(slots=True)
class LeftTexts:
    """What becomes of texts that a dead session left."""

    filled: dict[str, str] = field(default_factory=dict)
    """Key -> text to put into the field: what stood there is still there, or there is room for
    both."""
    offered: dict[str, TextEdit] = field(default_factory=dict)
    """Key -> what stands there now, which is newer, and the text that can take its place."""


def held_against(
    left: Iterable[Mapping[str, TextEdit]], standing: Mapping[str, Standing]
) -> LeftTexts:
    """Return what to do with each text that was left; `left` has the oldest session first.

    A text that stands there already is forgotten. None takes the place of newer words by itself.
    """
    found = LeftTexts()
    for fields in left:
        for key, (was, typed) in fields.items():
            there = standing.get(key, Standing(""))
            now = found.filled.get(key, there.text)
            if _same(typed, now, there):
                continue
            if key in standing and _same(was, now, there):
                found.filled[key] = typed
            elif key in standing and there.long:
                found.filled[key] = merge_text(was, typed, now)[0]
            else:
                found.offered[key] = (now, typed)
    return found


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
