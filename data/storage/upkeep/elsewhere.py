"""Deleting for good from one file what was deleted from another one that it belongs to.

What a user keeps private of a team file lies in a file of that user's own. Whoever deletes a
person from the team file cannot open it. So the list of deletions of the team file is followed
there when its user opens it the next time.
"""

from __future__ import annotations

from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path

from data.run_folder import texts_folder
from data.storage import purge_list
from data.storage.disk import REAL, Disk
from data.storage.folder import open_folder
from data.storage.names import Names
from data.storage.problems import StorageError
from data.storage.protocol import MARKS
from data.storage.snapshot import Unsound, read_tables
from data.storage.upkeep.going import Going
from data.storage.upkeep.purging import Report, purge
from data.storage.upkeep.traces import clean_editors


def follow(listed: Path, path: Path, *, disk: Disk = REAL) -> list[Report]:
    """Delete from a file what is on the list of another one, unless that has been done.

    Nothing of it may be open in this thread.

    Args:
        listed: The file that has the list.
        path: The file that belongs to it. If it is not there, nothing is done.
        disk: The calls to the operating system.

    Returns:
        What came of each deletion.

    Raises:
        StorageError: It was not possible, or not to its end.
        OSError: The list cannot be read.
    """
    folder, name = open_folder(listed, disk)
    folder.mending = False
    with closing(folder):
        deletions = purge_list.read(folder, Names(name))
    if not deletions or not path.exists():
        return []
    try:
        marks = read_tables(path, disk).get(MARKS, {})
    except Unsound:
        return []  # opening it mends it first
    left = [replace(one, counts={}) for one in deletions if one.id not in marks]
    reports = [purge(path, Going(one, frozenset(), {}, 0), disk=disk) for one in left]
    with suppress(StorageError):  # there is no such folder
        texts, _name = open_folder(texts_folder(path) / path.name, disk)
        with closing(texts):
            for one in left:
                clean_editors(texts, one)
    return reports
