"""Text that is being typed and not committed yet.

Typing is not committed at each key, but a moment later, several keys at once.
"""

from __future__ import annotations

from dataclasses import replace

from data.frozen import immutable
from data.records import Record
from data.storage.protocol import TypingLog
from data.store.undo import TextKey


@immutable
class TypedText:
    """The text of one field that waits to be committed."""

    base: str
    """What the field showed when this typing began.

    It becomes the `before` of the change, so that a merge keeps what others wrote meanwhile.
    """
    text: str
    """What the field shows now."""
    what: str
    """What the step of undo is called."""


class TypedTexts:
    """All typed texts of one session that wait to be committed."""

    def __init__(self) -> None:
        self.waiting: dict[TextKey, TypedText] = {}
        """The texts by field."""

    def type(self, key: TextKey, base: str, text: str, what: str) -> TypedText:
        """Note that a field has been typed in.

        Args:
            key: The text field.
            base: What it showed before this key. If typing in the field waits already, its base
                stays what it is.
            text: What it shows now.
            what: What the step of undo is called.

        Returns:
            The text as it waits now.
        """
        known = self.waiting.get(key)
        typed = TypedText(base, text, what) if known is None else replace(known, text=text)
        self.waiting[key] = typed
        return typed


def keep_typed(log: TypingLog | None, record: Record, field: str, typed: TypedText) -> None:
    """Have the log of typing keep what a field shows; None if there is no log."""
    if log is not None:
        owner = getattr(record, "mentee_id", "")
        log.keep(record.table, record.id, field, typed.base, typed.text, owner=owner)
