"""What each open session says of itself, in a file of its own that it keeps locked.

The kernel lets go of the lock when the session dies, so that a file without a lock is a dead one's.
"""

from __future__ import annotations

import fcntl
import json
import os
from contextlib import suppress

from data.storage.generation import time_now
from data.storage.journal import to_json
from data.storage.layout import Names
from data.storage.protocol import Presence
from data.storage.safety import Folder, read_all, write_all

_ENDING = ".session"


class Sessions:
    """The file of one session, and a look at the others'."""

    def __init__(self, folder: Folder, names: Names, by: str) -> None:
        self.id = os.urandom(4).hex()
        self._by = by
        self._place = folder.make_sub(names.sessions)
        try:
            self._fd = self._place.create(self.id + _ENDING)
        except BaseException:
            self._place.close()
            raise
        try:
            folder.disk.flock(self._fd, fcntl.LOCK_EX)
            self.tell("")
        except BaseException:
            self.close()
            raise

    def tell(self, where: str) -> None:
        """Say where this session is: the id of a mentee, or empty."""
        line = to_json({"by": self._by, "since": time_now(), "where": where}) + b"\n"
        write_all(self._fd, line, 0, self._place.disk)
        self._place.disk.ftruncate(self._fd, len(line))

    def others(self) -> list[Presence]:
        """Return the other sessions that are alive; forget the dead ones."""
        found = []
        for name in self._place.names():
            if name.endswith(_ENDING) and name != self.id + _ENDING:
                presence = self._look(name)
                if presence is not None:
                    found.append(presence)
        return found

    def _look(self, name: str) -> Presence | None:
        try:
            fd = self._place.open(name)
        except FileNotFoundError:
            return None
        try:
            self._place.disk.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return _presence(name.removesuffix(_ENDING), read_all(fd, self._place.disk))
        else:
            # One that has just been created is not locked yet, and empty.
            if self._place.disk.fstat(fd).st_size:
                self._place.unlink(name, missing_ok=True)
            return None
        finally:
            os.close(fd)

    def close(self) -> None:
        """Say good-bye."""
        with suppress(OSError):
            self._place.unlink(self.id + _ENDING, missing_ok=True)
        os.close(self._fd)
        self._place.close()


def _presence(session: str, data: bytes) -> Presence | None:
    try:
        said = json.loads(data)
        return Presence(session, str(said["by"]), str(said["since"]), str(said["where"]))
    except (ValueError, KeyError, TypeError):
        return None
