"""All calls to the operating system that change or read files.

They are gathered in one object so that tests can put another in its place, whose calls fail.
"""

from __future__ import annotations

import fcntl
import os


class Disk:
    """The real calls. Each has the name of the function of the operating system."""

    open = staticmethod(os.open)
    close = staticmethod(os.close)
    read = staticmethod(os.read)
    pread = staticmethod(os.pread)
    pwrite = staticmethod(os.pwrite)
    fsync = staticmethod(os.fsync)
    fdatasync = staticmethod(os.fdatasync)
    ftruncate = staticmethod(os.ftruncate)
    fallocate = staticmethod(os.posix_fallocate)
    fchmod = staticmethod(os.fchmod)
    fchown = staticmethod(os.fchown)
    fstat = staticmethod(os.fstat)
    stat = staticmethod(os.stat)
    mkdir = staticmethod(os.mkdir)
    rename = staticmethod(os.rename)
    link = staticmethod(os.link)
    unlink = staticmethod(os.unlink)
    flock = staticmethod(fcntl.flock)
    utime = staticmethod(os.utime)

    @staticmethod
    def listdir(fd: int) -> list[str]:
        """Return the names of the files in an open folder."""
        return os.listdir(fd)


REAL = Disk()
