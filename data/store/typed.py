"""Text fields that are being typed in: what is not committed yet, and what it began with."""

from __future__ import annotations

from dataclasses import replace

from data.frozen import immutable
from data.store.undo import TextKey


@immutable
class TypedText:
    """A text that waits to be committed."""

    base: str
    """What the typist saw in the field when the typing began: the change's `before`."""
    text: str
    what: str
    """The name of the step of undo."""


class TypedTexts:
    """The typed texts of one session that are not committed yet, by field."""

    def __init__(self) -> None:
        self.waiting: dict[TextKey, TypedText] = {}

    def type(self, key: TextKey, base: str, text: str, what: str) -> TypedText:
        """Note that a field reads `text` now, and read `base` before this edit.

        Where typing in the field waits already, the base stays the one that it began with.
        """
        known = self.waiting.get(key)
        typed = TypedText(base, text, what) if known is None else replace(known, text=text)
        self.waiting[key] = typed
        return typed
