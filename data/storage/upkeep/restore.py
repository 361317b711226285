"""Going back to a backup, in such a way that it can be undone."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from data.logins import user_name
from data.storage import backups, quarantine
from data.storage.folder import Folder, open_folder
from data.storage.from_backups import Recovered, state_of_backups
from data.storage.generation import Files, replace_all, tidy, time_now
from data.storage.kept.backup import Backup
from data.storage.lock import Lock
from data.storage.names import Names
from data.storage.problems import ErrorKind, NotSaved, StorageError, kind_of
from data.storage.record_file import Meta, new_generation
from data.storage.recovery import mend
from data.storage.snapshot import Unsound, read_latest
from data.storage.upkeep import set_aside
from data.storage.upkeep.purging import finish
from data.storage.upkeep.set_aside import SetAside

T = TypeVar("T")


def list_backups(path: Path) -> list[Backup]:
    """Return the backups of a record file, newest first.

    Raises:
        StorageError: The folder must not be used.
    """
    return _found(path, lambda names: names.backups, backups.find)


def list_set_aside(path: Path) -> list[SetAside]:
    """Return the files in quarantine, newest first.

    Raises:
        StorageError: The folder must not be used.
    """
    return _found(path, lambda names: names.quarantine, set_aside.find)


def _found(path: Path, where: Callable[[Names], str], find: Callable[[Folder], list[T]]) -> list[T]:
    """Return what is found in a folder beside the record file, the last first."""
    folder, name = open_folder(path)
    with closing(folder):
        inner = folder.sub(where(Names(name)))
        if inner is None:
            return []
        with closing(inner):
            return find(inner)[::-1]


def restore(path: Path, name: str, *, by: str | None = None) -> Backup | None:
    """Bring the records back to what they were at the end of a backup.

    Other sessions that have the file open see the restored records at once.

    Args:
        path: The record file.
        name: The name of the backup, or of a whole file in quarantine.
        by: The login name of the user; None for that of the user of this process.

    Returns:
        The backup that was made of what the file held until now; restoring that one undoes this.
        None if nothing of it could be read; then the damaged files are in quarantine.

    Raises:
        StorageError: It was not possible, and nothing has changed.
    """
    who = by if by is not None else user_name(os.geteuid())
    with _alone(path) as files:
        return _restore(files, name, who)


def keep_state(path: Path, *, by: str | None = None) -> Backup | None:
    """Make a backup of what a file holds now; what is saved later is not in it.

    Other sessions that have the file open take it for a fold.

    Args:
        path: The record file.
        by: The login name of the user; None for that of the user of this process.

    Returns:
        The backup.

    Raises:
        StorageError: It was not possible.
    """
    who = by if by is not None else user_name(os.geteuid())
    with _alone(path) as files:
        return _keep_state(files, who)


@contextmanager
def _alone(path: Path) -> Iterator[Files]:
    """Have the files of a record file for oneself: nobody else writes meanwhile.

    Raises:
        StorageError: It was not possible.
    """
    finish(path)
    folder, file = open_folder(path)
    with closing(folder):
        names = Names(file)
        try:
            lock = Lock(folder, names.lock)
            with closing(lock), lock:
                yield folder, names, lock
        except OSError as error:
            raise NotSaved(kind_of(error), name=str(folder.path)) from error


def _keep_state(files: Files, by: str) -> Backup | None:
    folder, names, _lock = files
    meta, seq = _set_present_aside(files, by)
    if meta is None:
        raise StorageError(ErrorKind.DAMAGED, name=names.record)
    present = read_latest(folder, names, whole=True)
    os.close(present.journal_fd)
    # the backup has the files themselves, so what comes next needs others
    replace_all(files, (present.tables, new_generation(meta, seq, time_now())), by)
    return _backup_of(folder, names, meta)


def _backup_of(folder: Folder, names: Names, meta: Meta) -> Backup | None:
    """Return the backup of a generation; None if there is none."""
    backup_folder = folder.sub(names.backups)
    if backup_folder is None:
        return None
    with closing(backup_folder):
        return next((b for b in backups.find(backup_folder) if b.id == meta.id), None)


def _restore(files: Files, name: str, by: str) -> Backup | None:
    folder, names, _lock = files
    earlier = _state(folder, names, name)
    meta, seq = _set_present_aside(files, by)
    new = new_generation(meta, max(seq, earlier.seq) + 1, time_now())
    # It names no generation before it, for it does not go on from what open sessions know. So they
    # read everything anew.
    replace_all(files, (earlier.tables, replace(new, prev="")), by)
    tidy(folder, names)
    if meta is None:
        return None
    return next((one for one in backups.of_file(folder, names) if one.id == meta.id), None)


def _state(folder: Folder, names: Names, name: str) -> Recovered:
    backup_folder = folder.sub(names.backups)
    if backup_folder is not None:
        with closing(backup_folder):
            found = state_of_backups(backup_folder, name)
            if found is not None:
                return found
    aside = folder.sub(names.quarantine)
    if aside is not None:
        with closing(aside):
            kept = set_aside.state_of(aside, name)
            if kept is not None:
                return kept
    raise StorageError(ErrorKind.NO_BACKUP, name=name)


def _set_present_aside(files: Files, by: str) -> tuple[Meta | None, int]:
    """Make a backup of what the file holds now. It is mended first if need be.

    Returns:
        What the record file says of itself, and the number of the last commit; None and 0 if
        nothing of it can be read.
    """
    folder, names, _lock = files
    try:
        try:
            present = read_latest(folder, names, whole=True)
        except Unsound as problem:
            mend(files, by, problem.fault)
            present = read_latest(folder, names, whole=True)
    except (StorageError, Unsound) as problem:
        if isinstance(problem, StorageError) and problem.kind is not ErrorKind.DAMAGED:
            raise
        for what, file in (("record", names.record), ("journal", names.journal)):
            with suppress(FileNotFoundError):
                quarantine.keep(folder, names, what, folder.read(file))
        return None, 0
    os.close(present.journal_fd)
    backups.keep(folder, names, present.meta)
    return present.meta, present.seq
