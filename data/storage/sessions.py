"""Who has the file open: each session says so in a small file of its own, which it keeps locked.

The kernel frees the lock when the session dies. So a file that nobody locks is that of a dead
session.

To look who is there costs the same however many there are. Whoever comes, goes or moves on changes
the time of the folder, so one `fstat` tells that nobody has. Only a killed session changes nothing:
each look tries the lock of one other file, one after the other, and whoever finds a dead one
deletes its file, which the rest see by the time of the folder again.
"""

from __future__ import annotations

import fcntl
import json
import os
from contextlib import closing, suppress
from pathlib import Path
from typing import NamedTuple

from data.storage.disk import Disk
from data.storage.folder import Folder, open_folder, read_all, write_all
from data.storage.generation import time_now
from data.storage.journal import to_json
from data.storage.names import Names
from data.storage.problems import StorageError
from data.storage.protocol import Presence

_ENDING = ".session"


class _Seen(NamedTuple):
    """What the file of another session held."""

    stamp: tuple[int, int, int]
    """Its inode, length and time, by which it is known whether it has changed."""
    said: Presence | None
    """What that session said; None if it had said nothing yet."""


class PresenceFile:
    """The file in which one session tells of itself; it also reads those of the others."""

    def __init__(self, folder: Folder, names: Names, by: str) -> None:
        """Announce a session.

        If nothing can be written just now, the others do not see it until it announces something
        later.

        Args:
            folder: The folder of the record file.
            names: The names of the files in it.
            by: The login name of the user.

        Raises:
            StorageError: The folder of these files belongs to somebody else.
        """
        self.id = os.urandom(4).hex()
        self._by = by
        self._folder = folder
        self._names = names
        self._sessions: Folder | None = None
        self._fd = -1
        self._known: dict[str, _Seen] = {}
        """What the files of the others held, by name and sorted by it."""
        self._listed_at = -1
        """The time of the folder, in nanoseconds, when its files were last listed."""
        self._settled = False
        """Whether they were listed twice at that time. Once is not enough: what changes right after
        a listing may bear the same time, which has steps of some milliseconds."""
        self._tried = self.id + _ENDING
        """The file whose lock was tried last. Each session begins behind its own, so that together
        they soon try all."""
        try:
            self.announce("")
        except OSError:
            pass
        except BaseException:
            self.close()
            raise

    def announce(self, where: str) -> None:
        """Write where this session is: the id of a mentee, or "" for nowhere.

        The folder gets a new time, so that the others look.

        Raises:
            OSError: It cannot be written.
        """
        sessions, fd = self._file()
        line = to_json({"by": self._by, "since": time_now(), "where": where}) + b"\n"
        write_all(fd, line, 0, sessions.disk)
        sessions.disk.ftruncate(fd, len(line))
        sessions.disk.utime(sessions.fd)

    def _file(self) -> tuple[Folder, int]:
        """Return the folder of these files, and this one, which is made and locked if need be."""
        if self._sessions is None:
            self._sessions = self._folder.make_sub(self._names.sessions)
        if self._fd < 0:
            self._fd = self._sessions.create(self.id + _ENDING)
            self._sessions.disk.flock(self._fd, fcntl.LOCK_EX)
        return self._sessions, self._fd

    def others(self) -> list[Presence]:
        """Return the other sessions that are alive. Files of dead ones are deleted.

        Raises:
            OSError: The files cannot be read.
            StorageError: One must not be used.
        """
        if self._sessions is None:
            return []
        changed_at = self._sessions.disk.fstat(self._sessions.fd).st_mtime_ns
        if changed_at != self._listed_at or not self._settled:
            self._settled = False  # if listing fails
            self._list(self._sessions)
            self._settled, self._listed_at = changed_at == self._listed_at, changed_at
        self._try_next(self._sessions)
        return [seen.said for seen in self._known.values() if seen.said is not None]

    def _list(self, sessions: Folder) -> None:
        """List the files, and read those that are new or have changed."""
        known = {}
        for name in sessions.names():
            if not name.endswith(_ENDING) or name == self.id + _ENDING:
                continue
            found = sessions.stat(name)
            if found is None:
                continue
            stamp = found.st_ino, found.st_size, found.st_mtime_ns
            seen = self._known.get(name)
            if seen is None or seen.stamp != stamp:
                seen = _read(sessions, name, stamp)
            if seen is not None:
                known[name] = seen
        self._known = known

    def _try_next(self, sessions: Folder) -> None:
        """Try the lock of the next of the files, and delete it if its session is dead."""
        if not self._known:
            return
        after = (name for name in self._known if name > self._tried)
        self._tried = next(after, next(iter(self._known)))
        if not _is_living(sessions, self._tried):
            del self._known[self._tried]

    def close(self) -> None:
        """Delete the file: the session has ended."""
        if self._sessions is None:
            return
        if self._fd >= 0:
            with suppress(OSError):
                self._sessions.unlink(self.id + _ENDING, missing_ok=True)
            os.close(self._fd)
        self._sessions.close()


def is_living(path: Path, disk: Disk, id: str) -> bool:
    """Return whether the session with this id still has the record file at `path` open.

    Only the lock on its file tells that. The number of its process does not, for numbers come
    again, and the process may run on another computer. If the lock cannot be tried, the session
    counts as living. This shares nothing with an open session, so any thread may call it.
    """
    if not id:
        return False
    try:
        folder, name = open_folder(path, disk)
        with closing(folder):
            folder.mending = False
            sessions = folder.sub(Names(name).sessions)
            if sessions is None:
                return False
            with closing(sessions):
                fd = sessions.open(id + _ENDING)
                try:
                    disk.flock(fd, fcntl.LOCK_SH | fcntl.LOCK_NB)
                finally:
                    os.close(fd)
    except FileNotFoundError:
        return False
    except (OSError, StorageError):
        return True
    return False


def _read(sessions: Folder, name: str, stamp: tuple[int, int, int]) -> _Seen | None:
    """Return what the file of a session holds; None if that has not locked it, or no longer."""
    try:
        fd = sessions.open(name)
    except FileNotFoundError:
        return None
    try:
        if _is_free(sessions, fd, name):
            return None
        return _Seen(stamp, _parse(name.removesuffix(_ENDING), read_all(fd, sessions.disk)))
    finally:
        os.close(fd)


def _is_living(sessions: Folder, name: str) -> bool:
    """Whether a session has its file locked."""
    try:
        fd = sessions.open(name)
    except FileNotFoundError:
        return False
    try:
        return not _is_free(sessions, fd, name)
    finally:
        os.close(fd)


def _is_free(sessions: Folder, fd: int, name: str) -> bool:
    """Whether nobody has locked an open file. That of a dead session is deleted."""
    try:
        sessions.disk.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    # A file that has just been made is not locked yet. It is empty, so it is left alone.
    if sessions.disk.fstat(fd).st_size:
        sessions.unlink(name, missing_ok=True)
    return True


def _parse(session: str, data: bytes) -> Presence | None:
    try:
        said = json.loads(data)
        return Presence(session, str(said["by"]), str(said["since"]), str(said["where"]))
    except (ValueError, KeyError, TypeError):
        return None
