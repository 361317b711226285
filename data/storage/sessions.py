"""What each open session says of itself, in a file of its own that it keeps locked.

The kernel lets go of the lock when the session dies, so that a file without a lock is a dead one's.
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
    """The file of one session, and a look at the others'."""

    def __init__(self, folder: Folder, names: Names, by: str) -> None:
        """Say that the session is there. Raises `StorageError` for a folder that is not ours.

        On a disk that takes nothing, the others do not see it until it tells something.
        """
        self.id = os.urandom(4).hex()
        self._by = by
        self._folder = folder
        self._names = names
        self._place: Folder | None = None
        self._fd = -1
        try:
            self.announce("")
        except OSError:
            pass
        except BaseException:
            self.close()
            raise

    def announce(self, where: str) -> None:
        """Say where this session is: the id of a mentee, or empty. Raises OSError."""
        place, fd = self._file()
        line = to_json({"by": self._by, "since": time_now(), "where": where}) + b"\n"
        write_all(fd, line, 0, place.disk)
        place.disk.ftruncate(fd, len(line))

    def _file(self) -> tuple[Folder, int]:
        """Return the folder of sessions and this one's file, which is created and locked."""
        if self._place is None:
            self._place = self._folder.make_sub(self._names.sessions)
        if self._fd < 0:
            self._fd = self._place.create(self.id + _ENDING)
            self._place.disk.flock(self._fd, fcntl.LOCK_EX)
        return self._place, self._fd

    def others(self) -> list[Presence]:
        """Return the other sessions that are alive; forget the dead ones."""
        if self._place is None:
            return []
        found = []
        for name in self._place.names():
            if name.endswith(_ENDING) and name != self.id + _ENDING:
                presence = _look(self._place, name)
                if presence is not None:
                    found.append(presence)
        return found

    def close(self) -> None:
        """Say good-bye."""
        if self._place is None:
            return
        if self._fd >= 0:
            with suppress(OSError):
                self._place.unlink(self.id + _ENDING, missing_ok=True)
            os.close(self._fd)
        self._place.close()


def is_living(path: Path, disk: Disk, id: str) -> bool:
    """Whether the session with this id still has the record file at `path` open.

    The lock alone decides: neither the number of a process nor the name of a computer says so, for
    numbers come again and a folder can be on the network. Where that cannot be looked at, the
    session counts as living. Nothing is shared with an open session, so any thread may ask.
    """
    if not id:
        return False
    try:
        folder, name = open_folder(path, disk)
        with closing(folder):
            folder.mending = False
            place = folder.sub(Names(name).sessions)
            if place is None:
                return False
            with closing(place):
                fd = place.open(id + _ENDING)
                try:
                    disk.flock(fd, fcntl.LOCK_SH | fcntl.LOCK_NB)
                finally:
                    os.close(fd)
    except FileNotFoundError:
        return False
    except (OSError, StorageError):
        return True
    return False


def _look(place: Folder, name: str) -> Presence | None:
    try:
        fd = place.open(name)
    except FileNotFoundError:
        return None
    try:
        place.disk.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return _presence(name.removesuffix(_ENDING), read_all(fd, place.disk))
    else:
        # One that has just been created is not locked yet, and empty.
        if place.disk.fstat(fd).st_size:
            place.unlink(name, missing_ok=True)
        return None
    finally:
        os.close(fd)


def _presence(session: str, data: bytes) -> Presence | None:
    try:
        said = json.loads(data)
        return Presence(session, str(said["by"]), str(said["since"]), str(said["where"]))
    except (ValueError, KeyError, TypeError):
        return None
