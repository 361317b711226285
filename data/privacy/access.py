"""Which users of this computer may read a file: modes, owners, groups and access control lists.

It is worked out as the kernel does (path_resolution(7), acl(5)): the folders on the way must let a
user through, and then the file must let them read. Nothing is opened.
"""

from __future__ import annotations

import os
import stat
import struct
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import Final

READ: Final = 4
"""The right to read a file."""
PASS: Final = 1
"""The right to go through a folder."""
_ACL: Final = "system.posix_acl_access"
_FOREIGN_ACL: Final = ("system.nfs4_acl", "system.richacl")
_ADMINISTRATORS: Final = ("sudo", "wheel", "admin", "adm", "docker", "lxd", "disk")
"""Groups whose members can make themselves root, or read the disk, on common systems."""


@dataclass(frozen=True, slots=True)
class User:
    """A user of this computer."""

    name: str
    uid: int
    groups: frozenset[int]
    """The numbers of all groups that the user is in."""


EVERYBODY: Final = User("", 0xFFFFFFFE, frozenset())
"""Stands for whoever else has an account here: in no group that a file names."""


class _Tag(IntEnum):
    """The kinds of entries in an access control list, as the kernel numbers them."""

    OWNER = 0x01
    USER = 0x02
    OWNING_GROUP = 0x04
    GROUP = 0x08
    MASK = 0x10
    OTHER = 0x20


@dataclass(frozen=True, slots=True)
class Rights:
    """The rights on a file or folder."""

    uid: int
    gid: int
    owner: int
    """The owner's rights, three bits as in a mode; likewise the other fields."""
    group: int
    other: int
    users: Mapping[int, int]
    """Rights of single users, from an access control list, with its mask applied."""
    groups: Mapping[int, int]
    unknown: bool = False
    """Whether there is a list of a kind that only the server of a network drive understands."""

    def allow(self, user: User, wanted: int) -> bool:
        """Whether they give a user, who is not root, the wanted right."""
        if user.uid == self.uid:
            return bool(self.owner & wanted)
        if user.uid in self.users:
            return bool(self.users[user.uid] & wanted)
        of_groups = [bits for gid, bits in self.groups.items() if gid in user.groups]
        if self.gid in user.groups:
            of_groups.append(self.group)
        if of_groups:
            return any(bits & wanted for bits in of_groups)
        return bool(self.other & wanted)


def rights_of(path: Path) -> Rights:
    """Return the rights on a file or folder.

    Raises:
        OSError: It is not there, or may not be looked at.
    """
    found = path.stat()
    mode = stat.S_IMODE(found.st_mode)
    owner, group, other = mode >> 6 & 7, mode >> 3 & 7, mode & 7
    names = _attributes(path)
    users: dict[int, int] = {}
    groups: dict[int, int] = {}
    if _ACL in names and group:  # with an empty mask the kernel looks at no list
        entries = [*_entries(os.getxattr(path, _ACL))]
        mask = next((bits for tag, bits, _id in entries if tag == _Tag.MASK), 7)
        users = {id: bits & mask for tag, bits, id in entries if tag == _Tag.USER}
        groups = {id: bits & mask for tag, bits, id in entries if tag == _Tag.GROUP}
        # With a list, the group's bits of the mode are the mask.
        group = next((bits for tag, bits, _id in entries if tag == _Tag.OWNING_GROUP), 0) & mask
    unknown = any(name in names for name in _FOREIGN_ACL)
    return Rights(found.st_uid, found.st_gid, owner, group, other, users, groups, unknown)


def _attributes(path: Path) -> Sequence[str]:
    with suppress(OSError):  # a file system without any
        return os.listxattr(path)
    return ()


def _entries(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Yield tag, rights and id of the entries of a list, as the kernel keeps it."""
    for at in range(4, len(data) - 7, 8):
        tag, bits, id = struct.unpack_from("<HHI", data, at)
        yield tag, bits, id


def may_read(path: Path, user: User) -> bool:
    """Whether a user, who is not root, may read a file by this path.

    Raises:
        OSError: The file or a folder on the way may not be looked at.
    """
    real = path.resolve()
    way = all(rights_of(folder).allow(user, PASS) for folder in real.parents)
    return way and rights_of(real).allow(user, READ)


def readers(
    path: Path, users: Sequence[User], rights: Callable[[Path], Rights] = rights_of
) -> frozenset[User]:
    """Return those of the users who may read a file; see `may_read`.

    A file that has other names, in whatever folder, can be reached by those too, past the folders
    of this path. Then only the file's own rights count.

    Args:
        path: The file.
        users: Those who are asked about.
        rights: `rights_of`, or what remembers its answers, for who asks about many files.

    Raises:
        OSError: The file or a folder on the way may not be looked at.
    """
    real = path.resolve()
    own = rights(real)
    ways = [rights(folder) for folder in real.parents] if _names_are_here(real) else []
    return frozenset(
        user
        for user in users
        if own.allow(user, READ) and all(way.allow(user, PASS) for way in ways)
    )


def _names_are_here(path: Path) -> bool:
    """Whether all names of a file are in its folder or one inside it or beside it.

    Backups are further names of files that were in place before.
    """
    found = path.stat()
    if found.st_nlink == 1 or path.is_dir():
        return True
    here = 0
    for folder in (path.parent, path.parent.parent):
        with suppress(OSError):
            inner = [one for one in folder.iterdir() if one.is_dir() and not one.is_symlink()]
            for place in (folder, *(inner if folder == path.parent else ())):
                here += sum(one.lstat().st_ino == found.st_ino for one in place.iterdir())
    return here >= found.st_nlink


def users_here() -> list[User]:
    """Return the users of this computer that it names, without root; and `EVERYBODY` for others.

    Where users are kept in a directory of the workplace, it may name only some of them. Those who
    are in a group that a file names are found by that group.
    """
    # loaded where somebody asks
    import grp
    import pwd

    found: dict[str, User] = {}
    for entry in pwd.getpwall():
        found[entry.pw_name] = User(
            entry.pw_name, entry.pw_uid, _groups(entry.pw_name, entry.pw_gid)
        )
    for group in grp.getgrall():
        for name in group.gr_mem:
            with suppress(KeyError):
                entry = pwd.getpwnam(name)
                found.setdefault(
                    name, User(name, entry.pw_uid, _groups(name, entry.pw_gid) | {group.gr_gid})
                )
    return [*(user for user in found.values() if user.uid != 0), EVERYBODY]


def _groups(name: str, gid: int) -> frozenset[int]:
    with suppress(OSError):
        return frozenset(os.getgrouplist(name, gid))
    return frozenset({gid})


def administrators() -> list[str]:
    """Return the names of those who can read every file: root, and who may become root."""
    # loaded where somebody asks
    import grp

    found = {"root"}
    for name in _ADMINISTRATORS:
        with suppress(KeyError):
            found.update(grp.getgrnam(name).gr_mem)
    return sorted(found, key=lambda name: (name != "root", name))
