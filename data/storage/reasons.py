"""Why the operating system refuses something, in the user's language; it answers in English."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Final

from data.i18n import N_, _
from data.mounts import file_system
from data.storage.problems import ErrorKind, StorageError, kind_of

_REASONS: Final = {
    errno.EACCES: N_("you do not have access"),
    errno.EAGAIN: N_("nothing more is taken at the other end"),
    errno.EBUSY: N_("another program is using it"),
    errno.EDQUOT: N_("your disk quota is used up"),
    errno.EEXIST: N_("there is one of that name already"),
    errno.EFBIG: N_("the file size limit has been reached"),
    errno.EINVAL: N_("that cannot be done with it"),
    errno.EIO: N_("the disk reports an error"),
    errno.EISDIR: N_("it is a folder"),
    errno.ELOOP: N_("it is a link that leads back to itself"),
    errno.ENAMETOOLONG: N_("the name is too long"),
    errno.ENODEV: N_("there is no such device"),
    errno.ENOENT: N_("it is not there"),
    errno.ENOEXEC: N_("it is no program"),
    errno.ENOMEM: N_("there is no memory left"),
    errno.ENOSPC: N_("the disk is full"),
    errno.ENOTDIR: N_("something in its path is no folder"),
    errno.ENXIO: N_("there is no such device"),
    errno.EPERM: N_("it is not permitted"),
    errno.EROFS: N_("the disk is read-only"),
    errno.ESTALE: N_("its drive is gone"),
    errno.ETIMEDOUT: N_("its drive does not answer"),
}
_MADE_BY_THE_SYSTEM: Final = frozenset(
    {"proc", "sysfs", "cgroup", "cgroup2", "devpts", "debugfs", "tracefs", "securityfs"}
)
"""File systems in which nobody can create a folder."""


def reason(error: OSError) -> str:
    """Return why something was refused, to stand after a colon: "the disk is full".

    What is not known here is said as the operating system says it.
    """
    known = _REASONS.get(error.errno or 0)
    return _(known) if known else error.strerror or type(error).__name__


def no_folder(folder: Path) -> StorageError:
    """Return why there can be no file in a folder that could not be used.

    It is only advised to create it where its user can.
    """
    nearest = folder.absolute()
    while not os.path.lexists(nearest) and nearest != nearest.parent:
        nearest = nearest.parent
    if not nearest.is_dir():
        return StorageError(ErrorKind.NOT_A_FOLDER, name=str(nearest))
    can_be_made = os.access(nearest, os.W_OK | os.X_OK) and nearest != folder.absolute()
    if not can_be_made or file_system(nearest) in _MADE_BY_THE_SYSTEM:
        return StorageError(ErrorKind.NOTHING_NEW, name=str(nearest))
    return StorageError(ErrorKind.NO_FOLDER, name=str(folder))


def not_opened(path: Path, error: OSError) -> StorageError:
    """Return why a file of records could not be opened, or made."""
    if isinstance(error, FileNotFoundError) and path.parent.is_dir():
        return no_folder(path.parent)  # the folder is there, and nothing can be made in it
    return StorageError(kind_of(error), name=str(path))


def said_of(error: Exception) -> str:
    """Return what an error says: one of the program as it stands, one of the system in words."""
    if not isinstance(error, OSError):
        return str(error)
    name = Path(os.fsdecode(error.filename)).name if error.filename else _("The file")
    return _("{name} cannot be used: {why}.").format(name=name, why=reason(error))
