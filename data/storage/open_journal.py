"""The journal as an open session has it: how far it has been read, and writing at its end.

All methods but `has_more` and `is_cut_short` need the lock.
"""

from __future__ import annotations

import errno
import os
from contextlib import suppress

from data.storage.folder import Folder, write_all
from data.storage.journal import Scan, frame, scan, with_room
from data.storage.names import Names
from data.storage.protocol import Doc

_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class OpenJournal:
    """An open journal file."""

    def __init__(
        self, folder: Folder, names: Names, fd: int, *, inode: int, size: int, end: int
    ) -> None:
        """Take over an open file.

        Args:
            folder: The folder of the file.
            names: The names of the files in it.
            fd: The open file; `close` closes it.
            inode: Its inode, by which it is known from a journal that takes its place.
            size: Its length in bytes.
            end: Up to where it has been read.
        """
        self._folder = folder
        self._names = names
        self._fd = fd
        self.inode = inode
        self.end = end
        """Up to where the journal has been read: the end of its last line."""
        self.sync_failed = False
        """Whether a sync has failed. Then the file must not be written again: Linux may count the
        lost bytes as written, and a second sync would seem to succeed."""
        self._size = size
        self._is_cut = False
        """Whether the last line lacks its line end, because somebody's write was cut off."""

    def close(self) -> None:
        """Close the file."""
        os.close(self._fd)

    # -- reading ------------------------------------------------------------------------------

    def has_more(self) -> bool:
        """Whether there is a line that has not been read. Needs no lock.

        The file ends with empty lines, which are room for lines to come.
        """
        peek: bytes = self._folder.disk.pread(self._fd, 2, self.end)
        return peek not in {b"\n\n", b"", b"\n"}

    def is_cut_short(self, size: int) -> bool:
        """Whether the file ends before what has been read, whatever its size is. Needs no lock.

        A shorter journal may have been written over it, as `cp -a` does; then there is room for
        lines to come where a line ended.
        """
        ended: bytes = self._folder.disk.pread(self._fd, 2, self.end - 2)
        return size < self.end or ended == b"\n\n"

    def read_on(self) -> Scan:
        """Read the lines that have not been read yet."""
        self._size = self._folder.disk.fstat(self._fd).st_size
        more = max(self._size - self.end, 0)  # somebody may have cut it short
        found = scan(self._folder.disk.pread(self._fd, more, self.end), self.end)
        self.go_to(found)
        return found

    def go_to(self, found: Scan) -> None:
        """Count what was found in the file as read."""
        self.end, self._is_cut = found.end, found.unended

    # -- writing ------------------------------------------------------------------------------

    def append(self, record: Doc) -> None:
        """Write a record at the end and sync it.

        Raises:
            OSError: It failed, and the record has been taken out again. If even that failed, or the
                sync did, `sync_failed` is set and the record may stand in the file.
        """
        line = b"\n" + frame(record) if self._is_cut else frame(record)
        end = self.end + len(line)
        self._write(with_room(line) if end > self._size else line, line)
        try:
            self._folder.disk.fdatasync(self._fd)
        except OSError:
            self.sync_failed = True
            self._take_back()
            raise
        self.end, self._is_cut = end, False

    def _write(self, data: bytes, least: bytes) -> None:
        """Write `data` at the end, or only `least` if there is no room for all of it."""
        try:
            write_all(self._fd, data, self.end, self._folder.disk)
        except OSError as error:
            self._take_back()
            if error.errno not in _NO_ROOM:
                raise
            if len(data) > len(least) or self._give_up_reserve():
                self._write(least, least)
            else:
                raise
        else:
            self._size = max(self._size, self.end + len(data))

    def _take_back(self) -> None:
        """Cut off what a failed write may have left at the end."""
        try:
            self._folder.disk.ftruncate(self._fd, self.end)
            self._size = self.end
        except OSError:
            self.sync_failed = True

    def _give_up_reserve(self) -> bool:
        """Delete the reserve, so that the journal gets its room. Return whether there was one."""
        if self._folder.stat(self._names.reserve) is None:
            return False
        with suppress(OSError):
            self._folder.unlink(self._names.reserve)
            return True
        return False
