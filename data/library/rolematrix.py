"""The default duties: who does what for a newcomer, and when, counted from the first day."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from data.frozen import immutable
from data.library.source import BOTH, Section, load, raw, with_shared
from data.records import DutyKind, Part, RoleKind
from data.workdays import due_from

if TYPE_CHECKING:
    from data.library.shared import Shared, SharedDuty


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


def duties(language: str) -> tuple[DefaultDuty, ...]:
    """Return the default duties in `language` ("da" or "en").

    Where the workplace has a library, they are as it says: changed, added, and some left out.
    """
    return with_shared(built_in_duties(language), ("duties", language), _with_shared)


def _with_shared(built_in: tuple[DefaultDuty, ...], library: Shared) -> tuple[DefaultDuty, ...]:
    changes = {one.key: one for one in library.duties}
    kept = [one for one in built_in if one.key not in library.left_out]
    known = {one.key for one in built_in}
    added = [_added(one) for one in library.duties if one.key not in known]
    return (*(_changed(one, changes.get(one.key)) for one in kept), *added)


def _added(one: SharedDuty) -> DefaultDuty:
    """Return a duty that the workplace adds."""
    return DefaultDuty(
        one.key, one.text, one.kind or DutyKind.PROFESSIONAL, one.parts(), one.due_days
    )


def _changed(duty: DefaultDuty, one: SharedDuty | None) -> DefaultDuty:
    """Return a built-in duty as the workplace has it; what it does not give stays."""
    if one is None:
        return duty
    given = {
        Part.MAIN: one.main is not None,
        Part.TAKES_PART: one.takes_part is not None,
        Part.INFORMED: one.informed is not None,
    }
    stays = {role: part for role, part in duty.parts.items() if not given[part]}
    parts = {**stays, **one.parts()}
    if Part.MAIN not in parts.values():  # who had it is named for another part
        parts[duty.main] = Part.MAIN
    return DefaultDuty(
        duty.key,
        one.text or duty.text,
        one.kind or duty.kind,
        parts,
        duty.due_days if one.due_days is None else one.due_days,
    )


@cache
def built_in_duties(language: str) -> tuple[DefaultDuty, ...]:
    """Return the default duties as they come with the program, in `language`."""
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


def due_days() -> Mapping[str, int | None]:
    """Return key of a default duty -> its `DefaultDuty.due_days`, as the workplace has it."""
    return with_shared(built_in_due_days(), "due_days", _with_shared_days)


def _with_shared_days(
    built_in: Mapping[str, int | None], library: Shared
) -> Mapping[str, int | None]:
    days = {one.key: one.due_days for one in library.duties}
    known = {key: own for key, own in days.items() if own is not None or key not in built_in}
    return {**built_in, **known}


@cache
def built_in_due_days() -> Mapping[str, int | None]:
    """Return key of a default duty -> its `DefaultDuty.due_days`, as the program has it."""
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
