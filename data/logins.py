"""The names of users and groups of this computer."""

from __future__ import annotations


def user_name(uid: int) -> str:
    """Return the login name of a user, or the number as text if there is no name."""
    # loaded when a name is asked for, which is rare
    import pwd

    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)


def group_name(gid: int) -> str:
    """Return the name of a group, or the number as text if there is no name."""
    # loaded when a name is asked for, which is rare
    import grp

    try:
        return grp.getgrgid(gid).gr_name
    except KeyError:
        return str(gid)
