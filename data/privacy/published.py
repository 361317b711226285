"""Who can read what is published, or could if it were."""

from __future__ import annotations

import os
from pathlib import Path

from data.i18n import _
from data.logins import group_name, user_name
from data.paths import is_stand_in
from data.privacy.access import EVERYBODY, PASS, READ, Rights, User, rights_of, users_here
from data.privacy.who_reads import named_readers, readers_of
from data.published.place import Target

_NOBODY: int = EVERYBODY.uid


def readers_now(path: Path) -> str:
    """Return in words who can read a published file that is there. Raises OSError."""
    if is_stand_in(path):
        return _on_server(path)
    return readers_of(path, user_name(os.geteuid()))


def readers_to_be(target: Target) -> str:
    """Return in words who could read a file with the rights and in the place of a target.

    Raises:
        OSError: The computer does not show it.
        StorageError: The server cannot be asked.
    """
    if target.on_server:
        return _on_server(target.path)
    me = user_name(os.geteuid())
    group = -1 if target.gid is None else target.gid
    own = Rights(os.geteuid(), group, 6, target.mode >> 3 & 7, 0, {}, {})
    ways = _ways(target)
    found = {
        user.name
        for user in users_here()
        if own.allow(user, READ) and all(way.allow(user, PASS) for way in ways)
    } - {EVERYBODY.name, me}
    return named_readers((me, *sorted(found)), me)


def _on_server(path: Path) -> str:
    # few have their records on a server
    from data.published import on_server

    me, others = on_server.readers(path)
    said = named_readers((me, *others), me)
    if others:
        return said
    return f"{said} {_('Your team has no coordinator yet.')}"


def closed_to(target: Target) -> str:
    """Return one sentence if the group of a target cannot come to it; "" if it can."""
    if target.gid is None:
        return ""
    group = User("", _NOBODY, frozenset({target.gid}))
    folders = [*reversed(target.folder.resolve().parents), target.folder.resolve()]
    shut = next((one for one in folders if not _lets(one, group)), None)
    if shut is None:
        return ""
    said = _(
        "The group {group} cannot open the folder {folder}, and so not the file in it. Name a"
        " folder that it can open: {command}"
    )
    return said.format(
        group=group_name(target.gid), folder=shut, command="mentor publish on --folder"
    )


def _ways(target: Target) -> list[Rights]:
    folder = target.folder.resolve()
    return [rights_of(one) for one in (folder, *folder.parents)]


def _lets(folder: Path, user: User) -> bool:
    try:
        return rights_of(folder).allow(user, PASS)
    except OSError:
        return False
