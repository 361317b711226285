"""Text that is being typed and not committed yet.

Typing is not committed at each key, but a moment later, several keys at once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from data.frozen import immutable
from data.records import BY_TABLE, Record
from data.storage.protocol import BOOKKEEPING, BeingTyped, Doc, TypingLog
from data.store.codec import encode
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

    @property
    def last(self) -> TextKey | None:
        """The field of a record that was begun last, of those that wait; None for none.

        What is kept of an open form is none.
        """
        found = (key for key in reversed(self.waiting) if BY_TABLE[key[0]].UNDOABLE)
        return next(found, None)

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


def keep_typed(
    log: TypingLog | None, record: Record, field: str, typed: TypedText, new: Doc | None = None
) -> None:
    """Have the log of typing keep what a field shows.

    Args:
        log: The log; None if there is none.
        record: The record whose field it is.
        field: The name of the field.
        typed: What is typed in it.
        new: The document of the record, if that has never been saved: it comes back with the text.
    """
    if log is None:
        return
    owner = str((new or {}).get("mentee_id", getattr(record, "mentee_id", "")))
    rest = None
    if new is not None:
        rest = {name: new[name] for name in new if name not in {field, *BOOKKEEPING}}
    key = record.table, record.id, field
    log.keep(BeingTyped(key, typed.base, typed.text, owner=owner, new=rest))


def move_typed(
    log: TypingLog | None, texts: Iterable[tuple[str, str, str, str]], record: Record, field: str
) -> None:
    """Have the log of typing keep a field of a new record in the place of other typed texts.

    Args:
        log: The log; None if there is none.
        texts: Table, id, field and text of what it is not to keep any more.
        record: The record, which is not saved yet.
        field: The field that has the text now.
    """
    typed = TypedText("", str(getattr(record, field)), "")
    keep_typed(log, record, field, typed, encode(record))
    for text in texts:
        if log is not None:
            log.committed(*text)
