"""What gives back access to a file or folder: the command, and who can run it."""

from __future__ import annotations

import os
import shlex
import stat
from pathlib import Path
from typing import Final

from data.i18n import N_, _
from data.logins import group_name, user_name

_BY_YOU: Final = N_("This gives it back: {command}")
_BY_OWNER: Final = N_("It belongs to {owner} (group {group}), who can repair that: {command}")
_BY_ADMINISTRATOR: Final = N_(
    "It belongs to {owner} (group {group}); an administrator can repair that: {command}"
)
_BY_GROUP: Final = N_(
    "It belongs to {owner} (group {group}); an administrator can repair that with the name of your"
    " team's group: {command}"
)
_ASK: Final = N_("It belongs to {owner} (group {group}); ask {owner}.")
_AS_OWNER: Final = N_("It belongs to {owner}; look at it as {owner}: {command}")


def access_advice(path: Path, *, foreign: bool = False) -> str:
    """Return the sentence that says how access is had again; "" where nothing is known.

    Args:
        path: What was refused. The folders on the way to it are looked at, too.
        foreign: Whether it was refused because it is somebody else's, although it can be read.
    """
    try:
        place = path if foreign else _refusing(path)
        found = place.stat()
    except OSError:
        return ""
    sentence, command = _said(place, found)
    named = {"owner": user_name(found.st_uid), "group": group_name(found.st_gid)}
    return _(sentence).format(command=command, **named)


def _refusing(path: Path) -> Path:
    """Return the first on the way to a path that keeps its user out."""
    path = path.absolute()
    for folder in reversed(path.parents):
        if folder.exists() and not os.access(folder, os.X_OK):
            return folder
    nearest = path
    while not nearest.exists() and nearest != nearest.parent:
        nearest = nearest.parent
    if nearest == path and not os.access(path, os.R_OK | os.W_OK):
        return path
    if nearest == path and path.parent != path and os.access(path, os.X_OK):
        # it may be what is made beside it that was refused
        return path if path.is_dir() or os.access(path.parent, os.W_OK) else path.parent
    return nearest


def _said(place: Path, found: os.stat_result) -> tuple[str, str]:
    """Return the sentence and its command, for what keeps its user out."""
    me, shown = user_name(os.geteuid()), shlex.quote(str(place))
    is_folder = stat.S_ISDIR(found.st_mode)
    if os.geteuid() == 0:
        return _AS_OWNER, f"sudo -u {user_name(found.st_uid)} mentor doctor"
    if found.st_uid == os.geteuid():
        return _BY_YOU, f"chmod u+rw{'x' * is_folder} {shown}"
    if is_folder and found.st_mode & stat.S_ISGID and found.st_mode & stat.S_IWGRP:
        if found.st_gid:
            said = _BY_ADMINISTRATOR, f"usermod -aG {group_name(found.st_gid)} {me}"
        else:  # root's, as a restore by root leaves it: nobody is to be put into that
            said = _BY_GROUP, f"chgrp -R GROUP {shown}"
        return said
    team = _group_of_team(place.parent)
    if team is not None and not is_folder:
        right = found.st_gid == team
        return _BY_OWNER, f"{'chmod g+rw,o-rwx' if right else f'chgrp {group_name(team)}'} {shown}"
    if _is_own(place.parent):
        # what belongs to a data file has its name at the beginning, and is mended with it
        many = f"{shown}*" if not is_folder and place.name.endswith(".json") else shown
        return _BY_ADMINISTRATOR, f"chown -R {me}: {many}"
    return _ASK, ""


def _group_of_team(folder: Path) -> int | None:
    """Return the group of a team folder; None if it is none."""
    try:
        found = folder.stat()
    except OSError:
        return None
    shared = found.st_mode & stat.S_ISGID and found.st_mode & stat.S_IWGRP
    return found.st_gid if shared else None


def _is_own(folder: Path) -> bool:
    """Whether a folder is the user's own, or in one that is."""
    for place in (folder, *folder.parents):
        try:
            if place.stat().st_uid == os.geteuid():
                return True
        except OSError:
            continue
    return False
