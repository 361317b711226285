"""What one session keeps open: the folder of the record file, the lock, and a file of its own."""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import date
from pathlib import Path

from data import clock
from data.mounts import network_file_system
from data.storage import backups
from data.storage.disk import Disk
from data.storage.folder import open_folder
from data.storage.generation import tidy
from data.storage.lock import Lock
from data.storage.names import Names
from data.storage.problems import ErrorKind, Notice, NoticeKind, StorageError
from data.storage.sessions import PresenceFile
from data.storage.snapshot import Snapshot, Unsound, read_latest

RESERVE_BYTES = 256 << 10
"""Size of the reserve: a file that is deleted when the disk is full, so that notes have room."""


class SessionFiles:
    """The folder, the lock and the own file of one session."""

    def __init__(self, path: Path, by: str, disk: Disk, notices: list[Notice]) -> None:
        """Open them. If that fails, nothing stays open.

        Args:
            path: The record file.
            by: The login name of the user.
            disk: The calls to the operating system.
            notices: Gets what the user is to be told.

        Raises:
            OSError: The folder cannot be opened, or the lock cannot be made.
            StorageError: The folder or a file in it must not be used.
        """
        self.path = path
        self.by = by
        self.notices = notices
        self.folder, name = open_folder(path, disk)
        self.folder.notices = notices
        self.names = Names(name)
        self._thinned_on: date | None = None
        """The last day on which this session has thinned the backups while it rested."""
        try:
            self.lock = Lock(self.folder, self.names.lock)
            try:
                self.presence = PresenceFile(self.folder, self.names, by)
            except BaseException:
                self.lock.close()
                raise
        except BaseException:
            self.folder.close()
            raise

    def close(self) -> None:
        """Close all of them."""
        self.presence.close()
        self.lock.close()
        self.folder.close()

    def read(self) -> Snapshot:
        """Read the record file and the journal. They are mended if they cannot be read."""
        with suppress(Unsound):
            return read_latest(self.folder, self.names)
        with self.lock:
            try:
                return read_latest(self.folder, self.names)
            except Unsound as problem:
                # only where the file cannot be read as it is
                from data.storage.recovery import mend

                files = (self.folder, self.names, self.lock)
                self.notices += mend(files, self.by, problem.fault)
                return read_latest(self.folder, self.names)

    def check(self) -> None:
        """Look after the folder when the file has been opened. The lock must be held.

        Half-written files are deleted, the reserve is made, and the user is warned of a network
        drive.

        Raises:
            StorageError: Locks do not work here, or the backups belong to somebody else.
        """
        if not self.lock.works():
            raise StorageError(ErrorKind.NO_LOCKS, name=str(self.folder.path))
        inner = self.folder.sub(self.names.backups)
        if inner is not None:  # refuse a strange folder now, not at each fold
            inner.close()
        tidy(self.folder, self.names)
        self.make_reserve()
        kind = network_file_system(self.folder.path)
        if kind:
            self.notices.append(
                Notice(NoticeKind.WEAK_LOCKS, name=str(self.folder.path), kept=kind)
            )

    def make_reserve(self) -> None:
        """Make the reserve if it is not there. It does not matter if there is no room for it."""
        if self.folder.stat(self.names.reserve) is not None:
            return
        with suppress(OSError):
            fd = self.folder.create(self.names.reserve)
            try:
                self.folder.disk.fallocate(fd, 0, RESERVE_BYTES)
            except OSError:
                self.folder.unlink(self.names.reserve)
            finally:
                os.close(fd)

    def look_after(self) -> None:
        """Do what is done now and then while the session rests.

        The reserve is made again, and once a day the backups are thinned, also where nothing was
        written that day: else what was deleted would stay in them.

        Raises:
            OSError: A backup could not be deleted.
            StorageError: The folder of backups must not be used.
        """
        self.make_reserve()
        if self._thinned_on != clock.today():
            self._thinned_on = clock.today()
            backups.prune(self.folder, self.names)

    def has_other_folder(self) -> bool:
        """Return whether the path leads to another folder now than the open one.

        A folder on another disk counts only if the record file is in it. Else it may be the empty
        folder on which a network drive is mounted when it is connected.
        """
        mine = os.fstat(self.folder.fd)
        try:
            there = self.folder.path.stat()
        except OSError:
            return False
        if (there.st_dev, there.st_ino) == (mine.st_dev, mine.st_ino):
            return False
        return there.st_dev == mine.st_dev or (self.folder.path / self.names.record).is_file()
