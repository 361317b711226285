"""The default duties: who does what for a newcomer, and when, counted from the first day."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from functools import cache

from data.frozen import immutable
from data.library.source import BOTH, Section, load, raw
from data.records import DutyKind, Part, RoleKind
from data.workdays import due_from


@immutable
class DefaultDuty:
    """A duty that every new mentee gets (R59-R70)."""

    key: str
    """The value of `Duty.key`."""
    text: str
    kind: DutyKind
    parts: Mapping[RoleKind, Part]
    """Role -> its part in the duty. Exactly one role has `Part.MAIN`."""
    due_days: int | None = None
    """Days from the first day at work (-1: the day before it); None if it goes on all the time."""

    @property
    def main(self) -> RoleKind:
        """The role that has the main responsibility."""
        return next(role for role, part in self.parts.items() if part is Part.MAIN)

    def due(self, start: date | None) -> date | None:
        """Return the working day it is due if `start` is the first day at work, or None."""
        if start is None or self.due_days is None:
            return None
        return due_from(start, self.due_days)


@cache
def duties(language: str) -> tuple[DefaultDuty, ...]:
    """Return the default duties in `language` ("da" or "en")."""
    words = load(language, "duties").section("text")
    shapes = load(BOTH, "duties").sections("duty")
    words.only(*(one.text("key") for one in shapes))
    return tuple(_duty(one, words) for one in shapes)


@cache
def texts(language: str) -> Mapping[str, str]:
    """Return key of a default duty -> what it is called in `language` ("da" or "en").

    Each start asks for them. So the lines are read as they are, a key and a text in quotation marks
    each, without the parser of TOML, which takes 3 ms to be loaded.
    """
    lines = raw(language, "duties").partition("[text]\n")[2].splitlines()
    pairs = (line.partition(" = ") for line in lines if " = " in line)
    return {key: json.loads(text) for key, _sign, text in pairs}


@cache
def due_days() -> Mapping[str, int | None]:
    """Return key of a default duty -> its `DefaultDuty.due_days`."""
    return {
        one.text("key"): one.maybe_whole("due_days")
        for one in load(BOTH, "duties").sections("duty")
    }


def _duty(section: Section, words: Section) -> DefaultDuty:
    section.only("key", "kind", "due_days", "main", "takes_part", "informed")
    key = section.text("key")
    parts = {section.choice("main", RoleKind): Part.MAIN}
    for part in (Part.TAKES_PART, Part.INFORMED):
        for role in section.choices(part.value, RoleKind):
            if role in parts:
                raise section.fault(part.value, f"{role.value} has a part in the row already")
            parts[role] = part
    return DefaultDuty(
        key=key,
        text=words.text(key),
        kind=section.choice("kind", DutyKind),
        parts=parts,
        due_days=section.maybe_whole("due_days"),
    )
