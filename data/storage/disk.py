"""The calls to the operating system that storage makes: the seam where tests make disks fail."""

from __future__ import annotations

import fcntl
import os


class Disk:
    """The real disk. Each name is the function of the operating system that it stands for."""

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

    @staticmethod
    def listdir(fd: int) -> list[str]:
        """Return the names in an open folder."""
        return os.listdir(fd)


REAL = Disk()
