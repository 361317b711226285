"""What the copy in use offers of a newer version of the folder, and what comes of the answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from data.workplace.entries import Library
from data.workplace.newer import (
    Difference,
    differences,
    goes_back,
    keeping,
    offered,
    renewed,
    settled,
    still_kept,
    taken,
)
from data.workplace.taken import Copy


def offers(copy: Copy | None) -> tuple[Difference, ...]:
    """Return what the mentor is to be asked about; nothing where there is no newer version."""
    if copy is None or copy.newest is None:
        return ()
    return offered(copy.used, copy.newest, copy.kept)


def is_going_back(copy: Copy) -> bool:
    """Whether what is offered is an older version than the one in use."""
    return goes_back(copy.used, copy.folder_has)


def with_folder(copy: Copy, library: Library, seen: str) -> Copy:
    """Return the copy that knows what the folder has now, with what is taken by itself.

    Args:
        copy: The copy in use.
        library: The library as the folder has it.
        seen: The fingerprint of the folder.
    """
    used = renewed(copy.used, library)
    kept = still_kept(copy.kept, used, library)
    return _done(replace(copy, seen=seen, used=used, newest=library, kept=kept))


def with_taken(copy: Copy, found: Iterable[Difference]) -> Copy:
    """Return the copy that has taken what was offered, as far as it is offered still."""
    names = {one.name for one in _still(copy, found)}
    return _done(replace(copy, used=taken(copy.used, copy.folder_has, names)))


def with_kept(copy: Copy, found: Iterable[Difference]) -> Copy:
    """Return the copy that keeps what it has: what was offered is not offered as it is again."""
    return _done(replace(copy, kept=keeping(copy.kept, _still(copy, found))))


def answered(before: Copy | None, after: Copy | None) -> int:
    """Return how many entries were offered before, and are not any more."""
    now = {one.name for one in offers(after)}
    return sum(one.name not in now for one in offers(before))


def _still(copy: Copy, found: Iterable[Difference]) -> list[Difference]:
    """Return what differs as it did when it was offered: another session may have answered it."""
    now = {one.name: one.digest for one in differences(copy.used, copy.folder_has)}
    return [one for one in found if now.get(one.name) == one.digest]


def _done(copy: Copy) -> Copy:
    """Return the copy: where nothing is offered any more, it is of the folder's version."""
    folder = copy.folder_has
    if not offered(copy.used, folder, copy.kept):
        copy = replace(copy, used=settled(copy.used, folder))
    return replace(copy, newest=None if copy.used == folder else folder)
