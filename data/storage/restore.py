"""Going back to an earlier generation, so that it can be undone."""

from __future__ import annotations

import os
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path

from data.storage import backups, quarantine
from data.storage.backups import Backup
from data.storage.folder import Folder, open_folder, user_name
from data.storage.generation import Files, replace_all, tidy, time_now
from data.storage.lock import Lock
from data.storage.names import Names
from data.storage.problems import ErrorKind, NotSaved, StorageError, kind_of
from data.storage.record_file import Meta, new_generation
from data.storage.recovery import Recovered, backups_state, mend
from data.storage.snapshot import Unsound, read_snapshot


def list_backups(path: Path) -> list[Backup]:
    """Return the backups of a record file, newest first. Raises `StorageError`."""
    folder, name = open_folder(path)
    with closing(folder):
        place = folder.sub(Names(name).backups)
        if place is None:
            return []
        with closing(place):
            return sorted(backups.find(place), reverse=True)


def restore(path: Path, name: str, *, by: str | None = None) -> Backup | None:
    """Bring the records back to where a backup ends.

    Returns the backup that was made of what the file held until now: restoring that one undoes it.
    None where nothing of it could be read; then the damaged files are in quarantine. Open sessions
    see the restored records at once. Raises `StorageError`; nothing has changed then.
    """
    who = by if by is not None else user_name(os.geteuid())
    folder, file = open_folder(path)
    with closing(folder):
        names = Names(file)
        try:
            lock = Lock(folder, names.lock)
            with closing(lock), lock:
                return _restore((folder, names, lock), name, who)
        except OSError as error:
            raise NotSaved(kind_of(error), name=str(folder.path)) from error


def _restore(files: Files, name: str, by: str) -> Backup | None:
    folder, names, _lock = files
    earlier = _state(folder, names, name)
    meta, seq = _set_present_aside(files, by)
    new = new_generation(meta, max(seq, earlier.seq) + 1, time_now())
    # Without `prev`, since it does not go on from what open sessions know: they read it anew.
    replace_all(files, (earlier.tables, replace(new, prev="")), by)
    tidy(folder, names)
    if meta is None:
        return None
    place = folder.sub(names.backups)
    if place is None:
        return None
    with closing(place):
        return next((b for b in backups.find(place) if b.id == meta.id), None)


def _state(folder: Folder, names: Names, name: str) -> Recovered:
    place = folder.sub(names.backups)
    if place is not None:
        with closing(place):
            found = backups_state(place, name)
            if found is not None:
                return found
    raise StorageError(ErrorKind.NO_BACKUP, name=name)


def _set_present_aside(files: Files, by: str) -> tuple[Meta | None, int]:
    """Make a backup of what the file holds now, mended where need be."""
    folder, names, _lock = files
    try:
        try:
            present = read_snapshot(folder, names)
        except Unsound as problem:
            mend(files, by, problem.fault)
            present = read_snapshot(folder, names)
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


def purge(path: Path) -> int:
    """Take away all backups and all that is in quarantine, so that erased records are gone.

    The record file must have been folded (closed) after the erasure. Returns how many files went.
    """
    folder, name = open_folder(path)
    gone = 0
    with closing(folder):
        names = Names(name)
        for sub in (names.backups, names.quarantine):
            place = folder.sub(sub)
            if place is None:
                continue
            with closing(place):
                for file in place.names():
                    place.unlink(file, missing_ok=True)
                    gone += 1
                place.sync()
    return gone
