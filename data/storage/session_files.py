"""What one session holds open of a record file's folder."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from data.storage.disk import Disk
from data.storage.folder import open_folder
from data.storage.generation import tidy
from data.storage.lock import Lock
from data.storage.mounts import network_file_system
from data.storage.names import Names
from data.storage.problems import ErrorKind, Notice, NoticeKind, StorageError
from data.storage.sessions import PresenceFile
from data.storage.snapshot import Snapshot, Unsound, read_snapshot

RESERVE_BYTES = 256 << 10
"""Room set aside for the last notes on a full disk."""


class SessionFiles:
    """The folder, the lock and this session's own file."""

    def __init__(self, path: Path, by: str, disk: Disk, notices: list[Notice]) -> None:
        """Open them. Raises OSError or `StorageError`; nothing stays open then."""
        self.path = path
        self.by = by
        self.notices = notices
        self.folder, name = open_folder(path, disk)
        self.folder.notices = notices
        self.names = Names(name)
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
        """Let go of all of them."""
        self.presence.close()
        self.lock.close()
        self.folder.close()

    def read(self) -> Snapshot:
        """Read record file and journal, mending them where need be."""
        with suppress(Unsound):
            return read_snapshot(self.folder, self.names)
        with self.lock:
            try:
                return read_snapshot(self.folder, self.names)
            except Unsound as problem:
                # only where the file cannot be read as it is
                from data.storage.recovery import mend

                files = (self.folder, self.names, self.lock)
                self.notices += mend(files, self.by, problem.fault)
                return read_snapshot(self.folder, self.names)

    def check(self) -> None:
        """Tidy up, set room aside, and see whether the lock can be relied on; it must be held."""
        if not self.lock.works():
            raise StorageError(ErrorKind.NO_LOCKS, name=str(self.folder.path))
        backups = self.folder.sub(self.names.backups)
        if backups is not None:  # one that is not ours is refused now, not with each fold
            backups.close()
        tidy(self.folder, self.names)
        self.make_reserve()
        kind = network_file_system(self.folder.path)
        if kind:
            self.notices.append(
                Notice(NoticeKind.WEAK_LOCKS, name=str(self.folder.path), kept=kind)
            )

    def make_reserve(self) -> None:
        """Set room aside for the last notes on a full disk, unless that has been done."""
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

    def has_other_folder(self) -> bool:
        """Whether the path leads to another folder now than the one that is open.

        A folder on another disk counts only if the record file is there: where a network drive is
        not connected, the empty folder beneath it is not ours to write in.
        """
        mine = os.fstat(self.folder.fd)
        try:
            there = self.folder.path.stat()
        except OSError:
            return False
        if (there.st_dev, there.st_ino) == (mine.st_dev, mine.st_ino):
            return False
        return there.st_dev == mine.st_dev or (self.folder.path / self.names.record).is_file()
