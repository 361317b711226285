"""The text that is being typed stays where it is typed when another file takes the place of all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from data.records import BY_TABLE, Mentee, Record, Talk
from data.store.change import Change
from data.store.undo import UndoHistory

Get = Callable[[type[Record], str], Record | None]
"""Returns the record of a kind with an id, or None if there is none."""


class TypedNow:
    """The record in which the user types, as it is before a backup is restored, for example."""

    def __init__(self, history: UndoHistory, get: Get) -> None:
        """Note the record; `history` knows which it is, and `get` finds it."""
        last = history.done[-1] if history.done else None
        self._get = get
        self._key = last.text if last is not None else None
        self._record = get(BY_TABLE[self._key[0]], self._key[1]) if self._key else None
        named = ((Mentee, "mentee_id"), (Talk, "talk_id"))
        found = (get(kind, getattr(self._record, name, "")) for kind, name in named)
        self._owners = [one for one in found if one is not None]
        """The mentee and the talk that the record belongs to."""

    def put_back(self) -> list[Change]:
        """Return the changes after which the text is again what it was; none if it still is.

        Its mentee and its talk come back with it where the other file does not have them.
        """
        typed = self._record
        if typed is None or self._key is None:
            return []
        field = self._key[2]
        now = self._get(type(typed), typed.id)
        if now is None:
            gone = [one for one in self._owners if self._get(type(one), one.id) is None]
            return [*map(Change.created, gone), Change.created(typed)]
        text: dict[str, Any] = {field: getattr(typed, field)}
        return [] if getattr(now, field) == text[field] else [Change.edited(now, **text)]
