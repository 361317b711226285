"""Which note was being written when a session died that had saved all of it.

A text that was not saved yet is brought back, and that is said. One that was saved is among the
records like all others; its writer, whose screen went away, is told that it is there.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from data.records import Mentee, Note

if TYPE_CHECKING:
    from data.store.store import Store

NEAR_SECONDS: Final = 5
"""A note that was changed so shortly before its session had nothing left to save is that text."""


def note_saved_last(store: Store, saved_at: Iterable[float]) -> str:
    """Return the name of the mentee whom the user's note is about that was saved last; "" for none.

    Args:
        store: The records. The notes are only looked at where a session has died.
        saved_at: When dead sessions had saved the last of what was typed, in seconds since 1970.
    """
    newest, about = 0.0, ""
    for at in saved_at:
        for note in store.all(Note):
            changed = note.changed_at.timestamp() if note.changed_at is not None else 0.0
            is_near = abs(at - changed) <= NEAR_SECONDS
            if is_near and changed >= newest and note.changed_by == store.by:
                mentee = store.get(Mentee, note.mentee_id)
                newest, about = changed, mentee.name if mentee is not None else about
    return about
