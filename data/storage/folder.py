"""Who may read and write the files: rules about folders, owners, modes and links.

Files are private: mode 0600 in folders of 0700, whatever the umask. If the folder is setgid and its
group may write in it, it is a team folder: files have mode 0660, folders 2770, and the group of the
folder. A file is opened from its open folder, never through a link, and never if it is another
user's (in a team folder: another group's).
"""

from __future__ import annotations

import os
import stat
from dataclasses import field, replace
from pathlib import Path

from data.frozen import changing
from data.logins import group_name, user_name
from data.storage.disk import REAL, Disk
from data.storage.problems import ErrorKind, Notice, NoticeKind, StorageError

_OPEN = os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY
_OPEN_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC


def _is_own_group(gid: int) -> bool:
    """Return whether a group is the user's own, with nobody else in it."""
    # loaded when a group may write, which is rare
    import grp
    import pwd

    try:
        me = pwd.getpwuid(os.geteuid())
        group = grp.getgrgid(gid)
    except KeyError:
        return False
    return gid == me.pw_gid and group.gr_name == me.pw_name and set(group.gr_mem) <= {me.pw_name}


@changing
class Folder:
    """An open folder. All files in it are used through this class, which keeps the rules."""

    fd: int
    path: Path
    team: bool
    """Whether it is a team folder."""
    gid: int
    """Its group."""
    disk: Disk = REAL
    notices: list[Notice] = field(default_factory=list)
    """Gets what the user is to be told."""
    mending: bool = True
    """Whether to take away rights that others should not have on a file, when it is opened."""

    @property
    def file_mode(self) -> int:
        """The mode that every file is to have."""
        return 0o660 if self.team else 0o600

    def close(self) -> None:
        """Close the folder."""
        os.close(self.fd)

    # -- files --------------------------------------------------------------------------------

    def open(self, name: str, flags: int = os.O_RDWR) -> int:
        """Open a file that is there.

        Args:
            name: Its name.
            flags: How to open it, as of `os.open`.

        Raises:
            FileNotFoundError: It is not there.
            OSError: It cannot be opened.
            StorageError: It must not be used: it is a link, no ordinary file, or somebody else's.
        """
        try:
            fd = self.disk.open(name, flags | _OPEN, dir_fd=self.fd)
        except OSError as error:
            if stat.S_ISLNK(self._mode_of(name)):
                raise StorageError(ErrorKind.LINK, name=name) from error
            raise
        try:
            self._check(fd, name)
        except BaseException:
            os.close(fd)
            raise
        return fd

    def create(self, name: str) -> int:
        """Make a file and open it for reading and writing.

        Raises:
            FileExistsError: There is a file of that name already.
            OSError: It cannot be made.
        """
        flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | _OPEN
        fd = self.disk.open(name, flags, 0o600, dir_fd=self.fd)
        try:
            self._own(fd)
        except BaseException:
            os.close(fd)
            self.unlink(name, missing_ok=True)
            raise
        return fd

    def open_or_create(self, name: str) -> int:
        """Open a file, and make it if it is not there. It raises what `open` and `create` raise."""
        for _attempt in range(10):
            try:
                return self.open(name)
            except FileNotFoundError:
                pass
            try:
                return self.create(name)
            except FileExistsError:
                continue
        raise StorageError(ErrorKind.GONE, name=str(self.path))

    def read(self, name: str) -> bytes:
        """Return what a file holds. It raises what `open` raises."""
        fd = self.open(name, os.O_RDONLY)
        try:
            return read_all(fd, self.disk)
        finally:
            os.close(fd)

    def stat(self, name: str) -> os.stat_result | None:
        """Return the `stat` of a file; None if it is not there."""
        try:
            return self.disk.stat(name, dir_fd=self.fd, follow_symlinks=False)
        except FileNotFoundError:
            return None

    def names(self) -> list[str]:
        """Return the names of all files in the folder, sorted."""
        return sorted(self.disk.listdir(self.fd))

    def rename(self, old: str, new: str) -> None:
        """Give a file another name. A file that has that name is replaced in one step."""
        self.disk.rename(old, new, src_dir_fd=self.fd, dst_dir_fd=self.fd)

    def unlink(self, name: str, *, missing_ok: bool = False) -> None:
        """Delete a file."""
        try:
            self.disk.unlink(name, dir_fd=self.fd)
        except FileNotFoundError:
            if not missing_ok:
                raise

    def sync(self) -> None:
        """Sync the names of the files."""
        self.disk.fsync(self.fd)

    def sub(self, name: str) -> Folder | None:
        """Open a folder in this one, with the same rules.

        Returns:
            None if it is not there.

        Raises:
            StorageError: It must not be used: it is a link, or somebody else's.
        """
        try:
            fd = self.disk.open(name, _OPEN_FOLDER | os.O_NOFOLLOW, dir_fd=self.fd)
        except FileNotFoundError:
            return None
        except OSError as error:
            if stat.S_ISLNK(self._mode_of(name)):
                raise StorageError(ErrorKind.LINK, name=name) from error
            raise
        try:
            self._check(fd, name, folder=True)
        except BaseException:
            os.close(fd)
            raise
        return replace(self, fd=fd, path=self.path / name)

    def make_sub(self, name: str) -> Folder:
        """Open a folder in this one, and make it if it is not there. See `sub`."""
        found = self.sub(name)
        if found is not None:
            return found
        try:
            self.disk.mkdir(name, 0o700, dir_fd=self.fd)
        except FileExistsError:
            pass
        else:
            fd = self.disk.open(name, _OPEN_FOLDER | os.O_NOFOLLOW, dir_fd=self.fd)
            try:
                self._own(fd, folder=True)
            finally:
                os.close(fd)
            self.sync()
        found = self.sub(name)
        if found is None:
            raise StorageError(ErrorKind.GONE, name=str(self.path / name))
        return found

    # -- rules --------------------------------------------------------------------------------

    def _mode_of(self, name: str) -> int:
        """Return the type and mode of a file; 0 if it is not there."""
        found = self.stat(name)
        return found.st_mode if found is not None else 0

    def _own(self, fd: int, *, folder: bool = False) -> None:
        """Give a file or folder the mode that it is to have and, in a team folder, the group."""
        if self.team and self.disk.fstat(fd).st_gid != self.gid:
            self.disk.fchown(fd, -1, self.gid)
        self.disk.fchmod(fd, self._mode(folder=folder))

    def _mode(self, *, folder: bool) -> int:
        if folder:
            return 0o2770 if self.team else 0o700
        return self.file_mode

    def _check(self, fd: int, name: str, *, folder: bool = False) -> None:
        """Refuse an open file or folder that must not be used, and mend the rights on one's own."""
        found = self.disk.fstat(fd)
        if not folder and not stat.S_ISREG(found.st_mode):
            raise StorageError(ErrorKind.NOT_A_FILE, name=name)
        trusted = found.st_uid == os.geteuid() or (self.team and found.st_gid == self.gid)
        if not trusted:
            raise self._foreign(name, found.st_uid)
        wanted = self._mode(folder=folder)
        mode = stat.S_IMODE(found.st_mode)
        wide = mode & ~wanted & 0o077
        closed = self.team and (mode != wanted or found.st_gid != self.gid)
        if found.st_uid == os.geteuid():
            if not self.mending or not (wide or closed):
                return
            self._own(fd, folder=folder)
            if wide:
                self.notices.append(Notice(NoticeKind.MODE, name=name))
        elif mode & 0o007:
            raise self._foreign(name, found.st_uid)

    def _foreign(self, name: str, uid: int) -> StorageError:
        path = self.path / name
        return StorageError(ErrorKind.FOREIGN, name=name, who=user_name(uid), path=path)


def read_all(fd: int, disk: Disk = REAL) -> bytes:
    """Return all bytes of an open file."""
    size = disk.fstat(fd).st_size
    parts: list[bytes] = []
    at = 0
    while True:
        part = disk.pread(fd, max(size - at, 0) + 65536, at)
        if not part:
            return parts[0] if len(parts) == 1 else b"".join(parts)
        parts.append(part)
        at += len(part)


def write_all(fd: int, data: bytes | memoryview, at: int, disk: Disk = REAL) -> None:
    """Write bytes at a place in a file.

    Args:
        fd: The open file.
        data: The bytes.
        at: The place.
        disk: The calls to the operating system.

    Raises:
        OSError: They could not all be written. Some may have been.
    """
    done = disk.pwrite(fd, data, at)
    if done == len(data):
        return
    view = memoryview(data)
    while done < len(view):
        wrote = disk.pwrite(fd, view[done:], at + done)
        if wrote <= 0:
            raise OSError(5, "nothing was written")
        done += wrote


def open_folder(path: Path, disk: Disk = REAL) -> tuple[Folder, str]:
    """Open the folder of a record file.

    If the record file is a link that the user has made, the folder is the one where the link leads.

    Args:
        path: The record file.
        disk: The calls to the operating system.

    Returns:
        The folder, and the name of the record file in it.

    Raises:
        StorageError: The folder is not there, or must not be used.
    """
    target = _follow_own_link(path.expanduser())
    folder, name = Path(os.path.realpath(target.parent)), target.name
    try:
        fd = disk.open(folder, _OPEN_FOLDER)
    except (FileNotFoundError, NotADirectoryError) as error:
        from data.storage.reasons import no_folder  # only where the system has refused something

        raise no_folder(folder) from error
    except PermissionError as error:
        raise StorageError(ErrorKind.DENIED, name=str(folder)) from error
    try:
        team, gid = _judge_folder(disk.fstat(fd), folder)
    except BaseException:
        os.close(fd)
        raise
    return Folder(fd, folder, team, gid, disk), name


def in_team_folder(path: Path, disk: Disk = REAL) -> bool:
    """Return whether a record file lies in a team folder. False if its folder must not be used."""
    try:
        folder, _name = open_folder(path, disk)
    except (OSError, StorageError):
        return False
    folder.close()
    return folder.team


def _follow_own_link(path: Path) -> Path:
    """Return where a path leads if it is a link of the user's own, link after link."""
    for _step in range(10):
        try:
            found = path.lstat()
        except OSError:
            return path
        if not stat.S_ISLNK(found.st_mode):
            return path
        if found.st_uid != os.geteuid():
            raise StorageError(ErrorKind.LINK, name=path.name)
        path = path.parent / path.readlink()
    raise StorageError(ErrorKind.LINK, name=path.name)


def _judge_folder(found: os.stat_result, path: Path) -> tuple[bool, int]:
    """Return whether a folder is a team folder, and its group.

    Raises:
        StorageError: Others could read or replace files in it, or it is somebody else's.
    """
    mode, name = found.st_mode, str(path)
    if mode & stat.S_IWOTH:
        raise StorageError(ErrorKind.FOLDER_OPEN, name=name)
    group_writes = bool(mode & stat.S_IWGRP)
    if group_writes and mode & stat.S_ISGID:
        in_group = found.st_gid in {os.getegid(), *os.getgroups()} or os.geteuid() == 0
        if not in_group:
            raise StorageError(ErrorKind.FOLDER_FOREIGN, name=name, who=user_name(found.st_uid))
        if mode & stat.S_ISVTX:
            raise StorageError(ErrorKind.FOLDER_STICKY, name=name)
        return True, found.st_gid
    if found.st_uid not in {os.geteuid(), 0}:
        raise StorageError(ErrorKind.FOLDER_FOREIGN, name=name, who=user_name(found.st_uid))
    if group_writes and not _is_own_group(found.st_gid):
        raise StorageError(ErrorKind.GROUP, name=name, who=group_name(found.st_gid))
    return False, found.st_gid
