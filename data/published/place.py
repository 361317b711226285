"""Where a published file is, and how it gets there: in one step, and never through a link.

It is beside the data file, or in a folder that several share, where it has the name of the login.
Others may write in such a folder: what they have put in the way is neither followed nor replaced.
Where the records are on a server, so is what is published: its place is the server's stand-in.
"""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

from data.frozen import immutable
from data.i18n import _
from data.logins import user_name
from data.paths import from_home, is_stand_in
from data.published.schema import NAME
from data.settings import Settings
from data.storage.folder import open_folder, write_all
from data.storage.problems import StorageError
from data.storage.reasons import reason
from data.store.opening_team import own_folder

_FOLDER: Final = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC | os.O_NOFOLLOW
_NEW: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
_READ: Final = os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK | os.O_NOCTTY


class NotPublished(Exception):
    """The file cannot be where it is to be; `str()` is one line that says why."""


class TurnedOff(NotPublished):
    """It is not published any more: the user has turned it off, on another computer."""


@immutable
class Target:
    """Where a published file is to be, and who may read it."""

    folder: Path
    name: str
    gid: int | None = None
    """The group that may read it; None for nobody but its owner."""

    @property
    def path(self) -> Path:
        """The file."""
        return self.folder / self.name

    @property
    def on_server(self) -> bool:
        """Whether it is on a server: then who may read it is decided there."""
        return is_stand_in(self.path)

    @property
    def mode(self) -> int:
        """The mode that it is to have."""
        return 0o600 if self.gid is None else 0o640


def target_of(path: Path, settings: Settings, environ: Mapping[str, str]) -> Target:
    """Return where the file of a data file is to be, by the settings.

    A team file is several mentors': what one of them publishes is beside that mentor's own files.

    Raises:
        NotPublished: The data file, or the group, cannot be used.
    """
    if is_stand_in(path):
        return Target(path.parent, path.name)
    gid = group_of(settings.publish_group) if settings.publish_group else None
    if settings.publish_folder:
        return Target(from_home(settings.publish_folder, environ), f"{_login()}.json", gid)
    try:
        opened, _name = open_folder(path)
    except StorageError as problem:
        raise NotPublished(str(problem)) from problem
    opened.close()
    return Target(own_folder() if opened.team else opened.path, NAME, gid)


def group_of(name: str) -> int:
    """Return the number of a group that the user is in.

    Raises:
        NotPublished: There is no such group, or the user is not in it.
    """
    # only where a group is named
    import grp

    try:
        gid = grp.getgrnam(name).gr_gid
    except (KeyError, ValueError) as error:
        said = _("There is no group {name} on this computer. Yours are shown by: {command}")
        raise NotPublished(said.format(name=name, command="id -Gn")) from error
    if gid not in {os.getegid(), *os.getgroups()}:
        said = _("You are not in the group {name}. Yours are shown by: {command}")
        raise NotPublished(said.format(name=name, command="id -Gn"))
    return gid


def _login() -> str:
    """Return the login name as it may be the name of a file; else the number of the user."""
    name = user_name(os.geteuid())
    return name if re.fullmatch(r"[^./\s\0][^/\s\0]*", name) else str(os.geteuid())


def put(target: Target, text: str, *, first: bool = False) -> None:
    """Write the file, unless it says this already: all of it or nothing, whoever reads meanwhile.

    Args:
        target: Where it is to be.
        text: What it is to say.
        first: Whether the user has just said yes, which a server is told.

    Raises:
        NotPublished: It could not be written, and what was there is there.
        TurnedOff: The user has turned it off on another computer.
    """
    if target.on_server:
        _put_on_server(target.path, text, first=first)
        return
    try:
        folder = _open(target.folder)
        try:
            if _says(folder, target, text):
                return
            _refuse_others(folder, target)
            _clear(folder, target.name)
            _replace(folder, target, text)
        finally:
            os.close(folder)
    except OSError as error:
        raise _not_written(target, error) from error


def _put_on_server(path: Path, text: str, *, first: bool) -> None:
    # few have their records on a server
    from data.published import on_server

    try:
        done = on_server.put(path, text, first=first)
    except StorageError as problem:
        raise NotPublished(str(problem)) from problem
    if not done:
        said = _("Publishing was turned off elsewhere. To turn it on again: {command}")
        raise TurnedOff(said.format(command="mentor publish on"))


def check(target: Target) -> None:
    """Raise `NotPublished` where the file could not be written: before the user is asked."""
    if target.on_server:
        return  # who can read it is asked there next
    try:
        folder = _open(target.folder)
        try:
            _refuse_others(folder, target)
        finally:
            os.close(folder)
    except OSError as error:
        raise _not_written(target, error) from error


def _not_written(target: Target, error: OSError) -> NotPublished:
    said = _("{path} cannot be written: {why}.")
    return NotPublished(said.format(path=target.path, why=reason(error)))


def _open(folder: Path) -> int:
    try:
        return os.open(folder, _FOLDER)
    except FileNotFoundError as error:
        said = _("There is no folder {name}.").format(name=folder)
        raise NotPublished(said) from error
    except OSError as error:
        if error.errno in {errno.ELOOP, errno.ENOTDIR}:
            said = _("{name} is no folder, or a link to one: name the folder itself.")
            raise NotPublished(said.format(name=folder)) from error
        raise


def _says(folder: int, target: Target, text: str) -> bool:
    """Whether the file is there already, with this text and these rights."""
    with suppress(OSError):
        fd = os.open(target.name, _READ, dir_fd=folder)
        try:
            found, wanted = os.fstat(fd), text.encode()
            return (
                stat.S_ISREG(found.st_mode)
                and found.st_uid == os.geteuid()
                and found.st_nlink == 1
                and stat.S_IMODE(found.st_mode) == target.mode
                and target.gid in {None, found.st_gid}
                and found.st_size == len(wanted)
                and os.read(fd, len(wanted) + 1) == wanted
            )
        finally:
            os.close(fd)
    return False


def _refuse_others(folder: int, target: Target) -> None:
    """Raise `NotPublished` if somebody else's file or link, or a folder, has the name."""
    try:
        found = os.stat(target.name, dir_fd=folder, follow_symlinks=False)
    except FileNotFoundError:
        return
    if found.st_uid != os.geteuid():
        said = _("{path} is there already, and belongs to {who}.")
        raise NotPublished(said.format(path=target.path, who=user_name(found.st_uid)))


def _replace(folder: int, target: Target, text: str) -> None:
    name = f".{target.name}.{os.urandom(8).hex()}"
    fd = os.open(name, _NEW, 0o600, dir_fd=folder)
    try:
        try:
            write_all(fd, text.encode(), 0)
            if target.gid is not None:
                os.fchown(fd, -1, target.gid)
            os.fchmod(fd, target.mode)
            os.fsync(fd)
        finally:
            os.close(fd)
        os.rename(name, target.name, src_dir_fd=folder, dst_dir_fd=folder)
    except BaseException:
        with suppress(OSError):
            os.unlink(name, dir_fd=folder)
        raise
    os.fsync(folder)


def _clear(folder: int, name: str) -> None:
    """Delete what writes that were cut off have left; whoever writes waits for the others."""
    for one in _leftovers(os.listdir(folder), name):
        with suppress(OSError):
            if os.stat(one, dir_fd=folder, follow_symlinks=False).st_uid == os.geteuid():
                os.unlink(one, dir_fd=folder)


def _leftovers(names: list[str], name: str) -> Iterator[str]:
    pattern = re.compile(rf"\.{re.escape(name)}\.[0-9a-f]{{16}}")
    yield from filter(pattern.fullmatch, names)


def files_at(path: Path) -> list[Path]:
    """Return the user's own file at a path, and what writes of it have left there."""
    if is_stand_in(path):
        return []
    try:
        names = [one.name for one in path.parent.iterdir()]
    except OSError:
        return []
    found = [path] if path.name in names else []
    found += [path.with_name(one) for one in _leftovers(names, path.name)]
    return [one for one in found if _is_own(one)]


def _is_own(path: Path) -> bool:
    try:
        found = path.lstat()
    except OSError:
        return False
    return found.st_uid == os.geteuid() and not stat.S_ISDIR(found.st_mode)


def remove(path: Path) -> bool:
    """Delete the user's own file at a path, with what writes of it have left there.

    Returns:
        Whether there was one.

    Raises:
        NotPublished: It could not be deleted.
    """
    if is_stand_in(path):
        # few have their records on a server
        from data.published import on_server

        try:
            return on_server.remove(path)
        except StorageError as problem:
            raise NotPublished(str(problem)) from problem
    found = files_at(path)
    for one in found:
        try:
            one.unlink(missing_ok=True)
        except OSError as error:
            said = _("{path} cannot be removed: {why}.")
            raise NotPublished(said.format(path=one, why=reason(error))) from error
    return path in found
