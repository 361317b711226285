"""Deleting for good: from the data file, its journal, backups, quarantine, and what is being typed.

What is to go is written to a file first (`Names.deleting`). Before that nothing has happened. From
then on whoever opens the records finishes it, however the one who began it ended: `finish`. Each
step looks for what is still there, so all can be done again.
"""

from __future__ import annotations

import errno
import fcntl
import os
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from data.logins import user_name
from data.storage import backups, purge_list
from data.storage.deletion import Deletion
from data.storage.disk import REAL, Disk
from data.storage.fold import Folded, Unfit, fold
from data.storage.folder import Folder, open_folder, read_all, write_all
from data.storage.following import OpenFile
from data.storage.generation import Temporary, time_now
from data.storage.journal import FORMAT, frame
from data.storage.names import Names
from data.storage.ops import difference
from data.storage.problems import ErrorKind, Notice, NotSaved, StorageError, kind_of
from data.storage.protocol import MARKS, Tables
from data.storage.purge_list import read_lines
from data.storage.raw_table import copied
from data.storage.session_files import SessionFiles
from data.storage.upkeep.going import Going
from data.storage.upkeep.old_states import clean_aside, clean_backups
from data.storage.upkeep.traces import (
    clean_editors,
    clean_history,
    clean_outside,
    clean_sessions,
    still_there,
)

Progress = Callable[[int, int], None]
"""Is told which step has been done, and of how many."""
_TURN_SECONDS = 10.0
"""How long to wait for one who is deleting something else just now."""
_MOST_FOLDS = 20


@dataclass
class Report:
    """What came of deleting something for good."""

    deletion: Deletion | None = None
    """What was deleted; None if nothing was to be finished."""
    rewritten: list[str] = field(default_factory=list)
    """The files beside the record file that were written anew without it."""
    deleted: list[str] = field(default_factory=list)
    """Those that were deleted, because they could not be written anew."""
    looked_at: list[str] = field(default_factory=list)
    """The files that were looked through in the end."""
    found: dict[str, int] = field(default_factory=dict)
    """Those in which something of it still stands, and how much: ids, and words asked for."""


def purge(
    path: Path,
    going: Going,
    *,
    progress: Progress = lambda _step, _of: None,
    words: Collection[str] = (),
    disk: Disk = REAL,
) -> Report:
    """Delete something for good.

    Nothing of it may be open in this thread: its own session must go on looking meanwhile.

    Args:
        path: The record file.
        going: What `data.storage.upkeep.going.look` has returned.
        progress: Is told how far it is.
        words: Names and texts that are looked for in the end, beside the ids.
        disk: The calls to the operating system.

    Raises:
        NotSaved: It was not possible, and nothing has happened.
        StorageError: `ErrorKind.UNFINISHED`: it has begun. The next opening goes on with it.
    """
    while True:
        finish(path, disk=disk)
        folder, name = open_folder(path, disk)
        try:
            with closing(folder):
                _begin(folder, Names(name), going)
        except FileExistsError:
            continue  # somebody else has begun another one
        except OSError as error:
            raise NotSaved(kind_of(error), name=str(folder.path)) from error
        return _finish(path, going.deletion, progress=progress, words=words, disk=disk)


def finish(
    path: Path,
    *,
    progress: Progress = lambda _step, _of: None,
    words: Collection[str] = (),
    disk: Disk = REAL,
) -> Report:
    """Go on with what somebody has begun to delete, if there is something of that kind.

    If they are still at it and nothing of it can be seen any more, they are left to it.

    Raises:
        NotSaved: It was not possible, and nothing has happened.
        StorageError: `ErrorKind.UNFINISHED`: it was not possible to finish it now.
    """
    return _finish(path, None, progress=progress, words=words, disk=disk)


def _finish(
    path: Path,
    known: Deletion | None,
    *,
    progress: Progress,
    words: Collection[str],
    disk: Disk,
) -> Report:
    """Finish what has been begun. `known` is that with the ids themselves; None if it is not."""
    folder, name = open_folder(path, disk)
    with closing(folder):
        names = Names(name)
        end = time.monotonic() + _TURN_SECONDS
        while True:
            try:
                fd = folder.open(names.deleting)
            except FileNotFoundError:
                return Report()
            try:
                if _is_mine(folder, names, fd):
                    return _Run(path, fd, disk, progress, words).run(known)
                if _is_listed(folder, names, fd):
                    return Report()
            finally:
                os.close(fd)
            if time.monotonic() > end:
                raise NotSaved(ErrorKind.BUSY, name=name)
            time.sleep(0.02)


def _begin(folder: Folder, names: Names, going: Going) -> None:
    """Write down what is to go.

    Raises:
        FileExistsError: Somebody else has begun to delete something.
        OSError: It could not be written, and nothing is written down.
        StorageError: `ErrorKind.UNFINISHED`: it may be written down.
    """
    entry = {**going.deletion.to_json(), "outside": going.outside}
    salt = entry.pop("salt")
    lines = frame({"h": FORMAT, "salt": salt}) + frame(entry)
    written = Temporary(folder, names, "deleting")
    try:
        write_all(written.fd, lines, 0, folder.disk)
        written.sync()
        _link(folder, written.name, names.deleting)
        try:
            folder.sync()
        except OSError:
            # the file is locked yet, so nobody has begun with it
            try:
                folder.unlink(names.deleting)
            except OSError as error:
                raise StorageError(ErrorKind.UNFINISHED, name=names.record) from error
            raise
    finally:
        written.close()


def _link(folder: Folder, name: str, new: str) -> None:
    """Give a file a second name, which no file has. Where there are no links it gets that one."""
    try:
        folder.disk.link(
            name, new, src_dir_fd=folder.fd, dst_dir_fd=folder.fd, follow_symlinks=False
        )
    except OSError as error:
        if error.errno not in backups.NO_LINKS:
            raise
        if folder.stat(new) is not None:
            raise FileExistsError(errno.EEXIST, new) from error
        folder.rename(name, new)


def _is_mine(folder: Folder, names: Names, fd: int) -> bool:
    """Take it on to finish a deletion, unless somebody living is at it, or has just done it."""
    try:
        folder.disk.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    named = folder.stat(names.deleting)
    return named is not None and named.st_ino == folder.disk.fstat(fd).st_ino


def _is_listed(folder: Folder, names: Names, fd: int) -> bool:
    """Whether a deletion has come so far that no opening shows anything of it."""
    listed = {one.id for one in purge_list.read(folder, names)}
    return all(one.id in listed for one in read_lines(read_all(fd, folder.disk)))


class _Run:
    """Carries out one deletion, from wherever it has come to."""

    def __init__(
        self, path: Path, fd: int, disk: Disk, progress: Progress, words: Collection[str]
    ) -> None:
        self.path = path
        self.fd = fd
        self.disk = disk
        self.progress = progress
        self.words = words
        self.done = 0
        self.steps = 0
        self.report = Report()

    def run(self, known: Deletion | None) -> Report:
        """Carry it out."""
        notices: list[Notice] = []
        try:
            session = SessionFiles(self.path, user_name(os.geteuid()), self.disk, notices)
            with closing(session):
                for begun in list(read_lines(read_all(self.fd, self.disk))):
                    deletion = known if known is not None and known.id == begun.id else begun
                    self.report.deletion = deletion
                    self._delete(session, deletion)
                clean_outside(self.fd, self.disk)
                session.folder.unlink(session.names.deleting, missing_ok=True)
                session.folder.sync()
        except _NothingDone as error:
            try:
                self._take_back()
            except (OSError, StorageError):
                raise StorageError(ErrorKind.UNFINISHED, name=self.path.name) from error
            raise error.as_not_saved(self.path) from error
        except (OSError, NotSaved) as error:
            raise StorageError(ErrorKind.UNFINISHED, name=self.path.name) from error
        self._step()
        return self.report

    def _take_back(self) -> None:
        """Forget that something was to go: nothing of it has gone."""
        folder, name = open_folder(self.path, self.disk)
        with closing(folder):
            folder.unlink(Names(name).deleting)
            folder.sync()

    def _step(self) -> None:
        self.done += 1
        self.progress(min(self.done, self.steps), self.steps)

    def _delete(self, session: SessionFiles, deletion: Deletion) -> None:
        files = (session.folder, session.names, session.lock)
        self.steps = 4 + sum(1 for _one in _old_files(session.folder, session.names))
        file = OpenFile(session, session.read())
        try:
            present = _commit(file, deletion)
            self._step()
            full: OSError | None = None
            try:
                _fold_without_backup(file, deletion)
            except OSError as error:
                full = error  # there may be room when the backups are smaller
            self._step()
            clean_history(files, deletion)
            by = session.by
            for cleaned in (
                clean_backups(files, deletion, by, self._step),
                clean_aside(files, deletion, present, self._step),
            ):
                self.report.rewritten += cleaned[0]
                self.report.deleted += cleaned[1]
            if full is not None:
                _fold_without_backup(file, deletion)
        finally:
            file.close()
        clean_editors(session.folder, deletion)
        clean_sessions(session.folder, session.names, deletion)
        self._step()
        for name, count in still_there(session.folder, session.names, deletion, self.words):
            self.report.looked_at.append(name)
            if count:
                self.report.found[name] = count


class _NothingDone(Exception):
    """The documents could not be deleted, and nothing has happened."""

    def __init__(self, why: OSError | StorageError) -> None:
        super().__init__(why)
        self._why = why

    def as_not_saved(self, path: Path) -> NotSaved:
        """Return it as the error that is told."""
        why = self._why
        if isinstance(why, OSError):
            return NotSaved(kind_of(why), name=str(path.parent))
        return NotSaved(why.kind, name=why.name, who=why.who)


# -- the documents -----------------------------------------------------------------------------


def _commit(file: OpenFile, deletion: Deletion) -> Tables:
    """Delete the documents with one line of the journal, and put the deletion on the list.

    Returns:
        The documents that are left.

    Raises:
        _NothingDone: The line could not be written.
        OSError: The list could not be written. The line is there.
    """
    folder, names = file.folder, file.names
    first = {(one.table, one.id) for one in deletion.clean(copied(file.tables))}
    done = deletion.id in file.tables.get(MARKS, {})
    try:
        with file.session.lock:
            file.check_files()
            if file.sync_failed or file.has_damage:
                file.rebuild()
            if not done:
                since = {(one.table, one.id) for new in file.new_commits for one in new.changes}
                _append(file, deletion, first | since)
                done = True
            purge_list.add(folder, names, [deletion])
    except (OSError, StorageError) as error:
        # Nobody else does it: the file that says what is to go is locked.
        if done or file.sync_failed:
            raise
        raise _NothingDone(error) from error
    return copied(file.tables)


def _append(file: OpenFile, deletion: Deletion, keys: Collection[tuple[str, str]]) -> None:
    """Write the line that deletes those of some documents that are to go."""
    some: Tables = {}
    for table, id in keys:
        doc = file.tables.get(table, {}).get(id)
        if doc is not None and table != MARKS:
            some.setdefault(table, {})[id] = doc
    changes = deletion.clean(some)
    ops = [difference(one.table, one.id, one.before, one.after) for one in changes]
    record = {
        "s": file.seq + 1,
        "at": time_now(),
        "by": deletion.by,
        "ses": file.session.presence.id,
        "ops": [op for op in ops if op is not None],
        "purge": deletion.to_json(),
    }
    file.append(record)
    for change in changes:
        file.apply(change)
    file.deletions.learn([deletion])


def _fold_without_backup(file: OpenFile, deletion: Deletion) -> None:
    """Write record file and journal anew, so that neither has what was deleted.

    Raises:
        OSError: It was not possible.
    """
    folder, names = file.folder, file.names
    for _attempt in range(_MOST_FOLDS):
        try:
            if fold(folder, names, file.session.by, keeping=False) is not Folded.OVERTAKEN:
                break
        except Unfit:
            with file.session.lock:
                file.check_files()
                file.rebuild()
    with file.session.lock:
        for name in folder.names():
            # What others have begun to write is overtaken: it will not take the place of anything.
            if name.startswith(names.temporary) and "deleting" not in name:
                folder.unlink(name, missing_ok=True)
        file.check_files()
    if deletion.named_in(folder.read(names.journal)):
        raise OSError(errno.EBUSY, "the journal could not be written anew")


def _old_files(folder: Folder, names: Names) -> Iterator[str]:
    inner = folder.sub(names.backups)
    if inner is not None:
        with closing(inner):
            yield from (one.name for one in backups.find(inner))
    inner = folder.sub(names.quarantine)
    if inner is not None:
        with closing(inner):
            yield from inner.names()
