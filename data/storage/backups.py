"""Backups: earlier generations of the record file, each with its journal.

A backup is a pair of files named `<generation>-<time>-<id>` with the endings `.json` and
`.journal`. They are hard links of the files that a new generation has replaced, and together hold
everything up to that moment. Which of them are kept is the matter of `data.storage.kept.thinning`.
"""

from __future__ import annotations

import errno
import os
import re
from contextlib import closing
from datetime import timedelta
from enum import Enum

from data import clock
from data.storage import purge_list, quarantine
from data.storage.folder import Folder, read_all, write_all
from data.storage.kept.backup import Backup, time_of
from data.storage.kept.policy import keeping_of
from data.storage.names import Names
from data.storage.record_file import HEAD, Meta, read_head

_NAME = re.compile(r"(\d{6,})-(\d{8}-\d{6})-([0-9a-z]+)\.json")
UNDO = timedelta(days=1)
"""So long what there was before a restore is kept, whatever was done since: it undoes it."""
UNDOS = 5
"""For how many of the last restores that holds."""
NO_LINKS = {errno.EPERM, errno.EMLINK, errno.ENOTSUP, errno.ENOSYS, errno.EACCES}
"""What a file system says that has no hard links."""


def find(backups: Folder | None) -> list[Backup]:
    """Return the backups in a folder, oldest first; none if there is no folder."""
    found = []
    for file in backups.names() if backups is not None else ():
        match = _NAME.fullmatch(file)
        if match is None:
            continue
        try:
            at = time_of(match[2])
        except ValueError:
            continue
        found.append(Backup(int(match[1]), file.removesuffix(".json"), at, match[3]))
    return sorted(found)


def of_file(folder: Folder, names: Names) -> list[Backup]:
    """Return the backups of a record file, oldest first."""
    backups = folder.sub(names.backups)
    if backups is None:
        return []
    with closing(backups):
        return find(backups)


def has_later(folder: Folder, names: Names, meta: Meta) -> bool:
    """Return whether the last backup is of a later generation than a record file.

    Each generation has a higher number than all before it. So somebody has put an earlier copy of
    the file in place then. A backup of the file itself is left by a fold that was cut off.
    """
    backups = folder.sub(names.backups)
    if backups is None:
        return False
    with closing(backups):
        # Each opening asks this, so nothing but the names is looked at.
        found = [match for match in map(_NAME.fullmatch, backups.names()) if match is not None]
    last = max(found, key=lambda match: int(match[1]), default=None)
    return last is not None and int(last[1]) >= meta.gen and last[3] != meta.id


def stamp_now() -> str:
    """Return the local time as it is in the names of files, such as `20251124-080500`.

    It is the program's one clock. If that stands still (`MENTOR_NOW`), backups are told apart by
    their generations, and thinned as if it were that time.
    """
    return clock.now().strftime("%Y%m%d-%H%M%S")


def keep(folder: Folder, names: Names, meta: Meta) -> None:
    """Make a backup of the present files. The lock must be held.

    Files of before something was deleted for good, which somebody has put back, become none.

    Args:
        folder: The folder of the record file.
        names: The names of the files in it.
        meta: What the record file says of itself.
    """
    backups = folder.make_sub(names.backups)
    try:
        if _is_kept(folder, names, backups, meta) or _is_of_before(folder, names):
            return
        name = f"{meta.gen:06d}-{stamp_now()}-{meta.id}"
        # The journal comes first, since a backup is found by its record file.
        _link(folder, names.journal, backups, f"{name}.journal")
        _link(folder, names.record, backups, f"{name}.json")
        backups.sync()
    finally:
        backups.close()


def _is_of_before(folder: Folder, names: Names) -> bool:
    """Whether something that is in the files was deleted for good since; then it goes aside.

    It is not in what goes aside.
    """
    deletions = purge_list.read(folder, names)
    if not deletions or folder.stat(names.record) is None:
        return False
    record = folder.read(names.record)
    journal = folder.read(names.journal) if folder.stat(names.journal) is not None else b""
    if not purge_list.marks_missing(deletions, record, journal):
        return False
    quarantine.keep(folder, names, "edited", record)
    return True


def _is_kept(folder: Folder, names: Names, backups: Folder, meta: Meta) -> bool:
    """Whether the present files are a backup already, made by a fold that was cut off."""
    files = (folder.stat(names.record), folder.stat(names.journal))
    return any(
        all(
            one is not None and two is not None and one.st_ino == two.st_ino
            for one, two in zip(
                files, (backups.stat(backup.record), backups.stat(backup.journal)), strict=True
            )
        )
        for backup in find(backups)
        if backup.id == meta.id
    )


class Origin(Enum):
    """What a generation has come of, for a session that knows an earlier one."""

    FOLDS = "folds"
    """Of that one, by folds alone."""
    BACKUP = "backup"
    """Of a backup that was restored; another one was made of what there was."""
    ELSEWHERE = "elsewhere"
    """Of a file that somebody put in place."""


def origin(folder: Folder, names: Names, earlier: Meta, later: Meta, *, is_behind: bool) -> Origin:
    """Return what a generation has come of.

    Args:
        folder: The folder of the record file.
        names: The names of the files in it.
        earlier: The generation that the session knows.
        later: The one in question.
        is_behind: Whether it has fewer commits than the session knows. No fold takes one back: then
            the files of an earlier moment were put back.
    """
    by_folds = Origin.ELSEWHERE if is_behind else Origin.FOLDS
    with closing(folder.make_sub(names.backups)) as backups:
        found = find(backups)
        by_id = {backup.id: backup.record for backup in found}
        meta: Meta | None = later
        while meta is not None and meta.prev:
            if meta.prev == earlier.id or meta.prev not in by_id:  # the one that could tell is gone
                return by_folds
            meta = _head(backups, by_id.pop(meta.prev))
    if meta is None:
        return by_folds
    # One that goes on from none before names none.
    has_backup = any(backup.gen == meta.gen - 1 for backup in found)
    return Origin.BACKUP if has_backup else Origin.ELSEWHERE


def _link(folder: Folder, name: str, backups: Folder, new: str) -> None:
    """Give a file a second name in another folder. Where that cannot be done it is copied."""
    if folder.stat(name) is None:
        return
    try:
        folder.disk.link(
            name, new, src_dir_fd=folder.fd, dst_dir_fd=backups.fd, follow_symlinks=False
        )
    except FileExistsError:
        return
    except OSError as error:
        if error.errno not in NO_LINKS:
            raise
        _copy(folder, name, backups, new)


def _copy(folder: Folder, name: str, backups: Folder, new: str) -> None:
    part = f"{new}.part"
    backups.unlink(part, missing_ok=True)
    source, target = folder.open(name, os.O_RDONLY), backups.create(part)
    try:
        write_all(target, read_all(source, folder.disk), 0, folder.disk)
        folder.disk.fsync(target)
    finally:
        os.close(source)
        os.close(target)
    backups.rename(part, new)


def prune(folder: Folder, names: Names) -> None:
    """Delete the backups that need not be kept any longer.

    Raises:
        OSError: One could not be deleted.
        StorageError: The folder of backups must not be used.
    """
    backups = folder.sub(names.backups)
    if backups is None:
        return
    with closing(backups):
        from data.storage.kept.thinning import outdated  # few openings delete a backup

        found = find(backups)
        sizes = {backup: _bytes_of(backups, backup) for backup in found}
        now, keeping = clock.now(), keeping_of(team=folder.team)
        gone = outdated(found, now, keeping, sizes)
        recent = [one for one in gone if now - one.at < UNDO]
        undo = _left_by_restores(folder, names, backups, recent, found) if recent else []
        if undo:
            gone = outdated(found, now, keeping, sizes, undo)
        for backup in gone:
            backups.unlink(backup.record, missing_ok=True)
            backups.unlink(backup.journal, missing_ok=True)


def _left_by_restores(
    folder: Folder, names: Names, backups: Folder, some: list[Backup], found: list[Backup]
) -> list[Backup]:
    """Return those of some backups that were made of what there was before a restore, last first.

    The generation after such a one does not name it as the one before. That may be a backup itself,
    and is among them, for it is what tells. Only the last `UNDOS` count.
    """
    by_gen = {backup.gen: backup for backup in found}
    present = _head(folder, names.record)

    def is_left(gen: int) -> bool:
        before, after = by_gen.get(gen), by_gen.get(gen + 1)
        meta = _head(backups, after.record) if after is not None else present
        return before is not None and meta is not None and (meta.gen, meta.prev) == (gen + 1, "")

    kept = [one for one in some if is_left(one.gen) or is_left(one.gen - 1)]
    return sorted(kept, reverse=True)[: 2 * UNDOS]


def _head(folder: Folder, name: str) -> Meta | None:
    """Return what a record file says of itself; None if it is not there or not ours."""
    try:
        fd = folder.open(name, os.O_RDONLY)
    except FileNotFoundError:
        return None
    try:
        return read_head(folder.disk.pread(fd, HEAD, 0))
    finally:
        os.close(fd)


def _bytes_of(backups: Folder, backup: Backup) -> int:
    """Return how many bytes would be free if a backup were deleted.

    A file that has another name, such as the data file itself, costs nothing and frees nothing.
    """
    files = (backups.stat(backup.record), backups.stat(backup.journal))
    return sum(one.st_size for one in files if one is not None and one.st_nlink == 1)
