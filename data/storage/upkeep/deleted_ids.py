"""Which ids were deleted for good, for whatever would make a record with one of them again."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from data.storage import purge_list
from data.storage.folder import open_folder
from data.storage.names import Names


def deleted_in(path: Path) -> Callable[[str], bool]:
    """Return what tells whether something with an id was deleted for good from a record file.

    Raises:
        OSError: The list cannot be read.
        StorageError: The folder must not be used.
    """
    deletions = _list_of(path)
    return lambda one: any(deletion.knows(one) for deletion in deletions)


def deleted_when(path: Path) -> Callable[[str], str]:
    """Return what tells when something with an id was deleted for good, the last time.

    It is in ISO format with its offset; "" for what was not deleted.

    Raises:
        OSError: The list cannot be read.
        StorageError: The folder must not be used.
    """
    deletions = _list_of(path)[::-1]
    return lambda one: next((deletion.at for deletion in deletions if deletion.knows(one)), "")


def _list_of(path: Path) -> purge_list.Deletions:
    folder, name = open_folder(path)
    folder.mending = False
    with closing(folder):
        return purge_list.read(folder, Names(name))
