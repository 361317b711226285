"""Bringing the records of people up to date with the workplace's library (R77)."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path

from data.library.source import in_use
from data.records import Person
from data.storage.problems import StorageError
from data.store.store import Store


def bring_people(path: Path, store: Store, *, back: bool = False) -> int:
    """Make the records of people say what the library in use says; return how many changed.

    It is no step of undo: the mentor did not do it, and the next session would do it again. What
    cannot be done now is done when the next session opens.

    Args:
        path: The record file that the store has open.
        store: The records. A session has them open; what only reads leaves them as they are.
        back: Whether an older version than the last one may change them too.
    """
    library = in_use()
    if library is None:
        return 0
    # few workplaces have a library
    from data.method.shared_people import brought_up_to_date

    @cache
    def deleted() -> Callable[[str], bool]:
        # only where somebody is new
        from data.storage.upkeep.deleted_ids import deleted_in

        return deleted_in(path)

    def is_deleted(one: str) -> bool:
        return deleted()(one)

    with suppress(OSError, StorageError):
        people = store.all(Person)
        changes = brought_up_to_date(people, library, back=back, is_deleted=is_deleted)
        if changes:
            store.commit(changes, undoable=False)
        return len(changes)
    return 0
