"""Taking what a file has no longer out of its earlier states: journal, backups and quarantine.

What is in the file now stays as it is, and what is taken out may come into it again. That is for
what has been moved to another file. What is to be gone for good is deleted by
`data.storage.upkeep.purging`.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from contextlib import closing
from pathlib import Path

from data.storage.deletion import Deletion, Parts, key, opaque
from data.storage.disk import REAL, Disk
from data.storage.fold import Folded, Unfit, fold
from data.storage.following import OpenFile
from data.storage.generation import time_now
from data.storage.problems import StorageError, kind_of
from data.storage.session_files import SessionFiles
from data.storage.upkeep.old_states import clean_aside, clean_backups

_MOST_FOLDS = 20


def forget_earlier(
    path: Path,
    docs: Collection[tuple[str, str]],
    parts: Mapping[tuple[str, str], Parts],
    *,
    by: str,
    disk: Disk = REAL,
) -> None:
    """Take documents, or parts of them, out of all earlier states of a file.

    It can be done again, if it was cut off. Sessions that have the file open go on.

    Args:
        path: The record file.
        docs: Table and id of documents that are not in the file any more.
        parts: What of other documents is not, as in `Deletion.parts`.
        by: The login name of the user.
        disk: The calls to the operating system.

    Raises:
        StorageError: It could not all be done now.
    """
    salt = os.urandom(16).hex()
    deletion = Deletion(
        id=f"1{int.from_bytes(os.urandom(8)) % 10**18:018}",
        at=time_now(),
        by=by,
        kind="moved",
        salt=salt,
        counts={},
        docs=frozenset(opaque(salt, key(*one)) for one in docs),
        parts={opaque(salt, key(*one)): what for one, what in parts.items()},
        ids=frozenset(id for _table, id in (*docs, *parts)),
    )
    try:
        with closing(SessionFiles(path, by, disk, [])) as session:
            _forget(session, deletion)
    except OSError as error:
        raise StorageError(kind_of(error), name=str(path.parent)) from error


def _forget(session: SessionFiles, deletion: Deletion) -> None:
    files = (session.folder, session.names, session.lock)
    file = OpenFile(session, session.read())
    try:
        for _attempt in range(_MOST_FOLDS):
            try:
                if fold(*files[:2], session.by, keeping=False) is not Folded.OVERTAKEN:
                    break
            except Unfit:
                with session.lock:
                    file.check_files()
                    file.rebuild()
        with session.lock:
            file.check_files()
        present = file.tables
    finally:
        file.close()
    clean_backups(files, deletion, session.by, _nothing)
    clean_aside(files, deletion, present, _nothing)


def _nothing() -> None:
    """Tell nobody how far it is."""
