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
    folder, name = open_folder(path)
    folder.mending = False
    with closing(folder):
        deletions = purge_list.read(folder, Names(name))
    return lambda one: any(deletion.knows(one) for deletion in deletions)
