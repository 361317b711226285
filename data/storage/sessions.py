"""Who has the file open: each session says so in a small file of its own, which it keeps locked.

The kernel frees the lock when the session dies. So a file that nobody locks is that of a dead
session.
"""

from __future__ import annotations

import fcntl
import json
import os
from contextlib import closing, suppress
from pathlib import Path

from data.storage.disk import Disk
from data.storage.folder import Folder, open_folder, read_all, write_all
from data.storage.generation import time_now
from data.storage.journal import to_json
from data.storage.names import Names
from data.storage.problems import StorageError
from data.storage.protocol import Presence

_ENDING = ".session"


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
        try:
            self.announce("")
        except OSError:
            pass
        except BaseException:
            self.close()
            raise

    def announce(self, where: str) -> None:
        """Write where this session is: the id of a mentee, or "" for nowhere.

        Raises:
            OSError: It cannot be written.
        """
        sessions, fd = self._file()
        line = to_json({"by": self._by, "since": time_now(), "where": where}) + b"\n"
        write_all(fd, line, 0, sessions.disk)
        sessions.disk.ftruncate(fd, len(line))

    def _file(self) -> tuple[Folder, int]:
        """Return the folder of these files, and this one, which is made and locked if need be."""
        if self._sessions is None:
            self._sessions = self._folder.make_sub(self._names.sessions)
        if self._fd < 0:
            self._fd = self._sessions.create(self.id + _ENDING)
            self._sessions.disk.flock(self._fd, fcntl.LOCK_EX)
        return self._sessions, self._fd

    def others(self) -> list[Presence]:
        """Return the other sessions that are alive. Files of dead ones are deleted."""
        if self._sessions is None:
            return []
        found = []
        for name in self._sessions.names():
            if name.endswith(_ENDING) and name != self.id + _ENDING:
                presence = _living(self._sessions, name)
                if presence is not None:
                    found.append(presence)
        return found

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


def _living(sessions: Folder, name: str) -> Presence | None:
    try:
        fd = sessions.open(name)
    except FileNotFoundError:
        return None
    try:
        sessions.disk.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return _parse(name.removesuffix(_ENDING), read_all(fd, sessions.disk))
    else:
        # A file that has just been made is not locked yet. It is empty, so it is left alone.
        if sessions.disk.fstat(fd).st_size:
            sessions.unlink(name, missing_ok=True)
        return None
    finally:
        os.close(fd)


def _parse(session: str, data: bytes) -> Presence | None:
    try:
        said = json.loads(data)
        return Presence(session, str(said["by"]), str(said["since"]), str(said["where"]))
    except (ValueError, KeyError, TypeError):
        return None
